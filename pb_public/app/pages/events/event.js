// @ts-check
// One event, for whoever works over it. What is done with it stands in tabs: each is a module that exports Part({ event, after })
// and comes when it is opened.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { bring, pair, span, t } from "../../lib/words.js";
import { atCurrent, Crumbs, Frame, Head, Icon, Loading, Note, Status } from "../../components/parts.js";

export const title = () => t("event_page.one");

const tabs = ["overview", "tickets", "orders", "attendees", "door", "messages", "after", "edit"];

/** Where a tab is found. The door has an address of its own: who stands there types it. @param {string} id @param {string} tab */
const place = (id, tab) => `/app/events/${id}${tab === "door" ? "/door" : tab === "overview" ? "" : `?tab=${tab}`}`;

/** What a tab's module draws, once it is here. @param {{ name: string, event: any, after: () => Promise<void>, turn: (to: string) => void }} props */
function Later({ name, ...props }) {
  const late = useSignal(/** @type {{ Part: any, of: string } | null} */ (null));
  useEffect(() => { bring(`pages/events/event-${name}`).then(({ Part }) => { late.value = { Part, of: name }; }, (e) => say(asRefusal(e).message, { bad: true })); }, [name]);
  return late.value?.of === name ? html`<${late.value.Part} ...${props} />` : html`<div class="panel"><${Loading} /></div>`;
}

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/events/${id}`, { on: ["events", "orders", "tickets", "quotas", "ticket_types"] });
  const tab = useSignal(location.pathname.endsWith("/door") ? "door" : new URLSearchParams(location.search).get("tab") ?? "overview"), at = tabs.includes(tab.value) ? tab.value : "overview";
  const turn = (/** @type {string} */ to) => { tab.value = to; history.replaceState(null, "", place(id, to)); };
  return html`<${Crumbs} trail=${[{ to: "/app/events", label: t("event_page.title_all") }]} />
    <${Frame} of=${one} loading=${html`<${Head} title=${t("event_page.one")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ e) => html`<${Head} title=${pair(e, "title")} sub=${html`${span(e.starts_at, e.ends_at)} · ${e.mode === "online" ? t("event_page.mode_online") : e.venue || t("event_page.place_open")}`}><${Status} of="events" is=${e.status} tag />
      ${e.status === "draft" ? null : html`<a class="btn line" href=${`/events/${e.slug}`} target="_blank" rel="noopener"><${Icon} n="eye" />${t("event_page.public")}</a>`}<//>
    ${e.status === "cancelled" ? html`<div class="gap-b"><${Note} tone="w">${t("event_page.off_because", { reason: e.cancel_reason })}<//></div>` : null}
    <nav class="tabs" ref=${atCurrent} aria-label=${t("event_page.tabs")}>${tabs.map((x) => html`<button type="button" key=${x} aria-current=${at === x ? "true" : undefined} onClick=${() => turn(x)}>${t(`event_page.tab_${x}`)}</button>`)}</nav>
    <${Later} key=${at} name=${at} event=${e} after=${one.reload} turn=${turn} />`}<//>`;
}
