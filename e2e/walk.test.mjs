// Goes to every page in its looks: axe, complaints of the browser, geometry, bytes and requests.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as browser from "./browser.mjs";
import { accessibility, geometry, listen } from "./checks.mjs";
import { address, covers, desks, full, inside, narrow, open, turn } from "./pages.mjs";
import { mail, ready, roles, signIn } from "./people.mjs";
import { count, kb, over } from "./wire.mjs";

/**
 * turned: the page is looked at in the other widths and the other theme too, without being loaded again.
 * @typedef {{ path: string, name: string, look: browser.Look, limit?: Parameters<typeof over>[1], turned?: boolean }} Visit
 */

// Kilobytes and requests of a first visit.
const publicPage = { bytes: 90, text: 20, requests: 12 };
const workspacePage = { bytes: 120, requests: 26 };

const folder = fileURLToPath(new URL("shots/", import.meta.url));

/** @param {import("./run.mjs").Kit} kit */
export default async function walk(kit) {
  if (kit.shots) await mkdir(folder, { recursive: true });
  if (open.length) await kit.test("the sitemap names no page that is not walked", () => sitemap(kit.url));
  const visits = [...(await publicVisits(kit)), ...(kit.demo ? await workspaceVisits(kit) : [])];
  await together(3, visits, (v) => look(kit, v)); // two cores: while one page waits to be quiet, another is drawn
}

/**
 * Does all, so many at a time, and returns the results in their order.
 * @template T, R
 * @param {number} hands
 * @param {readonly T[]} all
 * @param {(one: T) => Promise<R>} each
 * @returns {Promise<R[]>}
 */
async function together(hands, all, each) {
  const rest = [...all.entries()];
  /** @type {R[]} */
  const done = [];
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) done[next[0]] = await each(next[1]);
  };
  await Promise.all(Array.from({ length: hands }, worker));
  return done;
}

/**
 * How a page is visited: in the long run in every look, each loaded anew; in the short run in one that is turned about.
 * @param {boolean} long
 * @param {"phone" | "desk"} home
 * @param {number} n the place of the page in the walk
 * @returns {Pick<Visit, "look" | "turned">[]}
 */
const looks = (long, home, n) => (long ? [...full, narrow].map((look) => ({ look })) : [{ look: turn(home, n), turned: true }]);

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
  for (const [n, page] of open.filter((p) => kit.demo || !p.demo).entries()) {
    const path = page.from ? first(await (await fetch(kit.url + page.from)).text(), page.path) : page.path;
    for (const [i, v] of looks(kit.long, "phone", n).entries()) {
      visits.push({ ...v, path: address(path, v.look.lang), name: page.path, ...(i === 0 ? { limit: publicPage } : {}) });
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
  const seen = new Set(["/app/"]);
  /** @type {Visit[]} */
  const visits = [];
  let n = 0;
  for (const { who, state, menu, pages } of await together(3, roles, (who) => welcome(kit, who))) {
    const news = [...new Set(menu)].filter((p) => !seen.has(p)); // the menu stands twice in a page: for a phone and for a desk
    for (const p of news) seen.add(p);
    for (const path of ["/app/", ...news, ...pages]) {
      for (const [i, v] of looks(kit.long, desks.has(who) ? "desk" : "phone", n++).entries()) {
        visits.push({ path, name: `${who} ${path}`, look: { ...v.look, state }, turned: v.turned ?? false, ...(i === 0 ? { limit: workspacePage } : {}) });
      }
    }
  }
  return visits;
}

/**
 * Signs one person in: what their browser keeps, what their menu leads to, and the pages of the list that are theirs.
 * @param {import("./run.mjs").Kit} kit
 * @param {import("./people.mjs").Role} who
 */
async function welcome(kit, who) {
  /** @type {{ who: string, state?: browser.State, menu: string[], pages: string[] }} */
  const found = { who, menu: [], pages: [] };
  await kit.test(`${who} signs in`, async () => {
    const context = await browser.open(kit.browser, { width: 1280, lang: "vi", theme: "light" });
    try {
      const page = await context.newPage();
      await signIn(page, kit.url, mail(who));
      found.state = await context.storageState();
      found.menu = await page.locator("nav a[href^='/app/']").evaluateAll((links) => links.map((a) => a.getAttribute("href") ?? ""));
      for (const one of inside.filter((p) => p.who === who)) {
        if (one.from) {
          await page.goto(kit.url + one.from);
          await ready(page);
        }
        found.pages.push(one.from ? first(await page.content(), one.path) : one.path);
      }
    } finally {
      await context.close();
    }
  });
  return found;
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
function look(kit, { path, name, look, limit, turned }) {
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
      if (turned) wrong.push(...(await turnedAbout(page, look)));
      return wrong;
    } finally {
      await context.close();
    }
  });
}

/**
 * The same page on the other screens and in the other colours, as if its window were made smaller or the evening had come.
 * @param {import("playwright-core").Page} page
 * @param {browser.Look} look the one that it was loaded in
 */
async function turnedAbout(page, look) {
  const wrong = [];
  const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.emulateMedia({ colorScheme: look.theme === "light" ? "dark" : "light" });
  await drawn();
  wrong.push(...(await accessibility(page, ["color-contrast"])).map((w) => `other theme: ${w}`));
  for (const width of [1280, 390, narrow.width].filter((w) => w !== look.width)) {
    await page.setViewportSize({ width, height: 844 });
    await drawn();
    wrong.push(...(await geometry(page, width)).map((w) => `at ${width}: ${w}`));
  }
  return wrong;
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
