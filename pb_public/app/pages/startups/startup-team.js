// @ts-check
// The people of a startup: who is there, who speaks for it, who comes and goes.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Avatar, Icon, Panel } from "../../components/parts.js";

/** @param {{ s: any, after: () => Promise<void>, staff: boolean }} props */
export function Part({ s, after, staff }) {
  const { ask, dialog } = useAsk();
  /** @param {string} path @param {string} word */
  const run = async (path, word) => { try { await call("POST", path); say(t(word)); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const add = () => ask({ title: t("member.add"), why: t("member.add_why"), act: t("member.add"), start: { email: "", role: "member", title: "" }, fields: [{ name: "email", label: t("sign_in.email"), type: "email", required: true }, { name: "role", label: t("member.part"), as: "select", required: true, options: ["founder", "member", "advisor"].map((r) => ({ value: r, label: t(`member.is_${r}`) })) }, { name: "title", label: t("member.title") }], send: (v, key) => call("POST", `/startups/${s.id}/members`, v, { key }), done: after });
  return html`<${Panel} title=${t("startup.team")} side=${staff ? html`<button class="btn ghost sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("member.add")}</button>` : null}><ul class="stack s3">${s.members.map((/** @type {any} */ m) => html`<li key=${m.id} class="row nowrap"><${Avatar} name=${m.name} /><span class="grow"><b>${m.name}</b><br /><small class="sub">${[m.title, t(`member.is_${m.role}`), m.is_primary ? t("member.primary") : ""].filter(Boolean).join(" · ")}</small></span>
    ${s.may_edit && !m.is_primary ? html`<${Menu} label=${t("member.more", { name: m.name })} items=${[{ label: t("member.hand_over"), icon: "star", act: () => run(`/members/${m.id}/hand-over`, "member.handed_over") }, { label: t("member.leave"), icon: "out", bad: true, act: () => run(`/members/${m.id}/leave`, "member.left") }]} />` : null}</li>`)}</ul>${dialog}<//>`;
}
