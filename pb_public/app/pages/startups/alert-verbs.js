// @ts-check
// What staff do with an alert, wherever they read it, and what came of one that is closed.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call, get } from "../../lib/api.js";
import { date, day, given, now, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { when } from "./kpi.js";

const verdicts = ["yes", "no", "unsure"];

/** Whether it waits for somebody. @param {any} a */
export const waits = (a) => ["open", "acked"].includes(a.status);

/** What was written down when it was closed; nothing while it waits. @param {{ a: any }} props */
export const Outcome = ({ a }) => (waits(a) ? null : html`<p class="sub">${a.resolution || t("alert.by_itself")}${given(a.muted_until) ? ` · ${t("alert.muted_until", { date: date(a.muted_until) })}` : ""} · ${t("alert.verdict_was", { verdict: t(`alert.verdict_${a.verdict_later || a.verdict || "none"}`) })}</p>`);

/** @param {{ a: any, after: () => Promise<void>, bare?: boolean }} props bare: where the reports behind it stand beside it anyway */
export function Verbs({ a, after, bare }) {
  const { ask, dialog } = useAsk(), x = a.explain;
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
  const share = () => send("share", { shared: !a.shared }, a.shared ? "alert.unshared" : "alert.shared");
  const shares = t(a.shared ? "alert.unshare_go" : "alert.share_go"), said = a.verdict_later || a.verdict;
  const reports = bare ? null : x.requests.map((/** @type {string} */ id, /** @type {number} */ i) => html`<a class="btn ghost sm" href=${`/app/reports/${id}`}>${t("alert.open_report", { period: when(x.periods[i] ?? "") })}</a>`);
  return html`${waits(a) ? html`<div class="row">${a.status === "open" ? html`<button class="btn line sm" type="button" onClick=${() => send("ack", null, "alert.acked")}>${t("alert.ack_go")}</button>` : null}<button class="btn line sm" type="button" onClick=${() => close("resolve")}>${t("alert.resolve_go")}</button>${reports}<${Menu} label=${t("alert.more_of", { name: a.name })} title=${a.name} items=${[{ label: t("alert.entrust_go"), icon: "user", act: entrust }, { label: shares, icon: "eye", act: share }, { label: t("alert.mute_go"), icon: "off", act: () => close("mute") }]} /></div>`
    : html`<div class="row" role="group" aria-label=${t("alert.judge_title")}>${a.asked || !said ? html`<span class="sm">${t("alert.judge_title")}</span>${verdicts.map((v) => html`<button class="btn line sm" type="button" key=${v} onClick=${() => send("judge", { verdict: v }, "alert.judged")}>${t(`alert.verdict_${v}`)}</button>`)}` : null}<button class="btn ghost sm" type="button" onClick=${share}>${shares}</button>${reports}</div>`}${dialog}`;
}
