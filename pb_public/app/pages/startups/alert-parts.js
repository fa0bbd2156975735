// @ts-check
// What an alert says, wherever it is read: in words, from the facts that it keeps.
import { date, dong, given, has, num, relative, t } from "../../lib/words.js";
import { when, write } from "./kpi.js";

/** @typedef {{ kpi: string, period: string, value: number }} Fact */

/** @param {Fact} f */
const value = (f) => write(["jobs", "customers"].includes(f.kpi) ? "count" : "vnd", f.value);

/** A fact in words. @param {Fact} f */
export const told = (f) => t("alert.fact", { what: t(`alert.kpi_${f.kpi}`), period: when(f.period), value: value(f) });

/** Why an alert rose. @param {any} a */
export function because(a) {
  const x = a.explain, facts = /** @type {Fact[]} */ (x.facts ?? []);
  const key = `alert.because_${a.rule}${x.times > 1 ? "_twice" : ""}`;
  return t(has(key) ? key : `alert.because_${a.rule}`, {
    period: when(a.period_key), due: date(x.due_on), grace: num(x.grace ?? 0), facts: facts.map(told).join(", "), fell: num(x.fell ?? 0),
    under: num(x.under ?? 0), over: num(x.over ?? 0), spent: dong(x.spent ?? 0), funding: dong(facts.find((f) => f.kpi === "funding")?.value ?? 0),
    milestones: (x.milestones ?? []).map((/** @type {any} */ m) => `${m.title} (${date(m.due_on)})`).join(", "),
  });
}

/** When it was raised; how long ago, while that is told in days. @param {any} x what the alert keeps */
export function since(x) {
  if (!given(x.since)) return "";
  const on = date(x.since), when = relative(x.since);
  return when === on ? t("alert.since_day", { date: on }) : t("alert.since", { date: on, when });
}

/** Whether a report is missing: then when the last one came is worth knowing. @param {any} a */
export const ofReport = (a) => String(a.rule).startsWith("report");
