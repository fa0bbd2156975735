// @ts-check
// How a figure is written, compared and coloured, wherever it stands.
import { html } from "../../lib/ui.js";
import { dong, dongShort, lang, now, num, percent, period, t } from "../../lib/words.js";
import { Badge, Icon } from "../../components/parts.js";

/** @typedef {"value" | "not_reported" | "na" | "refused"} State */
/** @typedef {{ id: string, key: string, label_vi: string, label_en: string, help_vi: string, help_en: string, unit: string, direction: string, agg: string }} KPI */
/** @typedef {{ kpi: string, state: State, value: number | null, comment: string, grade: string, source?: string, period_key?: string }} Reading */

export const states = /** @type {const} */ (["value", "not_reported", "na", "refused"]);
export const grades = /** @type {const} */ (["self", "documented", "verified"]);

/** A value to its last đồng or head. @param {string} unit @param {number} v */
export const write = (unit, v) => (unit === "vnd" ? dong(v) : unit === "percent" ? percent(v / 100, 0) : num(v, 0));

/** A value for a headline or an axis. @param {string} unit @param {number} v */
export const short = (unit, v) => (unit === "vnd" ? dongShort(v) : unit === "percent" ? percent(v / 100, 0) : num(v, 0));

/** A period within a sentence: "tháng 10, 2026", "quý 4, 2026", "khởi điểm". @param {string} key */
export function when(key) {
  const word = key === "baseline" ? t("period.baseline") : /Q/.test(key) ? t("period.quarter", { q: key.slice(6), year: key.slice(0, 4) }) : /^\d{4}$/.test(key) ? t("period.year", { year: key }) : period(key);
  return lang.value === "vi" ? word.charAt(0).toLowerCase() + word.slice(1) : word;
}

/** The same at the beginning of one. @param {string} key */
export const When = (key) => { const word = when(key); return word.charAt(0).toUpperCase() + word.slice(1); };

/** A short amount and its unit apart, for a headline. @param {string} unit @param {number} v @returns {[string, string]} */
export function parts(unit, v) {
  const [number = "", ...rest] = short(unit, v).split(/[ \u00a0]/);
  return [number, rest.join(" ")];
}

/** The name of a report: a month, or the beginning. @param {{ kind?: string, period_key: string, title_vi?: string }} r @param {string} title */
export const named = (r, title) => (r.kind === "month" ? t("report.of", { period: when(r.period_key) }) : title);

/** An answer in words; one without a value is never 0. @param {{ unit: string, r: { state: string, value: number | null } | undefined }} props */
export function Answer({ unit, r }) {
  if (!r || r.state === "missing") return html`<${Badge} tone="idle">${t("state.unreported")}<//>`;
  return r.state === "value" && r.value !== null ? html`<b class="tn">${write(unit, r.value)}</b>` : html`<${Badge} tone="idle" icon="minus">${t(`reading.is_${r.state}`)}<//>`;
}

/**
 * What has changed, in words and with its sign. The colour says whether that is good, and only where we know it.
 * @param {{ unit: string, direction: string, now: number, was: number | null | undefined, since: string, brief?: boolean }} props since: when it was; brief: in percent where that can be said, for a small card
 */
export function Change({ unit, direction, now, was, since, brief }) {
  if (was === null || was === undefined) return null;
  const by = now - was;
  if (by === 0) return html`<span class="diff muted"><${Icon} n="minus" s />${t("figure.same", { when: since })}</span>`;
  const good = direction === "none" ? null : by > 0 === (direction === "higher");
  const part = was === 0 ? "" : percent(Math.abs(by / was), 0), amount = short(unit, Math.abs(by));
  return html`<span class=${`diff ${good === null ? "muted" : good ? "ok" : "warnc"}`}><${Icon} n=${by > 0 ? "rise" : "fall"} s />${t(by > 0 ? "figure.more" : "figure.less", { by: part ? (brief ? part : `${amount} (${part})`) : amount, when: since })}</span>`;
}

/** The months that may be asked for, the latest first. */
export function months(n = 12) {
  const d = new Date(now() + 7 * 3600e3);
  return Array.from({ length: n }, (_, i) => { const m = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - 1 - i, 1)); return m.toISOString().slice(0, 7); });
}
