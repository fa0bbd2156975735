// What the files of the workspace weigh, packed as they are sent.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { kb } from "./wire.mjs";

const root = fileURLToPath(new URL("../pb_public/", import.meta.url));

/** @param {import("./run.mjs").Kit} kit */
export default async function sizes({ test }) {
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
