// @ts-check
// Who writes an application, and who was asked to: the applicant asks by mail, everybody else reads.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useAsk } from "../../lib/forms.js";
import { lang, t } from "../../lib/words.js";
import { Avatar, Icon, Panel, Status } from "../../components/parts.js";

const roles = ["founder", "member", "advisor"];

/** @param {{ paper: any, reload: () => any }} props */
export function Team({ paper, reload }) {
  const own = paper.own, { ask, dialog } = useAsk();
  const invite = () => ask({
    title: t("team.invite"), why: t("team.invite_why"), act: t("team.send"), start: { email: "", full_name: "", role: "founder" },
    fields: [
      { name: "email", label: t("team.email"), type: "email", required: true }, { name: "full_name", label: t("team.name"), maxlength: "120" },
      { name: "role", label: t("team.role"), as: "select", required: true, options: roles.map((r) => ({ value: r, label: t(`place_role.${r}`) })) },
    ],
    send: (v, key) => call("POST", `/applications/${paper.id}/members`, { ...v, locale: lang.value }, { key }),
    async done() { say(t("team.sent")); await reload(); },
  });
  /** @param {any} m */
  const remove = async (m) => {
    try { await call("POST", `/application-members/${m.id}/remove`); say(t(m.you ? "team.left" : "team.removed")); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const name = (/** @type {any} */ m) => m.name || m.email || t("place.somebody");
  return html`<${Panel} title=${t("team.title")} class="stack s3"><ul class="list"><li><${Avatar} name=${own.name} /><span class="grow"><b>${own.name || t("team.you")}</b><small>${t("team.applicant")}</small></span></li>
    ${own.members.map((/** @type {any} */ m) => html`<li key=${m.id}><${Avatar} name=${name(m)} /><span class="grow"><b>${name(m)}</b><small>${t(`place_role.${m.role}`)}${m.email && m.name ? ` · ${m.email}` : ""}</small></span>
      ${m.status === "invited" ? html`<${Status} of="application_members" is=${m.status} />` : null}
      ${paper.writable && (own.applicant || m.you) ? html`<button class="btn ghost icon" type="button" aria-label=${t(m.you ? "team.leave" : "team.remove", { name: name(m) })} onClick=${() => remove(m)}><${Icon} n="x" /></button>` : null}</li>`)}</ul>
    ${own.may_invite ? html`<p><button class="btn line" type="button" onClick=${invite}><${Icon} n="plus" />${t("team.invite")}</button></p><p class="hint">${t("team.hint")}</p>` : own.applicant ? null : html`<p class="hint">${t("team.member_hint")}</p>`}${dialog}<//>`;
}
