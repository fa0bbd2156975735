// Fills pb_public/vendor and pb_public/fonts from node_modules.
//
//   node web/vendor.mjs            build, then compare with web/vendor.json (fails on a difference)
//   node web/vendor.mjs --accept   build, then rewrite web/vendor.json
//
// The result depends only on package-lock.json and the entry files in web/vendor. Beside each
// built file lies a one-line .d.ts that points back at its entry, so tsc reads the real types.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile, copyFile, rename } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import subset from "subset-font";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...p) => path.join(root, ...p);
const accept = process.argv.includes("--accept");

// Fonts are cut to the letters of Vietnamese and English, which every page needs, and a rest that a browser fetches when
// a word asks for it (Müller, Citroën). The ranges stand in css/core.css too; a page's bytes are counted in e2e.
const fonts = { package: "@fontsource/be-vietnam-pro", weights: [400, 600] };
const letters = {
  latin: "20-7E,A0,A9,AB,B0,B2-B3,B7,BB,C0-C3,C8-CA,CC-CD,D2-D5,D7,D9-DA,DD,E0-E3,E8-EA,EC-ED,F2-F5,F9-FA,FD,2013-2014,2018-201A,201C-201E,2022,2026,20AC,2190-2193,2212",
  vietnamese: "102-103,110-111,128-129,168-169,1A0-1A1,1AF-1B0,300-301,303-304,308-309,323,329,1EA0-1EF9,20AB",
  rest: "A1-A8,AA,AC-AF,B1,B4-B6,B8-BA,BC-BF,C4-C7,CB,CE-D1,D6,D8,DB-DC,DE-DF,E4-E7,EB,EE-F1,F6,F8,FB-FC,FE-FF,131,152-153,2BB-2BC,2C6,2DA,2DC",
};

/** The letters of a list of ranges, in hexadecimal. */
const spelled = (ranges) => ranges.split(",").flatMap((r) => {
  const [from, to = from] = r.split("-").map((n) => parseInt(n, 16));
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
}).join("");

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const packageOf = (file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];

/** Reads name, version and licence of an installed package, and the text of its licence. */
async function about(name) {
  const dir = at("node_modules", name);
  const { version, license } = JSON.parse(await readFile(path.join(dir, "package.json"), "utf8"));
  const found = (await readdir(dir)).filter((f) => /^(licen[cs]e|copying|notice)/i.test(f)).sort();
  const texts = await Promise.all(found.map((f) => readFile(path.join(dir, f), "utf8")));
  return { name, version, licence: license, text: texts.join("\n") };
}

async function main() {
  const entries = (await readdir(at("web/vendor"))).filter((f) => f.endsWith(".js")).sort();
  const made = await build({
    absWorkingDir: root,
    entryPoints: entries.map((f) => `web/vendor/${f}`),
    outdir: "pb_public/vendor",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // every licence text goes to licences.txt instead
    define: { "process.env.NODE_ENV": '"production"' },
    metafile: true,
    write: false,
    logLevel: "warning",
  });

  /** @type {{file: string, bytes: Uint8Array, from: string[]}[]} */
  const out = made.outputFiles.map((f) => {
    const file = path.relative(root, f.path);
    const from = Object.entries(made.metafile.outputs[file].inputs)
      .filter(([, use]) => use.bytesInOutput > 0)
      .map(([input]) => packageOf(input));
    return { file, bytes: f.contents, from: [...new Set(from.filter(Boolean))].sort() };
  });
  for (const [script, ranges] of Object.entries(letters)) {
    for (const weight of fonts.weights) {
      const whole = await readFile(at("node_modules", fonts.package, "files", `be-vietnam-pro-${script === "vietnamese" ? script : "latin"}-${weight}-normal.woff2`));
      const bytes = await subset(whole, spelled(ranges), { targetFormat: "woff2" });
      out.push({ file: `pb_public/fonts/be-vietnam-pro-${script}-${weight}-normal.woff2`, bytes, from: [fonts.package] });
    }
  }

  const names = [...new Set(out.flatMap((f) => f.from))].sort();
  const packages = await Promise.all(names.map(about));
  const manifest = {
    packages: packages.map(({ name, version, licence }) => ({ name, version, licence })),
    files: out.map(({ file, bytes, from }) => ({ file, from, bytes: bytes.length, sha256: sha256(bytes) })).sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
  const text = JSON.stringify(manifest, null, 2) + "\n";

  if (accept) await writeFile(at("web/vendor.json"), text);
  const expected = await readFile(at("web/vendor.json"), "utf8").catch(() => "");
  if (expected !== text) {
    throw new Error("the libraries differ from web/vendor.json; read the change, then run: make web-accept");
  }

  // Write beside, then swap, so that a broken run leaves the last good result standing.
  for (const dir of ["vendor", "fonts"]) {
    const fresh = at(`pb_public/.${dir}.new`);
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    for (const f of out.filter((f) => f.file.startsWith(`pb_public/${dir}/`))) {
      await writeFile(path.join(fresh, path.basename(f.file)), f.bytes);
    }
    if (dir === "vendor") {
      const pages = packages.map((p) => `${p.name} ${p.version} (${p.licence})\n\n${p.text.trim() || "No licence file in the package; the name above is what its author states."}\n`);
      await writeFile(path.join(fresh, "licences.txt"), pages.join(`\n${"-".repeat(72)}\n\n`));
      await copyFile(at("web/vendor.json"), path.join(fresh, "manifest.json"));
      for (const entry of entries) {
        await writeFile(path.join(fresh, entry.replace(/\.js$/, ".d.ts")), `export * from "../../web/vendor/${entry}";\n`);
      }
    }
    await rm(at("pb_public", dir), { recursive: true, force: true });
    await rename(fresh, at("pb_public", dir));
  }

  for (const f of out) {
    const gz = f.file.endsWith(".woff2") ? "" : ` (${gzipSync(f.bytes, { level: 9 }).length} gz)`;
    console.log(`${f.file}  ${f.bytes.length}${gz}  ${f.from.join(", ")}`);
  }
}

await main().catch((err) => {
  console.error(`vendor: ${err.message}`);
  process.exitCode = 1;
});
