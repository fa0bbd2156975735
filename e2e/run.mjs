// node e2e/run.mjs BINARY [--shots] [NAME…] — runs every e2e/*.test.mjs, or those whose names hold NAME, in one demo.
//
//   E2E_URL=http://127.0.0.1:8090   uses a demo that is running already
//   VUON_LONG=1                     every page in every look
//   --shots                         leaves screenshots in e2e/shots
//
// A test file exports default async ({ test, browser, url, demo, long, shots }) => { … }.
import { readdir } from "node:fs/promises";
import process from "node:process";
import { launch, serve } from "./browser.mjs";

/**
 * @typedef {object} Kit
 * @property {(name: string, run: () => Promise<string[] | void>) => Promise<void>} test fails when run throws or returns sentences
 * @property {import("playwright-core").Browser} browser
 * @property {string} url where the demo is
 * @property {boolean} demo false for a binary without people and data: there is nobody to sign in
 * @property {boolean} identities whether a provider of identities stands beside it
 * @property {boolean} long
 * @property {boolean} shots
 * @property {(name: string, look: (folder: string) => string[]) => void} after looks at the folder of the house once it has stopped; never where somebody else runs it
 */

const args = process.argv.slice(2);
const shots = args.includes("--shots");
const [binary = "bin/vuon", ...names] = args.filter((a) => !a.startsWith("--"));

let passed = 0;
let failed = 0;

/** @type {Kit["test"]} */
async function test(name, run) {
  const started = performance.now();
  /** @type {string[]} */
  let wrong;
  try {
    wrong = (await run()) ?? [];
  } catch (e) {
    wrong = [e instanceof Error ? (e.stack ?? e.message) : String(e)];
  }
  wrong.length ? failed++ : passed++;
  const ms = Math.round(performance.now() - started);
  const reasons = wrong.map((w) => `\n     ${w.replace(/\x1b\[\d+m/g, "")}`);
  console.log(`${wrong.length ? "not ok" : "ok"} ${name} (${ms} ms)${reasons.join("")}`);
}

/** Stories that leave the house much fuller than they found it, in their order: those who count its rows and bytes come before them. */
const last = ["alumni.test.mjs", "report.test.mjs", "season.test.mjs", "event.test.mjs"];

const files = (await readdir(new URL(".", import.meta.url)))
  .filter((f) => f.endsWith(".test.mjs") && (names.length === 0 || names.some((n) => f.includes(n))))
  .sort((a, b) => last.indexOf(a) - last.indexOf(b) || a.localeCompare(b));

/** @type {{ name: string, look: (folder: string) => string[] }[]} */
const looks = [];
/** @type {Kit["after"]} */
const after = (name, look) => void looks.push({ name, look });

const given = process.env["E2E_URL"];
/** @type {import("./browser.mjs").House} */
const house = given ? { url: given.replace(/\/$/, ""), demo: true, identities: false, folder: "", stop: async () => {}, examine: () => [], leave: async () => {} } : await serve(binary);
const browser = await launch();
try {
  for (const file of files) {
    console.log(`# ${file}`);
    await test(`${file} to its end`, async () => {
      const { default: run } = await import(new URL(file, import.meta.url).href);
      await run({ test, browser, url: house.url, demo: house.demo, identities: house.identities, long: process.env["VUON_LONG"] === "1", shots, after });
    });
  }
} finally {
  await browser.close();
  await test("the demo stops when it is told to", house.stop);
  await test("the doctor finds the house well after all that", async () => house.examine());
  if (house.folder) for (const { name, look } of looks) await test(name, async () => look(house.folder));
  await house.leave();
}
if (passed === 0) failed++; // nothing was looked at
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
