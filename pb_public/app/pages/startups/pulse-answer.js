// @ts-check
// A pulse as whoever is asked answers it: nobody will know what they said.
import { html, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { pair, t } from "../../lib/words.js";
import { Dialog, Field, Summary, useForm } from "../../lib/forms.js";
import { Note } from "../../components/parts.js";

/** @param {{ p: any, close: () => void, done: () => unknown }} props */
export function View({ p, close, done }) {
  const said = useSignal(/** @type {Record<string, number>} */ ({}));
  const form = useForm({ start: {}, done, send: (v) => call("POST", `/pulses/${p.id}/answer`, { answers: { ...v, ...said.value } }) });
  const scale = (/** @type {any} */ q) => html`<fieldset class="field"><legend class="lbl">${pair(q, "label")} <span class="fw4 muted">${t("form.optional")}</span></legend><p class="hint">${t("pulse.scale_help")}</p><div class="row">${Array.from({ length: 11 }, (_, n) => html`<button key=${n} class=${said.value[q.key] === n ? "btn sm tn" : "btn line sm tn"} type="button" aria-pressed=${said.value[q.key] === n} onClick=${() => { said.value = { ...said.value, [q.key]: n }; }}>${n}</button>`)}</div></fieldset>`;
  return html`<${Dialog} title=${pair(p, "title")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Note}>${t("pulse.promise_own")}<//><${Summary} form=${form} />
    ${p.questions.map((/** @type {any} */ q) => (q.type === "scale" ? scale(q) : q.type === "choice" ? html`<${Field} form=${form} key=${q.key} name=${q.key} as="options" label=${pair(q, "label")} options=${q.options.map((/** @type {any} */ o) => ({ value: o.value, label: pair(o, "label") }))} />` : html`<${Field} form=${form} key=${q.key} name=${q.key} as="area" rows="3" max=${1000} label=${pair(q, "label")} />`))}
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("pulse.send")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
