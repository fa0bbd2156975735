// @ts-check
// The board of the staff: one card for each application that was handed in. Moving a card tells nobody outside anything.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { fold, has, num, pair, t } from "../../lib/words.js";
import { Board } from "../../components/board.js";
import { Avatar, Badge, Empty, Frame, Head, Icon } from "../../components/parts.js";
import { apart } from "./parts.js";

export const title = () => t("screening.board");

/** The sectors in the order of their dots. */
const sectors = ["agriculture", "manufacturing", "logistics", "energy", "education", "health", "safety", "circular", "software", "services"];

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes"] });
  const board = useOne(`/intakes/${id}/board`, { on: ["applications", "assignments", "decisions", "score_sheets", "screenings"] });
  const sought = useSignal(new URLSearchParams(location.search).get("q") ?? "");
  const call_ = intake.data.value, all = board.data.value;
  const seek = (/** @type {any} */ e) => {
    sought.value = e.currentTarget.value;
    history.replaceState(history.state, "", location.pathname + (sought.value ? `?q=${encodeURIComponent(sought.value)}` : ""));
  };
  return html`<nav class="crumbs" aria-label=${t("page.crumbs")}><a href="/app/intakes">${t("menu.intakes")}</a><${Icon} n="chev" s /><a href=${`/app/intakes/${id}`}>${call_ ? pair(call_, "title") : t("intake.one")}</a></nav>
  <${Head} title=${t("screening.board")} sub=${all ? t("screening.sub", { n: all.rows.length, taken: num(all.taken), capacity: num(all.capacity) }) : undefined}>
    <div class="search" role="search"><${Icon} n="search" s /><input type="search" aria-label=${t("handed.search")} placeholder=${t("handed.search")} value=${sought.value} onInput=${seek} /></div>
    <a class="btn line" href=${`/app/intakes/${id}/applications`}><${Icon} n="file" />${t("handed.title")}</a><//>
  <${Frame} of=${board} loading=${html`<${Waiting} />`}>${(/** @type {any} */ b) => (b.rows.length === 0 ? html`<${Empty} tile=${7} title=${t("handed.none")} why=${t("handed.none_why")} />` : html`<${Cards} board=${b} rows=${found(b.rows, sought.value)} reload=${board.reload} />`)}<//>`;
}

/** @param {any[]} rows @param {string} q */
const found = (rows, q) => (q ? rows.filter((r) => fold(`${r.application.title} ${r.application.code} ${sectorOf(r)}`).includes(fold(q))) : rows);

/** @param {any} row */
const sectorOf = ({ application: { sector } }) => (sector && has(`sector.${sector}`) ? t(`sector.${sector}`) : sector);

/** The shape of the board while it is fetched. */
const Waiting = () => html`<div class="board" aria-busy="true"><span class="vh">${t("state.loading")}</span>${[0, 1, 2, 3].map((i) => html`<div class=${i ? "col" : "col on"} key=${i}><div class="stack s3"><div class="skel m" /><div class="skel h" /><div class="skel h" /></div></div>`)}</div>`;

/** @param {{ board: any, rows: any[], reload: () => any }} props */
function Cards({ board, rows, reload }) {
  /** @param {any} r @param {string} proposal */
  const propose = async (r, proposal) => {
    try { await call("PATCH", `/screenings/${r.id}`, { proposal, rev: r.rev }); say(t("screening.proposed", { title: r.application.title })); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); await reload(); }
  };
  const columns = board.columns.map((/** @type {string} */ c) => ({
    id: c, title: t(`status.screenings.${c}`), folded: c === "set_aside" || c === "settled", fixed: c === "settled",
  }));
  return html`<${Board} label=${t("screening.board")} rows=${rows} columns=${columns} columnOf=${(/** @type {any} */ r) => r.status} name=${(/** @type {any} */ r) => r.application.title}
    move=${async (/** @type {any} */ r, /** @type {string} */ to) => { await call("POST", `/screenings/${r.id}/move`, { to }); await reload(); }}
    more=${(/** @type {any} */ r) => ["admit", "waitlist", "reject"].filter((p) => p !== r.proposal).map((p) => ({ label: t(`screening.propose_${p}`), icon: "flag", act: () => propose(r, p) }))}
    card=${(/** @type {any} */ r) => html`<${Card} row=${r} owner=${board.people[r.owner] ?? ""} />`} />
    <p class="sub sm gap-t">${t("screening.quiet")}</p>`;
}

/** What stands on a card. @param {{ row: any, owner: string }} props */
function Card({ row, owner }) {
  const { application: a, sheets } = row, dot = 1 + Math.max(0, sectors.indexOf(a.sector)) % 5;
  return html`<h3><a href=${`/app/applications/${a.id}`}>${a.title}</a></h3>${a.sector ? html`<p class="s"><i class=${`dot d${dot}`} />${sectorOf(row)}</p>` : null}
    ${sheets.spread >= apart.sheet ? html`<span class="tag w"><${Icon} n="warn" />${t("board.apart", { n: num(sheets.spread, 1) })}</span>` : null}
    ${["needs_info", "ineligible"].includes(a.status) ? html`<span class="tag w"><${Icon} n="chat" />${t(`status.applications.${a.status}`)}</span>` : null}
    ${row.decision ? html`<${Badge} tone=${row.decision === "admitted" ? "ok" : row.decision === "rejected" ? "bad" : "warn"} tag>${t(`status.decisions.${row.decision}`)}<//>` : row.proposal ? html`<span class="tag n"><${Icon} n="flag" />${t(`screening.proposal_${row.proposal}`)}</span>` : null}
    <div class="kcard-f">${sheets.mean === null ? html`<span>${sheets.asked ? t("screening.waiting", { n: sheets.asked }) : t("screening.unjudged")}</span>` : html`<span><${Icon} n="star" s />${t("screening.points", { n: num(sheets.mean, 1) })}</span><span>${num(sheets.done)}/${num(sheets.asked)}</span>`}${row.rank ? html`<span>#${num(row.rank)}</span>` : null}${owner ? html`<span class="vh">${t("screening.owner", { name: owner })}</span><${Avatar} name=${owner} small />` : null}</div>`;
}
