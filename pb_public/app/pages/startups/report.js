// @ts-check
// One report: its people fill it in, staff read, accept, return, waive and correct it.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, given, moment, now, pair, t } from "../../lib/words.js";
import { Dialog, useAsk } from "../../lib/forms.js";
import { Badge, Crumbs, Frame, Head, Icon, Loading, Note, Panel, Status, usePaper } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";
import { Answer, Change, grades, named, states, when } from "./kpi.js";
import { ReportForm } from "./report-form.js";

/** @typedef {import("./report-form.js").OpenQuestion} OpenQuestion */

export const title = () => t("report.title");

const fillable = ["open", "missed", "returned"];

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/reports/${id}`), round = useSignal(0);
  const anew = async () => { await one.reload(); round.value++; };
  return html`<${Crumbs} trail=${[{ to: "/app/reports", label: t("menu.reports_all") }]} />
    <${Frame} of=${one} loading=${html`<${Head} title=${t("report.title")} /><div class="panel"><${Loading} rows=${5} /></div>`}>${(/** @type {any} */ sheet) =>
      sheet.request.mine && fillable.includes(sheet.request.status)
        ? html`<${ReportForm} key=${round.value} sheet=${sheet} route=${`/reports/${id}`} sent=${async () => { say(t("report.sent")); await anew(); }} reload=${anew} />
          <div class="gap-t"><${Panel} title=${t("report.share")}><p class="sub gap-b">${t("report.share_why")}</p><div class="row"><${SecretLink} request=${sheet.request} after=${one.reload} /></div><//></div>`
        : html`<${Read} sheet=${sheet} after=${anew} />`}<//>`;
}

/** @param {{ sheet: import("./report-form.js").Sheet, after: () => Promise<void> }} props */
function Read({ sheet, after }) {
  const { request, startup, kpis } = sheet, { ask, dialog } = useAsk();
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r));
  const route = `/reports/${request.id}`, name = named(request, pair(request, "title"));
  const at = (/** @type {string} */ s) => request.status === s;
  /** @param {string} verb @param {string} word */
  const reason = (verb, word) => ask({ title: t(`report.${word}_title`), why: t(`report.${word}_why`), act: t(`report.${word}_go`), fields: [{ name: "reason", label: t("report.reason"), as: "area", required: true, max: 1000 }], send: (v, key) => call("POST", `${route}/${verb}`, v, { key }), done: after });
  const accept = async () => {
    try { await call("POST", `${route}/accept`); say(t("report.accepted")); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const paper = usePaper({ source: t("paper.from_report", { name: startup.name }), left: t("paper.of_startup"), right: t("paper.of_centre") });
  return html`${paper.head}<${Head} title=${name} sub=${html`<a href=${`/app/startups/${startup.id}`}>${startup.name}</a> · ${t("report.due", { date: date(request.due_on) })}`}><${Status} of="report_requests" is=${request.status} />${request.late ? html`<${Badge} tone="warn" tag>${t("report.late")}<//>` : null}${paper.button}<//>${paper.lines}
  <div class="split"><div class="stack">
    ${at("returned") ? html`<${Note} tone="w"><b>${t("report.came_back")}</b><p>${request.returned_because}</p><//>` : null}
    ${at("scheduled") ? html`<${Note} tone="b">${t("report.opens", { date: date(request.opens_at) })}<//>` : null}
    ${at("waived") ? html`<${Note} tone="b">${t("report.waived")}<//>` : null}
    ${at("missed") ? html`<${Note} tone="w">${t("report.missed", { date: date(request.missed_on) })}<//>` : null}
    ${given(request.submitted_at) && !at("returned") ? html`<${Note} tone="b">${t("report.handed_in", { at: moment(request.submitted_at) })}<//>` : null}
    <div class="panel"><div class="tw" tabindex="0" role="region" aria-label=${name}><table class="tbl cards"><thead><tr><th scope="col">${t("figure.kpi")}</th><th scope="col" class="end">${t("figure.number")}</th><th scope="col">${t("figure.change")}</th><th scope="col">${t("figure.grade")}</th></tr></thead><tbody>
      ${kpis.map((k) => { const r = sheet.readings.find((x) => x.kpi === k.id), was = sheet.previous.find((x) => x.kpi === k.id); return html`<tr key=${k.id}><th scope="row">${pair(k, "label")}${r?.comment ? html`<br /><small class="sub">${r.comment}</small>` : null}</th><td class="end" data-l=${t("figure.number")}><${Answer} unit=${k.unit} r=${r} /></td>
        <td class="full" data-l=${t("figure.change")}>${r?.state === "value" && was?.state === "value" ? html`<${Change} unit=${k.unit} direction=${k.direction} now=${r.value ?? 0} was=${was.value} since=${when(was.period_key ?? "")} />` : null}</td>
        <td data-l=${t("figure.grade")}>${r?.state === "value" ? t(`grade.${r.grade}`) : null}</td></tr>`; })}</tbody></table></div></div><${Words} sheet=${sheet} reword=${staff && at("accepted") ? (/** @type {OpenQuestion} */ q) => reword(sheet, q, ask, after) : null} /><${Corrections} sheet=${sheet} /></div>
    <div class="stack">${staff && !at("waived") ? html`<${Panel} class="no-print" title=${t("report.staff")}><div class="stack s3">
      ${at("submitted") ? html`<button class="btn full" type="button" onClick=${accept}><${Icon} n="check" />${t("report.accept_go")}</button><button class="btn line full" type="button" onClick=${() => reason("return", "return")}>${t("report.return_go")}</button>` : null}
      ${fillable.includes(request.status) ? html`<${SecretLink} request=${request} after=${after} full />` : null}
      ${(at("scheduled") || at("open") || at("missed")) && request.kind === "month" ? html`<button class="btn ghost full" type="button" onClick=${() => reason("waive", "waive")}>${t("report.waive_go")}</button>` : null}
      ${at("accepted") ? html`<button class="btn line full" type="button" onClick=${() => revise(sheet, ask, after)}>${t("report.revise_go")}</button>` : null}</div><//>` : null}
      <${Panel} title=${t("report.dates")}><dl class="kv sm"><dt>${t("report.opened_at")}</dt><dd>${date(request.opens_at)}</dd><dt>${t("report.due_at")}</dt><dd>${date(request.due_on)}</dd><dt>${t("report.missed_at")}</dt><dd>${date(request.missed_on)}</dd></dl><//></div></div>${paper.end}${dialog}`;
}

/**
 * The secret link of a report: made, shown once, and taken back. For staff, and for its own people, who may let a colleague fill it in.
 * @param {{ request: any, after: () => unknown, full?: boolean }} props full: as wide as its panel
 */
function SecretLink({ request, after, full }) {
  const link = useSignal(""), route = `/reports/${request.id}/link`, wide = full ? "full" : "";
  const lives = request.link_until && Date.parse(request.link_until) > now();
  const make = async () => {
    try { link.value = location.origin + (await call("POST", route)).path; await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const revoke = async () => {
    try { await call("POST", `${route}/revoke`); say(t("report.link_revoked_done")); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  return html`<button class=${`btn line ${wide}`} type="button" onClick=${make}><${Icon} n="link" />${t("report.make_link")}</button>
    ${lives ? html`<p class="sub sm">${t("report.link_lives", { until: date(request.link_until) })}</p><button class=${`btn ghost ${wide}`} type="button" onClick=${revoke}>${t("report.link_revoke")}</button>` : null}
    ${link.value ? html`<${Dialog} title=${t("report.link_title")} close=${() => { link.value = ""; }}><p class="sub">${t("report.link_why")}</p><p class="copy"><code>${link.value}</code></p><button class="btn" type="button" onClick=${async () => { await navigator.clipboard.writeText(link.value); say(t("report.link_copied")); }}>${t("report.link_copy")}</button><//>` : null}`;
}

/**
 * What the startup says in words; whoever may correct an answer has a button beside it.
 * @param {{ sheet: import("./report-form.js").Sheet, reword: ((q: OpenQuestion) => void) | null }} props
 */
function Words({ sheet, reword }) {
  if (!sheet.questions.length) return null;
  return html`<${Panel} title=${t("question.title")}><dl class="stack s3">${sheet.questions.map((q) => html`<div key=${q.key}><dt class="row sb nowrap"><b>${pair(q, "label")}</b>${reword ? html`<button class="btn ghost icon no-print" type="button" title=${t("report.reword_go")} aria-label=${t("report.reword_one", { label: pair(q, "label") })} onClick=${() => reword(q)}><${Icon} n="edit" /></button>` : null}</dt><dd><${Said} text=${sheet.answers[q.key]} /></dd></div>`)}</dl><//>`;
}

/** An answer in words with its lines; none says so. @param {{ text: string | undefined }} props */
function Said({ text }) {
  return text ? html`${text.split("\n").map((line, i) => html`${i ? html`<br />` : null}${line}`)}` : html`<span class="muted">${t("question.unanswered")}</span>`;
}

/** What was corrected once the report was accepted: from what, to what, by whom and why. @param {{ sheet: import("./report-form.js").Sheet }} props */
function Corrections({ sheet }) {
  const all = sheet.corrections ?? [];
  if (!all.length) return null;
  return html`<${Panel} title=${t("report.corrections")}><ol class="list" reversed>${all.map((c) => html`<li key=${c.number}><div class="stack s2 grow">
    <p><b>${t("report.correction", { n: c.number })}</b> <small class="muted">${moment(c.at)} · ${c.by}</small></p>
    ${c.changes.map((x) => { const k = sheet.kpis.find((y) => y.id === x.kpi); return k ? html`<p class="row"><span>${pair(k, "label")}:</span> <${Answer} unit=${k.unit} r=${x.was ?? undefined} /> <span aria-hidden="true">→</span><span class="vh">${t("report.corrected_to")}</span> <${Answer} unit=${k.unit} r=${x.now} />${x.was?.grade !== x.now.grade && x.now.state === "value" ? html`<small class="muted">${t(`grade.${x.now.grade}`)}</small>` : null}</p>` : null; })}
    ${c.answers.map((x) => { const q = sheet.questions.find((y) => y.key === x.question); return q ? html`<div><span>${pair(q, "label")}</span><p class="muted"><${Said} text=${x.was} /></p><p><span aria-hidden="true">→ </span><span class="vh">${t("report.corrected_to")}</span> <${Said} text=${x.now} /></p></div>` : null; })}
    <p class="sub">${c.reason}</p></div></li>`)}</ol><//>`;
}

/**
 * Corrects one figure of an accepted report.
 * @param {import("./report-form.js").Sheet} sheet
 * @param {(q: import("../../lib/forms.js").Question) => void} ask
 * @param {() => Promise<void>} after
 */
function revise(sheet, ask, after) {
  ask({
    title: t("report.revise_title"), why: t("report.revise_why"), act: t("report.revise_go"), start: { kpi: "", state: "value", value: null, grade: "documented", comment: "", reason: "" },
    fields: [
      { name: "kpi", label: t("figure.kpi"), as: "select", required: true, options: sheet.kpis.map((k) => ({ value: k.id, label: pair(k, "label") })) },
      { name: "state", label: t("reading.answer"), as: "select", required: true, options: states.map((s) => ({ value: s, label: t(`reading.is_${s}`) })) },
      { name: "value", label: t("figure.number"), as: "amount" },
      { name: "grade", label: t("figure.grade"), as: "select", required: true, options: grades.map((g) => ({ value: g, label: t(`grade.${g}`) })) },
      { name: "comment", label: t("reading.note"), max: 1000 },
      { name: "reason", label: t("report.reason"), as: "area", required: true, max: 1000 },
    ],
    send: (v, key) => call("POST", `/reports/${sheet.request.id}/revise`, { reason: v["reason"], readings: [{ kpi: v["kpi"], state: v["state"], value: v["state"] === "value" ? v["value"] : null, grade: v["grade"], comment: v["comment"] }] }, { key }),
    done: after,
  });
}

/**
 * Corrects one answer in words of an accepted report.
 * @param {import("./report-form.js").Sheet} sheet
 * @param {OpenQuestion} q
 * @param {(q: import("../../lib/forms.js").Question) => void} ask
 * @param {() => Promise<void>} after
 */
function reword(sheet, q, ask, after) {
  ask({
    title: t("report.reword_title"), why: t("report.reword_why"), act: t("report.revise_go"), start: { answer: sheet.answers[q.key] ?? "", reason: "" },
    fields: [
      { name: "answer", label: pair(q, "label"), as: "area", rows: 4, required: q.required, max: 2000 },
      { name: "reason", label: t("report.reason"), as: "area", required: true, max: 1000 },
    ],
    send: (v, key) => call("POST", `/reports/${sheet.request.id}/revise`, { reason: v["reason"], answers: { [q.key]: v["answer"] } }, { key }),
    done: after,
  });
}
