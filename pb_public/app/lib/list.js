// @ts-check
// Lists and single things that stay right: fetched through a route, fetched again when the server says that a row of
// theirs has changed. A list pages by a cursor and keeps its filters in the address, so that a view can be sent to a colleague.
//
// A browser opens six connections to a house and no more, so one tab alone listens to the server and tells the others: the
// one that holds the lock. Messages are thin, {collection, id}.
import { batch, signal, untracked, useEffect, useMemo } from "./ui.js";
import { asRefusal, get, Refusal, token } from "./api.js";

/** @typedef {"loading" | "ready" | "error"} State */
/** @typedef {Record<string, string>} Params */

const page = 30; // rows: a screen or two, and a first visit stays light

/**
 * What can be fetched, and is again when a row of one of these collections has changed. An answer that a newer one has
 * overtaken is dropped. While the way is lost, what is on the screen stays; only an empty screen becomes an error.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => void} take
 * @param {string[]} on
 */
function fetched(ask, take, on) {
  const state = signal(/** @type {State} */ ("loading"));
  const refusal = signal(/** @type {Refusal | null} */ (null));
  const busy = signal(false);
  let turn = 0;
  /** @param {() => Promise<T>} [other] @param {(answer: T) => void} [use] */
  async function reload(other = ask, use = take) {
    const mine = ++turn;
    busy.value = true;
    try {
      const answer = await other();
      if (mine === turn) batch(() => { use(answer); state.value = "ready"; refusal.value = null; });
    } catch (e) {
      const why = asRefusal(e);
      if (mine === turn) batch(() => { refusal.value = why; if (!why.lost || state.value !== "ready") state.value = "error"; });
    } finally {
      if (mine === turn) busy.value = false;
    }
  }
  const close = onChange((changes) => { if (!changes || changes.some((c) => on.includes(c.collection))) reload(); });
  reload();
  return { state, refusal, busy, close, reload: () => reload(), ask: reload };
}

/**
 * A list of a route that answers {rows, next}.
 *
 * @param {string} route "/people"
 * @param {{ params?: Params, on?: string[], inURL?: boolean, limit?: number }} [how]
 *   params: filters and their defaults; on: collections whose changes concern the list; inURL: false keeps filters out of the address
 */
export function liveList(route, { params = {}, on = [], inURL = true, limit = page } = {}) {
  const rows = signal(/** @type {any[]} */ ([]));
  const next = signal("");
  const answer = signal(/** @type {any} */ (null)); // the first page as it came: what else the route says stands there
  const filters = signal(inURL ? fromURL(params) : { ...params });

  /** As many rows as are shown, so that a change does not shorten what somebody has unfolded. */
  async function all() {
    const want = rows.peek().length;
    const first = await get(route, { ...filters.peek(), limit: Math.min(Math.max(limit, want), 100) });
    const found = [...first.rows];
    let cursor = first.next ?? "";
    while (cursor && found.length < want) {
      const more = await get(route, { ...filters.peek(), limit: 100, after: cursor });
      found.push(...more.rows);
      cursor = more.next ?? "";
    }
    return { first, found, cursor };
  }

  const { ask, ...list } = fetched(all, ({ first, found, cursor }) => { answer.value = first; rows.value = found; next.value = cursor; }, on);

  /** Adds the next page. */
  async function more() {
    if (!next.value || list.busy.value) return;
    await ask(async () => {
      const second = await get(route, { ...filters.peek(), limit, after: next.peek() });
      return { first: answer.peek(), found: [...rows.peek(), ...second.rows], cursor: second.next ?? "" };
    });
  }

  /** Changes filters and fetches. @param {Partial<Params>} change */
  function set(change) {
    filters.value = /** @type {Params} */ ({ ...filters.value, ...change });
    rows.value = rows.value.slice(0, limit);
    if (inURL) toURL(params, filters.value);
    return list.reload();
  }

  return {
    ...list, route, rows, next, filters, answer, more, set,
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
 * @param {{ on?: string[], params?: Record<string, string>, via?: () => Promise<any> }} [how] on: collections whose changes concern it; via: another way to fetch it
 */
export function liveOne(route, { on = [], params = {}, via = () => get(route, params) } = {}) {
  const data = signal(/** @type {any} */ (null));
  const { ask: _, ...one } = fetched(via, (answer) => { data.value = answer; }, on);
  return { ...one, data };
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
  history.replaceState(history.state, "", location.pathname + (query.size ? `?${query}` : ""));
}

/** @typedef {{ collection: string, id: string }} Change */
/** @typedef {(changes: Change[] | null) => void} Listener null: some may have been missed */
const topic = "vuon/changed";

/** Whether changes reach this tab now. */
export const live = signal(false);

/** @type {Set<Listener>} */
const listeners = new Set();
/** @type {{ close: () => void } | null} */
let line = null;
let whose = "";

/**
 * Tells fn of changes until the returned function is called.
 * @param {Listener} fn
 */
export function onChange(fn) {
  listeners.add(fn);
  return () => { listeners.delete(fn); };
}

/** @type {Change[]} */
let waiting = [];
let missed = false, soon = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

/**
 * Gathers what comes within a moment, so that a release of thirty decisions is one fetch.
 * @param {Change | null} change
 * @param {number} [delay]
 */
function hear(change, delay = 120) {
  if (change) waiting.push(change);
  else missed = true;
  soon ??= setTimeout(() => {
    const all = missed ? null : waiting;
    soon = undefined;
    waiting = [];
    missed = false;
    for (const fn of [...listeners]) fn(all);
  }, delay);
}

/**
 * Listens for one person; a second call for the same person does nothing.
 * @param {string} person
 */
export function listen(person) {
  if (line && whose === person) return;
  hangUp();
  whose = person;
  line = connect(person);
}

/** Stops listening, as at sign-out. */
export function hangUp() {
  line?.close();
  line = null;
  live.value = false;
}

// A tab that nobody has looked at for five minutes lets another one listen.
/** @type {ReturnType<typeof setTimeout> | undefined} */
let asleep;
globalThis.document?.addEventListener("visibilitychange", () => {
  clearTimeout(asleep);
  if (document.hidden) asleep = setTimeout(hangUp, 5 * 60e3);
  else if (!line && whose && token()) {
    line = connect(whose);
    hear(null);
  }
});

/** @param {string} person */
function connect(person) {
  const name = `vuon.live.${person}`; // two people in two tabs never hear each other
  const channel = new BroadcastChannel(name);
  const end = new AbortController();
  const begun = Date.now();
  let leads = false;
  channel.onmessage = ({ data }) => {
    if (data === "?") {
      if (leads && live.value) channel.postMessage("up");
    } else if (data === "up") live.value = true;
    else if (data === "down") live.value = false;
    else hear(data);
  };
  channel.postMessage("?");
  const lead = () => {
    leads = true;
    return stream(end.signal, {
      up(again) {
        const gap = again || Date.now() - begun > 5000; // a break, or the tab that listened before is gone
        live.value = true;
        channel.postMessage("up");
        // What changed while nobody listened is gone. At first that is the moment since the page was fetched.
        hear(null, gap ? 120 : 4000);
        if (gap) channel.postMessage(null);
      },
      down() { live.value = false; channel.postMessage("down"); },
      change(c) { hear(c); channel.postMessage(c); },
    });
  };
  if (navigator.locks) navigator.locks.request(name, { signal: end.signal }, lead).catch(() => {}); // aborted: closed before its turn
  else lead(); // an insecure address has no locks: every tab listens for itself
  return { close() { if (leads) channel.postMessage("down"); end.abort(); channel.close(); } };
}

/**
 * Holds the stream open until the signal; comes back by itself after every break.
 * @param {AbortSignal} end
 * @param {{ up: (again: boolean) => void, down: () => void, change: (c: Change) => void }} on
 * @returns {Promise<void>}
 */
function stream(end, on) {
  return new Promise((done) => {
    /** @type {EventSource} */
    let source;
    let tries = 0;
    let met = false;
    const open = () => {
      if (end.aborted) return;
      source = new EventSource("/api/realtime");
      source.addEventListener("PB_CONNECT", async (e) => {
        const { clientId } = JSON.parse(/** @type {MessageEvent} */ (e).data);
        const said = { method: "POST", headers: { "Content-Type": "application/json", Authorization: token() }, body: JSON.stringify({ clientId, subscriptions: [topic] }) };
        const answer = await fetch("/api/realtime", said).catch(() => null);
        if (end.aborted) return;
        if (!answer?.ok) return fail();
        tries = 0;
        on.up(met);
        met = true;
      });
      source.addEventListener(topic, (e) => on.change(JSON.parse(/** @type {MessageEvent} */ (e).data)));
      source.onerror = fail;
    };
    const fail = () => {
      source.close();
      if (end.aborted) return;
      on.down();
      setTimeout(open, Math.min(30e3, 500 * 2 ** tries++) * (0.5 + Math.random()));
    };
    end.addEventListener("abort", () => { source?.close(); done(); });
    open();
  });
}
