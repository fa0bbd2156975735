// The door of an event: two phones without a network let in with the same five hundred tickets. Nothing that they did is lost, the
// house finds every contradiction once they are back, and what they kept goes when they are sent away, or when the event is over.
import decodeQR from "qr/decode.js";
import * as browser from "./browser.mjs";
import { accessibility, geometry, listen } from "./checks.mjs";
import { signedIn, stranger, together } from "./crowd.mjs";
import { hands, to } from "./hands.mjs";
import { mail, password, signIn } from "./people.mjs";

/** @typedef {import("playwright-core").Page} Page */

const guests = 500, order = 50, hour = 3600_000;

/**
 * Publishes an event that begins in an hour, and takes every ticket of it. A scanner types what stands in the QR code of its page; in
 * the short run that is read off every fifth page, and the code of the ticket is typed for the others.
 * @param {string} url
 * @param {boolean} long
 */
async function crowd(url, long) {
  const [staff] = await signedIn(url, [{ email: mail("staff"), password }]);
  if (!staff) throw new Error("nobody signed in");
  const at = Date.now() + hour;
  const event = (await staff.ask("POST /events", { title_vi: "Ngày mở cửa", title_en: "Open day", mode: "onsite", venue: "Sân trước", starts_at: new Date(at), ends_at: new Date(at + 3 * hour) })).id;
  const quota = (await staff.ask(`POST /events/${event}/quotas`, { name: "Chỗ", size: guests })).id;
  const type = (await staff.ask(`POST /events/${event}/types`, { name_vi: "Vé mời", name_en: "Invitation", max_per_order: order, quotas: [quota] })).id;
  const { slug, rev } = await staff.ask(`GET /events/${event}`);
  await staff.ask(`POST /events/${event}/publish`, { rev });
  const orders = await together([...Array(guests / order).keys()], 4, async (n) => {
    const buyer = stranger(url, `mua${n}@example.org`);
    const { link } = await buyer.ask(`POST /events/${slug}/orders`, { lines: [{ type, count: order }] });
    const { tickets } = await buyer.ask(`GET ${link}`);
    const holders = tickets.map((/** @type {any} */ k, /** @type {number} */ i) => ({ ticket: k.id, name: `Nguyễn Thị Khách ${n * order + i}` }));
    return (await buyer.ask(`POST ${link}/submit`, { buyer: { name: `Người mua ${n}`, email: buyer.email }, holders })).tickets;
  });
  const tickets = orders.flat();
  return { event, typed: await together(tickets, 6, async (k, n) => (n % 5 && !long ? k.code : token(url + k.link))) };
}

/** What a camera reads on the page of a ticket. @param {string} page */
async function token(page) {
  const drawn = (await (await fetch(page)).text()).match(/viewBox="-(\d+) -\d+ (\d+) \d+"[^>]*><path d="([^"]+)"/);
  if (!drawn) throw new Error(`no code stands on ${page}`);
  const [margin, side, scale] = [Number(drawn[1]), Number(drawn[2]), 3];
  const width = side * scale, data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const run of (drawn[3] ?? "").matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    const [x, y, long] = [Number(run[1]) + margin, Number(run[2]) + margin, Number(run[3])];
    for (let row = y * scale; row < (y + 1) * scale; row++) for (let col = x * scale; col < (x + long) * scale; col++) data.fill(0, (row * width + col) * 4, (row * width + col) * 4 + 3);
  }
  return decodeQR({ width, height: width, data });
}

/** Types as a scanner does, which waits for nobody. @param {Page} page @param {string[]} all */
const type = (page, all) => page.evaluate((texts) => {
  const field = /** @type {HTMLInputElement} */ (document.getElementById("typed"));
  for (const text of texts) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.form?.requestSubmit();
  }
}, all);

/** @param {Page} page @param {string} id @param {string} text */
const shows = (page, id, text) => page.waitForFunction(([where, want]) => document.getElementById(where)?.textContent?.includes(want), /** @type {const} */ ([id, text]), { timeout: 60_000 });

/** What a phone keeps, by shelf. @param {Page} page @returns {Promise<Record<string, number>>} */
const kept = (page) => page.evaluate(() => new Promise((done, fail) => {
  const ask = indexedDB.open("vuon-checkin");
  ask.onerror = () => fail(ask.error);
  ask.onsuccess = async () => {
    const names = [...ask.result.objectStoreNames];
    const counts = await Promise.all(names.map((name) => new Promise((ok) => { const n = ask.result.transaction(name).objectStore(name).count(); n.onsuccess = () => ok([name, n.result]); })));
    ask.result.close();
    done(Object.fromEntries(counts));
  };
}));

/** @param {import("./run.mjs").Kit} kit */
export default async function door({ test, browser: chromium, url, demo, long }) {
  if (!demo) return;
  const { t, press, field, sees } = await hands("vi");
  const { event, typed } = await crowd(url, long);
  const staff = await (await browser.open(chromium, { width: 1280, lang: "vi", theme: "light" })).newPage();
  await signIn(staff, url, mail("staff"));
  const panel = `${url}/app/events/${event}/door`;
  const box = staff.locator("dialog[open]");

  /** A phone comes in at a gate, by the code that staff see. @param {string} gate @param {390 | 1280} width @param {"light" | "dark"} theme */
  async function phone(gate, width, theme) {
    await press(staff, "door_page.phone_add");
    await field(box, "door_page.phone_name").fill(`Máy ${gate}`);
    await field(box, "door_page.gate").selectOption({ label: gate });
    await press(box, "door_page.phone_code");
    const code = await box.locator(".door-code").innerText();
    const page = await (await browser.open(chromium, { width, lang: "vi", theme })).newPage();
    const heard = listen(page);
    await page.goto(`${url}/checkin/`);
    await field(page, "checkin.code").fill(code);
    const wrong = [...await accessibility(page), ...await geometry(page, width)];
    await press(page, "checkin.enrol");
    await page.locator("#typed").waitFor();
    await sees(staff, "door_page.came_in");
    await press(box, "page.close");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    return { page, heard, wrong };
  }

  /** @type {Awaited<ReturnType<typeof phone>>[]} */
  const phones = [];
  await test("a door is made of a list, two gates, and a phone at each that came in by its code", async () => {
    await to(staff, panel);
    await press(staff, "door_page.list_add");
    await press(box, "state.save");
    for (const gate of ["Cổng A", "Cổng B"]) {
      await press(staff, "door_page.gate_add");
      await field(box, "door_page.gate_name").fill(gate);
      await press(box, "state.save");
      await staff.getByText(gate, { exact: true }).waitFor();
    }
    phones.push(await phone("Cổng A", 390, "dark"), await phone("Cổng B", 390, "light"));
    return phones.flatMap((p) => p.wrong);
  });

  await test("with a network the first comes in, the second at the other gate is told where and when, and a script in a code does nothing", async () => {
    const [a, b] = /** @type {[Page, Page]} */ (phones.map((p) => p.page));
    const first = String(typed[0]);
    await type(a, [first]);
    await a.locator(".door-verdict.yes").waitFor();
    await type(b, [first]);
    await b.locator(".door-verdict.ask").waitFor();
    const told = await b.locator(".door-verdict").innerText();
    await type(b, ["<img src=x onerror=alert(1)>".repeat(9), first.slice(0, 60) + "0".repeat(70)]);
    await b.locator(".door-verdict.no").waitFor();
    const wrong = [...await accessibility(a), ...await geometry(a, 390), ...await accessibility(b), ...await geometry(b, 390)];
    return told.includes("Cổng A") && told.includes("Nguyễn Thị Khách 0") ? wrong : [...wrong, told];
  });

  await test(`without a network both open the page anew and let in with the same ${guests - 1} tickets`, async () => {
    await Promise.all(phones.map(async ({ page }) => {
      await page.context().setOffline(true);
      await page.reload();
      await page.locator("#typed").waitFor();
      await type(page, typed.slice(1));
      await shows(page, "left", String(guests - 1));
    }));
    const [a] = phones;
    const seen = await a?.page.locator(".door-last li").allInnerTexts();
    return seen?.every((line) => line.startsWith(t("scan_result.ok"))) ? [] : [String(seen)];
  });

  await test("back on the network every scan is kept, counted once, and every contradiction shown", async () => {
    const started = Date.now();
    await Promise.all(phones.map(async ({ page }) => {
      await page.context().setOffline(false);
      await page.locator("#left").waitFor({ state: "detached", timeout: 120_000 });
    }));
    console.log(`  ${2 * guests - 2} scans were told in ${Date.now() - started} ms`);
    await to(staff, panel);
    await staff.getByText(t("door_page.conflicts.other", { n: guests - 1 })).waitFor();
    const [api] = await signedIn(url, [{ email: mail("staff"), password }]);
    const door = await api?.ask(`GET /events/${event}/door`);
    const rows = (await api?.ask(`GET /events/${event}/scans?format=csv`)).trim().split("\n").length - 1;
    const list = door.lists[0], gates = door.counts.map((/** @type {any} */ c) => c.in).sort();
    const got = { rows, came: list.came, inside: list.inside, open: door.open_conflicts, gates: gates.join() };
    const want = { rows: 2 * guests + 1, came: guests, inside: guests, open: guests - 1, gates: [guests - 1, guests].join() };
    return JSON.stringify(got) === JSON.stringify(want) ? [] : [`${JSON.stringify(got)}, not ${JSON.stringify(want)}`];
  });

  await test("staff settle a contradiction, and no count changes", async () => {
    await press(staff, "door_page.settle");
    await field(box, "scan_resolution.misuse").check({ force: true });
    await press(box, "door_page.settle");
    await staff.getByText(t("door_page.conflicts.other", { n: guests - 2 })).waitFor();
  });

  await test("a phone that was sent away is refused and forgets everything; the other forgets it when the event is over", async () => {
    const [a, b] = /** @type {[Page, Page]} */ (phones.map((p) => p.page));
    await staff.getByRole("button", { name: t("door_page.phone_menu", { name: "Máy Cổng B" }) }).click();
    await staff.getByRole("menuitem", { name: t("door_page.revoke") }).click();
    await press(box, "door_page.revoke");
    await staff.getByText(t("door_page.phone_revoked"), { exact: true }).waitFor();
    await press(b, "checkin.sync");
    await sees(b, "device.revoked");
    await a.clock.setFixedTime(Date.now() + 30 * hour);
    await a.reload();
    await sees(a, "device.over");
    await staff.getByText(t("door_page.phone_wiped"), { exact: true }).waitFor({ timeout: 30_000 });
    const left = await Promise.all([a, b].map(kept));
    return left.flatMap((shelves) => Object.entries(shelves).filter(([, n]) => n > 0).map(([name, n]) => `${n} in ${name}`));
  });

  await test("no phone complained", async () => phones.flatMap((p) => p.heard.filter((h) => !/ERR_INTERNET_DISCONNECTED|401/.test(h))));
  for (const page of [staff, ...phones.map((p) => p.page)]) await page.context().close();
}
