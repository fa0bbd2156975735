// @ts-check
// What a closed pulse found, as far as it shows nobody.
import { html, useSignal } from "../../lib/ui.js";
import { useOne } from "../../lib/list.js";
import { num, pair, t } from "../../lib/words.js";
import { Dialog } from "../../lib/forms.js";
import { Frame, Note } from "../../components/parts.js";

/** @param {{ p: any, close: () => void }} props */
export function View({ p, close }) {
  const by = useSignal(""), keys = p.questions.filter((/** @type {any} */ q) => q.type !== "text");
  return html`<${Dialog} title=${pair(p, "title")} close=${close} wide><div class="stack">
    <select class="auto" aria-label=${t("pulse.divide")} onChange=${(/** @type {any} */ e) => { by.value = e.currentTarget.value; }}><option value="">${t("pulse.whole")}</option>${keys.map((/** @type {any} */ q) => html`<option key=${q.key} value=${q.key}>${t("pulse.by_one", { question: pair(q, "label") })}</option>`)}</select>
    <${Results} key=${by.value} p=${p} by=${by.value} /></div><//>`;
}

/** @param {{ p: any, by: string }} props */
function Results({ p, by }) {
  const one = useOne(`/pulses/${p.id}/results`, { params: by ? { by } : {} });
  return html`<${Frame} of=${one}>${(/** @type {any} */ r) => (r.shown ? html`<p class="sub">${t("pulse.turnout", { n: num(r.answered), of: num(r.people) })}</p>
    ${by && !r.split ? html`<${Note} tone="w">${t("pulse.undivided")}<//>` : by ? r.parts.map((/** @type {any} */ part) => html`<section key=${part.value} class="stack s2"><h3>${named(p, by, part.value)} · ${t("workshop.people", { n: part.n })}</h3>${part.results.map((/** @type {any} */ q) => html`<${One} key=${q.key} q=${q} />`)}</section>`) : r.results.map((/** @type {any} */ q) => html`<${One} key=${q.key} q=${q} />`)}` : html`<${Note} tone="w">${t("pulse.too_few")}<//>`)}<//>`;
}

/** What a part is called. @param {any} p @param {string} by @param {string} value */
function named(p, by, value) {
  const q = p.questions.find((/** @type {any} */ x) => x.key === by), o = (q?.options ?? []).find((/** @type {any} */ x) => x.value === value);
  return value === "" ? t("pulse.part_none") : o ? pair(o, "label") : t(`pulse.part_${value}`);
}

/** One question. @param {{ q: any }} props */
function One({ q }) {
  const label = (/** @type {string} */ v) => { const o = (q.options ?? []).find((/** @type {any} */ x) => x.value === v); return o ? pair(o, "label") : v; };
  const most = Math.max(1, ...q.counts.map((/** @type {any} */ c) => c.n));
  return html`<section class="stack s2"><h3>${pair(q, "label")}</h3>${q.shown ? html`${q.type === "scale" ? html`<p><b>${num(q.mean_tenths / 10, 1)}</b> <small class="sub">${t("pulse.mean", { n: num(q.n) })}</small></p>` : html`<p class="sub">${t("pulse.answers", { n: num(q.n) })}</p>`}
    ${q.type === "text" ? html`<ul class="list">${q.texts.map((/** @type {string} */ x, /** @type {number} */ i) => html`<li key=${i}><span>${x}</span></li>`)}</ul>` : html`<table class="tbl"><thead class="vh"><tr><th scope="col">${t("pulse.answer_of")}</th><th scope="col">${t("pulse.share")}</th><th scope="col">${t("pulse.count")}</th></tr></thead><tbody>${q.counts.map((/** @type {any} */ c) => html`<tr key=${c.value}><th scope="row">${label(c.value)}</th><td><svg class="bar xs" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bg" width="100" height="6" /><rect class="fb" width=${(100 * c.n) / most} height="6" /></svg></td><td class="end tn">${num(c.n)}</td></tr>`)}</tbody></table>`}` : html`<p class="muted">${t("pulse.hidden")}</p>`}</section>`;
}
