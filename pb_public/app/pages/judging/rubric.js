// @ts-check
// The criteria of a round as keys to press: on the screen of a phone, or 1 to 9 on a keyboard.
import { html, useEffect } from "../../lib/ui.js";
import { num, pair, t } from "../../lib/words.js";
import { Badge, Icon } from "../../components/parts.js";

/** @typedef {{ key: string, label_vi: string, label_en: string, weight: number, min: number, max: number, step: number, anchors?: { at: number, text_vi: string, text_en: string }[] }} Criterion points; weight in basis points */

/** The points that can be given. @param {Criterion} c */
const points = (c) => Array.from({ length: Math.round((c.max - c.min) / c.step) + 1 }, (_, i) => Math.round((c.min + i * c.step) * 100) / 100);

/** The weighted points so far, as they will be shown; the server adds up for itself. @param {Criterion[]} rubric @param {Record<string, any>} values */
export const sum = (rubric, values) => rubric.reduce((all, c) => all + (values[`scores.${c.key}`] ?? 0) * c.weight, 0) / 10000;

/** How many keys stand in a row; more than these are chosen from a list. */
const keys = 5;

/** @param {{ form: any, rubric: Criterion[] }} props */
export const Criteria = ({ form, rubric }) => html`${rubric.map((c) => html`<${One} key=${c.key} form=${form} c=${c} />`)}`;

/** @param {{ form: any, c: Criterion }} props */
function One({ form, c }) {
  const name = `scores.${c.key}`, id = `score-${c.key}`, label = pair(c, "label"), all = points(c);
  useEffect(() => { form.fields.set(name, { label, required: true, id }); return () => { form.fields.delete(name); }; }, [form.fields, name, label]);
  const value = form.values.value[name], wrong = form.problems.value[name];
  const error = wrong ? html`<p class="err" id=${`${id}-e`}><${Icon} n="stop" s />${wrong}</p>` : null;
  const told = wrong ? `${id}-e` : undefined;
  return html`<fieldset class="crit" data-criterion=${c.key} aria-describedby=${told}><legend class="row"><b>${label}</b> <span class="tag">${num(c.weight / 100, 0)}%</span></legend>
    ${all.length > keys ? html`<select id=${id} aria-label=${label} aria-invalid=${wrong ? "true" : undefined} onChange=${(/** @type {any} */ e) => form.set(name, e.currentTarget.value === "" ? null : Number(e.currentTarget.value))}><option value="">${t("form.choose")}</option>${all.map((p) => html`<option value=${p} selected=${p === value}>${num(p)}</option>`)}</select>`
      : html`<div class="score">${all.map((p, i) => html`<label key=${p}><input type="radio" id=${i ? undefined : id} name=${id} value=${p} checked=${p === value} aria-label=${t("judging.give", { label, n: p })} onChange=${() => form.set(name, p)} />${num(p)}</label>`)}</div><div class="ends" aria-hidden="true"><span>${t("judging.low")}</span><span>${t("judging.high")}</span></div>`}
    ${c.anchors?.length ? html`<details class="sm"><summary><${Icon} n="chev" s />${t("judging.anchors")}</summary><dl class="kv sm">${c.anchors.map((a) => html`<dt key=${a.at}>${num(a.at)}</dt><dd class="fw4">${pair(a, "text")}</dd>`)}</dl></details>` : null}${error}</fieldset>`;
}

/**
 * A digit gives its points to the criterion that has the focus, or to the first without any, and goes on to the next.
 * @param {any} form
 * @param {Criterion[]} rubric
 * @param {{ current: HTMLElement | null }} box of the form
 */
export function useDigits(form, rubric, box) {
  useEffect(() => {
    /** @param {KeyboardEvent} e */
    const press = (e) => {
      const at = /** @type {HTMLElement} */ (e.target);
      if (!/^\d$/.test(e.key) || e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
      if (at.matches?.("textarea, select, input:not([type=radio], [type=checkbox])")) return;
      const own = at.closest?.("[data-criterion]")?.getAttribute("data-criterion");
      const c = rubric.find((x) => x.key === own) ?? rubric.find((x) => form.values.value[`scores.${x.key}`] === null);
      const p = Number(e.key);
      if (!c || !points(c).includes(p)) return;
      e.preventDefault();
      form.set(`scores.${c.key}`, p);
      const next = rubric[rubric.indexOf(c) + 1];
      const field = box.current?.querySelector(`[data-criterion="${(next ?? c).key}"]`);
      /** @type {HTMLElement | null | undefined} */ (field?.querySelector("input:checked, input, select"))?.focus();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [form.set, rubric]);
}

/** A sheet as it stands, to be read. @param {{ rubric: Criterion[], sheet: any }} props */
export const Read = ({ rubric, sheet }) => html`<dl class="kv sm">${rubric.map((c) => html`<dt key=${c.key}>${pair(c, "label")}</dt><dd>${sheet.scores[c.key] === undefined ? html`<span class="muted fw4">${t("answer.none")}</span>` : num(sheet.scores[c.key])}</dd>`)}<dt>${t("sheets.weighted")}</dt><dd>${num(sheet.total, 2)}</dd>
  ${sheet.recommendation ? html`<dt>${t("judging.say")}</dt><dd><${Badge} tone=${{ yes: "ok", maybe: "warn", no: "bad" }[/** @type {string} */ (sheet.recommendation)]}>${t(`judging.say_${sheet.recommendation}`)}<//></dd>` : null}</dl>
  ${[["comment", sheet.comment], ["note", sheet.note]].map(([k, text]) => (text ? html`<div class="qa" key=${k}><h3>${t(`judging.${k}`)}</h3><p>${text}</p></div>` : null))}`;

/** Whether a sheet was handed in. @param {any} task */
export const done = (task) => ["submitted", "sealed", "counted"].includes(task.sheet.status);

/** One stroke for each, in their order. @param {{ tasks: any[] }} props */
export const Dots = ({ tasks }) => html`<div class="dots" role="img" aria-label=${t("judging.progress", { n: tasks.filter(done).length, of: num(tasks.length) })}>${tasks.map((task) => html`<i key=${task.id} class=${done(task) ? "d" : task.progress.n ? "c" : undefined} />`)}</div>`;
