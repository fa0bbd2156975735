// The overview as a paper of the centre: what a printer gets is the paper and nothing of the screen around it.
import * as browser from "./browser.mjs";
import { mail, ready, signIn } from "./people.mjs";

const width = 665; // 176 mm between the margins of an A4 page, at 96 px an inch

/** @param {import("./run.mjs").Kit} kit */
export default async function print({ test, browser: chromium, url, demo }) {
  if (!demo) return;
  await test("the overview prints as a paper of the centre", async () => {
    const context = await browser.open(chromium, { width: 1280, lang: "vi", theme: "dark" });
    try {
      const page = await context.newPage();
      await page.addInitScript(() => { globalThis.print = () => {}; }); // no dialog of a printer
      await signIn(page, url, mail("manager"));
      await page.goto(`${url}/app/portfolio`);
      await ready(page);
      if (await page.locator(".paper-head").count()) return ["the head of the paper is there before anybody prints"];
      await page.keyboard.press("Control+p");
      await page.locator(".paper-head").waitFor({ state: "attached" });
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width, height: 1000 });
      return await page.evaluate((width) => {
        const seen = (/** @type {string} */ what) => [...document.querySelectorAll(what)].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1);
        const wrong = seen("nav, .side, .mtop, .tabbar, .demo, button, select").map((e) => `on paper: ${e.tagName.toLowerCase()}.${e.className}`);
        if (!seen(".paper-head").length) wrong.push("no head of the centre");
        if (!seen("table").length) wrong.push("no table");
        wrong.push(...seen("table, .panel, svg").filter((e) => e.getBoundingClientRect().right > width + 1).map((e) => `wider than the paper: ${e.tagName.toLowerCase()}.${e.getAttribute("class")}`));
        return wrong;
      }, width);
    } finally {
      await context.close();
    }
  });
}
