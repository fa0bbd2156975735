// What the people of a season share: who they are, how they sit down at a page, and what they ask the house through its API.
import * as browser from "./browser.mjs";
import { listen } from "./checks.mjs";
import { together } from "./crowd.mjs";
import { hands, pass } from "./hands.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./crowd.mjs").Somebody} Somebody */
/** @typedef {Awaited<ReturnType<typeof begin>>} Season */

export const size = 120, places = 20, screeners = 8, goOn = 30;
export const stamp = Date.now() % 100_000, call = `Mùa lớn ${stamp}`, best = `Men soi ${stamp}`;
export const answers = { team: "Ba người", problem: "Lò gốm hỏng mẻ vì nứt men.", solution: "Camera soi men.", headcount: 3 };
export const sectors = ["manufacturing", "agriculture", "logistics", "energy"];
export const day = 24 * 3600_000;

/** The second manager. */
export const aide = { email: `pho.${stamp}@example.test`, name: `Deputy ${stamp}`, password: "một mật khẩu dài" };

/** What a screener gives an application for a criterion: no two applications are equal in all four. @param {string} title @param {number} nth */
export const points = (title, nth) => (title === best ? 5 : 1 + Math.floor(Number(title.match(/\d+$/)?.[0]) / 5 ** nth) % 5);

/** @param {number} at */
export const iso = (at) => new Date(at).toISOString();

/** Opens a season: nobody is there yet. @param {import("./run.mjs").Kit} kit */
export async function begin({ browser: chromium, url, shots }) {
  const vi = await hands("vi"), en = await hands("en");
  const s = {
    now: 0, // of the demo
    intake: "", slug: "", first: "", second: "", // the intake and its rounds
    mine: "", own: "", appellant: "", // the founder's application and its card; that of whoever appeals
    admit: /** @type {string[]} */ ([]),
    wait: /** @type {string[]} */ ([]), // the waiting list, the next one first
    /** Applications of the crowd by their id. @type {Map<string, { title: string, card: string, who: Somebody }>} */
    papers: new Map(),
    clerk: /** @type {Somebody} */ ({}), chief: /** @type {Somebody} */ ({}), judges: /** @type {Somebody[]} */ ([]), // staff, manager and screeners by the API
    staff: /** @type {Page} */ ({}), manager: /** @type {Page} */ ({}), deputy: /** @type {Page} */ ({}), founder: /** @type {Page} */ ({}), // at a page
    shown: "", // at the end: applications, undecided, places taken, settled cards, rows of those who came in
  };
  /** @type {import("playwright-core").BrowserContext[]} */
  const open = [];
  /** @type {Map<Page, string[]>} */
  const complaints = new Map();
  /** @param {390 | 1280} width @param {"vi" | "en"} [lang] */
  const sit = async (width, lang = "vi") => {
    const context = await browser.open(chromium, { width, lang, theme: "light" });
    open.push(context);
    const page = await context.newPage();
    complaints.set(page, listen(page));
    return page;
  };
  /** Signs somebody in by a mailed code, as they do on a phone. @param {string} email @param {390 | 1280} [width] */
  const byCode = async (email, width = 390) => {
    const page = await sit(width);
    await vi.enter(page, url, email);
    return page;
  };
  /** Lets the demo's time pass. @param {number} days */
  const later = async (days) => { s.now = await pass(url, { days }); };
  /** @param {Page} page @param {string} name */
  const shoot = async (page, name) => { if (shots) await page.screenshot({ path: `e2e/shots/season-${name}-${page.viewportSize()?.width}.png`, fullPage: true }); };
  const titled = (/** @type {string} */ id) => s.papers.get(id)?.title ?? (id === s.mine ? best : id);
  /** Every row of a list. @param {Somebody} who @param {string} route */
  const all = async (who, route) => {
    const rows = [];
    for (let next = "?"; next; ) {
      const page = await who.ask(`GET ${route}${next === "?" ? "?" : `${next}&`}limit=100`);
      rows.push(...page.rows);
      next = page.next ? `?after=${encodeURIComponent(page.next)}` : "";
    }
    return rows;
  };
  /** How many applications stand where, as staff read it. */
  const standing = async () => {
    const stand = (await all(s.clerk, `/intakes/${s.intake}/applications`)).map((a) => a.status);
    return [...new Set(stand)].sort().map((s) => `${s} ${stand.filter((x) => x === s).length}`).join(", ");
  };

  /** Every screener takes so many sheets of a round upon themselves. @param {string} round @param {number} n */
  async function pledge(round, n) {
    await together(s.judges, 4, async (j) => {
      const own = (await j.ask("GET /commitments")).rows.find((/** @type {any} */ c) => c.round === round || c.round?.id === round);
      await j.ask(`POST /commitments/${own.id}/accept`, { n });
    });
  }

  /** The screeners hand in what they are asked for. It says how many sheets there were. @param {string} round */
  async function judge(round) {
    const { rubric } = await s.clerk.ask(`GET /rounds/${round}`);
    const done = await together(s.judges, 4, async (j) => {
      const asked = (await all(j, "/assignments")).filter((/** @type {any} */ a) => a.status === "offered");
      for (const a of asked) {
        const scores = Object.fromEntries(rubric.map((/** @type {any} */ c, /** @type {number} */ n) => [c.key, points(a.title, n)]));
        const { rev } = await j.ask(`PATCH /assignments/${a.id}/sheet`, { scores, recommendation: "yes" });
        await j.ask(`POST /assignments/${a.id}/submit`, { rev, no_conflict: true });
      }
      return asked.length;
    });
    return done.reduce((sum, n) => sum + n, 0);
  }

  /** @param {string} round @returns {Promise<string[]>} those who went on, the best first */
  const advanced = async (round) => (await s.clerk.ask(`GET /rounds/${round}`)).entries.filter((/** @type {any} */ e) => e.outcome === "advanced").sort((/** @type {any} */ a, /** @type {any} */ b) => a.place - b.place).map((/** @type {any} */ e) => e.subject);
  /** The cards of applications. @param {string[]} some */
  const cards = (some) => some.map((id) => s.papers.get(id)?.card ?? s.own);
  const close = async () => { for (const context of open) await context.close(); };
  return { ...vi, en, s, complaints, sit, byCode, later, shoot, titled, all, standing, pledge, judge, advanced, cards, close };
}
