// @ts-check
// What becomes of one application, as staff see and say it: the decision, made once by a manager and told by the release alone;
// afterwards the offer, another decision by two people, and what the applicant says against it.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal, call, get } from "../../lib/api.js";
import { Field, Summary, useAsk, useForm } from "../../lib/forms.js";
import { moment, t } from "../../lib/words.js";
import { Badge, Icon, Note, Panel, Status } from "../../components/parts.js";
import { lastDay, Paragraphs } from "./parts.js";

/** How an outcome looks. */
const tone = { admitted: "ok", waitlisted: "warn", rejected: "bad" };

/** @param {{ is: string, rank?: number }} props */
const Outcome = ({ is, rank }) => html`<${Badge} tone=${tone[/** @type {keyof typeof tone} */ (is)]} tag>${t(`status.decisions.${is}`)}${rank ? ` #${rank}` : ""}<//>`;

/** @param {{ paper: any, reload: () => any }} props */
export function Part({ paper, reload }) {
  const { ask, dialog } = useAsk(), staff = paper.staff;
  return html`<div class="stack"><${Decide} paper=${paper} reload=${reload} />
  ${paper.offer ? html`<${Offer} paper=${paper} ask=${ask} reload=${reload} />` : null}
  ${staff.decision?.released_at ? html`<${Amendments} paper=${paper} ask=${ask} reload=${reload} />` : null}
  ${paper.appeal?.filed.length ? html`<${Panel} title=${t("outcome.appeals")} class="stack s3"><ul class="list">${paper.appeal.filed.map((/** @type {any} */ p) => html`<li key=${p.id}><span class="grow"><a href=${`/app/appeals/${p.id}`}>${t("outcome.appeal_of", { at: moment(p.filed_at) })}</a></span><${Status} of="appeals" is=${p.status} /></li>`)}</ul><//>` : null}
  ${dialog}</div>`;
}

/** The decision, or why there is none yet. @param {{ paper: any, reload: () => any }} props */
function Decide({ paper, reload }) {
  const made = paper.staff.decision, late = ["released", "archived"].includes(paper.intake.status);
  if (made) return html`<${Made} d=${made} by=${paper.staff.people[made.decided_by] ?? ""} waits=${paper.status === "waitlisted" || paper.status === "in_review"} />`;
  const why = !paper.staff.may_decide ? "decide.not_manager" : paper.status !== "in_review" ? "decide.not_review" : paper.intake.status !== "deciding" && !late ? "decide.not_yet" : "";
  if (why) return html`<${Panel} title=${t("decide.title")} class="stack s3"><p class="sub row nowrap"><${Icon} n="lock" s /><span>${t(why)}</span></p><//>`;
  return html`<${Write} paper=${paper} reload=${reload} late=${late} />`;
}

/** @param {{ d: any, by: string, waits: boolean }} props */
const Made = ({ d, by, waits }) => html`<${Panel} title=${t("decide.title")} side=${html`<${Outcome} is=${d.outcome} rank=${waits ? d.rank : 0} />`} class="stack s3">
  <p class="sub">${t("decide.by", { name: by, at: moment(d.decided_at) })} ${d.released_at ? t("decide.told", { at: moment(d.released_at) }) : t("decide.untold")}</p>
  <div class="qa"><h3>${t("decide.rationale")}</h3><${Paragraphs} text=${d.rationale} /></div>${d.feedback ? html`<div class="qa"><h3>${t("decide.feedback")}</h3><${Paragraphs} text=${d.feedback} /></div>` : null}<//>`;

/** @param {{ paper: any, reload: () => any, late: boolean }} props late: the others know already, so it is told at once */
function Write({ paper, reload, late }) {
  const sure = useSignal(false), texts = useSignal(/** @type {any[]} */ ([]));
  useEffect(() => { get("/feedback-texts").then((a) => { texts.value = a.rows.filter((/** @type {any} */ x) => !x.retired); }, () => {}); }, []);
  const comments = paper.staff.assignments.map((/** @type {any} */ s) => s.sheet?.comment).filter(Boolean).join("\n\n");
  const form = useForm({
    start: { outcome: { admit: "admitted", waitlist: "waitlisted", reject: "rejected" }[/** @type {string} */ (paper.staff.screening?.proposal)] ?? "", rationale: "", feedback: "", rank: null },
    check: (v) => ({ ...(v["outcome"] === "rejected" && !v["feedback"].trim() ? { feedback: t("decision.no_feedback") } : {}) }),
    async send(v, key) {
      if (!sure.value) { sure.value = true; return null; } // a decision stands for good: read it once more
      return call("POST", `/applications/${paper.id}/decide`, { ...v, rank: v["rank"] ?? 0 }, { key });
    },
    async done(answer) { if (answer) { say(t(late ? "outcome.told_now" : "decide.done")); await reload(); } },
  });
  const full = paper.staff.taken >= paper.intake.capacity, outcome = form.values.value["outcome"];
  const set = form.set;
  form.set = (name, value) => { sure.value = false; set(name, value); };
  const add = (/** @type {string} */ text) => form.set("feedback", [form.values.value["feedback"], fill(text, paper.staff.applicant.name, paper.title)].filter(Boolean).join("\n\n"));
  const fitting = texts.value.filter((x) => !x.outcome || x.outcome === outcome);
  return html`<form class="panel stack" novalidate onSubmit=${form.submit}><h2>${t("decide.title")}</h2><${Summary} form=${form} />
    ${late ? html`<${Note} tone="w">${t("outcome.late")}<//>` : null}
    <${Field} form=${form} name="outcome" as="segments" label=${t("decide.outcome")} required options=${["admitted", "waitlisted", "rejected"].map((o) => ({ value: o, label: t(`status.decisions.${o}`) }))} />
    ${full && outcome === "admitted" ? html`<${Note} tone="w">${t("decide.full", { n: paper.intake.capacity })}<//>` : null}
    ${outcome === "waitlisted" ? html`<${Field} form=${form} name="rank" as="amount" label=${t("decide.rank")} help=${t("decide.rank_help")} />` : null}
    <${Field} form=${form} name="rationale" as="area" label=${t("decide.rationale")} help=${t("decide.rationale_help")} rows="3" required />
    <${Field} form=${form} name="feedback" as="area" label=${t("decide.feedback")} help=${t("decide.feedback_help")} rows="4" required=${outcome === "rejected"} />
    ${comments || fitting.length ? html`<p class="row">${fitting.map((x) => html`<button class="btn ghost sm" type="button" key=${x.id} onClick=${() => add(x.body)}><${Icon} n="plus" s />${x.title}</button>`)}${comments ? html`<button class="btn ghost sm" type="button" onClick=${() => add(comments)}><${Icon} n="plus" s />${t("decide.take_comments")}</button>` : null}</p>` : null}
    ${sure.value ? html`<div role="alert"><${Note} tone="w">${t("decide.sure", { outcome: t(`status.decisions.${outcome}`) })}<//></div>` : null}
    <p><button class="btn" disabled=${form.busy.value}>${t(sure.value ? "decide.do_sure" : "decide.do")}</button></p></form>`;
}

/** A feedback text about one team. @param {string} text @param {string} name @param {string} title */
const fill = (text, name, title) => text.replaceAll("{name}", name).replaceAll("{title}", title);

/** @typedef {(q: import("../../lib/forms.js").Question) => void} AskFn */

/** @param {{ paper: any, ask: AskFn, reload: () => any }} props */
function Offer({ paper, ask, reload }) {
  const o = paper.offer, reason = { name: "reason", label: t("dossier.reason"), as: "area", rows: 3, required: true, help: t("dossier.reason_read") };
  const postpone = () => ask({ title: t("outcome.postpone_title"), why: t("outcome.postpone_why", { date: lastDay(o.expires_at) }), act: t("outcome.postpone"), fields: [{ name: "day", label: t("outcome.postpone_to"), type: "date", required: true }, reason], send: (v, key) => call("POST", `/offers/${o.id}/postpone`, v, { key }), done: async () => { say(t("outcome.postponed")); await reload(); } });
  const revoke = () => ask({ title: t("dossier.revoke_title"), why: t("dossier.revoke_why"), act: t("dossier.revoke_do"), bad: true, fields: [reason], send: (v, key) => call("POST", `/offers/${o.id}/revoke`, v, { key }), done: reload });
  return html`<${Panel} title=${t("outcome.offer")} side=${html`<${Status} of="offers" is=${o.status} />`} class="stack s3"><p>${t(o.stands ? "outcome.offer_until" : "outcome.offer_was", { date: lastDay(o.expires_at) })}</p>
    ${o.stands ? html`<p class="row"><button class="btn line" type="button" onClick=${postpone}><${Icon} n="cal" />${t("outcome.postpone")}</button>${paper.staff.may_decide ? html`<button class="btn ghost" type="button" onClick=${revoke}>${t("dossier.revoke_do")}</button>` : null}</p>` : null}<//>`;
}

/** What an application can be amended to. @type {Record<string, string[]>} */
const otherwise = { admitted: ["rejected"], rejected: ["admitted", "waitlisted"], waitlisted: ["admitted", "rejected"] };

/** @param {{ paper: any, ask: AskFn, reload: () => any }} props */
function Amendments({ paper, ask, reload }) {
  const all = /** @type {any[]} */ (paper.staff.amendments), open = all.find((m) => m.status === "proposed"), heard = paper.appeal?.filed.some((/** @type {any} */ p) => ["filed", "admissible", "under_review"].includes(p.status));
  const to = otherwise[paper.status] ?? [];
  const propose = () => ask({
    title: t("outcome.amend_title"), why: t("outcome.amend_why"), act: t("outcome.amend"), start: { outcome: to.length === 1 ? to[0] : "", reason: "", feedback: "" },
    fields: [{ name: "outcome", label: t("outcome.amend_to"), as: "segments", required: true, options: to.map((o) => ({ value: o, label: t(`status.decisions.${o}`) })) },
      { name: "reason", label: t("decide.rationale"), as: "area", rows: 3, required: true, help: t("decide.rationale_help") }, { name: "feedback", label: t("outcome.amend_feedback"), as: "area", rows: 3, help: t("outcome.amend_feedback_help") }],
    send: (v, key) => call("POST", `/applications/${paper.id}/amend`, v, { key }), done: async () => { say(t("outcome.amend_done")); await reload(); },
  });
  if (!all.length && (!paper.staff.may_decide || !to.length)) return null;
  return html`<${Panel} title=${t("outcome.amendments")} class="stack s3">
    ${all.map((m) => html`<${Amendment} key=${m.id} m=${m} may=${paper.staff.may_decide} reload=${reload} />`)}
    ${heard ? html`<p class="sub row nowrap"><${Icon} n="lock" s /><span>${t("appeal.live")}</span></p>` : !open && paper.staff.may_decide && to.length ? html`<p class="sub">${t("outcome.amend_two")}</p><p><button class="btn line" type="button" onClick=${propose}><${Icon} n="edit" />${t("outcome.amend")}</button></p>` : null}<//>`;
}

/** One amendment, and what can be done with it. @param {{ m: any, may: boolean, reload: () => any, title?: any }} props */
export function Amendment({ m, may, reload, title }) {
  /** @param {string} verb */
  const act = async (verb) => {
    try { await call("POST", `/amendments/${m.id}/${verb}`); say(t(`outcome.amend_${verb}_done`)); } catch (e) { say(asRefusal(e).message, { bad: true }); }
    await reload();
  };
  return html`<div class="qa"><h3 class="row">${title ?? null}<${Outcome} is=${m.outcome} /><${Status} of="decision_amendments" is=${m.status} /></h3>
    <p class="sub sm">${t("outcome.amend_by", { name: m.proposed_by.name, at: moment(m.proposed_at) })} ${m.status === "confirmed" ? t("outcome.amend_with", { name: m.confirmed_by.name, at: moment(m.settled_at) }) : ""}</p>
    <${Paragraphs} text=${m.reason} />
    ${m.status === "proposed" && may ? html`<p class="row">${m.mine ? html`<button class="btn line" type="button" onClick=${() => act("withdraw")}>${t("outcome.amend_withdraw")}</button><span class="sub">${t("outcome.amend_other")}</span>` : html`<button class="btn" type="button" onClick=${() => act("confirm")}><${Icon} n="check" />${t("outcome.amend_confirm")}</button><button class="btn line" type="button" onClick=${() => act("refuse")}>${t("outcome.amend_refuse")}</button>`}</p>` : null}</div>`;
}
