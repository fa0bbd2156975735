// @ts-check
// The startups that one looks after, or is part of.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { bring, num, pair, t } from "../../lib/words.js";
import { Avatar, Badge, Choice, Empty, Head, Icon, Loading, Panel, Status, Table } from "../../components/parts.js";
import { standing, today } from "../../shell/shell.js";
import { When } from "./kpi.js";

export const title = () => t("startup.all_title");

export const sectors = ["agriculture", "manufacturing", "logistics", "energy", "education", "health", "safety", "circular", "software", "services"];
export const stages = ["idea", "prototype", "mvp", "revenue", "growth"];
export const lives = ["active", "dormant", "closed", "acquired", "merged", "ipo"];

export function Page() {
  if (!today.value || today.value.state.value === "loading") return html`<${Head} title=${t("startup.all_title")} /><div class="panel"><${Loading} /></div>`;
  return standing().roles.some((r) => ["staff", "manager"].includes(r)) ? html`<${All} />` : html`<${Mine} />`;
}

function All() {
  const list = useList("/startups", { params: { q: "", sector: "", status: "", unit: "" }, on: ["startups", "enrolments", "alerts"] });
  const cohorts = useList("/cohorts", { inURL: false });
  const cohort = (/** @type {string} */ id) => pair(cohorts.rows.value.find((c) => c.id === id), "title");
  const columns = [
    { title: t("startup.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.id}`}>${r.name}</a>${r.sample ? html` <small class="muted">${t("page.sample_one")}</small>` : null}` },
    { title: t("startup.sector"), cell: (/** @type {any} */ r) => (r.sector ? html`<span class="nb"><span class=${`dot d${1 + (sectors.indexOf(r.sector) % 5)}`}></span> ${t(`sector.${r.sector}`)}</span>` : "–") },
    { title: t("startup.stage"), cell: (/** @type {any} */ r) => (r.stage ? t(`stage.${r.stage}`) : "–") },
    { title: t("startup.cohort"), cell: (/** @type {any} */ r) => html`${cohort(r.cohort)} ${r.enrolment_status ? html`<br /><${Status} of="enrolments" is=${r.enrolment_status} />` : null}` },
    { title: t("startup.last_report"), cell: (/** @type {any} */ r) => (r.report_status ? html`${When(r.period_key)} <${Status} of="report_requests" is=${r.report_status} />` : "–") },
    { title: t("alert.title"), end: true, cell: (/** @type {any} */ r) => (r.alerts ? html`<${Badge} tone=${r.alert_severity === "red" ? "bad" : "warn"}>${num(r.alerts)}<//>` : "–") },
  ];
  return html`<${Head} title=${t("startup.all_title")}><a class="btn line" href="/app/imports">${t("startup.tables")}</a><a class="btn line" href="/app/milestones">${t("milestone.all_title")}</a><a class="btn line" href="/app/recognitions">${t("recognition.title_all")}</a><a class="btn line" href="/app/enrolments">${t("enrolment.title")}</a><//>
    <${Table} list=${list} columns=${columns} label=${t("startup.all_title")} search=${t("startup.search")} csv="startups.csv"
      filters=${html`<${Choice} list=${list} name="sector" label=${t("startup.sector")} options=${[{ value: "", label: t("startup.any_sector") }, ...sectors.map((s) => ({ value: s, label: t(`sector.${s}`) }))]} />
        <${Choice} list=${list} name="status" label=${t("startup.life")} options=${[{ value: "", label: t("startup.any_life") }, ...lives.map((s) => ({ value: s, label: t(`status.startups.${s}`) }))]} /><${Where} list=${list} />`}
      empty=${html`<${Empty} tile=${3} title=${t("startup.none")} why=${t("startup.none_why")} />`} />`;
}

/** The filter by an administrative unit, which comes when it is wanted. @param {{ list: any }} props */
function Where({ list }) {
  const late = useSignal(/** @type {any} */ (null)), unit = list.filters.value["unit"] ?? "";
  const open = async () => { try { late.value = (await bring("pages/site/unit-pick")).Pick; } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  useEffect(() => { if (unit) open(); }, []);
  return late.value ? html`<${late.value} id="where" label=${t("startup.by_unit")} level="" when="" value=${unit} set=${(/** @type {string} */ id) => list.set({ unit: id })} />` : html`<button class="btn line sm" type="button" onClick=${open}><${Icon} n="pin" s />${t("startup.by_unit")}</button>`;
}

const Mine = () => html`<${Head} title=${t("startup.mine_title")} />${standing().startups.length ? html`<${Panel}><div class="list">${standing().startups.map((s) => html`<a href=${`/app/startups/${s.id}`}><${Avatar} name=${s.name} org /><span class="grow"><b>${s.name}</b></span><${Icon} n="chev" /></a>`)}</div><//>` : html`<${Empty} tile=${3} title=${t("startup.none_mine")} why=${t("startup.none_mine_why")}><a class="btn" href="/app/intakes">${t("startup.find_intake")}</a><//>`}`;
