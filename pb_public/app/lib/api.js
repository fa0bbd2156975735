// @ts-check
// Every call to the server. A refusal comes back as a Refusal with words a person may read; who is signed in is `me`.
import { signal } from "./ui.js";
import { lang, t } from "./words.js";

/** @typedef {{ id: string, email: string, full_name: string, locale?: string }} Person */
/** @typedef {{ code: string, message: string }} Fault */

/** What the server, or the way to it, said no to. */
export class Refusal extends Error {
  /**
   * @param {number} status 0: no answer came
   * @param {string} code such as "record.stale", "offline", "internal"
   * @param {string} message in the reader's language
   * @param {Record<string, Fault>} [fields] what is wrong with which field
   * @param {Record<string, any>} [shown] what the person needs to go on: both versions of a stale row, an mfaId
   */
  constructor(status, code, message, fields = {}, shown = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.shown = shown;
  }

  /** Somebody else has saved this row since it was read; shown.stored is theirs, shown.sent is ours. */
  get stale() { return this.code === "record.stale"; }

  /** Nobody said no: the way to the server is broken, and the same call may be made again. */
  get lost() { return this.status === 0 || this.status >= 502; }
}

const place = "vuon.session";

/** @returns {{ token: string, person: Person } | null} */
function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "null");
    return kept && expires(kept.token) > Date.now() ? kept : null;
  } catch {
    return null;
  }
}

/** When a token ends, in milliseconds; 0 for what is no token. @param {string} token */
function expires(token) {
  try {
    const part = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    return JSON.parse(atob(part)).exp * 1000;
  } catch {
    return 0;
  }
}

let session = stored();

/** Who is signed in, or null. */
export const me = signal(session?.person ?? null);

/** The token of the session, for what cannot go through call. */
export const token = () => session?.token ?? "";

/**
 * Begins a session in all tabs.
 * @param {string} newToken
 * @param {Person} person
 */
export function enter(newToken, { id, email, full_name, locale = "" }) {
  session = { token: newToken, person: { id, email, full_name, locale } };
  localStorage.setItem(place, JSON.stringify(session));
  me.value = session.person;
}

/** Ends the session in all tabs of this browser. The page that was open asks for a sign-in and comes back by itself. */
export function leave() {
  session = null;
  localStorage.removeItem(place);
  me.value = null;
}

/** Changes what we know of the person, such as a new name. @param {Partial<Person>} change */
export function rename(change) {
  if (session) enter(session.token, { ...session.person, ...change });
}

globalThis.addEventListener?.("storage", (e) => {
  if (e.key !== place) return;
  const before = me.value?.id;
  session = stored();
  me.value = session?.person ?? null;
  if (before && me.value && me.value.id !== before) location.reload(); // nothing of the other person may stay on the screen
});

/** A fresh name for one action of a person. Sent with each try, it makes the server do the action once. */
export const newKey = () => (crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(""));

/**
 * Asks the server. A path starts below /api/vuon; one that starts with /api/ or /demo/ is taken as it is. A lost answer is asked for
 * again, twice, under the same key.
 *
 * @param {"GET" | "POST" | "PATCH" | "DELETE"} method
 * @param {string} path "/intakes/abc/publish"
 * @param {object | FormData | null} [body]
 * @param {{ key?: string, signal?: AbortSignal }} [how] key: of the action, where the caller may try it again itself
 * @returns {Promise<any>} the answer, parsed; null for an empty one
 * @throws {Refusal}
 */
export async function call(method, path, body = null, { key = newKey(), signal } = {}) {
  for (let tries = 1; ; tries++) {
    try {
      return await once(method, path, body, key, signal);
    } catch (e) {
      const again = e instanceof Refusal && e.lost && tries < 3 && navigator.onLine && !signal?.aborted;
      if (!again) throw e;
      await new Promise((r) => setTimeout(r, 300 * 3 ** tries));
    }
  }
}

/**
 * Reads. Empty parameters are left out.
 * @param {string} path
 * @param {Record<string, string | number | boolean | undefined | null>} [params]
 * @param {{ signal?: AbortSignal }} [how]
 */
export function get(path, params = {}, how) {
  return call("GET", withParams(path, params), null, how);
}

/**
 * @param {string} path
 * @param {Record<string, string | number | boolean | undefined | null>} params
 */
function withParams(path, params) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== "" && value !== false) query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object | FormData | null} body
 * @param {string} key
 * @param {AbortSignal | undefined} signal
 */
async function once(method, path, body, key, signal) {
  const sent = session?.token;
  const answer = await reach(path, {
    method,
    headers: {
      "Accept-Language": lang.value,
      ...(sent ? { Authorization: sent } : {}),
      ...(body && !(body instanceof FormData) ? { "Content-Type": "application/json" } : {}),
      ...(method === "GET" ? {} : { "Idempotency-Key": key }),
    },
    // One form for each letter: a phone may send ệ as three characters. What a paste brings along unseen, a break within a slide, is a blank.
    body: body instanceof FormData ? body : body ? JSON.stringify(body).normalize("NFC").replace(/\\(?:(u00[01].|[bf])|.)/g, (all, unseen) => (unseen ? " " : all)) : null,
    signal: signal ?? null,
  });
  const text = await answer.text().catch(() => { throw offline(); });
  const parsed = /json/.test(answer.headers.get("Content-Type") ?? "") && text ? JSON.parse(text) : null;
  if (answer.ok) return parsed;
  if (answer.status === 401 && sent && sent === session?.token) leave(); // the session is over
  throw refusal(answer.status, parsed);
}

/** @param {string} path @param {RequestInit} init */
async function reach(path, init) {
  try {
    return await fetch(/^\/(api|demo)\//.test(path) ? path : `/api/vuon${path}`, init);
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") throw e;
    throw offline();
  }
}

const offline = () => new Refusal(0, "offline", t("error.offline"));

/**
 * Reads PocketBase's shape of a refusal: {status, message, data: {field: {code, message}, …}}.
 * @param {number} status
 * @param {any} body
 */
export function refusal(status, body) {
  /** @type {Record<string, Fault>} */
  const fields = {};
  /** @type {Record<string, any>} */
  const shown = {};
  for (const [name, value] of Object.entries(body?.data ?? {})) {
    if (typeof value?.code === "string" && typeof value?.message === "string") fields[name] = value;
    else shown[name] = value;
  }
  if (body?.mfaId) shown["mfaId"] = body.mfaId;
  const whole = fields["_"];
  delete fields["_"];
  const code = whole?.code ?? Object.values(fields)[0]?.code ?? (status >= 500 ? "internal" : String(status));
  const message = whole?.message ?? body?.message ?? t(status >= 500 || !body ? "error.broken" : "error.refused");
  return new Refusal(status, code, message, fields, shown);
}

/** Any error as a Refusal, so that a page has one thing to show. @param {unknown} e */
export function asRefusal(e) {
  if (e instanceof Refusal) return e;
  console.error(e);
  return new Refusal(500, "internal", t("error.broken"));
}

/**
 * Fetches a file, such as a list as CSV, and hands it to the browser to save.
 * @param {string} path
 * @param {Record<string, string | number | boolean | undefined | null>} params
 * @param {string} name
 */
export async function download(path, params, name) {
  const answer = await reach(withParams(path, params), { headers: { Authorization: token(), "Accept-Language": lang.value } });
  if (!answer.ok) throw refusal(answer.status, await answer.json().catch(() => null));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
}

/** Prolongs a session that is past half of its life. */
export async function prolong() {
  const kept = session;
  if (!kept) return;
  const part = (kept.token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
  const { exp = 0, iat = exp - 7 * 86400 } = JSON.parse(atob(part));
  if (Date.now() / 1000 < (exp + iat) / 2) return;
  const answer = await call("POST", "/api/collections/users/auth-refresh").catch(() => null);
  if (answer?.token && session === kept) enter(answer.token, answer.record);
}
