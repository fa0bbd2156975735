// @ts-check
// The questions of a pulse, as long as nobody is asked.
import { html, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { day, now, t } from "../../lib/words.js";
import { Dialog, Field, Summary, useForm } from "../../lib/forms.js";
import { Icon } from "../../components/parts.js";

/** @typedef {{ key: string, type: string, label_vi: string, label_en: string, lines: string }} Draft lines: what there is to choose, one a line */

/** @param {string} text */
const options = (text) => text.split("\n").map((x) => x.trim()).filter(Boolean).map((label, i) => { const [vi = "", en = ""] = label.split("|").map((x) => x.trim()); return { value: `o${i + 1}`, label_vi: vi, label_en: en }; });

/** What most centres ask. @returns {Draft[]} */
const usual = () => ["worth", "best", "words"].map((x) => ({ key: x, type: { worth: "scale", best: "choice", words: "text" }[x] ?? "text", label_vi: t(`pulse.usual_${x}`), label_en: "", lines: x === "best" ? t("pulse.usual_options") : "" }));

/** @param {{ p: any, cohort: string, close: () => void, done: () => unknown }} props */
export function View({ p, cohort, close, done }) {
  const asks = useSignal(/** @type {Draft[]} */ (p ? p.questions.map((/** @type {any} */ q) => ({ ...q, lines: (q.options ?? []).map((/** @type {any} */ o) => (o.label_en ? `${o.label_vi} | ${o.label_en}` : o.label_vi)).join("\n") })) : usual()));
  const put = (/** @type {number} */ i, /** @type {Partial<Draft>} */ change) => { asks.value = asks.value.map((q, j) => (j === i ? { ...q, ...change } : q)); };
  const form = useForm({
    start: { title_vi: p?.title_vi ?? "", title_en: p?.title_en ?? "", closes_on: p?.closes_on ?? day(now() + 14 * 86_400_000) }, rev: p?.rev ?? 0, done,
    send: (v, key) => {
      const body = { ...v, questions: asks.value.map((q) => ({ key: q.key, type: q.type, label_vi: q.label_vi.trim(), label_en: q.label_en.trim(), ...(q.type === "choice" ? { options: options(q.lines) } : {}) })), rev: p?.rev ?? 0 };
      return p ? call("PATCH", `/pulses/${p.id}`, body, { key }) : call("POST", `/cohorts/${cohort}/pulses`, body, { key });
    },
  });
  const add = () => { const taken = new Set(asks.value.map((q) => q.key)); let n = asks.value.length + 1; while (taken.has(`q${n}`)) n++; asks.value = [...asks.value, { key: `q${n}`, type: "scale", label_vi: "", label_en: "", lines: "" }]; };
  const text = (/** @type {number} */ i, /** @type {"label_vi" | "label_en"} */ name) => html`<div class="field"><label for=${`q-${name}-${i}`}>${t(`pulse.${name}`)}</label><input id=${`q-${name}-${i}`} maxlength="300" value=${asks.value[i]?.[name] ?? ""} onInput=${(/** @type {any} */ e) => put(i, { [name]: e.currentTarget.value })} /></div>`;
  return html`<${Dialog} title=${t(p ? "pulse.change" : "pulse.add")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} />
    <${Field} form=${form} name="title_vi" label=${t("pulse.title_vi")} required maxlength="200" /><${Field} form=${form} name="title_en" label=${t("pulse.title_en")} maxlength="200" /><${Field} form=${form} name="closes_on" type="date" label=${t("pulse.closes_on")} required />
    ${asks.value.map((q, i) => html`<fieldset class="stack s2" key=${q.key}><legend class="lbl">${t("pulse.question", { n: i + 1 })}</legend>${text(i, "label_vi")}${text(i, "label_en")}
      <div class="row"><select class="auto" aria-label=${t("pulse.type")} onChange=${(/** @type {any} */ e) => put(i, { type: e.currentTarget.value })}>${["scale", "choice", "text"].map((x) => html`<option key=${x} value=${x} selected=${q.type === x}>${t(`pulse.type_${x}`)}</option>`)}</select>${asks.value.length > 1 ? html`<button class="btn ghost sm" type="button" onClick=${() => { asks.value = asks.value.filter((_, j) => j !== i); }}><${Icon} n="trash" s />${t("pulse.remove")}</button>` : null}</div>
      ${q.type === "choice" ? html`<div class="field"><label for=${`q-o-${i}`}>${t("pulse.options")}</label><p class="hint" id=${`q-h-${i}`}>${t("pulse.options_help")}</p><textarea id=${`q-o-${i}`} rows="4" aria-describedby=${`q-h-${i}`} value=${q.lines} onInput=${(/** @type {any} */ e) => put(i, { lines: e.currentTarget.value })}></textarea></div>` : null}</fieldset>`)}
    ${asks.value.length < 12 ? html`<p><button class="btn line sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("pulse.add_question")}</button></p>` : null}
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
