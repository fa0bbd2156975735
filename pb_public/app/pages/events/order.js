// @ts-check
// One order of an event, for whoever works over it: who bought what, how it was paid, what happened, and what can be done.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { deadline, dong, given, moment, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Crumbs, Frame, Head, Icon, Loading, Note, Panel, Status, Timeline, When } from "../../components/parts.js";
import { tone } from "./order-parts.js";
import { fromField, toField } from "./parts.js";

export const title = () => t("event_order.one");

/** @param {{ id: string, order: string }} props */
export function Page({ id, order }) {
  const one = useOne(`/events/${id}/orders/${order}`, { on: ["orders", "tickets", "payments", "refunds"] });
  return html`<${Frame} of=${one} loading=${html`<${Head} title=${t("event_order.one")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ o) => html`<${Order} id=${id} o=${o} after=${one.reload} />`}<//>`;
}

/** @param {{ id: string, o: any, after: () => Promise<void> }} props */
function Order({ id, o, after }) {
  const { ask, dialog } = useAsk(), at = `/events/${id}/orders/${o.id}`;
  const done = (/** @type {string} */ word) => async () => { say(t(word)); await after(); };
  const reasoned = (/** @type {string} */ verb, /** @type {any} */ more) => ask({
    title: t(`event_order.${verb}_title`, { code: o.code }), why: t(`event_order.${verb}_why`), act: t(`event_order.${verb}_go`), done: done(`event_order.${verb}_said`),
    fields: [{ name: "reason", as: "area", label: t("event_order.reason"), max: 1000, ...more }], bad: verb !== "approve", send: (v, key) => call("POST", `${at}/${verb}`, { ...v, rev: o.rev }, { key }),
  });
  const resend = async () => { try { await call("POST", `${at}/resend`, {}); say(t("event_order.resend_said", { to: o.buyer_email })); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const renew = (/** @type {string} */ path, /** @type {string} */ key) => ask({ title: t(`event_order.${key}_title`), why: t(`event_order.${key}_why`), act: t("event_order.renew_go"), done: done("event_order.renew_said"), fields: [], send: (_v, k) => call("POST", `${path}/renew-link`, {}, { key: k }) });
  const rename = (/** @type {any} */ x) => ask({ title: t("event_order.rename_title"), why: t("event_order.rename_why"), act: t("state.save"), start: { holder_name: x.holder_name, holder_email: x.holder_email }, done: done("event_order.renamed"),
    fields: [{ name: "holder_name", label: t("event_order.holder"), required: true, maxlength: 120 }, { name: "holder_email", type: "email", label: t("event_order.holder_email"), maxlength: 200 }], send: (v, key) => call("PATCH", `/events/${id}/tickets/${x.id}`, { ...v, rev: x.rev }, { key }) });
  const postpone = () => ask({ title: t("event_order.postpone_title", { code: o.code }), why: t("event_order.postpone_why"), act: t("state.save"), start: { until: toField(o.pay_by) }, done: done("event_order.postpone_said"),
    fields: [{ name: "until", type: "datetime-local", label: t("event_order.until"), required: true }], send: (v, key) => call("POST", `${at}/postpone`, { until: fromField(v["until"]) }, { key }) });
  const bar = (/** @type {any} */ x) => { const verb = x.status === "suspended" ? "restore" : "suspend"; ask({ title: t(`event_order.${verb}_title`, { name: x.holder_name || x.code }), why: t(`event_order.${verb}_why`), act: t(`event_order.${verb}_go`), bad: verb === "suspend", done: done(`event_order.${verb}_said`), fields: [{ name: "reason", as: "area", label: t("event_order.reason_own"), required: true, max: 1000 }], send: (v, key) => call("POST", `/events/${id}/tickets/${x.id}/${verb}`, v, { key }) }); };
  const fact = (/** @type {string} */ key, /** @type {any} */ value) => (value ? html`<dt>${t(key)}</dt><dd class="any">${value}</dd>` : null);
  return html`<${Crumbs} trail=${[{ to: "/app/events", label: t("event_page.title_all") }, { to: `/app/events/${id}`, label: pair(o.event, "title") }, { to: `/app/events/${id}?tab=orders`, label: t("event_page.tab_orders") }]} />
    <${Head} title=${t("event_order.title", { code: o.code })} sub=${o.buyer_name || t("event_order.nameless")}><${Status} of="orders" is=${o.status} tone=${tone(o.status)} tag />
      ${o.may.approve ? html`<button class="btn" type="button" onClick=${() => reasoned("approve", {})}>${t("event_order.approve_go")}</button><button class="btn line" type="button" onClick=${() => reasoned("reject", { required: true })}>${t("event_order.reject_go")}</button>` : null}
      ${o.may.resend ? html`<button class="btn line" type="button" onClick=${resend}><${Icon} n="mail" />${t("event_order.resend_go")}</button><button class="btn line" type="button" onClick=${() => renew(at, "renew_order")}><${Icon} n="link" />${t("event_order.renew_go")}</button>` : null}<//>
    ${o.status === "needs_attention" ? html`<div class="gap-b"><${Note} tone="r">${t("event_order.attention")}${o.may.overbook ? html` <button class="btn sm line" type="button" onClick=${() => reasoned("overbook", { required: true })}>${t("event_order.overbook_go")}</button>` : null}<//></div>` : null}
    ${o.status === "awaiting_payment" && given(o.pay_by) ? html`<div class="gap-b"><${Note}>${t("event_order.pay_by", { at: moment(o.pay_by), left: deadline(o.pay_by) })}${o.may.postpone ? html` <button class="linkish" type="button" onClick=${postpone}>${t("event_order.postpone_go")}</button>` : null}<//></div>` : null}
    <div class="split"><div class="stack"><${Panel} title=${t("event_order.tickets")}>${o.tickets.length ? html`<ul class="list">${o.tickets.map((/** @type {any} */ x) => html`<li key=${x.id}><div class="grow"><div class="row"><b>${x.holder_name || t("event_order.nameless")}</b><${Status} of="tickets" is=${x.status} tone=${x.status === "valid" ? "ok" : x.status === "suspended" ? "bad" : "idle"} /></div>
        <small>${pair(x, "type")} · ${x.price_vnd ? dong(x.price_vnd) : t("ticket_type.free")} · <span class="tn">${x.code}</span></small>${x.came_at ? html`<small>${t("event_order.came", { at: moment(x.came_at) })}</small>` : null}
        ${x.answers.map((/** @type {any} */ a) => html`<small key=${a.key}>${pair(a, "label")}: ${a.said}</small>`)}</div>${x.status === "void" || !o.may.rename ? null : html`<${Menu} label=${t("event_order.ticket_menu", { name: x.holder_name || x.code })} title=${x.holder_name || x.code} items=${[{ label: t("event_order.rename_title"), icon: "edit", act: () => rename(x) }, ...(x.status === "valid" || x.status === "suspended" ? [{ label: t("event_order.renew_go"), icon: "link", act: () => renew(`/events/${id}/tickets/${x.id}`, "renew_ticket") }, { label: t(x.status === "valid" ? "event_order.suspend_go" : "event_order.restore_go"), icon: x.status === "valid" ? "lock" : "undo", bad: x.status === "valid", act: () => bar(x) }] : [])]} />`}</li>`)}</ul>` : html`<p class="sub">${t("event_order.no_tickets")}</p>`}<//>
      ${o.may.cancel ? html`<p><button class="btn ghost sm" type="button" onClick=${() => reasoned("cancel", { required: true })}><${Icon} n="stop" s />${t("event_order.cancel_go")}</button></p>` : null}</div>
    <div class="stack"><${Panel} title=${t("event_order.buyer")}><dl class="kv sm">${fact("event_order.name", o.buyer_name)}${fact("event_order.email", o.buyer_email)}${fact("event_order.phone", o.buyer_phone)}${fact("event_order.total", o.total_vnd ? dong(o.total_vnd) : t("ticket_type.free"))}${fact("event_order.vat", o.vat_vnd ? dong(o.vat_vnd) : null)}${fact("event_order.paid_by", o.provider ? t(`event_order.by_${o.provider}`) : null)}${fact("event_order.begun", html`<${When} at=${o.created_at} exact />`)}${fact("event_order.confirmed", given(o.confirmed_at) ? html`<${When} at=${o.confirmed_at} exact />` : null)}${fact("event_order.note", o.approve_note)}</dl><//>
      ${o.payments.length ? html`<${Panel} title=${t("event_order.payments")}><ul class="list">${o.payments.map((/** @type {any} */ p) => html`<li key=${p.id}><div class="grow"><b>${dong(p.received_vnd || p.amount_vnd)}</b><small>${p.provider ? t(`event_order.by_${p.provider}`) : t("event_order.back")}${given(p.at) ? html` · <${When} at=${p.at} />` : null}</small></div>${p.provider ? html`<${Status} of="payments" is=${p.status} tone=${p.status === "succeeded" ? "ok" : "idle"} />` : html`<${Status} of="refunds" is=${p.status} />`}</li>`)}</ul><//>` : null}
      <${Panel} title=${t("event_page.p_history")}><${Timeline} items=${o.history.map((/** @type {any} */ x) => ({ title: x.says, note: html`${x.actor_name ? `${x.actor_name} · ` : ""}<${When} at=${x.at} />${x.reason ? html`<br />${x.reason}` : null}`, look: "done" }))} /><//></div></div>${dialog}`;
}
