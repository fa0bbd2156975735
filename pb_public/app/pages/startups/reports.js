// @ts-check
// Reports: one's own, due and past; for staff everybody's, to chase and to accept.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { date, daysBetween, deadline, now, num, pair, relative, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Frame, Head, Icon, Loading, More, Panel, Status, Table } from "../../components/parts.js";
import { standing, today } from "../../shell/shell.js";
import { months, named, When } from "./kpi.js";

export const title = () => t("report.all_title");

export const reportStates = ["scheduled", "open", "submitted", "returned", "accepted", "missed", "waived"];

export function Page() {
  if (!today.value || today.value.state.value === "loading") return html`<${Head} title=${t("report.all_title")} /><div class="panel"><${Loading} /></div>`;
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r));
  return staff ? html`<${Everybody} />` : html`<${Mine} />`;
}

/** How much time is left, or gone. @param {{ r: any }} props */
function Due({ r }) {
  const open = ["open", "missed", "returned"].includes(r.status);
  const late = daysBetween(`${r.due_on}T05:00:00Z`, now()) > 0;
  return html`${date(r.due_on)}${open ? html` <small class=${late ? "bad" : "muted"}>${late ? relative(r.due_on) : deadline(`${r.due_on}T16:59:59Z`)}</small>` : r.late ? html` <${Badge} tone="warn" tag>${t("report.late")}<//>` : null}`;
}

function Everybody() {
  const list = useList("/reports", { params: { q: "", status: "", period: "" }, on: ["report_requests"] });
  const columns = [
    { title: t("report.whose"), cell: (/** @type {any} */ r) => html`<a href=${`/app/reports/${r.id}`}>${r.name}</a>` },
    { title: t("report.title"), cell: (/** @type {any} */ r) => named(r, pair(r, "title")) },
    { title: t("report.status"), cell: (/** @type {any} */ r) => html`<${Status} of="report_requests" is=${r.status} />` },
    { title: t("report.due_at"), cell: (/** @type {any} */ r) => html`<${Due} r=${r} />` },
    { title: t("report.filled"), end: true, cell: (/** @type {any} */ r) => t("state.coverage", { have: num(r.answered), of: num(r.asked) }) },
  ];
  return html`<${Head} title=${t("report.all_title")} sub=${t("report.all_lead")}><a class="btn line" href="/app/kpis">${t("kpi.title_all")}</a><//>
    <${Table} list=${list} columns=${columns} label=${t("report.all_title")} search=${t("report.search")} csv="reports.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("report.status")} options=${[{ value: "", label: t("report.any_status") }, ...reportStates.map((s) => ({ value: s, label: t(`status.report_requests.${s}`) }))]} />
        <${Choice} list=${list} name="period" label=${t("report.period")} options=${[{ value: "", label: t("report.any_period") }, ...months().map((m) => ({ value: m, label: When(m) })), { value: "baseline", label: When("baseline") }]} />`}
      empty=${html`<${Empty} icon="chart" title=${t("report.none")} why=${t("report.none_why")} />`} />`;
}

function Mine() {
  const list = useList("/reports", { params: { mine: "1" }, on: ["report_requests"], inURL: false });
  const waits = (/** @type {any} */ r) => ["open", "missed", "returned"].includes(r.status);
  const soon = (/** @type {any} */ r) => r.status === "scheduled", past = (/** @type {any} */ r) => !waits(r) && !soon(r);
  return html`<${Head} title=${t("report.all_title")} sub=${t("report.mine_lead")} />
    <${Frame} of=${list} empty=${html`<${Empty} tile=${3} title=${t("report.none")} why=${t("report.none_mine")} />`}>${(/** @type {any[]} */ rows) => html`<div class="stack">
      ${rows.some(waits) ? html`<${Panel} title=${t("report.waiting")}><div class="list">${rows.filter(waits).reverse().map((r) => html`<${Line} key=${r.id} r=${r} />`)}</div><//>` : null}
      ${rows.some(soon) ? html`<${Panel} title=${t("report.soon")}><div class="list">${rows.filter(soon).map((r) => html`<${Line} key=${r.id} r=${r} />`)}</div><//>` : null}
      ${rows.some(past) ? html`<${Panel} title=${t("report.past")}><div class="list">${rows.filter(past).map((r) => html`<${Line} key=${r.id} r=${r} />`)}</div><${More} list=${list} /><//>` : null}</div>`}<//>`;
}

/** @param {{ r: any }} props */
const Line = ({ r }) => html`<a href=${`/app/reports/${r.id}`}><span class="grow"><b>${named(r, pair(r, "title"))}</b><small>${standing().startups.length > 1 ? `${r.name} · ` : ""}<${Due} r=${r} /></small></span><${Status} of="report_requests" is=${r.status} /><${Icon} n="chev" /></a>`;
