// What the phone at the door decides by itself. The tokens and lines are those that the house wrote: internal/events/pass/testdata.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { after, decide, find, findCode, isToken, place, read, tidy, unlock } from "../../pb_public/checkin/decide.js";

const v = JSON.parse(await readFile(new URL("../../internal/events/pass/testdata/vectors.json", import.meta.url), "utf8"));
const noon = v.not_after * 1000 - 3600e3;
const list = { id: "list", name: "Vào cửa", types: [], max_entries: 1, per_day: false, opens_at: "", closes_at: "", came: 0, inside: 0, expects: 1 };

/** What a phone knows of the one ticket of the vectors. */
function known(ticket = {}, more = {}) {
  const k = { id: v.ticket, g: v.generation, s: "valid", t: "type", k: v.code_finds, l: [v.line], ...ticket };
  return {
    event: v.event, status: "published", keys: [{ kid: v.kid, public: v.public, not_after: "", retired: false }], lists: [list], kinds: [{ id: "type", name_vi: "Vé", name_en: "", days: [] }],
    tickets: new Map([[k.id, k]]), codes: new Map([[k.k, k.id]]), standings: new Map(), ...more,
  };
}
const result = async (what, text = v.token, { on = list, kind = "entry", now = noon } = {}) => (await decide(what, text, on, kind, now)).result;

test("reads what the house wrote", async () => {
  const claim = read(v.token);
  assert.deepEqual([claim.kid, claim.ticket, claim.generation, claim.notAfter], [v.kid, v.ticket, v.generation, v.not_after * 1000]);
  assert.equal(await find(v.token), v.line.f);
  assert.equal(await findCode(v.event, v.code), v.code_finds);
  assert.deepEqual(await unlock(v.token, v.line), JSON.parse(v.plain));
  assert.equal(await unlock(v.other, v.line), null, "another ticket opens this one's line");
});

test("lets in once, and says who was there", async () => {
  const what = known();
  assert.equal(await result(what), "ok");
  assert.equal(await result(what, v.code), "ok");
  what.standings.set(place(v.ticket, list, noon), after(undefined, "entry", noon, "Cổng A"));
  const again = await decide(what, v.token, list, "entry", noon + 60e3);
  assert.deepEqual([again.result, again.standing.gate, again.name], ["already", "Cổng A", JSON.parse(v.plain).n]);
  assert.equal(await result(what, v.token, { kind: "exit" }), "ok");
  what.standings.set(place(v.ticket, list, noon), after(again.standing, "exit", noon, "Cổng B"));
  assert.equal(await result(what), "already", "a list of one entry lets in twice");
  assert.equal(await result(what, v.token, { kind: "exit" }), "not_inside");
  assert.equal(await result(what, v.token, { on: { ...list, max_entries: 2 } }), "ok");
});

test("believes nothing that the house did not sign", async () => {
  assert.equal(await result(known({ l: [] }), v.bent), "forged");
  assert.equal(await result(known(), v.other), "other_event");
  for (const text of ["", v.token.slice(0, 100), v.token + "0", `${v.token.slice(0, 50)}ế${v.token.slice(51)}`, "<script>alert(1)</script>"]) assert.equal(await result(known(), text), "unknown", text);
  assert.equal(tidy("x".repeat(1e6)), "", "a flood is not looked at");
  assert.equal(isToken(tidy(` ${v.token.toLowerCase()}\r\n`)), true);
});

test("says why a ticket does not hold", async () => {
  assert.equal(await result(known({ g: v.generation + 1 })), "revoked");
  assert.equal(await result(known({}, { keys: [{ kid: v.kid, public: v.public, not_after: "", retired: true }] })), "revoked");
  assert.equal(await result(known(), v.token, { now: v.not_after * 1000 + 11 * 60e3 }), "expired");
  assert.equal(await result(known({}, { tickets: new Map() })), "unlisted");
  for (const [status, says] of [["void", "void"], ["suspended", "suspended"], ["held", "unpaid"]]) assert.equal(await result(known({ s: status })), says);
});

test("knows the door, the day and the hour", async () => {
  assert.equal(await result(known(), v.token, { on: { ...list, types: ["other"] } }), "wrong_type");
  assert.equal(await result(known({}, { kinds: [{ id: "type", name_vi: "", name_en: "", days: ["2020-01-01"] }] })), "wrong_day");
  assert.equal(await result(known(), v.token, { on: { ...list, closes_at: new Date(noon).toISOString() } }), "closed");
  assert.equal(await result(known(), v.token, { on: { ...list, opens_at: new Date(noon + 1).toISOString() } }), "closed");
  assert.equal(await result(known({}, { status: "cancelled" })), "closed");
  assert.notEqual(place(v.ticket, { ...list, per_day: true }, noon), place(v.ticket, { ...list, per_day: true }, noon + 86400e3));
});
