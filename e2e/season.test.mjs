// An intake in full: 120 applications, eight screeners, two rounds, interviews, a waiting list, an appeal and an amendment. What
// a hundred people do alike they do through the API, each from their own account; what matters somebody does on a page.
import { spawnSync } from "node:child_process";
import path from "node:path";
import * as browser from "./browser.mjs";
import { listen } from "./checks.mjs";
import { signedIn, together } from "./crowd.mjs";
import { hands, hour, to } from "./hands.mjs";
import { mail, mailbox, nextMail, password, ready, signIn } from "./people.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./crowd.mjs").Somebody} Somebody */

const size = 120, places = 20, screeners = 8, goOn = 30;
const stamp = Date.now() % 100_000, call = `Mùa lớn ${stamp}`, best = `Men soi ${stamp}`;
const answers = { team: "Ba người", problem: "Lò gốm hỏng mẻ vì nứt men.", solution: "Camera soi men.", headcount: 3 };
const sectors = ["manufacturing", "agriculture", "logistics", "energy"];
const day = 24 * 3600_000;

/** What a screener gives an application for a criterion: no two applications are equal in all four. @param {string} title @param {number} nth */
const points = (title, nth) => (title === best ? 5 : 1 + Math.floor(Number(title.match(/\d+$/)?.[0]) / 5 ** nth) % 5);

/** @param {import("./run.mjs").Kit} kit */
export default async function season({ test, browser: chromium, url, demo, shots, after }) {
  if (!demo) return;
  const vi = await hands("vi"), en = await hands("en"), { t, field, press, choose, sees, pick } = vi;
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
    const page = await sit(width), known = (await mailbox(url, email)).length;
    await page.goto(`${url}/app/`);
    await field(page, "sign_in.email").fill(email);
    await press(page, "sign_in.send");
    await page.locator("input[autocomplete=one-time-code]").fill((await nextMail(url, email, known)).code);
    await page.locator("input[autocomplete=one-time-code]").waitFor({ state: "detached" });
    await ready(page);
    return page;
  };
  /** Lets the demo's time pass. @param {number} days */
  const later = async (days) => {
    const answer = await fetch(`${url}/demo/later`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ days }) });
    if (!answer.ok) throw new Error(`/demo/later answers ${answer.status}: ${await answer.text()}`);
    now = Date.parse(/** @type {any} */ (await answer.json()).now);
  };
  /** @param {Page} page @param {string} name */
  const shoot = async (page, name) => { if (shots) await page.screenshot({ path: `e2e/shots/season-${name}-${page.viewportSize()?.width}.png`, fullPage: true }); };
  const iso = (/** @type {number} */ at) => new Date(at).toISOString();

  let now = 0, intake = "", slug = "", mine = "", first = "", second = "";
  /** @type {Somebody} */ let clerk;
  /** @type {Somebody} */ let chief;
  /** @type {Somebody[]} */ let judges = [];
  /** @type {Page} */ let staff;
  /** @type {Page} */ let manager;
  /** @type {Page} */ let deputy;
  /** @type {Page} */ let founder;
  /** Applications by their id. @type {Map<string, { title: string, card: string, who: Somebody }>} */
  const papers = new Map();
  const titled = (/** @type {string} */ id) => papers.get(id)?.title ?? (id === mine ? best : id);
  const second_ = { email: `pho.${stamp}@example.test`, name: `Deputy ${stamp}`, password: "một mật khẩu dài" };
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
    const stand = (await all(clerk, `/intakes/${intake}/applications`)).map((a) => a.status);
    return [...new Set(stand)].sort().map((s) => `${s} ${stand.filter((x) => x === s).length}`).join(", ");
  };

  try {
    await test("an intake is written, eight screeners and a second manager take their parts", async () => {
      await later(1);
      [clerk, chief] = /** @type {[Somebody, Somebody]} */ (await signedIn(url, [{ email: mail("staff"), password }, { email: mail("manager"), password }]));
      const cohort = (await chief.ask("POST /cohorts", { programme: "programme000001", code: `M${stamp}`, title_vi: `Khóa mùa ${stamp}`, title_en: `Season ${stamp}`, capacity: places })).id;
      slug = `mua-${stamp}`;
      intake = (await clerk.ask("POST /intakes", { programme: "programme000001", cohort, form_version: "formbasic000001", slug, title_vi: call, title_en: `Season ${stamp}`, opens_at: iso(now - 3600_000), closes_at: iso(now + day), capacity: places, offer_days: 14, appeal_days: 5 })).id;
      await clerk.ask(`POST /intakes/${intake}/publish`);
      const panel = Array.from({ length: screeners }, (_, n) => ({ email: `cham.${n}.${stamp}@example.test`, name: `Giám khảo ${stamp}-${n}` }));
      const here = { type: "intake", id: intake };
      const asked = await together(panel, 4, (p) => chief.ask("POST /invitations", { email: p.email, full_name: p.name, role: "judge", scope: here, locale: "vi" }));
      const aide = (await chief.ask("POST /invitations", { email: second_.email, full_name: second_.name, role: "manager", scope: here, locale: "en" })).id;
      const [other, ...eight] = await signedIn(url, [{ email: second_.email, name: second_.name, locale: "en" }, ...panel]);
      judges = eight;
      await together(judges, 4, (j, n) => j.ask(`POST /account/invitations/${asked[n].id}/accept`));
      await other?.ask(`POST /account/invitations/${aide}/accept`, { password: second_.password });
    });

    await test("a founder applies from a phone without an account, and keeps the receipt", async () => {
      founder = await sit(390);
      await founder.goto(`${url}/intakes/${slug}/apply`);
      const email = `men.${stamp}@example.test`;
      await founder.locator("#begin-email").fill(email);
      await founder.locator("#begin-name").fill("Lê Thị Men");
      await founder.locator("#begin-title").fill(best);
      await founder.getByRole("button", { name: t("start.send") }).click();
      await founder.locator("#code").fill((await nextMail(url, email, 0)).code);
      await founder.getByRole("button", { name: t("start.enter") }).click();
      await founder.waitForURL(/\/app\/intakes\/[^/]+\/apply/);
      await ready(founder);
      for (const [name, value] of Object.entries(answers)) await founder.locator(`[name='answers.${name}']`).fill(String(value));
      await founder.locator("select[name='answers.sector']").selectOption("manufacturing");
      await founder.getByText(/Đã lưu \d\d:\d\d/).first().waitFor();
      await shoot(founder, "apply");
      await press(founder, "apply.send");
      await founder.waitForURL(/\/app\/applications\/[a-z0-9]{15}/);
      mine = founder.url().match(/applications\/([a-z0-9]{15})/)?.[1] ?? "";
      const code = await founder.getByText(/HS-[0-9A-Z]{4}-[0-9A-Z]{4}/).first().innerText();
      await shoot(founder, "receipt");
      const receipt = await nextMail(url, email, 1);
      return receipt.subject.concat(receipt.text).includes(code.match(/HS-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0] ?? "-") ? [] : ["the mailed receipt carries another code"];
    });

    await test("a hundred and nineteen more apply within a minute, each from an account of their own", async () => {
      const crowd = await signedIn(url, Array.from({ length: size - 1 }, (_, n) => ({ email: `doi.${n}.${stamp}@example.test`, name: `Người nộp ${n}` })));
      await together(crowd, 6, async (who, n) => {
        const title = `Đội ${String(n).padStart(3, "0")}`, { id, rev } = await who.ask("POST /applications", { intake });
        const saved = await who.ask(`PATCH /applications/${id}`, { title, rev, answers: { ...answers, sector: sectors[n % 4] } });
        await who.ask(`POST /applications/${id}/submit`, { rev: saved.rev });
        papers.set(id, { title, card: "", who });
      });
      await later(2);
      for (const row of await all(clerk, `/intakes/${intake}/applications`)) Object.assign(papers.get(row.id) ?? {}, { card: row.card });
      const stand = await standing();
      return stand === `in_review ${size}` ? [] : [stand];
    });

    await test("the board shows a hundred and twenty cards; a filter is moved as a whole, and taken back", async () => {
      staff = await sit(1280);
      await signIn(staff, url, mail("staff"));
      await to(staff, `${url}/app/intakes/${intake}/board`);
      const count = (/** @type {string} */ c, /** @type {number} */ n) => staff.waitForFunction(([id, want]) => document.querySelector(`#col-${id} .n`)?.textContent === String(want), /** @type {const} */ ([c, n]));
      await count("new", size);
      await sees(staff, "screening.sub", { n: size, taken: 0, capacity: places });
      await shoot(staff, "board");
      await press(staff, "sift.title");
      await staff.locator("dialog[open] select[name='answer.sector']").selectOption("energy");
      await press(staff.locator("dialog[open]"), "sift.show");
      const some = Array.from({ length: size - 1 }, (_, n) => n % 4).filter((n) => n === 3).length;
      await count("new", some);
      await staff.locator("[data-card] input[type=checkbox]").first().check();
      await press(staff, "bulk.all", { n: some });
      await pick(staff, t("board.move_to"), "status.screenings.screening");
      await sees(staff, "bulk.done", { n: some });
      await count("screening", some);
      await shoot(staff, "board-moved");
      await press(staff, "state.undo");
      await sees(staff, "bulk.undid", { n: some });
      await count("new", some);
      await to(staff, `${url}/app/intakes/${intake}/board`);
      await count("new", size);
    });

    await test("eight screeners are asked and take thirty-two sheets each; the proposal covers every application twice", async () => {
      const terms = { per_subject: 2, type: "rubric" };
      first = (await clerk.ask(`POST /intakes/${intake}/rounds`, { ...terms, title_vi: "Sơ tuyển", title_en: "Screening", advance_rule: { top: goOn, ties: "chain" } })).id;
      second = (await clerk.ask(`POST /intakes/${intake}/rounds`, { ...terms, title_vi: "Phỏng vấn", title_en: "Interview", advance_rule: { top: places, ties: "chain" } })).id;
      await to(staff, `${url}/app/rounds/${first}`);
      await press(staff, "stage.invite");
      const dialog = staff.locator("dialog[open]");
      for (let n = 0; n < screeners; n++) await dialog.getByLabel(`Giám khảo ${stamp}-${n}`).check();
      await field(dialog, "stage.how_many").fill("32");
      await shoot(staff, "invite");
      await press(dialog, "stage.invite_n", { n: screeners });
      await sees(staff, "stage.invited");
      await pledge(first, 32);
      await to(staff, `${url}/app/rounds/${first}`);
      await press(staff, "stage.propose");
      await sees(staff, "stage.proposed", { n: 2 * size });
      await press(staff, "stage.offer", { n: 2 * size });
      await sees(staff, "stage.offered", { n: 2 * size });
      await press(staff, "gate.round_open");
      await sees(staff, "gate.round_opened");
      await shoot(staff, "round");
    });

    /** Every screener takes so many sheets of a round upon themselves. @param {string} round @param {number} n */
    async function pledge(round, n) {
      await together(judges, 4, async (j) => {
        const own = (await j.ask("GET /commitments")).rows.find((/** @type {any} */ c) => c.round === round || c.round?.id === round);
        await j.ask(`POST /commitments/${own.id}/accept`, { n });
      });
    }

    /** The screeners hand in what they are asked for. It says how many sheets there were. @param {string} round */
    async function judge(round) {
      const { rubric } = await clerk.ask(`GET /rounds/${round}`);
      const done = await together(judges, 4, async (j) => {
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

    await test("a screener scores on a phone, is interrupted, and finds every point again", async () => {
      const page = await byCode(judges[0]?.email ?? "");
      await to(page, `${url}/app/judging`);
      await page.locator("main .list a[href^='/app/judging/']").first().click();
      await page.locator(".split").first().waitFor();
      const title = await page.locator("h1").innerText(), tab = page.getByRole("button", { name: t("judging.one"), exact: true });
      await tab.click();
      for (const [n, row] of (await page.locator(".score").all()).entries()) await row.locator("label").nth(points(title, n) - 1).click();
      await page.getByText(/Đã lưu \d\d:\d\d/).first().waitFor();
      await page.reload();
      await ready(page);
      await tab.click();
      await page.locator(".score").first().waitFor();
      const kept = await page.locator(".score input:checked").evaluateAll((some) => some.map((i) => Number(/** @type {HTMLInputElement} */ (i).value)));
      if (kept.join() !== [0, 1, 2, 3].map((n) => points(title, n)).join()) return [`of ${title} the sheet kept ${kept}`];
      await shoot(page, "sheet");
      await choose(page, "judging.say_yes");
      await page.getByRole("checkbox", { name: new RegExp(t("judging.no_conflict").slice(0, 20)) }).check();
      await press(page, "judging.submit");
      await sees(page, "judging.thanks");
      const rest = await judge(first);
      return rest === 2 * size - 1 ? [] : [`${rest} more sheets came in`];
    });

    await test("staff close the round, and thirty go on as its rule says", async () => {
      await to(staff, `${url}/app/rounds/${first}`);
      await press(staff, "gate.round_close");
      await press(staff, "stage.compute");
      await shoot(staff, "computed");
      await press(staff, "stage.advance", { n: goOn });
      await sees(staff, "stage.advanced", { n: goOn });
      await staff.getByRole("button", { name: t("stage.advance", { n: goOn }) }).waitFor({ state: "detached" });
      await shoot(staff, "advanced");
    });

    /** @param {string} round @returns {Promise<string[]>} those who went on, the best first */
    const advanced = async (round) => (await clerk.ask(`GET /rounds/${round}`)).entries.filter((/** @type {any} */ e) => e.outcome === "advanced").sort((/** @type {any} */ a, /** @type {any} */ b) => a.place - b.place).map((/** @type {any} */ e) => e.subject);
    /** The cards of applications. @param {string[]} some */
    const cards = (some) => some.map((id) => papers.get(id)?.card ?? own);
    let own = "";

    await test("staff set an interview, the founder sees when and where, and says yes; a second panel cannot sit twice", async () => {
      own = (await all(clerk, `/intakes/${intake}/applications`)).find((/** @type {any} */ a) => a.id === mine).card;
      const heard = await advanced(first);
      if (!heard.includes(mine)) return ["the best of all does not go on"];
      await clerk.ask(`POST /intakes/${intake}/bulk`, { act: "move", to: "interview", cards: cards(heard) });
      await to(staff, `${url}/app/intakes/${intake}/interviews`);
      await press(staff, "interviews.set");
      const dialog = staff.locator("dialog[open]");
      await dialog.getByRole("searchbox").fill(best);
      await dialog.getByLabel(best).check();
      for (const n of [0, 1]) await dialog.getByLabel(`Giám khảo ${stamp}-${n}`).check();
      await field(dialog, "interviews.from").fill(hour(now + 3 * day));
      await field(dialog, "interviews.place").fill("Phòng 2, tầng 3");
      await shoot(staff, "interview");
      await press(dialog, "interviews.plan");
      await press(dialog, "interviews.confirm", { n: 1 });
      await sees(staff, "interviews.done", { n: 1 });
      const rest = heard.filter((id) => id !== mine), panel = (await clerk.ask(`GET /rounds/${first}`)).panel.map((/** @type {any} */ m) => m.judge), from = iso(now + 3 * day);
      const { slots } = await clerk.ask(`POST /intakes/${intake}/interviews/plan`, { applications: rest, from, minutes: 20 });
      const taken = (await clerk.ask(`GET /intakes/${intake}/interviews`)).rows[0].panel.map((/** @type {any} */ p) => p.id);
      await clerk.ask(`POST /intakes/${intake}/interviews`, { slots, minutes: 20, place: "Phòng 3", panel: taken }, 400);
      await clerk.ask(`POST /intakes/${intake}/interviews`, { slots, minutes: 20, place: "Phòng 3", panel: panel.filter((/** @type {string} */ j) => !taken.includes(j)).slice(0, 2) });
      await to(founder, `${url}/app/applications/${mine}`);
      await founder.getByText("Phòng 2, tầng 3").waitFor();
      await press(founder, "meeting.confirm");
      await sees(founder, "meeting.confirmed");
      await shoot(founder, "interview");
      await to(staff, `${url}/app/intakes/${intake}/interviews`);
      await staff.getByText(t("status.interviews.confirmed"), { exact: true }).waitFor();
      await shoot(staff, "interviews");
      const lines = await staff.locator("main .list > li").count();
      await later(4);
      const [none, ...came] = (await clerk.ask(`GET /intakes/${intake}/interviews`)).rows.filter((/** @type {any} */ v) => v.application.id !== mine);
      await clerk.ask(`POST /interviews/${none.id}/cancel`, { reason: "Nhóm không đến." });
      await to(staff, `${url}/app/intakes/${intake}/interviews`);
      await pick(staff, t("interviews.more", { title: best }), "interviews.held");
      await staff.getByText(t("status.interviews.held"), { exact: true }).waitFor();
      for (const v of came) await clerk.ask(`POST /interviews/${v.id}/hold`);
      return lines === goOn ? [] : [`the page shows ${lines} interviews`];
    });

    /** @type {string[]} */ let admit = [];
    /** @type {string[]} */ let wait = [];
    await test("the second round is judged; a manager decides on all of them, ranks the waiting list and releases", async () => {
      await clerk.ask(`POST /rounds/${second}/begin`);
      await together((await clerk.ask(`GET /rounds/${first}`)).panel, 4, (/** @type {any} */ m) => clerk.ask(`POST /rounds/${second}/invite`, { judge: m.judge, n: 8 }));
      await pledge(second, 8);
      await clerk.ask(`POST /rounds/${second}/propose`);
      await clerk.ask(`POST /rounds/${second}/offer`);
      await clerk.ask(`POST /rounds/${second}/open`);
      const sheets = await judge(second);
      if (sheets !== 2 * goOn) return [`${sheets} sheets in the second round`];
      await clerk.ask(`POST /rounds/${second}/close`);
      await clerk.ask(`POST /rounds/${second}/compute`);
      await clerk.ask(`POST /rounds/${second}/advance`, { seal: (await clerk.ask(`GET /rounds/${second}`)).seal, changes: [] });
      admit = await advanced(second);
      wait = (await advanced(first)).filter((id) => !admit.includes(id));
      const no = [...papers.keys()].filter((id) => !admit.includes(id) && !wait.includes(id));
      for (const [proposal, some] of /** @type {const} */ ([["admit", admit], ["waitlist", wait], ["reject", no]])) await clerk.ask(`POST /intakes/${intake}/bulk`, { act: "proposal", proposal, cards: cards(some) });
      manager = await sit(1280);
      await signIn(manager, url, mail("manager"));
      await to(manager, `${url}/app/intakes/${intake}`);
      await press(manager, "gate.begin");
      await sees(manager, "gate.begun");
      await to(manager, `${url}/app/intakes/${intake}/outcomes`);
      await press(manager, "outcomes.mark_admit", { n: places });
      await press(manager, "outcomes.mark_waitlist", { n: goOn - places });
      await press(manager, "outcomes.mark_reject", { n: size - goOn });
      await manager.locator("#many-r").fill("Theo điểm hai vòng.");
      await manager.locator("#many-f").fill("Chào {name}, hãy nói chuyện với mười khách hàng về {title} rồi quay lại.");
      await press(manager, "outcomes.fill_do", { n: size });
      await shoot(manager, "outcomes");
      await press(manager, "outcomes.decide", { n: size });
      await press(manager, "decide.do_sure");
      await sees(manager, "outcomes.decided", { n: size });
      await sees(manager, "outcomes.clear_why");
      wait = (await chief.ask(`GET /intakes/${intake}/outcomes`)).waiting.map((/** @type {any} */ w) => w.application.id);
      await press(manager, "outcomes.down", { title: titled(wait[0] ?? "") });
      await press(manager, "outcomes.reorder");
      await sees(manager, "outcomes.reordered");
      wait = [/** @type {string} */ (wait[1]), /** @type {string} */ (wait[0]), ...wait.slice(2)];
      await to(founder, `${url}/app/applications/${mine}`);
      if (await founder.getByText(t("status.applications.admitted"), { exact: true }).count()) return ["the founder sees the decision before its release"];
      await to(manager, `${url}/app/intakes/${intake}`);
      await press(manager, "gate.release");
      await press(manager.getByRole("dialog"), "gate.release");
      await sees(manager, "gate.release_done");
      await shoot(manager, "released");
      const rank = (await papers.get(wait[0] ?? "")?.who.ask(`GET /applications/${wait[0]}`)).decision.rank, stand = await standing();
      return rank === 1 && stand === `admitted ${places}, rejected ${size - goOn}, waitlisted ${goOn - places}` ? [] : [`rank ${rank}; ${stand}`];
    });

    await test("the founder declines on a phone, and whoever is first on the list is offered the place", async () => {
      await to(founder, `${url}/app/applications/${mine}`);
      await shoot(founder, "offer");
      await press(founder, "offer.decline");
      await press(founder.locator("dialog[open]"), "offer.decline");
      await founder.getByText(t("status.applications.declined")).first().waitFor();
      await to(manager, `${url}/app/intakes/${intake}/outcomes`);
      await shoot(manager, "waitlist");
      const head = await manager.locator("ol.list > li a").first().innerText(), next = wait[0] ?? "", paper = await papers.get(next)?.who.ask(`GET /applications/${next}`);
      return paper.status === "admitted" && paper.offer.stands && head === titled(wait[1] ?? "") ? [] : [`who was first is ${paper.status}, the list begins with ${head}`];
    });

    let appellant = "";
    await test("somebody who was rejected appeals on a phone; two who had no part in it hear the appeal and change the outcome", async () => {
      appellant = [...papers.keys()].find((id) => !admit.includes(id) && !wait.includes(id)) ?? "";
      const phone = await byCode(papers.get(appellant)?.who.email ?? "");
      await to(phone, `${url}/app/applications/${appellant}`);
      if (!(await phone.getByText(`về ${titled(appellant)} rồi`).count())) return ["the feedback does not name the application"];
      await phone.locator("summary").filter({ hasText: t("plead.may").split("{")[0] ?? "" }).click();
      await field(phone, "plead.words").fill("Ban giám khảo chưa đọc bảng số liệu của chúng tôi.");
      await press(phone, "plead.send");
      await sees(phone, "plead.done");
      await shoot(phone, "appeal");
      await to(staff, `${url}/app/appeals`);
      await staff.getByRole("link", { name: titled(appellant) }).first().click();
      await press(staff, "hearing.admit");
      await sees(staff, "hearing.name_why");
      await staff.getByLabel("Phạm Thu Hà").check();
      await staff.getByLabel(second_.name).check();
      await shoot(staff, "hearing");
      await press(staff, "hearing.name_do", { n: 2 });
      await sees(staff, "hearing.named");
      const hearing = staff.url(), hearer = await sit(390);
      await signIn(hearer, url, mail("judge"));
      await to(hearer, hearing);
      await choose(hearer, "hearing.finding_uphold");
      await choose(hearer, "status.decisions.waitlisted");
      await field(hearer, "hearing.answer").fill("Bạn có lý: số liệu đã có trong hồ sơ.");
      await shoot(hearer, "hearing");
      await press(hearer, "hearing.find_do");
      await sees(hearer, "hearing.found_done");
      deputy = await sit(1280, "en");
      await signIn(deputy, url, second_.email, { secret: second_.password, second: true });
      await to(deputy, hearing);
      await en.press(deputy, "hearing.settle");
      await en.sees(deputy, "hearing.settled");
      await shoot(deputy, "settled");
      await phone.getByText(t("status.applications.waitlisted")).first().waitFor();
      await shoot(phone, "upheld");
    });

    await test("two managers amend a decision, the waiting list and the intake are closed", async () => {
      const offered = [...admit.filter((id) => id !== mine), wait[0] ?? ""], last = offered.pop() ?? "";
      const answer = async (/** @type {string} */ id, /** @type {string} */ verb) => { const who = papers.get(id)?.who; await who?.ask(`POST /offers/${(await who.ask(`GET /applications/${id}`)).offer.id}/${verb}`, verb === "accept" ? { startup_name: `${titled(id)} ${stamp}` } : {}); };
      await together(offered, 3, (id) => answer(id, "accept"));
      await to(manager, `${url}/app/intakes/${intake}`);
      await pick(manager, t("desk.more"), "desk.close_waitlist_do");
      await press(manager.locator("dialog[open]"), "desk.close_waitlist_do");
      await sees(manager, "desk.close_waitlist_done");
      await answer(last, "decline");
      const again = [...papers.keys()].find((id) => id !== appellant && !admit.includes(id) && !wait.includes(id)) ?? "";
      await to(manager, `${url}/app/applications/${again}?tab=outcome`);
      await press(manager, "outcome.amend");
      const dialog = manager.locator("dialog[open]");
      await choose(dialog, "status.decisions.admitted");
      await field(dialog, "decide.rationale").fill("Hồ sơ bị đọc nhầm.");
      await field(dialog, "outcome.amend_feedback").fill("Chúng tôi đã đọc nhầm, xin lỗi bạn.");
      await press(dialog, "outcome.amend");
      await sees(manager, "outcome.amend_done");
      await sees(manager, "outcome.amend_other");
      await to(deputy, `${url}/app/applications/${again}?tab=outcome`);
      await en.press(deputy, "outcome.amend_confirm");
      await en.sees(deputy, "outcome.amend_confirm_done");
      await shoot(deputy, "amended");
      await answer(again, "accept");
      await to(manager, `${url}/app/intakes/${intake}`);
      await pick(manager, t("desk.more"), "desk.archive_do");
      await sees(manager, "desk.archive_done");
      await shoot(manager, "closed");
      const stand = await standing();
      return stand === `declined 2, enrolled ${places}, rejected ${size - places - 2}` ? [] : [stand];
    });

    /** What the pages showed at the end: applications, places taken, cards on the board, rows of those who came in. */
    let shown = "";
    await test("the pages show what became of everybody", async () => {
      await to(staff, `${url}/app/intakes/${intake}`);
      const figures = await staff.locator(".kpi .fig").allInnerTexts();
      await to(staff, `${url}/app/intakes/${intake}/board`);
      const settled = await staff.locator("#col-settled .n").innerText();
      await to(staff, `${url}/app/intakes/${intake}/applications?status=enrolled`);
      const enrolled = await staff.locator("main tbody tr").count();
      shown = [figures[0], figures[1], figures[2]?.split(" / ")[0], settled, enrolled].join("|");
      return shown === `${size}|0|${places}|${size}|${places}` ? [] : [shown];
    });
    await test("no page of the season complained", async () => [...complaints.values()].flat().filter((c) => !(c.includes("401") && c.includes("auth-with-password")))); // the first of two factors is answered so

    after("the database counts what the pages of the season showed", (folder) => {
      /** @param {string} sql */
      const read = (sql) => {
        const { status, stdout, stderr } = spawnSync("sqlite3", ["-readonly", path.join(folder, "data.db"), sql.replaceAll("$", `'${intake}'`)], { encoding: "utf8" });
        if (status !== 0) throw new Error(`sqlite3 ends with ${status}: ${stderr}`);
        return stdout.trim().split("\n").join(", ");
      };
      const by = (/** @type {string} */ table, field = "status") => read(`SELECT ${field} || ' ' || count(*) FROM ${table} GROUP BY ${field} ORDER BY 1`);
      const ofIntake = "application IN (SELECT id FROM applications WHERE intake = $)";
      const want = {
        shown: [shown, read(`SELECT (SELECT count(*) FROM applications WHERE intake = $ AND submit_no > 0) || '|' || (SELECT count(*) FROM applications WHERE intake = $ AND status = 'in_review') || '|' || (SELECT count(*) FROM offers WHERE ${ofIntake} AND status IN ('sent', 'accepted')) || '|' || (SELECT count(*) FROM board_cards WHERE intake = $ AND lane = 'settled') || '|' || (SELECT count(*) FROM enrolments WHERE ${ofIntake})`)],
        applications: [`declined 2, enrolled ${places}, rejected ${size - places - 2}`, by(`applications WHERE intake = $`)],
        decisions: [`admitted ${places}, rejected ${size - goOn}, waitlisted ${goOn - places}`, by("decisions WHERE intake = $", "outcome")],
        offers: [`accepted ${places}, declined 2`, by(`offers WHERE ${ofIntake}`)],
        interviews: [`cancelled 1, held ${goOn - 1}`, by("interviews WHERE intake = $")],
        sheets: [`counted ${2 * size + 2 * goOn}`, by("score_sheets WHERE round IN (SELECT id FROM rounds WHERE owner = $)")],
        amendments: ["confirmed 2", by("decision_amendments WHERE intake = $")],
        appeals: ["upheld 1", by("appeals WHERE intake = $")],
      };
      return Object.entries(want).filter(([, [say, is]]) => say !== is).map(([what, [say, is]]) => `${what}: ${is}, not ${say}`);
    });
  } finally {
    for (const context of open) await context.close();
  }
}
