// @ts-check
// What the house does by itself, when it last did, and when it does next.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { given, has, moment, relative, t } from "../../lib/words.js";
import { Badge, Empty, Head, Status, Table } from "../../components/parts.js";

export const title = () => t("jobs.title");

export function Page() {
  const list = useList("/jobs", { on: ["job_runs"] });
  const name = (/** @type {any} */ r) => { const key = `job.${r.job.replace(/\W/g, "_")}`; return has(key) ? t(key) : r.job; };
  const columns = [
    { title: t("jobs.what"), cell: (/** @type {any} */ r) => html`${name(r)}<br /><code>${r.job}</code>` },
    { title: t("jobs.last"), cell: (/** @type {any} */ r) => (given(r.last?.started_at) ? html`${relative(r.last.started_at)}<br /><span class="muted">${moment(r.last.started_at)}</span>` : html`<span class="muted">${t("jobs.never")}</span>`) },
    { title: t("jobs.outcome"), full: true, cell: (/** @type {any} */ r) => (r.last?.outcome ? html`<${Status} of="job_runs" is=${r.last.outcome} />${r.last.attempts > 1 ? html` <span class="muted">${t("jobs.attempts", { n: r.last.attempts })}</span>` : null}${r.last.error ? html`<br /><span class="muted">${r.last.error}</span>` : null}` : html`<${Badge} tone="idle">${t("jobs.waits")}<//>`) },
    { title: t("jobs.next"), cell: (/** @type {any} */ r) => html`${relative(r.next)}<br /><span class="muted">${moment(r.next)}</span>` },
  ];
  return html`<${Head} title=${t("jobs.title")} sub=${t("jobs.lead")} /><${Table} list=${list} columns=${columns} label=${t("jobs.title")} empty=${html`<${Empty} icon="clock" title=${t("jobs.none")} />`} />`;
}
