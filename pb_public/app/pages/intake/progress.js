// @ts-check
// An application as its applicant follows it: the one thing to do, a plain history, what is due next, what was decided.
import { go, html, say, useEffect, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { Field, Summary, useAsk, useForm } from "../../lib/forms.js";
import { bring, date, deadline, given, moment, pair, t } from "../../lib/words.js";
import { Head, Icon, Next, Note, Panel, Status, Timeline } from "../../components/parts.js";
import { ask as today } from "../../shell/shell.js";
import { happened } from "./application.js";
import { Answers, Later, lateUntil, Paragraphs } from "./parts.js";

/** @param {{ paper: any, reload: () => any }} props */
export function Side({ paper, reload }) {
  const receipt = new URLSearchParams(location.search).has("receipt") && paper.submit_no > 0;
  const after = async () => { await Promise.all([reload(), today().reload()]); };
  const write = `/app/intakes/${paper.intake.id}/apply`;
  const own = paper.own ?? { applicant: true, members: [], next: null };
  const more = useSignal(/** @type {any} */ (null)); // what is loaded when the page stands
  useEffect(() => { import("./own.js").then((m) => { more.value = m; }, () => undefined); }, []);
  return html`<${Head} title=${paper.title || t("application.untitled")} sub=${html`${pair(paper.intake, "title")} · <span class="nb">${paper.code}</span>`}><${Status} of="applications" is=${paper.status} tag /><//>
  <div class="stack">${receipt ? html`<${Receipt} paper=${paper} />` : null}
  ${paper.status === "draft" && paper.writable ? html`<${Next} eyebrow=${t("call.until", { at: moment(paper.closes_at), left: deadline(paper.closes_at) })} title=${t("progress.draft")} why=${t("progress.draft_why")} link=${write} act=${t("progress.draft_go")} />` : null}
  ${paper.ticket?.holds && !paper.writable && ["draft", "submitted"].includes(paper.status) ? html`<${Next} eyebrow=${moment(paper.ticket.until)} title=${t("files.late", { left: deadline(paper.ticket.until) })} why=${t("files.late_go")} link=${write} act=${t("progress.draft_go")} />` : null}
  ${paper.status === "needs_info" ? html`<${Next} icon="chat" eyebrow=${t("apply.answer_by", { at: moment(paper.answer_by), left: deadline(paper.answer_by) })} title=${paper.question} why=${t(paper.writable ? "progress.asked_why" : "progress.asked_late")} link=${paper.writable ? write : undefined} act=${t("progress.asked_go")} />` : null}
  ${more.value && own.interviews?.length ? html`<${more.value.Meeting} paper=${paper} reload=${after} />` : null}
  ${own.record ? html`<${Later} load=${settling} paper=${paper} reload=${after} />` : null}
  ${paper.offer ? html`<${Offer} paper=${paper} after=${after} />` : null}
  ${paper.appeal ? html`<${Pleading} paper=${paper} reload=${after} />` : null}
  <div class="split"><div class="stack"><${Panel} title=${t("progress.now")} class="stack s3">${own.next ? html`<p><span class="tag"><${Icon} n="clock" />${upcoming(own.next)}</span></p>` : null}<p>${paper.status === "enrolled" && paper.intake.kind === "proposal" ? t("offer.taken_why") : t(`progress.now_${paper.status}`, { at: moment(paper.closes_at), rank: paper.decision?.rank ?? 0 })}</p>
    ${paper.status === "submitted" && paper.changed ? html`<${Note} tone="w">${t("progress.changed")}<//>` : null}
    ${paper.status === "submitted" && paper.writable ? html`<p><a class="btn line" href=${write}><${Icon} n="edit" />${t("progress.edit")}</a></p>` : null}
    ${["ineligible", "rejected"].includes(paper.status) ? html`<p><a class="btn line" href="/app/intakes">${t("apply.others")}</a></p>` : null}<//>
    ${paper.decision?.feedback ? html`<${Panel} title=${t("progress.feedback")} class="stack s3"><${Paragraphs} text=${paper.decision.feedback} /><//>` : null}
    ${paper.submit_no ? html`<p><a class="btn line sm" href=${`/app/applications/${paper.id}/receipt`}><${Icon} n="print" s />${t("receipt.page")}</a></p>` : null}
    ${paper.submit_no ? html`<details class="panel"><summary><${Icon} n="chev" s />${t("progress.answers")}</summary><${Answers} form=${paper.form} answers=${paper.answers} files=${paper.files} /></details>` : null}</div>
  <div class="stack">${more.value && paper.own ? html`<${more.value.Team} paper=${paper} reload=${reload} />` : null}<${Panel} title=${t("progress.history")}><${Timeline} items=${history(paper)} /><//>
    ${own.applicant && paper.status === "draft" ? html`<${Draft} id=${paper.id} />` : null}
    ${own.applicant && paper.status !== "draft" && leaves.has(paper.status) ? html`<${Withdraw} id=${paper.id} after=${after} />` : null}</div></div></div>`;
}

const settling = () => import("./settle.js").then((m) => m.Settle);

/** What can be said against a decision; its module comes where there is one. @param {{ paper: any, reload: () => any }} props */
function Pleading(props) {
  const late = useSignal(/** @type {{ Part: any } | null} */ (null));
  useEffect(() => { bring("pages/intake/appeal").then((m) => { late.value = { Part: m.Appeal }; }, (e) => say(asRefusal(e).message, { bad: true })); }, []);
  return late.value ? html`<${late.value.Part} ...${props} />` : null;
}

/** The states in which an application can be taken back. */
const leaves = new Set(["draft", "submitted", "needs_info", "in_review", "waitlisted"]);

/** The one date that comes next, in words. @param {{ key: string, at: string | null, day: string }} n */
export const upcoming = (n) => t(`next.${n.key}`, { at: n.at ? moment(n.at) : date(n.day) });

/** A draft can be opened elsewhere, and thrown away. @param {{ id: string }} props */
function Draft({ id }) {
  const { ask, dialog } = useAsk();
  const link = async () => {
    try { await call("POST", `/applications/${id}/link`); say(t("draft.link_sent")); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const discard = () => ask({
    title: t("draft.discard_title"), why: t("draft.discard_why"), act: t("draft.discard"), bad: true,
    send: (_, key) => call("POST", `/applications/${id}/discard`, null, { key }),
    done() { say(t("draft.discarded")); go("/app/applications", { replace: true }); },
  });
  return html`<${Panel} title=${t("draft.title")} class="stack s3"><p class="sub">${t("draft.link_why")}</p><div class="row"><button class="btn line" type="button" onClick=${link}><${Icon} n="mail" />${t("draft.link")}</button><button class="btn ghost" type="button" onClick=${discard}>${t("draft.discard")}</button></div>${dialog}<//>`;
}

/** What an applicant keeps: the code they say on the telephone. @param {{ paper: any }} props */
function Receipt({ paper }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { box.current?.focus(); }, []);
  return html`<section class="alert b" role="status" tabindex="-1" ref=${box}><${Icon} n="okc" /><div class="stack s2"><p><b>${t("receipt.title")}</b></p><p class="fig">${paper.code}</p>
    <p>${t("receipt.why", { at: moment(paper.submitted_at), n: paper.submit_no })}</p><p class="no-print"><button class="btn sm line" type="button" onClick=${() => print()}><${Icon} n="print" s />${t("receipt.print")}</button></p></div></section>`;
}

/** Plain lines, the newest last, and then what is still to come. @param {any} paper */
function history(paper) {
  /** @type {{ title: any, note?: any, look?: "done" | "now" | "late" | "" }[]} */
  const items = paper.history.map((/** @type {any} */ h) => ({ title: happened(h), note: [moment(h.at), h.reason].filter(Boolean).join(" · "), look: "done" }));
  const last = items.at(-1);
  if (last) last.look = ["withdrawn", "rejected", "ineligible", "offer_expired"].includes(paper.status) ? "late" : "now";
  if (["draft", "submitted"].includes(paper.status)) items.push({ title: t("progress.next_close"), note: [moment(paper.closes_at), lateUntil(paper)].filter(Boolean).join(" · ") });
  if (paper.status === "needs_info") items.push({ title: t("progress.next_answer"), note: moment(paper.answer_by) });
  if (["draft", "submitted", "needs_info", "in_review"].includes(paper.status)) items.push({ title: t("progress.next_told"), note: given(paper.intake.decision_due) ? t("progress.next_told_by", { date: date(paper.intake.decision_due) }) : t("progress.next_told_why") });
  if (paper.offer?.stands) items.push({ title: t("progress.next_offer"), note: moment(paper.offer.expires_at) });
  return items;
}

/** How long somebody may think better of it, in seconds. */
const grace = 8;

/**
 * Takes the application back. It cannot be undone, so nothing happens for a few seconds, in which it can.
 * @param {{ id: string, after: () => Promise<void> }} props
 */
function Withdraw({ id, after }) {
  const leaving = useSignal(false), timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined)), keep = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => () => clearTimeout(timer.current), []); // whoever goes away has not withdrawn
  useEffect(() => { if (leaving.value) keep.current?.focus(); }, [leaving.value]);
  const stay = () => { clearTimeout(timer.current); leaving.value = false; say(t("withdraw.kept")); };
  const leave = async () => {
    clearTimeout(timer.current);
    try {
      await call("POST", `/applications/${id}/withdraw`);
      say(t("withdraw.done"));
      await after();
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
    leaving.value = false;
  };
  const start = () => { leaving.value = true; timer.current = setTimeout(leave, grace * 1000); };
  return html`<${Panel} title=${t("withdraw.title")} class="stack s3">${leaving.value ? html`<div role="alert"><${Note} tone="w">${t("withdraw.soon", { n: grace })}<//></div><div class="row"><button class="btn" type="button" ref=${keep} onClick=${stay}>${t("withdraw.keep")}</button><button class="btn ghost" type="button" onClick=${leave}>${t("withdraw.now")}</button></div>`
    : html`<p class="sub">${t("withdraw.why")}</p><p><button class="btn line" type="button" onClick=${start}>${t("withdraw.go")}</button></p>`}<//>`;
}

/** The place that was offered: until when, under which name, yes or no. @param {{ paper: any, after: () => Promise<void> }} props */
function Offer({ paper, after }) {
  const offer = paper.offer, { ask, dialog } = useAsk();
  const mine = paper.own?.applicant ?? true, proposal = !offer.cohort.id; // who is called for a talk joins no cohort
  const form = useForm({
    start: { startup_name: paper.startup || proposal ? "" : paper.title },
    send: (v, key) => call("POST", `/offers/${offer.id}/accept`, paper.startup || proposal ? {} : v, { key }),
    async done() { say(t("offer.welcome")); await after(); },
  });
  const decline = () => ask({
    title: t("offer.decline_title"), why: t("offer.decline_why"), act: t("offer.decline"), bad: true,
    send: (_, key) => call("POST", `/offers/${offer.id}/decline`, null, { key }), done: after,
  });
  if (offer.status === "accepted" && proposal) return html`<${Note} tone="b"><b>${t("offer.taken")}</b><p>${t("offer.taken_why")}</p><//>`;
  if (offer.status === "accepted") return html`<${Note} tone="b"><b>${t("offer.accepted", { cohort: pair(offer.cohort, "title") })}</b><p>${t("offer.accepted_why")}</p><p><a href="/app/reports">${t("offer.accepted_go")}</a></p><//>`;
  if (!offer.stands) return html`<${Note} tone="w"><${Status} of="offers" is=${offer.status === "sent" ? "expired" : offer.status} /><//>`;
  return html`<${Panel} class="stack s3"><div class="ph m0"><h2>${proposal ? t("offer.take_title") : t("offer.title", { cohort: pair(offer.cohort, "title") })}</h2><span class="tag w"><${Icon} n="clock" />${deadline(offer.expires_at)}</span></div>
    <p>${t("offer.why", { at: moment(offer.expires_at) })}</p>
    ${mine ? null : html`<p class="hint">${t("offer.theirs")}</p>`}
    ${mine ? html`<form class="stack s3" novalidate onSubmit=${form.submit}><${Summary} form=${form} />${paper.startup || proposal ? null : html`<${Field} form=${form} name="startup_name" label=${t("offer.name")} help=${t("offer.name_help")} required maxlength="120" />`}
      <div class="row"><button class="btn lg" disabled=${form.busy.value}>${t("offer.accept")}</button><button class="btn ghost" type="button" onClick=${decline}>${t("offer.decline")}</button></div></form>` : null}${dialog}<//>`;
}
