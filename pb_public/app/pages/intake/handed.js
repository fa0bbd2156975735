// @ts-check
// What was handed in to an intake, as a list: find, filter, take away as a table, and ask judges.
import { html, useSignal } from "../../lib/ui.js";
import { useList, useOne } from "../../lib/list.js";
import { has, moment, num, pair, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Head, Icon, Status, Table } from "../../components/parts.js";
import { apart, Later, useLate } from "./parts.js";

const views = () => import("../../components/views.js").then((m) => m.Views);
const bulk = () => import("./bulk.js").then((m) => m.Bulk);

/** What can be looked for, besides the answers to questions: those stand in the address as answer.<key>. */
const sieves = { q: "", status: "", owner: "", proposal: "", decision: "", sector: "", round: "", min: "", max: "", lacking: "", apart: "" };

export const title = () => t("handed.title");

/** The states that an application can be in once it was handed in. */
const states = ["submitted", "needs_info", "in_review", "ineligible", "admitted", "waitlisted", "rejected", "enrolled", "declined", "offer_expired", "withdrawn"];

/** The states in which judges may be asked. */
const judged = new Set(["submitted", "needs_info", "in_review"]);

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes"] });
  const list = useList(`/intakes/${id}/applications`, { params: { ...Object.fromEntries([...new URLSearchParams(location.search).keys()].filter((k) => k.startsWith("answer.")).map((k) => [k, ""])), ...sieves }, on: ["applications", "screenings", "score_sheets", "assignments", "decisions"] });
  const chosen = useSignal(/** @type {string[]} */ ([]));
  const all = useSignal(false), sift = useLate(() => import("./sift.js").then((m) => m.Sift));
  const late = useLate(() => import("./assign.js").then((m) => m.Assign));
  const call = intake.data.value;
  const rows = list.rows.value, able = rows.filter((r) => judged.has(r.status));
  const marked = able.filter((r) => chosen.value.includes(r.id));
  const filters = list.filters.value, query = new URLSearchParams(Object.entries(filters).filter(([, v]) => v)).toString();
  const cards = rows.filter((r) => chosen.value.includes(r.id)).map((r) => r.card);
  const open = (/** @type {string} */ text) => list.set({ ...Object.fromEntries(Object.keys(filters).map((k) => [k, ""])), ...Object.fromEntries(new URLSearchParams(text)) });
  const choose = (/** @type {string[]} */ ids, every = false) => { all.value = every; if (!every) chosen.value = rows.filter((r) => ids.includes(r.card)).map((r) => r.id); };
  const mark = (/** @type {string} */ one, /** @type {boolean} */ on) => { chosen.value = on ? [...chosen.value, one] : chosen.value.filter((x) => x !== one); };
  const assign = () => late.show({ intake: call?.id ?? id, applications: marked, done: async () => { chosen.value = []; await list.reload(); } });
  return html`<nav class="crumbs" aria-label=${t("page.crumbs")}><a href="/app/intakes">${t("menu.intakes")}</a><${Icon} n="chev" s /><a href=${`/app/intakes/${id}`}>${call ? pair(call, "title") : t("intake.one")}</a></nav>
  <${Head} title=${t("handed.title")} sub=${t("handed.sub")}><a class="btn line" href=${`/app/intakes/${id}/board`}><${Icon} n="board" />${t("desk.board")}</a>
    <button class="btn" type="button" disabled=${marked.length === 0} onClick=${assign}><${Icon} n="scale" />${marked.length ? t("handed.assign_n", { n: marked.length }) : t("handed.assign")}</button><//>
  <${Table} list=${list} label=${t("handed.title")} search=${t("handed.search")} csv=${`${call?.slug ?? "intake"}.csv`}
    filters=${html`<${Choice} list=${list} name="status" label=${t("handed.state")} options=${[{ value: "", label: t("handed.any_state") }, ...states.map((s) => ({ value: s, label: t(`status.applications.${s}`) }))]} />
      <button class="btn line" type="button" disabled=${!call} onClick=${() => sift.show({ intake: call, query: filters, set: list.set })}><${Icon} n="filter" />${t("sift.title")}</button>
      ${call ? html`<${Later} load=${views} page=${`/intakes/${call.id}/applications`} query=${query} open=${open} sharable />` : null}
      ${able.length ? html`<label class="check"><input type="checkbox" checked=${marked.length === able.length} onChange=${(/** @type {any} */ e) => { chosen.value = e.currentTarget.checked ? able.map((r) => r.id) : []; }} />${t("handed.all")}</label>` : null}`}
    empty=${html`<${Empty} tile=${7} title=${t("handed.none")} why=${t("handed.none_why")} />`}
    columns=${/** @type {import("../../components/parts.js").Column[]} */ ([
      { title: t("handed.application"), cell: (r) => html`<span class="row nowrap">${judged.has(r.status) ? html`<label class="check"><input type="checkbox" aria-label=${t("handed.mark", { title: r.title })} checked=${chosen.value.includes(r.id)} onChange=${(/** @type {any} */ e) => mark(r.id, e.currentTarget.checked)} /></label>` : null}<span><a href=${`/app/applications/${r.id}`}>${r.title}</a><br /><small class="muted fw4">${r.code} · ${r.applicant}</small></span></span>` },
      { title: t("handed.sector"), cell: (r) => sector(r.sector) },
      { title: t("handed.state"), cell: (r) => html`<${Status} of="applications" is=${r.status} />` },
      { title: t("handed.column"), cell: (r) => t(`status.screenings.${r.column}`) },
      { title: t("handed.at"), cell: (r) => html`<span class="tn">${r.submitted_at ? moment(r.submitted_at) : ""}</span>` },
      { title: t("handed.sheets"), end: true, cell: (r) => html`${num(r.sheets.done)}/${num(r.sheets.asked)}` },
      { title: t("handed.mean"), end: true, cell: (r) => (r.sheets.mean === null ? html`<span class="muted">–</span>` : html`${r.sheets.spread >= apart.sheet ? html`<${Badge} tone="warn">${num(r.sheets.mean, 1)}<span class="vh"> ${t("board.apart", { n: num(r.sheets.spread, 1) })}</span><//>` : num(r.sheets.mean, 1)}`) },
      { title: t("handed.decision"), cell: (r) => (r.decision ? t(`status.decisions.${r.decision}`) : html`<span class="muted">–</span>`) },
    ])} />
  ${call && (cards.length || all.value) ? html`<${Later} load=${bulk} intake=${call} chosen=${cards} all=${all.value} total=${list.next.value ? 0 : rows.length} filter=${query} columns=${["new", "screening", "interview", "shortlisted", "set_aside"]} choose=${choose} reload=${list.reload} />` : null}${sift.dialog}${late.dialog}`;
}

/** The words of a sector, if the house knows it. @param {string} s */
const sector = (s) => (s && has(`sector.${s}`) ? t(`sector.${s}`) : s);
