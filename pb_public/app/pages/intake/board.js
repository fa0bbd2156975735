// @ts-check
// The board of the staff: one card for each application that was handed in. Moving a card tells nobody outside anything. What
// is looked for stands in the address; of each column the first cards are fetched, and more when they are wanted.
import { html, say, useEffect, useMemo, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, get } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { has, num, pair, t } from "../../lib/words.js";
import { Board } from "../../components/board.js";
import { Avatar, Badge, Empty, Frame, Head, Icon } from "../../components/parts.js";
import { apart, Later, useLate } from "./parts.js";

export const title = () => t("screening.board");

/** The sectors in the order of their dots. */
const sectors = ["agriculture", "manufacturing", "logistics", "energy", "education", "health", "safety", "circular", "software", "services"];
const orders = ["rank", "mean", "newest"], page = 30;

const views = () => import("../../components/views.js").then((m) => m.Views);
const bulk = () => import("./bulk.js").then((m) => m.Bulk);
const chips = () => import("./sift.js").then((m) => (/** @type {any} */ { query, intake, people, set }) => html`<div class="row chips">${Object.entries(query).filter(([name, value]) => value && !["q", "order"].includes(name)).map(([name, value]) => html`<button key=${name} class="chip on" type="button" aria-label=${t("sift.drop", { what: m.sifted(name, value, intake, people) })} onClick=${() => set({ [name]: "" })}>${m.sifted(name, value, intake, people)}<${Icon} n="x" s /></button>`)}</div>`);

/** @param {string} text of an address @returns {Record<string, string>} */
const asked = (text) => Object.fromEntries(new URLSearchParams(text));

/** @param {Record<string, string>} query */
const written = (query) => new URLSearchParams(Object.entries(query).filter(([, v]) => v)).toString();

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes"] });
  const query = useSignal(asked(location.search)), chosen = useSignal(/** @type {string[]} */ ([])), all = useSignal(false);
  const shown = useMemo(() => /** @type {Record<string, number>} */ ({}), [id]); // how many cards of a column somebody has unfolded
  const board = useOne(`/intakes/${id}/board`, {
    on: ["applications", "assignments", "decisions", "score_sheets", "screenings"],
    via: async () => {
      const answer = await get(`/intakes/${id}/board`, query.peek());
      for (const [column, want] of Object.entries(shown)) {
        let n = answer.rows.filter((/** @type {any} */ r) => r.status === column).length;
        while (answer.next[column] && n < want) {
          const more = await get(`/intakes/${id}/board/${column}`, { ...query.peek(), limit: 100, after: answer.next[column] });
          answer.rows.push(...more.rows);
          Object.assign(answer.people, more.people);
          answer.next[column] = more.next;
          n += more.rows.length;
        }
      }
      return answer;
    },
  });
  const call_ = intake.data.value, b = board.data.value, now = query.value;
  const sift = useLate(() => import("./sift.js").then((m) => m.Sift));
  const total = b ? Object.values(/** @type {Record<string, number>} */ (b.totals)).reduce((sum, n) => sum + n, 0) : 0;
  const sifting = Object.entries(now).filter(([name, value]) => value && name !== "order").length;
  /** @param {Record<string, string>} change */
  const set = (change) => { open(written({ ...query.value, ...change })); };
  /** @param {string} text */
  const open = (text) => {
    query.value = asked(text);
    for (const column of Object.keys(shown)) delete shown[column];
    chosen.value = [];
    all.value = false;
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : ""));
    return board.reload();
  };
  const choose = (/** @type {string[]} */ ids, every = false) => { chosen.value = ids; all.value = every; };
  const more = (/** @type {string} */ column) => { shown[column] = (b?.rows.filter((/** @type {any} */ r) => r.status === column).length ?? page) + page; return board.reload(); };
  const people = b?.people ?? {};
  return html`<nav class="crumbs" aria-label=${t("page.crumbs")}><a href="/app/intakes">${t("menu.intakes")}</a><${Icon} n="chev" s /><a href=${`/app/intakes/${id}`}>${call_ ? pair(call_, "title") : t("intake.one")}</a></nav>
  <${Head} title=${t("screening.board")} sub=${b ? t("screening.sub", { n: total, taken: num(b.taken), capacity: num(b.capacity) }) : undefined}>
    <a class="btn line" href=${`/app/intakes/${id}/applications`}><${Icon} n="file" />${t("handed.title")}</a><a class="btn line" href=${`/app/intakes/${id}/chase`}><${Icon} n="clock" />${t("chase.title")}</a><//>
  <div class="row gap-b tools-row"><${Seek} value=${now["q"] ?? ""} set=${(/** @type {string} */ q) => set({ q })} />
    <select class="auto" aria-label=${t("board.order")} onChange=${(/** @type {any} */ e) => set({ order: e.currentTarget.value === "rank" ? "" : e.currentTarget.value })}>${orders.map((o) => html`<option value=${o} selected=${(now["order"] || "rank") === o}>${t(`board.by_${o}`)}</option>`)}</select>
    <button class="btn line" type="button" aria-pressed=${now["owner"] === "me"} onClick=${() => set({ owner: now["owner"] === "me" ? "" : "me" })}><${Icon} n="user" />${t("board.mine")}</button>
    <button class="btn line" type="button" disabled=${!call_} onClick=${() => sift.show({ intake: call_, query: now, set })}><${Icon} n="filter" />${t("sift.title")}</button>
    ${call_ ? html`<${Seen} page=${`/intakes/${call_.id}/board`} query=${written(now)} open=${open} />` : null}</div>
  ${sifting > (now["q"] ? 1 : 0) ? html`<${Later} load=${chips} query=${now} intake=${call_} people=${people} set=${set} />` : null}
  <${Frame} of=${board} loading=${html`<${Waiting} />`}>${(/** @type {any} */ data) => (total === 0 ? (sifting ? html`<${Empty} icon="filter" title=${t("state.filtered")} why=${t("state.filtered_why")}><button class="btn line" type="button" onClick=${() => open("")}>${t("state.clear")}</button><//>` : html`<${Empty} tile=${7} title=${t("handed.none")} why=${t("handed.none_why")} />`)
    : html`<${Cards} board=${data} reload=${board.reload} more=${more} chosen=${chosen.value} choose=${choose} />`)}<//>
  ${call_ && b && (chosen.value.length || all.value) ? html`<${Later} load=${bulk} intake=${call_} chosen=${chosen.value} all=${all.value} total=${total - (b.totals.settled ?? 0)} filter=${written(now)} columns=${b.columns.filter((/** @type {string} */ c) => c !== "settled")} choose=${choose} reload=${board.reload} />` : null}${sift.dialog}`;
}

/**
 * The saved views. Their module comes when somebody wants them; the one that the page opens with is asked for at once.
 * @param {{ page: string, query: string, open: (text: string) => unknown }} props
 */
function Seen({ page: at, query, open }) {
  const wanted = useSignal(false);
  useEffect(() => {
    if (!location.search) get("/views", { page: at }).then(({ rows }) => { const own = rows.find((/** @type {any} */ v) => v.standing); if (own && !location.search) open(own.query); }, () => {});
  }, [at]);
  return wanted.value ? html`<${Later} load=${views} page=${at} query=${query} open=${open} sharable eager />` : html`<button class="btn line" type="button" aria-haspopup="menu" onClick=${() => { wanted.value = true; }}><${Icon} n="eye" />${t("view.menu")}</button>`;
}

/** Searches a moment after the last letter. @param {{ value: string, set: (q: string) => unknown }} props */
function Seek({ value, set }) {
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useEffect(() => () => clearTimeout(timer.current), []);
  const typed = (/** @type {any} */ e) => { const q = e.currentTarget.value; clearTimeout(timer.current); timer.current = setTimeout(() => set(q), 250); };
  return html`<div class="search" role="search"><${Icon} n="search" s /><input type="search" aria-label=${t("handed.search")} placeholder=${t("handed.search")} value=${value} onInput=${typed} /></div>`;
}

/** @param {any} row */
const sectorOf = ({ application: { sector } }) => (sector && has(`sector.${sector}`) ? t(`sector.${sector}`) : sector);

/** The shape of the board while it is fetched. */
const Waiting = () => html`<div class="board" aria-busy="true"><span class="vh">${t("state.loading")}</span>${[0, 1, 2, 3].map((i) => html`<div class=${i ? "col" : "col on"} key=${i}><div class="stack s3"><div class="skel m" /><div class="skel h" /><div class="skel h" /></div></div>`)}</div>`;

/** @param {{ board: any, reload: () => any, more: (column: string) => any, chosen: string[], choose: (ids: string[]) => unknown }} props */
function Cards({ board, reload, more, chosen, choose }) {
  /** @param {any} r @param {string} proposal */
  const propose = async (r, proposal) => {
    try { await call("PATCH", `/screenings/${r.id}`, { proposal, rev: r.rev }); say(t("screening.proposed", { title: r.application.title })); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); await reload(); }
  };
  const columns = board.columns.map((/** @type {string} */ c) => ({
    id: c, title: t(`status.screenings.${c}`), folded: c === "set_aside" || c === "settled", fixed: c === "settled", total: board.totals[c] ?? 0, more: board.next[c] ? () => more(c) : undefined,
  }));
  return html`<${Board} label=${t("screening.board")} rows=${board.rows} columns=${columns} columnOf=${(/** @type {any} */ r) => r.status} name=${(/** @type {any} */ r) => r.application.title}
    chosen=${chosen} choose=${(/** @type {string} */ one, /** @type {boolean} */ on) => choose(on ? [...chosen, one] : chosen.filter((x) => x !== one))}
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
    <div class="kcard-f">${sheets.mean === null ? html`<span>${sheets.asked ? t("screening.waiting", { n: sheets.asked }) : t("screening.unjudged")}</span>` : html`<span role="img" aria-label=${t("screening.points", { n: num(sheets.mean, 1) })}><${Icon} n="star" s />${num(sheets.mean, 1)}</span><span>${num(sheets.done)}/${num(sheets.asked)}</span>`}${row.rank ? html`<span>#${num(row.rank)}</span>` : null}${owner ? html`<span class="vh">${t("screening.owner", { name: owner })}</span><${Avatar} name=${owner} small />` : null}</div>`;
}
