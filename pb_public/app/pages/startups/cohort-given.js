// @ts-check
// What a cohort gives to its startups: seed money, which takes two people, and perks; each with its receipt.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { date, dong, num, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Choice, Empty, Icon, Panel, Status, Table } from "../../components/parts.js";

/** @type {Record<string, "ok" | "warn" | "info" | "bad">} */
const tones = { proposed: "warn", confirmed: "info", handed: "warn", received: "ok", refused: "bad" };

/** @param {{ cohort: any }} props */
export function Part({ cohort }) {
  const list = useList(`/cohorts/${cohort.id}/supports`, { params: { q: "", status: "", kind: "" }, on: ["supports"] }), there = useList("/enrolments", { inURL: false, limit: 100, params: { cohort: cohort.id } }), { ask, dialog } = useAsk();
  const told = async () => { say(t("support.kept")); await list.reload(); };
  const sums = list.answer.value?.sums, who = list.answer.value;
  const fields = (/** @type {boolean} */ first, /** @type {string} */ kind) => [
    ...(first ? [{ name: "startup", as: "select", label: t("startup.name"), required: true, options: there.rows.value.filter((n) => ["invited", "active", "on_leave"].includes(n.status)).map((n) => ({ value: n.startup.id, label: n.startup.name })) }] : []),
    { name: "title", label: t("support.title_of"), required: true, maxlength: 200 }, ...(kind === "money" ? [{ name: "amount_vnd", as: "amount", unit: "₫", label: t("support.amount_of"), required: true }] : []),
    { name: "note", as: "area", rows: "3", label: t("support.note"), max: 2000 },
  ];
  const propose = (/** @type {"money" | "perk"} */ kind) => ask({ title: t(`support.add_${kind}`), why: t(`support.add_${kind}_why`), act: t("support.propose_go"), start: { startup: "" }, fields: fields(true, kind), send: (v, key) => call("POST", `/cohorts/${cohort.id}/supports`, { ...v, kind }, { key }), done: told });
  const amend = (/** @type {any} */ r) => ask({ title: t("support.change"), why: r.kind === "money" ? t("support.change_why") : undefined, act: t("state.save"), start: { title: r.title, note: r.note, amount_vnd: r.amount_vnd }, fields: fields(false, r.kind), send: (v, key) => call("PATCH", `/supports/${r.id}`, { ...v, amount_vnd: r.kind === "money" ? v["amount_vnd"] : 0, rev: r.rev }, { key }), done: told });
  const move = (/** @type {any} */ r, /** @type {string} */ verb, bad = false) => ask({ title: t(`support.${verb}_title`, { title: r.title, name: r.name, amount: r.kind === "money" ? dong(r.amount_vnd) : t("support.kind_perk") }), act: t(`support.${verb}_go`), bad, fields: bad ? [{ name: "reason", as: "area", label: t("report.reason"), required: true, max: 1000 }] : [], send: (v, key) => call("POST", `/supports/${r.id}/${verb}`, { ...v, rev: r.rev }, { key }), done: told });
  const items = (/** @type {any} */ r) => [
    ...(r.status === "proposed" && (r.kind === "perk" || (who?.may_confirm && r.proposed_by !== who.me)) ? [{ label: t("support.confirm_go"), icon: "check", act: () => move(r, "confirm") }] : []),
    ...(r.status === "confirmed" ? [{ label: t("support.hand_go"), icon: "right", act: () => move(r, "hand") }] : []),
    ...(r.status === "proposed" ? [{ label: t("support.change"), icon: "edit", act: () => amend(r) }] : []),
    ...(["proposed", "confirmed"].includes(r.status) ? [{ label: t("support.refuse_go"), icon: "x", bad: true, act: () => move(r, "refuse", true) }] : []),
  ];
  const columns = [
    { title: t("startup.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.startup}?tab=cohort`}>${r.name}</a><br /><small class="sub">${r.title}</small>${r.reason ? html`<br /><small class="sub">${t("support.because", { reason: r.reason })}</small>` : null}` },
    { title: t("support.amount_of"), end: true, cell: (/** @type {any} */ r) => (r.kind === "money" ? html`<span class="tn nb">${dong(r.amount_vnd)}</span>` : t("support.kind_perk")) },
    { title: t("together.state"), cell: (/** @type {any} */ r) => html`<${Status} of="supports" is=${r.status} tone=${tones[r.status]} />` },
    { title: t("support.receipt"), cell: (/** @type {any} */ r) => (r.received_at ? date(r.received_at) : r.handed_at ? t("support.handed_on", { date: date(r.handed_at) }) : "–") },
    { title: "", end: true, cell: (/** @type {any} */ r) => { const can = items(r); return can.length ? html`<${Menu} label=${t("support.more", { title: r.title, name: r.name })} title=${r.name} items=${can} />` : null; } },
  ];
  const options = (/** @type {string} */ all, /** @type {string[]} */ some, /** @type {string} */ of) => [{ value: "", label: t(all) }, ...some.map((x) => ({ value: x, label: t(`${of}${x}`) }))];
  return html`${sums ? html`<${Panel} title=${t("support.sums_title")}><dl class="kv">${["proposed", "confirmed", "handed", "received"].map((x) => html`<dt key=${x}>${t(`support.sum_${x}`)}</dt><dd class="tn nb">${dong(sums[x])}</dd>`)}</dl><p class="sub gap-t">${t("support.sums", { startups: num(sums.startups), perks: num(sums.perks) })}</p><//>` : null}
    <p class="row gap-t gap-b"><button class="btn" type="button" onClick=${() => propose("money")}><${Icon} n="plus" />${t("support.add_money")}</button><button class="btn line" type="button" onClick=${() => propose("perk")}>${t("support.add_perk")}</button></p>
    <${Table} list=${list} columns=${columns} label=${t("together.tab_given")} search=${t("startup.search")} csv="supports.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("together.state")} options=${options("recognition.any", ["proposed", "confirmed", "handed", "received", "refused"], "status.supports.")} /><${Choice} list=${list} name="kind" label=${t("support.kind_of")} options=${options("support.kind_all", ["money", "perk"], "support.kind_")} />`}
      empty=${html`<${Empty} icon="leaf" title=${t("support.none")} why=${t("support.none_why")} />`} />${dialog}`;
}
