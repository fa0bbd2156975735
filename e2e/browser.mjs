// Starts the built binary on a fresh folder and Debian's Chromium beside it, both on loopback.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox", // CI runs as root in a throw-away machine, where the sandbox cannot start
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", // nothing leaves this machine
];

/**
 * How a page is looked at. state is what a signed-in browser keeps: see people.mjs.
 * @typedef {{ width: 320 | 390 | 1280, theme: "light" | "dark", lang: "vi" | "en", state?: State | undefined, scripts?: boolean }} Look
 * @typedef {Awaited<ReturnType<import("playwright-core").BrowserContext["storageState"]>>} State
 * @typedef {object} House
 * @property {string} url
 * @property {boolean} demo it has people, data and a mailbox
 * @property {boolean} identities a provider of identities stands beside it
 * @property {string} folder where its database lies; "" for a house that others keep
 * @property {() => Promise<void>} stop
 * @property {() => string[]} examine once it has stopped: what the doctor finds wrong with it
 * @property {() => Promise<void>} leave takes its folder away
 */

export function launch() {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", headless: true, args: flags });
}

/**
 * A browser of its own for one look: cold cache, no cookies but those of state. The pages' own policy stays in force.
 * @param {import("playwright-core").Browser} browser
 * @param {Look} look
 */
export async function open(browser, look) {
  const phone = look.width < 500;
  const context = await browser.newContext({
    viewport: { width: look.width, height: phone ? 844 : 860 },
    isMobile: phone,
    hasTouch: phone,
    colorScheme: look.theme,
    locale: look.lang === "vi" ? "vi-VN" : "en-GB",
    timezoneId: "Asia/Ho_Chi_Minh",
    reducedMotion: "reduce",
    javaScriptEnabled: look.scripts ?? true,
    ...(look.state ? { storageState: look.state } : {}),
  });
  context.setDefaultTimeout(15_000);
  return context;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const s = createServer().once("error", fail);
    s.listen(0, "127.0.0.1", () => {
      const a = s.address();
      s.close(() => (a && typeof a === "object" ? done(a.port) : fail(new Error("no port"))));
    });
  });
}

/**
 * Runs the demo in a folder of its own. It must be ready within 20 seconds and stop within 8.
 * A binary that knows no demo serves an empty house. Where a provider of identities lies beside the binary, the house trusts it.
 * @param {string} binary
 * @returns {Promise<House>}
 */
export async function serve(binary) {
  const data = await mkdtemp(path.join(tmpdir(), "vuon-e2e-"));
  const address = `127.0.0.1:${await freePort()}`;
  const demo = spawnSync(path.resolve(binary), ["demo", "--help"], { cwd: data }).status === 0;
  const provider = path.join(path.dirname(path.resolve(binary)), "provider");
  const identities = demo && existsSync(provider);
  const at = `127.0.0.1:${await freePort()}`;
  const other = identities ? spawn(provider, ["-http", at, "-house", `http://${address}`], { stdio: "inherit", cwd: data }) : null;
  const trust = { VUON_PUBLIC_URL: `http://${address}`, VUON_OIDC_ISSUER: `http://${at}`, VUON_OIDC_CLIENT_ID: "vuon", VUON_OIDC_CLIENT_SECRET: "một bí mật của nhà cung cấp", VUON_OIDC_NAME_VI: "Định danh điện tử", VUON_OIDC_NAME_EN: "eID" };
  const folder = path.join(data, "demo");
  const child = spawn(path.resolve(binary), [...(demo ? ["demo"] : ["serve", "--dev"]), "--http", address, "--dir", folder], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: data, // whatever it may write by mistake goes with the folder
    env: { ...process.env, ...(identities ? trust : {}) },
  });
  let log = "";
  for (const s of [child.stdout, child.stderr]) s.on("data", (b) => (log += b));
  const gone = new Promise((done) => child.once("exit", done));
  const url = `http://${address}`;
  const started = Date.now();
  const until = started + 20_000 * slowness();
  while (!(await answers(url + (demo ? "/readyz" : "/api/health")))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill("SIGKILL");
      other?.kill();
      throw new Error(`the demo did not get ready:\n${log}`);
    }
    await new Promise((r) => setTimeout(r, 50));
  }
  console.log(`${demo ? "the demo" : "an empty house"} was ready after ${Date.now() - started} ms`);
  return {
    url,
    demo,
    identities,
    folder,
    async stop() {
      other?.kill();
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 8_000 * slowness());
      await gone;
      clearTimeout(late);
      if (child.exitCode !== 0) throw new Error(`the demo ended with ${child.exitCode ?? child.signalCode}:\n${log}`);
    },
    examine() {
      const doctor = spawnSync(path.resolve(binary), [`--dir=${folder}`, "doctor"], { cwd: data, encoding: "utf8" });
      return doctor.status === 0 ? [] : [`the doctor ends with ${doctor.status}:\n${doctor.stdout}${doctor.stderr}`];
    },
    leave: () => rm(data, { recursive: true, force: true }),
  };
}

/** A loaded machine may take longer than the limits that hold on a quiet one. */
function slowness() {
  return Number(process.env["E2E_SLOW"] ?? "3");
}

/** @param {string} url */
function answers(url) {
  return fetch(url).then((r) => r.ok, () => false);
}
