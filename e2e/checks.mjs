// What is wrong with a page, as lists of sentences. An empty list is a good page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** @typedef {import("playwright-core").Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/**
 * Collects what the browser complains about from now on: errors of scripts, whatever the page's policy refuses, and
 * files that do not come. Listen before going to a page.
 * @param {Page} page
 */
export function listen(page) {
  /** @type {string[]} */
  const heard = [];
  page.on("console", (m) => m.type() === "error" && heard.push(`console: ${m.text()} ${m.location().url}`));
  page.on("pageerror", (e) => heard.push(`script: ${e.message}`));
  return heard;
}

/**
 * Accessibility, by axe. The debugger's protocol may add a script where the page's policy lets nobody else.
 * @param {Page} page
 * @param {string[]} [only] rules to ask, instead of all
 * @returns {Promise<string[]>}
 */
export async function accessibility(page, only) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: `${axe};0` });
  await session.detach();
  const found = await page.evaluate((options) => /** @type {any} */ (globalThis).axe.run(document, options), only ? { runOnly: { type: "rule", values: only } } : rules);
  return found.violations.map((/** @type {any} */ v) => {
    const why = v.nodes[0].any[0] ?? v.nodes[0].all[0] ?? v.nodes[0].none[0];
    return `axe: ${v.id} ×${v.nodes.length} ${v.nodes[0].html.slice(0, 140)} ${why?.message ?? ""}`;
  });
}

/**
 * What axe and a script cannot see: the page wider than the screen, a box whose content stands over its edge, a
 * control too small for a finger, a drawing that nobody brought, letters of a chart too small to read.
 *
 * Under a phone's emulation the window grows with its content, so the width that was asked for is the measure.
 * @param {Page} page
 * @param {number} width
 * @returns {Promise<string[]>}
 */
export function geometry(page, width) {
  return page.evaluate((width) => {
    const all = (/** @type {string} */ what) => [...document.querySelectorAll(what)];
    const seen = (/** @type {Element} */ e) => e.checkVisibility() && e.getBoundingClientRect().width > 1 && !e.closest(".vh, .skip");
    const name = (/** @type {Element} */ e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} “${(e.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 30)}”`;
    const few = (/** @type {string} */ what, /** @type {Element[]} */ found) => found.slice(0, 4).map((e) => `${what}: ${name(e)}`);
    const wrong = [];

    const over = document.documentElement.scrollWidth - width;
    if (over > 0) {
      wrong.push(`overflow: the page is ${over} px wider than the screen`);
      wrong.push(...few("beyond the edge", all("body *").filter((e) => seen(e) && !e.closest("svg, .tw, .tabs, .pcols") && e.getBoundingClientRect().right > width + 1)));
    }

    const boxes = ".panel, .card, .kcard, .house, .door, .tier, .btn, .seg, .tabs > *, .tag, .st, .fig, .slot, .datebox, .time, .list > *, .traffic, .opt, h1, h2, h3";
    wrong.push(...few("spill", all(boxes).filter((e) => seen(e) && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")));

    wrong.push(...few("a drawing that is not there", all("use").filter((e) => !document.querySelector(e.getAttribute("href") ?? "")).map((e) => e.parentElement ?? e)));

    // A link inside a sentence or a row of a table is as high as its line; everything else is made for a finger.
    const within = (/** @type {Element} */ e) => e.tagName === "A" && (getComputedStyle(e).display === "inline" || e.closest(".card h3, .kcard h3, .evrow h3, .tbl"));
    const controls = "a, button, input:not([type=checkbox], [type=radio], [type=file]), select, summary";
    wrong.push(...few("too small for a finger", all(controls).filter((e) => {
      const box = e.getBoundingClientRect();
      return seen(e) && !within(e) && (box.height < 43.5 || box.width < 24);
    })));

    wrong.push(...few("letters of a chart under 11.5 px", all(".chart text").filter((t) => {
      const svg = /** @type {SVGTextElement} */ (t).ownerSVGElement;
      const scale = svg && svg.viewBox.baseVal.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      return seen(t) && parseFloat(getComputedStyle(t).fontSize) * scale < 11.5;
    })));
    return wrong;
  }, width);
}
