// @ts-check
// How an event stands: what is sold, who came, and the one next thing to do. Every figure leads to the rows behind it.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { deadline, dong, dongShort, num, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Figure, Frame, Icon, Loading, Next, Note, Panel, Timeline, When } from "../../components/parts.js";

/** What the house has noted about the event, as words. @param {any} x */
const told = (x) => ({ title: x.says, note: html`${x.actor_name ? `${x.actor_name} · ` : ""}<${When} at=${x.at} />${x.reason ? html`<br />${x.reason}` : null}`, look: /** @type {"done"} */ ("done") });

/** @param {{ event: any, after: () => Promise<void>, turn: (to: string) => void }} props */
export function Part({ event: e, after, turn }) {
  const one = useOne(`/events/${e.id}/figures`, { on: ["orders", "tickets", "quotas", "presences", "events"] }), { ask, dialog } = useAsk();
  const done = (/** @type {string} */ word) => async () => { say(t(word)); await Promise.all([after(), one.reload()]); };
  const verb = (/** @type {string} */ to, /** @type {any} */ v, /** @type {string} */ key) => call("POST", `/events/${e.id}/${to}`, { ...v, rev: e.rev }, { key });
  const publish = () => ask({ title: t("event_page.publish_title"), why: t("event_page.publish_why"), act: t("event_page.publish_go"), send: (v, key) => verb("publish", v, key), done: done("event_page.published") });
  const close = () => ask({ title: t("event_page.close_title"), why: t("event_page.close_why"), act: t("event_page.close_go"), send: (v, key) => verb("close", v, key), done: done("event_page.closed") });
  const cancel = (/** @type {any} */ f) => ask({
    title: t("event_page.cancel_title", { title: pair(e, "title") }), why: t("event_page.cancel_why", { n: f.orders_open, money: dong(f.paid) }), act: t("event_page.cancel_go"), bad: true,
    fields: [{ name: "reason", as: "area", label: t("event_page.cancel_reason"), help: t("event_page.cancel_help"), required: true, max: 1000 }], send: (v, key) => verb("cancel", v, key), done: done("event_page.cancelled"),
  });
  const rows = (/** @type {string} */ query, /** @type {any} */ words) => html`<p><a href=${`/app/events/${e.id}?tab=${query}`}>${words}</a></p>`;
  return html`<${Frame} of=${one} loading=${html`<div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ f) => html`<div class="stack">
    ${e.status === "draft" ? html`<${Next} icon="flag" eyebrow=${t("event_page.next_draft")} title=${f.missing.length ? t("event_page.next_missing") : t("event_page.next_publish")}
        why=${f.missing.length ? html`${f.missing.map((/** @type {string} */ m) => html`<span key=${m}>${t(`event_page.missing_${m}`)} </span>`)}` : t("event_page.next_publish_why")}
        act=${f.missing.length ? html`<button class="btn gold lg" type="button" onClick=${() => turn(f.missing[0] === "types" ? "tickets" : "edit")}>${t("event_page.next_mend")} <${Icon} n="right" /></button>` : html`<button class="btn gold lg" type="button" onClick=${publish}>${t("event_page.publish_go")} <${Icon} n="right" /></button>`} />`
    : f.waiting ? html`<${Next} eyebrow=${t("event_page.next_waits")} title=${t("event_page.next_approve", { n: f.waiting })} link=${`/app/events/${e.id}?tab=orders&status=awaiting_approval`} act=${t("event_page.next_look")} />`
    : e.status === "published" && e.past ? html`<${Next} icon="flag" eyebrow=${t("event_page.next_over")} title=${t("event_page.next_close")} why=${t("event_page.close_why")} act=${html`<button class="btn gold lg" type="button" onClick=${close}>${t("event_page.close_go")} <${Icon} n="right" /></button>`} />` : null}
    ${f.attention ? html`<${Note} tone="r"><a href=${`/app/events/${e.id}?tab=orders&status=needs_attention`}>${t("event_page.attention", { n: f.attention })}</a><//>` : null}
    <div class="kpis"><${Figure} label=${t("event_page.k_sold")} value=${num(f.sold)} have=${f.unlimited ? undefined : f.sold} of=${f.unlimited ? undefined : f.size}>${rows("attendees", t("event_page.k_sold_rows"))}<//>
      <${Figure} label=${t("event_page.k_held")} value=${num(f.held)}>${rows("orders&status=open", t("event_page.k_held_rows"))}<//>
      <${Figure} label=${t("event_page.k_revenue")} value=${dongShort(f.revenue)}>${rows("orders&status=confirmed", f.refunded ? t("event_page.k_refunded", { money: dong(f.refunded) }) : t("event_page.k_revenue_rows"))}<//>
      <${Figure} label=${t("event_page.k_came")} value=${f.begun ? num(f.came) : "–"} have=${f.begun && f.sold ? f.came : undefined} of=${f.begun && f.sold ? f.sold : undefined}>${f.begun ? html`<p><a href=${`/app/events/${e.id}?tab=attendees&came=yes`}>${t("event_page.k_came_rows")}</a> · <a href=${`/app/events/${e.id}?tab=attendees&came=no`}>${t("event_page.k_absent", { n: f.sold - f.came })}</a></p>` : html`<p class="sub">${deadline(e.starts_at)}</p>`}<//></div>
    <div class="split"><${Panel} title=${t("event_page.p_types")}>${f.types.length ? html`<div class="tw" tabindex="0" role="region" aria-label=${t("event_page.p_types")}><table class="tbl cards"><thead><tr><th scope="col">${t("ticket_type.one")}</th><th scope="col" class="end">${t("event_page.sold")}</th><th scope="col" class="end">${t("event_page.k_held")}</th><th scope="col" class="end">${t("event_page.k_revenue")}</th><th scope="col" class="end">${t("event_page.k_came")}</th></tr></thead>
        <tbody>${f.types.map((/** @type {any} */ x) => html`<tr key=${x.id}><th scope="row"><a href=${`/app/events/${e.id}?tab=attendees&type=${x.id}`}>${pair(x, "name")}</a></th><td class="end" data-l=${t("event_page.sold")}>${num(x.sold)}</td><td class="end" data-l=${t("event_page.k_held")}>${num(x.held)}</td><td class="end" data-l=${t("event_page.k_revenue")}>${dong(x.revenue)}</td><td class="end" data-l=${t("event_page.k_came")}>${f.begun ? num(x.came) : "–"}</td></tr>`)}</tbody></table></div>` : html`<p class="sub">${t("event_page.missing_types")}</p>`}<//>
      <${Panel} title=${t("event_page.p_history")}><${Timeline} items=${f.history.map(told)} />
        ${["draft", "published"].includes(e.status) ? html`<p class="row gap-t">${e.status === "published" ? html`<a class="btn line sm" href=${`/app/events/${e.id}/door`}><${Icon} n="scan" s />${t("event_page.door")}</a>` : null}${e.may_cancel ? html`<button class="btn ghost sm" type="button" onClick=${() => cancel(f)}><${Icon} n="stop" s />${t("event_page.cancel_go")}</button>` : null}</p>` : null}<//></div></div>`}<//>${dialog}`;
}
