// @ts-check
// The appeals that somebody answers: those of the intakes they work over, and those that they hear.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { date, moment, pair, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Head, Status, Table } from "../../components/parts.js";

export const title = () => t("hearing.list");

const states = ["filed", "admissible", "under_review", "upheld", "rejected", "inadmissible", "closed"];

export function Page() {
  const list = useList("/appeals", { params: { status: "live" }, on: ["appeals"] });
  return html`<${Head} title=${t("hearing.list")} sub=${t("hearing.list_sub")} />
  <${Table} list=${list} label=${t("hearing.list")}
    filters=${html`<${Choice} list=${list} name="status" label=${t("hearing.state")} options=${[{ value: "live", label: t("hearing.live") }, { value: "", label: t("hearing.all") }, ...states.map((s) => ({ value: s, label: t(`status.appeals.${s}`) }))]} />`}
    empty=${html`<${Empty} tile=${4} title=${t("hearing.none")} why=${t("hearing.none_why")} />`}
    columns=${/** @type {import("../../components/parts.js").Column[]} */ ([
      { title: t("hearing.application"), cell: (r) => html`<a href=${`/app/appeals/${r.id}`}>${r.application.title}</a><br /><small class="muted fw4">${r.application.code} · ${pair(r.intake, "title")}</small>` },
      { title: t("hearing.against"), cell: (r) => t(`hearing.kind_${r.kind}`) },
      { title: t("hearing.state"), cell: (r) => html`<${Status} of="appeals" is=${r.status} />${r.hears ? html` <${Badge} tone="idle">${t("hearing.mine")}<//>` : null}` },
      { title: t("hearing.filed"), cell: (r) => html`<span class="tn">${moment(r.filed_at)}</span>` },
      { title: t("hearing.due"), cell: (r) => html`<span class="tn">${date(r.due_on)}</span>` },
    ])} />`;
}
