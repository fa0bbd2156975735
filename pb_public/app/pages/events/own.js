// @ts-check
// The tickets of whoever is signed in: what is to come, and what was.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { clock, dong, lang, longDate, moment, num, pair, t } from "../../lib/words.js";
import { Empty, Frame, Head, Icon, More, Panel, Segments, Status } from "../../components/parts.js";

export const title = () => t("own_ticket.title");

/** A public page in the language that is spoken here. @param {string} at */
const open = (at) => (lang.value === "en" ? `/en${at}` : at);

export function Page() {
  const list = useList("/tickets", { params: { when: "" }, on: ["orders"] });
  const past = list.filters.value["when"] === "past";
  const other = html`<a class="btn" href=${open("/events")}>${t("own_ticket.events")}</a>`;
  const none = past ? html`<${Empty} icon="ticket" title=${t("own_ticket.none_past")} />` : html`<${Empty} icon="ticket" title=${t("own_ticket.none")} why=${t("own_ticket.none_why")}>${other}<//>`;
  return html`<${Head} title=${t("own_ticket.title")} sub=${t("own_ticket.lead")} />
    <div class="row tools-row"><${Segments} label=${t("own_ticket.when")} value=${past ? "past" : ""} set=${(/** @type {string} */ v) => list.set({ when: v })} options=${[{ value: "", label: t("own_ticket.coming") }, { value: "past", label: t("own_ticket.past") }]} /></div>
    <${Frame} of=${{ ...list, filtered: false }} empty=${none}>${(/** @type {any[]} */ rows) => html`<div class="stack">${rows.map((o) => html`<${Order} key=${o.id} o=${o} />`)}</div><${More} list=${list} />`}<//>`;
}

/** One order: its event, its tickets, and where it stands. @param {{ o: any }} props */
function Order({ o }) {
  const e = o.event, where = e.mode === "online" ? t("event_page.mode_online") : e.venue || t("event_page.place_open");
  const held = o.tickets.filter((/** @type {any} */ k) => k.link), name = pair(e, "title");
  return html`<${Panel} class="stack s3"><div class="row sb"><h2><a href=${open(e.page)}>${name}</a></h2><${Status} of="orders" is=${o.status} /></div>
    <p class="sub">${longDate(e.starts_at)}, ${clock(e.starts_at)} · ${where}</p>
    ${e.status === "cancelled" ? html`<p class="st bad"><${Icon} n="stop" />${t("own_ticket.called_off")}</p>` : null}
    ${o.status === "awaiting_payment" ? html`<p class="row"><span>${t("own_ticket.to_pay", { amount: dong(o.total_vnd), at: moment(o.pay_by) })}</span><a class="btn line sm" href=${open(o.link)}>${t("own_ticket.pay")}</a></p>` : null}
    ${held.length ? html`<ul class="list">${held.map((/** @type {any} */ k, /** @type {number} */ i) => html`<li key=${k.id}><span class="grow"><b>${k.name || t("own_ticket.nth", { n: num(i + 1) })}</b><small>${pair({ type_vi: k.type_vi, type_en: k.type_en }, "type")} · <span class="nb">${k.code}</span></small></span>
      <a class="btn line sm" href=${open(k.link)} aria-label=${t("own_ticket.open_of", { name: k.name || k.code, event: name })}><${Icon} n="scan" />${t("own_ticket.open")}</a></li>`)}</ul>` : null}
    <p class="row"><a class="more" href=${open(o.link)}><${Icon} n="file" s />${t("own_ticket.order", { code: o.code })}</a>${held.length ? html`<a class="more" href=${open(o.calendar)}><${Icon} n="cal" s />${t("own_ticket.calendar")}</a>` : null}</p><//>`;
}
