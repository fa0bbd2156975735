// @ts-check
// Questions of a form and what was answered, to be read. Judges, staff and applicants see them alike.
import { html } from "../../lib/ui.js";
import { date, dong, num, pair, t } from "../../lib/words.js";

/**
 * A question of a form as the server tells it.
 * @typedef {object} Question
 * @property {string} key
 * @property {"text" | "long" | "choice" | "money" | "number" | "date" | "consent"} type
 * @property {string} label_vi
 * @property {string} label_en
 * @property {string} help_vi
 * @property {string} help_en
 * @property {boolean} required
 * @property {number} [max]
 * @property {{ value: string, label_vi: string, label_en: string }[]} [options]
 */

/**
 * One answer as words.
 * @param {Question} q
 * @param {any} value
 */
export function said(q, value) {
  if (value === undefined || value === null || value === "") return "";
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

/** All answers of a form. @param {{ form: Question[], answers: Record<string, any> }} props */
export const Answers = ({ form, answers }) => html`${form.map((q) => html`<${Said} key=${q.key} label=${pair(q, "label")} text=${said(q, answers[q.key])} />`)}`;

/** How many words a text has. @param {string} text */
export const words = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);
