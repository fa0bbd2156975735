// @ts-check
// The orders of an event: found by name, code, address or telephone, and by where they stand.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { dong, num, t } from "../../lib/words.js";
import { Choice, Empty, Status, Table, When } from "../../components/parts.js";
import { orderStates, tone } from "./order-parts.js";

/** @param {{ event: any, after: () => Promise<void> }} props */
export function Part({ event: e }) {
  const list = useList(`/events/${e.id}/orders`, { params: { q: "", status: "", provider: "" }, on: ["orders", "tickets", "payments"] });
  const columns = [
    { title: t("event_order.code"), cell: (/** @type {any} */ r) => html`<a class="tn" href=${`/app/events/${e.id}/orders/${r.id}`}>${r.code}</a><br /><small class="sub"><${When} at=${r.at} /></small>` },
    { title: t("event_order.buyer"), full: true, cell: (/** @type {any} */ r) => (r.buyer_name ? html`${r.buyer_name}<br /><small class="sub">${r.buyer_email}</small>` : html`<span class="muted">${t("event_order.nameless")}</span>`) },
    { title: t("event_order.seats"), end: true, cell: (/** @type {any} */ r) => num(r.seats) },
    { title: t("event_order.total"), end: true, cell: (/** @type {any} */ r) => (r.total_vnd ? dong(r.total_vnd) : t("ticket_type.free")) },
    { title: t("event_page.state"), cell: (/** @type {any} */ r) => html`<${Status} of="orders" is=${r.status} tone=${tone(r.status)} />` },
  ];
  return html`<${Table} list=${list} columns=${columns} label=${t("event_page.tab_orders")} search=${t("event_order.search")} csv="orders.csv"
    filters=${html`<${Choice} list=${list} name="status" label=${t("event_page.state")} options=${["", "open", ...orderStates].map((value) => ({ value, label: value === "open" ? t("event_order.open") : value ? t(`status.orders.${value}`) : t("event_order.any_state") }))} />
      <${Choice} list=${list} name="provider" label=${t("event_order.paid_by")} options=${["", "free", "vietqr", "cash", "invoice"].map((value) => ({ value, label: value ? t(`event_order.by_${value}`) : t("event_order.any_way") }))} />`}
    empty=${html`<${Empty} icon="ticket" title=${t("event_order.none")} why=${t("event_order.none_why")} />`} />`;
}
