// @ts-check
// What startups want this investor to read: each for as long as it wants.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { dong, pair, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Head, Table } from "../../components/parts.js";

export const title = () => t("deals.title");

const sectors = ["agriculture", "manufacturing", "logistics", "energy", "education", "health", "safety", "circular", "software", "services"];
const rounds = ["grant", "pre_seed", "seed", "bridge", "series_a", "series_b", "other"];
const untold = () => html`<${Badge} tone="idle">${t("deal.untold")}<//>`;

export function Page() {
  const list = useList("/deals", { params: { q: "", sector: "", round: "" }, on: ["startup_deal"] });
  const columns = [
    { title: t("startup.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/deals/${r.id}`}>${r.name}</a>${pair(r, "one_liner") ? html`<br /><small class="sub">${pair(r, "one_liner")}</small>` : null}` },
    { title: t("startup.sector"), cell: (/** @type {any} */ r) => html`<span class="nb"><span class=${`dot d${1 + (sectors.indexOf(r.sector) % 5)}`}></span> ${t(`sector.${r.sector}`)}</span>` },
    { title: t("startup.stage"), cell: (/** @type {any} */ r) => t(`stage.${r.stage}`) },
    { title: t("deal.round"), cell: (/** @type {any} */ r) => (r.round ? t(`deal.round_${r.round}`) : untold()) },
    { title: t("deal.target"), end: true, cell: (/** @type {any} */ r) => (r.target_vnd ? dong(r.target_vnd) : untold()) },
  ];
  return html`<${Head} title=${t("deals.title")} sub=${t("deals.lead")} />
    <${Table} list=${list} columns=${columns} label=${t("deals.title")} search=${t("startup.search")}
      filters=${html`<${Choice} list=${list} name="sector" label=${t("startup.sector")} options=${[{ value: "", label: t("startup.any_sector") }, ...sectors.map((s) => ({ value: s, label: t(`sector.${s}`) }))]} />
        <${Choice} list=${list} name="round" label=${t("deal.round")} options=${[{ value: "", label: t("deals.any_round") }, ...rounds.map((s) => ({ value: s, label: t(`deal.round_${s}`) }))]} />`}
      empty=${html`<${Empty} tile=${8} title=${t("deals.none")} why=${t("deals.none_why")} />`} />`;
}
