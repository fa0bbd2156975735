// @ts-check
// What the startups one looks after set out to reach: what waits to be checked, and what is late.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { date, pair, t } from "../../lib/words.js";
import { Badge, Choice, Crumbs, Empty, Head, Status, Table } from "../../components/parts.js";

export const title = () => t("milestone.all_title");

export function Page() {
  const list = useList("/milestones", { params: { q: "", status: "", cohort: "" }, on: ["milestones"] }), cohorts = useList("/cohorts", { inURL: false });
  const columns = [
    { title: t("milestone.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.startup}?tab=milestones`}>${r.title}</a><br /><small class="sub">${r.name}</small>` },
    { title: t("milestone.due_on"), cell: (/** @type {any} */ r) => (r.late ? html`<${Badge} tone="warn">${date(r.due_on)}<//>` : date(r.due_on)) },
    { title: t("milestone.owner_of"), cell: (/** @type {any} */ r) => r.owner_name || "–" },
    { title: t("startup.life"), cell: (/** @type {any} */ r) => html`<${Status} of="milestones" is=${r.status} />` },
  ];
  const states = ["planned", "in_progress", "submitted", "verified", "missed", "dropped"];
  return html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }]} /><${Head} title=${t("milestone.all_title")} sub=${t("milestone.lead")} />
    <${Table} list=${list} columns=${columns} label=${t("milestone.all_title")} search=${t("startup.search")} csv="milestones.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("startup.life")} options=${[{ value: "", label: t("milestone.any") }, { value: "late", label: t("milestone.overdue") }, ...states.map((s) => ({ value: s, label: t(`status.milestones.${s}`) }))]} />
        <${Choice} list=${list} name="cohort" label=${t("startup.cohort")} options=${[{ value: "", label: t("figure.all_cohorts") }, ...cohorts.rows.value.map((c) => ({ value: c.id, label: pair(c, "title") }))]} />`}
      empty=${html`<${Empty} icon="flag" title=${t("milestone.none")} why=${t("milestone.none_staff")} />`} />`;
}
