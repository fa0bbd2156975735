// @ts-check
// The kinds of tickets of an event, and how many there are of what they share. What somebody holds keeps its price and its terms.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { bring, dong, moment, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Badge, Empty, Frame, Icon, Loading, Note, Panel } from "../../components/parts.js";

/** @param {{ event: any, after: () => Promise<void> }} props */
export function Part({ event: e, after }) {
  const one = useOne(`/events/${e.id}/types`, { on: ["ticket_types", "quotas", "tickets"] }), { ask, dialog } = useAsk();
  const anew = async () => { await Promise.all([one.reload(), after()]); };
  const over = ["cancelled", "closed"].includes(e.status);
  const say1 = (/** @type {string} */ word) => async () => { say(t(word)); await anew(); };
  const open = useSignal(/** @type {any} */ (null));
  const edit = async (/** @type {any} */ x, /** @type {any} */ d) => { try { const { Edit } = await bring("pages/events/type-edit"); open.value = { Edit, type: x, quotas: d.quotas }; } catch (err) { say(asRefusal(err).message, { bad: true }); } };
  const quota = (/** @type {any} */ q) => ask({
    title: t(q ? "quota.change" : "quota.add"), why: q ? t("quota.taken_now", { held: q.held, sold: q.sold }) : t("quota.add_why"), act: t("state.save"), start: q ? { ...q } : { name: "", size: null, unlimited: false },
    fields: [{ name: "name", label: t("quota.label_name"), required: true, maxlength: 120 }, { name: "size", as: "amount", label: t("quota.label_size"), unit: t("quota.seats") }, { name: "unlimited", as: "check", label: t("quota.unlimited") },
      ...(q ? [{ name: "overbook", as: "check", label: t("quota.overbook"), help: t("quota.overbook_help") }] : [])],
    send: (v, key) => { const body = { name: v["name"], size: Number(v["size"] ?? 0), unlimited: Boolean(v["unlimited"]), overbook: Boolean(v["overbook"]), rev: q?.rev }; return q ? call("PATCH", `/quotas/${q.id}`, body, { key }) : call("POST", `/events/${e.id}/quotas`, body, { key }); },
    done: say1("quota.saved"),
  });
  const withdraw = (/** @type {any} */ x) => ask({ title: t("ticket_type.withdraw_title", { name: pair(x, "name") }), why: t("ticket_type.withdraw_why"), act: t("ticket_type.withdraw_go"), bad: true, send: (_, key) => call("POST", `/ticket-types/${x.id}/withdraw`, { rev: x.rev }, { key }), done: say1("ticket_type.withdrawn_said") });
  const back = async (/** @type {any} */ x) => { try { await call("POST", `/ticket-types/${x.id}/offer`, { rev: x.rev }); await say1("ticket_type.offered_said")(); } catch (err) { say(asRefusal(err).message, { bad: true }); } };
  const look = { open: "ok", soon: "info", over: "idle", full: "warn", withdrawn: "idle", draft: "idle", hidden: "info" };
  const window = (/** @type {any} */ x) => [x.sales_from && t("ticket_type.from", { at: moment(x.sales_from) }), x.sales_to && t("ticket_type.to", { at: moment(x.sales_to) })].filter(Boolean).join(" · ");
  return html`<${Frame} of=${one} loading=${html`<div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ d) => html`<div class="stack">
    <${Panel} title=${t("ticket_type.all")} side=${over || !d.quotas.length ? null : html`<button class="btn" type="button" onClick=${() => edit(null, d)}><${Icon} n="plus" />${t("ticket_type.add")}</button>`}>
      ${d.types.length ? html`<ul class="list">${d.types.map((/** @type {any} */ x) => html`<li key=${x.id}><div class="grow"><div class="row"><b>${pair(x, "name")}</b><${Badge} tone=${/** @type {any} */ (look)[x.sale]}>${t(`ticket_type.sale_${x.sale}`)}<//></div>
        <small>${x.price_vnd ? dong(x.price_vnd) : t("ticket_type.free")} · ${t("ticket_type.sold_n", { n: x.sold })}${x.held ? ` · ${t("ticket_type.held_n", { n: x.held })}` : ""}${x.room < 0 ? "" : ` · ${t("ticket_type.room_n", { n: x.room })}`}</small>
        <small>${d.quotas.filter((/** @type {any} */ q) => x.quotas.includes(q.id)).map((/** @type {any} */ q) => q.name).join(", ")}${x.visibility === "public" ? "" : ` · ${t(`ticket_type.seen_${x.visibility}`)}`}${x.needs_approval ? ` · ${t("ticket_type.approval")}` : ""}${x.questions.length ? ` · ${t("ticket_type.questions_n", { n: x.questions.length })}` : ""}</small>
        ${window(x) ? html`<small>${window(x)}</small>` : null}</div>
        ${over ? null : html`<${Menu} label=${t("ticket_type.menu", { name: pair(x, "name") })} title=${pair(x, "name")} items=${[{ label: t("ticket_type.change"), icon: "edit", act: () => edit(x, d) }, x.withdrawn_at ? { label: t("ticket_type.offer_go"), icon: "undo", act: () => back(x) } : { label: t("ticket_type.withdraw_go"), icon: "x", bad: true, act: () => withdraw(x) }]} />`}</li>`)}</ul>`
      : html`<${Empty} icon="ticket" title=${t("ticket_type.none")} why=${t(d.quotas.length ? "ticket_type.none_why" : "ticket_type.none_first")}>${d.quotas.length || over ? null : html`<button class="btn" type="button" onClick=${() => quota(null)}>${t("quota.add")}</button>`}<//>`}<//>
    ${d.quotas.length ? html`<${Panel} title=${t("quota.all")} side=${over ? null : html`<button class="btn ghost sm" type="button" onClick=${() => quota(null)}><${Icon} n="plus" s />${t("quota.add")}</button>`}><p class="sub gap-b">${t("quota.lead")}</p>
      <ul class="list">${d.quotas.map((/** @type {any} */ q) => html`<li key=${q.id}><div class="grow"><b>${q.name}</b><small>${q.unlimited ? t("quota.no_bound", { sold: q.sold, held: q.held }) : t("quota.of", { sold: q.sold, held: q.held, size: q.size, room: Math.max(0, q.size - q.sold - q.held) })}</small>
        ${q.unlimited ? null : html`<svg class="bar xs" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bg" width="100" height="6" /><rect class="fb" width=${Math.min(100, Math.round(((q.sold + q.held) / Math.max(1, q.size)) * 100))} height="6" /></svg>`}
        ${!q.unlimited && q.sold + q.held > q.size ? html`<${Note} tone="w">${t("quota.overbooked", { n: num(q.sold + q.held - q.size) })}<//>` : null}</div>
        ${over ? null : html`<button class="btn ghost icon" type="button" aria-label=${t("quota.menu", { name: q.name })} onClick=${() => quota(q)}><${Icon} n="edit" /></button>`}</li>`)}</ul><//>` : null}</div>`}<//>${open.value ? html`<${open.value.Edit} event=${e} type=${open.value.type} quotas=${open.value.quotas} close=${() => { open.value = null; }} done=${say1("ticket_type.saved")} />` : null}${dialog}`;
}
