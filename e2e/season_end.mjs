// The second half of a season: interviews, decisions, the waiting list, an appeal, an amendment, and what the database says of it.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { together } from "./crowd.mjs";
import { hour, to } from "./hands.mjs";
import { mail, signIn } from "./people.mjs";
import { aide, best, day, goOn, iso, places, size, stamp } from "./season.mjs";

/** @param {import("./run.mjs").Kit} kit @param {import("./season.mjs").Season} those */
export default async function end({ test, url, after }, { t, en, field, press, choose, sees, pick, s, complaints, sit, byCode, later, shoot, titled, all, standing, pledge, judge, advanced, cards }) {
  await test("staff set an interview, the founder sees when and where, and says yes; a second panel cannot sit twice", async () => {
    s.own = (await all(s.clerk, `/intakes/${s.intake}/applications`)).find((/** @type {any} */ a) => a.id === s.mine).card;
    const heard = await advanced(s.first);
    if (!heard.includes(s.mine)) return ["the best of all does not go on"];
    await s.clerk.ask(`POST /intakes/${s.intake}/bulk`, { act: "move", to: "interview", cards: cards(heard) });
    await to(s.staff, `${url}/app/intakes/${s.intake}/interviews`);
    await press(s.staff, "interviews.set");
    const dialog = s.staff.locator("dialog[open]");
    await dialog.getByRole("searchbox").fill(best);
    await dialog.getByLabel(best).check();
    for (const n of [0, 1]) await dialog.getByLabel(`Giám khảo ${stamp}-${n}`).check();
    await field(dialog, "interviews.from").fill(hour(s.now + 3 * day));
    await field(dialog, "interviews.place").fill("Phòng 2, tầng 3");
    await shoot(s.staff, "interview");
    await press(dialog, "interviews.plan");
    await press(dialog, "interviews.confirm", { n: 1 });
    await sees(s.staff, "interviews.done", { n: 1 });
    const rest = heard.filter((id) => id !== s.mine), panel = (await s.clerk.ask(`GET /rounds/${s.first}`)).panel.map((/** @type {any} */ m) => m.judge), from = iso(s.now + 3 * day);
    const { slots } = await s.clerk.ask(`POST /intakes/${s.intake}/interviews/plan`, { applications: rest, from, minutes: 20 });
    const taken = (await s.clerk.ask(`GET /intakes/${s.intake}/interviews`)).rows[0].panel.map((/** @type {any} */ p) => p.id);
    await s.clerk.ask(`POST /intakes/${s.intake}/interviews`, { slots, minutes: 20, place: "Phòng 3", panel: taken }, 400);
    await s.clerk.ask(`POST /intakes/${s.intake}/interviews`, { slots, minutes: 20, place: "Phòng 3", panel: panel.filter((/** @type {string} */ j) => !taken.includes(j)).slice(0, 2) });
    await to(s.founder, `${url}/app/applications/${s.mine}`);
    await s.founder.getByText("Phòng 2, tầng 3").waitFor();
    await press(s.founder, "meeting.confirm");
    await sees(s.founder, "meeting.confirmed");
    await shoot(s.founder, "interview");
    await to(s.staff, `${url}/app/intakes/${s.intake}/interviews`);
    await s.staff.getByText(t("status.interviews.confirmed"), { exact: true }).waitFor();
    await shoot(s.staff, "interviews");
    const lines = await s.staff.locator("main .list > li").count();
    await later(4);
    const [none, ...came] = (await s.clerk.ask(`GET /intakes/${s.intake}/interviews`)).rows.filter((/** @type {any} */ v) => v.application.id !== s.mine);
    await s.clerk.ask(`POST /interviews/${none.id}/cancel`, { reason: "Nhóm không đến." });
    await to(s.staff, `${url}/app/intakes/${s.intake}/interviews`);
    await pick(s.staff, t("interviews.more", { title: best }), "interviews.held");
    await s.staff.getByText(t("status.interviews.held"), { exact: true }).waitFor();
    for (const v of came) await s.clerk.ask(`POST /interviews/${v.id}/hold`);
    return lines === goOn ? [] : [`the page shows ${lines} interviews`];
  });

  await test("the second round is judged; a manager decides on all of them, ranks the waiting list and releases", async () => {
    await s.clerk.ask(`POST /rounds/${s.second}/begin`);
    await together((await s.clerk.ask(`GET /rounds/${s.first}`)).panel, 4, (/** @type {any} */ m) => s.clerk.ask(`POST /rounds/${s.second}/invite`, { judge: m.judge, n: 8 }));
    await pledge(s.second, 8);
    await s.clerk.ask(`POST /rounds/${s.second}/propose`);
    await s.clerk.ask(`POST /rounds/${s.second}/offer`);
    await s.clerk.ask(`POST /rounds/${s.second}/open`);
    const sheets = await judge(s.second);
    if (sheets !== 2 * goOn) return [`${sheets} sheets in the second round`];
    await s.clerk.ask(`POST /rounds/${s.second}/close`);
    await s.clerk.ask(`POST /rounds/${s.second}/compute`);
    await s.clerk.ask(`POST /rounds/${s.second}/advance`, { seal: (await s.clerk.ask(`GET /rounds/${s.second}`)).seal, changes: [] });
    s.admit = await advanced(s.second);
    s.wait = (await advanced(s.first)).filter((id) => !s.admit.includes(id));
    const no = [...s.papers.keys()].filter((id) => !s.admit.includes(id) && !s.wait.includes(id));
    for (const [proposal, some] of /** @type {const} */ ([["admit", s.admit], ["waitlist", s.wait], ["reject", no]])) await s.clerk.ask(`POST /intakes/${s.intake}/bulk`, { act: "proposal", proposal, cards: cards(some) });
    s.manager = await sit(1280);
    await signIn(s.manager, url, mail("manager"));
    await to(s.manager, `${url}/app/intakes/${s.intake}`);
    await press(s.manager, "gate.begin");
    await sees(s.manager, "gate.begun");
    await to(s.manager, `${url}/app/intakes/${s.intake}/outcomes`);
    await press(s.manager, "outcomes.mark_admit", { n: places });
    await press(s.manager, "outcomes.mark_waitlist", { n: goOn - places });
    await press(s.manager, "outcomes.mark_reject", { n: size - goOn });
    await s.manager.locator("#many-r").fill("Theo điểm hai vòng.");
    await s.manager.locator("#many-f").fill("Chào {name}, hãy nói chuyện với mười khách hàng về {title} rồi quay lại.");
    await press(s.manager, "outcomes.fill_do", { n: size });
    await shoot(s.manager, "outcomes");
    await press(s.manager, "outcomes.decide", { n: size });
    await press(s.manager, "decide.do_sure");
    await sees(s.manager, "outcomes.decided", { n: size });
    await sees(s.manager, "outcomes.clear_why");
    s.wait = (await s.chief.ask(`GET /intakes/${s.intake}/outcomes`)).waiting.map((/** @type {any} */ w) => w.application.id);
    await press(s.manager, "outcomes.down", { title: titled(s.wait[0] ?? "") });
    await press(s.manager, "outcomes.reorder");
    await sees(s.manager, "outcomes.reordered");
    s.wait = [/** @type {string} */ (s.wait[1]), /** @type {string} */ (s.wait[0]), ...s.wait.slice(2)];
    await to(s.founder, `${url}/app/applications/${s.mine}`);
    if (await s.founder.getByText(t("status.applications.admitted"), { exact: true }).count()) return ["the founder sees the decision before its release"];
    await to(s.manager, `${url}/app/intakes/${s.intake}`);
    await press(s.manager, "gate.release");
    await press(s.manager.getByRole("dialog"), "gate.release");
    await sees(s.manager, "gate.release_done");
    await shoot(s.manager, "released");
    const rank = (await s.papers.get(s.wait[0] ?? "")?.who.ask(`GET /applications/${s.wait[0]}`)).decision.rank, stand = await standing();
    return rank === 1 && stand === `admitted ${places}, rejected ${size - goOn}, waitlisted ${goOn - places}` ? [] : [`rank ${rank}; ${stand}`];
  });

  await test("the founder declines on a phone, and whoever is first on the list is offered the place", async () => {
    await to(s.founder, `${url}/app/applications/${s.mine}`);
    await shoot(s.founder, "offer");
    await press(s.founder, "offer.decline");
    await press(s.founder.locator("dialog[open]"), "offer.decline");
    await s.founder.getByText(t("status.applications.declined")).first().waitFor();
    await to(s.manager, `${url}/app/intakes/${s.intake}/outcomes`);
    await shoot(s.manager, "waitlist");
    const head = await s.manager.locator("ol.list > li a").first().innerText(), next = s.wait[0] ?? "", paper = await s.papers.get(next)?.who.ask(`GET /applications/${next}`);
    return paper.status === "admitted" && paper.offer.stands && head === titled(s.wait[1] ?? "") ? [] : [`who was first is ${paper.status}, the list begins with ${head}`];
  });

  await test("somebody who was rejected appeals on a phone; two who had no part in it hear the appeal and change the outcome", async () => {
    s.appellant = [...s.papers.keys()].find((id) => !s.admit.includes(id) && !s.wait.includes(id)) ?? "";
    const phone = await byCode(s.papers.get(s.appellant)?.who.email ?? "");
    await to(phone, `${url}/app/applications/${s.appellant}`);
    if (!(await phone.getByText(`về ${titled(s.appellant)} rồi`).count())) return ["the feedback does not name the application"];
    await phone.locator("summary").filter({ hasText: t("plead.may").split("{")[0] ?? "" }).click();
    await field(phone, "plead.words").fill("Ban giám khảo chưa đọc bảng số liệu của chúng tôi.");
    await press(phone, "plead.send");
    await sees(phone, "plead.done");
    await shoot(phone, "appeal");
    await to(s.staff, `${url}/app/appeals`);
    await s.staff.getByRole("link", { name: titled(s.appellant) }).first().click();
    await press(s.staff, "hearing.admit");
    await sees(s.staff, "hearing.name_why");
    await s.staff.getByLabel("Phạm Thu Hà").check();
    await s.staff.getByLabel(aide.name).check();
    await shoot(s.staff, "hearing");
    await press(s.staff, "hearing.name_do", { n: 2 });
    await sees(s.staff, "hearing.named");
    const hearing = s.staff.url(), hearer = await sit(390);
    await signIn(hearer, url, mail("judge"));
    await to(hearer, hearing);
    await choose(hearer, "hearing.finding_uphold");
    await choose(hearer, "status.decisions.waitlisted");
    await field(hearer, "hearing.answer").fill("Bạn có lý: số liệu đã có trong hồ sơ.");
    await shoot(hearer, "hearing");
    await press(hearer, "hearing.find_do");
    await sees(hearer, "hearing.found_done");
    s.deputy = await sit(1280, "en");
    await signIn(s.deputy, url, aide.email, { secret: aide.password, second: true });
    await to(s.deputy, hearing);
    await en.press(s.deputy, "hearing.settle");
    await en.sees(s.deputy, "hearing.settled");
    await shoot(s.deputy, "settled");
    await phone.getByText(t("status.applications.waitlisted")).first().waitFor();
    await shoot(phone, "upheld");
  });

  await test("two managers amend a decision, the waiting list and the intake are closed", async () => {
    const offered = [...s.admit.filter((id) => id !== s.mine), s.wait[0] ?? ""], last = offered.pop() ?? "";
    const answer = async (/** @type {string} */ id, /** @type {string} */ verb) => { const who = s.papers.get(id)?.who; await who?.ask(`POST /offers/${(await who.ask(`GET /applications/${id}`)).offer.id}/${verb}`, verb === "accept" ? { startup_name: `${titled(id)} ${stamp}` } : {}); };
    await together(offered, 3, (id) => answer(id, "accept"));
    await to(s.manager, `${url}/app/intakes/${s.intake}`);
    await pick(s.manager, t("desk.more"), "desk.close_waitlist_do");
    await press(s.manager.locator("dialog[open]"), "desk.close_waitlist_do");
    await sees(s.manager, "desk.close_waitlist_done");
    await answer(last, "decline");
    const again = [...s.papers.keys()].find((id) => id !== s.appellant && !s.admit.includes(id) && !s.wait.includes(id)) ?? "";
    await to(s.manager, `${url}/app/applications/${again}?tab=outcome`);
    await press(s.manager, "outcome.amend");
    const dialog = s.manager.locator("dialog[open]");
    await choose(dialog, "status.decisions.admitted");
    await field(dialog, "decide.rationale").fill("Hồ sơ bị đọc nhầm.");
    await field(dialog, "outcome.amend_feedback").fill("Chúng tôi đã đọc nhầm, xin lỗi bạn.");
    await press(dialog, "outcome.amend");
    await sees(s.manager, "outcome.amend_done");
    await sees(s.manager, "outcome.amend_other");
    await to(s.deputy, `${url}/app/applications/${again}?tab=outcome`);
    await en.press(s.deputy, "outcome.amend_confirm");
    await en.sees(s.deputy, "outcome.amend_confirm_done");
    await shoot(s.deputy, "amended");
    await answer(again, "accept");
    await to(s.manager, `${url}/app/intakes/${s.intake}`);
    await pick(s.manager, t("desk.more"), "desk.archive_do");
    await sees(s.manager, "desk.archive_done");
    await shoot(s.manager, "closed");
    const stand = await standing();
    return stand === `declined 2, enrolled ${places}, rejected ${size - places - 2}` ? [] : [stand];
  });

  await test("the pages show what became of everybody", async () => {
    await to(s.staff, `${url}/app/intakes/${s.intake}`);
    const figures = await s.staff.locator(".kpi .fig").allInnerTexts();
    await to(s.staff, `${url}/app/intakes/${s.intake}/board`);
    const settled = await s.staff.locator("#col-settled .n").innerText();
    await to(s.staff, `${url}/app/intakes/${s.intake}/applications?status=enrolled`);
    const enrolled = await s.staff.locator("main tbody tr").count();
    s.shown = [figures[0], figures[1], figures[2]?.split(" / ")[0], settled, enrolled].join("|");
    return s.shown === `${size}|0|${places}|${size}|${places}` ? [] : [s.shown];
  });
  await test("no page of the season complained", async () => [...complaints.values()].flat().filter((c) => !(c.includes("401") && c.includes("auth-with-password")))); // the first of two factors is answered so

  after("the database counts what the pages of the season showed", (folder) => {
    /** @param {string} sql */
    const read = (sql) => {
      const { status, stdout, stderr } = spawnSync("sqlite3", ["-readonly", path.join(folder, "data.db"), sql.replaceAll("$", `'${s.intake}'`)], { encoding: "utf8" });
      if (status !== 0) throw new Error(`sqlite3 ends with ${status}: ${stderr}`);
      return stdout.trim().split("\n").join(", ");
    };
    const by = (/** @type {string} */ table, field = "status") => read(`SELECT ${field} || ' ' || count(*) FROM ${table} GROUP BY ${field} ORDER BY 1`);
    const ofIntake = "application IN (SELECT id FROM applications WHERE intake = $)";
    const want = {
      shown: [s.shown, read(`SELECT (SELECT count(*) FROM applications WHERE intake = $ AND submit_no > 0) || '|' || (SELECT count(*) FROM applications WHERE intake = $ AND status = 'in_review') || '|' || (SELECT count(*) FROM offers WHERE ${ofIntake} AND status IN ('sent', 'accepted')) || '|' || (SELECT count(*) FROM board_cards WHERE intake = $ AND lane = 'settled') || '|' || (SELECT count(*) FROM enrolments WHERE ${ofIntake})`)],
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
}
