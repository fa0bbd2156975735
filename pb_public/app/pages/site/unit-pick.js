// @ts-check
// A field in which an administrative unit is chosen: typed with marks or without, by its old name or its new one.
import { html, cls, useEffect, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, get } from "../../lib/api.js";
import { date, num, t } from "../../lib/words.js";
import { Icon } from "../../components/parts.js";

/** A unit as it is called. @param {any} u */
export const unitName = (u) => t("unit.called", { kind: t(`unit_kind.${u.kind}`), name: u.name });

/** Units in a row, with how much of each. @param {any[]} some */
export const unitNames = (some) => some.map((u) => (u.name ? u.name : t("unit.not_known")) + (u.share < 10000 ? ` ${num(u.share / 100)}%` : "")).join(", ");

/** Where it lies, since when or until when, what it was and what it became. @param {any} u */
export function unitWhere(u) {
  const was = u.before.length ? t("unit.was", { names: unitNames(u.before) }) : u.came_from_name ? t("units.came", { name: u.came_from_name }) : "";
  return [u.parent_name, u.valid_to ? t("unit.until", { date: date(u.valid_to) }) : "", u.after.length ? t("unit.is", { names: unitNames(u.after) }) : was].filter(Boolean).join(" · ");
}

/**
 * The control itself: a combobox. The list stands below it, so that a dialog can be scrolled to its end.
 * @param {{ id: string, value: string, set: (id: string, unit: any) => void, level?: string, when?: string, on?: string, label?: string, told?: string, wrong?: boolean, required?: boolean }} props
 */
export function Pick({ id, value, set, level = "ward", when = "began", on = "", label, told, wrong, required }) {
  const text = useSignal(""), rows = useSignal(/** @type {any[] | null} */ (null)), at = useSignal(-1), chosen = useSignal(/** @type {any} */ (null)), failed = useSignal("");
  const turn = useRef(0), timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const show = (/** @type {any} */ u) => { chosen.value = u; text.value = u ? unitName(u) : ""; };
  useEffect(() => {
    if (!value) { if (chosen.value) show(null); return; }
    if (chosen.value?.id !== value) get(`/admin-units/${value}`).then(show, () => { text.value = value; });
  }, [value]);
  const seek = async () => {
    const mine = ++turn.current, q = chosen.value && text.value === unitName(chosen.value) ? "" : text.value;
    try {
      const answer = await get("/admin-units", { q, level, when, ...(on ? { on } : {}), limit: "20" });
      if (mine === turn.current) { rows.value = answer.rows; at.value = -1; failed.value = ""; }
    } catch (e) { if (mine === turn.current) { rows.value = []; failed.value = asRefusal(e).message; } }
  };
  const close = () => { turn.current++; clearTimeout(timer.current); rows.value = null; at.value = -1; text.value = chosen.value ? unitName(chosen.value) : ""; };
  const choose = (/** @type {any} */ u) => { show(u); set(u ? u.id : "", u); close(); };
  const typed = (/** @type {any} */ e) => { text.value = e.currentTarget.value; clearTimeout(timer.current); timer.current = setTimeout(seek, 200); };
  const move = (/** @type {number} */ to) => {
    const n = rows.value?.length ?? 0;
    if (!n) return;
    at.value = (to + n) % n;
    requestAnimationFrame(() => document.getElementById(`${id}-o${at.value}`)?.scrollIntoView({ block: "nearest" }));
  };
  const keys = (/** @type {KeyboardEvent} */ e) => {
    if (e.key === "Escape" && rows.value) { e.preventDefault(); e.stopPropagation(); close(); return; }
    if (e.key === "Enter" && rows.value) { e.preventDefault(); if (rows.value[at.value]) choose(rows.value[at.value]); return; }
    if (!["ArrowDown", "ArrowUp"].includes(e.key)) return;
    e.preventDefault();
    if (!rows.value) seek(); else move(at.value + (e.key === "ArrowDown" ? 1 : at.value < 0 ? 0 : -1));
  };
  const found = rows.value;
  return html`<div class="stack s2"><div class="row nowrap"><input type="text" id=${id} role="combobox" autocomplete="off" spellcheck=${false} aria-label=${label} aria-autocomplete="list" aria-expanded=${found ? "true" : "false"} aria-controls=${`${id}-l`}
      aria-activedescendant=${found && at.value >= 0 ? `${id}-o${at.value}` : undefined} aria-describedby=${told} aria-invalid=${wrong ? "true" : undefined} required=${required} placeholder=${t("unit.pick_hint")} value=${text.value} onInput=${typed} onKeyDown=${keys} onFocus=${seek} onBlur=${close} />
      ${value ? html`<button class="btn ghost icon" type="button" aria-label=${t("unit.pick_clear", { name: chosen.value ? unitName(chosen.value) : "" })} onClick=${() => { choose(null); document.getElementById(id)?.focus(); }}><${Icon} n="x" /></button>` : null}</div>
    <ul class="list combo" role="listbox" id=${`${id}-l`} aria-label=${label ?? t("unit.pick_found")} hidden=${!found?.length}>${(found ?? []).map((u, i) => html`<li key=${u.id} role="option" id=${`${id}-o${i}`} aria-selected=${i === at.value ? "true" : "false"} class=${cls(i === at.value && "on")} onMouseDown=${(/** @type {Event} */ e) => { e.preventDefault(); choose(u); }}><span class="grow"><b>${unitName(u)}</b><small>${unitWhere(u)}</small></span></li>`)}</ul>
    <p class=${found && !found.length ? "hint" : "vh"} role="status">${found ? failed.value || (found.length ? t("unit.pick_count", { n: found.length }) : t("unit.pick_none")) : ""}</p>
    ${chosen.value && !found ? html`<p class="hint">${unitWhere(chosen.value)}</p>` : null}</div>`;
}

/**
 * The control as a field of a form.
 * @param {{ form: any, name: string, label: string, help?: string, required?: boolean, level?: string, when?: string, on?: string }} props
 */
export function UnitField({ form, name, label, help, required = false, ...rest }) {
  const id = `u-${name}`, wrong = form.problems.value[name];
  useEffect(() => { form.fields.set(name, { label, required, id }); return () => { form.fields.delete(name); }; }, [form, name, label, required]);
  const told = [help ? `${id}-h` : "", wrong ? `${id}-e` : ""].filter(Boolean).join(" ") || undefined;
  return html`<div class="field"><label for=${id}>${label}${required ? null : html` <span class="fw4 muted">${t("form.optional")}</span>`}</label>${help ? html`<p class="hint" id=${`${id}-h`}>${help}</p>` : null}
    <${Pick} id=${id} value=${form.values.value[name] ?? ""} set=${(/** @type {string} */ v) => form.set(name, v)} told=${told} wrong=${Boolean(wrong)} required=${required} ...${rest} />
    ${wrong ? html`<p class="err" id=${`${id}-e`}><${Icon} n="stop" s />${wrong}</p>` : null}</div>`;
}
