// @ts-check
// What helps whoever decides on a hundred applications: all with one proposal are marked at once, and what the marked ones
// still lack is filled in from one text, with the names of each. Nothing that somebody has written is touched.
import { html, useEffect, useSignal } from "../../lib/ui.js";
import { get } from "../../lib/api.js";
import { t } from "../../lib/words.js";
import { Icon } from "../../components/parts.js";

/**
 * @param {object} props
 * @param {any[]} props.rows the undecided applications
 * @param {(row: any) => any} props.of what is written about one: { on, outcome, rationale, feedback }
 * @param {(how: (row: any, written: any) => any) => void} props.change answers for each with what becomes other
 */
export function Many({ rows, of, change }) {
  const texts = useSignal(/** @type {any[]} */ ([])), rationale = useSignal(""), feedback = useSignal("");
  useEffect(() => { get("/feedback-texts").then((a) => { texts.value = a.rows.filter((/** @type {any} */ x) => !x.retired); }, () => {}); }, []);
  const proposed = (/** @type {string} */ p) => rows.filter((r) => r.proposal === p), on = rows.filter((r) => of(r).on);
  const lacking = on.filter((r) => { const v = of(r); return !v.rationale.trim() || (v.outcome === "rejected" && !v.feedback.trim()); });
  const fitting = texts.value.filter((x) => !x.outcome || on.some((r) => of(r).outcome === x.outcome));
  const all = (/** @type {string} */ p) => change((r, v) => ({ on: r.proposal === p || v.on }));
  const fill = () => change((r, v) => (v.on ? {
    rationale: v.rationale.trim() ? v.rationale : rationale.value,
    feedback: v.outcome !== "rejected" || v.feedback.trim() ? v.feedback : feedback.value.replaceAll("{name}", r.applicant).replaceAll("{title}", r.application.title),
  } : {}));
  const typed = (/** @type {{ value: string }} */ s) => (/** @type {any} */ e) => { s.value = e.currentTarget.value; };
  return html`<div class="stack s3"><div class="row">${["admit", "waitlist", "reject"].filter((p) => proposed(p).length).map((p) => html`<button class="btn line sm" type="button" key=${p} onClick=${() => all(p)}><${Icon} n="flag" s />${t(`outcomes.mark_${p}`, { n: proposed(p).length })}</button>`)}
    ${on.length ? html`<button class="btn ghost sm" type="button" onClick=${() => change(() => ({ on: false }))}>${t("bulk.clear")}</button>` : null}</div>
  ${on.length > 1 ? html`<details open=${lacking.length > 1}><summary><${Icon} n="chev" s />${t("outcomes.fill", { n: lacking.length })}</summary><div class="stack s3 gap-t"><p class="sub">${t("outcomes.fill_why", { name: "{name}", title: "{title}" })}</p>
    <div class="field"><label for="many-r">${t("decide.rationale")}</label><textarea id="many-r" rows="2" maxlength="4000" value=${rationale.value} onInput=${typed(rationale)} /></div>
    <div class="field"><label for="many-f">${t("decide.feedback")}</label><textarea id="many-f" rows="3" maxlength="4000" value=${feedback.value} onInput=${typed(feedback)} /></div>
    ${fitting.length ? html`<p class="row">${fitting.map((x) => html`<button class="btn ghost sm" type="button" key=${x.id} onClick=${() => { feedback.value = [feedback.value, x.body].filter(Boolean).join("\n\n"); }}><${Icon} n="plus" s />${x.title}</button>`)}</p>` : null}
    <p><button class="btn line" type="button" disabled=${!lacking.length || !(rationale.value.trim() || feedback.value.trim())} onClick=${fill}>${t("outcomes.fill_do", { n: lacking.length })}</button></p></div></details>` : null}</div>`;
}
