// @ts-check
// What attendees are told: written as a draft, looked at as they will read it, then sent once.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { moment, num, pair, t } from "../../lib/words.js";
import { Dialog, Field, Menu, Stale, Summary, useAsk, useForm } from "../../lib/forms.js";
import { Empty, Icon, Note, Status, Table } from "../../components/parts.js";

const groups = ["confirmed", "awaiting_payment", "awaiting_approval"];

/** Whom a message is for, in words. @param {any} a @param {any[]} types */
const whom = (a, types) => [t(`event_message.to_${a.of}`), a.of === "holders" ? null : t(`event_message.group_${a.group}`), a.came ? t(`attendee.came_${a.came}`) : null, ...(a.types ?? []).map((/** @type {string} */ id) => pair(types.find((x) => x.id === id), "name"))].filter(Boolean).join(" · ");

/** @param {{ event: any, after: () => Promise<void> }} props */
export function Part({ event: e }) {
  const list = useList(`/events/${e.id}/messages`, { params: { q: "", status: "" }, on: ["event_messages"] }), types = useOne(`/events/${e.id}/types`), { ask, dialog } = useAsk();
  const open = useSignal(/** @type {any} */ (null)), view = useSignal(/** @type {any} */ (null));
  const all = types.data.value?.types ?? [];
  const done = (/** @type {string} */ word) => async () => { say(t(word)); await list.reload(); };
  const look = async (/** @type {any} */ m) => { try { view.value = { m, ...(await call("GET", `/event-messages/${m.id}/preview`)) }; } catch (err) { say(asRefusal(err).message, { bad: true }); } };
  const send = (/** @type {any} */ v) => ask({ title: t("event_message.send_title", v.m), why: t("event_message.send_why", { n: v.count }), act: t("event_message.send_go"), send: (_, key) => call("POST", `/event-messages/${v.m.id}/send`, { rev: v.m.rev }, { key }), done: async () => { view.value = null; await done("event_message.sent_said")(); } });
  const drop = (/** @type {any} */ m) => ask({ title: t("event_message.drop_title", m), act: t("event_message.drop_go"), bad: true, send: (_, key) => call("POST", `/event-messages/${m.id}/drop`, { rev: m.rev }, { key }), done: done("event_message.dropped") });
  const columns = [
    { title: t("event_message.one"), cell: (/** @type {any} */ m) => html`<button class="linkish" type="button" onClick=${() => look(m)}>${pair(m, "subject")}</button><br /><small class="sub">${whom(m.audience, all)}</small>` },
    { title: t("event_page.state"), cell: (/** @type {any} */ m) => html`<${Status} of="event_messages" is=${m.status} tone=${m.status === "sent" ? "ok" : "idle"} />` },
    { title: t("event_message.sent_at"), cell: (/** @type {any} */ m) => (m.status === "sent" ? html`${moment(m.sent_at)}<br /><small class="sub">${t("event_message.to_n", { n: m.count })}</small>` : "–") },
    { title: "", end: true, cell: (/** @type {any} */ m) => (m.status === "draft" ? html`<${Menu} label=${t("event_message.menu", { subject: pair(m, "subject") })} title=${pair(m, "subject")} items=${[{ label: t("event_message.look"), icon: "eye", act: () => look(m) }, { label: t("event_message.change"), icon: "edit", act: () => { open.value = { m }; } }, { label: t("event_message.drop_go"), icon: "trash", bad: true, act: () => drop(m) }]} />` : null) },
  ];
  return html`<p class="row gap-b"><button class="btn" type="button" onClick=${() => { open.value = { m: null }; }}><${Icon} n="edit" />${t("event_message.add")}</button></p>
    <${Table} list=${list} columns=${columns} label=${t("event_page.tab_messages")} search=${t("event_message.search")} csv="messages.csv" empty=${html`<${Empty} icon="mail" title=${t("event_message.none")} why=${t("event_message.none_why")} />`} />
    ${open.value ? html`<${Write} event=${e} m=${open.value.m} types=${all} close=${() => { open.value = null; }} done=${async (/** @type {any} */ answer) => { await list.reload(); const m = list.rows.value.find((r) => r.id === answer.id); if (m) await look(m); }} />` : null}
    ${view.value ? html`<${Dialog} title=${t(view.value.m.status === "sent" ? "event_message.was" : "event_message.look")} close=${() => { view.value = null; }} wide><div class="stack"><p class="sub">${whom(view.value.m.audience, all)}${view.value.m.status === "sent" ? "" : ` · ${t("event_message.reach", { n: view.value.count })}`}</p>
      ${["vi", "en"].map((l) => html`<section class="crit stack s2" key=${l} lang=${l}><b>${view.value[`subject_${l}`]}</b>${view.value[`body_${l}`].split(/\n\s*\n/).filter(Boolean).map((/** @type {string} */ line) => html`<p>${line}</p>`)}</section>`)}
      ${view.value.m.subject_en && view.value.m.body_en ? null : html`<${Note}>${t("event_message.vi_only")}<//>`}
      ${view.value.m.status === "sent" ? null : html`<div class="row"><button class="btn" type="button" disabled=${!view.value.count} onClick=${() => send(view.value)}><${Icon} n="send" />${t("event_message.send_n", { n: num(view.value.count) })}</button><button class="btn line" type="button" onClick=${() => { const m = view.value.m; view.value = null; open.value = { m }; }}>${t("event_message.change")}</button></div>`}</div><//>` : null}${dialog}`;
}

/** @param {{ event: any, m: any, types: any[], done: (answer: any) => Promise<void>, close: () => void }} props m null: a new one */
function Write({ event, m, types, done, close }) {
  const form = useForm({
    start: m ? { ...m, of: m.audience.of, group: m.audience.group || "confirmed", came: m.audience.came, ...Object.fromEntries(types.map((x) => [`type.${x.id}`, (m.audience.types ?? []).includes(x.id)])) } : { of: "holders", group: "confirmed", came: "" }, rev: m?.rev ?? 0,
    send: (v, key, rev) => {
      const body = { subject_vi: v["subject_vi"], subject_en: v["subject_en"] ?? "", body_vi: v["body_vi"], body_en: v["body_en"] ?? "", rev, audience: { of: v["of"], group: v["of"] === "buyers" ? v["group"] : "confirmed", came: v["came"] ?? "", types: types.filter((x) => v[`type.${x.id}`]).map((x) => x.id) } };
      return m ? call("PATCH", `/event-messages/${m.id}`, body, { key }) : call("POST", `/events/${event.id}/messages`, body, { key });
    },
    done: async (answer) => { close(); await done(answer); },
  });
  const f = (/** @type {string} */ name, /** @type {any} */ more = {}) => html`<${Field} form=${form} name=${name} label=${t(`event_message.f_${name}`)} ...${more} />`;
  return html`<${Dialog} title=${t(m ? "event_message.change" : "event_message.add")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${close} />
    ${f("of", { as: "segments", marked: false, options: ["holders", "buyers"].map((value) => ({ value, label: t(`event_message.to_${value}`) })) })}
    ${form.values.value["of"] === "buyers" ? f("group", { as: "select", required: true, options: groups.map((value) => ({ value, label: t(`event_message.group_${value}`) })) }) : f("came", { as: "segments", marked: false, options: ["", "yes", "no"].map((value) => ({ value, label: t(value ? `attendee.came_${value}` : "event_message.all") })) })}
    ${types.length > 1 ? html`<fieldset class="field"><legend class="lbl">${t("event_message.f_types")}</legend><p class="hint">${t("event_message.types_help")}</p>${types.map((x) => html`<${Field} key=${x.id} form=${form} name=${`type.${x.id}`} as="check" label=${pair(x, "name")} />`)}</fieldset>` : null}
    ${f("subject_vi", { required: true, maxlength: 150 })}${f("body_vi", { as: "area", rows: "6", required: true, max: 4000, help: t("event_message.body_help") })}${f("subject_en", { maxlength: 150 })}${f("body_en", { as: "area", rows: "4", max: 4000 })}
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("event_message.keep")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
