// @ts-check
// What is said of an event, in both languages: when, where, what happens, who speaks, and the terms on which tickets are given back.
import { go, html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { pair, t } from "../../lib/words.js";
import { Field, Stale, Summary, useForm } from "../../lib/forms.js";
import { Note, Panel } from "../../components/parts.js";
import { bare, fromField, named, never, Rows, toField } from "./parts.js";

/** @param {any} e */
const start = (e) => (e ? { ...e, starts_at: toField(e.starts_at), ends_at: toField(e.ends_at), doors_at: toField(e.doors_at), agenda: named(e.agenda.map((/** @type {any} */ i) => ({ ...i, at: toField(i.at) }))), speakers: named(e.speakers), returns: e.refund_until_hours < 0 ? "never" : "until", refund_until_hours: Math.max(0, e.refund_until_hours) }
  : { mode: "onsite", series: "", agenda: [], speakers: [], returns: "until", refund_until_hours: 24, vat_rate: 0, per_email_limit: 0, attendees_named: true });

/** @param {Record<string, any>} v */
const sent = (v) => ({
  title_vi: v["title_vi"], title_en: v["title_en"] ?? "", summary_vi: v["summary_vi"] ?? "", summary_en: v["summary_en"] ?? "", body_vi: v["body_vi"] ?? "", body_en: v["body_en"] ?? "", slug: v["slug"] ?? "",
  series: v["series"] ?? "", mode: v["mode"], venue: v["venue"] ?? "", address: v["address"] ?? "", map_url: v["map_url"] ?? "", stream_url: v["stream_url"] ?? "",
  starts_at: fromField(v["starts_at"]), ends_at: fromField(v["ends_at"]), doors_at: fromField(v["doors_at"]) ?? never, agenda: bare(v["agenda"]).map((/** @type {any} */ i) => ({ ...i, at: fromField(i.at) })), speakers: bare(v["speakers"]), contact: v["contact"] ?? "",
  refund_until_hours: v["returns"] === "never" ? -1 : Number(v["refund_until_hours"] ?? 0), vat_rate: Number(v["vat_rate"] ?? 0), per_email_limit: Number(v["per_email_limit"] ?? 0), attendees_named: Boolean(v["attendees_named"]),
});

/** @param {{ event: any, after: () => Promise<void> }} props event null: a new one */
export function Part({ event, after }) {
  const series = /** @type {any[]} */ (event?.all_series ?? useList("/event-series", { inURL: false }).rows.value); // an event brings them along
  const form = useForm({
    start: start(event), rev: event?.rev ?? 0,
    send: (v, key, rev) => (event ? call("PATCH", `/events/${event.id}`, { ...sent(v), rev }, { key }) : call("POST", "/events", sent(v), { key })),
    done: async (answer) => { say(t(event ? "event_page.saved" : "event_page.made")); if (event) await after(); else go(`/app/events/${answer.id}`); },
  });
  const f = (/** @type {string} */ name, /** @type {any} */ more = {}) => html`<${Field} form=${form} name=${name} label=${t(`event_page.f_${name}`)} ...${more} />`;
  const mode = form.values.value["mode"], over = event && ["cancelled", "closed"].includes(event.status);
  if (over) return html`<${Note}>${t("event_page.frozen")}<//>`;
  return html`<form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${after} />
    ${event?.status === "published" && event.issued ? html`<${Note} tone="w">${t("event_page.relied_on", { n: event.issued })}<//>` : null}
    <${Panel} title=${t("event_page.p_what")} class="stack"><div class="cols">${f("title_vi", { required: true, maxlength: 200 })}${f("title_en", { maxlength: 200 })}</div>
      <div class="cols">${f("summary_vi", { as: "area", rows: "2", max: 500 })}${f("summary_en", { as: "area", rows: "2", max: 500 })}</div>
      <div class="cols">${f("body_vi", { as: "area", rows: "8", max: 20000, help: t("event_page.body_help") })}${f("body_en", { as: "area", rows: "8", max: 20000, help: t("event_page.body_help") })}</div>
      <div class="cols">${f("series", { as: "select", help: t("event_page.series_help"), options: [{ value: "", label: t("event_page.no_series") }, ...series.map((s) => ({ value: s.id, label: pair(s, "title") }))] })}${event && event.status !== "draft" ? null : f("slug", { maxlength: 80, help: t("event_page.slug_help") })}</div><//>
    <${Panel} title=${t("event_page.p_when")} class="stack"><div class="cols w3">${f("starts_at", { type: "datetime-local", required: true })}${f("ends_at", { type: "datetime-local", required: true })}${f("doors_at", { type: "datetime-local" })}</div><//>
    <${Panel} title=${t("event_page.p_where")} class="stack">${f("mode", { as: "segments", required: true, options: ["onsite", "online", "hybrid"].map((value) => ({ value, label: t(`event_page.mode_${value}`) })) })}
      ${mode === "online" ? null : html`<div class="cols">${f("venue", { maxlength: 200 })}${f("address", { maxlength: 300 })}</div>${f("map_url", { type: "url", maxlength: 1000, help: t("event_page.map_help") })}`}
      ${mode === "onsite" ? null : f("stream_url", { type: "url", maxlength: 1000, help: t("event_page.stream_help") })}${f("contact", { maxlength: 300, help: t("event_page.contact_help") })}<//>
    <${Panel} title=${t("event_page.p_agenda")} class="stack"><${Rows} form=${form} name="agenda" title=${t("event_page.f_agenda")} help=${t("event_page.agenda_help")} add=${t("event_page.agenda_add")} blank=${() => ({ at: form.values.value["agenda"].at(-1)?.at || form.values.value["starts_at"] || "", title_vi: "", title_en: "", speaker: "", place: "" })}
        head=${(/** @type {any} */ r, /** @type {number} */ n) => r.title_vi || t("event_page.agenda_n", { n: n + 1 })}
        row=${(/** @type {any} */ at) => html`<div class="cols n"><${Field} form=${at} name="at" type="datetime-local" label=${t("event_page.a_at")} required /><${Field} form=${at} name="speaker" label=${t("event_page.a_speaker")} marked=${false} maxlength=${120} /><${Field} form=${at} name="place" label=${t("event_page.a_place")} marked=${false} maxlength=${120} /></div>
          <div class="cols"><${Field} form=${at} name="title_vi" label=${t("event_page.a_title_vi")} required maxlength=${200} /><${Field} form=${at} name="title_en" label=${t("event_page.a_title_en")} marked=${false} maxlength=${200} /></div>`} />
      <${Rows} form=${form} name="speakers" title=${t("event_page.f_speakers")} add=${t("event_page.speaker_add")} blank=${() => ({ name: "", title: "", bio: "" })}
        head=${(/** @type {any} */ r, /** @type {number} */ n) => r.name || t("event_page.speaker_n", { n: n + 1 })}
        row=${(/** @type {any} */ at) => html`<div class="cols"><${Field} form=${at} name="name" label=${t("event_page.s_name")} required maxlength=${120} /><${Field} form=${at} name="title" label=${t("event_page.s_title")} marked=${false} maxlength=${200} /></div><${Field} form=${at} name="bio" as="area" rows="2" label=${t("event_page.s_bio")} marked=${false} max=${1000} />`} /><//>
    <${Panel} title=${t("event_page.p_terms")} class="stack">${f("returns", { as: "segments", marked: false, help: t("event_page.returns_help"), options: ["until", "never"].map((value) => ({ value, label: t(`event_page.returns_${value}`) })) })}
      <div class="cols n">${form.values.value["returns"] === "never" ? null : f("refund_until_hours", { as: "amount", unit: t("event_page.hours"), marked: false, help: t("event_page.refund_help") })}${f("per_email_limit", { as: "amount", marked: false, help: t("event_page.limit_help") })}${f("vat_rate", { as: "amount", unit: "%", marked: false, help: t("event_page.vat_help") })}</div>
      ${f("attendees_named", { as: "check", help: t("event_page.named_help") })}<//>
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t(event ? "state.save" : "event_page.make")}</button></div></form>`;
}
