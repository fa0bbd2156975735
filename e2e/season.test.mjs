// An intake in full: 120 applications, eight screeners, two rounds, interviews, a waiting list, an appeal and an amendment. What
// a hundred people do alike they do through the API, each from their own account; what matters somebody does on a page.
import { signedIn, together } from "./crowd.mjs";
import { to } from "./hands.mjs";
import { mail, nextMail, password, ready, signIn } from "./people.mjs";
import { aide, answers, begin, best, call, day, goOn, iso, places, points, screeners, sectors, size, stamp } from "./season.mjs";
import end from "./season_end.mjs";

/** @typedef {import("./crowd.mjs").Somebody} Somebody */

/** @param {import("./run.mjs").Kit} kit */
export default async function season(kit) {
  if (!kit.demo) return;
  const those = await begin(kit);
  try {
    await judged(kit, those);
    await end(kit, those);
  } finally {
    await those.close();
  }
}

/** From the announcement to the end of the first round. @param {import("./run.mjs").Kit} kit @param {import("./season.mjs").Season} those */
async function judged({ test, url }, { t, field, press, choose, sees, pick, s, sit, byCode, later, shoot, all, standing, pledge, judge }) {
  await test("an intake is written, eight screeners and a second manager take their parts", async () => {
    await later(1);
    [s.clerk, s.chief] = /** @type {[Somebody, Somebody]} */ (await signedIn(url, [{ email: mail("staff"), password }, { email: mail("manager"), password }]));
    const cohort = (await s.chief.ask("POST /cohorts", { programme: "programme000001", code: `M${stamp}`, title_vi: `Khóa mùa ${stamp}`, title_en: `Season ${stamp}`, capacity: places })).id;
    s.slug = `mua-${stamp}`;
    s.intake = (await s.clerk.ask("POST /intakes", { programme: "programme000001", cohort, form_version: "formbasic000001", slug: s.slug, title_vi: call, title_en: `Season ${stamp}`, opens_at: iso(s.now - 3600_000), closes_at: iso(s.now + day), capacity: places, offer_days: 14, appeal_days: 5 })).id;
    await s.clerk.ask(`POST /intakes/${s.intake}/publish`);
    const panel = Array.from({ length: screeners }, (_, n) => ({ email: `cham.${n}.${stamp}@example.test`, name: `Giám khảo ${stamp}-${n}` }));
    const here = { type: "intake", id: s.intake };
    const asked = await together(panel, 4, (p) => s.chief.ask("POST /invitations", { email: p.email, full_name: p.name, role: "judge", scope: here, locale: "vi" }));
    const asAide = (await s.chief.ask("POST /invitations", { email: aide.email, full_name: aide.name, role: "manager", scope: here, locale: "en" })).id;
    const [other, ...eight] = await signedIn(url, [{ email: aide.email, name: aide.name, locale: "en" }, ...panel]);
    s.judges = eight;
    await together(s.judges, 4, (j, n) => j.ask(`POST /account/invitations/${asked[n].id}/accept`));
    await other?.ask(`POST /account/invitations/${asAide}/accept`, { password: aide.password });
  });

  await test("a founder applies from a phone without an account, and keeps the receipt", async () => {
    s.founder = await sit(390);
    await s.founder.goto(`${url}/intakes/${s.slug}/apply`);
    const email = `men.${stamp}@example.test`;
    await s.founder.locator("#begin-email").fill(email);
    await s.founder.locator("#begin-name").fill("Lê Thị Men");
    await s.founder.locator("#begin-title").fill(best);
    await s.founder.getByRole("button", { name: t("start.send") }).click();
    await s.founder.locator("#code").fill((await nextMail(url, email, 0)).code);
    await s.founder.getByRole("button", { name: t("start.enter") }).click();
    await s.founder.waitForURL(/\/app\/intakes\/[^/]+\/apply/);
    await ready(s.founder);
    for (const [name, value] of Object.entries(answers)) await s.founder.locator(`[name='answers.${name}']`).fill(String(value));
    await s.founder.locator("select[name='answers.sector']").selectOption("manufacturing");
    await s.founder.getByText(/Đã lưu \d\d:\d\d/).first().waitFor();
    await shoot(s.founder, "apply");
    await press(s.founder, "apply.send");
    await s.founder.waitForURL(/\/app\/applications\/[a-z0-9]{15}/);
    s.mine = s.founder.url().match(/applications\/([a-z0-9]{15})/)?.[1] ?? "";
    const code = await s.founder.getByText(/HS-[0-9A-Z]{4}-[0-9A-Z]{4}/).first().innerText();
    await shoot(s.founder, "receipt");
    const receipt = await nextMail(url, email, 1);
    return receipt.subject.concat(receipt.text).includes(code.match(/HS-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0] ?? "-") ? [] : ["the mailed receipt carries another code"];
  });

  await test("a hundred and nineteen more apply within a minute, each from an account of their own", async () => {
    const crowd = await signedIn(url, Array.from({ length: size - 1 }, (_, n) => ({ email: `doi.${n}.${stamp}@example.test`, name: `Người nộp ${n}` })));
    await together(crowd, 6, async (who, n) => {
      const title = `Đội ${String(n).padStart(3, "0")}`, { id, rev } = await who.ask("POST /applications", { intake: s.intake });
      const saved = await who.ask(`PATCH /applications/${id}`, { title, rev, answers: { ...answers, sector: sectors[n % 4] } });
      await who.ask(`POST /applications/${id}/submit`, { rev: saved.rev });
      s.papers.set(id, { title, card: "", who });
    });
    await later(2);
    for (const row of await all(s.clerk, `/intakes/${s.intake}/applications`)) Object.assign(s.papers.get(row.id) ?? {}, { card: row.card });
    const stand = await standing();
    return stand === `in_review ${size}` ? [] : [stand];
  });

  await test("the board shows a hundred and twenty cards; a filter is moved as a whole, and taken back", async () => {
    s.staff = await sit(1280);
    await signIn(s.staff, url, mail("staff"));
    await to(s.staff, `${url}/app/intakes/${s.intake}/board`);
    const count = (/** @type {string} */ c, /** @type {number} */ n) => s.staff.waitForFunction(([id, want]) => document.querySelector(`#col-${id} .n`)?.textContent === String(want), /** @type {const} */ ([c, n]));
    await count("new", size);
    await sees(s.staff, "screening.sub", { n: size, taken: 0, capacity: places });
    await sees(s.staff, "board.more");
    await shoot(s.staff, "board");
    await press(s.staff, "sift.title");
    await s.staff.locator("dialog[open] select[name='answer.sector']").selectOption("energy");
    await press(s.staff.locator("dialog[open]"), "sift.show");
    const some = Array.from({ length: size - 1 }, (_, n) => n % 4).filter((n) => n === 3).length;
    await count("new", some);
    await s.staff.locator("[data-card] input[type=checkbox]").first().check();
    await press(s.staff, "bulk.all", { n: some });
    await pick(s.staff, t("board.move_to"), "status.screenings.screening");
    await sees(s.staff, "bulk.done", { n: some });
    await count("screening", some);
    await shoot(s.staff, "board-moved");
    await press(s.staff, "state.undo");
    await sees(s.staff, "bulk.undid", { n: some });
    await count("new", some);
    await to(s.staff, `${url}/app/intakes/${s.intake}/board`);
    await count("new", size);
  });

  await test("eight screeners are asked and take thirty-two sheets each; the proposal covers every application twice", async () => {
    const terms = { per_subject: 2, type: "rubric" };
    s.first = (await s.clerk.ask(`POST /intakes/${s.intake}/rounds`, { ...terms, title_vi: "Sơ tuyển", title_en: "Screening", advance_rule: { top: goOn, ties: "chain" } })).id;
    s.second = (await s.clerk.ask(`POST /intakes/${s.intake}/rounds`, { ...terms, title_vi: "Phỏng vấn", title_en: "Interview", advance_rule: { top: places, ties: "chain" } })).id;
    await to(s.staff, `${url}/app/rounds/${s.first}`);
    await press(s.staff, "stage.invite");
    const dialog = s.staff.locator("dialog[open]");
    for (let n = 0; n < screeners; n++) await dialog.getByLabel(`Giám khảo ${stamp}-${n}`).check();
    await field(dialog, "stage.how_many").fill("32");
    await shoot(s.staff, "invite");
    await press(dialog, "stage.invite_n", { n: screeners });
    await sees(s.staff, "stage.invited");
    await pledge(s.first, 32);
    await to(s.staff, `${url}/app/rounds/${s.first}`);
    await press(s.staff, "stage.propose");
    await sees(s.staff, "stage.proposed", { n: 2 * size });
    await press(s.staff, "stage.offer", { n: 2 * size });
    await sees(s.staff, "stage.offered", { n: 2 * size });
    await press(s.staff, "gate.round_open");
    await sees(s.staff, "gate.round_opened");
    await shoot(s.staff, "round");
  });

  await test("a screener scores on a phone, is interrupted, and finds every point again", async () => {
    const page = await byCode(s.judges[0]?.email ?? "");
    await to(page, `${url}/app/judging`);
    await page.locator("main .list a[href^='/app/judging/']").first().click();
    await page.locator(".split[class*=side-]").waitFor();
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
    const rest = await judge(s.first);
    return rest === 2 * size - 1 ? [] : [`${rest} more sheets came in`];
  });

  await test("staff close the round, and thirty go on as its rule says", async () => {
    await to(s.staff, `${url}/app/rounds/${s.first}`);
    await press(s.staff, "gate.round_close");
    await press(s.staff, "stage.compute");
    await shoot(s.staff, "computed");
    await press(s.staff, "stage.advance", { n: goOn });
    await sees(s.staff, "stage.advanced", { n: goOn });
    await s.staff.getByRole("button", { name: t("stage.advance", { n: goOn }) }).waitFor({ state: "detached" });
    await shoot(s.staff, "advanced");
  });
}
