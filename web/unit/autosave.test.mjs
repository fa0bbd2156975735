// Saving by itself: the newest edit wins, a lost connection loses nothing, a stale row waits for a person.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../pb_public/app/lib/api.js";
import { autosave, unfilled } from "../../pb_public/app/lib/autosave.js";
import { newForm } from "../../pb_public/app/lib/forms.js";

/** A saver over a server that the test plays, and a memory for the draft. */
function house({ rev = 1, kept = null } = {}) {
  const calls = [], told = [];
  const memory = { kept, get: () => memory.kept, set: (d) => { memory.kept = d; }, remove: () => { memory.kept = null; } };
  const saver = autosave({
    rev, store: memory, wait: 900, tell: (s) => told.push(s),
    send: (values, rev, key) => new Promise((ok, no) => calls.push({ values, rev, key, ok, no })),
  });
  return { saver, calls, told, memory };
}

const settle = async () => { for (let i = 0; i < 20; i++) await Promise.resolve(); };

test("waits for quiet, then saves the newest", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls, told, memory } = house();
  saver.edit({ a: "x" });
  t.mock.timers.tick(500);
  saver.edit({ a: "xy" });
  t.mock.timers.tick(899);
  assert.equal(calls.length, 0);
  assert.deepEqual(memory.kept, { values: { a: "xy" }, rev: 1 }, "the draft is kept at once");
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual(calls.map((c) => [c.values, c.rev]), [[{ a: "xy" }, 1]]);
  calls[0].ok({ rev: 2 });
  await settle();
  assert.equal(told.at(-1), "saved");
  assert.equal(memory.kept, null);
  assert.equal(saver.rev, 2);
});

test("one save at a time; what was typed meanwhile follows with the new revision", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls, memory } = house();
  saver.edit({ a: "1" });
  t.mock.timers.tick(900);
  await settle();
  saver.edit({ a: "2" });
  t.mock.timers.tick(900);
  await settle();
  assert.equal(calls.length, 1, "the first save has not come back");
  calls[0].ok({ rev: 2 });
  await settle();
  assert.deepEqual([calls[1].values, calls[1].rev], [{ a: "2" }, 2]);
  assert.notEqual(calls[0].key, calls[1].key);
  assert.equal(memory.kept.rev, 2);
  calls[1].ok({ rev: 3 });
  await settle();
  assert.equal(memory.kept, null);
});

test("a lost connection keeps the draft and tries again under the same key", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls, told, memory } = house();
  saver.edit({ a: "1" });
  t.mock.timers.tick(900);
  await settle();
  calls[0].no(new Refusal(0, "offline", ""));
  await settle();
  assert.equal(told.at(-1), "offline");
  assert.deepEqual(memory.kept, { values: { a: "1" }, rev: 1 });
  t.mock.timers.tick(15_000);
  await settle();
  assert.equal(calls[1].key, calls[0].key, "the server may have done it already");
  calls[1].ok({ rev: 2 });
  await settle();
  assert.equal(told.at(-1), "saved");
});

test("another body never goes under an old key", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls } = house();
  saver.edit({ a: "1" });
  t.mock.timers.tick(900);
  await settle();
  saver.edit({ a: "2" });
  calls[0].no(new Refusal(0, "offline", ""));
  await settle();
  saver.flush();
  await settle();
  assert.deepEqual(calls[1].values, { a: "2" });
  assert.notEqual(calls[1].key, calls[0].key);
});

test("a stale row waits for a person's word", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls, told } = house();
  saver.edit({ a: "ours" });
  t.mock.timers.tick(900);
  await settle();
  calls[0].no(new Refusal(409, "record.stale", "", {}, { stored: { rev: 7 } }));
  await settle();
  assert.equal(told.at(-1), "stale");
  saver.edit({ a: "ours, longer" });
  t.mock.timers.tick(60_000);
  await settle();
  assert.equal(calls.length, 1, "nothing is sent over somebody else's words unasked");
  saver.insist(7);
  await settle();
  assert.deepEqual([calls[1].values, calls[1].rev], [{ a: "ours, longer" }, 7]);
});

test("yielding drops ours", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls, memory } = house();
  saver.edit({ a: "ours" });
  t.mock.timers.tick(900);
  await settle();
  calls[0].no(new Refusal(409, "record.stale", "", {}, { stored: { rev: 7 } }));
  await settle();
  saver.yield(7);
  assert.equal(memory.kept, null);
  assert.deepEqual(await saver.flush(), { rev: 7, saved: true });
  assert.equal(calls.length, 1);
});

test("a refused value stays a draft, and the next edit is tried", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls, told, memory } = house();
  saver.edit({ n: -1 });
  t.mock.timers.tick(900);
  await settle();
  calls[0].no(new Refusal(400, "too_small", "", { n: { code: "too_small", message: "…" } }));
  await settle();
  assert.equal(told.at(-1), "refused");
  assert.deepEqual(memory.kept.values, { n: -1 });
  saver.edit({ n: 1 });
  t.mock.timers.tick(900);
  await settle();
  assert.deepEqual(calls[1].values, { n: 1 });
});

test("a draft of this revision is offered, an older one is not", () => {
  assert.deepEqual(house({ rev: 3, kept: { values: { a: "d" }, rev: 3 } }).saver.draft(), { a: "d" });
  assert.equal(house({ rev: 4, kept: { values: { a: "d" }, rev: 3 } }).saver.draft(), null);
});

test("what the server did not take waits for an edit, and the rest is kept at its new revision", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, calls, told, memory } = house();
  saver.edit({ a: "fits", b: "too long" });
  t.mock.timers.tick(900);
  await settle();
  calls[0].ok({ rev: 2, unkept: new Refusal(400, "form.save_refused", "", { b: { code: "answer.too_long", message: "" } }) });
  await settle();
  assert.equal(told.at(-1), "refused");
  assert.deepEqual(memory.kept, { values: { a: "fits", b: "too long" }, rev: 2 }, "a closed tab costs nothing");
  assert.equal(calls.length, 1, "nothing is sent again by itself");
  saver.edit({ a: "fits", b: "short" });
  const flushed = saver.flush();
  await settle();
  assert.equal(calls[1].rev, 2);
  calls[1].ok({ rev: 3, unkept: null });
  assert.deepEqual(await flushed, { rev: 3, saved: true });
  assert.equal(memory.kept, null);
});

test("a save that went well leaves what is still missing marked, and takes away what the server has taken now", () => {
  const form = newForm({ name: "", sum: 5 });
  form.fields.set("name", { label: "Name", required: true, id: "n" });
  form.fields.set("sum", { label: "Sum", required: true, id: "s" });
  form.problems.value = { name: "missing", sum: "too large" };
  assert.deepEqual(unfilled(form), { name: "missing" });
  form.set("name", "Gốm");
  assert.deepEqual(unfilled(form), {});
});
