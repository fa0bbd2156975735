// The way in by a provider of identities, through the pages alone, against a real one beside the demo: a stranger gets an
// account, somebody who has one proves the address by a mailed code, links and unlinks, and whoever says no is led on.
import { readFile } from "node:fs/promises";
import * as browser from "./browser.mjs";
import { latest, nextMail, ready } from "./people.mjs";

/** @param {import("./run.mjs").Kit} kit */
export default async function identity({ test, browser: chromium, url, identities, shots }) {
  if (!identities) return;
  /** @param {"vi" | "en"} lang */
  const speaker = async (lang) => {
    /** @type {Record<string, string>} */
    const words = JSON.parse(await readFile(new URL(`../pb_public/i18n/${lang}.json`, import.meta.url), "utf8"));
    return (/** @type {string} */ key) => (words[key] ?? "").replaceAll("{provider}", lang === "vi" ? "Định danh điện tử" : "eID");
  };
  const [vi, en] = [await speaker("vi"), await speaker("en")];
  /** Whoever has an account is spoken to in its language, which is not always the browser's. @param {string} key */
  const theirs = (key) => new RegExp(`^(${vi(key)}|${en(key)})$`);
  for (const lang of /** @type {const} */ (["vi", "en"])) {
    const t = lang === "vi" ? vi : en;
    /** @param {390 | 1280} width */
    const visitor = async (width) => {
      const context = await browser.open(chromium, { width, lang, theme: "light" });
      await context.addCookies([{ name: "lang", value: lang, url }]);
      return context.newPage();
    };
    /** @param {import("playwright-core").Page} page @param {string} name */
    const shoot = (page, name) => (shots ? page.screenshot({ path: `e2e/shots/identity-${name}-${page.viewportSize()?.width}-${lang}.png`, fullPage: true }) : null);
    /** @param {import("playwright-core").Page} page @param {string} who */
    const go = async (page, who) => {
      await page.getByRole("button", { name: t("identity.go") }).click();
      await page.getByRole("link", { name: who }).click();
    };

    await test(`a stranger comes by their identity (${lang})`, async () => {
      const page = await visitor(lang === "vi" ? 390 : 1280);
      await page.goto(`${url}/app/account`);
      await page.getByRole("button", { name: t("identity.go") }).waitFor();
      await shoot(page, "sign-in");
      await go(page, lang === "vi" ? "Nguyễn Thị Mai" : "Ann Tran");
      await ready(page);
      await page.getByRole("heading", { level: 1, name: t("account.title") }).waitFor();
      if (page.url() !== `${url}/app/account`) throw new Error(`led to ${page.url()}`);
      await page.getByRole("button", { name: t("identity.unlink") }).waitFor();
      await shoot(page, "linked");
      await page.getByRole("button", { name: t("identity.unlink") }).click();
      await page.getByRole("dialog").getByRole("button", { name: t("identity.unlink") }).click();
      await page.getByText(t("identity.last_way")).waitFor();
      await shoot(page, "last-way");
      await page.context().close();
    });

    await test(`somebody with an account proves the address, unlinks and links again (${lang})`, async () => {
      const page = await visitor(lang === "vi" ? 1280 : 390);
      await page.goto(`${url}/app/sign-in`);
      await go(page, "Somebody with an account");
      await page.getByRole("heading", { level: 1, name: t("identity.prove_title") }).waitFor();
      await shoot(page, "prove");
      const known = await latest(url, "founder@demo.test");
      await page.getByRole("button", { name: t("sign_in.send") }).click();
      await page.locator("input[autocomplete=one-time-code]").fill((await nextMail(url, "founder@demo.test", 0, known)).code);
      await page.locator("input[autocomplete=one-time-code]").waitFor({ state: "detached" });
      await ready(page);
      await page.goto(`${url}/app/account`);
      await page.getByRole("button", { name: theirs("identity.unlink") }).click();
      await page.getByRole("dialog").getByRole("button", { name: theirs("identity.unlink") }).click();
      await page.getByRole("button", { name: theirs("identity.link") }).waitFor();
      await shoot(page, "unlinked");
      await page.getByRole("button", { name: theirs("identity.link") }).click();
      await page.getByRole("dialog").getByRole("button", { name: theirs("identity.go_on") }).click();
      await page.getByRole("link", { name: "Somebody with an account" }).click();
      await page.getByText(theirs("identity.linked")).first().waitFor();
      await page.getByRole("button", { name: theirs("identity.unlink") }).click();
      await page.getByRole("dialog").getByRole("button", { name: theirs("identity.unlink") }).click();
      await page.getByRole("button", { name: theirs("identity.link") }).waitFor(); // as it was, for the next
      await page.context().close();
    });

    await test(`whoever comes back with nothing is told so, and may go on (${lang})`, async () => {
      const page = await visitor(390);
      await page.goto(`${url}/sign-in/callback?error=access_denied&state=none`);
      await page.getByRole("alert").getByText(t("identity.lost")).waitFor();
      await shoot(page, "lost");
      await page.getByRole("button", { name: t("identity.go") }).waitFor();
      await page.context().close();
    });
  }
}
