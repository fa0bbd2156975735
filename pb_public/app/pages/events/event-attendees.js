// @ts-check
// Who holds a ticket of an event: to be looked for at any moment, and to be taken along as a table with what they answered.
import { html } from "../../lib/ui.js";
import { useList, useOne } from "../../lib/list.js";
import { moment, pair, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Status, Table } from "../../components/parts.js";

/** @param {{ event: any, after: () => Promise<void> }} props */
export function Part({ event: e }) {
  const list = useList(`/events/${e.id}/attendees`, { params: { q: "", type: "", came: "", status: "" }, on: ["tickets", "presences"] }), types = useOne(`/events/${e.id}/types`);
  const columns = [
    { title: t("attendee.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/events/${e.id}/orders/${r.order}`}>${r.holder_name || r.buyer_name || t("event_order.nameless")}</a>${r.holder_email ? html`<br /><small class="sub">${r.holder_email}</small>` : null}` },
    { title: t("ticket_type.one"), cell: (/** @type {any} */ r) => pair(r, "type") },
    { title: t("attendee.code"), cell: (/** @type {any} */ r) => html`<span class="tn">${r.code}</span>` },
    { title: t("event_page.state"), cell: (/** @type {any} */ r) => html`<${Status} of="tickets" is=${r.status} tone=${r.status === "valid" ? "ok" : r.status === "suspended" ? "bad" : "idle"} />` },
    { title: t("attendee.came"), cell: (/** @type {any} */ r) => (r.came_at ? html`<${Badge} tone="ok">${moment(r.came_at)}<//>` : html`<span class="muted">${t("attendee.not_yet")}</span>`) },
  ];
  return html`<${Table} list=${list} columns=${columns} label=${t("event_page.tab_attendees")} search=${t("attendee.search")} csv="attendees.csv"
    filters=${html`<${Choice} list=${list} name="type" label=${t("ticket_type.one")} options=${[{ value: "", label: t("attendee.any_type") }, ...(types.data.value?.types ?? []).map((/** @type {any} */ x) => ({ value: x.id, label: pair(x, "name") }))]} />
      <${Choice} list=${list} name="came" label=${t("attendee.came")} options=${["", "yes", "no"].map((value) => ({ value, label: t(value ? `attendee.came_${value}` : "attendee.any_came") }))} />
      <${Choice} list=${list} name="status" label=${t("event_page.state")} options=${["", "valid", "suspended", "void", "held"].map((value) => ({ value, label: value ? t(`status.tickets.${value}`) : t("attendee.live") }))} />`}
    empty=${html`<${Empty} icon="users" title=${t("attendee.none")} why=${t("attendee.none_why")} />`} />`;
}
