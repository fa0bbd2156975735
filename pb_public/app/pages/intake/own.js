// @ts-check
// What an applicant's page loads when it stands: who writes the application and who was asked to, and the interview, when,
// where, and whether they come.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useAsk } from "../../lib/forms.js";
import { clock, lang, longDate, relative, t } from "../../lib/words.js";
import { Avatar, Icon, Note, Panel, Status } from "../../components/parts.js";

const roles = ["founder", "member", "advisor"];

/** Who writes it: the applicant asks others by mail, everybody else reads. @param {{ paper: any, reload: () => any }} props */
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

/** The interviews, and the answer to each. @param {{ paper: any, reload: () => any }} props */
export function Meeting({ paper, reload }) {
  const { ask, dialog } = useAsk();
  const yes = async (/** @type {any} */ i) => {
    try { await call("POST", `/interviews/${i.id}/confirm`, { rev: i.rev }); say(t("meeting.confirmed")); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); await reload(); }
  };
  const no = (/** @type {any} */ i) => ask({
    title: t("meeting.decline"), why: t("meeting.decline_why"), act: t("meeting.decline_send"), fields: [{ name: "words", label: t("meeting.words"), as: "area", rows: "3", required: true }],
    send: (v, key) => call("POST", `/interviews/${i.id}/decline`, { ...v, rev: i.rev }, { key }), done: reload,
  });
  return html`${paper.own.interviews.map((/** @type {any} */ i) => html`<${Panel} key=${i.id} class="stack s3"><div class="ph m0"><h2>${t("meeting.title")}</h2><${Status} of="interviews" is=${i.status} /></div>
    <p class="as-h1">${longDate(i.starts_at)}, ${clock(i.starts_at)}–${clock(i.ends_at)}</p>${i.open ? html`<p class="sub">${relative(i.starts_at)}</p>` : null}
    ${i.place ? html`<p class="row nowrap"><${Icon} n="pin" /><span>${i.place}</span></p>` : null}${i.link ? html`<p class="row nowrap"><${Icon} n="video" /><a href=${i.link} rel="noreferrer">${i.link}</a></p>` : null}
    ${i.note ? html`<p>${i.note}</p>` : null}${i.words ? html`<${Note}>${t("meeting.said", { words: i.words })}<//>` : null}
    ${i.open && paper.own.applicant ? html`<div class="row">${i.status === "set" ? html`<button class="btn" type="button" onClick=${() => yes(i)}>${t("meeting.confirm")}</button>` : null}${i.status === "declined" ? null : html`<button class="btn ghost" type="button" onClick=${() => no(i)}>${t("meeting.decline")}</button>`}</div>` : null}<//>`)}${dialog}`;
}
