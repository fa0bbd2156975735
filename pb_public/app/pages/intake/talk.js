// @ts-check
// What the panels and the staff say about one application, round by round. Applicants never read it.
import { html, useSignal } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { pair, t } from "../../lib/words.js";
import { Empty, Frame, Segments } from "../../components/parts.js";
import { Talk } from "../judging/panel.js";

/** @param {{ paper: any }} props */
export function Part({ paper }) {
  const list = useList(`/intakes/${paper.intake.id}/rounds`, { inURL: false, on: ["rounds"] }), chosen = useSignal("");
  const seats = new Set(paper.staff.assignments.map((/** @type {any} */ s) => s.round));
  return html`<${Frame} of=${list} empty=${html`<${Empty} icon="chat" title=${t("talk.no_round")} why=${t("talk.no_round_why")} />`}>${(/** @type {any[]} */ rows) => {
    const judged = rows.filter((r) => seats.has(r.id)), some = judged.length ? judged : rows.slice(0, 1), at = chosen.value || (some.at(-1) ?? rows[0]).id;
    return html`<div class="stack s3">${some.length > 1 ? html`<${Segments} label=${t("talk.round")} value=${at} set=${(/** @type {string} */ v) => { chosen.value = v; }} options=${some.map((r) => ({ value: r.id, label: pair(r, "title") }))} />` : null}
      <${Talk} key=${at} path=${`/rounds/${at}/subjects/${paper.id}/comments`} /></div>`;
  }}<//>`;
}
