// @ts-check
// Everybody who has an account, and what they may do.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Choice, Empty, Head, Status, Table } from "../../components/parts.js";
import { PeopleTabs, roleOptions, scopeName } from "./scopes.js";

export const title = () => t("people.title");

export function Page() {
  const list = useList("/people", { params: { q: "", role: "" }, on: ["users", "role_grants"] });
  const columns = [
    { title: t("people.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/people/${r.id}`}>${r.full_name || r.email}</a>` },
    { title: t("sign_in.email"), cell: (/** @type {any} */ r) => r.email, full: true },
    { title: t("people.roles"), full: true, cell: (/** @type {any} */ r) => (r.grants.length ? html`<span class="row">${r.grants.map((/** @type {any} */ g) => html`<span class="tag" title=${scopeName(g)}>${t(`role.${g.role}`)}</span>`)}</span>` : html`<span class="muted">${t("people.no_role")}</span>`) },
    { title: t("people.status"), cell: (/** @type {any} */ r) => html`<${Status} of="users" is=${r.status} />` },
  ];
  return html`<${Head} title=${t("people.title")} sub=${t("people.lead")} /><${PeopleTabs} />
    <${Table} list=${list} columns=${columns} label=${t("people.title")} search=${t("people.search")} csv="people.csv"
      filters=${html`<${Choice} list=${list} name="role" label=${t("people.roles")} options=${[{ value: "", label: t("people.any_role") }, ...roleOptions()]} />`}
      empty=${html`<${Empty} icon="users" title=${t("people.none")} />`} />`;
}
