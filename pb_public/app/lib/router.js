// @ts-check
// Where we are. Which module draws an address stands in main.js; a link to /app/… changes the page without a new load.
import { signal } from "./ui.js";

/** The address, without its query. */
export const path = signal(globalThis.location?.pathname ?? "/app/");

/**
 * Goes to an address of the workspace.
 * @param {string} to "/app/intakes/abc?tab=rules"
 * @param {{ replace?: boolean }} [how] replace: the way back does not lead through here
 */
export function go(to, { replace } = {}) {
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

/**
 * The module of an address and its parameters.
 * @param {Record<string, string>} routes pattern → module; ":name" stands for one part
 * @param {string} address
 * @returns {{ module: string, params: Record<string, string> } | null}
 */
export function match(routes, address) {
  const parts = address.split("/").filter(Boolean);
  for (const [pattern, module] of Object.entries(routes)) {
    const wanted = pattern.split("/").filter(Boolean);
    if (wanted.length !== parts.length) continue;
    /** @type {Record<string, string>} */
    const params = {};
    const fits = wanted.every((w, i) => {
      const part = parts[i] ?? "";
      if (!w.startsWith(":")) return w === part;
      params[w.slice(1)] = decodeURIComponent(part);
      return true;
    });
    if (fits) return { module, params };
  }
  return null;
}

globalThis.addEventListener?.("popstate", () => { path.value = location.pathname; });
globalThis.document?.addEventListener("click", (e) => {
  const link = /** @type {Element | null} */ (e.target)?.closest?.("a[href^='/app/']");
  if (!link || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  if (link.hasAttribute("download") || link.getAttribute("target")) return;
  e.preventDefault();
  const to = link.getAttribute("href") ?? "/app/";
  /** @type {HTMLElement | null} */ (link.closest("[popover]"))?.hidePopover?.();
  if (to !== location.pathname + location.search) go(to);
});
