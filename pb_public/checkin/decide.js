// @ts-check
// What a phone decides by itself: reads what stands in a QR code, opens what it keeps of the ticket, and says whether the door opens.
// Nothing here knows of a screen, a network or a clock.

/** @typedef {{ id: string, g: number, s: string, t: string, k: string, l: { f: string, c: string }[] }} Ticket */
/** @typedef {{ id: string, name: string, types: string[], max_entries: number, per_day: boolean, opens_at: string, closes_at: string, came: number, inside: number, expects: number }} List */
/** @typedef {{ kid: string, public: string, not_after: string, retired: boolean }} Key */
/** @typedef {{ id: string, name_vi: string, name_en: string, days: string[] }} Kind */
/** @typedef {{ entries: number, inside: boolean, first_at: string, gate: string }} Standing */
/** @typedef {{ kid: string, ticket: string, generation: number, notAfter: number, said: Uint8Array, signature: Uint8Array }} Claim */
/** @typedef {{ event: string, status: string, keys: Key[], lists: List[], kinds: Kind[], tickets: Map<string, Ticket>, codes: Map<string, string>, standings: Map<string, Standing> }} Known */
/** @typedef {{ result: string, ticket?: Ticket | undefined, name: string, code: string, answers: { label_vi: string, label_en: string, says: string }[], standing?: Standing | undefined }} Verdict */

/** What a door may let in all the same: nobody talks a ticket that is void or forged into being one. */
export const bends = ["already", "unpaid", "wrong_type", "wrong_day", "closed", "unlisted"];

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const length = 130;
const slack = 10 * 60e3;
const bytes = new TextEncoder();

/** What a scanner typed, as it was signed. @param {string} typed */
export const tidy = (typed) => (typed.length > 2 * length ? "" : typed.trim().toUpperCase());

/** Whether a text is the token of a ticket, and not a code. @param {string} text */
export const isToken = (text) => text.startsWith("B1") && text.length > 40;

/** @param {string} text @returns {Uint8Array | null} null for what is no base45 */
export function base45(text) {
  if (text.length % 3 === 1) return null;
  /** @type {number[]} */
  const out = [];
  for (let at = 0; at < text.length; at += 3) {
    const part = [...text.slice(at, at + 3)].map((c) => letters.indexOf(c));
    if (part.includes(-1)) return null;
    const n = part.reduce((sum, v, i) => sum + v * 45 ** i, 0);
    if (part.length === 3 && n < 65536) out.push(n >> 8, n & 255);
    else if (part.length === 2 && n < 256) out.push(n);
    else return null;
  }
  return new Uint8Array(out);
}

/** What a token says, not yet believed. @param {string} token @returns {Claim | null} */
export function read(token) {
  const raw = token.length === length && token.startsWith("B1") ? base45(token.slice(2)) : null;
  if (raw?.length !== 85 || raw[0] !== 1) return null;
  const hex = (/** @type {Uint8Array} */ b) => [...b].map((v) => v.toString(16).padStart(2, "0")).join("");
  const view = new DataView(raw.buffer);
  return {
    kid: hex(raw.slice(1, 5)), ticket: BigInt(`0x${hex(raw.slice(5, 15))}`).toString(36).padStart(15, "0"), generation: view.getUint16(15),
    notAfter: view.getUint32(17) * 1000, said: raw.slice(0, 21), signature: raw.slice(21),
  };
}

/** @param {string} text base64 for addresses, without padding */
export const unbase64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

/** @param {Uint8Array} raw */
const base64 = (raw) => btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @param {string} text @param {number} size of its sum, in bytes */
const sum = async (text, size) => base64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.encode(text))).slice(0, size));

/** By which a token finds its line. @param {string} token */
export const find = (token) => sum(token, 16);

/** By which a code finds its ticket. @param {string} event @param {string} code */
export const findCode = (event, code) => sum(`vuon code|${event}|${code}`, 9);

/**
 * Opens the line of a ticket with the token that was shown; null where it is another's.
 * @param {string} token
 * @param {{ f: string, c: string } | undefined} line
 * @returns {Promise<{ n: string, c: string, a: Verdict["answers"] } | null>}
 */
export async function unlock(token, line) {
  if (!line) return null;
  try {
    const material = await crypto.subtle.importKey("raw", bytes.encode(token), "HKDF", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes.encode("vuon manifest v1") },
      material, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const raw = unbase64(line.c);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: raw.slice(0, 12), additionalData: bytes.encode(line.f) }, key, raw.slice(12));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

/** Whether a claim was signed with a key. A browser that knows no Ed25519 believes none. @param {Claim} claim @param {Key} key */
export async function signed(claim, key) {
  try {
    const imported = await crypto.subtle.importKey("raw", unbase64(key.public), { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, new Uint8Array(claim.signature), new Uint8Array(claim.said));
  } catch {
    return false;
  }
}

/** The local day of an instant, where a list counts by days. @param {List} list @param {number} now */
export const dayOf = (list, now) => (list.per_day ? localDay(now) : "");
/** @param {number} now */
const localDay = (now) => new Date(now + 7 * 3600e3).toISOString().slice(0, 10);
/** @param {string} at */
const instant = (at) => (!at || at.startsWith("0001-") ? 0 : Date.parse(at.replace(" ", "T")));

/** @param {string} ticket @param {List} list @param {number} now */
export const place = (ticket, list, now) => `${ticket}|${list.id}|${dayOf(list, now)}`;

/**
 * Whether the door opens, as far as this phone knows.
 * @param {Known} known
 * @param {string} text a token or a code
 * @param {List} list
 * @param {"entry" | "exit"} kind
 * @param {number} now
 * @returns {Promise<Verdict>}
 */
export async function decide(known, text, list, kind, now) {
  /** @type {Verdict} */
  const v = { result: "unknown", name: "", code: "", answers: [] };
  if (isToken(text)) {
    const claim = read(text);
    const key = known.keys.find((k) => k.kid === claim?.kid);
    if (!claim) return v;
    if (!key) return { ...v, result: "other_event" };
    const ticket = known.tickets.get(claim.ticket);
    const sought = await find(text);
    const open = await unlock(text, ticket?.l.find((l) => l.f === sought));
    if (open) Object.assign(v, { name: open.n, code: open.c, answers: open.a });
    else if (!(await signed(claim, key))) return { ...v, result: "forged" };
    if (key.retired || (ticket && ticket.g !== claim.generation)) return { ...v, ticket, result: "revoked" };
    if (now > claim.notAfter + slack) return { ...v, ticket, result: "expired" };
    if (!ticket) return { ...v, result: "unlisted" };
    v.ticket = ticket;
  } else {
    v.ticket = known.tickets.get(known.codes.get(await findCode(known.event, text)) ?? "");
    if (!v.ticket) return v;
    v.code = text;
  }
  v.standing = known.standings.get(place(v.ticket.id, list, now));
  v.result = admits(known, v.ticket, list, kind, v.standing, now);
  return v;
}

/** @param {Known} known @param {Ticket} ticket @param {List} list @param {string} kind @param {Standing | undefined} at @param {number} now */
function admits(known, ticket, list, kind, at, now) {
  const days = known.kinds.find((k) => k.id === ticket.t)?.days ?? [];
  const closes = instant(list.closes_at);
  if (ticket.s !== "valid") return ticket.s === "held" ? "unpaid" : ticket.s;
  if (list.types.length && !list.types.includes(ticket.t)) return "wrong_type";
  if (known.status !== "published" || now < instant(list.opens_at) || (closes && now >= closes)) return "closed";
  if (days.length && !days.includes(localDay(now))) return "wrong_day";
  if (kind === "exit") return at?.inside ? "ok" : "not_inside";
  return at?.inside || (list.max_entries > 0 && (at?.entries ?? 0) >= list.max_entries) ? "already" : "ok";
}

/** Where a ticket stands after it was let through. @param {Standing | undefined} at @param {string} kind @param {number} now @param {string} gate @returns {Standing} */
export const after = (at, kind, now, gate) => (kind === "exit" ? { entries: at?.entries ?? 0, inside: false, first_at: at?.first_at ?? "", gate: at?.gate ?? gate }
  : { entries: (at?.entries ?? 0) + 1, inside: true, first_at: at?.first_at || new Date(now).toISOString(), gate: at?.gate || gate });
