// @ts-check
// The questions in words of a report template, as long as nobody is asked with it.
import { html, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { t } from "../../lib/words.js";
import { Dialog, Summary, useForm } from "../../lib/forms.js";
import { Icon } from "../../components/parts.js";

/** @typedef {import("./report-form.js").OpenQuestion} OpenQuestion */

const most = 10;

/** @param {{ x: any, close: () => void, done: () => unknown }} props */
export function View({ x, close, done }) {
  const asks = useSignal(/** @type {OpenQuestion[]} */ (x.questions)), next = useSignal(asks.value.length + 1);
  const form = useForm({ start: {}, rev: x.rev, done, send: (_, key) => call("PATCH", `/report-templates/${x.id}`, {
    title_vi: x.title_vi, title_en: x.title_en, kind: x.kind, kpis: x.kpis, due_day: x.due_day, grace_days: x.grace_days, questions: asks.value, rev: x.rev,
  }, { key }) });
  const put = (/** @type {string} */ key, /** @type {Partial<OpenQuestion>} */ change) => { asks.value = asks.value.map((q) => (q.key === key ? { ...q, ...change } : q)); };
  const add = () => { asks.value = [...asks.value, { key: `q${next.value}`, label_vi: "", label_en: "", hint_vi: "", hint_en: "", required: false }]; next.value++; };
  const line = (/** @type {OpenQuestion} */ q, /** @type {"label_vi" | "label_en" | "hint_vi" | "hint_en"} */ name, /** @type {number} */ longest) => html`<div class="field"><label for=${`${q.key}-${name}`}>${t(`question.${name}`)}</label><input id=${`${q.key}-${name}`} maxlength=${longest} value=${q[name]} onInput=${(/** @type {any} */ e) => put(q.key, { [name]: e.currentTarget.value })} /></div>`;
  return html`<${Dialog} title=${t("question.edit")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("question.lead")}</p><${Summary} form=${form} />
    ${asks.value.map((q, i) => html`<fieldset class="stack s2" key=${q.key}><legend class="lbl">${t("question.number", { n: i + 1 })}</legend>${line(q, "label_vi", 300)}${line(q, "label_en", 300)}${line(q, "hint_vi", 500)}${line(q, "hint_en", 500)}
      <div class="row sb"><label class="check"><input type="checkbox" checked=${q.required} onChange=${(/** @type {any} */ e) => put(q.key, { required: e.currentTarget.checked })} />${t("question.required")}</label><button class="btn ghost sm" type="button" aria-label=${t("question.remove_one", { n: i + 1 })} onClick=${() => { asks.value = asks.value.filter((o) => o.key !== q.key); }}><${Icon} n="trash" s />${t("question.remove")}</button></div></fieldset>`)}
    ${asks.value.length < most ? html`<p><button class="btn line sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("question.add")}</button></p>` : null}
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
