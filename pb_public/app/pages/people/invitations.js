// @ts-check
// Who has been asked to take a part in the house, and has not answered yet.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { date, lang, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Badge, Empty, Head, Icon, Status, Table } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";
import { PeopleTabs, roleOptions, scopeName, scopeOf, scopeOptions } from "./scopes.js";

export const title = () => t("invitations.title");

export function Page() {
  const list = useList("/invitations", { params: { q: "" }, on: ["invitations"] });
  const { ask, dialog } = useAsk();
  const manages = standing().roles.includes("manager");
  const invite = async () => {
    const scopes = await scopeOptions();
    ask({
      title: t("invitations.new"), why: t("invitations.why"), act: t("invitations.send"), start: { scope: "global:", locale: lang.value },
      fields: [{ name: "email", type: "email", label: t("sign_in.email"), required: true }, { name: "full_name", label: t("account.full_name"), required: true },
        { name: "role", as: "select", label: t("people.role"), required: true, options: roleOptions() }, { name: "scope", as: "select", label: t("grant.where"), required: true, options: scopes },
        { name: "locale", as: "segments", required: true, label: t("invitations.locale"), options: [{ value: "vi", label: "Tiếng Việt" }, { value: "en", label: "English" }] }],
      send: (v, key) => call("POST", "/invitations", { ...v, scope: scopeOf(v["scope"]) }, { key }),
      done: (i) => { say(t("invitations.sent", { email: i.email })); list.reload(); },
    });
  };
  const revoke = (/** @type {any} */ r) => call("POST", `/invitations/${r.id}/revoke`).then(() => { say(t("invitations.revoked", { email: r.email })); list.reload(); }, (e) => say(asRefusal(e).message, { bad: true }));
  const columns = [
    { title: t("people.name"), cell: (/** @type {any} */ r) => html`${r.full_name}<br /><span class="fw4 muted">${r.email}</span>` },
    { title: t("people.role"), cell: (/** @type {any} */ r) => html`${t(`role.${r.role}`)}<br /><span class="muted">${scopeName(r)}</span>`, full: true },
    { title: t("invitations.until"), cell: (/** @type {any} */ r) => date(r.expires_at) },
    { title: t("people.status"), cell: (/** @type {any} */ r) => (r.expired ? html`<${Badge} tone="warn">${t("invitations.expired")}<//>` : html`<${Status} of="invitations" is=${r.status} />`) },
    { title: "", cell: (/** @type {any} */ r) => (manages && r.status === "sent" ? html`<button class="btn ghost sm" type="button" onClick=${() => revoke(r)}>${t("invitations.revoke")}</button>` : null), end: true },
  ];
  const button = manages ? html`<button class="btn" type="button" onClick=${invite}><${Icon} n="mail" />${t("invitations.new")}</button>` : null;
  return html`<${Head} title=${t("invitations.title")} sub=${t("invitations.lead")}>${list.rows.value.length ? button : null}<//><${PeopleTabs} />
    <${Table} list=${list} columns=${columns} label=${t("invitations.title")} search=${t("people.search")} empty=${html`<${Empty} icon="mail" title=${t("invitations.none")} why=${t("invitations.none_why")}>${button}<//>`} />${dialog}`;
}
