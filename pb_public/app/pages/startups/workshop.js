// @ts-check
// Who came to a workshop, marked at the door with a thumb: one line for a startup, one tap for a mark.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { clock, longDate, num, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Choice, Crumbs, Empty, Frame, Head, Loading, More, Note, Panel, Search, Segments, Status, Stepper } from "../../components/parts.js";

export const title = () => t("workshop.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/workshops/${id}`, { on: ["workshops"] });
  return html`<${Frame} of=${one} loading=${html`<${Head} title=${t("workshop.one")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ w) => html`<${Door} w=${w} after=${one.reload} />`}<//>`;
}

/** @param {{ w: any, after: () => Promise<void> }} props */
function Door({ w, after }) {
  const list = useList(`/workshops/${w.id}/attendances`, { params: { q: "", mark: "" }, on: ["attendances", "enrolments"], limit: 50 }), { ask, dialog } = useAsk();
  const done = (/** @type {string} */ word) => async () => { say(t(word)); await Promise.all([after(), list.reload()]); };
  const hold = async () => { try { await call("POST", `/workshops/${w.id}/hold`, { rev: w.rev }); await done("workshop.held_said")(); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const reopen = () => ask({ title: t("workshop.reopen_go"), why: t("workshop.reopen_why"), act: t("workshop.reopen_go"), fields: [{ name: "reason", as: "area", label: t("report.reason"), required: true, max: 1000 }], send: (v, key) => call("POST", `/workshops/${w.id}/reopen`, { ...v, rev: w.rev }, { key }), done: done("workshop.reopened_said") });
  return html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }, { to: `/app/cohorts/${w.cohort}`, label: pair(w, "cohort") }]} />
    <${Head} title=${pair(w, "title")} sub=${`${longDate(w.starts_at)}, ${clock(w.starts_at)}–${clock(w.ends_at)} · ${w.place || t("workshop.online")}`}><${Status} of="workshops" is=${w.status} />${w.status === "set" && w.begun ? html`<button class="btn" type="button" onClick=${hold}>${t("workshop.hold_go")}</button>` : w.status === "held" ? html`<button class="btn line" type="button" onClick=${reopen}>${t("workshop.reopen_go")}</button>` : null}<//>
    ${w.status === "cancelled" ? html`<${Note} tone="w">${t("workshop.off_because", { reason: w.reason })}<//>` : w.status === "set" && !w.open ? html`<${Note}>${t("workshop.opens_later")}<//>` : null}
    <${Panel} class="gap-t"><div class="row gap-b tools-row"><${Search} list=${list} label=${t("startup.search")} /><${Choice} list=${list} name="mark" label=${t("attendance.mark_of")} options=${[{ value: "", label: t("attendance.all") }, ...["none", "present", "late", "excused", "absent"].map((m) => ({ value: m, label: t(`attendance.mark_${m}`) }))]} /></div>
    <${Frame} of=${list} empty=${html`<${Empty} icon="users" title=${t("attendance.nobody")} />`}>${(/** @type {any[]} */ rows) => html`<ul class="list">${rows.map((r) => html`<${Seat} key=${r.id} w=${w} r=${r} after=${list.reload} />`)}</ul><${More} list=${list} />`}<//><//>${dialog}`;
}

/** One startup at the door. @param {{ w: any, r: any, after: () => Promise<void> }} props */
function Seat({ w, r, after }) {
  const busy = useSignal(false);
  const mark = async (/** @type {string} */ to, /** @type {number} */ came = 0) => {
    busy.value = true;
    try { await call("POST", `/workshops/${w.id}/mark`, { startup: r.id, mark: to, came }); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); } finally { busy.value = false; }
  };
  const here = ["present", "late"].includes(r.mark);
  const said = r.answered ? (r.coming ? t("attendance.said", { n: r.coming }) : t("attendance.said_no")) : t("attendance.unsaid");
  return html`<li aria-busy=${busy.value}><div class="stack s2 grow"><div class="row nowrap sb"><span><a href=${`/app/startups/${r.id}`}><b>${r.name}</b></a><br /><small class="sub">${said}</small></span>${w.open ? null : html`<b class="nb">${r.mark ? `${t(`attendance.mark_${r.mark}`)}${here ? ` · ${t("workshop.people", { n: num(r.came) })}` : ""}` : t("attendance.mark_none")}</b>`}</div>
    ${w.open ? html`<div class="row sb"><${Segments} label=${t("attendance.mark_for", { name: r.name })} value=${r.mark} set=${(/** @type {string} */ to) => mark(to)} options=${["present", "late", "excused", "absent"].map((m) => ({ value: m, label: t(`attendance.mark_${m}`) }))} />${here ? html`<${Stepper} label=${t("attendance.came_of", { name: r.name })} value=${r.came} min=${1} max=${50} set=${(/** @type {number} */ n) => mark(r.mark, n)} />` : null}</div>` : null}</div></li>`;
}
