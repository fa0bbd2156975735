// @ts-check
// The interview as those who apply see it: when, where, and whether they come.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useAsk } from "../../lib/forms.js";
import { clock, longDate, relative, t } from "../../lib/words.js";
import { Icon, Note, Panel, Status } from "../../components/parts.js";

/** @param {{ paper: any, reload: () => any }} props */
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
