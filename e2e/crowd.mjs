// Many people at once, without a browser each: everybody comes from an address of their own on this machine, signs in by
// a mailed code, and speaks to the house as the pages do. Every rule of the house stays on.
import { Agent, request } from "node:http";

/** A member of the crowd. @typedef {{ ask: (call: string, body?: any, status?: number) => Promise<any>, email: string, token: string }} Somebody */

let came = 0;

/**
 * Somebody whom the house has not met.
 * @param {string} url
 * @param {string} email
 * @returns {Somebody}
 */
export function stranger(url, email) {
  const { hostname, port } = new URL(url);
  const from = `127.8.${1 + (++came >> 8)}.${came & 255}`; // a crowd behind one address would be held back, and rightly so
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  /** @type {Somebody} */
  const me = {
    email,
    token: "",
    /** Sends "POST /intakes/x" to the API and expects an answer with this status. */
    async ask(call, body, status = 200) {
      const [method = "GET", path = ""] = call.split(" ");
      const raw = method === "GET" ? "" : JSON.stringify(body ?? {});
      const headers = { Accept: "application/json", ...(me.token ? { Authorization: me.token } : {}), ...(raw ? { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(raw) } : {}) };
      const answer = await /** @type {Promise<{ status: number, text: string }>} */ (new Promise((done, fail) => {
        const sent = request({ hostname, port, localAddress: from, agent, method, path: `/api/vuon${path}`, headers }, (got) => {
          let text = "";
          got.setEncoding("utf8").on("data", (part) => (text += part)).on("end", () => done({ status: got.statusCode ?? 0, text })).on("error", fail);
        });
        sent.on("error", fail).end(raw);
      }));
      if (answer.status !== status) throw new Error(`${email}: ${call} is answered with ${answer.status}, not ${status}: ${answer.text.slice(0, 600)}`);
      return answer.text.startsWith("{") ? JSON.parse(answer.text) : answer.text;
    },
  };
  return me;
}

/**
 * Does something for each, so many at a time.
 * @template A, B
 * @param {A[]} all
 * @param {number} most
 * @param {(one: A, n: number) => Promise<B>} what
 * @returns {Promise<B[]>}
 */
export async function together(all, most, what) {
  const answers = /** @type {B[]} */ (new Array(all.length));
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, async () => {
    for (let n = next++; n < all.length; n = next++) answers[n] = await what(/** @type {A} */ (all[n]), n);
  }));
  return answers;
}

/**
 * Lets people sign in by the codes that the demo's mailbox keeps. Whoever needs two factors gives their password too.
 * @param {string} url
 * @param {{ email: string, name?: string, password?: string, locale?: string }[]} people
 * @returns {Promise<Somebody[]>}
 */
export async function signedIn(url, people) {
  const asked = await together(people, 24, async ({ email, name, password, locale = "vi" }) => {
    const who = stranger(url, email);
    const mfa = password ? await factor(url, email, password) : "";
    const before = mfa ? await newest(url, email) : 0;
    return { who, name, locale, mfa, before, id: (await who.ask("POST /sign-in/code", { email, locale })).id };
  });
  /** @type {Map<string, { number: number, code: string }>} */
  const codes = new Map();
  for (const until = Date.now() + 15_000; Date.now() < until; await new Promise((r) => setTimeout(r, 150))) {
    for (const m of (await mails(url)).toReversed()) if (m.code) codes.set(m.to, m);
    if (asked.every(({ who, before }) => (codes.get(who.email)?.number ?? 0) > before)) break;
  }
  return together(asked, 2, async ({ who, name, locale, mfa, id }) => { // the house makes two new accounts at a time
    const code = codes.get(who.email)?.code ?? "";
    who.token = (await who.ask("POST /sign-in", { id, code, full_name: name ?? "", locale, ...(mfa ? { mfaId: mfa } : {}) })).token;
    return who;
  });
}

/** @param {string} url @returns {Promise<{ to: string, code: string, link: string, number: number, subject: string }[]>} newest first */
export const mails = async (url) => /** @type {any} */ ((await fetch(`${url}/demo/mail.json`)).json());

/** @param {string} url @param {string} email */
const newest = async (url, email) => (await mails(url)).find((m) => m.to === email)?.number ?? 0;

/** The first of two factors. @param {string} url @param {string} email @param {string} password @returns {Promise<string>} */
async function factor(url, email, password) {
  const answer = await fetch(`${url}/api/collections/users/auth-with-password`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ identity: email, password }) });
  const { mfaId } = /** @type {any} */ (await answer.json());
  if (!mfaId) throw new Error(`${email} was asked for no second factor: ${answer.status}`);
  return mfaId;
}
