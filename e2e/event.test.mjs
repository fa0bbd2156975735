// A whole event: staff write it down and publish it, guests take free tickets and buy, the bank's statement pays, somebody cancels,
// two phones let in, the event closes, its figures are right, and people say what they thought.
import { Buffer } from "node:buffer";
import * as browser from "./browser.mjs";
import { hands, hour, pass, to } from "./hands.mjs";
import { mail, mailbox, nextMail, signIn } from "./people.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").BrowserContext} Context */

const day = 86_400_000;

/** @param {import("./run.mjs").Kit} kit */
export default async function event({ test, browser: chromium, url, demo }) {
  if (!demo) return;
  const { t, field, press, sees } = await hands("vi");
  /** @type {Context[]} */
  const open = [];
  const page = async (/** @type {390 | 1280} */ width, scripts = true) => {
    const one = await browser.open(chromium, { width, lang: "vi", theme: "light", scripts });
    open.push(one);
    return one.newPage();
  };
  try {
    const staff = await page(1280), finance = await page(1280);
    let id = "", shop = "", named = "";
    const tickets = /** @type {string[]} */ ([]); // addresses of those that let somebody in

    /** What a module of the workspace answers to staff. @param {"lib/api.js" | "lib/words.js"} file @param {string} name @param {...unknown} args */
    const workspace = (file, name, ...args) => staff.evaluate(async ([file, name, args]) => {
      const main = document.querySelector("script[src*='app/main.js']")?.getAttribute("src") ?? "";
      return (await import(main.replace("main.js", file)))[name](...args);
    }, /** @type {const} */ ([file, name, args]));
    /** @param {string} path @param {object} body @returns {Promise<any>} */
    const post = (path, body) => workspace("lib/api.js", "call", "POST", path, body);
    /** The time of the demo. @returns {Promise<number>} */
    const clock = () => workspace("lib/words.js", "now");

    /** The memo of a transfer that a page asks for. @param {Page} page */
    const memo = async (page) => ((await page.locator(".copy", { hasText: t("checkout.memo") }).locator("b").textContent()) ?? "").trim();

    await test("staff write an event down and publish it", async () => {
      await Promise.all([signIn(staff, url, mail("staff")), signIn(finance, url, mail("finance"))]);
      await to(staff, `${url}/app/events/new`);
      await field(staff, "event_page.f_title_vi").fill("Chiều nghe chuyện thất bại");
      await field(staff, "event_page.f_title_en").fill("An afternoon of failures");
      const at = Math.ceil((await clock()) / 3600_000) * 3600_000 + 2 * day;
      await field(staff, "event_page.f_starts_at").fill(hour(at));
      await field(staff, "event_page.f_ends_at").fill(hour(at + 3 * 3600_000));
      await field(staff, "event_page.f_venue").fill("Sân giữa");
      await press(staff, "event_page.make");
      await staff.waitForURL(/\/app\/events\/(?!new)\w+$/);
      id = staff.url().split("/").pop() ?? "";
      await press(staff, "event_page.tab_tickets");
      await press(staff, "quota.add");
      await field(dialog(staff), "quota.label_name").fill("Ghế");
      await field(dialog(staff), "quota.label_size").fill("20");
      await press(dialog(staff), "state.save");
      for (const [name, price] of [["Vé mời", "0"], ["Vé ủng hộ", "120000"]]) {
        await press(staff, "ticket_type.add");
        await field(dialog(staff), "ticket_type.f_name_vi").fill(name ?? "");
        await field(dialog(staff), "ticket_type.f_price_vnd").fill(price ?? "");
        await press(dialog(staff), "state.save");
        await staff.getByText(name ?? "").first().waitFor();
        await staff.locator("dialog[open]").waitFor({ state: "detached" });
      }
      await press(staff, "event_page.tab_overview");
      await press(staff, "event_page.publish_go");
      await press(dialog(staff), "event_page.publish_go");
      shop = (await staff.getByRole("link", { name: t("event_page.public") }).getAttribute("href")) ?? "";
    });

    const phone = await page(390);
    await test("a guest takes free tickets on a phone, and opens one without a network", async () => {
      await phone.goto(url + shop);
      await choose(phone, "Vé mời", 4);
      await phone.locator("#name").fill("Đoàn Thị Hà");
      await phone.locator("#email").fill("ha@guest.test");
      for (const [n, box] of (await phone.locator("input[name^='name.']").filter({ visible: true }).all()).entries()) await box.fill(`Khách ${n + 2}`);
      await phone.getByRole("button", { name: t("checkout.take") }).first().click();
      await sees(phone, "order_page.confirmed");
      const links = await phone.getByRole("link", { name: t("order_page.open") }).evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
      if (links.length !== 4) return [`${links.length} tickets`];
      tickets.push(...links);
      await phone.goto(url + links[0]);
      await phone.locator("[data-kept]:not([hidden])").waitFor();
      await phone.context().setOffline(true);
      await phone.reload();
      await phone.locator(".tk-qr svg").waitFor();
      await phone.locator("[data-offline]:not([hidden])").waitFor();
      const other = await phone.goto(url + links[1]).then(() => "opens", () => "does not open");
      await phone.context().setOffline(false);
      return other === "opens" ? ["a ticket that was never opened here opens without a network"] : [];
    });

    const buyer = await page(1280), giver = await page(390, false);
    await test("two buy; the bank's statement turns the page that waits", async () => {
      await buyer.goto(url + shop);
      await choose(buyer, "Vé ủng hộ", 2);
      await details(buyer, "Lê Văn Sáu", "sau@guest.test", "Lê Thị Bảy");
      await buyer.locator(".pay .qr svg").waitFor();
      const paid = new URL(buyer.url()).pathname;
      await giver.goto(url + shop); // scripts are off
      await giver.locator(".tier", { hasText: "Vé ủng hộ" }).locator("input").fill("1");
      await giver.getByRole("button", { name: t("visit.go") }).first().click();
      await details(giver, "Trịnh Thu Cúc", "cuc@guest.test");
      const memos = [await memo(buyer), await memo(giver)];
      named = memos[1]?.slice(4) || "?";
      const date = new Date((await clock()) + 7 * 3600_000).toISOString().slice(0, 10);
      const file = `Ngày giao dịch,Số CT,Số tiền ghi có,Nội dung\n${date},E2E-1,240000,CT tu 0123 ${memos[0]} ung ho\n${date},E2E-2,120000,${memos[1]?.toLowerCase()}\n`;
      await to(finance, `${url}/app/payments`);
      await finance.locator("input[type=file]").setInputFiles({ name: "sao-ke.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
      await dialog(finance).getByRole("button", { name: t("pay_page.take_go") }).click();
      await buyer.getByText(t("order_page.confirmed")).waitFor(); // without a hand on it
      const mails = await nextMail(url, "sau@guest.test", 1);
      if (!mails.link.endsWith(paid)) return [`${mails.subject} leads to ${mails.link}`];
      tickets.push(...await buyer.getByRole("link", { name: new RegExp(t("order_page.open")) }).evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? "")));
    });

    await test("one cancels; their money is asked back", async () => {
      await giver.reload();
      await giver.locator("summary", { hasText: t("order_page.cancel") }).click();
      await giver.getByRole("button", { name: t("order_page.cancel_do") }).click();
      await giver.getByText(t("order_page.title_cancelled")).waitFor();
      await to(finance, `${url}/app/refunds`);
      await finance.getByText(named).first().waitFor();
    });

    await test("everybody comes through two gates, once", async () => {
      await post(`/events/${id}/checkin-lists`, { name: "Vào cửa" });
      const doors = [];
      for (const name of ["Cổng A", "Cổng B"]) {
        const gate = await post(`/events/${id}/gates`, { name });
        const device = await post(`/events/${id}/devices`, { name: `Máy ${name}`, gate: gate.id });
        const door = await page(390);
        await door.goto(`${url}/checkin/#${device.code}`);
        await press(door, "checkin.enrol");
        await door.locator("#typed").waitFor();
        doors.push(door);
      }
      const codes = tickets.map((path) => path.split("/").at(-2) ?? "");
      for (const [n, code] of codes.entries()) {
        const door = /** @type {Page} */ (doors[n % 2]);
        await scan(door, code);
        await door.locator(".door-verdict.yes", { hasText: code }).waitFor();
      }
      const second = /** @type {Page} */ (doors[1]);
      await scan(second, codes[0] ?? "");
      await second.locator(".door-verdict.ask", { hasText: codes[0] ?? "" }).waitFor();
    });

    await test("the event closes, and its figures are those of its rows", async () => {
      await pass(url, { days: 4 });
      await to(staff, `${url}/app/events/${id}`);
      await press(staff, "event_page.close_go");
      await press(dialog(staff), "event_page.close_go");
      await sees(staff, "status.events.closed");
      const f = /** @type {any} */ (await workspace("lib/api.js", "get", `/events/${id}/figures`));
      const got = { sold: f.sold, held: f.held, revenue: f.revenue, came: f.came };
      const want = { sold: 6, held: 0, revenue: 240_000, came: 6 };
      return JSON.stringify(got) === JSON.stringify(want) ? [] : [`${JSON.stringify(got)}, not ${JSON.stringify(want)}`];
    });

    await test("the mail after the event leads to a form; staff read what five and more thought", async () => {
      const letter = (await mailbox(url, "ha@guest.test")).find((m) => m.link.includes("/tickets/"));
      if (!letter) return ["nobody asks what they thought"];
      await phone.goto(letter.link);
      await phone.getByLabel(t("ticket_page.score_5")).check();
      await field(phone, "ticket_page.words").fill("Kể thật, cười nhiều.");
      await press(phone, "ticket_page.say");
      await sees(phone, "ticket_page.said");
      for (const path of tickets) { // the others, without a window
        if (!letter.link.endsWith(path)) await fetch(url + path, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "score=4&words=" });
      }
      await to(staff, `${url}/app/events/${id}?tab=after`);
      await staff.getByText("Kể thật, cười nhiều.").waitFor();
    });

    /** @param {Page} page @param {string} kind @param {number} n */
    async function choose(page, kind, n) {
      const row = page.locator(".tier", { hasText: kind });
      for (let i = 0; i < n; i++) await row.locator("[data-d='1']").click();
      await page.getByRole("button", { name: t("visit.go") }).first().click();
      await page.locator("#name").waitFor();
    }

    /** @param {Page} page @param {string} name @param {string} address @param {string} [second] */
    async function details(page, name, address, second) {
      await page.locator("#name").fill(name);
      await page.locator("#email").fill(address);
      if (second) await page.locator("input[name^='name.']").last().fill(second);
      await page.getByRole("button", { name: t("checkout.go_pay") }).filter({ visible: true }).click();
    }
  } finally {
    for (const one of open) await one.close();
  }
}

/** @param {Page} page */
const dialog = (page) => page.locator("dialog[open]");

/** A scanner types and presses Enter. @param {Page} door @param {string} text */
async function scan(door, text) {
  await door.locator("#typed").fill(text);
  await door.locator("#typed").press("Enter");
}
