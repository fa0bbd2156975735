// @ts-check
// The one door to the view library: pages import from here, never from vendor/, and so no import map is needed. What every
// page needs besides stands here too: what is said aloud and as a toast, and where we are.
import { signal } from "../../vendor/preact.js";

export {
  batch, computed, effect, Fragment, h, html, render, signal, untracked,
  useCallback, useComputed, useEffect, useId, useLayoutEffect, useMemo, useRef, useSignal, useSignalEffect, useState,
} from "../../vendor/preact.js";

/** @typedef {{ text: string, undo?: (() => unknown) | undefined, bad?: boolean | undefined }} Toast */

/** The toast on the screen. The shell draws it. */
export const toast = signal(/** @type {Toast | null} */ (null));

/** How long a toast stays; an undo is promised for at least six seconds. */
const stay = { plain: 4000, undo: 8000 };

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Says a sentence once: aloud for a screen reader, and as a toast. With undo it offers to take the step back.
 * @param {string} text
 * @param {{ undo?: () => unknown, bad?: boolean, silent?: boolean }} [how] silent: aloud only
 */
export function say(text, { undo, bad, silent } = {}) {
  const region = document.getElementById("live");
  if (region) {
    region.textContent = "";
    setTimeout(() => { region.textContent = text; }, 50); // the same sentence twice is two announcements
  }
  if (silent) return;
  toast.value = { text, undo, bad };
  keepToast(false);
}

/** Takes the toast away. */
export function hush() {
  clearTimeout(timer);
  toast.value = null;
}

/**
 * Stops the clock of the toast while somebody points at it or has the focus in it.
 * @param {boolean} held
 */
export function keepToast(held) {
  clearTimeout(timer);
  if (!held && toast.value) timer = setTimeout(hush, toast.value.undo ? stay.undo : stay.plain);
}

/**
 * Class names, the false ones left out.
 * @param {...(string | false | null | undefined)} names
 */
export const cls = (...names) => names.filter(Boolean).join(" ");

/** Takes the focus to the heading of the page; false where none stands. */
export function toHeading() {
  const heading = /** @type {HTMLElement | null} */ (document.querySelector("main h1"));
  heading?.focus({ preventScroll: true });
  return heading !== null;
}

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
