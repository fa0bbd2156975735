// @ts-check
// A startup's time in cohorts: where it stands, what its cohort asks before it graduates and how far it is, and what happened.
import { go, html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, dong, given, moment, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { standing } from "../../shell/shell.js";
import { Badge, Empty, Frame, Icon, Note, Panel, Status, Timeline } from "../../components/parts.js";

/** @param {{ s: any, after: () => Promise<void> }} props */
export function Part({ s, after }) {
  const life = useOne(`/startups/${s.id}/life`, { on: ["enrolments", "graduation_rules", "report_requests", "milestones"] });
  return html`<${Frame} of=${life}>${(/** @type {any} */ l) => (l.rows.length ? html`<div class="stack">${l.rows.map((/** @type {any} */ n) => html`<${Time} key=${n.id} n=${n} after=${async () => { await life.reload(); await after(); }} />`)}${l.rows.some((/** @type {any} */ n) => n.status === "graduated") ? html`<${Alumni} s=${s} />` : null}</div>` : html`<${Panel}><${Empty} tile=${3} title=${t("life.none")} why=${t("life.none_why")} /><//>`)}<//>`;
}

/** One time in a cohort, and the steps out of it. @param {{ n: any, after: () => Promise<void> }} props */
function Time({ n, after }) {
  const { ask, dialog } = useAsk(), open = n.rules.filter((/** @type {any} */ r) => r.met < r.need);
  /** @param {string} verb @param {{ bad?: boolean, must?: boolean, why?: any, label?: string }} [how] */
  const step = (verb, { bad = false, must = false, why = t(`enrolment.${verb}_why`), label = t("report.reason") } = {}) => ask({
    title: t(`enrolment.${verb}_go`), why, act: t(`enrolment.${verb}_go`), bad, start: { reason: "" },
    fields: verb === "graduate" && !must ? [] : [{ name: "reason", label, as: "area", required: must, max: 1000 }],
    send: (v, key) => call("POST", `/enrolments/${n.id}/${verb}`, v, { key }), done: async () => { say(t(`status.enrolments.${{ pause: "on_leave", resume: "active", graduate: "graduated", withdraw: "withdrawn", terminate: "terminated" }[verb]}`)); await after(); },
  });
  const graduate = () => step("graduate", open.length ? { must: true, label: t("graduation.waiver"), why: t("graduation.waive_why", { n: open.length }) } : {});
  const items = [
    ...(n.may_work && n.status === "active" ? [{ label: t("enrolment.pause_go"), act: () => step("pause") }] : []), ...(n.may_work && n.status === "on_leave" ? [{ label: t("enrolment.resume_go"), act: () => step("resume") }] : []),
    ...(n.may_withdraw ? [{ label: t("enrolment.withdraw_go"), bad: true, act: () => step("withdraw", { bad: true }) }] : []), ...(n.may_end ? [{ label: t("enrolment.terminate_go"), bad: true, act: () => step("terminate", { bad: true, must: true }) }] : []),
  ];
  const steps = n.moves.map((/** @type {any} */ m) => ({ title: t(`enrolment.${m.verb}`), note: [moment(m.at), m.reason].filter(Boolean).join(" · "), look: ["withdrawn", "terminated"].includes(m.to) ? "late" : "done" }));
  return html`<${Panel} title=${pair(n, "title")} side=${html`<span class="row nowrap"><${Status} of="enrolments" is=${n.status} />${items.length ? html`<${Menu} label=${t("life.more", { title: pair(n, "title") })} title=${pair(n, "title")} items=${items} />` : null}</span>`}>
    <p class="sub">${given(n.joined_on) ? given(n.left_on) ? t("life.from_to", { from: date(n.joined_on), to: date(n.left_on) }) : t("enrolment.since", { date: date(n.joined_on) }) : t("enrolment.not_yet")}</p>
    <div class="split"><section class="gap-t"><h3 class="gap-b">${t(n.status === "graduated" ? "graduation.title_then" : "graduation.title")}</h3>${n.rules.length ? html`<ul class="stack s3">${n.rules.map((/** @type {any} */ r) => html`<${Rule} key=${r.rule} r=${r} />`)}</ul>` : html`<p class="sub">${t(["withdrawn", "terminated"].includes(n.status) ? "graduation.without" : "graduation.free")}</p>`}
      ${n.waiver ? html`<div class="gap-t"><${Note} tone="w"><b>${t("graduation.waived")}</b> ${n.waiver}<//></div>` : null}
      ${n.may_end && n.status === "active" ? html`<div class="row gap-t"><button class=${open.length ? "btn line" : "btn"} type="button" onClick=${graduate}>${t(open.length ? "graduation.waive_go" : "enrolment.graduate_go")}</button></div>` : null}</section>
    <section class="gap-t"><h3 class="gap-b">${t("life.steps")}</h3>${steps.length ? html`<${Timeline} items=${steps} />` : html`<p class="sub">${t("life.no_steps")}</p>`}</section></div>${dialog}<//>`;
}

/** What it is asked once a year after it graduated. @param {{ s: any }} props */
function Alumni({ s }) {
  const all = useOne(`/startups/${s.id}/alumni`, { on: ["alumni_reports"] }), mine = standing().startups.some((x) => x.id === s.id);
  const link = async (/** @type {any} */ a) => {
    try {
      const { path } = await call("POST", `/alumni/${a.id}/link`, {});
      if (mine) return go(path);
      await navigator.clipboard.writeText(location.origin + path);
      say(t("alumni.link_ready"));
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const told = (/** @type {any} */ v, /** @type {(v: number) => string} */ write) => (v === null ? t("alumni.untold") : write(v));
  return html`<${Panel} title=${t("alumni.title")}><${Frame} of=${all}>${(/** @type {any} */ l) => (l.rows.length ? html`<ul>${l.rows.map((/** @type {any} */ a) => html`<li key=${a.id} class="crit"><div class="row sb"><span class="grow"><b>${t("alumni.year", { year: String(a.year) })}</b><br /><small class="sub">${a.status === "answered" ? t("alumni.answered_on", { date: date(a.answered_at) }) : t("alumni.until", { date: date(a.due_on) })}</small></span><${Status} of="alumni_reports" is=${a.status} tone=${a.status === "answered" ? "ok" : a.status === "open" ? "info" : "idle"} /></div>
    ${a.status === "answered" ? html`<dl class="kv sm"><dt>${t("alumni.fate_of")}</dt><dd>${t(`alumni.fate_${a.fate}`)}</dd><dt>${t("alumni.jobs")}</dt><dd>${told(a.jobs, (v) => num(v))}</dd><dt>${t("alumni.revenue", { year: String(a.year - 1) })}</dt><dd>${told(a.revenue_vnd, dong)}</dd><dt>${t("alumni.raised", { year: String(a.year - 1) })}</dt><dd>${told(a.raised_vnd, dong)}</dd>${a.wish ? html`<dt>${t("alumni.wish")}</dt><dd>${a.wish}</dd>` : null}</dl>` : a.status === "open" && l.may_link ? html`<div class="row"><button class="btn line sm" type="button" onClick=${() => link(a)}><${Icon} n="link" s />${t(mine ? "alumni.answer_go" : "alumni.link_go")}</button></div>` : null}</li>`)}</ul>` : html`<${Empty} icon="leaf" title=${t("alumni.none")} why=${t("alumni.none_why")} />`)}<//><//>`;
}

/** One rule and how far it is. @param {{ r: { rule: string, need: number, met: number } }} props */
function Rule({ r }) {
  const done = r.met >= r.need, share = Math.min(100, Math.round((r.met / r.need) * 100));
  return html`<li class="stack s2"><div class="row sb nowrap"><span>${t(`graduation.rule_${r.rule}`, { n: r.need })}</span><${Badge} tone=${done ? "ok" : "warn"}>${done ? t("graduation.met") : r.need > 1 ? t("graduation.so_far", { have: r.met, need: r.need }) : t("graduation.open")}<//></div>
    ${r.need > 1 && !done ? html`<svg class="bar xs" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bg" width="100" height="6" /><rect class="fb" width=${share} height="6" /></svg>` : null}</li>`;
}
