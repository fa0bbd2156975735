// @ts-check
// What a cohort is told: written first, then sent once, and who has opened it.
import { html, say, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { moment, num, pair, t } from "../../lib/words.js";
import { Dialog, Menu, useAsk } from "../../lib/forms.js";
import { Badge, Choice, Empty, Icon, Status, Table } from "../../components/parts.js";

const fields = () => [
  { name: "title_vi", label: t("announcement.title_vi"), required: true, maxlength: 200 }, { name: "body_vi", as: "area", rows: "6", label: t("announcement.body_vi"), required: true, max: 8000 },
  { name: "title_en", label: t("announcement.title_en"), maxlength: 200 }, { name: "body_en", as: "area", rows: "4", label: t("announcement.body_en"), max: 8000 },
];

/** @param {{ cohort: any, after: () => Promise<void> }} props */
export function Part({ cohort, after }) {
  const list = useList(`/cohorts/${cohort.id}/announcements`, { params: { q: "", status: "" }, on: ["announcements"] }), { ask, dialog } = useAsk();
  const reading = useSignal(/** @type {any} */ (null));
  const told = (/** @type {string} */ word) => async () => { say(t(word)); await Promise.all([list.reload(), after()]); };
  const write = () => ask({ title: t("announcement.add"), why: t("announcement.add_why"), act: t("announcement.keep"), fields: fields(), send: (v, key) => call("POST", `/cohorts/${cohort.id}/announcements`, v, { key }), done: told("announcement.kept") });
  const rewrite = (/** @type {any} */ n) => ask({ title: t("announcement.change"), act: t("state.save"), start: { title_vi: n.title_vi, body_vi: n.body_vi, title_en: n.title_en, body_en: n.body_en }, fields: fields(), send: (v, key) => call("PATCH", `/announcements/${n.id}`, { ...v, rev: n.rev }, { key }), done: told("announcement.kept") });
  const send = (/** @type {any} */ n) => ask({ title: t("announcement.send_title", { title: pair(n, "title") }), why: t("announcement.send_why", { n: n.hearers }), act: t("announcement.send_go"), send: (_, key) => call("POST", `/announcements/${n.id}/send`, { rev: n.rev }, { key }), done: told("announcement.sent_said") });
  const drop = (/** @type {any} */ n) => ask({ title: t("announcement.drop_title", { title: pair(n, "title") }), act: t("announcement.drop_go"), bad: true, send: (_, key) => call("POST", `/announcements/${n.id}/drop`, { rev: n.rev }, { key }), done: told("announcement.dropped_said") });
  const columns = [
    { title: t("announcement.one"), cell: (/** @type {any} */ n) => html`<b>${pair(n, "title")}</b><br /><small class="sub">${short(pair(n, "body"))}</small>` },
    { title: t("together.state"), cell: (/** @type {any} */ n) => html`<${Status} of="announcements" is=${n.status} />` },
    { title: t("announcement.sent_at"), cell: (/** @type {any} */ n) => (n.sent_at ? moment(n.sent_at) : "–") },
    { title: t("announcement.readers"), cell: (/** @type {any} */ n) => (n.status === "sent" ? html`<button class="btn ghost sm" type="button" aria-label=${t("announcement.readers_of", { title: pair(n, "title") })} onClick=${() => { reading.value = n; }}>${t("workshop.of", { n: num(n.readers), of: num(n.hearers) })}</button>` : "–") },
    { title: "", end: true, cell: (/** @type {any} */ n) => (n.status === "draft" ? html`<${Menu} label=${t("announcement.more", { title: pair(n, "title") })} title=${pair(n, "title")} items=${[{ label: t("announcement.send_go"), icon: "mail", act: () => send(n) }, { label: t("announcement.change"), icon: "edit", act: () => rewrite(n) }, { label: t("announcement.drop_go"), icon: "trash", bad: true, act: () => drop(n) }]} />` : null) },
  ];
  return html`<p class="row gap-b"><button class="btn" type="button" onClick=${write}><${Icon} n="edit" />${t("announcement.add")}</button></p>
    <${Table} list=${list} columns=${columns} label=${t("together.tab_news")} search=${t("announcement.search")} csv="announcements.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("together.state")} options=${[{ value: "", label: t("announcement.kept_all") }, ...["draft", "sent", "dropped"].map((x) => ({ value: x, label: t(`status.announcements.${x}`) }))]} />`}
      empty=${html`<${Empty} icon="mail" title=${t("announcement.none")} why=${t("announcement.none_why")} />`} />
    ${reading.value ? html`<${Readers} n=${reading.value} close=${() => { reading.value = null; }} />` : null}${dialog}`;
}

/** The first words of a text. @param {string} text */
const short = (text) => (text.length > 120 ? `${text.slice(0, 117).replace(/\s+\S*$/, "")}…` : text);

/** Who has opened it, and who has not. @param {{ n: any, close: () => void }} props */
function Readers({ n, close }) {
  const list = useList(`/announcements/${n.id}/readers`, { params: { q: "" }, inURL: false });
  const columns = [
    { title: t("announcement.person"), cell: (/** @type {any} */ r) => html`${r.name || "–"}<br /><small class="sub">${r.startup}</small>` },
    { title: t("announcement.read_at"), cell: (/** @type {any} */ r) => (r.read_at ? moment(r.read_at) : html`<${Badge} tone="idle">${t("announcement.unread")}<//>`) },
  ];
  return html`<${Dialog} title=${t("announcement.readers_of", { title: pair(n, "title") })} close=${close} wide><${Table} list=${list} columns=${columns} label=${t("announcement.readers")} search=${t("announcement.search_people")} csv="readers.csv" empty=${html`<${Empty} icon="users" title=${t("announcement.nobody_hears")} />`} /><//>`;
}
