// One application written in two places: what differs stands side by side, and whoever writes keeps one of the two.
import * as browser from "./browser.mjs";
import { accessibility, geometry } from "./checks.mjs";
import { hands, to } from "./hands.mjs";
import { mail, signIn } from "./people.mjs";

/** @param {import("./run.mjs").Kit} kit */
export default async function apply({ test, browser: chromium, url, demo }) {
  if (!demo) return;
  const me = await hands("vi");
  const form = `${url}/app/intakes/nong-nghiep-so/apply`;
  const open = async (/** @type {390 | 1280} */ width) => {
    const page = await (await browser.open(chromium, { width, lang: "vi", theme: "light" })).newPage();
    await signIn(page, url, mail("member"));
    await to(page, form);
    return page;
  };
  const title = (/** @type {import("playwright-core").Page} */ page) => me.field(page, "apply.name");
  const stored = (/** @type {import("playwright-core").Page} */ page) => page.waitForResponse((r) => r.request().method() === "PATCH" && r.url().includes("/applications/"));
  /** Writes another title and answers with the status of the save. @param {import("playwright-core").Page} page @param {string} text */
  const write = async (page, text) => {
    const [answer] = await Promise.all([stored(page), title(page).fill(text)]);
    return answer.status();
  };

  await test("an application written on a phone and at a desk keeps the version that its writer chooses", async () => {
    const phone = await open(390), desk = await open(1280);
    const was = await title(phone).inputValue();
    const wrong = [];
    if ((await write(desk, `${was} tại bàn`)) !== 200) wrong.push("the first save was refused");
    if ((await write(phone, `${was} trên điện thoại`)) !== 409) wrong.push("the second save was taken over the first");
    await me.sees(phone, "apply.two_versions");
    wrong.push(...(await accessibility(phone)), ...(await geometry(phone, 390)));
    const both = await phone.locator("section[role=alert]").innerText();
    for (const part of ["tại bàn", "trên điện thoại"]) if (!both.includes(part)) wrong.push(`the two versions do not show ${part}: ${both}`);
    const [kept] = await Promise.all([stored(phone), me.press(phone, "apply.keep_here")]);
    if (kept.status() !== 200) wrong.push(`what was kept was answered ${kept.status()}`);
    if ((await write(desk, `${was} lần nữa`)) !== 409) wrong.push("the desk saved over what the phone had kept");
    await me.press(desk, "apply.keep_there");
    await desk.waitForFunction((text) => [...document.querySelectorAll("input")].some((i) => i.value === text), `${was} trên điện thoại`);
    if ((await write(desk, was)) !== 200) wrong.push("whoever took the other version cannot go on");
    return wrong;
  });
}
