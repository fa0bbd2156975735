// @ts-check
// What the house does by itself: when it last did, how that went, and when it does next. A manager of the whole house runs
// one at once; what went before opens on demand.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { Dialog } from "../../lib/forms.js";
import { has, moment, num, relative, t } from "../../lib/words.js";
import { Badge, Empty, Frame, Head, Icon, More, Status, Table } from "../../components/parts.js";

export const title = () => t("jobs.title");

/** @param {string} job */
const name = (job) => { const key = `job.${job}`; return has(key) ? t(key) : job; };

/** A line of a crontab in words; one that these do not cover stays what it is. @param {string} line */
function rhythm(line) {
  const [m = "", h = "", day = "", month, weekday] = line.split(" "), figure = /^\d+$/;
  const at = `${h.padStart(2, "0")}:${m.padStart(2, "0")}`;
  if (month === "*" && weekday === "*") {
    if (`${h}${day}` === "**" && (m === "*" || m === "*/1")) return t("jobs.each_minute");
    if (`${h}${day}` === "**" && m.startsWith("*/")) return t("jobs.each_minutes", { every: m.slice(2) });
    if (`${h}${day}` === "**" && figure.test(m)) return t("jobs.each_hour", { minute: m });
    if (day === "*" && figure.test(h + m)) return t("jobs.each_day", { at });
    if (figure.test(h + m + day)) return t("jobs.each_month", { day, at });
  }
  return html`<code>${line}</code>`;
}

/** How a run went. @param {{ r: any }} props */
const Went = ({ r }) => html`${r.lost ? html`<${Badge} tone="warn">${t("jobs.lost")}<//>` : html`<${Status} of="job_runs" is=${r.outcome} />`}${r.attempts > 1 ? html` <span class="muted">${t("jobs.attempts", { n: r.attempts })}</span>` : null}
  ${r.given_up && !r.actor ? html`<br /><span class="muted">${t("jobs.given_up")}</span>` : null}${r.error ? html`<br /><span class="muted">${r.error}</span>` : null}`;

/** How much it did, and how long that took. @param {any} r */
const did = (r) => (r.did === "" ? "–" : `${t("jobs.did", { n: Number(r.did) })} · ${r.took_ms < 100 ? t("jobs.took_no_time") : t("jobs.took", { s: num(r.took_ms / 1000, r.took_ms < 1e4 ? 1 : 0) })}`);

/** @param {any} r */
const asked = (r) => (r.actor ? t("jobs.by", { name: r.actor_name || t("jobs.somebody") }) : t("jobs.by_schedule"));

export function Page() {
  const list = useList("/jobs", { limit: 100 });
  const opened = useSignal(""), runs = useSignal("");
  const run = async (/** @type {string} */ job) => {
    runs.value = job;
    try {
      const r = await call("POST", `/jobs/${job}/run`);
      say(t(r.outcome === "done" ? "jobs.ran" : "jobs.ran_badly", { job: name(job) }), { bad: r.outcome !== "done" });
    } catch (e) { say(asRefusal(e).message, { bad: true }); } finally { runs.value = ""; }
    await list.reload();
  };
  const may = list.answer.value?.may_run;
  const columns = [
    { title: t("jobs.what"), cell: (/** @type {any} */ r) => html`${name(r.job)}<br /><span class="fw4 muted">${rhythm(r.line)}</span>` },
    { title: t("jobs.last"), full: true, cell: (/** @type {any} */ r) => (r.last ? html`${relative(r.last.started_at)}<br /><span class="muted"><span class="nb">${moment(r.last.started_at)}</span>${r.last.actor ? html`<br />${asked(r.last)}` : null}</span>` : html`<span class="muted">${t("jobs.never")}</span>`) },
    { title: t("jobs.outcome"), full: true, cell: (/** @type {any} */ r) => (r.last ? html`<${Went} r=${r.last} />${r.last.did === "" ? null : html`<br /><span class="muted">${did(r.last)}</span>`}` : html`<${Badge} tone="idle">${t("jobs.waits")}<//>`) },
    { title: t("jobs.next"), full: true, cell: (/** @type {any} */ r) => html`${relative(r.next)}<br /><span class="nb muted">${moment(r.next)}</span>` },
    { title: "", full: true, cell: (/** @type {any} */ r) => html`<span class="row nowrap">${may ? html`<button class="btn line sm" type="button" disabled=${runs.value !== ""} aria-label=${t("jobs.run_of", { job: name(r.job) })} onClick=${() => run(r.job)}>${t("jobs.run")}</button>` : null}<button class="btn ghost sm" type="button" aria-label=${t("jobs.history_of", { job: name(r.job) })} onClick=${() => { opened.value = r.job; }}>${t("jobs.history")}</button></span>` },
  ];
  return html`<${Head} title=${t("jobs.title")} sub=${t("jobs.lead")}><button class="btn line" type="button" disabled=${list.busy.value} onClick=${list.reload}><${Icon} n="sync" />${t("jobs.reload")}</button><//>
    <${Table} list=${list} columns=${columns} label=${t("jobs.title")} empty=${html`<${Empty} icon="clock" title=${t("jobs.none")} />`} />
    ${opened.value ? html`<${History} job=${opened.value} close=${() => { opened.value = ""; }} />` : null}`;
}

/** @param {{ job: string, close: () => void }} props */
function History({ job, close }) {
  const list = useList(`/jobs/${job}/runs`, { inURL: false, limit: 10 });
  return html`<${Dialog} title=${name(job)} close=${close} wide><${Frame} of=${list} empty=${html`<${Empty} icon="clock" title=${t("jobs.never")} />`}>${(/** @type {any[]} */ rows) => html`<ol class="list">${rows.map((r) => html`<li key=${r.id}><div class="stack s2 grow"><div class="row sb"><b>${moment(r.slot)}</b><span><${Went} r=${r} /></span></div><p class="sub sm">${did(r)} · ${asked(r)}</p></div></li>`)}</ol><${More} list=${list} />`}<//><//>`;
}
