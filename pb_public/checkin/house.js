// @ts-check
// Talks to the house while there is a network, and keeps what it says for when there is none.
import * as store from "./store.js";
import { after, bends, decide, isToken, place } from "./decide.js";

/** @typedef {import("./decide.js").Verdict & { forced?: boolean, offline: boolean, at: number, kind: string, first_at?: string, gate?: string, type_vi?: string, type_en?: string, text: string }} Seen */

/** @type {{ session: { token: string, name: string } | null, state: any, out: any[], list: string, gap: number, online: boolean, gone: string }} list: the one that was chosen */
export const own = { session: null, state: null, out: [], list: "", gap: 0, online: navigator.onLine, gone: "" };

/** @type {import("./decide.js").Known} */
const known = { event: "", status: "", keys: [], lists: [], kinds: [], tickets: new Map(), codes: new Map(), standings: new Map() };

let seq = 0;
let telling = false;

/** The house's now. */
export const now = () => Date.now() + own.gap;

/** @param {string} method @param {string} path @param {any} [body] @param {number} [patience] */
async function ask(method, path, body, patience = 15000) {
  const answer = await fetch(`/api/vuon/door${path}`, {
    method, signal: AbortSignal.timeout(patience), ...(body ? { body: JSON.stringify(body) } : {}),
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang, "Vuon-Device": own.session?.token ?? "" },
  });
  own.online = true;
  const said = await answer.json();
  if (answer.ok) return said;
  const fault = Object.values(said.data ?? {})[0] ?? {};
  throw Object.assign(new Error(said.message), { code: /** @type {any} */ (fault).code ?? "", status: answer.status });
}

/** Reads what was kept. */
export async function wake() {
  own.session = (await store.get("kept", "session")) ?? null;
  own.out = await store.all("out");
  own.gap = (await store.get("kept", "gap")) ?? 0;
  own.list = (await store.get("kept", "list")) ?? "";
  seq = (await store.get("kept", "seq")) ?? 0;
  const state = await store.get("kept", "state");
  if (state) learn(state);
  for (const shelf of await store.all("shelves")) lay(shelf.tickets);
  for (const [where, standing] of await store.all("standings")) known.standings.set(where, standing);
  if (state && now() > Date.parse(state.event.wipe_at)) await leave("device.over");
}

/** Keeps at which list the phone stands, for whoever opens it anew. @param {string} list */
export const stayAt = (list) => store.put("kept", "list", list);

/** @param {any} state */
function learn(state) {
  own.state = state;
  Object.assign(known, { event: state.event.id, status: state.event.status, keys: state.keys, lists: state.lists, kinds: state.types });
}

/** Notes where tickets stand, and keeps it. @param {[string, import("./decide.js").Standing][]} all */
function stand(all) {
  for (const [where, standing] of all) known.standings.set(where, standing);
  return store.putAll("standings", all, ([where]) => where);
}

/** @param {import("./decide.js").Ticket[]} tickets */
function lay(tickets) {
  for (const t of tickets) { known.tickets.set(t.id, t); known.codes.set(t.k, t.id); }
}

/** Becomes the device that a code was drawn for. @param {string} code */
export async function enrol(code) {
  own.session = await ask("POST", "/enrol", { code });
  await store.put("kept", "session", own.session);
  own.gone = "";
  await sync();
}

/** Tells what is left to tell, and learns what has changed. */
export async function sync() {
  if (!own.session) return;
  try {
    await tell();
    const since = own.state?.now ?? "";
    const state = await ask("GET", `?since=${encodeURIComponent(since)}&left=${own.out.length}`);
    own.gap = Date.parse(state.now) - Date.now();
    const shown = new Set(await Promise.all([...Array(state.shelves.length).keys()].map(async (n) => ((await store.get("shelves", n))?.name === state.shelves[n] ? -1 : n))));
    shown.delete(-1);
    if (shown.size) {
      const { shelves } = await ask("GET", `/tickets?shelves=${[...shown].join(",")}`, undefined, 60000);
      for (const [n, tickets] of Object.entries(shelves)) {
        await store.put("shelves", Number(n), { name: state.shelves[Number(n)], tickets });
        lay(tickets);
      }
    }
    learn(state);
    await stand(state.moved.map((/** @type {any} */ m) => [`${m.ticket}|${m.list}|${m.day}`, { entries: m.entries, inside: m.inside, first_at: m.first_at, gate: m.gate }]));
    await store.put("kept", "state", { ...state, moved: [] });
    await store.put("kept", "gap", own.gap);
  } catch (e) { lost(e); }
}

/** What became of a question: no network, or a door that is closed to this phone. @param {any} e */
function lost(e) {
  if (e.status === undefined) own.online = false;
  else if (["device.unknown", "device.revoked", "device.over"].includes(e.code)) own.gone = e.code;
  return e.code === own.gone;
}

/** Tells the house of every scan that it has not heard of. What it has taken, or will never take, is struck off. */
async function tell() {
  if (telling) return;
  telling = true;
  try {
    while (own.out.length) {
      const some = own.out.slice(0, 50);
      const { scans } = await ask("POST", "/scans", { scans: some, left: own.out.length - some.length });
      await store.drop("out", scans.map((/** @type {any} */ s) => s.nonce));
      const told = new Set(scans.map((/** @type {any} */ s) => s.nonce));
      own.out = own.out.filter((s) => !told.has(s.nonce));
      if (!told.size) break;
    }
  } finally { telling = false; }
}

/**
 * Looks at a ticket: the house says, or without a network the phone does.
 * @param {string} text a token or a code
 * @param {string} list
 * @param {"entry" | "exit"} kind
 * @param {boolean} [forced]
 * @returns {Promise<Seen>}
 */
export async function look(text, list, kind, forced = false) {
  const at = now();
  const one = /** @type {import("./decide.js").List} */ (known.lists.find((l) => l.id === list));
  const said = { nonce: crypto.randomUUID(), ...(isToken(text) ? { token: text } : { code: text }), list, kind, at: new Date(at).toISOString(), seq: ++seq, forced };
  store.put("kept", "seq", seq);
  if (navigator.onLine && own.online) {
    try {
      const { scans } = await ask("POST", "/scans", { scans: [said], left: own.out.length }, 4000);
      const s = scans[0];
      if (!s.code) {
        if (s.ticket) stand([[place(s.ticket.id, one, at), { entries: s.entries, inside: s.result === "ok" ? kind === "entry" : s.result === "already", first_at: s.first_at, gate: s.first_gate }]]);
        return { ...s.ticket, result: s.result, name: s.ticket?.name ?? "", code: s.ticket?.code ?? "", answers: s.ticket?.answers ?? [], ticket: undefined, offline: false, forced, at, kind, first_at: s.first_at, gate: s.first_gate, text };
      }
    } catch (e) { lost(e); }
  }
  const v = await decide(known, text, one, kind, at);
  const result = forced && bends.includes(v.result) ? "ok" : v.result;
  const late = { ...said, offline: true, shown: result };
  await store.put("out", said.nonce, late);
  own.out.push(late);
  if (result === "ok" && v.ticket) stand([[place(v.ticket.id, one, at), after(v.standing, kind, at, gateName())]]);
  const type = known.kinds.find((k) => k.id === v.ticket?.t);
  return { ...v, result, offline: true, forced, at, kind, first_at: v.standing?.first_at ?? "", gate: v.standing?.gate ?? "", type_vi: type?.name_vi ?? "", type_en: type?.name_en ?? "", text };
}

const gateName = () => own.state?.gates.find((/** @type {any} */ g) => g.id === own.state.device.gate)?.name ?? own.state?.device.name ?? "";

/** Guests by a part of a name. Only with a network: the phone keeps no names. @param {string} q @param {string} list @returns {Promise<any[]>} */
export const guests = async (q, list) => (await ask("GET", `/search?q=${encodeURIComponent(q)}&list=${list}`)).rows;

/** How many this phone knows to be in on a list. @param {string} list */
export function counted(list) {
  const one = known.lists.find((l) => l.id === list);
  if (!one) return { came: 0, inside: 0, expects: 0 };
  let came = 0, inside = 0;
  const here = place("", one, now());
  for (const [key, s] of known.standings) {
    if (!key.endsWith(here)) continue;
    if (s.entries > 0) came++;
    if (s.inside) inside++;
  }
  return { came, inside, expects: one.expects };
}

/**
 * Forgets everything, and tells the house. What it has not heard of yet waits here until it has, and nothing else does.
 * @param {string} [why] code of what the screen says then
 */
export async function leave(why = "") {
  let deaf = false;
  if (own.out.length) await tell().catch((e) => { deaf = lost(e); });
  const left = own.out.length > 0 && !deaf;
  if (!left) await ask("POST", "/leave", {}).catch(() => {});
  await store.wipe(left);
  known.tickets.clear(); known.codes.clear(); known.standings.clear();
  if (!left) Object.assign(own, { session: null, out: [] });
  own.state = null;
  own.gone = why;
}
