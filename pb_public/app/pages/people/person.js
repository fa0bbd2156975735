// @ts-check
// One person: the roles they hold, each with its scope and its end; giving one, taking one back, keeping somebody out.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call, me } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, given, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Avatar, Crumbs, Frame, Head, Icon, Panel, Status } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";
import { roleOptions, scopeName, scopeOf, scopeOptions } from "./scopes.js";

export const title = () => t("people.person");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/people/${id}`, { on: ["users", "role_grants"] });
  const { ask, dialog } = useAsk();
  return html`<${Crumbs} trail=${[{ to: "/app/people", label: t("people.title") }]} /><${Frame} of=${one}>${(/** @type {any} */ p) => html`<${Person} p=${p} one=${one} ask=${ask} />`}<//>${dialog}`;
}

/** @param {{ p: any, one: import("../../lib/list.js").One, ask: ReturnType<typeof useAsk>["ask"] }} props */
function Person({ p, one, ask }) {
  const manages = standing().roles.includes("manager"), self = p.id === me.value?.id;
  const told = (/** @type {string} */ key) => () => { say(t(key, { name: p.full_name || p.email })); one.reload(); };
  const reason = { name: "reason", as: "area", label: t("people.reason"), help: t("people.reason_help"), required: true, max: 500 };
  const give = async () => {
    const scopes = await scopeOptions();
    ask({
      title: t("grant.give"), act: t("grant.give"), start: { scope: "global:" },
      fields: [{ name: "role", as: "select", label: t("people.role"), required: true, options: roleOptions() }, { name: "scope", as: "select", label: t("grant.where"), required: true, options: scopes },
        { name: "until", type: "date", label: t("grant.last_day"), help: t("grant.last_day_help") }, reason],
      send: (v, key) => call("POST", `/people/${p.id}/grants`, { role: v["role"], scope: scopeOf(v["scope"]), reason: v["reason"], ...(v["until"] ? { expires_at: `${v["until"]}T16:59:59Z` } : {}) }, { key }),
      done: told("grant.given"),
    });
  };
  const revoke = (/** @type {any} */ g) => ask({ title: t("grant.revoke_title", { role: t(`role.${g.role}`) }), why: scopeName(g), act: t("grant.revoke"), bad: true, fields: [reason], send: (v, key) => call("POST", `/grants/${g.id}/revoke`, v, { key }), done: told("grant.revoked") });
  const suspend = () => ask({ title: t("user.suspend_title", { name: p.full_name || p.email }), why: t("user.suspend_why"), act: t("user.suspend_go"), bad: true, fields: [reason], send: (v, key) => call("POST", `/people/${p.id}/suspend`, v, { key }), done: told("user.suspended") });
  const reinstate = () => call("POST", `/people/${p.id}/reinstate`).then(told("user.reinstated"), (e) => say(asRefusal(e).message, { bad: true }));
  return html`<${Head} title=${p.full_name || p.email} sub=${p.email}>${manages && !self ? (p.status === "active" ? html`<button class="btn line" type="button" onClick=${suspend}><${Icon} n="lock" />${t("user.suspend_go")}</button>` : p.status === "suspended" ? html`<button class="btn" type="button" onClick=${reinstate}>${t("user.reinstate_go")}</button>` : null) : null}<//>
    <div class="split"><${Panel} title=${t("people.roles")} side=${manages && !self ? html`<button class="btn sm" type="button" onClick=${give}><${Icon} n="plus" s />${t("grant.give")}</button>` : null}>
      ${p.grants.length ? html`<ul class="list">${p.grants.map((/** @type {any} */ g) => html`<li key=${g.id}><${Icon} n="key" /><span class="grow"><b>${t(`role.${g.role}`)}</b><small>${scopeName(g)}${given(g.expires_at) ? ` · ${t("grant.until", { date: date(g.expires_at) })}` : ""}</small>${g.reason ? html`<small>${g.reason}</small>` : null}</span>${manages ? html`<button class="btn ghost sm" type="button" aria-label=${t("grant.revoke_title", { role: t(`role.${g.role}`) })} onClick=${() => revoke(g)}>${t("grant.revoke")}</button>` : null}</li>`)}</ul>` : html`<p class="sub">${t("people.no_role_why")}</p>`}<//>
    <${Panel} title=${t("people.person")}><div class="row nowrap"><${Avatar} name=${p.full_name || p.email} /><span class="grow"><b>${p.full_name || t("people.nameless")}</b><br /><${Status} of="users" is=${p.status} /></span></div><//></div>`;
}
