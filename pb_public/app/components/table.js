// @ts-check
// A list as a table, and as cards where the screen is narrow: search, filters, CSV, the next page.
import { cls, html, say, useRef } from "../lib/ui.js";
import { asRefusal, download } from "../lib/api.js";
import { t } from "../lib/words.js";
import { Frame, Icon, Loading, More } from "./parts.js";

/**
 * @typedef {object} Column
 * @property {string} title head of the column, and the word before the value on a card
 * @property {(row: any) => any} cell
 * @property {boolean} [end] figures, aligned at the right
 * @property {boolean} [full] the whole width of a card
 */

/**
 * The first column is the head of its row.
 * @param {object} props
 * @param {import("../lib/list.js").List} props.list
 * @param {Column[]} props.columns
 * @param {string} props.label what the table holds
 * @param {string} [props.search] label of the search, if the route takes q
 * @param {any} [props.filters] more controls beside it
 * @param {string} [props.csv] name of the file, if the route gives CSV
 * @param {any} [props.empty]
 */
export function Table({ list, columns, label, search, filters, csv, empty }) {
  const save = () => download(list.route, { ...list.filters.value, format: "csv" }, csv ?? "").catch((e) => say(asRefusal(e).message, { bad: true }));
  const bar = search || filters || csv;
  return html`<section class="panel" aria-busy=${list.busy.value && list.state.value === "loading"}>${bar ? html`<div class="row gap-b tools-row">${search ? html`<${Search} list=${list} label=${search} />` : null}${filters}${csv ? html`<button class="btn line sm" type="button" onClick=${save}><${Icon} n="down" s />${t("state.csv")}</button>` : null}</div>` : null}
  <${Frame} of=${list} empty=${empty} loading=${html`<${Loading} rows=${6} />`}>${(/** @type {any[]} */ rows) => html`<div class="tw" tabindex="0" role="region" aria-label=${label}><table class="tbl cards"><thead><tr>${columns.map((c) => html`<th scope="col" class=${c.end ? "end" : undefined}>${c.title}</th>`)}</tr></thead>
    <tbody>${rows.map((r) => html`<tr key=${r.id}>${columns.map((c, i) => (i === 0 ? html`<th scope="row">${c.cell(r)}</th>` : html`<td class=${cls(c.end && "end", c.full && "full") || undefined} data-l=${c.title || undefined}>${c.cell(r)}</td>`))}</tr>`)}</tbody></table></div><${More} list=${list} />`}<//></section>`;
}

/** Searches a moment after the last letter. @param {{ list: import("../lib/list.js").List, label: string }} props */
export function Search({ list, label }) {
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  /** @param {any} e */
  const typed = (e) => { const q = e.currentTarget.value; clearTimeout(timer.current); timer.current = setTimeout(() => list.set({ q }), 250); };
  return html`<div class="search" role="search"><${Icon} n="search" s /><input type="search" aria-label=${label} placeholder=${label} value=${list.filters.value["q"] ?? ""} onInput=${typed} /></div>`;
}

/**
 * A filter of a few words.
 * @param {{ list: import("../lib/list.js").List, name: string, label: string, options: { value: string, label: string }[] }} props value "": all
 */
export const Choice = ({ list, name, label, options }) => html`<select class="auto" aria-label=${label} onChange=${(/** @type {any} */ e) => list.set({ [name]: e.currentTarget.value })}>${options.map((o) => html`<option value=${o.value} selected=${list.filters.value[name] === o.value}>${o.label}</option>`)}</select>`;
