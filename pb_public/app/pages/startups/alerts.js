// @ts-check
// What the house has noticed: why, since when, who looks after it, what came of it, and whether it was right.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call, download, get } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { date, day, given, now, percent, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Badge, Choice, Empty, Frame, Head, Icon, More, Search, Segments, Status } from "../../components/parts.js";
import { because, ofReport, since } from "./alert.js";
import { when } from "./kpi.js";

export const title = () => t("alert.title");

const rules = ["report_missing", "reports_missing_twice", "milestone_late", "revenue_fell", "runway_short", "jobs_fell", "zero_after_value", "figures_contradict"];
const verdicts = ["yes", "no", "unsure"];

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
function Card({ a, after }) {
  const { ask, dialog } = useAsk(), x = a.explain, waits = ["open", "acked"].includes(a.status);
  /** @param {string} verb @param {any} body @param {string} word */
  const send = async (verb, body, word) => {
    try { await call("POST", `/alerts/${a.id}/${verb}`, body); say(t(word)); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const right = { name: "verdict", label: t("alert.judge_title"), as: "segments", options: verdicts.map((value) => ({ value, label: t(`alert.verdict_${value}`) })) };
  const until = { name: "until", label: t("alert.until_day"), help: t("alert.until_why"), type: "date", min: day(now()) };
  /** @param {"resolve" | "mute"} verb */
  const close = (verb) => ask({ title: t(`alert.${verb}_title`), why: t(`alert.${verb}_why`), act: t(`alert.${verb}_go`), fields: [{ name: "resolution", label: t("alert.resolution"), as: "area", required: true, max: 1000 }, verb === "mute" ? until : right], send: (v, key) => call("POST", `/alerts/${a.id}/${verb}`, v, { key }), done: after });
  const entrust = async () => {
    try {
      const { rows } = await get(`/alerts/${a.id}/keepers`);
      ask({ title: t("alert.entrust_title"), act: t("alert.entrust_go"), start: { owner: a.owner }, fields: [{ name: "owner", label: t("alert.keeper"), as: "select", required: true, options: rows.map((/** @type {any} */ p) => ({ value: p.id, label: p.name })) }], send: (v, key) => call("POST", `/alerts/${a.id}/owner`, v, { key }), done: async () => { say(t("alert.entrusted")); await after(); } });
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const share = html`<button class="btn ghost sm" type="button" onClick=${() => send("share", { shared: !a.shared }, a.shared ? "alert.unshare_go" : "alert.shared")}>${t(a.shared ? "alert.unshare_go" : "alert.share_go")}</button>`;
  const open = x.requests.map((/** @type {string} */ id, /** @type {number} */ i) => html`<a class="btn ghost sm" href=${`/app/reports/${id}`}>${t("alert.open_report", { period: when(x.periods[i] ?? "") })}</a>`);
  const verdict = a.verdict_later || a.verdict;
  return html`<article class="panel stack s2"><div class="row sb"><h2><a href=${`/app/startups/${a.startup}`}>${a.name}</a></h2><span class="row"><${Badge} tone=${a.severity === "red" ? "bad" : "warn"} tag>${t(`alert.is_${a.severity}`)}<//><${Status} of="alerts" is=${a.status} tone=${a.status === "open" ? "idle" : undefined} /></span></div>
    <p>${because(a)}</p>
    <p class="sub sm">${since(x)}${ofReport(a) ? ` · ${x.last_from ? t("alert.last", { period: when(x.last_from) }) : t("alert.never")}` : ""} · ${a.owner_name ? t("alert.owner", { name: a.owner_name }) : t("alert.nobody")}${a.shared ? ` · ${t("alert.shared")}` : ""}</p>
    ${waits ? html`<div class="row">${a.status === "open" ? html`<button class="btn line sm" type="button" onClick=${() => send("ack", null, "alert.acked")}>${t("alert.ack_go")}</button>` : null}<button class="btn line sm" type="button" onClick=${() => close("resolve")}>${t("alert.resolve_go")}</button>${open}<details class="sm"><summary><${Icon} n="chev" s />${t("alert.more")}</summary><div class="row gap-t"><button class="btn ghost sm" type="button" onClick=${entrust}>${t("alert.entrust_go")}</button>${share}<button class="btn ghost sm" type="button" onClick=${() => close("mute")}>${t("alert.mute_go")}</button></div></details></div>`
    : html`<p class="sub">${a.resolution || t("alert.by_itself")}${given(a.muted_until) ? ` · ${t("alert.muted_until", { date: date(a.muted_until) })}` : ""} · ${t("alert.verdict_was", { verdict: t(`alert.verdict_${verdict || "none"}`) })}</p>
      <div class="row" role="group" aria-label=${t("alert.judge_title")}>${a.asked || !verdict ? html`<span class="sm">${t("alert.judge_title")}</span>${verdicts.map((v) => html`<button class="btn line sm" type="button" key=${v} onClick=${() => send("judge", { verdict: v }, "alert.judged")}>${t(`alert.verdict_${v}`)}</button>`)}` : null}${share}${open}</div>`}${dialog}</article>`;
}
