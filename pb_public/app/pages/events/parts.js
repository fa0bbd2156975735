// @ts-check
// What the pages of an event share: hours in fields, and lists that are edited row by row.
import { html } from "../../lib/ui.js";
import { clock, day, given, t } from "../../lib/words.js";
import { Icon } from "../../components/parts.js";

/** An instant as a field for date and hour shows it, and back: clocks are those of Ho Chi Minh City. @param {string} at */
export const toField = (at) => (given(at) ? `${day(at)}T${clock(at)}` : "");
/** @param {string} field */
export const fromField = (field) => (field ? new Date(`${field}:00+07:00`).toISOString() : null);

/** An instant that says that there is none: what is left out stays as it was. */
export const never = "0001-01-01T00:00:00Z";

let count = 0;
/** Rows with a name of their own each, so that a field keeps its place when one above it goes. @param {any[] | null | undefined} rows */
export const named = (rows) => (rows ?? []).map((r) => ({ ...r, _: ++count }));
/** Rows as they are sent. @param {any[]} rows */
export const bare = (rows) => (rows ?? []).map(({ _, ...r }) => r);

/**
 * A list of a form that is edited row by row.
 * @param {{ form: any, name: string, title: string, help?: any, add: string, most?: number, blank: () => any, row: (at: any, value: any, n: number) => any, head: (value: any, n: number) => string }} props
 *   row draws the fields of one: at is a form of that row alone
 */
export function Rows({ form, name, title, help, add, most = 50, blank, row, head }) {
  const rows = /** @type {any[]} */ (form.values.value[name] ?? []);
  const put = (/** @type {any[]} */ to) => form.set(name, to);
  const of = (/** @type {number} */ n) => ({ values: { value: rows[n] }, problems: { value: {} }, fields: new Map(), set: (/** @type {string} */ key, /** @type {any} */ v) => put(rows.map((r, i) => (i === n ? { ...r, [key]: v } : r))) });
  const rise = (/** @type {number} */ n) => { const to = [...rows], [one] = to.splice(n, 1); to.splice(n - 1, 0, one); put(to); };
  const wrong = form.problems.value[name];
  return html`<fieldset class="stack s3" aria-invalid=${wrong ? "true" : undefined}><legend class="lbl">${title}</legend>${help ? html`<p class="hint">${help}</p>` : null}${wrong ? html`<p class="err"><${Icon} n="stop" s />${wrong}</p>` : null}
    ${rows.map((r, n) => html`<div class="crit stack s2" key=${r._} role="group" aria-label=${head(r, n)}><div class="row sb nowrap"><b class="sm">${head(r, n)}</b><span class="row nowrap">
      ${n ? html`<button class="btn ghost icon sm" type="button" aria-label=${t("event_page.row_up", { name: head(r, n) })} onClick=${() => rise(n)}><${Icon} n="up" s /></button>` : null}
      <button class="btn ghost icon sm" type="button" aria-label=${t("event_page.row_drop", { name: head(r, n) })} onClick=${() => put(rows.filter((_, i) => i !== n))}><${Icon} n="trash" s /></button></span></div>${row(of(n), r, n)}</div>`)}
    ${rows.length < most ? html`<p><button class="btn line sm" type="button" onClick=${() => put([...rows, { ...blank(), _: ++count }])}><${Icon} n="plus" s />${add}</button></p>` : null}</fieldset>`;
}
