// @ts-check
// What others have certified of the startups one looks after: what waits to be checked, and what runs out first.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { date, day, given, now, t } from "../../lib/words.js";
import { Badge, Choice, Crumbs, Empty, Head, Status, Table } from "../../components/parts.js";

export const title = () => t("recognition.title_all");

export function Page() {
  const list = useList("/recognitions", { params: { q: "", status: "", type: "" }, on: ["recognitions"] }), soon = day(now() + 60 * 86_400_000);
  const columns = [
    { title: t("recognition.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.startup}?tab=papers`}>${r.title}</a><br /><small class="sub">${r.name}</small>` },
    { title: t("recognition.type_of"), cell: (/** @type {any} */ r) => t(`recognition.type_${r.type}`) },
    { title: t("recognition.number"), cell: (/** @type {any} */ r) => r.number || "–" },
    { title: t("recognition.expires_on"), cell: (/** @type {any} */ r) => (!given(r.expires_on) ? t("recognition.endless") : r.expires_on <= soon && ["claimed", "verified"].includes(r.status) ? html`<${Badge} tone="warn">${date(r.expires_on)}<//>` : date(r.expires_on)) },
    { title: t("startup.life"), cell: (/** @type {any} */ r) => html`<${Status} of="recognitions" is=${r.status} />` },
  ];
  return html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }]} /><${Head} title=${t("recognition.title_all")} sub=${t("recognition.lead")} />
    <${Table} list=${list} columns=${columns} label=${t("recognition.title_all")} search=${t("startup.search")} csv="recognitions.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("startup.life")} options=${[{ value: "", label: t("recognition.any") }, ...["claimed", "verified", "expired", "revoked"].map((s) => ({ value: s, label: t(`status.recognitions.${s}`) }))]} />`}
      empty=${html`<${Empty} icon="star" title=${t("recognition.none")} why=${t("recognition.none_staff")} />`} />`;
}
