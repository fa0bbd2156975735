// A founder reports on a phone, by the link of a mail and without an account, in both languages; and whoever comes with a link
// that opens nothing is told why, in words.
import * as browser from "./browser.mjs";
import { accessibility, geometry, listen } from "./checks.mjs";
import { signedIn } from "./crowd.mjs";
import { hands, hour, pass, to } from "./hands.mjs";
import { mail, password, signIn } from "./people.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** What a person needs, in seconds: to read a question and decide, to tap, to type a character. */
const pace = { question: 12, tap: 2, key: 0.5 };
const most = 180;

/** @param {import("./run.mjs").Kit} kit */
export default async function report({ test, browser: chromium, url, demo }) {
  if (!demo) return;
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

  const [clerk, founder] = /** @type {[import("./crowd.mjs").Somebody, import("./crowd.mjs").Somebody]} */ (await signedIn(url, [{ email: mail("staff"), password }, { email: mail("founder") }]));
  /** @type {string[]} */
  const own = (await founder.ask("GET /account")).startups.map((/** @type {any} */ s) => s.slug);
  /** @param {string} id of a report @returns {Promise<string>} */
  const link = async (id) => url + (await clerk.ask(`POST /reports/${id}/link`)).path;
  /** Reports in a state, newest first. @param {string} status @returns {Promise<any[]>} */
  const reports = async (status) => (await clerk.ask(`GET /reports?status=${status}&limit=100`)).rows;

  const other = "Đội học được điều gì?";
  /** @type {string} */ let tooOld;
  /** @type {Record<string, string>} */ const ended = {};
  try {
    await test("staff ask one more question in words, in a copy of the template that they put to use", async () => {
      const { t, press, pick, sees } = await hands("vi"), page = await phone("vi"), menu = t("kpi.menu", { label: "Báo cáo tháng" });
      await signIn(page, url, mail("staff"));
      await to(page, `${url}/app/kpis`);
      await pick(page, menu, "template.copy");
      await sees(page, "template.copied");
      const copy = page.getByRole("button", { name: menu, exact: true }).nth(1); // behind the one in use
      await copy.click();
      await page.locator("dialog[open]").getByRole("menuitem", { name: t("question.edit"), exact: true }).click();
      const dialog = page.getByRole("dialog").filter({ visible: true });
      await press(dialog, "question.add");
      const set = dialog.locator("fieldset").last();
      await set.getByLabel(t("question.label_vi")).fill(other);
      await set.getByLabel(t("question.required")).check();
      const wrong = await looks(page);
      await press(dialog, "state.save");
      await sees(page, "question.kept");
      await copy.click();
      await page.locator("dialog[open]").getByRole("menuitem", { name: t("template.use"), exact: true }).click();
      await sees(page, "template.in_use");
      return wrong;
    });
    await test("a link that is made today ends within a month", async () => {
      tooOld = await link((await reports("missed"))[0].id);
      const day = Number(hour(await pass(url, { days: 31 })).slice(8, 10));
      if (day > 10) await pass(url, { days: 35 - day }); // to the first days of a month, when the reports of the month before are open
    });

    /** @type {any[]} */ let waiting = [];
    for (const lang of /** @type {const} */ (["vi", "en"])) {
      const { t, press } = await hands(lang);
      /** Opens a link and expects these words. @param {Page} page @param {string} at @param {string} key */
      const says = async (page, at, key) => {
        await page.goto(at);
        await page.getByText(t(key), { exact: true }).first().waitFor();
        if (await page.locator("form .rep").count()) return [`${key}: the form is shown all the same`];
        return (await looks(page)).map((w) => `${key}: ${w}`);
      };

      await test(`a report is sent by its link on a phone, without an account, within three minutes (${lang})`, async () => {
        waiting = await pick(clerk, (await reports("open")).filter((r) => !own.includes(r.slug)));
        const one = waiting.shift();
        const at = await link(one.id), page = await phone(lang), heard = listen(page);
        await to(page, at);
        let seconds = 0;
        const tap = async (/** @type {import("playwright-core").Locator} */ what) => { await what.click(); seconds += pace.tap; };
        const type = async (/** @type {import("playwright-core").Locator} */ what, /** @type {string} */ text) => { await what.fill(text); seconds += pace.tap + pace.key * text.length; };
        const rows = page.locator("form .rep");
        await rows.first().waitFor();
        const wrong = await looks(page);

        const sheet = await clerk.ask(`GET /reports/${one.id}`);
        let zero = true, same = true, changed = true, refused = true, taken = 0;
        for (const [i, k] of sheet.kpis.entries()) {
          seconds += pace.question;
          const row = rows.nth(i), field = row.getByRole("textbox").first(), last = sheet.previous.find((/** @type {any} */ x) => x.kpi === k.id);
          const before = last?.state === "value" ? last.value : null;
          if (k.agg === "last" && before !== null) {
            if (!(await field.inputValue())) wrong.push(`${k.key}: last time's figure is not there`);
            taken++;
            if (changed && before > 0) { // one more than last time, and the form says so
              await type(field, String(before + 1));
              await row.locator(".diff").getByText(t("figure.more").split("{")[0]?.trim() ?? "").first().waitFor();
              changed = false;
            }
          } else if (last?.state === "na") {
            taken++;
          } else if (before !== null && same && before !== 0) { // a month's flow is never guessed: one tap takes it over
            if (await field.inputValue()) wrong.push(`${k.key}: a flow is filled in by itself`);
            await tap(row.locator("button.linkish"));
            if (!(await field.inputValue())) wrong.push(`${k.key}: the tap took nothing over`);
            same = false;
          } else if (zero) {
            await type(field, "0");
            if (!before) await tap(row.getByRole("button", { name: t("reading.note_on", { label: lang === "vi" ? k.label_vi : k.label_en }) })); // a jump asks for a word by itself
            await type(row.getByRole("textbox").nth(1), lang === "vi" ? "Đợt này nghỉ" : "A quiet month");
            zero = false;
          } else {
            await row.locator("select").first().selectOption(refused ? "refused" : "not_reported");
            seconds += 2 * pace.tap;
            refused = false;
          }
        }
        await row2(page).locator("select.ev").nth(1).selectOption("documented").then(() => { seconds += 2 * pace.tap; });
        if (!taken) wrong.push("nothing was taken over from last time");
        const [ask, more] = sheet.questions, said = lang === "vi" ? "Cần một cố vấn pháp lý" : "We need a lawyer";
        seconds += pace.question;
        await type(page.getByRole("textbox", { name: lang === "vi" ? ask.label_vi : ask.label_en }), said);
        const all = sheet.kpis.length + 1; // the question that may stay open does not count
        await page.getByText(t("report.done", { n: all - 1, of: all }), { exact: true }).waitFor();
        seconds += pace.question;
        await type(page.getByRole("textbox", { name: more.label_vi }), said);
        await page.getByText(t("report.done", { n: all, of: all }), { exact: true }).waitFor();
        const send = page.getByRole("button", { name: t("report.send"), exact: true });
        const first = rows.first().getByRole("textbox").first(), stood = await first.inputValue(); // a key that lands in a number replaces it
        if (stood) {
          await first.focus();
          await page.keyboard.press("Shift+Tab");
          await page.keyboard.press("Tab");
          if (!(await first.evaluate((/** @type {HTMLInputElement} */ e) => e.selectionStart === 0 && e.selectionEnd === e.value.length))) wrong.push("the number is not selected, and what is typed is added to it");
        }
        await page.context().setOffline(true);
        await send.click();
        await page.locator("[role=alert]:focus").getByText(t("error.offline"), { exact: true }).waitFor();
        await page.context().setOffline(false);
        await page.locator("[data-save=saved]").waitFor();
        await tap(send);
        await page.getByText(t("report.thanks"), { exact: true }).waitFor();
        await page.locator("h1:focus").waitFor({ state: "attached" });
        wrong.push(...(await looks(page)), ...heard.filter((w) => !w.includes("ERR_INTERNET_DISCONNECTED"))); // that one was ours
        if (seconds > most) wrong.push(`a person needs ${seconds} seconds`);
        const kept = await clerk.ask(`GET /reports/${one.id}`);
        if (kept.request.status !== "submitted") wrong.push(`the report is ${kept.request.status}`);
        if (kept.readings.length !== kept.kpis.length) wrong.push(`${kept.readings.length} of ${kept.kpis.length} are answered`);
        if (kept.answers[ask.key] !== said) wrong.push(`in words it says ${JSON.stringify(kept.answers)}`);
        if (kept.readings.some((/** @type {any} */ r) => r.source !== "link")) wrong.push("an answer does not say that it came by link");
        if (!kept.readings.some((/** @type {any} */ r) => r.grade === "documented")) wrong.push("no answer is documented");
        ended["used"] = at;
        ended["one"] = one.id;
        return wrong;
      });

      await test(`a link that opens nothing says why (${lang})`, async () => {
        const page = await phone(lang), wrong = [];
        wrong.push(...(await says(page, tooOld, "report.link_end.link_over")));
        wrong.push(...(await says(page, ended["used"] ?? "", "report.link_end.link_used")));
        await clerk.ask(`POST /reports/${ended["one"]}/accept`);
        wrong.push(...(await says(page, ended["used"] ?? "", "report.link_end.link_accepted")));
        const [other, third] = waiting;
        const first = await link(other.id), second = await link(other.id);
        wrong.push(...(await says(page, first, "report.link_end.link_replaced")));
        await clerk.ask(`POST /reports/${other.id}/link/revoke`);
        wrong.push(...(await says(page, second, "report.link_end.link_revoked")));
        const waived = await link(third.id);
        await clerk.ask(`POST /reports/${third.id}/waive`, { reason: lang === "vi" ? "Nghỉ hè" : "Summer break" });
        wrong.push(...(await says(page, waived, "report.link_end.link_waived")));
        wrong.push(...(await says(page, `${first.slice(0, -22)}${second.slice(-22)}`, "report.link_dead")));
        return wrong;
      });

      await test(`another startup's link is turned away, and opens once they have signed out (${lang})`, async () => {
        const page = await phone(lang);
        await signIn(page, url, mail("founder"));
        const at = await link(waiting[0].id);
        const wrong = await says(page, `${at}?lang=${lang}`, "report.link_end.link_others");
        await press(page, "report.link_leave");
        await page.locator("form .rep").first().waitFor();
        return wrong;
      });

      await test(`a link that ends while somebody is writing says so at once (${lang})`, async () => {
        const page = await phone("vi");
        await to(page, `${await link(waiting[0].id)}?lang=${lang}`); // as the link of a mail in their language
        await page.locator("form .rep").first().waitFor();
        await clerk.ask(`POST /reports/${waiting[0].id}/link/revoke`);
        await page.locator("form .rep").first().getByRole("textbox").first().fill("7");
        await page.getByText(t("report.link_end.link_revoked"), { exact: true }).waitFor();
      });
    }

    await test("a founder reads the question that staff have added, and answers it", async () => {
      const page = await phone("vi"), [mine] = (await founder.ask("GET /reports?mine=1&status=open")).rows.filter((/** @type {any} */ r) => r.kind === "month");
      await signIn(page, url, mail("founder"));
      await to(page, `${url}/app/reports/${mine.id}`);
      await page.getByRole("textbox", { name: other }).fill("Bán hàng khó hơn làm sản phẩm.");
      await page.locator("[data-save=saved]").waitFor();
      const { questions, answers } = await clerk.ask(`GET /reports/${mine.id}`);
      const asked = questions.find((/** @type {any} */ q) => q.label_vi === other);
      return asked && answers[asked.key] === "Bán hàng khó hơn làm sản phẩm." ? [] : [`it says ${JSON.stringify(answers)}`];
    });

    await test("staff make a link on their page, take it back, and correct what was accepted", async () => {
      const { t, press, field } = await hands("vi"), page = await phone("vi");
      await signIn(page, url, mail("staff"));
      await to(page, `${url}/app/reports/${waiting[0].id}`);
      await press(page, "report.make_link");
      await page.getByRole("dialog").locator("code").waitFor();
      await page.keyboard.press("Escape");
      await press(page, "report.link_revoke");
      await page.getByText(t("report.link_revoked_done")).first().waitFor();
      await to(page, `${url}/app/reports/${ended["one"]}`);
      await press(page, "report.revise_go");
      const dialog = page.getByRole("dialog");
      await field(dialog, "figure.kpi").selectOption({ index: 1 });
      await field(dialog, "figure.number").fill("1234567");
      await field(dialog, "report.reason").fill("Theo sổ kế toán");
      await press(dialog, "report.revise_go");
      await page.getByRole("heading", { name: t("report.corrections") }).waitFor();
      await page.getByText("Theo sổ kế toán").waitFor();
      const words = page.getByRole("button", { name: t("report.reword_one", { label: other }) }); // staff also correct what is said in words
      await words.click();
      await dialog.getByLabel(new RegExp(`^${other.replace("?", "\\?")}`)).fill("Đội học được cách nghe khách.");
      await field(dialog, "report.reason").fill("Đội gọi điện sửa lời");
      await press(dialog, "report.revise_go");
      await page.getByText("Đội gọi điện sửa lời").waitFor();
      const told = page.locator("section").filter({ has: page.getByRole("heading", { name: t("report.corrections") }) });
      await told.getByText("Đội học được cách nghe khách.").waitFor();
      return looks(page);
    });
    await test("staff copy a template, put the copy to use, and follow a figure by another version", async () => {
      const { t, press, pick, field } = await hands("vi"), page = await phone("vi");
      await signIn(page, url, mail("staff"));
      await to(page, `${url}/app/kpis`);
      const wrong = await looks(page);
      await pick(page, t("kpi.menu", { label: "Báo cáo tháng" }), "template.copy");
      await page.getByText(t("template.copied")).first().waitFor();
      await pick(page, t("kpi.menu", { label: "Khách hàng đang trả tiền" }), "kpi.amend");
      const dialog = page.getByRole("dialog").filter({ visible: true });
      await dialog.getByText(t("kpi.amend_why")).waitFor();
      if (await dialog.getByLabel(t("kpi.agg")).count()) wrong.push("the meaning of a figure in use can be edited");
      await dialog.getByLabel(new RegExp(t("kpi.map_to", { name: "UBI" }))).fill("Customers");
      await press(dialog, "kpi.keep");
      await page.getByText("Customers", { exact: true }).first().waitFor();
      await pick(page, t("kpi.menu", { label: "Khách hàng đang trả tiền" }), "kpi.follow");
      await field(dialog, "kpi.help_vi").fill("Số khách trả tiền trong ba tháng gần đây.");
      await press(dialog, "kpi.keep");
      await page.getByText(t("kpi.is_retired"), { exact: true }).first().waitFor();
      await page.getByText(t("kpi.version", { n: 2 })).first().waitFor();
      await to(page, `${url}/app/kpis`); // without the words that lie over the page for a while
      wrong.push(...(await looks(page)));
      return wrong;
    });
  } finally {
    for (const context of open) await context.close();
  }
}

/** @param {Page} page the second question of a report */
const row2 = (page) => page.locator("form .rep").filter({ has: page.locator("select.ev:nth-of-type(2)") }).first();

/**
 * Reports on a month of startups that have reported before and are not the demo founder's own, the newest first.
 * @param {import("./crowd.mjs").Somebody} clerk
 * @param {any[]} rows
 */
async function pick(clerk, rows) {
  const some = [];
  for (const r of rows) {
    if (some.length === 4) break;
    const sheet = await clerk.ask(`GET /reports/${r.id}`);
    if (r.kind === "month" && sheet.previous.filter((/** @type {any} */ x) => x.state === "value").length > 2) some.push(r);
  }
  return some;
}
