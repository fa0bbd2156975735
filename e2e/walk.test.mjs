// Goes to every page in its looks: axe, complaints of the browser, geometry, bytes and requests.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as browser from "./browser.mjs";
import { accessibility, geometry, listen } from "./checks.mjs";
import { address, covers, full, inside, narrow, open, short } from "./pages.mjs";
import { mail, ready, roles, signIn } from "./people.mjs";
import { count, kb, over } from "./wire.mjs";

/** @typedef {{ path: string, name: string, look: browser.Look, limit?: Parameters<typeof over>[1] }} Visit */

// Kilobytes and requests of a first visit.
const publicPage = { bytes: 90, text: 20, requests: 12 };
const workspacePage = { bytes: 120, requests: 26 };

const folder = fileURLToPath(new URL("shots/", import.meta.url));

/** @param {import("./run.mjs").Kit} kit */
export default async function walk(kit) {
  if (kit.shots) await mkdir(folder, { recursive: true });
  if (open.length) await kit.test("the sitemap names no page that is not walked", () => sitemap(kit.url));
  const visits = [...(await publicVisits(kit)), ...(kit.demo ? await workspaceVisits(kit) : [])];
  const worker = async () => {
    for (let v = visits.shift(); v; v = visits.shift()) await look(kit, v);
  };
  await Promise.all([worker(), worker()]);
}

/** @param {string} url */
async function sitemap(url) {
  const answer = await fetch(`${url}/sitemap.xml`);
  if (!answer.ok) return [`/sitemap.xml answers ${answer.status}`];
  const paths = [...(await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => new URL(m[1] ?? "").pathname.replace(/^\/en(?=\/|$)/, "") || "/");
  if (paths.length === 0) return ["the sitemap is empty"];
  return [...new Set(paths)].filter((p) => !open.some((o) => covers(o.path, p))).map((p) => `${p} is missing in e2e/pages.mjs`);
}

/**
 * @param {import("./run.mjs").Kit} kit
 * @returns {Promise<Visit[]>}
 */
async function publicVisits(kit) {
  const visits = [];
  for (const page of open.filter((p) => kit.demo || !p.demo)) {
    const path = page.from ? first(await (await fetch(kit.url + page.from)).text(), page.path) : page.path;
    for (const [i, look] of [...(kit.long ? full : short), narrow].entries()) {
      visits.push({ path: address(path, look.lang), name: page.path, look, ...(i === 0 ? { limit: publicPage } : {}) });
    }
    visits.push({ path, name: page.path, look: { ...narrow, width: /** @type {const} */ (390), scripts: false } });
  }
  return visits;
}

/**
 * Signs in everybody once, and lists everybody's home, what the menus lead to, and the pages of the list.
 * @param {import("./run.mjs").Kit} kit
 * @returns {Promise<Visit[]>}
 */
async function workspaceVisits(kit) {
  /** @type {Visit[]} */
  const visits = [];
  /** @type {Set<string>} */
  const seen = new Set(["/app/"]);
  for (const who of roles) {
    await kit.test(`${who} signs in`, async () => {
      const context = await browser.open(kit.browser, { width: 1280, lang: "vi", theme: "light" });
      try {
        const page = await context.newPage();
        await signIn(page, kit.url, mail(who));
        const state = await context.storageState();
        /** @param {string} path */
        const add = (path) => {
          for (const [i, look] of [...(kit.long ? full : short), narrow].entries()) {
            visits.push({ path, name: `${who} ${path}`, look: { ...look, state }, ...(i === 0 ? { limit: workspacePage } : {}) });
          }
        };
        add("/app/");
        const menu = await page.locator("nav a[href^='/app/']").evaluateAll((links) => links.map((a) => a.getAttribute("href") ?? ""));
        for (const path of menu.filter((p) => !seen.has(p))) {
          seen.add(path);
          add(path);
        }
        for (const one of inside.filter((p) => p.who === who)) {
          if (!one.from) {
            add(one.path);
            continue;
          }
          await page.goto(kit.url + one.from);
          await ready(page);
          add(first(await page.content(), one.path));
        }
      } finally {
        await context.close();
      }
    });
  }
  return visits;
}

/**
 * The first address in a page that a starred path stands for.
 * @param {string} html
 * @param {string} starred
 */
function first(html, starred) {
  const found = [...html.matchAll(/href="([^"?#]+)"|https?:\/\/[^/\s"]+(\/[^\s"?#\\]+)/g)].map((m) => m[1] ?? m[2] ?? "").find((p) => covers(starred, p));
  if (!found) throw new Error(`no link to ${starred}`);
  return found;
}

/**
 * One visit is one test.
 * @param {import("./run.mjs").Kit} kit
 * @param {Visit} visit
 */
function look(kit, { path, name, look, limit }) {
  const plain = look.scripts === false;
  const title = `${name} ${look.width} ${look.lang} ${look.theme}${plain ? " without scripts" : ""}`;
  return kit.test(title, async () => {
    const context = await browser.open(kit.browser, look);
    try {
      if (look.state) await context.addCookies([{ name: "lang", value: look.lang, url: kit.url }]); // as the account's menu would
      const page = await context.newPage();
      const wrong = listen(page);
      const cost = await count(page);
      const answer = await page.goto(kit.url + path, { waitUntil: "load" });
      if (!answer?.ok()) return [`${path} answers ${answer?.status()}`];
      if (plain) return [...wrong, ...(await works(page))];
      if (path.startsWith("/app/")) await ready(page);
      const spoken = await page.locator("html").getAttribute("lang");
      if (spoken !== look.lang) wrong.push(`the page speaks ${spoken}`);
      await page.evaluate(async () => void (await document.fonts.ready));
      const spent = await cost.settled();
      wrong.push(...(await geometry(page, look.width)));
      if (look.width !== narrow.width) {
        if (kit.shots) await page.screenshot({ path: `${folder}${file(name)}-${look.width}-${look.lang}-${look.theme}.png`, fullPage: true });
        wrong.push(...(await accessibility(page)));
      }
      if (limit) {
        console.log(`   ${name}: ${kb(spent.bytes)}, of it ${kb(spent.text)} page, styles and scripts, in ${spent.requests} requests`);
        wrong.push(...over(spent, limit));
      }
      return wrong;
    } finally {
      await context.close();
    }
  });
}

/**
 * Without scripts a public page still says what it is, and its forms still send.
 * @param {import("playwright-core").Page} page
 */
async function works(page) {
  const wrong = [];
  if ((await page.locator("h1").count()) !== 1) wrong.push("not exactly one h1");
  if ((await page.locator("main").innerText()).trim().length < 40) wrong.push("main says nothing");
  return wrong;
}

/** @param {string} name */
const file = (name) => name.replace(/[/?*=&%]+/g, " ").trim().replace(/\s+/g, "-") || "home";
