// @ts-check
// What becomes of units: the parts of a divided one, and the several of which one is made. They come when they are asked for.
import { html, useEffect } from "../../lib/ui.js";
import { num, t } from "../../lib/words.js";
import { Icon } from "../../components/parts.js";
import { Pick, unitName } from "./unit-pick.js";

export { UnitField } from "./unit-pick.js";

/** Says of a part of a form where it is and what is wrong with it. @param {any} form @param {string} name @param {string} label @param {string} id */
function useSeat(form, name, label, id) {
  useEffect(() => { form.fields.set(name, { label, required: false, id }); return () => { form.fields.delete(name); }; }, [form, name, label]);
  return form.problems.value[name] ? html`<p class="err"><${Icon} n="stop" s />${form.problems.value[name]}</p>` : null;
}

/** Several units, one after the other. @param {{ form: any, name: string, label: string, help?: string, level: string, on?: string }} props */
export function Several({ form, name, label, help, level, on }) {
  const all = /** @type {any[]} */ (form.values.value[name] ?? []), error = useSeat(form, name, label, "u-several");
  return html`<div class="field"><label for="u-several">${label}</label>${help ? html`<p class="hint">${help}</p>` : null}
    ${all.length ? html`<ul class="list">${all.map((u) => html`<li key=${u.id}><span class="grow"><b>${unitName(u)}</b><small>${u.parent_name}</small></span><button class="btn ghost icon" type="button" aria-label=${t("unit.pick_clear", { name: unitName(u) })} onClick=${() => form.set(name, all.filter((o) => o.id !== u.id))}><${Icon} n="x" /></button></li>`)}</ul>` : null}
    <${Pick} key=${all.length} id="u-several" value="" level=${level} when="began" on=${on} set=${(/** @type {string} */ id, /** @type {any} */ u) => { if (id && !all.some((o) => o.id === id)) form.set(name, [...all, u]); }} />${error}</div>`;
}

/** The parts of a unit, each with its share in hundredths of a percent. @param {{ form: any, name: string, label: string, help?: string, level: string }} props */
export function Parts({ form, name, label, help, level }) {
  const all = /** @type {{ unit: string, share: number | null }[]} */ (form.values.value[name] ?? []), error = useSeat(form, name, label, "u-part0");
  const put = (/** @type {number} */ i, /** @type {any} */ more) => form.set(name, all.map((p, n) => (n === i ? { ...p, ...more } : p)));
  const sum = all.reduce((n, p) => n + (p.share ?? 0), 0);
  return html`<fieldset class="field stack s2"><legend class="lbl">${label}</legend>${help ? html`<p class="hint">${help}</p>` : null}
    ${all.map((p, i) => html`<div class="unit-part" key=${i}><${Pick} id=${`u-part${i}`} label=${t("unit.part", { n: i + 1 })} value=${p.unit} level=${level} when="" set=${(/** @type {string} */ unit) => put(i, { unit })} />
      <span class="pre"><input type="number" min="0" max="100" step="0.01" inputmode="decimal" aria-label=${t("unit.part_share", { n: i + 1 })} value=${p.share === null ? "" : p.share / 100} onInput=${(/** @type {any} */ e) => put(i, { share: e.currentTarget.value === "" ? null : Math.round(Number(e.currentTarget.value) * 100) })} /><span class="unit r">%</span></span>
      <button class="btn ghost icon" type="button" aria-label=${t("unit.part_remove", { n: i + 1 })} onClick=${() => form.set(name, all.filter((_, n) => n !== i))}><${Icon} n="x" /></button></div>`)}
    <p class="row sb"><button class="btn line sm" type="button" onClick=${() => form.set(name, [...all, { unit: "", share: sum < 10000 ? 10000 - sum : null }])}><${Icon} n="plus" s />${t("unit.part_add")}</button><span class="hint" role="status">${t("unit.parts_sum", { sum: num(sum / 100) })}</span></p>${error}</fieldset>`;
}
