// @ts-check
// What an applicant can say against a decision: until when, once for each, and what became of it.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { date, deadline, moment, t } from "../../lib/words.js";
import { Icon, Panel, Status } from "../../components/parts.js";
import { lastDay, Paragraphs } from "./parts.js";

/** @param {{ paper: any, reload: () => any }} props */
export function Appeal({ paper, reload }) {
  const a = paper.appeal;
  return html`<${Panel} title=${t("plead.title")} class="stack s3">
    ${a.filed.map((/** @type {any} */ p) => html`<div class="qa" key=${p.id}><h3 class="row">${t("plead.filed", { at: moment(p.filed_at) })}<${Status} of="appeals" is=${p.status} /></h3><${Paragraphs} text=${p.words} />
      ${p.answer ? html`<p class="lbl sm">${t("plead.answer", { at: moment(p.answered_at) })}</p><${Paragraphs} text=${p.answer} />` : html`<p class="sub">${t("plead.wait", { date: date(p.due_on) })}</p>`}</div>`)}
    ${a.may ? html`<${Write} paper=${paper} reload=${reload} />` : a.until && !a.filed.length ? html`<p class="sub">${t("plead.over", { date: lastDay(a.until) })}</p>` : null}<//>`;
}

/** @param {{ paper: any, reload: () => any }} props */
function Write({ paper, reload }) {
  const form = useForm({
    start: { words: "" },
    send: (v, key) => call("POST", `/applications/${paper.id}/appeal`, v, { key }),
    async done() { say(t("plead.done")); await reload(); },
  });
  return html`<details><summary><${Icon} n="chev" s />${t("plead.may", { date: lastDay(paper.appeal.until), left: deadline(paper.appeal.until) })}</summary>
    <form class="stack gap-t" novalidate onSubmit=${form.submit}><p class="sub">${t("plead.why")}</p><${Summary} form=${form} />
    <${Field} form=${form} name="words" as="area" label=${t("plead.words")} help=${t("plead.words_help")} rows="5" required />
    <p><button class="btn line" disabled=${form.busy.value}><${Icon} n="send" />${t("plead.send")}</button></p></form></details>`;
}
