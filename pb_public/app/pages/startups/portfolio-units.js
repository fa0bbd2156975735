// @ts-check
// How many startups declare which administrative unit, in the boundaries of a day. Every number opens down to its startups.
import { html, useSignal } from "../../lib/ui.js";
import { useList, useOne } from "../../lib/list.js";
import { date, day, now, num, t } from "../../lib/words.js";
import { Dialog } from "../../lib/forms.js";
import { Badge, Choice, Empty, Frame, Loading, Note, Panel, Table } from "../../components/parts.js";

/** Startups in decimals, of ten-thousandths. @param {number} share */
const count = (share) => (share % 10000 ? `≈ ${num(share / 10000, 2)}` : num(share / 10000, 0));

/** @param {any} u */
const named = (u) => t("unit.called", { kind: t(`unit_kind.${u.kind}`), name: u.name });

/** @param {{ cohort: string, staff: boolean }} props */
export function Part({ cohort, staff }) {
  const on = useSignal(day(now())), level = useSignal("ward");
  const days = [{ value: day(now()), label: t("by_unit.today") }, { value: "2025-06-30", label: t("by_unit.of", { date: date("2025-06-30") }) }];
  const choice = { filters: { value: { on: on.value, level: level.value } }, set: (/** @type {any} */ v) => { on.value = v.on ?? on.value; level.value = v.level ?? level.value; } };
  return html`<${Panel} title=${t("by_unit.title")}><div class="row gap-b no-print">${staff ? html`<${Choice} list=${choice} name="on" label=${t("by_unit.boundaries")} options=${days.some((d) => d.value === on.value) ? days : [...days, { value: on.value, label: t("by_unit.of", { date: date(on.value) }) }]} />
      <input class="search-w" type="date" aria-label=${t("by_unit.day")} value=${on.value} onChange=${(/** @type {any} */ e) => { if (e.currentTarget.value) on.value = e.currentTarget.value; }} />` : null}
      <${Choice} list=${choice} name="level" label=${t("units.level")} options=${["ward", "district", "province"].map((l) => ({ value: l, label: t(`units.level_${l}`) }))} /></div>
    <${Rows} key=${`${on.value} ${level.value}`} on=${on.value} level=${level.value} cohort=${cohort} staff=${staff} /><//>`;
}

/** @param {{ on: string, level: string, cohort: string, staff: boolean }} props */
function Rows({ on, level, cohort, staff }) {
  const query = { on, level, ...(cohort ? { cohort } : {}) };
  const one = useOne("/portfolio-units", { params: query, on: ["startups", "enrolments", "admin_units", "admin_unit_links"] });
  const open = useSignal(/** @type {{ unit: string, title: string } | null} */ (null));
  const few = html`<${Badge} tone="idle" icon="lock">${t("figure.few")}<//>`;
  /** A number that opens. @param {string} unit @param {string} title @param {number} share @param {boolean} hidden */
  const cell = (unit, title, share, hidden) => (hidden ? few : staff && share ? html`<button class="btn ghost sm" type="button" aria-label=${t("by_unit.open", { n: count(share), name: title })} onClick=${() => { open.value = { unit, title }; }}>${count(share)}</button>` : count(share));
  return html`<${Frame} of=${one} loading=${html`<${Loading} />`}>${(/** @type {any} */ b) => html`<p class="sub gap-b">${t("by_unit.lead", { date: date(b.on) })}${b.startups !== null ? ` ${t("by_unit.declared", { n: b.startups - b.none, all: num(b.startups, 0) })}` : ""}</p>
    ${b.suppressed ? html`<div class="gap-b"><${Note}><p>${t("by_unit.few_why")}</p><//></div>` : null}
    ${b.rows.length || b.none || b.unknown || b.suppressed ? html`<div class="tw" tabindex="0" role="region" aria-label=${t("by_unit.title")}><table class="tbl compact cards"><thead><tr><th scope="col">${t("by_unit.unit")}</th><th scope="col">${t("units.parent")}</th><th scope="col" class="end">${t("by_unit.startups")}</th><th scope="col">${t("by_unit.rests")}</th></tr></thead><tbody>
      ${b.rows.map((/** @type {any} */ r) => html`<tr key=${r.unit.id}><th scope="row">${named(r.unit)}${r.unit.ended ? html`<br /><small class="fw4 muted">${t("unit.until", { date: date(r.unit.ended) })}</small>` : null}</th><td data-l=${t("units.parent")}>${r.unit.in || "–"}</td><td class="end" data-l=${t("by_unit.startups")}>${cell(r.unit.id, named(r.unit), r.share, false)}</td><td data-l=${t("by_unit.rests")}>${r.guessed ? html`<${Badge} tone="warn">${t("by_unit.estimate", { n: r.guessed })}<//>` : t("by_unit.sure")}</td></tr>`)}
      ${b.suppressed ? html`<tr><th scope="row">${t("by_unit.others")}</th><td data-l=${t("units.parent")}>–</td><td class="end" data-l=${t("by_unit.startups")}>${few}</td><td data-l=${t("by_unit.rests")}>–</td></tr>` : null}
      ${b.unknown || b.few.includes("unknown") ? html`<tr><th scope="row">${t("by_unit.unknown")}</th><td data-l=${t("units.parent")}>–</td><td class="end" data-l=${t("by_unit.startups")}>${cell("unknown", t("by_unit.unknown"), b.unknown, b.few.includes("unknown"))}</td><td data-l=${t("by_unit.rests")}>${t(staff ? "by_unit.unknown_why" : "by_unit.unknown_official")}</td></tr>` : null}
      <tr><th scope="row">${t("by_unit.none")}</th><td data-l=${t("units.parent")}>–</td><td class="end" data-l=${t("by_unit.startups")}>${cell("none", t("by_unit.none"), b.none * 10000, b.few.includes("none"))}</td><td data-l=${t("by_unit.rests")}>${t("by_unit.none_why")}</td></tr></tbody></table></div>`
      : html`<${Empty} icon="pin" title=${t("by_unit.empty")} />`}
    ${open.value ? html`<${Dialog} wide title=${open.value.title} close=${() => { open.value = null; }}><${Startups} query=${{ ...query, unit: open.value.unit }} /><//>` : null}`}<//>`;
}

/** The startups behind a number. @param {{ query: any }} props */
function Startups({ query }) {
  const list = useList("/portfolio-units/rows", { params: { q: "", ...query }, inURL: false });
  const columns = [
    { title: t("startup.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.startup.id}`}>${r.startup.name}</a>` },
    { title: t("by_unit.as_declared"), cell: (/** @type {any} */ r) => (r.declared ? html`${named(r.declared)}<br /><small class="muted">${[r.declared.in, r.declared.ended ? t("unit.until", { date: date(r.declared.ended) }) : ""].filter(Boolean).join(" · ")}</small>` : "–") },
    { title: t("by_unit.counted"), end: true, cell: (/** @type {any} */ r) => (r.estimated ? html`<${Badge} tone="warn">≈ ${num(r.share / 100)}%<//>` : num(1, 0)) },
  ];
  return html`<${Table} list=${{ ...list, rows: { value: list.rows.value.map((r) => ({ ...r, id: r.startup.id })) } }} columns=${columns} label=${t("by_unit.title")} search=${t("startup.search")} csv="portfolio-units-rows.csv" empty=${html`<${Empty} icon="pin" title=${t("by_unit.empty")} />`} />`;
}
