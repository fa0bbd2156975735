// @ts-check
// Cards in columns. A card moves by drag, by the menu on it, or by the keys [ and ] and Alt with an arrow; it moves at once,
// goes back if the server refuses, and a toast offers to undo. A phone shows one column at a time.
import { cls, html, say, useEffect, useSignal } from "../lib/ui.js";
import { asRefusal } from "../lib/api.js";
import { num, t } from "../lib/words.js";
import { Menu } from "../lib/forms.js";
import { Segments } from "./parts.js";

/**
 * @typedef {object} Column
 * @property {string} id
 * @property {string} title
 * @property {any} [count] instead of the number of cards
 * @property {boolean} [folded] narrow until somebody opens it
 * @property {boolean} [fixed] no card goes in or out
 * @property {number} [total] how many there are, if more than were fetched
 * @property {() => unknown} [more] fetches the next cards
 */

/**
 * @param {object} props
 * @param {string} props.label what the board holds
 * @param {any[]} props.rows each with an id
 * @param {Column[]} props.columns
 * @param {(row: any) => string} props.columnOf
 * @param {(row: any) => string} props.name of a card, for the menu and what is said
 * @param {(row: any) => any} props.card what stands on it; its heading is an h3
 * @param {(row: any, to: string) => Promise<any>} props.move
 * @param {(row: any) => import("../lib/forms.js").Item[]} [props.more] further entries of a card's menu
 * @param {string} [props.none] what an empty column says
 * @param {string[]} [props.chosen] ids of the cards that are ticked; the key x ticks the one in focus
 * @param {(id: string, on: boolean) => unknown} [props.choose]
 */
export function Board({ label, rows, columns, columnOf, name, card, move, more, none, chosen: ticked = [], choose }) {
  const moved = useSignal(/** @type {Record<string, string>} */ ({})); // where cards are that the server has not confirmed
  const dragged = useSignal(""), over = useSignal(""), chosen = useSignal(columns[0]?.id ?? ""), open = useSignal(/** @type {string[]} */ ([]));
  const at = (/** @type {any} */ r) => moved.value[r.id] ?? columnOf(r);
  const title = (/** @type {string} */ id) => columns.find((c) => c.id === id)?.title ?? id;

  useEffect(() => { // what the server says now is no longer ours to remember
    const left = Object.entries(moved.value).filter(([id, to]) => rows.some((r) => r.id === id && columnOf(r) !== to));
    if (left.length !== Object.keys(moved.value).length) moved.value = Object.fromEntries(left);
  }, [rows]);

  /** @param {any} row @param {string} to @param {boolean} [quiet] */
  async function put(row, to, quiet = false) {
    const from = at(row);
    if (from === to || columns.find((c) => c.id === to)?.fixed || columns.find((c) => c.id === from)?.fixed) return;
    moved.value = { ...moved.value, [row.id]: to };
    chosen.value = chosen.value === from && document.activeElement?.closest(`[data-card="${row.id}"]`) ? to : chosen.value;
    requestAnimationFrame(() => focus(row.id));
    if (!quiet) say(t("board.moved", { name: name(row), column: title(to) }), { undo: () => put(row, from, true) });
    try {
      await move(row, to);
    } catch (e) {
      const { [row.id]: _, ...rest } = moved.value;
      moved.value = rest;
      say(t("board.refused", { name: name(row), why: asRefusal(e).message }), { bad: true });
      requestAnimationFrame(() => focus(row.id));
    }
  }

  /** @param {string} id */
  const focus = (id) => { /** @type {HTMLElement | null} */ (document.querySelector(`[data-card="${id}"]`))?.focus(); };

  /** @param {KeyboardEvent} e @param {any} row */
  function keys(e, row) {
    if (e.key === "x" && choose && !e.ctrlKey && !e.metaKey && !e.altKey) return choose(row.id, !ticked.includes(row.id));
    const by = e.key === "]" || (e.altKey && e.key === "ArrowRight") ? 1 : e.key === "[" || (e.altKey && e.key === "ArrowLeft") ? -1 : 0;
    if (!by || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    const to = columns[columns.findIndex((c) => c.id === at(row)) + by];
    if (to) put(row, to.id);
  }

  /** @param {any} row */
  const items = (row) => [...columns.filter((c) => c.id !== at(row) && !c.fixed).map((c) => ({ label: c.title, icon: "right", act: () => put(row, c.id) })), ...(more?.(row) ?? [])];

  /** @param {any} row @param {Column} column */
  const one = (row, column) => html`<li key=${row.id} class=${cls("kcard", dragged.value === row.id && "drag", ticked.includes(row.id) && "ticked")} data-card=${row.id} tabindex="0" draggable=${!column.fixed} aria-keyshortcuts=${column.fixed ? undefined : "[ ] Alt+ArrowLeft Alt+ArrowRight"}
    onKeyDown=${(/** @type {KeyboardEvent} */ e) => keys(e, row)} onDragStart=${(/** @type {DragEvent} */ e) => { dragged.value = row.id; e.dataTransfer?.setData("text/plain", row.id); }} onDragEnd=${() => { dragged.value = ""; over.value = ""; }}>
    ${choose && !column.fixed ? html`<label class="check tick"><input type="checkbox" aria-label=${t("bulk.mark", { title: name(row) })} checked=${ticked.includes(row.id)} onChange=${(/** @type {any} */ e) => choose(row.id, e.currentTarget.checked)} /></label>` : null}${card(row)}${column.fixed ? null : html`<${Menu} label=${t("board.move", { name: name(row) })} title=${t("board.move_to")} items=${items(row)} />`}</li>`;

  /** @param {Column} c */
  const counted = (c) => { const here = rows.filter((r) => at(r) === c.id).length; return c.total === undefined ? here : c.total + here - rows.filter((r) => columnOf(r) === c.id).length; };

  return html`<${Segments} class="only-m gap-b" label=${t("board.column")} value=${chosen.value} set=${(/** @type {string} */ v) => { chosen.value = v; }} options=${columns.map((c) => ({ value: c.id, label: html`${c.title} <span class="fw4">${num(counted(c))}</span>` }))} />
  <div class="board" role="group" aria-label=${label}>${columns.map((c) => {
    const here = rows.filter((r) => at(r) === c.id), folded = c.folded && !open.value.includes(c.id);
    return html`<section key=${c.id} class=${cls("col", chosen.value === c.id && "on", over.value === c.id && "over", folded && "shut")} aria-labelledby=${`col-${c.id}`}
      onDragOver=${(/** @type {DragEvent} */ e) => { if (dragged.value && !c.fixed) { e.preventDefault(); over.value = c.id; } }} onDragLeave=${() => { if (over.value === c.id) over.value = ""; }}
      onDrop=${(/** @type {DragEvent} */ e) => { e.preventDefault(); over.value = ""; const row = rows.find((r) => r.id === dragged.value); if (row) put(row, c.id); }}>
      <h2 id=${`col-${c.id}`}>${c.folded ? html`<button class="fold" type="button" aria-expanded=${!folded} onClick=${() => { open.value = folded ? [...open.value, c.id] : open.value.filter((x) => x !== c.id); }}><span>${c.title}</span><span class="n">${num(counted(c))}</span></button>` : html`${c.title}<span class="n">${c.count ?? num(counted(c))}</span>`}</h2>
      ${folded ? null : here.length ? html`<ul>${here.map((r) => one(r, c))}</ul>${c.more ? html`<button class="btn line sm more" type="button" onClick=${c.more}>${t("board.more", { n: counted(c) - here.length })}</button>` : null}` : html`<p class="none">${none ?? t("board.none")}</p>`}</section>`;
  })}</div><p class="sub sm gap-t only-wide">${t("board.help")}</p>`;
}
