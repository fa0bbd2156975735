// @ts-check
// What the house has noticed: why, since when, who looks after it, what came of it, and whether it was right.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, download, get } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { percent, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Frame, Head, Icon, More, Search, Segments, Status } from "../../components/parts.js";
import { because, ofReport, since } from "./alert-parts.js";
import { Outcome, Verbs } from "./alert-verbs.js";
import { when } from "./kpi.js";

export const title = () => t("alert.title");

const rules = ["report_missing", "reports_missing_twice", "milestone_late", "revenue_fell", "runway_short", "jobs_fell", "zero_after_value", "figures_contradict"];

/** The choices of a filter. @param {string} any @param {[string, string][]} rest */
const options = (any, rest) => [{ value: "", label: t(any) }, ...rest.map(([value, key]) => ({ value, label: t(key) }))];

export function Page() {
  const list = useList("/alerts", { params: { q: "", status: "", rule: "", severity: "", owner: "" }, on: ["alerts"] });
  const f = list.filters.value, narrowed = ["q", "rule", "severity", "owner"].some((name) => f[name]);
  const save = (/** @type {string} */ format) => download("/alerts", { ...f, format }, `alerts.${format}`).catch((e) => say(asRefusal(e).message, { bad: true }));
  return html`<${Head} title=${t("alert.title")} sub=${t("alert.lead")}><${Segments} label=${t("alert.which")} value=${f["status"] ?? ""} set=${(/** @type {string} */ status) => list.set({ status })} options=${[["", "waiting"], ["asked", "asked"], ["resolved", "resolved"], ["muted", "muted"]].map(([value, word]) => ({ value: value ?? "", label: t(`alert.${word}`) }))} /><//>
    <div class="row gap-b tools-row" role="group" aria-label=${t("alert.filters")}><${Search} list=${list} label=${t("alert.search")} />
      <${Choice} list=${list} name="rule" label=${t("alert.why")} options=${options("alert.any_rule", rules.map((r) => [r, `alert.rule_${r}`]))} />
      <${Choice} list=${list} name="severity" label=${t("alert.severity")} options=${options("alert.any_severity", [["red", "alert.is_red"], ["amber", "alert.is_amber"]])} />
      <${Choice} list=${list} name="owner" label=${t("alert.keeper")} options=${options("alert.any_owner", [["me", "alert.own"], ["none", "alert.nobodys"]])} />
      <span class="row">${["csv", "xlsx"].map((format) => html`<button class="btn line sm" type="button" key=${format} onClick=${() => save(format)}><${Icon} n="down" s />${t(`state.${format}`)}</button>`)}</span></div>
    <${Frame} of=${narrowed ? list : { ...list, filtered: false }} empty=${html`<${Empty} tile=${3} title=${t("alert.none")} why=${t("alert.none_why")} />`}>${(/** @type {any[]} */ rows) => html`<div class="stack">${rows.map((a) => html`<${Card} key=${a.id} a=${a} after=${list.reload} />`)}<${More} list=${list} /></div>`}<//>
    <${Right} />`;
}

/** How often each rule was right, when somebody wants to know. */
function Right() {
  const rows = useSignal(/** @type {any[] | null} */ (null));
  const open = async (/** @type {any} */ e) => {
    if (!e.currentTarget.open || rows.value) return;
    try { rows.value = (await get("/alerts/precision")).rows; } catch (why) { say(asRefusal(why).message, { bad: true }); }
  };
  return html`<details class="panel gap-t" onToggle=${open}><summary><b>${t("alert.precision")}</b></summary>${rows.value ? html`<dl class="kv sm gap-t">${rows.value.length ? rows.value.map((r) => html`<dt>${t(`alert.rule_${r.rule}`)}</dt><dd>${r.n ? t("alert.precision_line", { share: percent(r.share / 100, 0), n: r.n }) : t("alert.precision_none")}${r.n && r.few ? html` <${Badge} tone="warn">${t("alert.precision_few")}<//>` : null}<br /><span class="sub">${t("alert.precision_rest", { unsure: r.unsure, silent: r.silent })}</span></dd>`) : html`<dd>${t("alert.precision_none")}</dd>`}</dl>` : null}</details>`;
}

/** @param {{ a: any, after: () => Promise<void> }} props */
const Card = ({ a, after }) => html`<article class="panel stack s2"><div class="row sb"><h2><a href=${`/app/alerts/${a.id}`}>${a.name}</a></h2><span class="row"><${Badge} tone=${a.severity === "red" ? "bad" : "warn"} tag>${t(`alert.is_${a.severity}`)}<//><${Status} of="alerts" is=${a.status} tone=${a.status === "open" ? "idle" : undefined} /></span></div>
    <p>${because(a)}</p>
    <p class="sub sm">${since(a.explain)}${ofReport(a) ? ` · ${a.explain.last_from ? t("alert.last", { period: when(a.explain.last_from) }) : t("alert.never")}` : ""} · ${a.owner_name ? t("alert.owner", { name: a.owner_name }) : t("alert.nobody")}${a.shared ? ` · ${t("alert.shared")}` : ""}</p>
    <${Outcome} a=${a} /><${Verbs} a=${a} after=${after} /></article>`;
