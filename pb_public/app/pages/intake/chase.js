// @ts-check
// What an intake waits for, and for whom: find, tick, remind once a day, take away as a table, or write to somebody in Zalo.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call as send, newKey } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { date, moment, num, pair, relative, t } from "../../lib/words.js";
import { Badge, Choice, Empty, Head, Icon, Table } from "../../components/parts.js";
import { Later } from "./parts.js";

const views = () => import("../../components/views.js").then((m) => m.Views);

export const title = () => t("chase.title");

const kinds = ["draft", "answer", "sheets", "offer", "interview", "undecided"];

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes"] });
  const list = useList(`/intakes/${id}/chase`, { params: { q: "", kind: "" }, on: ["applications", "assignments", "decisions", "interviews", "offers", "rounds"] });
  const chosen = useSignal(/** @type {string[]} */ ([])), busy = useSignal(false);
  const c = intake.data.value, rows = list.rows.value, able = rows.filter((r) => !r.nudged), marked = able.filter((r) => chosen.value.includes(r.id));
  const counts = /** @type {Record<string, number>} */ (list.answer.value?.counts ?? {}), every = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const filters = list.filters.value, query = new URLSearchParams(Object.entries(filters).filter(([, v]) => v)).toString();
  const open = (/** @type {string} */ text) => list.set({ q: "", kind: "", ...Object.fromEntries(new URLSearchParams(text)) });
  /** Reminds, kind by kind and a hundred at a time. @param {any[]} some */
  async function nudge(some) {
    const sum = { nudged: 0, heard: 0, refused: 0 };
    let why = "";
    busy.value = true;
    try {
      for (const kind of kinds) {
        const ids = some.filter((r) => r.kind === kind).map((r) => r.id);
        while (ids.length) {
          const answer = await send("POST", `/intakes/${id}/nudge`, { kind, ids: ids.splice(0, 100) }, { key: newKey() });
          sum.nudged += answer.nudged;
          sum.heard += answer.heard;
          sum.refused += answer.refused.length;
          why ||= answer.refused[0]?.code ?? "";
        }
      }
      say([sum.nudged || !sum.heard && !sum.refused ? t("chase.nudged_n", { n: sum.nudged }) : "", sum.heard ? t("chase.heard", { n: sum.heard }) : "", sum.refused ? t("chase.refused", { n: sum.refused }) : "", why === "chase.over" ? t("chase.over") : why === "chase.nobody" ? t("chase.nobody") : ""].filter(Boolean).join(" · "), { bad: sum.nudged === 0 });
      chosen.value = [];
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
    busy.value = false;
    await list.reload();
  }
  const mark = (/** @type {string} */ one, /** @type {boolean} */ on) => { chosen.value = on ? [...chosen.value, one] : chosen.value.filter((x) => x !== one); };
  const copy = (/** @type {any} */ r) => navigator.clipboard.writeText(words(r, c)).then(() => say(t("zalo.copied")), () => say(t("zalo.not_copied"), { bad: true }));
  return html`<nav class="crumbs" aria-label=${t("page.crumbs")}><a href="/app/intakes">${t("menu.intakes")}</a><${Icon} n="chev" s /><a href=${`/app/intakes/${id}`}>${c ? pair(c, "title") : t("intake.one")}</a></nav>
  <${Head} title=${t("chase.title")} sub=${t("chase.sub")}><a class="btn line" href=${`/app/intakes/${id}/board`}><${Icon} n="board" />${t("desk.board")}</a>
    <button class="btn" type="button" disabled=${marked.length === 0 || busy.value} onClick=${() => nudge(marked)}><${Icon} n="bell" />${marked.length ? t("chase.nudge_n", { n: marked.length }) : t("chase.nudge")}</button><//>
  <${Table} list=${list} label=${t("chase.title")} search=${t("chase.search")} csv=${`${c?.slug ?? "intake"}-chase.csv`}
    filters=${html`<${Choice} list=${list} name="kind" label=${t("chase.what")} options=${[{ value: "", label: t("chase.all_kinds", { n: num(every) }) }, ...kinds.map((kind) => ({ value: kind, label: t("chase.kind_n", { kind: t(`chase.kind_${kind}`), n: num(counts[kind] ?? 0) }) }))]} />
      ${c ? html`<${Later} load=${views} page=${`/intakes/${c.id}/chase`} query=${query} open=${open} sharable />` : null}
      ${able.length ? html`<label class="check"><input type="checkbox" checked=${marked.length === able.length} onChange=${(/** @type {any} */ e) => { chosen.value = e.currentTarget.checked ? able.map((r) => r.id) : []; }} />${t("chase.all")}</label>` : null}`}
    empty=${html`<${Empty} icon="leaf" title=${t("chase.none")} why=${t("chase.none_why")} />`}
    columns=${/** @type {import("../../components/parts.js").Column[]} */ ([
      { title: t("chase.who"), cell: (r) => html`<span class="row nowrap">${r.nudged ? null : html`<label class="check"><input type="checkbox" aria-label=${t("chase.mark", { what: `${who(r)} ${r.code}` })} checked=${chosen.value.includes(r.id)} onChange=${(/** @type {any} */ e) => mark(r.id, e.currentTarget.checked)} /></label>`}<span>${who(r)}<br /><small class="muted fw4">${about(r)}</small></span></span>` },
      { title: t("chase.what"), cell: (r) => html`${t(`chase.kind_${r.kind}`)}${r.kind === "sheets" ? html` <small class="muted">${t("chase.sheets", { n: r.n })}</small>` : null}` },
      { title: t("chase.due"), cell: (r) => (r.due ? html`<span class="tn">${at(r.due)}</span> <small class="muted">${relative(r.due)}</small>` : html`<span class="muted">–</span>`) },
      { title: "", full: true, cell: (r) => html`<span class="row nowrap">${r.nudged ? html`<${Badge} tone="ok">${t("chase.nudged")}<//>` : html`<button class="btn ghost sm" type="button" disabled=${busy.value} onClick=${() => nudge([r])}>${t("chase.nudge")}</button>`}<button class="btn ghost sm" type="button" onClick=${() => copy(r)}>${t("zalo.copy")}</button></span>` },
    ])} />`;
}

/** @param {any} r */
const who = (r) => r.who || t("chase.managers");

/** A day, or an instant. @param {string} due */
const at = (due) => (due.length > 10 ? moment(due) : date(due));

/** What the row is about. Nobody but whoever writes a draft knows what stands in it. @param {any} r */
function about(r) {
  if (r.kind === "sheets") return html`<a href=${`/app/rounds/${r.id.split(":")[0]}`}>${pair(r, "title")}</a>`;
  return r.kind === "draft" ? r.code : html`<a href=${`/app/applications/${r.application}`}>${pair(r, "title") || r.code}</a> · ${r.code}`;
}

/** The notice as text for a chat: what it says, and where it leads. @param {any} r @param {any} intake */
function words(r, intake) {
  const slots = { title: intake ? pair(intake, "title") : "", receipt: r.code, until: r.due ? at(r.due) : "", at: r.due ? at(r.due) : "", n: num(r.n) };
  const [head, body] = r.kind === "sheets" ? [t("notice.sheets_nudged.title"), t("notice.sheets_nudged.body", slots)] : [t(`notice.chase_${r.kind}.title`, slots), t(`notice.chase_${r.kind}.body`, slots)];
  const link = r.kind === "sheets" ? "/app/judging" : r.kind === "undecided" ? `/app/intakes/${intake?.id ?? ""}/chase?kind=undecided` : `/app/applications/${r.application}`;
  return [head, body, location.origin + link].join("\n\n");
}
