// The board of an intake in two browsers: what one person does the other sees; many cards at once and the way back; filters in
// the address; a view that is shared; the table.
import * as browser from "./browser.mjs";
import { mail, ready, signIn } from "./people.mjs";

/** @param {import("./run.mjs").Kit} kit */
export default async function board({ test, browser: chromium, url, demo }) {
  if (!demo) return;
  /** @param {"staff" | "manager"} role */
  const desk = async (role) => {
    const page = await (await browser.open(chromium, { width: 1280, lang: "vi", theme: "light" })).newPage();
    await signIn(page, url, mail(role));
    await page.goto(`${url}/app/intakes/khoa-4/board`);
    await ready(page);
    return page;
  };
  const mine = await desk("staff"), theirs = await desk("manager");
  const column = (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ c) => page.locator(`section[aria-labelledby=col-${c}]`);
  const holds = (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ c, /** @type {number} */ n) => page.waitForFunction(([id, want]) => document.querySelector(`#col-${id} .n`)?.textContent === String(want), /** @type {const} */ ([c, n]));
  const count = async (/** @type {string} */ c) => Number(await mine.locator(`#col-${c} .n`).innerText());
  const before = { from: await count("interview"), to: await count("screening") };

  await test("two cards that are ticked move at once, the other browser sees it, and undo brings them back", async () => {
    const cards = column(mine, "interview").locator(".kcard");
    await cards.nth(0).focus();
    await mine.keyboard.press("x");
    await cards.nth(1).locator("input[type=checkbox]").check();
    await mine.locator(".bulkbar button[aria-haspopup=menu]").first().click();
    await mine.locator("dialog[open] [role=menuitem]").nth(1).click();
    await holds(theirs, "screening", before.to + 2);
    await mine.locator(".toast button, [class*=toast] button").first().click();
    await holds(mine, "screening", before.to);
    await holds(theirs, "interview", before.from);
  });
  await test("a card moves by drag and by key, and the other browser sees it", async () => {
    const id = await column(mine, "interview").locator(".kcard").first().getAttribute("data-card");
    const seen = (/** @type {string} */ c) => theirs.waitForFunction(([col, card]) => document.querySelector(`section[aria-labelledby=col-${col}] [data-card="${card}"]`), /** @type {const} */ ([c, id]));
    await mine.locator(`[data-card="${id}"]`).dragTo(column(mine, "screening"));
    await seen("screening");
    await mine.locator(`[data-card="${id}"]`).focus();
    await mine.keyboard.press("]");
    await seen("interview");
  });
  await test("what is looked for stands in the address, and a shared view leads a colleague there", async () => {
    await mine.goto(`${url}/app/intakes/khoa-4/board?proposal=waitlist`);
    await ready(mine);
    await mine.locator(".chips .chip").first().waitFor();
    await mine.getByRole("button", { name: "Cách xem" }).click();
    await mine.locator("dialog[open] [role=menuitem]").filter({ hasText: "Lưu cách xem này" }).click();
    await mine.locator("dialog[open] input[name=title]").fill("Những hồ sơ đề xuất cho vào danh sách chờ đợt này");
    await mine.locator("dialog[open] input[name=shared]").check();
    await mine.locator("dialog[open] form button.btn").first().click();
    await mine.locator("dialog[open]").waitFor({ state: "detached" });
    await theirs.reload();
    await ready(theirs);
    await theirs.getByRole("button", { name: "Cách xem" }).click();
    await theirs.locator("dialog[open] [role=menuitem]").filter({ hasText: "Những hồ sơ" }).click();
    await theirs.locator(".chips .chip").first().waitFor();
    return theirs.url().endsWith("?proposal=waitlist") ? [] : [theirs.url()];
  });
  await test("what was handed in is taken away as a book", async () => {
    await theirs.goto(`${url}/app/intakes/khoa-4/applications`);
    await ready(theirs);
    const [book] = await Promise.all([theirs.waitForEvent("download"), theirs.getByRole("button", { name: "Tải Excel" }).click()]);
    return book.suggestedFilename().endsWith(".xlsx") ? [] : [book.suggestedFilename()];
  });
  for (const page of [mine, theirs]) await page.context().close();
}
