// @ts-check
// What the pages of intakes share: questions and what was answered, states and sums, dialogs that are loaded when opened.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { bring, clock, date, day, dong, moment, ms, num, pair, t } from "../../lib/words.js";
import { Panel } from "../../components/parts.js";

/**
 * A question of a form as the server tells it.
 * @typedef {object} Question
 * @property {string} key
 * @property {"text" | "long" | "choice" | "multiple" | "money" | "number" | "date" | "file" | "table" | "consent"} type
 * @property {string} label_vi
 * @property {string} label_en
 * @property {string} help_vi
 * @property {string} help_en
 * @property {boolean} required
 * @property {number} [min]
 * @property {number} [max]
 * @property {{ value: string, label_vi: string, label_en: string }[]} [options]
 * @property {{ key: string, label_vi: string, label_en: string, type: "text" | "number" | "money" | "date" | "choice", required?: boolean, options?: { value: string, label_vi: string, label_en: string }[] }[]} [columns]
 * @property {number} [max_rows]
 * @property {{ key: string, is?: any, any?: string[], has?: string } | null} [show_if]
 * @property {boolean} [reviewer_visible]
 * @property {boolean} [blind_safe]
 * @property {"" | "basic" | "sensitive"} [pii_class]
 * @property {string} [maps_to]
 * @property {string[]} [accept]
 * @property {number} [max_files]
 * @property {number} [max_mb]
 */

/**
 * One answer as words.
 * @param {Pick<Question, "type" | "options" | "columns">} q
 * @param {any} value
 * @returns {string}
 */
export function said(q, value) {
  if (value === undefined || value === null || value === "") return "";
  if (q.type === "multiple") return value.map((/** @type {string} */ v) => said({ ...q, type: "choice" }, v)).join(", ");
  if (q.type === "table") return value.map((/** @type {any} */ row) => q.columns?.map((c) => said(c, row[c.key])).filter(Boolean).join(" · ")).filter(Boolean).join("\n");
  if (q.type === "file") return value.length ? t("answer.files", { n: value.length }) : "";
  if (q.type === "choice") return pair(q.options?.find((o) => o.value === value), "label") || String(value);
  if (q.type === "money") return dong(Number(value));
  if (q.type === "number") return num(Number(value));
  if (q.type === "date") return date(value);
  if (q.type === "consent") return t(value ? "answer.yes" : "answer.no");
  return String(value);
}

/** A text in the paragraphs it was written in. @param {{ text: string }} props */
export const Paragraphs = ({ text }) => text.split(/\n+/).map((line) => html`<p>${line}</p>`);

/** A heading and what was said. @param {{ label: string, text: string }} props text "": nothing was */
export const Said = ({ label, text }) => html`<div class="qa"><h3>${label}</h3>${text ? html`<${Paragraphs} text=${text} />` : html`<p class="muted">${t("answer.none")}</p>`}</div>`;

/** The module of files, with its words. */
export const files = () => bring("pages/intake/files");

const fileList = () => import("./kept.js").then((m) => m.FileList);

/** All answers of a form. A table is a table, several choices are a list, files are fetched. @param {{ form: Question[], answers: Record<string, any>, files?: any[] }} props */
export const Answers = ({ form, answers, files: kept = [] }) => html`${form.filter((q) => !q.show_if || answers[q.key] !== undefined).map((q) => {
  const label = pair(q, "label"), value = answers[q.key], sent = q.type === "file" ? kept.filter((f) => f.question === q.key) : [];
  if (sent.length) return html`<div class="qa" key=${q.key}><h3>${label}</h3><${Later} load=${fileList} files=${sent} /></div>`;
  if (!value?.length || (q.type !== "table" && q.type !== "multiple")) return html`<${Said} key=${q.key} label=${label} text=${said(q, value)} />`;
  return html`<div class="qa" key=${q.key}><h3>${label}</h3>${q.type === "multiple" ? html`<ul>${value.map((/** @type {string} */ v) => html`<li key=${v}>${said({ ...q, type: "choice" }, v)}</li>`)}</ul>` : html`<${Grid} label=${label} columns=${q.columns ?? []} rows=${value} />`}</div>`;
})}`;

/** What was answered in a table. @param {{ label: string, columns: NonNullable<Question["columns"]>, rows: Record<string, any>[] }} props */
export const Grid = ({ label, columns, rows }) => html`<div class="tw" tabindex="0" role="region" aria-label=${label}><table class="tbl compact"><thead><tr>${columns.map((c) => html`<th scope="col" key=${c.key} class=${number(c) ? "end" : undefined}>${pair(c, "label")}</th>`)}</tr></thead>
  <tbody>${rows.map((row, n) => html`<tr key=${n}>${columns.map((c) => html`<td key=${c.key} class=${number(c) ? "end" : undefined}>${said(c, row[c.key]) || "–"}</td>`)}</tr>`)}</tbody></table></div>`;

/** @param {{ type: string }} c */
const number = (c) => c.type === "number" || c.type === "money";

/** Criteria and weights. @param {{ intake: any }} props */
export const Judged = ({ intake }) => (intake.criteria?.length ? html`<${Panel} title=${t("call.judged")} class="stack s3"><dl class="kv sm">${intake.criteria.map((/** @type {any} */ c) => html`<dt>${pair(c, "label")}</dt><dd>${num(c.weight / 100, 0)}%</dd>`)}</dl><p class="hint">${t("call.judged_why", { n: intake.per_subject || 2 })}</p><//>` : null);

/** How many words a text has. @param {string} text */
export const words = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

/** The states of an intake, in the order of its life. */
export const states = ["draft", "published", "open", "closed", "deciding", "released", "archived", "cancelled"];

/** How many applications were handed in and not taken back. @param {Record<string, number> | undefined} counts by state */
export const handedIn = (counts = {}) => Object.entries(counts).reduce((sum, [state, n]) => (state === "draft" || state === "withdrawn" ? sum : sum + n), 0);

/** An instant as a field of the type datetime-local holds it, on a clock in Ho Chi Minh City. @param {string} at */
export const toField = (at) => (at ? `${day(at)}T${clock(at)}` : "");

/** The instant that such a field means. @param {string} field */
export const fromField = (field) => (field ? new Date(`${field}:00+07:00`).toISOString() : "");

/** The last day before an instant at which something ends. @param {string} at */
export const lastDay = (at) => date(day(new Date(Date.parse(at) - 1).toISOString()));

/** Until when what comes after the deadline is taken, in words; "" without grace. @param {{ closes_at: string, grace_min: number }} of */
export const lateUntil = ({ closes_at, grace_min }) => (grace_min ? t("call.grace", { at: moment(ms(closes_at) + grace_min * 60e3) }) : "");

/** From how many points between two judges staff should look again: for the whole sheet, and for one criterion. */
export const apart = { sheet: 1, criterion: 2 };

/**
 * A part of a page whose module comes after the page. load stays the same from draw to draw.
 * @param {{ load: () => Promise<any> } & Record<string, any>} props load answers with a component; the rest is its own
 */
export function Later({ load, ...props }) {
  const part = useSignal(/** @type {{ Part: any } | null} */ (null));
  useEffect(() => { load().then((Part) => { part.value = { Part }; }, (e) => say(asRefusal(e).message, { bad: true })); }, [load]);
  return part.value ? html`<${part.value.Part} ...${props} />` : null;
}

/**
 * A dialog whose module comes when it is opened. show gives it its props, and close.
 * @param {() => Promise<any>} load answers with a component
 */
export function useLate(load) {
  const open = useSignal(/** @type {{ Part: any, props: any } | null} */ (null));
  const close = () => { open.value = null; };
  return {
    /** @param {any} props */
    async show(props) {
      try { open.value = { Part: await load(), props }; } catch (e) { say(asRefusal(e).message, { bad: true }); }
    },
    dialog: open.value ? html`<${open.value.Part} ...${open.value.props} close=${close} />` : null,
  };
}
