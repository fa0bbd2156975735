// @ts-check
// One figure of the portfolio, opened down to its startups, or to the intakes to which people applied.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { date, given, num, pair, t } from "../../lib/words.js";
import { Badge, Choice, Crumbs, Empty, Head, Status, Table } from "../../components/parts.js";
import { months, When, write } from "./kpi.js";
import { years } from "./portfolio.js";

export const title = () => t("portfolio.title");

const tones = /** @type {const} */ ({ alive: "ok", ended: "bad", unknown: "idle" });

/** @param {{ of: string }} props which figure */
export function Page({ of }) {
  const list = useList(`/portfolio/${of}/rows`, { params: { period: months(1)[0] ?? "", cohort: "", q: "", years: "", fate: "" }, on: ["enrolments", "startups", "report_requests"] });
  const cohorts = useList("/cohorts", { inURL: false });
  const cohort = (/** @type {string} */ id) => pair(cohorts.rows.value.find((c) => c.id === id), "title") || "–";
  const at = list.filters.value["period"] ?? "", timed = of === "jobs" || of === "capital", f = list.filters.value;
  const calls = of === "applied" || of === "admitted";
  const heads = { applied: "portfolio.step_applied", admitted: "portfolio.step_admitted", enrolled: "portfolio.step_enrolled", active: "portfolio.step_active", graduated: "portfolio.step_graduated", survival: "portfolio.survival", jobs: "portfolio.jobs", capital: "portfolio.capital" };
  const head = t(heads[/** @type {keyof typeof heads} */ (of)] ?? "portfolio.title");
  const paper = { title: t("portfolio.paper"), cell: (/** @type {any} */ r) => t(r.paper ? "portfolio.paper_yes" : "portfolio.paper_no") };
  const columns = calls ? [
    { title: t("portfolio.intake"), cell: (/** @type {any} */ r) => html`<a href=${`/app/intakes/${r.intake}/applications`}>${pair(r, "title")}</a>` },
    { title: t("startup.cohort"), cell: (/** @type {any} */ r) => cohort(r.cohort) },
    { title: t("portfolio.step_applied"), end: true, cell: (/** @type {any} */ r) => num(r.handed, 0) },
    { title: t("portfolio.step_admitted"), end: true, cell: (/** @type {any} */ r) => num(r.admitted, 0) },
  ] : [
    { title: t("startup.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.startup.id}`}>${r.startup.name}</a>` },
    { title: t("startup.cohort"), cell: (/** @type {any} */ r) => cohort(r.cohort) },
    ...(of === "jobs" ? [
      { title: t("portfolio.base"), end: true, cell: (/** @type {any} */ r) => num(r.base, 0) },
      { title: t("portfolio.now"), end: true, cell: (/** @type {any} */ r) => num(r.now, 0) },
      { title: t("portfolio.change"), end: true, cell: (/** @type {any} */ r) => num(r.change, 0) }, paper,
    ] : of === "capital" ? [{ title: t("portfolio.capital"), end: true, cell: (/** @type {any} */ r) => (r.now === null ? html`<${Badge} tone="idle">${t("state.unreported")}<//>` : write("vnd", r.now)) }, { title: t("portfolio.kind"), cell: (/** @type {any} */ r) => t(`funding.kind_${r.status}`) }, paper]
    : of === "survival" ? [
      { title: t("portfolio.fate"), cell: (/** @type {any} */ r) => html`<${Badge} tone=${tones[/** @type {keyof typeof tones} */ (r.fate)]}>${t(`portfolio.${r.fate}`)}<//>` },
      { title: t("startup.life"), cell: (/** @type {any} */ r) => html`<${Status} of="startups" is=${r.status} />` },
    ] : [{ title: t("enrolment.status"), cell: (/** @type {any} */ r) => html`<${Status} of="enrolments" is=${r.status} />` }]),
    ...(of === "jobs" ? [] : [{ title: t(of === "survival" || of === "graduated" ? "portfolio.left" : of === "capital" ? "portfolio.closed" : "enrolment.joined"), cell: (/** @type {any} */ r) => (given(r.on) ? date(r.on) : "–") }]),
  ];
  return html`<${Crumbs} trail=${[{ to: `/app/portfolio?${new URLSearchParams({ period: at, ...(f["cohort"] ? { cohort: f["cohort"] } : {}) })}`, label: t("portfolio.title") }]} /><${Head} title=${head} sub=${timed ? When(at) : t("portfolio.so_far")} />
    <${Table} list=${{ ...list, filtered: Boolean(f["q"]) }} search=${calls ? undefined : t("portfolio.search")} filters=${of === "survival" ? html`<${Choice} list=${list} name="years" label=${t("portfolio.since")} options=${["", "0", "1", "2", "3", "4", "5"].map((value) => ({ value, label: value === "" ? `${t("portfolio.since")}: ${t("portfolio.years_all")}` : years(Number(value)) }))} /><${Choice} list=${list} name="fate" label=${t("portfolio.fate")} options=${["", ...Object.keys(tones)].map((value) => ({ value, label: value ? t(`portfolio.${value}`) : `${t("portfolio.fate")}: ${t("portfolio.years_all")}` }))} />` : undefined} columns=${columns} label=${head} csv=${`portfolio-${of}.csv`} empty=${html`<${Empty} icon="chart" title=${t(calls ? "intakes.none" : "portfolio.no_rows")} why=${calls ? null : t("portfolio.no_rows_why")} />`} />`;
}
