// @ts-check
// One intake: to staff its desk, to everybody else what they may apply to.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, given, moment, ms, now, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Frame, Head, Icon, Loading, Panel, Status, Timeline } from "../../components/parts.js";
import { Call } from "./call.js";
import { fromField, handedIn, toField, useTerms } from "./desk.js";
import { Gate } from "./gate.js";

export const title = () => t("intake.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes", "applications", "decisions", "rounds", "screenings", "offers"] });
  return html`<${Frame} of=${intake} loading=${html`<${Head} title=${t("intake.one")} /><div class="split"><div class="panel"><${Loading} /></div><div class="panel"><${Loading} /></div></div>`}>${(/** @type {any} */ c) =>
    c.may_work ? html`<${Desk} intake=${c} reload=${intake.reload} />` : html`<${Call} intake=${c} />`}<//>`;
}

/** @param {{ intake: any, reload: () => any }} props */
function Desk({ intake, reload }) {
  const { ask, dialog } = useAsk(), terms = useTerms();
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
    { label: t("terms.edit"), icon: "edit", act: () => terms.edit(intake, reload), disabled: is("archived", "cancelled") },
    ...(is("published", "open") ? [{ label: t("desk.extend_do"), icon: "cal", act: () => askFor("extend", [{ name: "closes_at", label: t("desk.extend_to"), type: "datetime-local", required: true }, { ...reason, help: t("desk.extend_reason") }], { closes_at: toField(intake.closes_at) }) }] : []),
    ...(is("released") && intake.counts?.waitlisted && intake.may_decide ? [{ label: t("desk.close_waitlist_do"), icon: "x", act: () => askFor("close-waitlist", []) }] : []),
    ...(is("released") && intake.may_decide ? [{ label: t("desk.archive_do"), icon: "folder", act: () => act("archive", t("desk.archive_done")) }] : []),
    ...(is("draft", "published", "open") && intake.may_decide ? [{ label: t("desk.cancel_do"), icon: "stop", bad: true, act: () => askFor("cancel", [reason], {}, true) }] : []),
  ];
  return html`<${Head} title=${pair(intake, "title")} sub=${`${pair(intake.programme, "title")} · ${pair(intake.cohort, "title")}`}><${Status} of="intakes" is=${intake.status} tag />
    ${is("draft") ? html`<button class="btn" type="button" onClick=${() => act("publish", t("desk.publish_done"))}>${t("desk.publish_do")}</button>` : html`<a class="btn line" href=${`/app/intakes/${intake.id}/applications`}><${Icon} n="file" />${t("desk.list", { n })}</a><a class="btn line" href=${`/app/intakes/${intake.id}/board`}><${Icon} n="board" />${t("desk.board")}</a>`}
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
    ...(intake.extensions ?? []).map((/** @type {any} */ x) => ({ title: t(x.application ? "desk.extended_one" : "desk.extended"), note: `${moment(x.closes_at)} · ${x.reason}`, look: "done" })),
    { title: t("desk.closes"), note: moment(intake.closes_at), look: closed ? "done" : opened ? "now" : "" },
    ...(intake.rounds ?? []).map((/** @type {any} */ r) => ({ title: pair(r, "title"), note: html`<span class="row"><${Status} of="rounds" is=${r.status} />${r.closes_at ? html`<span>${moment(r.closes_at)}</span>` : null}</span>`, look: ["closed", "computed", "advanced"].includes(r.status) ? "done" : r.status === "open" ? "now" : "" })),
    { title: t("desk.decided"), note: given(intake.decision_due) ? date(intake.decision_due) : t("desk.no_day"), look: after("released", "archived") ? "done" : after("deciding") ? "now" : "" },
    ...(intake.released_at ? [{ title: t("desk.released"), note: moment(intake.released_at), look: "done" }] : []),
  ];
}
