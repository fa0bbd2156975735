// @ts-check
// Keeps the page of a ticket in this browser, so that it opens at the door without a network. Where a browser keeps nothing, the page
// works as before.
//
//   [data-keep]       the worker's part of the house; data-last is until when the page is kept, empty: no longer
//   [data-kept]       shown once the page is kept; the button in it forgets the page
//   [data-offline]    shown while there is no network

export {}; // a module of its own: its names are not those of the other scripts

const one = (/** @type {string} */ what) => /** @type {HTMLElement | null} */ (document.querySelector(what));
const offline = one("[data-offline]");
const note = one("[data-kept]");
const box = one("[data-keep]");

const tell = () => {
  if (offline) offline.hidden = navigator.onLine;
};
addEventListener("online", tell);
addEventListener("offline", tell);
tell();

if (box && "serviceWorker" in navigator) {
  const scope = box.dataset["keep"] ?? "";
  const last = Date.parse(box.dataset["last"] ?? "") || 0;
  void keep(scope, last);
  note?.querySelector("button")?.addEventListener("click", () => void keep(scope, 0));
}

/** Asks the worker to keep this page, or to forget it. @param {string} scope @param {number} last */
async function keep(scope, last) {
  try {
    await navigator.serviceWorker.register(`${scope}sw.js`, { scope, updateViaCache: "none" });
    const worker = (await navigator.serviceWorker.ready).active;
    const files = performance.getEntriesByType("resource").map((f) => new URL(f.name)).filter((f) => f.origin === location.origin && f.pathname.startsWith("/v/"));
    const answer = new MessageChannel();
    answer.port1.onmessage = ({ data }) => {
      if (note) note.hidden = !data || !last;
    };
    worker?.postMessage({ path: location.pathname, files: [...new Set(files.map((f) => f.pathname))], last }, [answer.port2]);
  } catch {
    // a window that keeps nothing
  }
}
