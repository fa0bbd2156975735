// @ts-check
// What stands between an intake and its release, and what moves after it: what blocks it, decisions made together out of what
// staff propose, the waiting list, offers, and amendments that miss their second person.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { useAsk } from "../../lib/forms.js";
import { date, given, num, pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Frame, Head, Icon, Note, Panel } from "../../components/parts.js";
import { lastDay, Later } from "./parts.js";

export const title = () => t("outcomes.title");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const all = useOne(`/intakes/${id}/outcomes`, { on: ["intakes", "applications", "screenings", "decisions", "offers", "waitlists", "decision_amendments", "appeals"] });
  return html`<${Frame} of=${all}>${(/** @type {any} */ o) => html`<${Desk} o=${o} reload=${all.reload} />`}<//>`;
}

/** @param {{ o: any, reload: () => any }} props */
function Desk({ o, reload }) {
  const { ask, dialog } = useAsk(), told = ["released", "archived"].includes(o.status);
  const enlarge = () => ask({
    title: t("outcomes.enlarge"), why: t("outcomes.enlarge_why"), act: t("outcomes.enlarge"), start: { capacity: o.capacity + 1, reason: "" },
    fields: [{ name: "capacity", label: t("outcomes.places"), as: "amount", required: true }, { name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }],
    send: (v, key) => call("POST", `/intakes/${o.id}/enlarge`, v, { key }), done: async () => { say(t("outcomes.enlarged")); await reload(); },
  });
  return html`<${Crumbs} trail=${[{ to: `/app/intakes/${o.id}`, label: pair(o, "title") }]} />
  <${Head} title=${t("outcomes.title")} sub=${t("outcomes.sub", { taken: num(o.taken), places: num(o.capacity) })}>${o.appeals ? html`<a class="btn line" href="/app/appeals">${t("outcomes.appeals", { n: o.appeals })}</a>` : null}${o.may_decide && !["draft", "archived", "cancelled"].includes(o.status) ? html`<button class="btn line" type="button" onClick=${enlarge}><${Icon} n="plus" />${t("outcomes.enlarge")}</button>` : null}<//>
  <div class="stack">${told ? null : html`<${Blocks} o=${o} />`}
  ${o.amendments.length ? html`<${Panel} title=${t("outcomes.amendments")} class="stack s3"><p class="sub">${t("outcome.amend_two")}</p><ul class="list">${o.amendments.map((/** @type {any} */ m) => html`<li key=${m.id}><span class="grow"><a href=${`/app/applications/${m.application.id}?tab=outcome`}>${m.application.title}</a></span><${Badge} tone="warn">${t(`status.decisions.${m.outcome}`)}<//><span class="muted sm">${m.proposed_by.name}</span></li>`)}</ul><//>` : null}
  ${o.undecided.length ? html`<${Undecided} o=${o} reload=${reload} />` : null}
  ${o.waiting.length ? html`<${Waitlist} o=${o} told=${told} ask=${ask} reload=${reload} />` : null}
  ${o.offers.length ? html`<${Panel} title=${t("outcomes.offers")}><ul class="list">${o.offers.map((/** @type {any} */ x) => html`<li key=${x.id}><span class="grow"><a href=${`/app/applications/${x.application.id}?tab=outcome`}>${x.application.title}</a><br /><small class="muted"><span class="nb">${x.application.code}</span> · ${x.applicant}</small></span><span class="tn sm muted">${t("outcomes.offer_until", { date: lastDay(x.expires_at) })}</span></li>`)}</ul><//>` : null}
  ${told && !o.offers.length && !o.waiting.length && !o.amendments.length ? html`<${Panel}><p class="muted">${t("outcomes.nothing")}</p><//>` : null}</div>${dialog}`;
}

/** What keeps it from its release: how many are undecided, whose list follows, and the rest each a click away. @param {{ o: any }} props */
function Blocks({ o }) {
  const rest = o.blocks.filter((/** @type {any} */ b) => b.kind !== "undecided"), open = o.blocks.length - rest.length;
  return html`<${Panel} title=${t("outcomes.blocks")} side=${html`<${Badge} tone=${o.blocks.length ? "warn" : "ok"}>${o.blocks.length ? num(o.blocks.length) : t("outcomes.clear")}<//>`} class="stack s3">
  ${open ? html`<p>${t("outcomes.open", { n: open })}</p>` : null}
  ${rest.length ? html`<ul class="list">${rest.map((/** @type {any} */ b) => html`<li key=${b.application.id + b.kind}><span class="grow"><a href=${b.to ? `/app/appeals/${b.to}` : `/app/applications/${b.application.id}?tab=outcome`}>${b.application.title}</a></span><${Badge} tone="warn">${t(`outcomes.block_${b.kind}`)}<//></li>`)}</ul>` : null}
  ${o.blocks.length ? null : html`<p class="sub">${t("outcomes.clear_why")}</p>`}<//>`;
}

/** @type {Record<string, string>} */
const verdict = { admit: "admitted", waitlist: "waitlisted", reject: "rejected" };

const many = () => import("./outcomes_many.js").then((m) => m.Many);

/** How many decisions are sent at once. */
const batch = 100;

/** Many decisions at once, each with its own words. @param {{ o: any, reload: () => any }} props */
function Undecided({ o, reload }) {
  const rows = useSignal(/** @type {Record<string, any>} */ ({})), busy = useSignal(false), sure = useSignal(false), refused = useSignal(/** @type {any[]} */ ([]));
  const of = (/** @type {any} */ r) => ({ outcome: verdict[r.proposal] ?? "", rationale: r.note ?? "", feedback: "", on: false, open: false, ...rows.value[r.application.id] });
  const set = (/** @type {any} */ r, /** @type {any} */ more) => { sure.value = false; rows.value = { ...rows.value, [r.application.id]: { ...of(r), ...more } }; };
  const chosen = o.undecided.filter((/** @type {any} */ r) => of(r).on), can = o.may_decide && o.status === "deciding";
  const lacking = (/** @type {any} */ v) => !v.outcome || !v.rationale.trim() || (v.outcome === "rejected" && !v.feedback.trim());
  const lacks = chosen.filter((/** @type {any} */ r) => lacking(of(r))).length;
  const change = (/** @type {(r: any, v: any) => any} */ how) => { // of every row at once; how answers with what becomes other, or nothing
    sure.value = false;
    rows.value = Object.fromEntries(o.undecided.map((/** @type {any} */ r) => [r.application.id, { ...of(r), ...how(r, of(r)) }]));
  };
  const send = async () => {
    if (!sure.value) { sure.value = true; return; }
    busy.value = true;
    try {
      const left = chosen.map((/** @type {any} */ r) => { const { outcome, rationale, feedback } = of(r); return { application: r.application.id, outcome, rationale, feedback }; }), no = /** @type {any[]} */ ([]);
      let made = 0;
      while (left.length) {
        const answer = await call("POST", `/intakes/${o.id}/decide`, { verdicts: left.splice(0, batch) });
        made += answer.decided;
        no.push(...answer.refused);
      }
      refused.value = no;
      say(t("outcomes.decided", { n: made }), { bad: no.length > 0 });
      rows.value = {};
      sure.value = false;
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
    busy.value = false;
    await reload();
  };
  return html`<${Panel} title=${t("outcomes.undecided")} side=${html`<span class="tag">${num(o.undecided.length)}</span>`} class="stack s3">
    <p class="sub">${t(can ? "outcomes.undecided_why" : "outcomes.undecided_not")}</p>
    ${refused.value.length ? html`<${Note} tone="r"><b>${t("outcomes.refused")}</b><ul>${refused.value.map((/** @type {any} */ x) => html`<li key=${x.application}>${o.undecided.find((/** @type {any} */ r) => r.application.id === x.application)?.application.title ?? x.application}: ${why(x.code)}</li>`)}</ul><//>` : null}
    ${can && o.undecided.length > 1 ? html`<${Later} load=${many} rows=${o.undecided} of=${of} change=${change} />` : null}
    <ul class="stack s3">${o.undecided.map((/** @type {any} */ r) => { const v = of(r), at = `o-${r.application.id}`; return html`<li class="crit" key=${r.application.id}><div class="stack s2">
      ${can ? html`<label class="check"><input type="checkbox" checked=${v.on} onChange=${(/** @type {any} */ e) => set(r, { on: e.currentTarget.checked, open: e.currentTarget.checked })} /><span><b>${r.application.title}</b> <small class="muted"><span class="nb">${r.application.code}</span> · ${r.applicant}</small></span></label>` : html`<span><b>${r.application.title}</b> <small class="muted"><span class="nb">${r.application.code}</span> · ${r.applicant}</small></span>`}
      <div class="row"><span class="tn muted sm">${t("stage.have", { done: num(r.sheets.done), of: num(r.sheets.asked) })}${r.sheets.mean === null ? "" : ` · ${t("screening.points", { n: num(r.sheets.mean, 1) })}`}</span>${r.proposal ? html`<${Badge} tone="idle">${t(`screening.proposal_${r.proposal}`)}<//>` : null}<span class="sm"><a href=${`/app/applications/${r.application.id}`}>${t("outcomes.read")}<span class="vh"> ${r.application.title}</span></a></span></div></div>
      ${v.on && !v.open ? html`<div class="row"><${Badge} tone=${v.outcome === "admitted" ? "ok" : v.outcome === "rejected" ? "bad" : "warn"} tag>${t(v.outcome ? `status.decisions.${v.outcome}` : "outcomes.choose")}<//>${lacking(v) ? html`<${Badge} tone="warn">${t("outcomes.lacks_words")}<//>` : html`<span class="sub sm">${v.rationale}</span>`}<button class="btn ghost sm" type="button" aria-label=${t("outcomes.edit", { title: r.application.title })} onClick=${() => set(r, { open: true })}><${Icon} n="edit" s />${t("outcomes.edit_do")}</button></div>` : null}
      ${v.on && v.open ? html`<div class="stack s3"><div class="seg" role="group" aria-label=${t("decide.outcome")}>${Object.values(verdict).map((x) => html`<button class="segb" type="button" key=${x} aria-pressed=${v.outcome === x} onClick=${() => set(r, { outcome: x })}>${t(`status.decisions.${x}`)}</button>`)}</div>
        <div class="field"><label for=${`${at}-r`}>${t("decide.rationale")}</label><textarea id=${`${at}-r`} rows="2" value=${v.rationale} onInput=${(/** @type {any} */ e) => set(r, { rationale: e.currentTarget.value })} /></div>
        <div class="field"><label for=${`${at}-f`}>${t("decide.feedback")}</label><textarea id=${`${at}-f`} rows="2" value=${v.feedback} onInput=${(/** @type {any} */ e) => set(r, { feedback: e.currentTarget.value })} /></div></div>` : null}</li>`; })}</ul>
    ${can ? html`${lacks ? html`<p class="sub">${t("outcomes.lacks", { n: lacks })}</p>` : null}${sure.value ? html`<div role="alert"><${Note} tone="w">${t("outcomes.sure", { n: chosen.length })}<//></div>` : null}
      <p><button class="btn" type="button" disabled=${busy.value || !chosen.length || lacks > 0} onClick=${send}>${sure.value ? t("decide.do_sure") : chosen.length ? t("outcomes.decide", { n: chosen.length }) : t("outcomes.choose")}</button></p>` : null}<//>`;
}

/** Why one was refused. @param {string} code */
const why = (code) => ({ "intake.full": t("intake.full"), "decision.no_feedback": t("decision.no_feedback"), "decision.no_rationale": t("decision.no_rationale"), "decision.exists": t("decision.exists"), "decision.not_now": t("decision.not_now"), "application.own": t("application.own") }[code] ?? t("outcomes.refused_other"));

/** @param {{ o: any, told: boolean, ask: (q: import("../../lib/forms.js").Question) => void, reload: () => any }} props */
function Waitlist({ o, told, ask, reload }) {
  const order = useSignal(/** @type {string[] | null} */ (null)), ids = o.waiting.map((/** @type {any} */ w) => w.application.id);
  const shown = /** @type {string[]} */ (order.value && order.value.length === ids.length && order.value.every((x) => ids.includes(x)) ? order.value : ids), moved = shown.some((x, n) => x !== ids[n]);
  const row = (/** @type {string} */ id) => o.waiting.find((/** @type {any} */ w) => w.application.id === id);
  const shift = (/** @type {number} */ n, /** @type {number} */ by) => { const next = [...shown], [x] = next.splice(n, 1); next.splice(n + by, 0, x ?? ""); order.value = next; };
  const keep = async (/** @type {string} */ reason, /** @type {string[]} */ to, /** @type {string | undefined} */ key) => {
    const answer = await call("POST", `/intakes/${o.id}/waitlist`, { order: to, reason }, key ? { key } : {});
    say(t(answer.done ? "outcomes.reordered" : "outcomes.wished"));
    order.value = null;
    await reload();
    return answer;
  };
  const save = () => (told ? ask({ title: t("outcomes.reorder"), why: t("outcomes.reorder_two"), act: t("outcomes.reorder"), fields: [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }], send: (v, key) => keep(v["reason"], shown, key) })
    : keep("", shown, undefined).catch((e) => say(asRefusal(e).message, { bad: true })));
  const second = () => keep(o.wish.reason, o.wish.order, undefined).catch((/** @type {unknown} */ e) => say(asRefusal(e).message, { bad: true }));
  const promote = async () => {
    try { await call("POST", `/applications/${ids[0]}/promote`); say(t("dossier.promote_done")); } catch (e) { say(asRefusal(e).message, { bad: true }); }
    await reload();
  };
  return html`<${Panel} title=${t("outcomes.waitlist")} side=${html`<span class="tag">${t(o.waitlist_auto ? "outcomes.auto" : "outcomes.by_hand")}</span>`} class="stack s3">
    <p class="sub">${t(told ? "outcomes.waitlist_told" : "outcomes.waitlist_why")} ${given(o.waitlist_until) ? t("outcomes.waits_until", { date: date(o.waitlist_until) }) : ""}</p>
    ${o.wish ? html`<${Note} tone="w"><p>${t("outcomes.wish", { name: o.wish.by.name })} ${o.wish.reason}</p><ol class="list">${o.wish.order.map((/** @type {string} */ x) => html`<li key=${x}>${row(x)?.application.title}</li>`)}</ol>${o.wish.mine || !o.may_decide ? null : html`<p><button class="btn" type="button" onClick=${second}>${t("outcomes.second")}</button></p>`}<//>` : null}
    <ol class="list">${shown.map((x, n) => html`<li key=${x}><b class="tn">${n + 1}</b><span class="grow"><a href=${`/app/applications/${x}?tab=outcome`}>${row(x)?.application.title}</a><br /><small class="muted"><span class="nb">${row(x)?.application.code}</span> · ${row(x)?.applicant}</small></span>
      ${o.may_decide ? html`<button class="btn ghost icon" type="button" disabled=${n === 0} aria-label=${t("outcomes.up", { title: row(x)?.application.title })} onClick=${() => shift(n, -1)}><${Icon} n="up" /></button><button class="btn ghost icon" type="button" disabled=${n === shown.length - 1} aria-label=${t("outcomes.down", { title: row(x)?.application.title })} onClick=${() => shift(n, 1)}><${Icon} n="down" /></button>` : null}</li>`)}</ol>
    <p class="row">${moved ? html`<button class="btn" type="button" onClick=${save}>${t("outcomes.reorder")}</button><button class="btn line" type="button" onClick=${() => { order.value = null; }}>${t("state.cancel")}</button>` : told && o.may_decide && o.taken < o.capacity ? html`<button class="btn" type="button" onClick=${promote}>${t("outcomes.promote")}</button>` : null}</p><//>`;
}
