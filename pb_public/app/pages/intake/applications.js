// @ts-check
// The applications of whoever is signed in.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { deadline, moment, pair, t } from "../../lib/words.js";
import { Empty, Frame, Head, Icon, Panel, Status } from "../../components/parts.js";

export const title = () => t("menu.applications");

export function Page() {
  const list = useList("/applications", { on: ["applications", "offers"] });
  return html`<${Head} title=${t("menu.applications")} sub=${t("applications.sub")}>${list.rows.value.length ? html`<a class="btn line" href="/app/intakes">${t("apply.others")}</a>` : null}<//>
  <${Frame} of=${list} empty=${html`<${Empty} tile=${11} title=${t("applications.none")} why=${t("applications.none_why")}><a class="btn" href="/app/intakes">${t("apply.others")}</a><//>`}>${(/** @type {any[]} */ rows) => html`<${Panel}><div class="list">${rows.map((r) => html`<a key=${r.id} href=${`/app/applications/${r.id}`}>
    <span class="grow"><b>${r.title || t("application.untitled")}</b><small>${pair(r.intake, "title")} · <span class="nb">${r.code}</span></small>
      <small><span class="row"><${Status} of="applications" is=${r.status} />${["draft", "submitted"].includes(r.status) ? html`<span>${t("call.until", { at: moment(r.closes_at), left: deadline(r.closes_at) })}</span>` : null}</span></small></span><${Icon} n="chev" /></a>`)}</div><//>`}<//>`;
}
