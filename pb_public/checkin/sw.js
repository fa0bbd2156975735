// Keeps the door of an event open without a network. version and files are written above by the house.
const shelf = `vuon-checkin-${version}`;

self.addEventListener("install", (e) => e.waitUntil(caches.open(shelf).then((c) => c.addAll(files))));
self.addEventListener("activate", (e) => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("vuon-checkin-") && name !== shelf) await caches.delete(name);
  await self.clients.claim();
})()));
self.addEventListener("message", (e) => { if (e.data === "now") self.skipWaiting(); });
self.addEventListener("fetch", (e) => {
  const at = new URL(e.request.url);
  if (e.request.method !== "GET" || at.origin !== location.origin || at.pathname.startsWith("/api/")) return;
  e.respondWith((async () => {
    const kept = await (await caches.open(shelf)).match(at.pathname);
    if (kept && version !== "live") return kept;
    try { return await fetch(e.request); } catch (lost) { if (kept) return kept; throw lost; }
  })());
});
