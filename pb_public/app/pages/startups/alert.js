// @ts-check
// One alert: why it rose, on which reports it rests, until when somebody is to take it up, what was done with it and whether it
// was right. The mails about it lead here.
import { html } from "../../lib/ui.js";
import { useOne } from "../../lib/list.js";
import { date, given, moment, now, t } from "../../lib/words.js";
import { Badge, Crumbs, Frame, Head, Icon, Loading, Note, Panel, Status, Timeline } from "../../components/parts.js";
import { because, ofReport, since, told } from "./alert-parts.js";
import { Outcome, Verbs } from "./alert-verbs.js";
import { when } from "./kpi.js";

export const title = () => t("alert.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/alerts/${id}`, { on: ["alerts"] });
  return html`<${Crumbs} trail=${[{ to: "/app/alerts", label: t("alert.title") }]} />
    <${Frame} of=${one} loading=${html`<${Head} title=${t("alert.one")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ a) => html`<${Alert} a=${a} after=${one.reload} />`}<//>`;
}

/** @param {{ a: any, after: () => Promise<void> }} props */
function Alert({ a, after }) {
  const x = a.explain, facts = x.facts ?? [], milestones = x.milestones ?? [], late = Date.parse(a.answer_by) < now();
  return html`<${Head} title=${`${a.name}: ${t(`alert.rule_${a.rule}`)}`} sub=${since(x)}><${Badge} tone=${a.severity === "red" ? "bad" : "warn"} tag>${t(`alert.is_${a.severity}`)}<//><${Status} of="alerts" is=${a.status} tone=${a.status === "open" ? "idle" : undefined} /><//>
  <div class="split"><div class="stack">
    ${a.status === "open" && given(a.answer_by) ? html`<${Note} tone=${late ? "w" : "n"}>${t(late ? "alert.answer_late" : "alert.answer_by", { at: moment(a.answer_by) })}<//>` : null}
    <${Panel}><div class="stack s3"><p>${because(a)}</p><${Outcome} a=${a} /><${Verbs} a=${a} after=${after} bare /></div><//>
    <${Panel} title=${t("alert.rests_on")}>
      ${facts.length ? html`<ul class="gap-b">${facts.map((/** @type {any} */ f) => html`<li key=${f.kpi + f.period}>${told(f)}</li>`)}</ul>` : null}
      ${milestones.length ? html`<ul class="list">${milestones.map((/** @type {any} */ m) => html`<li key=${m.id}><div class="grow"><a href=${`/app/startups/${a.startup}?tab=milestones`}>${m.title}</a><small>${t("alert.was_due", { date: date(m.due_on) })}</small></div></li>`)}</ul>` : null}
      ${a.reports.length ? html`<ul class="list">${a.reports.map((/** @type {any} */ q) => html`<li key=${q.id}><div class="grow"><a href=${`/app/reports/${q.id}`}>${t("alert.report_of", { period: when(q.period_key) })}</a><small>${t("alert.was_due", { date: date(q.due_on) })}</small></div><${Status} of="report_requests" is=${q.status} /></li>`)}</ul>` : null}
      ${ofReport(a) ? html`<p class="sub gap-t">${x.last_from ? t("alert.last", { period: when(x.last_from) }) : t("alert.never")}</p>` : null}<//></div>
  <div class="stack"><${Panel}><dl class="kv sm"><dt>${t("alert.keeper")}</dt><dd>${a.owner_name || t("alert.nobody")}</dd>${given(a.acked_at) ? html`<dt>${t("alert.taken")}</dt><dd>${moment(a.acked_at)}</dd>` : null}<dt>${t("alert.readers")}</dt><dd>${t(a.shared ? "alert.shared" : "alert.unshared")}</dd></dl>
      <p class="gap-t"><a class="btn line full" href=${`/app/startups/${a.startup}`}><${Icon} n="leaf" />${t("alert.open_startup")}</a></p><//>
    <${Panel} title=${t("alert.history")}><${Timeline} items=${a.history.map(happened)} /><//></div></div>`;
}

/** The words of each thing that can happen to it. @type {Record<string, string>} */
const words = { raise: "alerts.raise", ack: "alert.ack", entrust: "alerts.entrust", share: "alerts.share", unshare: "alerts.unshare", resolve: "alert.resolve", mute: "alert.mute", judge: "alerts.judge", reopen: "alert.reopen" };

/** @param {any} h */
const happened = (h) => ({
  title: t(words[h.verb] ?? "alert.one"), look: "done",
  note: html`${moment(h.at)} · ${h.by || t("alert.house")}${h.to ? html`<br />${t("alert.handed_to", { name: h.to })}` : null}${h.reason ? html`<br />${h.reason}` : null}${h.verdict ? html`<br />${t("alert.verdict_was", { verdict: t(`alert.verdict_${h.verdict}`) })}` : null}`,
});
