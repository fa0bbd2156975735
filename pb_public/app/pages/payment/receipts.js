// @ts-check
// The receipts that the centre has given: found by number, order or buyer, opened one by one, and handed on as a table.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { dong, moment, pair, t } from "../../lib/words.js";
import { Choice, Crumbs, Empty, Head, Table } from "../../components/parts.js";

export const title = () => t("receipts_page.title");

export function Page() {
  const list = useList("/receipts", { params: { q: "", kind: "" }, on: ["bank_lines", "refunds"] });
  const columns = [
    { title: t("receipts_page.number"), cell: (/** @type {any} */ r) => html`<span class="tn nb"><a href=${`/app/receipts/${r.id}`}>${r.number}</a></span>${r.corrects ? html`<br /><small class="sub">${t("receipts_page.of", { number: r.corrects.number })}</small>` : null}${r.mended ? html`<br /><small class="sub">${t("receipts_page.mended", { number: r.mended.number })}</small>` : null}` },
    { title: t("receipts_page.when"), cell: (/** @type {any} */ r) => html`<span class="nb">${moment(r.issued_at)}</span>` },
    { title: t("receipts_page.to"), cell: (/** @type {any} */ r) => html`${r.to}${r.of.invoice?.tax_code ? html`<br /><small class="sub">${t("receipts_page.tax", { code: r.of.invoice.tax_code })}</small>` : null}` },
    { title: t("receipts_page.for"), full: true, cell: (/** @type {any} */ r) => html`<b>${r.of.code}</b><br /><small class="sub">${pair(r.of, "title")}</small>` },
    { title: t("receipts_page.amount"), end: true, cell: (/** @type {any} */ r) => (r.amount_vnd ? html`<b class="nb">${dong(r.amount_vnd)}</b>` : html`<span class="sub">${t("receipts_page.words_only")}</span>`) },
  ];
  return html`<${Crumbs} trail=${[{ to: "/app/payments", label: t("pay_page.title") }]} /><${Head} title=${t("receipts_page.title")} sub=${t("receipts_page.lead")} />
    <${Table} list=${list} columns=${columns} label=${t("receipts_page.title")} search=${t("receipts_page.search")} csv="receipts.csv"
      filters=${html`<${Choice} list=${list} name="kind" label=${t("receipts_page.kind")} options=${[{ value: "", label: t("receipts_page.kind_any") }, { value: "receipt", label: t("receipts_page.kind_receipt") }, { value: "correction", label: t("receipts_page.kind_correction") }]} />`}
      empty=${html`<${Empty} icon="file" title=${t("receipts_page.none")} why=${t("receipts_page.none_why")} />`} />`;
}
