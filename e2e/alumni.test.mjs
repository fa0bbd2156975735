// A startup that graduated says how it is by the link of a mail, on a phone and without an account, in both languages; and whoever
// comes with a link that opens nothing, or with another startup's, is told so in words.
import * as browser from "./browser.mjs";
import { accessibility, geometry, listen } from "./checks.mjs";
import { signedIn } from "./crowd.mjs";
import { hands, pass, to } from "./hands.mjs";
import { mail, password, signIn } from "./people.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @param {import("./run.mjs").Kit} kit */
export default async function alumni({ test, browser: chromium, url, demo, long }) {
  if (!demo || !long) return; // it lives through some months
  /** @type {import("playwright-core").BrowserContext[]} */
  const open = [];
  /** A phone that nobody is signed in on. @param {"vi" | "en"} lang @returns {Promise<Page>} */
  const phone = async (lang) => {
    const context = await browser.open(chromium, { width: 390, lang, theme: lang === "vi" ? "light" : "dark" });
    await context.addCookies([{ name: "lang", value: lang, url }]);
    open.push(context);
    return context.newPage();
  };
  /** What axe and the eye of a ruler find wrong. @param {Page} page */
  const looks = async (page) => [...(await accessibility(page)), ...(await geometry(page, 390))];

  const [clerk] = /** @type {[import("./crowd.mjs").Somebody]} */ (await signedIn(url, [{ email: mail("staff"), password }]));
  /** @type {{ id: string, name: string, asked: string }[]} */ const waiting = [];
  /** @param {string} id of what is asked @returns {Promise<string>} */
  const link = async (id) => url + (await clerk.ask(`POST /alumni/${id}/link`)).path;
  try {
    await test("in the middle of January those who graduated are asked how they are", async () => {
      const now = new Date(await pass(url, { days: 1 })), january = Date.UTC(now.getUTCFullYear() + 1, 0, 16, 3);
      await pass(url, { days: Math.ceil((january - now.getTime()) / 86_400_000) });
      for (let after = ""; waiting.length < 5; ) {
        const page = await clerk.ask(`GET /enrolments?limit=50&after=${after}`);
        for (const r of page.rows.filter((/** @type {any} */ x) => x.status === "graduated")) {
          const asked = (await clerk.ask(`GET /startups/${r.startup.id}/alumni`)).rows.find((/** @type {any} */ a) => a.status === "open");
          if (asked && waiting.length < 5) waiting.push({ id: r.startup.id, name: r.startup.name, asked: asked.id });
        }
        if (!(after = page.next)) break;
      }
      if (waiting.length < 5) return [`${waiting.length} startups are asked`];
    });

    for (const lang of /** @type {const} */ (["vi", "en"])) {
      const { t, press, choose } = await hands(lang);
      const [one, other] = [waiting.shift(), waiting.shift()];
      /** @type {string} */ let used = "";

      await test(`five questions are answered by their link on a phone, once (${lang})`, async () => {
        if (!one) throw new Error("nobody is asked");
        const page = await phone(lang), heard = listen(page), older = await link(one.asked);
        used = await link(one.asked);
        await to(page, used);
        await page.getByRole("heading", { name: t("alumni.how_is", { startup: one.name }) }).waitFor();
        const wrong = await looks(page);
        await press(page, "alumni.send"); // what became of it must be said
        await page.getByText(t("form.required"), { exact: true }).first().waitFor();
        wrong.push(...(await looks(page)));
        await choose(page, "alumni.fate_active");
        await page.getByLabel(new RegExp(`^${t("alumni.jobs").slice(0, 12)}`)).fill("0");
        await press(page, "alumni.send");
        await page.getByText(t("alumni.thanks"), { exact: true }).waitFor();
        wrong.push(...(await looks(page)), ...heard.filter((w) => !/400|422/.test(w)));
        const kept = (await clerk.ask(`GET /startups/${one.id}/alumni`)).rows.find((/** @type {any} */ a) => a.id === one.asked);
        if (kept.status !== "answered" || kept.fate !== "active" || kept.jobs !== 0 || kept.revenue_vnd !== null) wrong.push(`kept: ${JSON.stringify(kept)}`);
        await page.goto(used);
        await page.getByText(t("alumni.link_was_used"), { exact: true }).waitFor();
        await page.goto(older);
        await page.getByText(t("report.link_dead"), { exact: true }).waitFor();
        if (await page.locator("form").count()) wrong.push("a link that was replaced shows the form");
        return [...wrong, ...(await looks(page))];
      });

      await test(`another startup's link is turned away, and opens once they have signed out (${lang})`, async () => {
        if (!other) throw new Error("nobody is asked");
        const page = await phone(lang), at = await link(other.asked);
        await signIn(page, url, mail("founder"));
        await page.goto(`${at}?lang=${lang}`);
        await page.getByText(t("report.link_end.link_others"), { exact: true }).waitFor();
        const wrong = await looks(page);
        if (await page.locator("form").count()) wrong.push("the form is shown all the same");
        await press(page, "report.link_leave");
        await page.getByRole("heading", { name: t("alumni.how_is", { startup: other.name }) }).waitFor();
        await page.goto(`${at.slice(0, -8)}abcdefgh?lang=${lang}`); // and a link that nobody has made opens nothing
        await page.getByText(t("report.link_dead"), { exact: true }).waitFor();
        return wrong;
      });
    }

    await test("after six weeks a link says that it is over, in both languages", async () => {
      await pass(url, { days: 35 }); // when the last mail about it has gone, whose link takes the place of older ones
      const forgotten = await link(/** @type {any} */ (waiting[0]).asked);
      await pass(url, { days: 10 });
      const wrong = [];
      for (const lang of /** @type {const} */ (["vi", "en"])) {
        const page = await phone(lang), { t } = await hands(lang);
        await page.goto(forgotten);
        await page.getByText(t("alumni.link_over"), { exact: true }).waitFor();
        if (await page.locator("form").count()) wrong.push(`${lang}: the form is shown all the same`);
        wrong.push(...(await looks(page)));
      }
      return wrong;
    });
  } finally {
    for (const context of open) await context.close();
  }
}
