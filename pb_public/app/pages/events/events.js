// @ts-check
// The events that one works over: what comes, how full it is, and what waits for somebody.
import { go, html, say } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { bring, clock, longDate, num, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Badge, Choice, Empty, Head, Icon, Status, Table } from "../../components/parts.js";

export const title = () => t("event_page.title_all");

export function Page() {
  const list = useList("/events", { params: { q: "", status: "", when: "", series: "" }, on: ["events", "orders", "tickets"] }), { ask, dialog } = useAsk();
  const series = useList("/event-series", { inURL: false, on: ["event_series"] });
  const keep = async () => { try { ask((await bring("pages/events/series")).keep(series.rows.value, async () => { await series.reload(); })); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const anew = () => go("/app/events/new");
  const columns = [
    { title: t("event_page.one"), cell: (/** @type {any} */ r) => html`<a href=${`/app/events/${r.id}`}>${pair(r, "title")}</a><br /><small class="sub">${longDate(r.starts_at)}, ${clock(r.starts_at)} · ${r.mode === "online" ? t("event_page.mode_online") : r.venue || t("event_page.place_open")}</small>` },
    { title: t("event_page.state"), cell: (/** @type {any} */ r) => html`<${Status} of="events" is=${r.status} />${r.status === "published" && r.past ? html`<br /><small class="sub">${t("event_page.over")}</small>` : null}` },
    { title: t("event_page.sold"), end: true, cell: (/** @type {any} */ r) => (r.room < 0 ? num(r.sold) : t("event_page.of", { n: num(r.sold), of: num(r.sold + r.held + r.room) })) },
    { title: t("event_page.waits"), cell: (/** @type {any} */ r) => (r.waiting || r.attention ? html`${r.waiting ? html`<a href=${`/app/events/${r.id}?tab=orders&status=awaiting_approval`}><${Badge} tone="warn">${t("event_page.to_approve", { n: r.waiting })}<//></a>` : null} ${r.attention ? html`<a href=${`/app/events/${r.id}?tab=orders&status=needs_attention`}><${Badge} tone="bad">${t("event_page.to_attend", { n: r.attention })}<//></a>` : null}` : "–") },
  ];
  const whens = ["", "coming", "past"].map((value) => ({ value, label: t(value ? `event_page.when_${value}` : "event_page.any_time") }));
  const states = ["", "draft", "published", "cancelled", "closed"].map((value) => ({ value, label: value ? t(`status.events.${value}`) : t("event_page.any_state") }));
  return html`<${Head} title=${t("event_page.title_all")} sub=${t("event_page.lead")}><button class="btn line" type="button" onClick=${keep}>${t("event_page.series_all")}</button><button class="btn" type="button" onClick=${anew}><${Icon} n="plus" />${t("event_page.new")}</button><//>
    <${Table} list=${list} columns=${columns} label=${t("event_page.title_all")} search=${t("event_page.search")} csv="events.csv"
      filters=${html`<${Choice} list=${list} name="when" label=${t("event_page.when")} options=${whens} /><${Choice} list=${list} name="status" label=${t("event_page.state")} options=${states} />
        ${series.rows.value.length ? html`<${Choice} list=${list} name="series" label=${t("event_page.series")} options=${[{ value: "", label: t("event_page.any_series") }, ...series.rows.value.map((s) => ({ value: s.id, label: pair(s, "title") }))]} />` : null}`}
      empty=${html`<${Empty} icon="cal" title=${t("event_page.none")} why=${t("event_page.none_why")}><button class="btn line" type="button" onClick=${anew}>${t("event_page.new")}</button><//>`} />${dialog}`;
}
