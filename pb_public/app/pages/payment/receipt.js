// @ts-check
// One receipt, as it was issued: read here, printed on one page, and corrected by another where its words were wrong.
import { go, html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { dong, longDate, num, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Crumbs, Frame, Head, Loading, Note, Panel, usePaper } from "../../components/parts.js";

export const title = () => t("receipts_page.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/receipts/${id}`);
  return html`<${Frame} of=${one} loading=${html`<${Head} title=${t("receipts_page.one")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ r) => html`<${Receipt} r=${r} key=${r.id} />`}<//>`;
}

/** @param {{ r: any }} props */
function Receipt({ r }) {
  const { ask, dialog } = useAsk(), to = r.of.invoice, back = r.amount_vnd < 0, kind = t(back ? "receipts_page.kind_back" : r.corrects ? "receipts_page.kind_mended" : "receipts_page.kind_receipt");
  const paper = usePaper({ source: t("paper.from_centre"), left: t(back ? "receipts_page.receiver" : "receipts_page.payer"), right: t(back ? "receipts_page.giver" : "receipts_page.taker") });
  const correct = () => ask({
    title: t("receipts_page.correct"), why: t("receipts_page.correct_why"), act: t("receipts_page.correct_go"), fields: [{ name: "reason", label: t("receipts_page.reason"), as: "area", required: true, max: 1000 }],
    send: async (v, key) => { const made = await call("POST", `/receipts/${r.id}/correct`, v, { key }); say(t("receipts_page.corrected", { number: made.number })); go(`/app/receipts/${made.id}`); },
  });
  const fact = (/** @type {string} */ key, /** @type {any} */ value) => (value ? html`<dt>${t(key)}</dt><dd class="any">${value}</dd>` : null);
  const other = (/** @type {string} */ key, /** @type {any} */ x) => (x ? html`<p><a class="more" href=${`/app/receipts/${x.id}`}>${t(key, { number: x.number })}</a></p>` : null);
  return html`<${Crumbs} trail=${[{ to: "/app/payments", label: t("pay_page.title") }, { to: "/app/receipts", label: t("receipts_page.title") }]} />${paper.head}
    <${Head} title=${`${kind} ${r.number}`} sub=${longDate(r.issued_at)}>${paper.button}${r.mended || back ? null : html`<button class="btn line" type="button" onClick=${correct}>${t("receipts_page.correct")}</button>`}<//>${paper.lines}
    ${r.mended ? html`<div class="gap-b no-print"><${Note} tone="w">${other("receipts_page.mended", r.mended)}<//></div>` : null}
    <div class="stack"><${Panel} class="stack"><dl class="kv">${fact(back ? "receipts_page.back_to" : "receipts_page.from", r.to)}${fact("receipts_page.buyer", to?.name && to.name !== r.of.buyer ? r.of.buyer : null)}${fact("receipts_page.tax_code", to?.tax_code)}${fact("receipts_page.address", to?.address)}${fact("receipts_page.for", html`${pair(r.of, "title")} · ${longDate(r.of.starts_at)}`)}${fact("receipts_page.order", r.of.code)}${fact("receipts_page.by", r.issued_by)}</dl>
      <table class="tbl"><thead><tr><th scope="col">${t("receipts_page.what")}</th><th scope="col" class="end">${t("receipts_page.count")}</th><th scope="col" class="end">${t("receipts_page.sum")}</th></tr></thead>
        <tbody>${r.sums.map((/** @type {any} */ l) => html`<tr key=${l.kind + l.name_vi + l.sum_vnd}><th scope="row">${l.kind ? t(`receipt_line.${l.kind}`) : pair(l, "name")}</th><td class="end">${l.kind ? "" : num(l.count, 0)}</td><td class="end nb">${dong(l.sum_vnd)}</td></tr>`)}</tbody>
        ${r.amount_vnd ? html`<tfoot><tr><td colspan="2">${t(back ? "receipts_page.sent" : "receipts_page.taken")}</td><td class="end nb"><b>${dong(r.amount_vnd)}</b></td></tr></tfoot>` : null}</table>
      ${r.of.vat_vnd ? html`<p class="hint">${t("receipts_page.vat", { sum: dong(r.of.vat_vnd) })}</p>` : null}${r.amount_vnd ? null : html`<p class="sub">${t("receipts_page.words_only_why")}</p>`}${other("receipts_page.of", r.corrects)}<//>
    <p class="hint">${t("receipts_page.no_invoice")}</p></div>${paper.end}${dialog}`;
}
