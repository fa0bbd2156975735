// @ts-check
// What was noticed about one startup: for staff all of it, for its people what staff have shown them.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { given, t } from "../../lib/words.js";
import { Badge, Empty, Frame, Panel, Status } from "../../components/parts.js";
import { because, since } from "./alert-parts.js";

/** @param {{ s: any, staff: boolean }} props */
export function Part({ s, staff }) {
  const list = useList(`/startups/${s.id}/alerts`, { on: ["alerts"], inURL: false });
  return html`<${Panel} title=${t("alert.shared_title")} side=${staff ? html`<a class="btn ghost sm" href=${`/app/alerts?q=${encodeURIComponent(s.name)}`}>${t("alert.title")}</a>` : null}><p class="sub gap-b">${t("alert.shared_why")}</p>
    <${Frame} of=${list} empty=${html`<${Empty} tile=${3} title=${t("alert.none_shared")} />`}>${(/** @type {any[]} */ rows) => html`<ul class="stack">${rows.map((a) => html`<li key=${a.id} class="stack s2"><span class="row"><${Badge} tone=${a.severity === "red" ? "bad" : "warn"} tag>${t(`alert.is_${a.severity}`)}<//><${Status} of="alerts" is=${a.status} tone=${a.status === "open" ? "idle" : undefined} />${staff && a.shared ? html`<small class="muted">${t("alert.shared")}</small>` : null}</span><p>${because(a)}</p>${given(a.explain.since) ? html`<p class="sub sm">${since(a.explain)}</p>` : null}</li>`)}</ul>`}<//><//>`;
}
