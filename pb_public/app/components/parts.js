// @ts-check
// The small parts that every page is made of, and the four looks of a thing that is fetched: loading, failed, empty, there.
import { cls, html, path, say, useEffect, useRef, useSignal } from "../lib/ui.js";
import { asRefusal, download } from "../lib/api.js";
import { bring, given, longDate, moment, num, percent, relative, t } from "../lib/words.js";

/** A drawing of 24 px; the words stand beside it. @param {{ n: string, s?: boolean, lg?: boolean, class?: string }} props */
export const Icon = ({ n, s, lg, class: more }) => html`<svg class=${cls("i", s && "s", lg && "lg", more)} viewBox="0 0 24 24" aria-hidden="true"><use href=${`#i-${n}`} /></svg>`;

/** A tile of a cluster, 1 to 12. @param {{ n: number, class?: string }} props */
export const Tile = ({ n, class: more }) => html`<svg class=${cls("tile", more)} viewBox="0 0 96 96" aria-hidden="true"><use href=${`#t-${n}`} /></svg>`;

/** The three rings with the seed. */
export const Mark = () => html`<svg class="mark" viewBox="0 0 40 40" aria-hidden="true"><path class="m4" d="M20 17.4a10.5 10.5 0 0 1 3.7 6.4 10.5 10.5 0 0 1-7.4 0 10.5 10.5 0 0 1 3.7-6.4z"/><circle class="m1" cx="20" cy="14" r="10.5"/><circle class="m2" cx="13.3" cy="25.5" r="10.5"/><circle class="m3" cx="26.7" cy="25.5" r="10.5"/></svg>`;

/**
 * Initials: a circle for a person, a leaf for an organisation. The name stands beside it.
 * @param {{ name: string, org?: boolean, small?: boolean }} props
 */
export function Avatar({ name, org, small }) {
  const words = name.trim().split(/\s+/);
  const letters = ((words.length > 1 ? words[0]?.[0] : "") ?? "") + (words.at(-1)?.[0] ?? "");
  const hue = [...name].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 5 + 1;
  return html`<span class=${cls("av", `h${hue}`, org && "org", small && "s")} aria-hidden="true">${letters.toUpperCase()}</span>`;
}

/** @typedef {"ok" | "warn" | "bad" | "info" | "idle"} Tone */
const shapes = { ok: "okc", warn: "warn", bad: "stop", info: "info", idle: "clock" };
const tags = { ok: "b", warn: "w", bad: "r", info: "n", idle: "" };

/**
 * A state as colour, word and shape.
 * @param {{ tone: Tone, tag?: boolean, icon?: string, children?: any }} props tag: on a coloured ground
 */
export const Badge = ({ tone, tag, icon, children }) => html`<span class=${tag ? cls("tag", tags[tone]) : cls("st", tone)}><${Icon} n=${icon ?? shapes[tone]} />${children}</span>`;

/** How the states of the house look, or those of one collection by its name; what is not here is idle. @type {Record<string, Tone>} */
const tones = {
  accepted: "ok", active: "ok", admitted: "ok", advanced: "ok", alumni: "ok", completed: "ok", counted: "ok", done: "ok", enrolled: "ok", fulfilled: "ok",
  graduated: "ok", confirmed: "ok", held: "ok", upheld: "ok", open: "info", published: "ok", released: "ok", resolved: "ok", running: "info", sealed: "ok", sent: "info", submitted: "info", verified: "ok",
  acked: "info", assigned: "info", deciding: "info", grace: "warn", in_progress: "info", in_review: "info", interview: "info", offered: "info", processing: "info",
  screening: "info", sending: "info", shortlisted: "ok", verifying: "info", waitlisted: "warn", needs_info: "warn", on_leave: "warn", raised: "warn", returned: "warn",
  conflict_found: "bad", "conflicts.confirmed": "bad", excluded: "bad", failed: "bad", ineligible: "bad", missed: "bad", rejected: "bad", refused: "bad", revoked: "bad", suspended: "bad", terminated: "bad",
};

/**
 * The state of a row, in words of the dictionary: status.<of>.<is>.
 * @param {{ of: string, is: string, tag?: boolean, tone?: Tone }} props
 */
export const Status = ({ of, is, tag, tone }) => html`<${Badge} tone=${tone ?? tones[`${of}.${is}`] ?? tones[is] ?? "idle"} tag=${tag}>${t(`status.${of}.${is}`)}<//>`;

/** An instant, near and exact. @param {{ at: string | Date | number, exact?: boolean }} props exact: written first */
export function When({ at, exact }) {
  if (!given(at)) return null;
  const iso = at instanceof Date ? at.toISOString() : String(at);
  return html`<time datetime=${iso} title=${exact ? relative(at) : moment(at)}>${exact ? longDate(at) : relative(at)}</time>`;
}

/** The head of a page: its only h1. @param {{ title: any, sub?: any, children?: any }} props children: what stands at the right */
export const Head = ({ title, sub, children }) => html`<div class="phead"><div><h1 tabindex="-1">${title}</h1>${sub ? html`<p class="sub">${sub}</p>` : null}</div>${children ? html`<div class="row">${children}</div>` : null}</div>`;

/** For the ref of a strip of tabs: the current one is in sight. @param {HTMLElement | null} strip */
export function atCurrent(strip) {
  const current = strip?.querySelector("[aria-current]");
  if (strip && current instanceof HTMLElement) strip.scrollLeft = current.offsetLeft - strip.offsetLeft - 24;
}

/**
 * Pages beside each other.
 * @param {{ label: string, tabs: { to: string, label: any }[] }} props
 */
export const Tabs = ({ label, tabs }) => html`<nav class="tabs" ref=${atCurrent} aria-label=${label}>${tabs.map((x) => html`<a href=${x.to} aria-current=${path.value === x.to.split("?")[0] ? "page" : undefined}>${x.label}</a>`)}</nav>`;

/** The way back up. @param {{ trail: { to: string, label: string }[] }} props */
export const Crumbs = ({ trail }) => html`<nav class="crumbs" aria-label=${t("page.crumbs")}>${trail.map((x) => html`<a href=${x.to}>${x.label}</a><${Icon} n="chev" s />`)}</nav>`;

/** A panel with a heading. @param {{ title?: any, side?: any, class?: string, children?: any }} props side: at the right of the heading */
export const Panel = ({ title, side, class: more, children }) => html`<section class=${cls("panel", more)}>${title ? html`<div class="ph"><h2>${title}</h2>${side ?? null}</div>` : null}${children}</section>`;

/**
 * Nothing there, and what to do about it.
 * @param {{ title: string, why?: any, tile?: number, icon?: string, children?: any }} props children: at most one filled button
 */
export const Empty = ({ title, why, tile, icon, children }) => html`<div class="empty">${tile ? html`<${Tile} n=${tile} />` : html`<${Icon} n=${icon ?? "leaf"} lg />`}<h2>${title}</h2>${why ? html`<p>${why}</p>` : null}${children ? html`<div class="row">${children}</div>` : null}</div>`;

/** A fetch that failed: what happened, and the way on; the heading of the page where there is no other. @param {{ refusal: import("../lib/api.js").Refusal | null, retry?: () => unknown }} props */
export function Failed({ refusal, retry }) {
  const lost = refusal?.lost ?? true, alone = useSignal(false);
  useEffect(() => { alone.value = !document.querySelector("h1"); }, []);
  const missing = refusal?.status === 404, locked = refusal?.status === 403;
  const icon = refusal?.status === 0 ? "off" : locked ? "lock" : missing ? "search" : "stop";
  return html`<div class="empty" role="alert"><${Icon} n=${icon} lg class=${lost || missing || locked ? undefined : "bad"} /><${alone.value ? "h1" : "h2"} tabindex=${alone.value ? "-1" : undefined}>${t(missing ? "state.missing" : locked ? "state.locked" : "state.failed")}<//>
    <p>${refusal?.message ?? t("error.offline")}</p>
    <div class="row">${retry && !missing && !locked ? html`<button class="btn" type="button" onClick=${retry}><${Icon} n="sync" />${t("state.retry")}</button>` : null}<a class="btn line" href="/app/">${t("state.home")}</a></div></div>`;
}

/** The shape of rows that are on their way. @param {{ rows?: number, leaf?: boolean }} props */
export const Loading = ({ rows = 4, leaf }) => html`<div class="stack" aria-busy="true"><span class="vh">${t("state.loading")}</span>${Array.from({ length: rows }, () => html`<div class="row nowrap" aria-hidden="true">${leaf ? html`<div class="skel c" />` : null}<div class="stack s2 grow"><div class="skel h" /><div class="skel m" /></div></div>`)}</div>`;

/**
 * Draws a list or a thing in the state it is in. children is a function, called when there is something to draw.
 * @param {{ of: any, empty?: any, loading?: any, children: (data: any) => any }} props empty: what stands for a list without rows
 */
export function Frame({ of, empty, loading, children }) {
  const state = of.state.value;
  if (state === "loading") return loading ?? html`<${Loading} />`;
  if (state === "error") return html`<${Failed} refusal=${of.refusal.value} retry=${of.reload} />`;
  if (of.rows && of.rows.value.length === 0) {
    if (of.filtered) return html`<${Empty} icon="filter" title=${t("state.filtered")} why=${t("state.filtered_why")}><button class="btn line" type="button" onClick=${of.clear}>${t("state.clear")}</button><//>`;
    if (empty) return empty;
  }
  return children(of.rows ? of.rows.value : of.data.value);
}

/** Shows the next page of a list. @param {{ list: import("../lib/list.js").List }} props */
export const More = ({ list }) => (list.next.value ? html`<p class="row gap-t"><button class="btn line" type="button" disabled=${list.busy.value} onClick=${list.more}>${t("state.more")}</button></p>` : null);

/**
 * A figure with what stands behind it. A missing one is a clock and a word, never 0.
 * @param {{ value: string | null, unit?: string, label?: string, have?: number, of?: number, note?: any, children?: any }} props have, of: its coverage
 */
export function Figure({ value, unit, label, have, of, note, children }) {
  const share = of ? Math.round(((have ?? 0) / of) * 100) : 0;
  return html`<section class="panel kpi">${label ? html`<h2>${label}</h2>` : null}
    ${value === null ? html`<p class="fig"><${Badge} tone="idle">${t("state.unreported")}<//></p>` : html`<p class="fig">${value}${unit ? html` <small>${unit}</small>` : null}</p>`}${children}
    ${of ? html`<div class="cov"><svg class="bar xs" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bg" width="100" height="6" /><rect class="fb" width=${share} height="6" /></svg><span>${t("state.coverage", { have: num(have ?? 0), of: num(of) })}${note ? html`, ${note}` : null}</span></div>` : null}</section>`;
}

/** A part of a whole as words: "63%". @param {number} part @param {number} whole */
export const share = (part, whole) => (whole ? percent(part / whole, 0) : "–");

/**
 * − n +, for small counts.
 * @param {{ value: number, set: (n: number) => void, min?: number, max?: number, label: string }} props
 */
export const Stepper = ({ value, set, min = 0, max = 99, label }) => html`<div class="qty" role="group" aria-label=${label}><button type="button" disabled=${value <= min} aria-label=${t("state.less")} onClick=${() => set(value - 1)}><${Icon} n="minus" /></button><output>${num(value)}</output><button type="button" disabled=${value >= max} aria-label=${t("state.plus")} onClick=${() => set(value + 1)}><${Icon} n="plus" /></button></div>`;

/**
 * One of a few, as a row of buttons.
 * @param {{ label: string, value: string, set: (v: string) => unknown, options: { value: string, label: any }[], class?: string }} props
 */
export const Segments = ({ label, value, set, options, class: more }) => html`<div class=${cls("seg", more)} role="group" aria-label=${label}>${options.map((o) => html`<button class="segb" type="button" aria-pressed=${value === o.value} onClick=${() => set(o.value)}>${o.label}</button>`)}</div>`;

/** What happened, in order. @param {{ items: { title: any, note?: any, look?: "done" | "now" | "late" | "" }[] }} props */
export const Timeline = ({ items }) => html`<ol class="tl">${items.map((i) => html`<li class=${i.look || undefined}><b>${i.title}</b>${i.note ? html`<small>${i.note}</small>` : null}</li>`)}</ol>`;

/** How far a thing of several steps is. @param {{ label: string, steps: string[], at: number }} props at: from 0 */
export const Steps = ({ label, steps, at }) => html`<ol class="steps" aria-label=${label}>${steps.map((s, i) => html`<li class=${i < at ? "done" : undefined} aria-current=${i === at ? "step" : undefined}><span>${s}</span></li>`)}</ol>`;

/** A message in the page. @param {{ tone?: "n" | "b" | "w" | "r", children?: any }} props */
export const Note = ({ tone = "n", children }) => html`<div class=${cls("alert", tone)}><${Icon} n=${{ n: "info", b: "okc", w: "warn", r: "stop" }[tone]} /><div>${children}</div></div>`;

/** The lacquer panel: the one next thing to do. One per page. @param {{ eyebrow: any, title: any, why?: any, link?: string, act?: any, icon?: string }} props */
export const Next = ({ eyebrow, title, why, link, act, icon = "clock" }) => html`<section class="next lac crackle"><div><p class="eyebrow"><${Icon} n=${icon} s />${eyebrow}</p><h2>${title}</h2>${why ? html`<p>${why}</p>` : null}</div>${link ? html`<a class="btn gold lg" href=${link}>${act} <${Icon} n="right" /></a>` : act ?? null}</section>`;

/**
 * @typedef {object} Column
 * @property {string} title head of the column, and the word before the value on a card
 * @property {(row: any) => any} cell
 * @property {boolean} [end] figures, aligned at the right
 * @property {boolean} [full] the whole width of a card
 */

/**
 * A list as a table, and as cards where the screen is narrow: search, filters, CSV, the next page. The first column is the
 * head of its row.
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
  const save = (/** @type {string} */ format) => download(list.route, { ...list.filters.value, format }, (csv ?? "").replace(/csv$/, format)).catch((e) => say(asRefusal(e).message, { bad: true }));
  const bar = search || filters || csv;
  return html`<section class="panel" aria-busy=${list.busy.value && list.state.value === "loading"}>${bar ? html`<div class="row gap-b tools-row">${search ? html`<${Search} list=${list} label=${search} />` : null}${filters}${csv && list.rows.value.length ? html`<span class="row nowrap"><button class="btn line sm" type="button" onClick=${() => save("csv")}><${Icon} n="down" s />${t("state.csv")}</button><button class="btn line sm" type="button" onClick=${() => save("xlsx")}><${Icon} n="down" s />${t("state.xlsx")}</button></span>` : null}</div>` : null}
  <${Frame} of=${list} empty=${empty} loading=${html`<${Loading} rows=${6} />`}>${(/** @type {any[]} */ rows) => html`<div class="tw" tabindex="0" role="region" aria-label=${label}><table class="tbl cards"><thead><tr>${columns.map((c) => html`<th scope="col" class=${c.end ? "end" : undefined}>${c.title || html`<span class="vh">${t("state.actions")}</span>`}</th>`)}</tr></thead>
    <tbody>${rows.map((r) => html`<tr key=${r.id}>${columns.map((c, i) => (i === 0 ? html`<th scope="row">${c.cell(r)}</th>` : html`<td class=${cls(c.end && "end", c.full && "full") || undefined} data-l=${c.title || undefined}>${c.cell(r)}</td>`))}</tr>`)}</tbody></table></div><${More} list=${list} />`}<//></section>`;
}

/** Searches a moment after the last letter. @param {{ list: import("../lib/list.js").List, label: string }} props */
export function Search({ list, label }) {
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  /** @param {any} e */
  const typed = (e) => { const q = e.currentTarget.value; clearTimeout(timer.current); timer.current = setTimeout(() => list.set({ q }), 250); };
  return html`<div class="search" role="search" aria-label=${label}><${Icon} n="search" s /><input type="search" aria-label=${label} placeholder=${label} value=${list.filters.value["q"] ?? ""} onInput=${typed} /></div>`;
}

/**
 * A filter of a few words.
 * @param {{ list: import("../lib/list.js").List, name: string, label: string, options: { value: string, label: string }[] }} props value "": all
 */
export const Choice = ({ list, name, label, options }) => html`<select class="auto" aria-label=${label} onChange=${(/** @type {any} */ e) => list.set({ [name]: e.currentTarget.value })}>${options.map((o) => html`<option value=${o.value} selected=${list.filters.value[name] === o.value}>${o.label}</option>`)}</select>`;

/**
 * A page that can be handed to somebody as a paper of the centre: its parts come with the first print, by the button or by Ctrl+P.
 * @param {{ about?: any, source: string, left?: string, right?: string }} what who signs, where anybody does
 * @returns {{ head?: any, lines?: any, end?: any, button: any }} stand above the page's head, below it, at the end, and in its row
 */
export function usePaper(what) {
  const late = useSignal(/** @type {any} */ (null));
  const go = async () => {
    try { late.value ??= await (await bring("pages/site/paper")).paper(); setTimeout(print, 60); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  useEffect(() => {
    const keys = (/** @type {KeyboardEvent} */ e) => { if ((e.ctrlKey || e.metaKey) && e.key === "p") { e.preventDefault(); go(); } };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
  return { ...late.value?.(what), button: html`<button class="btn line only-wide" type="button" onClick=${go}><${Icon} n="print" />${t("paper.print")}</button>` };
}
