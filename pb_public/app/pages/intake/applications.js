// @ts-check
// The applications of whoever is signed in.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { date, moment, pair, t } from "../../lib/words.js";
import { Choice, Empty, Frame, Head, Icon, Panel, Search, Status } from "../../components/parts.js";

export const title = () => t("menu.applications");

/** The states that somebody looks for. */
const states = ["draft", "submitted", "needs_info", "in_review", "admitted", "waitlisted", "rejected", "enrolled", "withdrawn"];

export function Page() {
  const list = useList("/applications", { params: { q: "", status: "" }, on: ["applications", "offers", "application_members", "interviews"] });
  const asked = list.answer.value?.asked ?? [], sifted = list.filters.value["q"] || list.filters.value["status"];
  return html`<${Head} title=${t("menu.applications")} sub=${t("applications.sub")}>${list.rows.value.length ? html`<a class="btn line" href="/app/intakes">${t("apply.others")}</a>` : null}<//>
  ${asked.map((/** @type {any} */ p) => html`<a class="alert b" key=${p.id} href=${`/app/applications/places/${p.id}`}><${Icon} n="users" /><div><b>${t("place.what", { name: p.from || t("place.somebody"), intake: pair(p.intake, "title") })}</b><p>${t("place.answer")}</p></div></a>`)}
  ${list.rows.value.length > 5 || sifted ? html`<div class="row tools-row"><${Search} list=${list} label=${t("applications.search")} /><${Choice} list=${list} name="status" label=${t("handed.state")} options=${[{ value: "", label: t("handed.any_state") }, ...states.map((s) => ({ value: s, label: t(`status.applications.${s}`) }))]} /></div>` : null}
  <${Frame} of=${list} empty=${html`<${Empty} tile=${11} title=${t("applications.none")} why=${t("applications.none_why")}><a class="btn" href="/app/intakes">${t("apply.others")}</a><//>`}>${(/** @type {any[]} */ rows) => html`<${Panel}><div class="list">${rows.map((r) => html`<a key=${r.id} href=${`/app/applications/${r.id}`}>
    <span class="grow"><b>${r.title || t("application.untitled")}</b><small>${pair(r.intake, "title")} · <span class="nb">${r.code}</span>${r.own ? null : html` · ${t("applications.along")}`}</small>
      <small><span class="row"><${Status} of="applications" is=${r.status} />${r.next ? html`<span>${t(`next.${r.next.key}`, { at: r.next.at ? moment(r.next.at) : date(r.next.day) })}</span>` : null}</span></small></span><${Icon} n="chev" /></a>`)}</div><//>`}<//>`;
}
