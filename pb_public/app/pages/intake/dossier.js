// @ts-check
// One application as staff read it: the answers beside the sheets of the judges, on one sight line; then what to do.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { has, moment, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Head, Icon, Note, Panel, Status, Timeline } from "../../components/parts.js";
import { Answers } from "./answers.js";
import { Card } from "./card.js";
import { Decide } from "./decide.js";
import { apart, fromField } from "./desk.js";
import { Sheets } from "./sheets.js";

/** @param {{ paper: any, reload: () => any }} props */
export function Dossier({ paper, reload }) {
  const { ask, dialog } = useAsk();
  const intake = useOne(`/intakes/${paper.intake.id}`, { on: ["intakes", "rounds"] });
  const staff = paper.staff, last = staff.snapshots.at(-1), here = `/app/intakes/${paper.intake.id}`;
  const open = ["submitted", "needs_info", "in_review"].includes(paper.status) && !staff.decision;
  /** @param {string} verb @param {any[]} fields @param {boolean} [bad] */
  const askFor = (verb, fields, bad) => ask({
    title: t(`dossier.${word(verb)}_title`), why: t(`dossier.${word(verb)}_why`), act: t(`dossier.${word(verb)}_do`), fields, bad: bad ?? false,
    send: ({ answer_by, ...v }, key) => call("POST", `/applications/${paper.id}/${verb}`, { ...v, ...(answer_by ? { answer_by: fromField(answer_by) } : {}) }, { key }),
    done: async () => { say(t(`dossier.${word(verb)}_done`)); await reload(); },
  });
  const items = [
    ...(open && paper.status !== "needs_info" ? [{ label: t("dossier.ask_do"), icon: "chat", act: () => askFor("ask", [{ name: "question", label: t("dossier.question"), as: "area", rows: 4, required: true }, { name: "answer_by", label: t("dossier.answer_by"), type: "datetime-local", required: true }]) }] : []),
    ...(open && paper.status !== "needs_info" ? [{ label: t("dossier.rule_out_do"), icon: "stop", bad: true, act: () => askFor("rule-out", [{ name: "reason", label: t("dossier.reason"), as: "area", rows: 4, required: true, help: t("dossier.reason_read") }], true) }] : []),
    ...(paper.status === "ineligible" && staff.may_decide ? [{ label: t("dossier.restore_do"), icon: "undo", act: () => askFor("restore", []) }] : []),
    ...(paper.status === "waitlisted" && staff.may_decide ? [{ label: t("dossier.promote_do"), icon: "rise", act: () => askFor("promote", []) }] : []),
    ...(paper.offer?.stands && staff.may_decide ? [{ label: t("dossier.revoke_do"), icon: "x", bad: true, act: () => ask({ title: t("dossier.revoke_title"), why: t("dossier.revoke_why"), act: t("dossier.revoke_do"), bad: true, fields: [{ name: "reason", label: t("dossier.reason"), as: "area", rows: 3, required: true, help: t("dossier.reason_read") }], send: (v, key) => call("POST", `/offers/${paper.offer.id}/revoke`, v, { key }), done: reload }) }] : []),
  ];
  /** @param {string} to */
  const move = async (to) => {
    try { await call("POST", `/screenings/${staff.screening.id}/move`, { to }); say(t("board.moved", { name: paper.title, column: t(`status.screenings.${to}`) })); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const columns = staff.screening && staff.screening.status !== "settled" ? ["new", "screening", "interview", "shortlisted", "set_aside"].filter((c) => c !== staff.screening.status) : [];
  return html`<nav class="crumbs" aria-label=${t("page.crumbs")}><a href=${here}>${pair(paper.intake, "title")}</a><${Icon} n="chev" s /><a href=${`${here}/applications`}>${t("handed.title")}</a><${Icon} n="chev" s /><span>${paper.code}</span></nav>
  <${Head} title=${paper.title} sub=${staff.applicant.name}><${Status} of="applications" is=${paper.status} tag />
    ${staff.sheets.spread >= apart.sheet ? html`<span class="tag w"><${Icon} n="warn" />${t("board.apart", { n: num(staff.sheets.spread, 1) })}</span>` : null}
    ${columns.length ? html`<${Menu} label=${t("board.move", { name: paper.title })} title=${t("board.move_to")} class="btn line" items=${columns.map((c) => ({ label: t(`status.screenings.${c}`), icon: "right", act: () => move(c) }))}><${Icon} n="board" />${t(`status.screenings.${staff.screening.status}`)}<${Icon} n="chevd" s /><//>` : null}
    ${items.length ? html`<${Menu} label=${t("dossier.more")} items=${items} />` : null}<//>
  <div class="stack">${paper.status === "needs_info" ? html`<${Note} tone="w"><b>${t("dossier.waiting", { at: moment(paper.answer_by) })}</b><p>${paper.question}</p><//>` : null}
  <div class="split e"><${Panel} title=${t("dossier.paper")} side=${last ? html`<span class="tag">${t("dossier.handed_in", { n: last.number, at: moment(last.at) })}</span>` : null}><${Answers} form=${paper.form} answers=${last?.answers ?? paper.answers} /><//>
    <${Sheets} staff=${staff} intake=${intake.data.value} reload=${reload} /></div>
  <div class="split e">${staff.screening ? html`<${Card} card=${staff.screening} reload=${reload} />` : null}<${Decide} paper=${paper} intake=${intake.data.value} reload=${reload} /></div>
  <${Panel} title=${t("progress.history")}><${Timeline} items=${paper.history.map((/** @type {any} */ h) => ({ title: t(has(h.notice) ? h.notice : "progress.happened"), note: [moment(h.at), h.reason].filter(Boolean).join(" · "), look: "done" }))} />
    ${staff.snapshots.length > 1 ? html`<div class="gap-t">${staff.snapshots.slice(0, -1).map((/** @type {any} */ s) => html`<details key=${s.number}><summary><${Icon} n="chev" s />${t("dossier.handed_in", { n: s.number, at: moment(s.at) })}</summary><${Answers} form=${paper.form} answers=${s.answers} /></details>`)}</div>` : null}<//></div>${dialog}`;
}

/** A verb as its words are called. @param {string} verb */
const word = (verb) => verb.replace("-", "_");
