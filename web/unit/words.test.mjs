// Words, numbers and dates of the workspace, held to the examples that package locale is held to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as words from "../../pb_public/app/lib/words.js";

const at = (path) => new URL(`../../${path}`, import.meta.url);
const json = async (path) => JSON.parse(await readFile(at(path), "utf8"));
const examples = await json("internal/locale/testdata/examples.json");
const dictionary = { vi: await json("pb_public/i18n/vi.json"), en: await json("pb_public/i18n/en.json") };

/** Each example ends with what is written in Vietnamese and in English. */
function says(all, write) {
  for (const example of all) {
    for (const [i, lang] of ["vi", "en"].entries()) {
      words.teach(lang, dictionary[lang]);
      assert.equal(write(example), example.at(-2 + i).replaceAll("_", "\u00a0"), `${JSON.stringify(example)} in ${lang}`);
    }
  }
}

test("numbers", () => says(examples.numbers, ([v, decimals]) => words.num(v, decimals)));
test("amounts", () => {
  says(examples.amounts.map((a) => a.slice(0, 3)), ([v]) => words.dong(v));
  says(examples.amounts, ([v]) => words.dongShort(v));
});
test("shares", () => says(examples.shares, ([v, decimals]) => words.percent(v, decimals)));
test("dates", () => {
  const kinds = { long: words.longDate, date: words.date, short: words.shortDate, clock: words.clock, moment: words.moment, month: words.month, monthyear: words.monthYear, day: words.day };
  says(examples.dates, ([kind, v]) => kinds[kind](v));
  says(examples.spans, ([from, to]) => words.span(from, to));
});
test("distances in time", () => {
  const now = Date.parse(examples.now);
  says(examples.relative, ([s]) => words.relative(now + s * 1000, now));
  says(examples.deadlines, ([s]) => words.deadline(now + s * 1000, now));
});
test("folding", () => {
  for (const [text, folded] of examples.folded) assert.equal(words.fold(text), folded);
});

test("a day without a time is a day of Ho Chi Minh City", () => {
  words.teach("vi", dictionary.vi);
  assert.equal(words.shortDate("2026-12-06"), "06/12/2026");
  assert.equal(words.day("2026-12-05 17:30:00.000Z"), "2026-12-06", "as PocketBase writes instants");
  assert.equal(words.given("0001-01-01T00:00:00Z"), false, "Go's empty time");
});

test("slots, plurals and missing words", () => {
  words.teach("en", { "a.b": "{x} and {x} of {y}", "c.one": "{n} thing", "c.other": "{n} things" });
  assert.equal(words.t("a.b", { x: "1", y: 1234 }), "1 and 1 of 1,234");
  assert.equal(words.t("a.b", { x: "1" }), "1 and 1 of {y}", "a slot nobody fills is seen");
  assert.equal(words.t("c", { n: 1 }), "1 thing");
  assert.equal(words.t("c", { n: 0 }), "0 things");
  words.teach("vi", { "c.one": "{n} việc", "c.other": "{n} việc" });
  assert.equal(words.t("c", { n: 1 }), "1 việc");
  assert.equal(words.t("no.such"), "no.such");
});

test("what is written in both languages falls back", () => {
  words.teach("en", {});
  assert.equal(words.pair({ title_vi: "gốm", title_en: "" }, "title"), "gốm");
  assert.equal(words.pair({ title_vi: "gốm", title_en: "pottery" }, "title"), "pottery");
  assert.equal(words.pair(null, "title"), "");
});
