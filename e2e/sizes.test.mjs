// What the files of the workspace weigh, packed as they are sent.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { transform } from "esbuild";
import { kb } from "./wire.mjs";

const root = fileURLToPath(new URL("../pb_public/", import.meta.url));

/** @param {import("./run.mjs").Kit} kit */
export default async function sizes({ test, url }) {
  await test("a module is served as it was written, less its remarks", () => same(url));
  await test("a page's module weighs at most 6 KB", () => heavy("app/pages", 6));
  await test("a library weighs at most 60 KB", () => heavy("vendor", 60));
}

/**
 * @param {string} folder
 * @param {number} limit in KB
 */
async function heavy(folder, limit) {
  const files = (await readdir(path.join(root, folder), { recursive: true })).filter((f) => f.endsWith(".js"));
  if (files.length === 0) return [`there is no script in ${folder}`];
  const wrong = [];
  for (const f of files) {
    const packed = gzipSync(await readFile(path.join(root, folder, f)), { level: 9 }).length;
    if (packed > limit * 1024) wrong.push(`${folder}/${f}: ${kb(packed)}`);
  }
  return wrong;
}

/**
 * The server takes remarks out without parsing; a parser says whether it took more.
 * @param {string} url
 */
async function same(url) {
  const frame = await (await fetch(`${url}/app/`)).text();
  const version = frame.match(/\/v\/[^/]+\//)?.[0];
  if (!version) return ["the workspace names no files"];
  const files = (await readdir(path.join(root, "app"), { recursive: true })).filter((f) => f.endsWith(".js"));
  const bare = async (/** @type {string} */ code) => (await transform(code, { minifyWhitespace: true, format: "esm" })).code;
  const wrong = await Promise.all(files.map(async (f) => {
    const answer = await fetch(`${url}${version}app/${f}`);
    if (!answer.ok) return `${f} answers ${answer.status}`;
    const [served, written] = await Promise.all([answer.text().then(bare), readFile(path.join(root, "app", f), "utf8").then(bare)]);
    return served === written ? "" : `${f} is served otherwise than it was written`;
  }));
  return wrong.filter(Boolean);
}
