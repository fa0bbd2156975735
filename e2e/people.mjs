// The demo's people and how they sign in.

export const password = "vuon-demo-2026";

/** Everybody the demo knows. */
export const roles = /** @type {const} */ ([
  "founder", "member", "mentor", "judge", "investor", "partner", "official", "staff", "manager", "finance",
]);

/** @typedef {typeof roles[number]} Role */

/** Whoever holds one of these gives a code from the mailbox besides the password. */
const twoFactors = new Set(["staff", "manager", "finance"]);

/** @param {string} role */
export const mail = (role) => `${role}@demo.test`;

/**
 * One mail of the demo's mailbox, newest first in /demo/mail.json.
 * @typedef {{ to: string, subject: string, text: string, code: string, link: string, at: string, number: number }} Mail
 */

/**
 * The demo's mails to one address, newest first.
 * @param {string} url
 * @param {string} address
 * @returns {Promise<Mail[]>}
 */
export async function mailbox(url, address) {
  const answer = await fetch(`${url}/demo/mail.json`);
  if (!answer.ok) throw new Error(`/demo/mail.json answers ${answer.status}`);
  return /** @type {Mail[]} */ (await answer.json()).filter((m) => m.to.includes(address));
}

/** The number of the newest mail to an address; 0 for none. @param {string} url @param {string} address */
export const latest = async (url, address) => (await mailbox(url, address))[0]?.number ?? 0;

/**
 * Waits until the mailbox holds more mails to address than known, and returns the newest.
 * @param {string} url
 * @param {string} address
 * @param {number} known
 * @param {number} [after] the number of the newest one that is known, instead: the mailbox keeps five hundred, and where there are
 *   so many, the first to this address may go as the next one comes
 * @returns {Promise<Mail>}
 */
export async function nextMail(url, address, known, after = -1) {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const [newest, ...older] = await mailbox(url, address);
    if (newest && (after < 0 ? older.length >= known : newest.number > after)) return newest;
    await new Promise((r) => setTimeout(r, 100));
  }
  throw new Error(`no mail came to ${address}`);
}

/**
 * Signs in through the page, as a person does, and waits for the home page.
 * @param {import("playwright-core").Page} page
 * @param {string} url
 * @param {string} address
 * @param {{ secret?: string, second?: boolean }} [how] their own password, and whether a code comes besides; the demo's people need neither
 */
export async function signIn(page, url, address, { secret: own = password, second = twoFactors.has(address.split("@")[0] ?? "") } = {}) {
  const after = second ? await latest(url, address) : 0;
  await page.goto(`${url}/app/`);
  await page.locator("form input[type=email]").fill(address);
  const secret = page.locator("form input[type=password]");
  if (!(await secret.isVisible())) await page.locator("[data-way=password]").click();
  await secret.fill(own);
  await secret.press("Enter");
  if (second) {
    const field = page.locator("input[autocomplete=one-time-code]");
    await field.waitFor();
    await field.fill((await nextMail(url, address, 0, after)).code);
    if (await field.isVisible()) await field.press("Enter", { timeout: 1000 }).catch(() => {}); // a full code may have sent itself
  }
  await page.locator("form input[type=password], input[autocomplete=one-time-code]").first().waitFor({ state: "detached" });
  await page.locator(".shell").waitFor(); // the form is gone before the house knows who came
  await ready(page);
}

/**
 * Waits until a page of the workspace shows its content: its heading stands, nothing is loading.
 * @param {import("playwright-core").Page} page
 */
export async function ready(page) {
  await page.locator("h1[tabindex='-1']").first().waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}
