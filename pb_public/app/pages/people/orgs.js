// @ts-check
// The organisations that people speak for.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { bring, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Avatar, Badge, Empty, Head, Icon, Table } from "../../components/parts.js";
import { PeopleTabs } from "./scopes.js";

export const title = () => t("orgs.title");

const kinds = ["government", "business", "university", "institute", "school", "association", "investor", "media", "international"];
const houses = ["state", "business", "academia", "none"];

export function Page() {
  const list = useList("/orgs", { params: { q: "" }, on: ["orgs"] });
  const { ask, dialog } = useAsk();
  /** @param {any} [o] an organisation to change; none: a new one */
  const edit = async (o) => {
    try { put((await bring("pages/site/unit-pick")).UnitField, o); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  /** @param {any} UnitField @param {any} o */
  const put = (UnitField, o) => ask({
    title: t(o ? "orgs.edit" : "orgs.new"), act: t("state.save"), start: o ?? { house: "business", public: false },
    fields: [{ name: "name_vi", label: t("orgs.name_vi"), required: true }, { name: "name_en", label: t("orgs.name_en") }, { name: "short", label: t("orgs.short") },
      { name: "kind", as: "select", label: t("orgs.kind"), required: true, options: kinds.map((k) => ({ value: k, label: t(`orgs.kind_${k}`) })) },
      { name: "house", as: "select", label: t("orgs.house"), required: true, help: t("orgs.house_help"), options: houses.map((h) => ({ value: h, label: t(`orgs.house_${h}`) })) },
      { name: "admin_unit", part: UnitField, label: t("startup.unit"), help: t("startup.unit_help") },
      { name: "tax_code", label: t("orgs.tax_code"), inputmode: "numeric" }, { name: "website", type: "url", label: t("orgs.website") }, { name: "public", as: "check", label: t("orgs.public") }],
    send: (v, key) => (o ? call("PATCH", `/orgs/${o.id}`, v, { key }) : call("POST", "/orgs", v, { key })),
    done: () => { say(t("orgs.saved")); list.reload(); },
  });
  const add = html`<button class="btn" type="button" onClick=${() => edit()}><${Icon} n="plus" />${t("orgs.new")}</button>`;
  const columns = [
    { title: t("orgs.name"), cell: (/** @type {any} */ o) => html`<span class="row nowrap"><${Avatar} org name=${o.short || pair(o, "name")} /><span>${pair(o, "name")}${o.short ? html`<br /><span class="fw4 muted">${o.short}</span>` : null}</span></span>` },
    { title: t("orgs.kind"), cell: (/** @type {any} */ o) => t(`orgs.kind_${o.kind}`) },
    { title: t("orgs.house"), cell: (/** @type {any} */ o) => html`<span class="row nowrap"><span class=${`ring ${{ state: "hs", business: "hb", academia: "ha" }[/** @type {string} */ (o.house)] ?? ""}`} />${t(`orgs.house_${o.house}`)}</span>` },
    { title: t("orgs.public_short"), cell: (/** @type {any} */ o) => (o.public ? html`<${Badge} tone="ok" icon="eye">${t("orgs.shown")}<//>` : html`<${Badge} tone="idle" icon="eyeoff">${t("orgs.hidden")}<//>`) },
    { title: "", end: true, cell: (/** @type {any} */ o) => html`<button class="btn ghost icon" type="button" aria-label=${t("orgs.edit_one", { name: pair(o, "name") })} onClick=${() => edit(o)}><${Icon} n="edit" /></button>` },
  ];
  return html`<${Head} title=${t("orgs.title")} sub=${t("orgs.lead")}>${list.rows.value.length ? add : null}<//><${PeopleTabs} />
    <${Table} list=${list} columns=${columns} label=${t("orgs.title")} search=${t("orgs.search")} empty=${html`<${Empty} icon="users" title=${t("orgs.none")} why=${t("orgs.none_why")}>${add}<//>`} />${dialog}`;
}
