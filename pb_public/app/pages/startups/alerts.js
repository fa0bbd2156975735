// @ts-check
// What the house has noticed: why, since when, who looks after it, and what came of it.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { date, given, num, relative, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Badge, Empty, Frame, Head, More, Search, Segments, Status } from "../../components/parts.js";
import { when } from "./kpi.js";

export const title = () => t("alert.title");

export function Page() {
  const list = useList("/alerts", { params: { q: "", status: "" }, on: ["alerts"] });
  return html`<${Head} title=${t("alert.title")} sub=${t("alert.lead")}><${Segments} label=${t("alert.which")} value=${list.filters.value["status"] ?? ""} set=${(/** @type {string} */ status) => list.set({ status })} options=${[["", "waiting"], ["resolved", "resolved"], ["muted", "muted"]].map(([value, word]) => ({ value: value ?? "", label: t(`alert.${word}`) }))} /><//>
    <div class="row gap-b"><${Search} list=${list} label=${t("alert.search")} /></div>
    <${Frame} of=${list.filters.value["q"] ? list : { ...list, filtered: false }} empty=${html`<${Empty} tile=${3} title=${t("alert.none")} why=${t("alert.none_why")} />`}>${(/** @type {any[]} */ rows) => html`<div class="stack">${rows.map((a) => html`<${Card} key=${a.id} a=${a} after=${list.reload} />`)}<${More} list=${list} /></div>`}<//>`;
}

/** @param {{ a: any, after: () => Promise<void> }} props */
function Card({ a, after }) {
  const { ask, dialog } = useAsk(), x = a.explain, waits = ["open", "acked"].includes(a.status);
  const ack = async () => {
    try { await call("POST", `/alerts/${a.id}/ack`); say(t("alert.acked")); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  /** @param {"resolve" | "mute"} verb */
  const close = (verb) => ask({ title: t(`alert.${verb}_title`), why: t(`alert.${verb}_why`), act: t(`alert.${verb}_go`), fields: [{ name: "resolution", label: t("alert.resolution"), as: "area", required: true, max: 1000 }], send: (v, key) => call("POST", `/alerts/${a.id}/${verb}`, v, { key }), done: after });
  const open = x.requests.map((/** @type {string} */ id, /** @type {number} */ i) => html`<a class="btn ghost sm" href=${`/app/reports/${id}`}>${t("alert.open_report", { period: when(x.periods[i] ?? "") })}</a>`);
  return html`<article class="panel stack s2"><div class="row sb"><h2><a href=${`/app/startups/${a.startup}`}>${a.name}</a></h2><span class="row"><${Badge} tone=${a.severity === "red" ? "bad" : "warn"} tag>${t(`alert.is_${a.severity}`)}<//><${Status} of="alerts" is=${a.status} tone=${a.status === "open" ? "idle" : undefined} /></span></div>
    <p>${t(`alert.because_${a.rule}`, { period: when(a.period_key), due: date(x.due_on), grace: num(x.grace) })}</p>
    <p class="sub sm">${given(x.since) ? t("alert.since", { date: date(x.since), when: relative(x.since) }) : null}${x.last_from ? ` · ${t("alert.last", { period: when(x.last_from) })}` : ` · ${t("alert.never")}`} · ${a.owner_name ? t("alert.owner", { name: a.owner_name }) : t("alert.nobody")}</p>
    ${waits ? html`<div class="row">${a.status === "open" ? html`<button class="btn line sm" type="button" onClick=${ack}>${t("alert.ack_go")}</button>` : null}<button class="btn line sm" type="button" onClick=${() => close("resolve")}>${t("alert.resolve_go")}</button><button class="btn ghost sm" type="button" onClick=${() => close("mute")}>${t("alert.mute_go")}</button>${open}</div>` : html`<p class="sub">${a.resolution || t("alert.by_itself")}</p>`}${dialog}</article>`;
}
