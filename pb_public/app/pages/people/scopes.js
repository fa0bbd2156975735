// @ts-check
// What the pages about people share: the tabs between them, roles and scopes as options.
import { html } from "../../lib/ui.js";
import { get } from "../../lib/api.js";
import { pair, t } from "../../lib/words.js";
import { Tabs } from "../../components/parts.js";

/** Stored roles, by how often they are given. */
export const roles = ["staff", "judge", "mentor", "manager", "finance", "chair", "investor", "partner", "official", "privacy"];

/** @returns {{ value: string, label: string }[]} */
export const roleOptions = () => roles.map((r) => ({ value: r, label: t(`role.${r}`) }));

/** Where a role may hold: everywhere, or over one programme, cohort or intake. A list that is refused is left out. */
export async function scopeOptions() {
  const lists = await Promise.all(["programme", "cohort", "intake"].map(async (type) => {
    const answer = await get(`/${type}s`, { limit: 100 }).catch(() => ({ rows: [] }));
    return answer.rows.map((/** @type {any} */ r) => ({ value: `${type}:${r.id}`, label: `${t(`scope.${type}`)}: ${pair(r, "title")}` }));
  }));
  return [{ value: "global:", label: t("scope.global") }, ...lists.flat()];
}

/** "intake:abc" as the route wants it. @param {string} value */
export function scopeOf(value) {
  const [type, id] = value.split(":");
  return id ? { type, id } : { type };
}

/** What a scope is called. @param {any} row a grant or an invitation */
export const scopeName = (row) => pair(row, "title") || t(`scope.${row.scope.type}`);

export const PeopleTabs = () => html`<${Tabs} label=${t("people.title")} tabs=${[{ to: "/app/people", label: t("people.tab") }, { to: "/app/invitations", label: t("invitations.tab") }, { to: "/app/orgs", label: t("orgs.tab") }]} />`;
