// @ts-check
// Lists and single things that stay right: fetched through a route, fetched again when the server says that a row of
// theirs has changed. A list pages by a cursor and keeps its filters in the address, so that a view can be sent to a colleague.
import { batch, signal, untracked, useEffect, useMemo } from "./ui.js";
import { asRefusal, get, Refusal } from "./api.js";
import { onChange } from "./live.js";

/** @typedef {"loading" | "ready" | "error"} State */
/** @typedef {Record<string, string>} Params */

const page = 50;

/**
 * A list of a route that answers {rows, next}.
 *
 * @param {string} route "/people"
 * @param {{ params?: Params, on?: string[], inURL?: boolean, limit?: number }} [how]
 *   params: filters and their defaults; on: collections whose changes concern the list; inURL: false keeps filters out of the address
 */
export function liveList(route, { params = {}, on = [], inURL = true, limit = page } = {}) {
  const rows = signal(/** @type {any[]} */ ([]));
  const state = signal(/** @type {State} */ ("loading"));
  const refusal = signal(/** @type {Refusal | null} */ (null));
  const next = signal("");
  const busy = signal(false);
  const answer = signal(/** @type {any} */ (null));
  const filters = signal(inURL ? fromURL(params) : { ...params });
  let turn = 0;

  /** Fetches as many rows as are shown, so that a change does not shorten what somebody has unfolded. */
  async function reload() {
    const mine = ++turn;
    busy.value = true;
    try {
      const want = rows.value.length;
      const first = await get(route, { ...filters.value, limit: Math.min(Math.max(limit, want), 100) });
      const all = [...first.rows];
      let cursor = first.next ?? "";
      while (cursor && all.length < want) {
        const more = await get(route, { ...filters.value, limit: 100, after: cursor });
        all.push(...more.rows);
        cursor = more.next ?? "";
      }
      if (mine !== turn) return;
      batch(() => { answer.value = first; rows.value = all; next.value = cursor; state.value = "ready"; refusal.value = null; });
    } catch (e) {
      if (mine !== turn) return;
      const why = asRefusal(e);
      // What is on the screen stays there while the way is lost; only an empty screen becomes an error.
      batch(() => { refusal.value = why; if (!(why.lost && state.value === "ready")) state.value = "error"; });
    } finally {
      if (mine === turn) busy.value = false;
    }
  }

  /** Adds the next page. */
  async function more() {
    if (!next.value || busy.value) return;
    const mine = ++turn;
    busy.value = true;
    try {
      const answer = await get(route, { ...filters.value, limit, after: next.value });
      if (mine === turn) batch(() => { rows.value = [...rows.value, ...answer.rows]; next.value = answer.next ?? ""; });
    } catch (e) {
      if (mine === turn) refusal.value = asRefusal(e);
    } finally {
      if (mine === turn) busy.value = false;
    }
  }

  /** Changes filters and fetches. @param {Partial<Params>} change */
  function set(change) {
    filters.value = /** @type {Params} */ ({ ...filters.value, ...change });
    rows.value = rows.value.slice(0, limit);
    if (inURL) toURL(params, filters.value);
    return reload();
  }

  const close = onChange((changes) => {
    if (!changes || changes.some((c) => on.includes(c.collection))) reload();
  });
  reload();
  return {
    route, rows, state, refusal, next, busy, filters, answer, reload, more, set, close,
    /** Whether any filter differs from its default: an empty list then says so. */
    get filtered() { return Object.entries(params).some(([name, value]) => filters.value[name] !== value); },
    /** Puts all filters back. */
    clear: () => set({ ...params }),
  };
}

/**
 * One thing of a route.
 *
 * @param {string} route "/intakes/abc"
 * @param {{ on?: string[], params?: Record<string, string> }} [how] on: collections whose changes concern it
 */
export function liveOne(route, { on = [], params = {} } = {}) {
  const data = signal(/** @type {any} */ (null));
  const state = signal(/** @type {State} */ ("loading"));
  const refusal = signal(/** @type {Refusal | null} */ (null));
  let turn = 0;

  async function reload() {
    const mine = ++turn;
    try {
      const answer = await get(route, params);
      if (mine === turn) batch(() => { data.value = answer; state.value = "ready"; refusal.value = null; });
    } catch (e) {
      if (mine !== turn) return;
      const why = asRefusal(e);
      batch(() => { refusal.value = why; if (!(why.lost && state.value === "ready")) state.value = "error"; });
    }
  }

  const close = onChange((changes) => {
    if (!changes || changes.some((c) => on.includes(c.collection))) reload();
  });
  reload();
  return { data, state, refusal, reload, close };
}

/**
 * liveList for as long as the component stands.
 * @param {string} route
 * @param {Parameters<typeof liveList>[1]} [how]
 */
export function useList(route, how) {
  const list = useMemo(() => untracked(() => liveList(route, how)), [route]);
  useEffect(() => list.close, [list]);
  return list;
}

/**
 * liveOne for as long as the component stands.
 * @param {string} route
 * @param {Parameters<typeof liveOne>[1]} [how]
 */
export function useOne(route, how) {
  const one = useMemo(() => untracked(() => liveOne(route, how)), [route]);
  useEffect(() => one.close, [one]);
  return one;
}

/** @typedef {ReturnType<typeof liveList>} List */
/** @typedef {ReturnType<typeof liveOne>} One */

/** @param {Params} defaults */
function fromURL(defaults) {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, query.get(name) ?? value]));
}

/** @param {Params} defaults @param {Params} filters */
function toURL(defaults, filters) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(defaults)) {
    if (filters[name] === value || filters[name] === undefined) query.delete(name);
    else query.set(name, filters[name]);
  }
  const text = query.toString();
  history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : ""));
}
