// @ts-check
// Where the money of the startups goes, for finance and managers: masked, and each whole number on its own.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { date, t } from "../../lib/words.js";
import { Badge, Empty, Head, Table } from "../../components/parts.js";
import { AccountNumber } from "./startup-private.js";

export const title = () => t("accounts.title");

export function Page() {
  const list = useList("/accounts", { params: { q: "" }, on: ["bank_accounts"] });
  const columns = [
    { title: t("startup.name"), cell: (/** @type {any} */ r) => r.name },
    { title: t("account.purpose_of"), cell: (/** @type {any} */ r) => t(`account.for_${r.account.purpose}`) },
    { title: t("account.holder_of"), cell: (/** @type {any} */ r) => (r.account.readable ? html`${r.account.holder}<br /><small class="sub">${r.account.bank}</small>` : html`<${Badge} tone="bad">${t("account.other_key")}<//>`) },
    { title: t("account.number_of"), full: true, cell: (/** @type {any} */ r) => (r.account.readable ? html`<${AccountNumber} a=${r.account} />` : "–") },
    { title: t("accounts.since"), cell: (/** @type {any} */ r) => date(r.account.at) },
  ];
  return html`<${Head} title=${t("accounts.title")} sub=${t("account.why")} />
    <${Table} list=${list} columns=${columns} label=${t("accounts.title")} search=${t("startup.search")} empty=${html`<${Empty} icon="lock" title=${t("account.none")} why=${t("accounts.none_why")} />`} />`;
}
