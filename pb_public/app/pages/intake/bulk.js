// @ts-check
// The bar under the cards that are ticked: one thing is done to all of them, a batch at a time, with a way back.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call, get } from "../../lib/api.js";
import { has, num, t } from "../../lib/words.js";
import { Dialog, Menu, useAsk } from "../../lib/forms.js";
import { Icon } from "../../components/parts.js";
import { fromField } from "./parts.js";

const batch = 100;

/**
 * @param {{ intake: any, chosen: string[], all: boolean, total: number, filter: string, columns?: string[], choose: (ids: string[], all?: boolean) => unknown, reload: () => any }} props
 *   all: not the cards that are chosen but all that the filter finds; total: how many those are
 */
export function Bulk({ intake, chosen, all, total, filter, columns = [], choose, reload }) {
  const done = useSignal(-1), refused = useSignal(/** @type {any[] | null} */ (null));
  const { ask, dialog } = useAsk();
  const n = all ? total : chosen.length;
  /** @param {Record<string, any>} act */
  async function run(act) {
    const left = [...chosen], no = /** @type {any[]} */ ([]);
    let made = 0, id = "", after = "";
    done.value = 0;
    try {
      do {
        const part = left.splice(0, batch);
        const answer = await call("POST", `/intakes/${intake.id}/bulk`, { ...act, batch: id, ...(all ? { filter, after } : { cards: part }) });
        made += answer.done;
        no.push(...answer.refused);
        id = answer.undo ? answer.batch : id;
        after = answer.next;
        done.value = made + no.length;
      } while (all ? after : left.length);
      say(t("bulk.done", { n: made }), id ? { undo: () => undo(id) } : {});
      choose([]);
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
    done.value = -1;
    refused.value = no.length ? no : null;
    await reload();
  }
  /** @param {string} id */
  async function undo(id) {
    const no = /** @type {any[]} */ ([]);
    let made = 0, next = "";
    try {
      do {
        const answer = await call("POST", `/bulk/${id}/undo`);
        made += answer.done;
        no.push(...answer.refused);
        next = answer.next;
      } while (next);
      say(t("bulk.undid", { n: made }));
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
    refused.value = no.length ? no : null;
    await reload();
  }
  const owner = async () => {
    const { rows } = await get(`/intakes/${intake.id}/staff`).catch(() => ({ rows: [] }));
    ask({
      title: t("bulk.owner"), act: t("bulk.owner_do", { n }), start: { owner: "me" }, send: async (v) => v, done: (v) => { run({ act: "owner", owner: v.owner === "none" ? "" : v.owner }); },
      fields: [{ name: "owner", as: "select", label: t("sift.owner"), required: true, options: [{ value: "me", label: t("sift.me") }, { value: "none", label: t("sift.none") }, ...rows.map((/** @type {any} */ p) => ({ value: p.id, label: p.name }))] }],
    });
  };
  const question = () => ask({
    title: t("bulk.ask"), why: t("bulk.ask_why", { n }), act: t("bulk.ask_do", { n }), start: { question: "", answer_by: "" }, send: async (v) => v,
    done: (v) => { run({ act: "ask", question: v.question, answer_by: fromField(v.answer_by) || undefined }); },
    fields: [{ name: "question", as: "area", rows: 4, label: t("bulk.question"), required: true }, { name: "answer_by", type: "datetime-local", label: t("bulk.answer_by"), required: true }],
  });
  const judges = async () => {
    const { rows } = await get(`/intakes/${intake.id}/judges`).catch(() => ({ rows: [] }));
    ask({
      title: t("handed.assign"), act: t("handed.assign_n", { n }), start: { judge: "" }, send: async (v) => v, done: (v) => { if (v.judge) run({ act: "assign", judges: [v.judge] }); },
      fields: [{ name: "judge", as: "select", label: t("bulk.judge"), required: true, options: rows.map((/** @type {any} */ j) => ({ value: j.id, label: j.name })) }],
    });
  };
  const menu = (/** @type {string} */ label, /** @type {string} */ icon, /** @type {any[]} */ items) => html`<${Menu} label=${label} title=${label} class="btn line sm" items=${items}><${Icon} n=${icon} s />${label}<//>`;
  return html`${n ? html`<div class="bulkbar" role="region" aria-label=${t("bulk.bar")}><b role="status">${done.value >= 0 ? t("bulk.running", { n: num(done.value), of: num(n) }) : t("bulk.chosen", { n })}</b>
    ${done.value >= 0 ? html`<progress max=${n} value=${done.value} aria-label=${t("bulk.bar")} />` : html`${all || !total || chosen.length >= total ? null : html`<button class="btn ghost sm" type="button" onClick=${() => choose([], true)}>${t("bulk.all", { n: total })}</button>`}
    ${columns.length ? menu(t("board.move_to"), "right", columns.map((c) => ({ label: t(`status.screenings.${c}`), act: () => run({ act: "move", to: c }) }))) : null}
    <button class="btn line sm" type="button" onClick=${owner}><${Icon} n="user" s />${t("sift.owner")}</button>
    ${menu(t("sift.proposal"), "flag", [...["admit", "waitlist", "reject"].map((p) => ({ label: t(`screening.proposal_${p}`), act: () => run({ act: "proposal", proposal: p }) })), { label: t("sift.none"), act: () => run({ act: "proposal", proposal: "" }) }])}
    <button class="btn line sm" type="button" onClick=${question}><${Icon} n="chat" s />${t("bulk.ask")}</button>
    <button class="btn line sm" type="button" onClick=${judges}><${Icon} n="scale" s />${t("handed.assign")}</button>
    <button class="btn ghost sm" type="button" onClick=${() => choose([])}>${t("bulk.clear")}</button>`}</div>` : null}${dialog}
  ${refused.value ? html`<${Dialog} title=${t("bulk.refused", { n: refused.value.length })} close=${() => { refused.value = null; }}><ul class="list" tabindex="0">${refused.value.slice(0, 100).map((r) => html`<li key=${r.card}><span class="grow"><b>${r.title || r.card}</b><small>${has(r.code) ? t(r.code) : t(refusals.find((c) => c === r.code) ?? "bulk.refused_else")}</small></span></li>`)}</ul><//>` : null}`;
}

/** Why a card is left as it was: codes of the server that have words. */
const refusals = ["application.answer_by", "application.no_question", "application.not_handed_in", "application.own", "assignment.conflict", "assignment.exists", "assignment.not_judge", "bulk.moved_since", "decision.exists", "lifecycle.not_now", "record.not_found", "record.stale", "round.not_assigning", "screening.column"];
