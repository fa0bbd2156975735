// @ts-check
// One intake: to staff its desk, to everybody else what they may apply to.
import { go, html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, given, moment, ms, now, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Badge, Frame, Head, Icon, Loading, Panel, Status, Timeline } from "../../components/parts.js";
import { Call } from "./call.js";
import { fromField, handedIn, lateUntil, toField, useLate } from "./parts.js";

export const title = () => t("intake.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes", "applications", "decisions", "rounds", "screenings", "offers"] });
  return html`<${Frame} of=${intake} loading=${html`<${Head} title=${t("intake.one")} /><div class="split"><div class="panel"><${Loading} /></div><div class="panel"><${Loading} /></div></div>`}>${(/** @type {any} */ c) =>
    c.may_work ? html`<${Desk} intake=${c} reload=${intake.reload} />` : html`<${Call} intake=${c} />`}<//>`;
}

/** @param {{ intake: any, reload: () => any }} props */
function Desk({ intake, reload }) {
  const { ask, dialog } = useAsk(), terms = useLate(() => import("./terms.js").then((m) => m.Terms));
  const is = (/** @type {string[]} */ ...some) => some.includes(intake.status);
  const n = handedIn(intake.counts);
  /** @param {string} verb @param {string} told */
  const act = async (verb, told) => {
    try { await call("POST", `/intakes/${intake.id}/${verb}`); say(told); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  /** A verb that needs a word from whoever does it. @param {string} verb @param {any[]} fields @param {Record<string, any>} [start] @param {boolean} [bad] */
  const askFor = (verb, fields, start = {}, bad = false) => ask({
    title: t(`desk.${word(verb)}_title`), why: t(`desk.${word(verb)}_why`), act: t(`desk.${word(verb)}_do`), start, fields, bad,
    send: ({ closes_at, ...v }, key) => call("POST", `/intakes/${intake.id}/${verb}`, { ...v, ...(closes_at ? { closes_at: fromField(closes_at) } : {}) }, { key }),
    done: async () => { say(t(`desk.${word(verb)}_done`)); await reload(); },
  });
  const reason = { name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true };
  const items = [
    { label: t("terms.edit"), icon: "edit", act: () => terms.show({ intake, done: reload }), disabled: is("archived", "cancelled") },
    ...(is("draft", "archived", "cancelled") ? [] : [{ label: t("chase.title"), icon: "clock", act: () => go(`/app/intakes/${intake.id}/chase`) }]),
    { label: t("rule.title"), icon: "filter", act: () => go(`/app/intakes/${intake.id}/rules`) },
    ...(is("published", "open") ? [{ label: t("desk.extend_do"), icon: "cal", act: () => askFor("extend", [{ name: "closes_at", label: t("desk.extend_to"), type: "datetime-local", required: true }, { ...reason, help: t("desk.extend_reason") }], { closes_at: toField(intake.closes_at) }) }] : []),
    ...(is("released") && intake.counts?.waitlisted && intake.may_decide ? [{ label: t("desk.close_waitlist_do"), icon: "x", act: () => askFor("close-waitlist", []) }] : []),
    ...(is("released") && intake.may_decide ? [{ label: t("desk.archive_do"), icon: "folder", act: () => act("archive", t("desk.archive_done")) }] : []),
    ...(is("draft", "published", "open") && intake.may_decide ? [{ label: t("desk.cancel_do"), icon: "stop", bad: true, act: () => askFor("cancel", [reason], {}, true) }] : []),
  ];
  return html`<${Head} title=${pair(intake, "title")} sub=${`${pair(intake.programme, "title")} · ${pair(intake.cohort, "title")}`}><${Status} of="intakes" is=${intake.status} tag />
    ${is("draft") ? html`<button class="btn" type="button" onClick=${() => act("publish", t("desk.publish_done"))}>${t("desk.publish_do")}</button>` : html`<a class="btn line" href=${`/app/intakes/${intake.id}/applications`}><${Icon} n="file" />${t("desk.list", { n })}</a><a class="btn line" href=${`/app/intakes/${intake.id}/board`}><${Icon} n="board" />${t("desk.board")}</a><a class="btn line" href=${`/app/intakes/${intake.id}/interviews`}><${Icon} n="cal" />${t("interviews.title")}</a>`}
    <${Menu} label=${t("desk.more")} items=${items} /><//>
  <div class="kpis">${[["handed_in", num(n)], ["undecided", num(intake.undecided ?? 0)], ["taken", `${num(intake.taken ?? 0)} / ${num(intake.capacity)}`], ["drafts", num(intake.counts?.draft ?? 0)]].map(([k, v]) => html`<section class="panel kpi" key=${k}><h2>${t(`desk.n_${k}`)}</h2><p class="fig">${v}</p></section>`)}</div>
  <div class="split"><div class="stack"><${Gate} intake=${intake} act=${act} ask=${ask} reload=${reload} /></div>
    <div class="stack"><${Panel} title=${t("desk.dates")}><${Timeline} items=${dates(intake)} /><//>
    ${is("draft", "cancelled") ? null : html`<${Panel} title=${t("desk.outside")} class="stack s3"><p class="sub">${t("desk.outside_why")}</p><p><a class="btn line" href=${`/intakes/${intake.slug}`}><${Icon} n="eye" />${t("desk.outside_go")}</a></p><//>`}</div></div>${dialog}${terms.dialog}`;
}

/** A verb as its words are called. @param {string} verb */
const word = (verb) => verb.replace("-", "_");

/** What happens when. @param {any} intake @returns {any[]} */
function dates(intake) {
  const after = (/** @type {string[]} */ ...some) => some.includes(intake.status);
  const opened = ms(intake.opens_at) <= now() && !after("draft"), closed = after("closed", "deciding", "released", "archived");
  return [
    { title: t("desk.opens"), note: moment(intake.opens_at), look: opened ? "done" : "" },
    ...(intake.extensions ?? []).map((/** @type {any} */ x) => ({ title: t(x.application ? "desk.extended_one" : "desk.extended"), note: [moment(x.closes_at), x.reason, x.by && given(x.at) ? t("desk.extended_by", { name: x.by, at: moment(x.at) }) : ""].filter(Boolean).join(" · "), look: "done" })),
    { title: t("desk.closes"), note: [moment(intake.closes_at), lateUntil(intake)].filter(Boolean).join(" · "), look: closed ? "done" : opened ? "now" : "" },
    ...(intake.rounds ?? []).map((/** @type {any} */ r) => ({ title: pair(r, "title"), note: html`<span class="row"><${Status} of="rounds" is=${r.status} />${r.closes_at ? html`<span>${moment(r.closes_at)}</span>` : null}</span>`, look: ["closed", "computed", "advanced"].includes(r.status) ? "done" : r.status === "open" ? "now" : "" })),
    { title: t("desk.decided"), note: given(intake.decision_due) ? date(intake.decision_due) : t("desk.no_day"), look: after("released", "archived") ? "done" : after("deciding") ? "now" : "" },
    ...(intake.released_at ? [{ title: t("desk.released"), note: moment(intake.released_at), look: "done" }] : []),
  ];
}

/** @param {{ intake: any, act: (verb: string, told: string) => Promise<void>, ask: (q: import("../../lib/forms.js").Question) => void, reload: () => any }} props */
const Gate = (props) => (["draft", "cancelled"].includes(props.intake.status) ? html`<${Draft} intake=${props.intake} />` : html`<${Round} ...${props} /><${Release} ...${props} />`);

/** Nothing is on yet, or nothing more. @param {{ intake: any }} props */
const Draft = ({ intake }) => html`<${Panel} title=${t(intake.status === "draft" ? "gate.draft" : "gate.cancelled")} class="stack s3"><p>${t(intake.status === "draft" ? "gate.draft_why" : "gate.cancelled_why")}</p>
  <ol class="list">${intake.form.map((/** @type {any} */ q) => html`<li key=${q.key}><span class="grow"><b>${pair(q, "label")}</b>${q.required ? null : html` <span class="muted">${t("form.optional")}</span>`}</span></li>`)}</ol><//>`;

/** @param {Parameters<typeof Gate>[0]} props */
function Round({ intake, act, ask, reload }) {
  const round = intake.rounds?.find((/** @type {any} */ r) => r.status !== "advanced") ?? intake.rounds?.at(-1); // the one at hand
  const status = round?.status ?? "configured", closed = !["draft", "published", "open"].includes(intake.status);
  const opens = ["configured", "assigned"].includes(status), runs = ["open", "grace"].includes(status);
  const open = () => ask({
    title: t("gate.round_open"), why: t("gate.round_open_why"), act: t("gate.round_open"), start: { closes_at: "" },
    fields: [{ name: "closes_at", label: t("gate.round_until"), type: "datetime-local", help: t("gate.round_until_help") }],
    send: ({ closes_at }, key) => call("POST", `/intakes/${intake.id}/round/open`, closes_at ? { closes_at: fromField(closes_at) } : {}, { key }),
    done: async () => { say(t("gate.round_opened")); await reload(); },
  });
  const reopen = () => ask({
    title: t("gate.round_reopen"), why: t("gate.round_reopen_why"), act: t("gate.round_reopen"), start: { closes_at: "", reason: "" },
    fields: [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }, { name: "closes_at", label: t("gate.round_until"), type: "datetime-local" }],
    send: ({ closes_at, reason }, key) => call("POST", `/intakes/${intake.id}/round/reopen`, { reason, ...(closes_at ? { closes_at: fromField(closes_at) } : {}) }, { key }),
    done: async (answer) => { say(t(answer.reopened ? "gate.round_reopened" : "gate.round_wished")); await reload(); },
  });
  return html`<${Panel} title=${t("gate.round")} side=${html`<${Status} of="rounds" is=${status} />`} class="stack s3">
    ${intake.criteria ? html`<dl class="kv sm">${intake.criteria.map((/** @type {any} */ c) => html`<dt>${pair(c, "label")}</dt><dd>${num(c.weight / 100, 0)}%</dd>`)}</dl>` : null}
    ${runs && round.closes_at ? html`<p class="sub">${t("gate.round_closes", { at: moment(round.closes_at) })}</p>` : null}
    ${opens && !closed ? html`<${Off} why=${t("gate.round_not_yet")} />` : null}
    <div class="row"><a class="btn line" href=${`/app/intakes/${intake.id}/rounds`}>${t("gate.rounds")}</a>${["closed", "computed", "advanced"].includes(status) ? null : html`<a class="btn line" href=${`/app/intakes/${intake.id}/applications`}><${Icon} n="scale" />${t("handed.assign")}</a>`}
      ${opens ? html`<button class="btn line" type="button" disabled=${!closed} onClick=${open}>${t("gate.round_open")}</button>` : null}
      ${runs ? html`<button class="btn line" type="button" onClick=${() => act("round/close", t("gate.round_closed"))}>${t("gate.round_close")}</button>` : null}
      ${["closed", "computed"].includes(status) && ["closed", "deciding"].includes(intake.status) ? html`<button class="btn ghost" type="button" onClick=${reopen}>${t("gate.round_reopen")}</button>` : null}</div><//>`;
}

/** Why a button is off. @param {{ why: string }} props */
const Off = ({ why }) => html`<p class="sub row nowrap"><${Icon} n="lock" s /><span>${why}</span></p>`;

/** @param {Parameters<typeof Gate>[0]} props */
function Release({ intake, act, ask, reload }) {
  const is = intake.status, told = ["released", "archived"].includes(is);
  const shut = !["published", "open"].includes(is), deciding = is === "deciding", undecided = intake.undecided ?? 0, n = handedIn(intake.counts);
  const steps = [
    { ok: shut, text: t("gate.step_closed") },
    { ok: deciding || told, text: t("gate.step_deciding") },
    { ok: told || (shut && undecided === 0), text: undecided ? t("gate.step_undecided", { n: undecided }) : t("gate.step_decided") },
  ];
  const why = !intake.may_decide ? t("gate.not_manager") : !shut ? t("gate.wait_close", { at: moment(intake.closes_at) }) : is === "closed" ? t("gate.wait_begin") : undecided ? t("gate.wait_decide", { n: undecided }) : "";
  const release = () => ask({ title: t("gate.release_title"), why: t("gate.release_why", { n }), act: t("gate.release"), send: (_, key) => call("POST", `/intakes/${intake.id}/release`, null, { key }), done: async () => { say(t("gate.release_done")); await reload(); } });
  return html`<${Panel} title=${t("gate.release_panel")} side=${told ? html`<${Badge} tone="ok">${t("gate.told", { at: moment(intake.released_at) })}<//>` : null} class="stack s3">
    <ul class="stack s2">${steps.map((s) => html`<li key=${s.text}><${Badge} tone=${s.ok ? "ok" : "idle"}>${s.text}<//></li>`)}</ul>
    ${["closed", "deciding", "released", "archived"].includes(is) ? html`<p><a class="btn line" href=${`/app/intakes/${intake.id}/outcomes`}><${Icon} n="scale" />${t("gate.outcomes")}</a></p>` : null}
    ${told ? html`<p class="sub">${t("gate.told_why")}</p>` : html`${why ? html`<${Off} why=${why} />` : html`<p class="sub">${t("gate.ready")}</p>`}
    <div class="row">${is === "closed" && intake.may_decide ? html`<button class="btn" type="button" onClick=${() => act("begin-deciding", t("gate.begun"))}>${t("gate.begin")}</button>` : html`<button class="btn" type="button" disabled=${Boolean(why)} onClick=${release}><${Icon} n="send" />${t("gate.release")}</button>`}</div>`}<//>`;
}
