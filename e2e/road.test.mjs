// The whole road on a phone, through the pages alone: an intake is written and published, a stranger applies, two judges
// score, a card moves, a manager decides and releases, the offer is accepted, a report is sent, and a missing one is noticed.
import * as browser from "./browser.mjs";
import { hands, pass, to as goTo } from "./hands.mjs";
import { mail, nextMail, signIn } from "./people.mjs";

const { t, field, choose, enter } = await hands("vi");

/** @typedef {import("playwright-core").Page} Page */

const team = "Men Xanh Lái Thiêu";
const call = `Đợt thử ${Date.now() % 100000}`;

/** @param {import("./run.mjs").Kit} kit */
export default async function road({ test, browser: chromium, url, demo }) {
  if (!demo) return;
  /** @type {import("playwright-core").BrowserContext[]} */
  const open = [];
  /** Somebody with a phone of their own. @returns {Promise<Page>} */
  const phone = async () => {
    const context = await browser.open(chromium, { width: 390, lang: "vi", theme: "light" });
    open.push(context);
    return context.newPage();
  };
  /** @param {"staff" | "manager" | "judge"} role */
  const demoPerson = async (role) => {
    const page = await phone();
    await signIn(page, url, mail(role));
    return page;
  };
  /** Every mail of the demo, newest first. @returns {Promise<import("./people.mjs").Mail[]>} */
  const mails = async () => (await fetch(`${url}/demo/mail.json`)).json();
  /** Signs somebody in by a mailed code, whether or not the house knows them. @param {string} address */
  const byCode = async (address) => {
    const page = await phone();
    await enter(page, url, address);
    return page;
  };
  /** Lets the demo's time pass. @param {Record<string, number>} by */
  const later = (by) => pass(url, by);
  /** @param {Page} page @param {string} path */
  const to = (page, path) => goTo(page, url + path);
  /** @param {Page | import("playwright-core").Locator} within @param {string} key */
  const press = (within, key) => within.getByRole("button", { name: t(key), exact: true }).click();
  /** @param {Page} page @param {string | RegExp} text */
  const sees = (page, text) => page.getByText(text).first().waitFor();

  const address = `khoi.${Date.now() % 1_000_000}@example.test`;
  let intake = "", application = "";
  /** @type {Page} */ let staff;
  /** @type {Page} */ let manager;
  /** @type {Page} */ let founder;

  try {
    await test("staff write an intake and publish it", async () => {
      staff = await demoPerson("staff");
      await to(staff, "/app/intakes");
      await press(staff, "intakes.new");
      const dialog = staff.getByRole("dialog");
      await field(dialog, "terms.programme").selectOption("programme000001");
      await field(dialog, "terms.cohort").selectOption({ index: 1 });
      await field(dialog, "terms.form").selectOption("formbasic000001");
      await field(dialog, "terms.title_vi").fill(call);
      const at = (/** @type {number} */ hours) => new Date(Date.now() + (hours + 7) * 3600_000).toISOString().slice(0, 16);
      await field(dialog, "terms.opens").fill(at(-1));
      await field(dialog, "terms.closes").fill(at(20));
      await press(dialog, "terms.create");
      await staff.waitForURL(/\/app\/intakes\/[a-z0-9]{15}$/);
      intake = staff.url().split("/").at(-1) ?? "";
      await press(staff, "desk.publish_do");
      await sees(staff, t("desk.publish_done"));
    });

    await test("a stranger signs in by mail, applies, and keeps the receipt", async () => {
      founder = await byCode(address);
      await to(founder, "/app/intakes");
      await founder.getByRole("link", { name: new RegExp(call) }).click();
      await founder.getByRole("link", { name: t("call.apply") }).first().click();
      await press(founder, "apply.begin");
      await field(founder, "apply.name").fill(team);
      const asks = founder.locator("form [name^='answers.']");
      await founder.locator("[name='answers.team']").fill("Ba người: một thợ gốm, hai kỹ sư.");
      await founder.locator("[name='answers.problem']").fill("Lò gốm hỏng một phần mười mẻ vì men nứt.");
      await founder.locator("[name='answers.solution']").fill("Camera soi men trước khi nung, báo ngay trên điện thoại.");
      await founder.locator("select[name='answers.sector']").selectOption("manufacturing");
      await founder.locator("[name='answers.headcount']").fill("3");
      if ((await asks.count()) < 5) return [`the form has ${await asks.count()} fields`];
      await sees(founder, /Đã lưu \d\d:\d\d/);
      await press(founder, "apply.send");
      await founder.waitForURL(/\/app\/applications\/[a-z0-9]{15}/);
      application = founder.url().match(/applications\/([a-z0-9]{15})/)?.[1] ?? "";
      await sees(founder, /HS-[0-9A-Z]{4}-[0-9A-Z]{4}/);
      const receipt = await nextMail(url, address, 1);
      if (receipt.text.includes("Lò gốm")) return ["the receipt carries what was written"];
      return [];
    });

    /** @type {import("./people.mjs").Mail[]} */
    let told = [];
    await test("the intake closes; staff ask two judges and open the round", async () => {
      await later({ days: 1 });
      const before = new Set((await mails()).map((m) => JSON.stringify(m))); // the mailbox keeps the newest alone
      await to(staff, `/app/intakes/${intake}/applications`);
      await staff.getByRole("checkbox", { name: t("handed.mark", { title: team }) }).check();
      await staff.getByRole("button", { name: t("handed.assign_n", { n: 1 }) }).click();
      const dialog = staff.getByRole("dialog");
      const judges = dialog.getByRole("checkbox");
      await judges.first().waitFor();
      if ((await judges.count()) < 2) return ["there are fewer than two judges"];
      await judges.nth(0).check();
      await judges.nth(1).check();
      await press(dialog, "assign.send");
      await sees(staff, t("assign.done", { n: 2 }));
      await later({ days: 1 }); // who is asked several times within a quarter of an hour hears of it once, at its end
      for (const until = Date.now() + 10_000; Date.now() < until && told.length < 2; ) {
        told = (await mails()).filter((m) => !before.has(JSON.stringify(m)) && m.link.includes("/app/judging") && m.subject === t("notice.sheets_asked.title"));
      }
      await to(staff, `/app/intakes/${intake}`);
      await press(staff, "gate.round_open");
      await staff.getByRole("dialog").getByRole("button", { name: t("gate.round_open") }).click();
      await sees(staff, t("gate.round_opened"));
      return [];
    });

    await test("two judges score it and declare that they have no conflict", async () => {
      const judges = [...new Set(told.map((m) => m.to))];
      if (judges.length !== 2) return [`${judges.length} judges were told`];
      for (const judge of judges) {
        const page = await byCode(judge);
        await to(page, "/app/judging");
        await page.getByRole("link", { name: new RegExp(team) }).first().click();
        const tab = page.getByRole("button", { name: t("judging.one"), exact: true }); // on a phone the sheet lies behind the paper
        await page.locator(".split[class*=side-]").waitFor(); // and not the one that stands there while it loads
        if (await tab.isVisible()) await tab.click();
        await page.locator(".score").first().waitFor();
        for (const row of await page.locator(".score").all()) await row.locator("label").nth(3).click();
        await choose(page, "judging.say_yes");
        if (await page.getByText(address).count()) return ["a judge sees who applied"];
        await press(page, "judging.submit");
        await page.getByRole("alert").first().waitFor(); // the declaration is missing
        await page.getByRole("checkbox", { name: new RegExp(t("judging.no_conflict").slice(0, 20)) }).check();
        await press(page, "judging.submit");
        await sees(page, t("judging.thanks"));
      }
      return [];
    });

    await test("the card moves over the board by its menu and by keys", async () => {
      await to(staff, `/app/intakes/${intake}/board`);
      await staff.getByRole("button", { name: t("board.move", { name: team }) }).click();
      await staff.getByRole("menuitem", { name: t("status.screenings.screening") }).click();
      await sees(staff, t("board.moved", { name: team, column: t("status.screenings.screening") }));
      await staff.locator("[data-card]").filter({ hasText: team }).press("]");
      await sees(staff, t("board.moved", { name: team, column: t("status.screenings.interview") }));
    });

    await test("a manager decides, and nobody knows before the release", async () => {
      manager = await demoPerson("manager");
      await to(manager, `/app/intakes/${intake}`);
      await press(manager, "gate.begin");
      await sees(manager, t("gate.begun"));
      await to(manager, `/app/applications/${application}?tab=outcome`);
      await choose(manager, "status.decisions.admitted");
      await field(manager, "decide.rationale").fill("Đội hiểu nghề, có khách hàng đầu tiên.");
      await press(manager, "decide.do");
      await press(manager, "decide.do_sure");
      await sees(manager, t("decide.done"));
      await to(founder, `/app/applications/${application}`);
      await sees(founder, t("status.applications.in_review"));
      if (await founder.getByText(t("status.applications.admitted"), { exact: true }).count()) return ["the founder sees the decision"];
      await to(manager, `/app/intakes/${intake}`);
      await press(manager, "gate.release");
      await manager.getByRole("dialog").getByRole("button", { name: t("gate.release") }).click();
      await sees(manager, t("gate.release_done"));
      return [];
    });

    await test("the founder accepts and sends the baseline", async () => {
      await to(founder, `/app/applications/${application}`);
      await press(founder, "offer.accept");
      await sees(founder, t("offer.welcome"));
      await report(founder);
    });

    await test("the monthly report is sent in a few taps, and staff see the figure with its coverage", async () => {
      await later({ months: 1 });
      await report(founder);
      await to(staff, "/app/figures");
      await sees(staff, /\d+ (trên|\/) \d+/);
    });

    await test("who does not report is noticed", async () => {
      await later({ months: 2 });
      await to(staff, "/app/alerts?q=men+xanh+lai+thieu");
      await sees(staff, team);
    });

    /** Fills the first report that waits: one figure is zero, one is refused, the rest is unknown. @param {Page} page */
    async function report(page) {
      await to(page, "/app/reports");
      await page.locator("main a[href^='/app/reports/']").first().click();
      await page.locator("form .rep").first().waitFor();
      const questions = page.locator("form .rep");
      for (let i = 0; i < (await questions.count()); i++) {
        const one = questions.nth(i);
        if (i === 0) await one.getByRole("textbox").first().fill("0");
        else await one.locator("select").first().selectOption(i === 1 ? "refused" : "not_reported");
      }
      await sees(page, /Đã lưu \d\d:\d\d/);
      await press(page, "report.send");
      await sees(page, t("report.sent"));
    }
  } finally {
    for (const context of open) await context.close();
  }
}
