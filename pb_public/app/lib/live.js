// @ts-check
// What has changed, as it changes. A browser opens six connections to a house and no more, so one tab alone listens to the
// server and tells the others: the one that holds the lock. Messages are thin, {collection, id}; whoever shows such rows
// fetches them again through its route.
import { signal } from "./ui.js";
import { token } from "./api.js";

/** @typedef {{ collection: string, id: string }} Change */
/** @typedef {(changes: Change[] | null) => void} Listener null: some may have been missed */

const topic = "vuon/changed";

/** Whether changes reach this tab now. */
export const live = signal(false);

/** @type {Set<Listener>} */
const listeners = new Set();

/** @type {{ close: () => void, ask: () => void } | null} */
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
let missed = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

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
  if (document.hidden) {
    asleep = setTimeout(() => { line?.close(); line = null; live.value = false; }, 5 * 60e3);
  } else if (!line && whose && token()) {
    line = connect(whose);
    hear(null);
  }
});

/** @param {string} person */
function connect(person) {
  const name = `vuon.live.${person}`; // two people in two tabs never hear each other
  const channel = new BroadcastChannel(name);
  const end = new AbortController();
  let leads = false;
  channel.onmessage = ({ data }) => {
    if (data === "?") {
      if (leads && live.value) channel.postMessage("up");
    } else if (data === "up") live.value = true;
    else if (data === "down") live.value = false;
    else hear(data);
  };
  const ask = () => channel.postMessage("?");
  ask();
  const lead = () => {
    leads = true;
    return stream(end.signal, {
      up(again) {
        live.value = true;
        channel.postMessage("up");
        // What changed while nobody listened is gone. At first that is the moment since the page was fetched.
        hear(null, again ? 120 : 4000);
        if (again) channel.postMessage(null);
      },
      down() { live.value = false; channel.postMessage("down"); },
      change(c) { hear(c); channel.postMessage(c); },
    });
  };
  if (navigator.locks) navigator.locks.request(name, { signal: end.signal }, lead).catch(() => {}); // aborted: closed before its turn
  else lead(); // an insecure address has no locks: every tab listens for itself
  return { ask, close() { if (leads) channel.postMessage("down"); end.abort(); channel.close(); } };
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
        const answer = await fetch("/api/realtime", {
          method: "POST",
          headers: { "Content-Type": "application/json", Authorization: token() },
          body: JSON.stringify({ clientId, subscriptions: [topic] }),
        }).catch(() => null);
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
