// @ts-check
// An intake as whoever may apply reads it: until when, what is asked, how it is judged, what comes after.
import { html } from "../../lib/ui.js";
import { date, deadline, given, longDate, clock, moment, num, pair, t } from "../../lib/words.js";
import { Badge, Head, Icon, Panel } from "../../components/parts.js";
import { Judged, lateUntil, Paragraphs } from "./parts.js";

/** @param {{ intake: any }} props */
export function Call({ intake }) {
  const to = intake.mine ? `/app/applications/${intake.mine}` : `/app/intakes/${intake.id}/apply`;
  return html`<${Head} title=${pair(intake, "title")} sub=${pair(intake.programme, "title")}>${intake.mine || intake.open ? html`<a class="btn" href=${to}>${t(intake.mine ? "call.mine" : "call.apply")} <${Icon} n="right" /></a>` : null}<//>
  <div class="split"><div class="stack"><${Panel} class="stack s3"><${Paragraphs} text=${pair(intake, "summary")} /><//>
    <${Panel} title=${t("call.asked", { n: intake.form.length })}><ol class="list">${intake.form.map((/** @type {any} */ q) => html`<li key=${q.key}><span class="grow"><b>${pair(q, "label")}</b>${q.required ? null : html` <span class="muted">${t("form.optional")}</span>`}${pair(q, "help") ? html`<small>${pair(q, "help")}</small>` : null}</span></li>`)}</ol><//>
    ${intake.rules?.length ? html`<${Panel} title=${t("rule.title")}><ul class="list">${intake.rules.map((/** @type {any} */ r) => html`<li key=${r.key}><span class="grow">${pair(r, "reason")}${r.blocking ? null : html` <span class="muted">· ${t("rule.advisory")}</span>`}</span></li>`)}</ul><//>` : null}</div>
  <div class="stack"><${Panel} title=${t("call.dates")} class="stack s3"><dl class="kv sm"><dt>${t("call.kind")}</dt><dd>${t(`intake_kind.${intake.kind}`)}</dd><dt>${t("call.opens")}</dt><dd>${moment(intake.opens_at)}</dd><dt>${t("call.closes")}</dt><dd>${longDate(intake.closes_at)}, ${clock(intake.closes_at)}${[lateUntil(intake), ...intake.moved.map((/** @type {any} */ x) => t("call.moved", { at: moment(x.closes_at), reason: x.reason }))].filter(Boolean).map((line) => html`<br /><small class="fw4 muted">${line}</small>`)}</dd>${given(intake.decision_due) ? html`<dt>${t("call.decided")}</dt><dd>${date(intake.decision_due)}</dd>` : null}<dt>${t("call.places")}</dt><dd>${num(intake.capacity)}</dd>${intake.cohort.id ? html`<dt>${t("call.cohort")}</dt><dd>${pair(intake.cohort, "title")}</dd>` : null}</dl>
    <p>${intake.open ? html`<${Badge} tone="warn" tag icon="clock">${deadline(intake.closes_at)}<//>` : html`<${Badge} tone="idle" tag>${t(intake.status === "published" ? "apply.not_yet" : "apply.over")}<//>`}</p><//><${Judged} intake=${intake} /></div></div>`;
}
