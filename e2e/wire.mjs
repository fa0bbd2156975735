// What a page costs on the wire, headers included, counted by the browser itself.

/** @typedef {{ requests: number, bytes: number, text: number, list: string[] }} Cost text: bytes of pages, styles and scripts */

/**
 * Counts from now on. A stream that stays open counts as one request.
 * @param {import("playwright-core").Page} page
 */
export async function count(page) {
  const session = await page.context().newCDPSession(page);
  /** @type {Map<string, { url: string, type: string, bytes: number }>} */
  const sent = new Map();
  let hops = 0; // a redirect keeps the id of its request
  let last = performance.now();
  let listens = Infinity; // when the page began to hear of changes, in the browser's seconds
  session.on("Network.requestWillBeSent", (e) => {
    last = performance.now();
    if (e.redirectResponse) hops++;
    if (!/^https?:/.test(e.request.url)) return;
    // Four seconds after it listens a page asks once more for what it shows (lib/list.js): on a slow machine it is still loading then.
    if (e.timestamp - listens > 3.5 && [...sent.values()].some((one) => one.type === "Fetch" && one.url === e.request.url)) return;
    sent.set(e.requestId, { url: e.request.url, type: e.type ?? "", bytes: e.redirectResponse?.encodedDataLength ?? 0 });
  });
  session.on("Network.loadingFinished", (e) => {
    last = performance.now();
    const one = sent.get(e.requestId);
    if (one) one.bytes += e.encodedDataLength;
    if (one?.type === "Fetch" && one.url.endsWith("/api/realtime")) listens = e.timestamp;
  });
  await session.send("Network.enable");
  return {
    /** The sums, half a second after the last file came; at most ten seconds from now. */
    async settled() {
      for (const until = performance.now() + 10_000; performance.now() < until && performance.now() - last < 500; ) {
        await new Promise((r) => setTimeout(r, 50));
      }
      return sums([...sent.values()], hops);
    },
  };
}

/**
 * @param {{ url: string, type: string, bytes: number }[]} all
 * @param {number} hops
 * @returns {Cost}
 */
function sums(all, hops) {
  const sum = (/** @type {typeof all} */ some) => some.reduce((n, r) => n + r.bytes, 0);
  return {
    requests: all.length + hops,
    bytes: sum(all),
    text: sum(all.filter((r) => ["Document", "Stylesheet", "Script"].includes(r.type))),
    list: [...all].sort((a, b) => b.bytes - a.bytes).map((r) => `${kb(r.bytes)} ${r.type} ${new URL(r.url).pathname}`),
  };
}

/** @param {number} bytes */
export const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/**
 * What of a limit is broken, in sentences.
 * @param {Cost} cost
 * @param {{ bytes: number, requests: number, text?: number }} limit bytes and text in KB
 */
export function over(cost, limit) {
  const wrong = [];
  if (cost.bytes > limit.bytes * 1024) wrong.push(`budget: ${kb(cost.bytes)} over the wire, ${limit.bytes} KB allowed`);
  if (limit.text && cost.text > limit.text * 1024) wrong.push(`budget: ${kb(cost.text)} of page, styles and scripts, ${limit.text} KB allowed`);
  if (cost.requests > limit.requests) wrong.push(`budget: ${cost.requests} requests, ${limit.requests} allowed`);
  return wrong.length ? [...wrong, ...cost.list] : [];
}
