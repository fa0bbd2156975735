// @ts-check
// One round for its staff: the panel and what each judge took, who is to judge what, what comes in, and who goes on.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call, newKey } from "../../lib/api.js";
import { useAsk } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { given, moment, num, pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Empty, Figure, Frame, Head, Icon, Note, Panel, Status } from "../../components/parts.js";
import { apart, fromField, useLate } from "./parts.js";

export const title = () => t("stage.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/rounds/${id}`, { on: ["rounds", "judge_commitments", "assignments", "score_sheets"] });
  return html`<${Frame} of=${one}>${(/** @type {any} */ r) => html`<${Round} r=${r} reload=${one.reload} />`}<//>`;
}

/** @param {{ r: any, reload: () => any }} props */
function Round({ r, reload }) {
  const { ask, dialog } = useAsk(), busy = useSignal(false), list = `/app/intakes/${r.owner}/rounds`;
  const terms = useLate(() => import("./round_terms.js").then((m) => m.Terms)), invite = useLate(() => import("./round_invite.js").then((m) => m.Invite));
  /** @param {string} verb @param {any} body @param {(answer: any) => string} told */
  const act = async (verb, body, told) => {
    if (busy.value) return;
    busy.value = true;
    try { say(told(await call("POST", `/rounds/${r.id}/${verb}`, body, { key: newKey() }))); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); } finally { busy.value = false; }
  };
  const is = r.status, before = ["configured", "assigning", "assigned"].includes(is), runs = ["open", "grace"].includes(is);
  const reopen = () => ask({
    title: t("gate.round_reopen"), why: t("gate.round_reopen_why"), act: t("gate.round_reopen"), start: { closes_at: "", reason: "" },
    fields: [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }, { name: "closes_at", label: t("gate.round_until"), type: "datetime-local" }],
    send: ({ closes_at, reason }, key) => call("POST", `/rounds/${r.id}/reopen`, { reason, ...(closes_at ? { closes_at: fromField(closes_at) } : {}) }, { key }),
    done: async (a) => { say(t(a.reopened ? "gate.round_reopened" : "gate.round_wished")); await reload(); },
  });
  const done = r.entries.reduce((/** @type {number} */ n, /** @type {any} */ e) => n + e.done, 0), want = r.entries.length * r.per_subject, covered = r.entries.filter((/** @type {any} */ e) => e.done >= r.per_subject).length;
  const sub = [t("stage.each", { n: r.per_subject }), r.blind ? t("stage.blind") : "", given(r.closes_at) ? t("gate.round_closes", { at: moment(r.closes_at) }) : "", given(r.grace_until) ? t("stage.grace_until", { at: moment(r.grace_until) }) : ""].filter(Boolean).join(" · ");
  return html`<${Crumbs} trail=${[{ to: `/app/intakes/${r.owner}`, label: t("intake.one") }, { to: list, label: t("stage.title") }]} />
  <${Head} title=${pair(r, "title")} sub=${sub}><${Status} of="rounds" is=${is} tag />
    <button class="btn line" type="button" onClick=${() => terms.show({ path: `/rounds/${r.id}`, method: "PATCH", round: r, done: reload })}><${Icon} n="edit" />${t("stage.edit")}</button>
    ${["configured", "assigned"].includes(is) ? html`<button class="btn" type="button" disabled=${busy.value} onClick=${() => act("open", {}, () => t("gate.round_opened"))}>${t("gate.round_open")}</button>` : null}
    ${is === "open" && r.grace_min ? html`<button class="btn line" type="button" disabled=${busy.value} onClick=${() => act("grace", {}, () => t("stage.waits"))}>${t("stage.wait")}</button>` : null}
    ${runs ? html`<button class="btn line" type="button" disabled=${busy.value} onClick=${() => act("close", {}, () => t("stage.closed"))}>${t("gate.round_close")}</button>` : null}
    ${is === "closed" ? html`<button class="btn" type="button" disabled=${busy.value} onClick=${() => act("compute", {}, () => t("stage.computed"))}>${t("stage.compute")}</button>` : null}
    ${["closed", "computed"].includes(is) ? html`<button class="btn ghost" type="button" onClick=${reopen}>${t("gate.round_reopen")}</button>` : null}<//>
  <div class="stack"><div class="cols w3"><${Figure} label=${t("stage.sheets")} value=${num(done)} have=${done} of=${want} /><${Figure} label=${t("stage.covered")} value=${num(covered)} have=${covered} of=${r.entries.length} /><${Figure} label=${t("stage.apart")} value=${num(r.entries.filter(torn).length)} /></div>
  ${before || is === "open" ? html`<${Hand} r=${r} act=${act} busy=${busy} />` : null}
  <${Panel} title=${t("stage.panel")} side=${html`<span class="row">${runs ? html`<button class="btn line sm" type="button" disabled=${busy.value} onClick=${() => act("nudge", {}, (a) => t("stage.nudged", { n: a.nudged, heard: num(a.heard) }))}>${t("stage.nudge")}</button>` : null}${before || is === "open" ? html`<button class="btn line sm" type="button" onClick=${() => invite.show({ round: r, done: reload })}><${Icon} n="plus" s />${t("stage.invite")}</button>` : null}</span>`}><${Members} r=${r} /><//>
  <${Entries} key=${is} r=${r} ask=${ask} act=${act} reload=${reload} /></div>${dialog}${terms.dialog}${invite.dialog}`;
}

/** Whether staff should look again: yes and no meet, or points lie far apart. @param {any} e */
const torn = (e) => e.split || e.spread >= apart.sheet;

/** What is proposed, and what the panel cannot give. @param {{ r: any, act: any, busy: any }} props */
function Hand({ r, act, busy }) {
  const name = (/** @type {string} */ id) => r.panel.find((/** @type {any} */ m) => m.judge === id)?.name ?? id, code = (/** @type {string} */ id) => r.entries.find((/** @type {any} */ e) => e.subject === id)?.code ?? id;
  const proposed = (/** @type {any} */ a) => t(a.proposed ? "stage.proposed" : "stage.proposed_none", { n: a.proposed });
  return html`<${Panel} title=${t("stage.hand")} class="stack s3"><p class="sub">${r.proposed ? t("stage.waiting", { n: r.proposed }) : t("stage.hand_why")}</p>
  ${r.short.map((/** @type {any} */ s) => html`<${Note} tone="w" key=${s.subjects[0]}><b>${s.judges.length ? t("stage.short", { n: s.subjects.length, judges: s.judges.map(name).join(", ") }) : t("stage.short_none", { n: s.subjects.length })}</b><p>${t("stage.short_why", { need: num(s.need), can: num(s.can) })} ${s.subjects.slice(0, 8).map(code).join(", ")}${s.subjects.length > 8 ? "…" : ""}</p><//>`)}
  <div class="row">${r.proposed ? html`<button class="btn" type="button" disabled=${busy.value} onClick=${() => act("offer", {}, (/** @type {any} */ a) => t("stage.offered", { n: a.offered }))}>${t("stage.offer", { n: r.proposed })}</button>` : null}
    <button class="btn line" type="button" disabled=${busy.value} onClick=${() => act("propose", {}, proposed)}><${Icon} n="scale" />${t(r.proposed ? "stage.propose_more" : "stage.propose")}</button>
    ${r.proposed ? html`<button class="btn ghost" type="button" disabled=${busy.value} onClick=${() => act("forget", {}, () => t("stage.forgotten"))}>${t("stage.forget")}</button>` : null}</div><//>`;
}

/** Who sits on the panel. @param {{ r: any }} props */
const Members = ({ r }) => (r.panel.length === 0 ? html`<${Empty} icon="scale" title=${t("stage.nobody")} why=${t("stage.nobody_why")} />` : html`<div class="tw" tabindex="0" role="region" aria-label=${t("stage.panel")}><table class="tbl cards"><thead><tr><th scope="col">${t("stage.judge")}</th><th scope="col">${t("stage.answer")}</th><th scope="col" class="end">${t("stage.took")}</th><th scope="col" class="end">${t("stage.load")}</th><th scope="col" class="end">${t("stage.done")}</th></tr></thead>
  <tbody>${r.panel.map((/** @type {any} */ m) => html`<tr key=${m.judge}><th scope="row">${m.name}${m.nudged ? html` <small class="muted">${t("stage.nudged_today")}</small>` : null}</th>
    <td data-l=${t("stage.answer")}>${m.commitment ? html`<${Status} of="judge_commitments" is=${m.status} />` : html`<span class="muted">${t("stage.unasked")}</span>`}${m.declined_because ? html` <small class="muted">${m.declined_because}</small>` : null}</td>
    <td class="end" data-l=${t("stage.took")}>${m.commitment ? (m.status === "accepted" ? num(m.capacity) : t("stage.asked_for", { n: num(m.asked) })) : "–"}</td>
    <td class="end" data-l=${t("stage.load")}>${num(m.load)}${m.proposed ? html` <span class="muted">+${num(m.proposed)}</span>` : null}${m.status === "accepted" && m.load > m.capacity ? html` <${Badge} tone="warn">${t("stage.beyond")}<//>` : null}</td>
    <td class="end" data-l=${t("stage.done")}>${num(m.done)}${m.begun ? html` <span class="muted">+${t("stage.begun", { n: num(m.begun) })}</span>` : null}</td></tr>`)}</tbody></table></div>`);

/** What is judged; once it is computed, who goes on. @param {{ r: any, ask: any, act: any, reload: () => any }} props */
function Entries({ r, ask, act, reload }) {
  const changed = useSignal(/** @type {Record<string, { advances: boolean, reason: string }>} */ ({})), final = r.status === "computed" && r.seal;
  const on = (/** @type {any} */ e) => changed.value[e.subject]?.advances ?? (e.outcome ? e.outcome === "advanced" : e.advances);
  const name = (/** @type {string} */ id) => r.panel.find((/** @type {any} */ m) => m.judge === id)?.name ?? "", label = (/** @type {string} */ key) => pair(r.rubric.find((/** @type {any} */ c) => c.key === key), "label");
  const change = (/** @type {any} */ e) => {
    if (changed.value[e.subject]) { const { [e.subject]: _, ...rest } = changed.value; changed.value = rest; return; }
    ask({ title: t(e.advances ? "stage.take_out" : "stage.take_in", { name: e.title }), why: t("stage.change_why"), act: t("stage.change"), start: { reason: "" }, fields: [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }],
      async send(/** @type {any} */ v) { changed.value = { ...changed.value, [e.subject]: { advances: !e.advances, reason: v["reason"] } }; } });
  };
  const again = (/** @type {any} */ e) => ask({ title: t("stage.reopen", { name: e.title }), why: t("stage.reopen_why"), act: t("stage.reopen_do"), start: { reason: "", until: "" }, fields: [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }, { name: "until", label: t("gate.round_until"), type: "datetime-local", required: true }],
    send: (/** @type {any} */ v, /** @type {string} */ key) => call("POST", `/rounds/${r.id}/subjects/${e.subject}/reopen`, { reason: v["reason"], until: fromField(v["until"]) }, { key }), done: async (/** @type {any} */ a) => { say(t("stage.reopened", { n: a.reopened })); await reload(); } });
  const n = r.entries.filter(on).length, told = ["computed", "advanced"].includes(r.status) && r.advance_rule;
  return html`<${Panel} title=${t("stage.entries")} side=${final ? html`<button class="btn" type="button" onClick=${() => act("advance", { seal: r.seal, changes: Object.entries(changed.value).map(([subject, c]) => ({ subject, ...c })) }, () => t("stage.advanced", { n }))}>${t("stage.advance", { n })}</button>` : null}>
  ${r.status === "computed" && !r.advance_rule ? html`<${Note} tone="w">${t("round.no_rule")}<//>` : null}
  ${r.entries.length === 0 ? html`<p class="muted">${t("stage.no_entries")}</p>` : html`<div class="tw" tabindex="0" role="region" aria-label=${t("stage.entries")}><table class="tbl cards"><thead><tr><th scope="col">${t("stage.paper")}</th><th scope="col">${t("stage.judges")}</th><th scope="col" class="end">${t("stage.mean")}</th><th scope="col">${t("stage.look")}</th>${told ? html`<th scope="col">${t("stage.outcome")}</th>` : null}</tr></thead>
  <tbody>${r.entries.map((/** @type {any} */ e) => html`<tr key=${e.subject}><th scope="row"><a href=${`/app/applications/${e.subject}`}>${e.title || e.code}</a><br /><small class="muted nb">${e.place && told ? `#${num(e.place)} · ` : ""}${e.code}</small></th>
    <td class="full" data-l=${t("stage.judges")}>${e.done >= r.per_subject ? html`<${Badge} tone="ok">${t("stage.have", { done: num(e.done), of: num(r.per_subject) })}<//>` : html`<${Badge} tone=${e.asked ? "idle" : "warn"}>${t("stage.have", { done: num(e.done), of: num(r.per_subject) })}<//>`}<br /><small class="muted">${e.seats.filter((/** @type {any} */ s) => ["proposed", "offered", "accepted", "in_progress", "completed"].includes(s.status)).map((/** @type {any} */ s) => (s.status === "proposed" ? t("stage.seat_proposed", { name: name(s.judge) }) : name(s.judge))).join(", ")}</small></td>
    <td class="end" data-l=${t("stage.mean")}>${e.mean === null ? "–" : num(e.mean, 2)}</td>
    <td class="full" data-l=${t("stage.look")}>${e.split ? html`<${Badge} tone="warn">${t("stage.split", { yes: num(e.yes), no: num(e.no) })}<//> ` : null}${e.spread >= apart.sheet ? html`<${Badge} tone="warn">${t("board.apart", { n: num(e.spread, 1) })}<//><br />` : null}${e.gaps[0]?.gap >= apart.criterion ? html`<small class="muted">${t("stage.gap", { label: label(e.gaps[0].key), n: num(e.gaps[0].gap, 1) })}</small>` : null}${r.status === "closed" && e.done ? html` <button class="btn ghost sm" type="button" aria-label=${t("stage.reopen", { name: e.title })} onClick=${() => again(e)}>${t("stage.reopen_do")}</button>` : null}</td>
    ${told ? html`<td class="full" data-l=${t("stage.outcome")}><${Badge} tone=${on(e) ? "ok" : "idle"}>${t(on(e) ? "stage.goes" : "stage.stays")}<//><br /><small class="muted">${e.why.map((/** @type {any} */ w) => t(`stage.why_${w.code}`, { label: w.key ? label(w.key) : "" })).join(", ")}${e.changed_because || changed.value[e.subject]?.reason ? ` · ${e.changed_because || changed.value[e.subject]?.reason}` : ""}</small>${final ? html` <button class="btn ghost sm" type="button" aria-label=${t("stage.change_one", { name: e.title })} onClick=${() => change(e)}>${t(changed.value[e.subject] ? "stage.unchange" : "stage.change")}</button>` : null}</td>` : null}</tr>`)}</tbody></table></div>`}<//>`;
}
