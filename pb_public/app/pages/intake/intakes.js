// @ts-check
// The intakes: to staff all that they work over, to everybody the ones that are open.
import { go, html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { deadline, longDate, moment, num, pair, shortDate, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Frame, Head, Icon, Loading, Panel, Status, Table } from "../../components/parts.js";
import { ask, standing } from "../../shell/shell.js";
import { handedIn, states, useLate } from "./parts.js";

export const title = () => t("menu.intakes");

export function Page() {
  const today = ask();
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r));
  if (today.state.value === "loading") return html`<${Head} title=${t("menu.intakes")} /><div class="panel"><${Loading} /></div>`;
  return staff ? html`<${All} />` : html`<${Open} />`;
}

/** What anybody may apply to now. */
function Open() {
  const list = useList("/intakes", { on: ["intakes"] });
  return html`<${Head} title=${t("intakes.open")} sub=${t("intakes.open_sub")} />
  <${Frame} of=${list} empty=${html`<${Empty} tile=${11} title=${t("home.no_calls")} why=${t("home.no_calls_why")} />`}>${(/** @type {any[]} */ rows) => html`<div class="cols w3">${rows.map((r) => html`<${Panel} key=${r.id} class="stack s3">
    <div class="stack s2"><h2>${pair(r, "title")}</h2><p><${Badge} tone="warn" tag icon="clock">${deadline(r.closes_at)}<//></p></div>
    <p class="sub">${t("call.places_n", { n: r.capacity })} · ${t("intakes.until", { date: longDate(r.closes_at) })}</p>
    <p><a class="btn line" href=${`/app/intakes/${r.id}`} aria-label=${`${t("home.read_call")}: ${pair(r, "title")}`}>${t("home.read_call")} <${Icon} n="right" /></a></p><//>`)}</div>`}<//>`;
}

/** Everything, for staff. */
function All() {
  const list = useList("/intakes", { params: { q: "", status: "" }, on: ["intakes", "applications"] });
  const terms = useLate(() => import("./terms.js").then((m) => m.Terms));
  const announce = () => terms.show({ intake: null, done: (/** @type {any} */ answer) => go(`/app/intakes/${answer.id}`) });
  return html`<${Head} title=${t("menu.intakes")}><button class="btn" type="button" onClick=${announce}><${Icon} n="plus" />${t("intakes.new")}</button><//>
  <${Table} list=${list} label=${t("menu.intakes")} search=${t("intakes.search")}
    filters=${html`<${Choice} list=${list} name="status" label=${t("intakes.state")} options=${[{ value: "", label: t("intakes.any_state") }, ...states.map((s) => ({ value: s, label: t(`status.intakes.${s}`) }))]} />`}
    empty=${html`<${Empty} tile=${7} title=${t("intakes.none")} why=${t("intakes.none_why")}><button class="btn line" type="button" onClick=${announce}>${t("intakes.new")}</button><//>`}
    columns=${/** @type {import("../../components/parts.js").Column[]} */ ([
      { title: t("intakes.title"), cell: (r) => html`<a href=${`/app/intakes/${r.id}`}>${pair(r, "title")}</a>` },
      { title: t("intakes.state"), cell: (r) => html`<${Status} of="intakes" is=${r.status} />` },
      { title: t("intakes.span"), full: true, cell: (r) => html`<span class="tn">${shortDate(r.opens_at)} – ${moment(r.closes_at)}</span>${["published", "open"].includes(r.status) ? html` <span class="muted">${deadline(r.closes_at)}</span>` : null}` },
      { title: t("intakes.handed_in"), end: true, cell: (r) => num(handedIn(r.counts)) },
      { title: t("intakes.places"), end: true, cell: (r) => num(r.capacity) },
    ])} />${terms.dialog}`;
}
