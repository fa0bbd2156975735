// @ts-check
// Every kind of notice and mail, and in whose words it is told. Managers put words of their own in the place of the house's.
import { html, useSignal } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { fold, t } from "../../lib/words.js";
import { Badge, Empty, Frame, Head, Icon, Panel } from "../../components/parts.js";

export const title = () => t("text.title");

/** @typedef {{ kind: string, name: string, class: string, subject: string, changed: string[] }} Row */

export function Page() {
  const list = useList("/notices/texts", { on: ["notice_texts"], inURL: false });
  const search = useSignal("");
  return html`<${Head} title=${t("text.title")} sub=${t("text.lead")} /><${Panel}>
    <div class="row gap-b tools-row"><div class="search" role="search"><${Icon} n="search" s /><input type="search" aria-label=${t("text.search")} placeholder=${t("text.search")} value=${search.value} onInput=${(/** @type {any} */ e) => { search.value = e.currentTarget.value; }} /></div></div>
    <${Frame} of=${list}>${(/** @type {Row[]} */ rows) => {
      const found = rows.filter((r) => fold(`${r.name} ${r.subject}`).includes(fold(search.value)));
      if (found.length === 0) return html`<${Empty} icon="search" title=${t("state.filtered")} why=${t("state.filtered_why")} />`;
      return html`<ul class="list">${found.map((r) => html`<li key=${r.kind}><span class="grow"><b><a href=${`/app/notices/${r.kind.replaceAll(".", "-")}`}>${r.name}</a></b><small>${shown(r.subject)}</small></span>${r.changed.length ? html`<${Badge} tone="info" tag>${t("text.changed")} · ${r.changed.join(", ")}<//>` : null}</li>`)}</ul>`;
    }}<//><//>`;
}

/** A slot as a gap that a name will fill. @param {string} words */
const shown = (words) => words.replace(/\{\w+\}/g, "…");
