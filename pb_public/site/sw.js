// Keeps the pages of tickets that were opened in this browser, until a day after their event. A page that the house answers is always
// its answer of now; what it no longer knows is forgotten at once. Nothing else of the house is kept here.
/** @param {string} path */
const shelf = (path) => `vuon-ticket ${path}`;
const until = "X-Kept-Until";
const patience = 5000; // milliseconds that a network may take before what is kept is shown

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("message", (e) => e.waitUntil(hear(e.data).then((kept) => e.ports[0]?.postMessage(kept), () => e.ports[0]?.postMessage(false))));
self.addEventListener("fetch", (e) => {
  const at = new URL(e.request.url);
  if (e.request.method !== "GET" || at.origin !== location.origin) return;
  if (e.request.mode === "navigate" && at.pathname.split("/").length === new URL(self.registration.scope).pathname.split("/").length + 1) e.respondWith(page(e.request, at.pathname));
  else if (at.pathname.startsWith("/v/")) e.respondWith(caches.match(at.pathname).then((kept) => kept ?? fetch(e.request)));
});

/** Keeps a page with its files until an instant, or forgets it. */
async function hear({ path, files, last }) {
  await tidy();
  if (!(last > Date.now())) return !(await caches.delete(shelf(path)));
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) return !(await caches.delete(shelf(path)));
  const kept = await caches.open(shelf(path));
  const head = new Headers(answer.headers);
  head.set(until, String(last));
  for (const old of await kept.keys()) if (!files.includes(new URL(old.url).pathname)) await kept.delete(old);
  await kept.put(path, new Response(await answer.blob(), { headers: head }));
  for (const file of files) if (!(await kept.match(file))) await kept.add(file);
  return true;
}

/** The page as the house answers, or as it was when there is no house to be reached. */
async function page(request, path) {
  const kept = await (await caches.has(shelf(path)) ? caches.match(path, { cacheName: shelf(path) }) : undefined);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.status === 404 || answer.status === 410) await caches.delete(shelf(path));
    return answer;
  });
  if (!kept || !(Number(kept.headers.get(until)) > Date.now())) return fresh;
  return Promise.race([fresh.catch(() => kept), new Promise((done) => setTimeout(() => done(kept), patience))]);
}

/** Forgets what has had its time. */
async function tidy() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(shelf(""))) continue;
    const kept = await caches.match(name.slice(shelf("").length), { cacheName: name });
    if (!kept || !(Number(kept.headers.get(until)) > Date.now())) await caches.delete(name);
  }
}
