// @ts-check
// One figure, opened down to the reports it rests on, the missing ones among them.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { num, pair, t } from "../../lib/words.js";
import { Badge, Choice, Crumbs, Empty, Frame, Head, Status, Table } from "../../components/parts.js";
import { Answer, months, short, When } from "./kpi.js";
import { Drawn, periods } from "./figures.js";

export const title = () => t("figure.title");

/** @param {{ kpi: string }} props key of the figure */
export function Page({ kpi }) {
  const all = useList("/figures", { params: { period: months(1)[0] ?? "", cohort: "" } });
  const list = useList(`/figures/${kpi}/rows`, { params: { period: months(1)[0] ?? "", cohort: "", q: "" }, on: ["report_requests"] });
  const at = list.filters.value["period"] ?? "", cohort = list.filters.value["cohort"] ?? "";
  const both = { ...list, set: (/** @type {any} */ change) => { all.set(change); return list.set(change); } };
  return html`<${Crumbs} trail=${[{ to: `/app/figures?period=${at}`, label: t("figure.title") }]} /><${Frame} of=${{ ...all, filtered: false }}>${(/** @type {any[]} */ rows) => {
    const f = rows.find((r) => r.key === kpi || r.kpi === kpi);
    if (!f) return html`<${Head} title=${t("figure.title")} /><${Empty} icon="chart" title=${t("figure.none")} />`;
    const columns = [
      { title: t("report.whose"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.startup.id}`}>${r.startup.name}</a>` },
      ...(at.length === 7 && !at.includes("Q") ? [] : [{ title: t("report.period"), cell: (/** @type {any} */ r) => When(r.period_key) }]),
      { title: pair(f, "label"), end: true, cell: (/** @type {any} */ r) => html`<${Answer} unit=${f.unit} r=${r} />` },
      { title: t("figure.grade"), cell: (/** @type {any} */ r) => (r.state === "value" ? t(`grade.${r.grade}`) : "–") },
      { title: t("report.title"), cell: (/** @type {any} */ r) => html`<a href=${`/app/reports/${r.request}`}><${Status} of="report_requests" is=${r.status} /></a>${r.late ? html` <${Badge} tone="warn" tag>${t("report.late")}<//>` : null}` },
      ...(list.rows.value.some((r) => r.comment) ? [{ title: t("reading.note"), full: true, cell: (/** @type {any} */ r) => r.comment }] : []),
    ];
    return html`<${Head} title=${pair(f, "label")} sub=${f.total === null ? t("state.unreported") : t("figure.sum", { value: short(f.unit, f.total), have: num(f.reported), of: num(f.asked) })}><${Choice} list=${both} name="period" label=${t("report.period")} options=${periods()} /><//>
      <div class="stack"><${Drawn} key=${`${at} ${cohort}`} f=${f} period=${at} cohort=${cohort} />${list.refusal.value?.status === 403 ? null : html`<${Table} list=${{ ...list, filtered: Boolean(list.filters.value["q"]) }} search=${t("portfolio.search")} columns=${columns} label=${pair(f, "label")} csv=${`${f.key}-${at}.csv`} empty=${html`<${Empty} icon="chart" title=${t("figure.none_asked")} why=${t("figure.none_asked_why")} />`} />`}</div>`;
  }}<//>`;
}
