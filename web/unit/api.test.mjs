// Refusals as the server spells them, addresses as the table of routes means them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { call, newKey, Refusal, refusal } from "../../pb_public/app/lib/api.js";
import { match } from "../../pb_public/app/lib/ui.js";

test("a refusal of a field, of the whole, and of neither", () => {
  const field = refusal(400, { status: 400, message: "Sai.", data: { email: { code: "mail.taken", message: "Đã có." } } });
  assert.deepEqual([field.code, field.fields], ["mail.taken", { email: { code: "mail.taken", message: "Đã có." } }]);
  const whole = refusal(409, { message: "x", data: { _: { code: "intake.full", message: "Hết chỗ." } } });
  assert.deepEqual([whole.code, whole.message, whole.fields], ["intake.full", "Hết chỗ.", {}]);
  assert.equal(refusal(502, null).lost, true, "a proxy spoke, not the house");
  assert.equal(refusal(500, { message: "", data: {} }).code, "internal");
});

test("a stale row brings both versions", () => {
  const stale = refusal(409, { data: { _: { code: "record.stale", message: "…" }, stored: { rev: 4, title: "theirs" }, sent: { title: "ours" } } });
  assert.equal(stale.stale, true);
  assert.equal(stale.shown.stored.rev, 4);
});

test("a second factor is due", () => {
  assert.equal(refusal(401, { mfaId: "m1" }).shown.mfaId, "m1");
});

test("keys fit and differ", () => {
  assert.ok(newKey().length <= 64);
  assert.notEqual(newKey(), newKey());
  assert.ok(new Refusal(0, "offline", "").lost);
});

test("what a paste brings along unseen goes out as a blank, and nothing else changes", async (t) => {
  let sent = "";
  t.mock.method(globalThis, "fetch", async (/** @type {string} */ _, /** @type {RequestInit} */ how) => {
    sent = String(how.body);
    return new Response("{}", { headers: { "Content-Type": "application/json" } });
  });
  await call("POST", "/x", { slide: "one\u000btwo\u0000", lines: "a\n\tb", path: "C:\\book \\u0007 \\\\f", bell: "\\\u0007", e: "e\u0302\u0323" });
  assert.deepEqual(JSON.parse(sent), { slide: "one two ", lines: "a\n\tb", path: "C:\\book \\u0007 \\\\f", bell: "\\ ", e: "ệ" });
});

test("addresses", () => {
  const routes = { "/app/": "home/home", "/app/people": "people/people", "/app/people/:id": "people/person", "/app/intakes/:id/board": "intake/board" };
  assert.deepEqual(match(routes, "/app/"), { module: "home/home", params: {} });
  assert.deepEqual(match(routes, "/app"), { module: "home/home", params: {} });
  assert.deepEqual(match(routes, "/app/people/a%20b"), { module: "people/person", params: { id: "a b" } });
  assert.deepEqual(match(routes, "/app/intakes/x/board/"), { module: "intake/board", params: { id: "x" } });
  assert.equal(match(routes, "/app/intakes/x"), null);
});

test("the server can read the table of routes", async () => {
  const main = await readFile(new URL("../../pb_public/app/main.js", import.meta.url), "utf8");
  const table = main.slice(main.indexOf("const routes = {"), main.indexOf("};"));
  const lines = table.split("\n").slice(1).filter((l) => l.trim());
  for (const line of lines) assert.match(line, /^\s*"(\/app\/[^"]*)": "([a-z-]+\/[a-z-]+)",?$/);
  assert.ok(lines.length > 10);
});
