// @ts-check
// The one door to the view library: pages import from here, never from vendor/, and so no import map is needed. What is
// said to a person who cannot see the screen, and the toast, stand here too: everybody needs both.
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
