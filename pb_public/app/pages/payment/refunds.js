// @ts-check
// Money that goes back: asked for, approved by whom it takes, and sent by hand where the bank knows no other way.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { dong, moment, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Choice, Crumbs, Empty, Head, Status, Table } from "../../components/parts.js";

export const title = () => t("refund_page.title");

const states = ["requested", "approved", "manual_done", "cancelled", "failed"];
const tones = /** @type {Record<string, string>} */ ({ requested: "warn", approved: "info", manual_done: "ok", succeeded: "ok", failed: "bad", cancelled: "idle" });

export function Page() {
  const list = useList("/refunds", { params: { q: "", status: "waiting" }, on: ["refunds"] }), { ask, dialog } = useAsk();
  /** @param {any} r @param {string} verb @param {string} key @param {any[]} fields */
  const act = (r, verb, key, fields) => ask({
    title: t(`refund_page.${key}`), why: t(`refund_page.${key}_why`, { sum: dong(r.amount_vnd) }), act: t(`refund_page.${key}`), fields,
    send: (v, k) => call("POST", `/refunds/${r.id}/${verb}`, { ...v, rev: r.rev }, { key: k }), done: () => { say(t("refund_page.done")); list.reload(); },
  });
  const reason = { name: "reason", label: t("refund_page.reason"), as: "area", required: true };
  const start = () => ask({
    title: t("refund_page.new"), why: t("refund_page.new_why"), act: t("refund_page.new"),
    fields: [{ name: "code", label: t("refund_page.code"), required: true, maxlength: 8 }, { name: "amount", label: t("refund_page.amount"), help: t("refund_page.amount_help"), inputmode: "numeric", unit: "₫" }, reason],
    send: (v, k) => call("POST", "/refunds", { code: v["code"], amount: Number(String(v["amount"] ?? "").replace(/\D/g, "")), reason: v["reason"] }, { key: k }), done: () => { say(t("refund_page.asked")); list.reload(); },
  });
  /** @param {any} r */
  const acts = (r) => {
    const some = [
      r.status === "requested" && (!r.mine || r.alone) && { label: t("refund_page.approve"), act: () => act(r, "approve", "approve", []) },
      ["approved", "failed"].includes(r.status) && { label: t("refund_page.sent"), act: () => act(r, "sent", "sent", [{ name: "bank_ref", label: t("refund_page.bank_ref"), required: r.provider !== "cash" }, { name: "reason", label: t("refund_page.note") }]) },
      ["requested", "approved"].includes(r.status) && { label: t("refund_page.cancel"), bad: true, act: () => act(r, "cancel", "cancel", [reason]) },
    ].filter(Boolean);
    return some.length ? html`<${Menu} label=${t("refund_page.more", { sum: dong(r.amount_vnd) })} items=${some} />` : null;
  };
  const columns = [
    { title: t("refund_page.for"), cell: (/** @type {any} */ r) => (r.for ? html`<b>${r.for.code}</b> · ${r.for.buyer}<br /><small class="sub">${pair(r.for, "title")}</small>` : html`${r.memo || t("refund_page.unknown")}`) },
    { title: t("refund_page.amount"), end: true, cell: (/** @type {any} */ r) => html`<b class="nb">${dong(r.amount_vnd)}</b>` },
    { title: t("refund_page.why"), cell: (/** @type {any} */ r) => (r.reason === "duplicate" ? t("refund_page.why_duplicate") : r.reason || t("refund_page.why_cancelled")) },
    { title: t("refund_page.state"), cell: (/** @type {any} */ r) => html`<${Status} of="refunds" is=${r.status} tone=${tones[r.status]} />${r.status === "requested" && r.mine && !r.alone ? html`<br /><small class="sub">${t("refund_page.other_person")}</small>` : null}` },
    { title: t("refund_page.when"), full: true, cell: (/** @type {any} */ r) => html`<span class="nb">${moment(r.asked_at)}</span><br /><small class="sub">${[r.requested_by, r.approved_by, r.bank_ref].filter(Boolean).join(" · ")}</small>` },
    { title: "", cell: acts },
  ];
  return html`<${Crumbs} trail=${[{ to: "/app/payments", label: t("pay_page.title") }]} /><${Head} title=${t("refund_page.title")} sub=${t("refund_page.lead")}><button class="btn" type="button" onClick=${start}>${t("refund_page.new")}</button><//>
    <${Table} list=${list} columns=${columns} label=${t("refund_page.title")} search=${t("refund_page.search")} csv="refunds.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("refund_page.state")} options=${[{ value: "waiting", label: t("refund_page.waiting") }, { value: "", label: t("refund_page.all") }, ...states.map((s) => ({ value: s, label: t(`status.refunds.${s}`) }))]} />`}
      empty=${html`<${Empty} icon="okc" title=${t("refund_page.none")} why=${t("refund_page.none_why")} />`} />${dialog}`;
}
