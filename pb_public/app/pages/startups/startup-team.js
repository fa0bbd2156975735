// @ts-check
// The people of a startup: who is there, who speaks for it, who comes and goes, and who was there.
import { html, say } from "../../lib/ui.js";
import { call, me } from "../../lib/api.js";
import { date, day, given, now, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Avatar, Badge, Icon, Panel } from "../../components/parts.js";

const roles = () => ["founder", "member", "advisor"].map((r) => ({ value: r, label: t(`member.is_${r}`) }));

/** @param {{ s: any, after: () => Promise<void>, staff: boolean }} props */
export function Part({ s, after, staff }) {
  const { ask, dialog } = useAsk();
  const told = (/** @type {string} */ word) => async () => { say(t(word)); await after(); };
  const handOver = (/** @type {any} */ m) => ask({ title: t("member.hand_over_title", { name: m.name }), why: t("member.hand_over_why"), act: t("member.hand_over"), send: (_, key) => call("POST", `/members/${m.id}/hand-over`, {}, { key }), done: told("member.handed_over") });
  const leave = (/** @type {any} */ m) => ask({ title: t("member.leave_title", { name: m.name }), why: t("member.leave_why"), act: t("member.leave"), bad: true, start: { left_on: day(now()) }, fields: [{ name: "left_on", type: "date", label: t("member.left_on"), required: true, max: day(now()), min: m.joined_on }], send: (v, key) => call("POST", `/members/${m.id}/leave`, v, { key }), done: told("member.left") });
  const alter = (/** @type {any} */ m) => ask({ title: t("member.alter_title", { name: m.name }), act: t("state.save"), start: { role: m.role, title: m.title, is_admin: m.is_admin }, fields: [{ name: "role", label: t("member.part"), as: "select", required: true, options: roles() }, { name: "title", label: t("member.title"), maxlength: 120 }, { name: "is_admin", as: "check", label: t("member.admin"), help: t("member.admin_why") }], send: (v, key) => call("PATCH", `/members/${m.id}`, { ...v, is_admin: Boolean(v["is_admin"]), rev: m.rev }, { key }), done: told("startup.saved") });
  const add = () => ask({ title: t("member.add"), why: t("member.add_why"), act: t("member.add"), start: { email: "", role: "member", title: "", is_admin: false }, fields: [{ name: "email", label: t("sign_in.email"), type: "email", required: true }, { name: "role", label: t("member.part"), as: "select", required: true, options: roles() }, { name: "title", label: t("member.title"), maxlength: 120 }, { name: "is_admin", as: "check", label: t("member.admin"), help: t("member.admin_why") }], send: (v, key) => call("POST", `/startups/${s.id}/members`, { ...v, is_admin: Boolean(v["is_admin"]) }, { key }), done: told("member.added") });
  const items = (/** @type {any} */ m) => [
    ...(s.may_edit ? [{ label: t("member.alter"), icon: "edit", act: () => alter(m) }] : []),
    ...(s.may_edit && !m.is_primary ? [{ label: t("member.hand_over"), icon: "star", act: () => handOver(m) }] : []),
    ...(!m.is_primary && (s.may_edit || m.user === me.value?.id) ? [{ label: t(m.user === me.value?.id ? "member.leave_self" : "member.leave"), icon: "out", bad: true, act: () => leave(m) }] : []),
  ];
  return html`<div class="stack"><${Panel} title=${t("startup.team")} side=${staff ? html`<button class="btn line sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("member.add")}</button>` : null}>
      ${staff || !s.may_edit ? null : html`<p class="sub sm">${t("member.add_by_centre")}</p>`}
      <ul class="stack s3">${s.members.map((/** @type {any} */ m) => { const can = items(m); return html`<li key=${m.id} class="row nowrap"><${Avatar} name=${m.name} /><span class="grow"><b>${m.name}</b><br /><small class="sub">${[m.title, t(`member.is_${m.role}`), given(m.joined_on) ? t("member.since", { date: date(m.joined_on) }) : ""].filter(Boolean).join(" · ")}</small>${m.is_primary || m.is_admin ? html`<br />${m.is_primary ? html`<${Badge} tone="ok" icon="star">${t("member.primary")}<//> ` : null}${m.is_admin ? html`<${Badge} tone="idle" icon="key">${t("member.admin_short")}<//>` : null}` : null}</span>${can.length ? html`<${Menu} label=${t("member.more", { name: m.name })} items=${can} />` : null}</li>`; })}</ul><//>
    ${s.former.length ? html`<${Panel} title=${t("member.former")}><ul class="stack s3">${s.former.map((/** @type {any} */ m) => html`<li key=${m.id} class="row nowrap"><${Avatar} name=${m.name} small /><span class="grow"><b>${m.name}</b><br /><small class="sub">${t("member.from_to", { from: given(m.joined_on) ? date(m.joined_on) : "–", to: date(m.left_on) })}</small></span></li>`)}</ul><//>` : null}${dialog}</div>`;
}
