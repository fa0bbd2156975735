// @ts-check
// A startup at a glance: the report that waits, how its figures went, its reports, its card, and its time in cohorts.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, given, pair, t } from "../../lib/words.js";
import { Dialog } from "../../lib/forms.js";
import { Badge, Empty, Frame, Icon, Panel, Status } from "../../components/parts.js";
import { Chart } from "../../components/chart.js";
import { When, named, short } from "./kpi.js";

/** @param {{ s: any, after: () => Promise<void> }} props */
export const Part = ({ s, after }) => html`<div class="split"><div class="stack"><${Waiting} s=${s} /><${History} id=${s.id} s=${s} /><${Reports} s=${s} /></div>
  <div class="stack"><${Facts} s=${s} after=${after} /><${Time} s=${s} /></div></div>`;

const unsaid = () => html`<${Badge} tone="idle">${t("startup.unsaid")}<//>`;

/** The card. @param {{ s: any, after: () => Promise<void> }} props */
function Facts({ s, after }) {
  const editing = useSignal(/** @type {{ Form: any } | null} */ (null));
  const close = () => { editing.value = null; };
  const edit = async () => { // the form comes when it is asked for
    try { editing.value = { Form: (await import("./startup-edit.js")).CardForm }; } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const saved = async () => { close(); say(t("startup.saved")); await after(); };
  return html`<${Panel} title=${t("startup.facts")} side=${s.may_edit ? html`<button class="btn ghost sm" type="button" onClick=${edit}><${Icon} n="edit" s />${t("startup.edit")}</button>` : null}><dl class="kv sm">
      <dt>${t("startup.seen_by")}</dt><dd>${t(`startup.seen_${s.visibility}`)}</dd><dt>${t("startup.sector")}</dt><dd>${s.sector ? t(`sector.${s.sector}`) : unsaid()}</dd><dt>${t("startup.stage")}</dt><dd>${s.stage ? t(`stage.${s.stage}`) : unsaid()}</dd>
      <dt>${t("startup.headcount_now")}</dt><dd>${s.headcount ? t("startup.people", { n: s.headcount }) : unsaid()}</dd><dt>${t("startup.founded_on")}</dt><dd>${given(s.founded_on) ? date(s.founded_on) : unsaid()}</dd>
      <dt>${t("startup.area")}</dt><dd>${s.area || "–"}</dd><dt>${t("startup.unit")}</dt><dd>${s.unit ? html`${t("unit.called", { kind: t(`unit_kind.${s.unit.kind}`), name: s.unit.name })}${s.unit.in ? `, ${s.unit.in}` : ""}${s.unit.ended ? html`<br /><small class="muted">${t("unit.until", { date: date(s.unit.ended) })}</small>` : null}` : unsaid()}</dd></dl><//>
    ${editing.value ? html`<${Dialog} title=${t("startup.facts")} close=${close} wide><${editing.value.Form} s=${s} done=${saved} /><//>` : null}`;
}

/** The report that waits, if one does and one may fill it in. @param {{ s: any }} props */
function Waiting({ s }) {
  const q = s.may_report ? s.requests.find((/** @type {any} */ r) => ["open", "missed", "returned"].includes(r.status)) : null;
  return q ? html`<section class="panel"><div class="row sb"><div><b>${named(q, pair(q, "title"))}</b><p class="sub sm">${t("report.due", { date: date(q.due_on) })}</p></div><a class="btn" href=${`/app/reports/${q.id}`}>${t("report.fill_go")}</a></div></section>` : null;
}

/** @param {{ id: string, s: any }} props */
function History({ id, s }) {
  const past = useOne(`/startups/${id}/readings`, { on: ["report_requests"] });
  const key = useSignal("jobs");
  return html`<${Panel} title=${t("startup.history")}><${Frame} of=${past}>${(/** @type {any} */ f) => {
    const k = f.kpis.find((/** @type {any} */ x) => x.key === key.value) ?? f.kpis[0];
    const months = s.requests.filter((/** @type {any} */ r) => r.kind === "month" && r.status !== "scheduled").slice(0, 12).reverse();
    const of = (/** @type {string} */ p) => f.rows.find((/** @type {any} */ r) => r.kpi === k?.id && r.period_key === p && r.state === "value")?.value ?? null;
    const brought = f.rows.filter((/** @type {any} */ r) => r.source === "import").map((/** @type {any} */ r) => ({ ...r, kpi: f.kpis.find((/** @type {any} */ x) => x.id === r.kpi) })).filter((/** @type {any} */ r) => r.kpi);
    const tables = brought.length ? html`<h3 class="gap-b">${t("startup.from_tables")}</h3><ul class="stack s2 sm">${brought.map((/** @type {any} */ r) => html`<li key=${`${r.kpi.key}${r.period_key}`}>${When(r.period_key)} · ${pair(r.kpi, "label")}: <b class="tn">${short(r.kpi.unit, r.value)}</b></li>`)}</ul>` : null;
    if (!k || months.length < 2) return tables ?? html`<p class="sub">${t("startup.history_short")}</p>`;
    return html`<label class="vh" for="history">${t("figure.kpi")}</label><select class="auto gap-b" id="history" onChange=${(/** @type {any} */ e) => { key.value = e.currentTarget.value; }}>${f.kpis.map((/** @type {any} */ x) => html`<option value=${x.key} selected=${x.key === k.key}>${pair(x, "label")}</option>`)}</select>
      <${Chart} key=${k.key} label=${pair(k, "label")} kind=${k.agg === "sum" ? "bar" : "line"} points=${months.map((/** @type {any} */ r) => ({ x: `${r.period_key.slice(5)}/${r.period_key.slice(2, 4)}`, y: of(r.period_key) }))} write=${(/** @type {number} */ v) => short(k.unit, v)} />${tables}`;
  }}<//><//>`;
}

/** @param {{ s: any }} props */
const Reports = ({ s }) => html`<${Panel} title=${t("report.all_title")}>${s.requests.length ? html`<div class="list">${s.requests.slice(0, 13).map((/** @type {any} */ r) => html`<a key=${r.id} href=${`/app/reports/${r.id}`}><span class="grow"><b>${named(r, pair(r, "title"))}</b><small>${t("report.due", { date: date(r.due_on) })}</small></span><${Status} of="report_requests" is=${r.status} /><${Icon} n="chev" /></a>`)}</div>` : html`<${Empty} icon="chart" title=${t("report.none")} why=${t("report.none_mine")} />`}<//>`;

/** Its time in cohorts; the steps of it are a tab of their own. @param {{ s: any }} props */
const Time = ({ s }) => html`<${Panel} title=${t("enrolment.one_title")}><ul class="stack s3">${s.enrolments.map((/** @type {any} */ n) => html`<li key=${n.id} class="row nowrap sb"><span><b>${pair(n, "title")}</b><br /><small class="sub">${given(n.joined_on) ? t("enrolment.since", { date: date(n.joined_on) }) : t("enrolment.not_yet")}</small></span><${Status} of="enrolments" is=${n.status} /></li>`)}</ul><//>`;
