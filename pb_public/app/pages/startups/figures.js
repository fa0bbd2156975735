// @ts-check
// What startups report together. Every figure carries how many reports it rests on, and opens down to them.
import { html, useEffect, useSignal } from "../../lib/ui.js";
import { download } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { num, pair, percent, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Figure, Frame, Head, Icon, Loading, Panel, usePaper } from "../../components/parts.js";
import { Chart } from "../../components/chart.js";
import { standing } from "../../shell/shell.js";
import { Change, months, parts, short, when, When } from "./kpi.js";

export const title = () => t("figure.title");

/** The periods that may be asked for: months, and the quarters and years they lie in. */
export function periods() {
  const all = months(18), quarters = [...new Set(all.map((m) => `${m.slice(0, 4)}-Q${Math.ceil(Number(m.slice(5)) / 3)}`))], years = [...new Set(all.map((m) => m.slice(0, 4)))];
  return [...all.slice(0, 12), ...quarters.slice(0, 5), ...years, "baseline"].map((value) => ({ value, label: When(value) }));
}

export function Page() {
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r));
  const list = useList("/figures", { params: { period: months(1)[0] ?? "", cohort: "" }, on: ["report_requests"] });
  const now = list.filters.value["period"] ?? "", cohort = list.filters.value["cohort"] ?? "";
  const cohorts = useSignal(/** @type {any[]} */ ([]));
  const paper = usePaper({ about: `${When(now)} · ${cohort ? pair(cohorts.value.find((c) => c.id === cohort), "title") : t("figure.all_cohorts")}`, source: t("paper.from_reports"), ...(staff ? { left: t("paper.maker"), right: t("paper.leader") } : {}) });
  return html`${paper.head}<${Head} title=${t("figure.title")} sub=${t("figure.lead")}><span class="row no-print"><${Choice} list=${list} name="period" label=${t("report.period")} options=${periods()} />${staff ? html`<${Cohorts} list=${list} known=${cohorts} />` : null}</span>${paper.button}<button class="btn line" type="button" onClick=${() => download("/figures", { ...list.filters.value, format: "csv" }, `figures-${now}.csv`)}><${Icon} n="down" />${t("state.csv")}</button><//>${paper.lines}
    <${Frame} of=${{ ...list, filtered: false }} loading=${html`<div class="panel"><${Loading} /></div>`} empty=${html`<${Empty} icon="chart" title=${t("figure.none")} />`}>${(/** @type {any[]} */ rows) => (rows.every((f) => !f.asked && !f.suppressed) ? html`<${Empty} icon="chart" title=${t("figure.none_asked")} why=${t("figure.none_asked_why")} />` : html`<div class="kpis five">${rows.map((f) => html`<${One} key=${f.kpi} f=${f} period=${now} cohort=${cohort} staff=${staff} />`)}</div>
      <div class="split e"><${Picked} rows=${rows} period=${now} cohort=${cohort} /><${Coverage} rows=${rows} /></div>`)}<//>${paper.end}`;
}

/** @param {{ list: import("../../lib/list.js").List, known: { value: any[] } }} props known: by whom else they are named */
function Cohorts({ list, known }) {
  const all = useList("/cohorts", { inURL: false });
  useEffect(() => { known.value = all.rows.value; }, [all.rows.value]);
  return html`<${Choice} list=${list} name="cohort" label=${t("figure.cohort")} options=${[{ value: "", label: t("figure.all_cohorts") }, ...all.rows.value.map((c) => ({ value: c.id, label: pair(c, "title") }))]} />`;
}

/** @param {{ f: any, period: string, cohort: string, staff: boolean }} props */
function One({ f, period: at, cohort, staff }) {
  const papers = f.reported ? (f.grade.documented ?? 0) + (f.grade.verified ?? 0) : 0;
  const query = new URLSearchParams({ period: at, ...(cohort ? { cohort } : {}) });
  const label = staff ? html`<a href=${`/app/figures/${f.key}?${query}`}>${pair(f, "label")}</a>` : pair(f, "label");
  if (f.suppressed) return html`<section class="panel kpi"><h2>${label}</h2><p class="fig"><${Badge} tone="idle" icon="lock">${t("figure.few")}<//></p><p class="sub sm">${t("figure.few_why")}</p></section>`;
  return html`<${Figure} label=${label} value=${f.total === null ? null : parts(f.unit, f.total)[0]} unit=${f.total === null ? "" : parts(f.unit, f.total)[1]} have=${f.reported} of=${f.asked} note=${f.reported ? [f.agg === "avg" ? t("figure.mean") : "", t("figure.papers", { share: percent(papers / f.reported, 0) }), f.at ? t("portfolio.at", { period: when(f.at) }) : ""].filter(Boolean).join(" · ") : null}>${f.total !== null && f.previous?.total !== null && f.previous ? html`<${Change} unit=${f.unit} direction=${f.direction} now=${f.total} was=${f.previous.total} since=${t("figure.before")} brief />` : null}<//>`;
}

/** One of the figures over twelve months. @param {{ rows: any[], period: string, cohort: string }} props */
function Picked({ rows, period: at, cohort }) {
  const key = useSignal("jobs"), f = rows.find((x) => x.key === key.value) ?? rows[0];
  return html`<${Drawn} key=${`${f.key} ${at} ${cohort}`} f=${f} period=${at} cohort=${cohort} pick=${html`<select class="auto" aria-label=${t("figure.kpi")} onChange=${(/** @type {any} */ e) => { key.value = e.currentTarget.value; }}>${rows.map((x) => html`<option value=${x.key} selected=${x.key === f.key}>${pair(x, "label")}</option>`)}</select>`} />`;
}

/** One figure over twelve months. @param {{ f: any, period: string, cohort: string, pick?: any }} props */
export function Drawn({ f, period: at, cohort, pick }) {
  const months = useOne(`/figures/${f.key}/months`, { params: { period: at, ...(cohort ? { cohort } : {}) }, on: ["report_requests"] });
  if (at === "baseline") return null;
  return html`<${Panel} title=${pick ? t("figure.year") : t("figure.over_time", { label: pair(f, "label") })} side=${pick}><${Frame} of=${months}>${(/** @type {any} */ a) => html`<${Chart} label=${pair(f, "label")} kind=${f.agg === "sum" ? "bar" : "line"} points=${a.rows.map((/** @type {any} */ m) => ({ x: `${m.period_key.slice(5)}/${m.period_key.slice(2, 4)}`, y: m.total }))} write=${(/** @type {number} */ v) => short(f.unit, v)} />`}<//><//>`;
}

/** Of every figure: how many said a number, and what the others said. @param {{ rows: any[] }} props */
const Coverage = ({ rows }) => html`<${Panel} title=${t("figure.coverage")}><div class="tw" tabindex="0" role="region" aria-label=${t("figure.coverage")}><table class="tbl compact cards"><thead><tr><th scope="col">${t("figure.kpi")}</th>${columns.map((c) => html`<th scope="col" class="end">${t(`figure.${c}`)}</th>`)}</tr></thead>
  <tbody>${rows.filter((f) => !f.suppressed).map((f) => html`<tr key=${f.kpi}><th scope="row">${pair(f, "label")}</th>${columns.map((c) => html`<td class="end" data-l=${t(`figure.${c}`)}>${num(f.by_state[c] ?? 0)}</td>`)}</tr>`)}</tbody></table></div><//>`;

const columns = ["value", "not_reported", "na", "refused", "missing"];
