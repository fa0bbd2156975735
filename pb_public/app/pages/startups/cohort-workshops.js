// @ts-check
// The workshops of a cohort: when, where, who said that they come, who came.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { clock, day, longDate, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Choice, Empty, Icon, Status, Table } from "../../components/parts.js";

/** An instant as a field for date and hour shows it, and back: clocks are those of Ho Chi Minh City. @param {string} at */
const toField = (at) => `${day(at)}T${clock(at)}`;
/** @param {string} field */
const fromField = (field) => (field ? new Date(`${field}:00+07:00`).toISOString() : undefined);

const fields = () => [
  { name: "title_vi", label: t("workshop.title_vi"), required: true, maxlength: 200 }, { name: "title_en", label: t("workshop.title_en"), maxlength: 200 },
  { name: "starts_at", type: "datetime-local", label: t("workshop.starts_at"), required: true }, { name: "minutes", as: "amount", unit: t("workshop.minute"), label: t("workshop.length"), required: true },
  { name: "place", label: t("workshop.place_of"), maxlength: 300 }, { name: "link", type: "url", label: t("workshop.link_of"), maxlength: 500 },
  { name: "capacity", as: "amount", unit: t("workshop.person"), label: t("workshop.seats"), help: t("workshop.seats_help") },
  { name: "note_vi", as: "area", rows: "3", label: t("workshop.note_vi"), max: 2000 }, { name: "note_en", as: "area", rows: "3", label: t("workshop.note_en"), max: 2000 },
];
/** @param {any} v */
const sent = (v) => ({ ...v, starts_at: fromField(v.starts_at), minutes: Number(v.minutes), capacity: Number(v.capacity ?? 0) });

/** @param {{ cohort: any, after: () => Promise<void> }} props */
export function Part({ cohort, after }) {
  const list = useList(`/cohorts/${cohort.id}/workshops`, { params: { q: "", status: "" }, on: ["workshops", "attendances"] }), { ask, dialog } = useAsk();
  const told = (/** @type {string} */ word) => async () => { say(t(word)); await Promise.all([list.reload(), after()]); };
  const add = () => ask({ title: t("workshop.add"), why: t("workshop.add_why"), act: t("workshop.add"), start: { minutes: 120, capacity: null }, fields: fields(), send: (v, key) => call("POST", `/cohorts/${cohort.id}/workshops`, sent(v), { key }), done: told("workshop.added") });
  const change = (/** @type {any} */ w) => ask({ title: t("workshop.change"), why: t("workshop.change_why"), act: t("state.save"), start: { title_vi: w.title_vi, title_en: w.title_en, starts_at: toField(w.starts_at), minutes: w.minutes, place: w.place, link: w.link, capacity: w.capacity || null, note_vi: w.note_vi, note_en: w.note_en }, fields: fields(), send: (v, key) => call("PATCH", `/workshops/${w.id}`, { ...sent(v), rev: w.rev }, { key }), done: told("workshop.changed") });
  const cancel = (/** @type {any} */ w) => ask({ title: t("workshop.cancel_title", { title: pair(w, "title") }), why: t("workshop.cancel_why"), act: t("workshop.cancel_go"), bad: true, fields: [{ name: "reason", as: "area", label: t("report.reason"), required: true, max: 1000 }], send: (v, key) => call("POST", `/workshops/${w.id}/cancel`, { ...v, rev: w.rev }, { key }), done: told("workshop.cancelled_said") });
  const columns = [
    { title: t("workshop.one"), cell: (/** @type {any} */ w) => html`<a href=${`/app/workshops/${w.id}`}>${pair(w, "title")}</a><br /><small class="sub">${longDate(w.starts_at)}, ${clock(w.starts_at)}–${clock(w.ends_at)}</small>` },
    { title: t("workshop.where"), cell: (/** @type {any} */ w) => w.place || t("workshop.online") },
    { title: t("workshop.coming"), cell: (/** @type {any} */ w) => (w.capacity ? t("workshop.of", { n: num(w.coming), of: num(w.capacity) }) : num(w.coming)) },
    { title: t("workshop.present"), cell: (/** @type {any} */ w) => (w.marked ? t("workshop.of", { n: num(w.present), of: num(Math.max(w.startups, w.marked)) }) : "–") },
    { title: t("together.state"), cell: (/** @type {any} */ w) => html`<${Status} of="workshops" is=${w.status} />` },
    { title: "", end: true, cell: (/** @type {any} */ w) => (w.status === "set" ? html`<${Menu} label=${t("workshop.more", { title: pair(w, "title") })} title=${pair(w, "title")} items=${[{ label: t("workshop.change"), icon: "edit", act: () => change(w) }, { label: t("workshop.cancel_go"), icon: "x", bad: true, act: () => cancel(w) }]} />` : null) },
  ];
  return html`<p class="row gap-b"><button class="btn" type="button" onClick=${add}><${Icon} n="plus" />${t("workshop.add")}</button></p>
    <${Table} list=${list} columns=${columns} label=${t("together.tab_workshops")} search=${t("workshop.search")} csv="workshops.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("together.state")} options=${[{ value: "", label: t("recognition.any") }, ...["set", "held", "cancelled"].map((x) => ({ value: x, label: t(`status.workshops.${x}`) }))]} />`}
      empty=${html`<${Empty} icon="cal" title=${t("workshop.none")} why=${t("workshop.none_why")} />`} />${dialog}`;
}
