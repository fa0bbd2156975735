// What somebody does on a page, in the words that the page shows.
import { readFile } from "node:fs/promises";
import { latest, nextMail, ready } from "./people.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/** @param {string} text */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * The hands of somebody who reads one language.
 * @param {"vi" | "en"} lang
 */
export async function hands(lang) {
  /** @type {Record<string, string>} */
  const words = JSON.parse(await readFile(new URL(`../pb_public/i18n/${lang}.json`, import.meta.url), "utf8"));
  /** @param {string} key @param {Record<string, string | number>} [slots] */
  const t = (key, slots = {}) => {
    const text = (slots["n"] === 1 ? words[`${key}.one`] : undefined) ?? words[key] ?? words[`${key}.other`];
    if (!text) throw new Error(`no words for ${key}`);
    return text.replace(/\{(\w+)\}/g, (all, name) => String(slots[name] ?? all));
  };
  /** A field by its label; a required one has a mark behind it. @param {Page | Locator} within @param {string} key */
  const field = (within, key) => within.getByLabel(new RegExp(`^${literal(t(key))}`));
  return {
    t,
    field,
    /** Signs somebody in by a mailed code, whether or not the house knows them. @param {Page} page @param {string} url of the house @param {string} address */
    async enter(page, url, address) {
      const after = await latest(url, address);
      await page.goto(`${url}/app/`);
      await field(page, "sign_in.email").fill(address);
      await page.getByRole("button", { name: t("sign_in.send"), exact: true }).click();
      await page.locator("input[autocomplete=one-time-code]").fill((await nextMail(url, address, 0, after)).code);
      await page.locator("input[autocomplete=one-time-code]").waitFor({ state: "detached" });
      await ready(page);
    },
    /** Presses a button by its words; where there is none, it says what the page shows instead. @param {Page | Locator} within @param {string} key @param {Record<string, string | number>} [slots] */
    async press(within, key, slots) {
      await within.getByRole("button", { name: t(key, slots), exact: true }).first().click().catch(async (why) => {
        const page = "page" in within ? within.page() : within;
        const shows = await page.locator("main").first().innerText({ timeout: 500 }).catch(() => "");
        throw new Error(`${why.message}\n${page.url()} shows: ${shows.replace(/\s+/g, " ").slice(0, 500)}`);
      });
    },
    /** Marks one of several answers, whose button lies under its words. @param {Page | Locator} within @param {string} key */
    choose: (within, key) => within.getByRole("radio", { name: t(key), exact: true }).check({ force: true }),
    /** Waits for words of a key, up to its first slot that is not given. @param {Page} page @param {string} key @param {Record<string, string | number>} [slots] */
    sees: (page, key, slots) => page.getByText((t(key, slots).split("{")[0] ?? "").trim()).first().waitFor(),
    /** @param {Page} page @param {string} button of a menu @param {string} key of its item */
    async pick(page, button, key) {
      await page.getByRole("button", { name: button, exact: true }).first().click();
      await page.locator("dialog[open]").getByRole("menuitem", { name: t(key), exact: true }).click();
    },
  };
}

/** @param {Page} page @param {string} address */
export async function to(page, address) {
  await page.goto(address);
  await ready(page);
}

/**
 * Lets the demo's time pass, and returns what its clock says then.
 * @param {string} url of the house
 * @param {Record<string, number>} by
 */
export async function pass(url, by) {
  const answer = await fetch(`${url}/demo/later`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(by) });
  if (!answer.ok) throw new Error(`/demo/later answers ${answer.status}: ${await answer.text()}`);
  return Date.parse(/** @type {any} */ (await answer.json()).now);
}

/** A time as a field for one wants it, here in Vietnam. @param {number} at */
export const hour = (at) => new Date(at + 7 * 3600_000).toISOString().slice(0, 16);
