// @ts-check
// One application as staff read it: the answers beside the sheets of the judges, on one sight line, and the card on which they
// propose. What else there is stands in tabs: each is a module that exports Part({ paper, reload }) and comes when it is opened.
import { html, say, useEffect, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { Field, Menu, Stale, Summary, useAsk, useForm } from "../../lib/forms.js";
import { bring, moment, num, pair, t } from "../../lib/words.js";
import { Avatar, Badge, Crumbs, Head, Icon, Loading, Note, Panel, Status, Timeline, atCurrent } from "../../components/parts.js";
import { happened } from "./application.js";
import { Answers, apart, fromField, Paragraphs } from "./parts.js";

/** The tabs: what is drawn here, and the modules of the others. @type {Record<string, string>} */
const tabs = { paper: "", talk: "talk", eligibility: "eligibility", outcome: "outcome", history: "" };

/** A tab's module with its words. @param {string} name */
const fetchTab = async (name) => (await bring(`pages/intake/${name}`)).Part;

/** What a tab's module draws, once it is here. @param {{ name: string, paper: any, reload: () => any }} props */
function Later({ name, ...props }) {
  const late = useSignal(/** @type {{ Part: any } | null} */ (null));
  useEffect(() => { late.value = null; fetchTab(name).then((Part) => { late.value = { Part }; }, (e) => say(asRefusal(e).message, { bad: true })); }, [name]);
  return late.value ? html`<${late.value.Part} ...${props} />` : html`<div class="panel"><${Loading} /></div>`;
}

/** @param {{ paper: any, reload: () => any }} props */
export function Side({ paper, reload }) {
  const { ask, dialog } = useAsk(), tab = useSignal(new URLSearchParams(location.search).get("tab") ?? "paper"), at = tab.value in tabs ? tab.value : "paper";
  const turn = (/** @type {string} */ to) => { tab.value = to; history.replaceState(null, "", `${location.pathname}${to === "paper" ? "" : `?tab=${to}`}`); };
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
  ];
  /** @param {string} to */
  const move = async (to) => {
    try { await call("POST", `/screenings/${staff.screening.id}/move`, { to }); say(t("board.moved", { name: paper.title, column: t(`status.screenings.${to}`) })); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const columns = staff.screening && staff.screening.status !== "settled" ? ["new", "screening", "interview", "shortlisted", "set_aside"].filter((c) => c !== staff.screening.status) : [];
  return html`<${Crumbs} trail=${[{ to: here, label: pair(paper.intake, "title") }, { to: `${here}/applications`, label: t("handed.title") }]} />
  <${Head} title=${paper.title} sub=${html`${staff.applicant.name} · <span class="nb">${paper.code}</span>`}><${Status} of="applications" is=${paper.status} tag />
    ${staff.sheets.spread >= apart.sheet ? html`<span class="tag w"><${Icon} n="warn" />${t("board.apart", { n: num(staff.sheets.spread, 1) })}</span>` : null}
    <a class="btn line" href=${`/app/intakes/${paper.intake.id}/interviews?application=${paper.id}`}><${Icon} n="cal" />${t("interviews.title")}</a>
    ${columns.length ? html`<${Menu} label=${t("board.move", { name: paper.title })} title=${t("board.move_to")} class="btn line" items=${columns.map((c) => ({ label: t(`status.screenings.${c}`), icon: "right", act: () => move(c) }))}><${Icon} n="board" />${t(`status.screenings.${staff.screening.status}`)}<${Icon} n="chevd" s /><//>` : null}
    ${items.length ? html`<${Menu} label=${t("dossier.more")} items=${items} />` : null}<//>
  <div class="stack">${paper.status === "needs_info" ? html`<${Note} tone="w"><b>${t("dossier.waiting", { at: moment(paper.answer_by) })}</b><p>${paper.question}</p><//>` : null}
  <nav class="tabs" ref=${atCurrent} aria-label=${t("dossier.tabs")}>${Object.keys(tabs).filter((x) => x !== "eligibility" || paper.eligibility?.length).map((x) => html`<button type="button" key=${x} aria-current=${at === x ? "true" : undefined} onClick=${() => turn(x)}>${t(`dossier.tab_${x}`)}</button>`)}</nav>
  ${tabs[at] ? html`<${Later} name=${tabs[at]} paper=${paper} reload=${reload} />` : at === "history" ? html`<${Past} paper=${paper} />` : html`<div class="split e"><${Panel} title=${t("dossier.paper")} side=${last ? html`<span class="tag">${t("dossier.handed_in", { n: last.number, at: moment(last.at) })}</span>` : null}><${Answers} form=${paper.form} answers=${last?.answers ?? paper.answers} files=${paper.files} /><//>
    <div class="stack"><${Sheets} staff=${staff} reload=${reload} />${staff.screening ? html`<${Card} card=${staff.screening} reload=${reload} />` : null}</div></div>`}</div>${dialog}`;
}

/** What happened, and what was handed in before. @param {{ paper: any }} props */
const Past = ({ paper }) => html`<${Panel} title=${t("progress.history")}><${Timeline} items=${paper.history.map((/** @type {any} */ h) => ({ title: happened(h), note: [moment(h.at), h.reason].filter(Boolean).join(" · "), look: "done" }))} />
    ${paper.ticket ? html`<p class="sub sm">${t("dossier.ticket", { name: paper.ticket.name, at: moment(paper.ticket.at), until: moment(paper.ticket.until) })}</p>` : null}${paper.extended.filter((/** @type {any} */ x) => x.application).map((/** @type {any} */ x) => html`<p class="sub sm">${t("call.moved", { at: moment(x.closes_at), reason: x.reason })}</p>`)}
  ${paper.staff.snapshots.length > 1 ? html`<div class="gap-t">${paper.staff.snapshots.slice(0, -1).map((/** @type {any} */ s) => html`<details key=${s.number}><summary><${Icon} n="chev" s />${t("dossier.handed_in", { n: s.number, at: moment(s.at) })}</summary><${Answers} form=${paper.form} answers=${s.answers} files=${s.files} /></details>`)}</div>` : null}<//>`;


/** A verb as its words are called. @param {string} verb */
const word = (verb) => verb.replace("-", "_");

/** Criterion by criterion, judge beside judge, with the gap between them. @param {{ staff: any, reload: () => any }} props */
function Sheets({ staff, reload }) {
  const seats = /** @type {any[]} */ (staff.assignments).toSorted((a, b) => Number(Boolean(b.sheet)) - Number(Boolean(a.sheet))), there = seats.filter((s) => s.sheet && !s.excluded_because);
  const name = (/** @type {string} */ id) => staff.people[id] || id, short = (/** @type {string} */ id) => name(id).trim().split(/\s+/).at(-1) ?? "";
  const rubric = /** @type {any[]} */ (staff.criteria ?? []);
  const gap = (/** @type {number[]} */ vs) => (vs.length > 1 ? Math.max(...vs) - Math.min(...vs) : null);
  const total = gap(there.map((s) => s.sheet.total));
  return html`<${Panel} title=${t("sheets.title")} side=${html`<span class="tag">${t("sheets.count", { done: num(staff.sheets.done), asked: num(staff.sheets.asked) })}</span>`}>
  ${there.length ? html`<div class="tw" tabindex="0" role="region" aria-label=${t("sheets.title")}><table class="tbl compact"><thead><tr><th scope="col">${t("sheets.criterion")}</th>${there.map((s) => html`<th scope="col" class="end" key=${s.id} title=${name(s.judge)}>${short(s.judge)}</th>`)}${there.length > 1 ? html`<th scope="col" class="end">${t("sheets.gap")}</th>` : null}</tr></thead>
    <tbody>${rubric.map((c) => { const g = gap(there.map((s) => s.sheet.scores[c.key] ?? 0)); return html`<tr key=${c.key}><th scope="row">${pair(c, "label")}</th>${there.map((s) => html`<td class="end" key=${s.id}>${s.sheet.scores[c.key] === undefined ? "–" : num(s.sheet.scores[c.key], 1)}</td>`)}${g === null ? null : html`<td class="end"><${Gap} n=${g} from=${apart.criterion} /></td>`}</tr>`; })}
    <tr><th scope="row"><b>${t("sheets.weighted")}</b></th>${there.map((s) => html`<td class="end" key=${s.id}><b>${num(s.sheet.total, 1)}</b></td>`)}${total === null ? null : html`<td class="end"><b><${Gap} n=${total} from=${apart.sheet} /></b></td>`}</tr></tbody></table></div>` : html`<p class="muted">${t(seats.length ? "sheets.none_yet" : "sheets.nobody")}</p>`}
  <div class="gap-t">${seats.map((s) => html`<div class="crit" key=${s.id}><div class="row"><${Avatar} name=${name(s.judge)} small /><b>${name(s.judge)}</b>${s.sheet ? html`<span class="muted sm">${moment(s.sheet.submitted_at)}</span>${s.sheet.recommendation ? html`<${Badge} tone=${{ yes: "ok", maybe: "warn", no: "bad" }[/** @type {string} */ (s.sheet.recommendation)]}>${t(`judging.say_${s.sheet.recommendation}`)}<//>` : null}` : html`<${Status} of="assignments" is=${s.status} />`}</div>
    ${s.excluded_because || s.declined_because ? html`<p class="sub sm">${s.excluded_because ? t("sheets.excluded") : ""} ${s.declined_because ?? ""}</p>` : null}
    ${s.sheet?.comment ? html`<p class="lbl sm">${t("judging.comment")}</p><${Paragraphs} text=${s.sheet.comment} />` : null}
    ${s.sheet?.note ? html`<p class="lbl sm">${t("judging.note")}</p><${Paragraphs} text=${s.sheet.note} />` : null}</div>`)}</div>
  <${Conflicts} conflicts=${staff.conflicts} name=${name} reload=${reload} /><//>`;
}

/** @param {{ n: number, from: number }} props from where on it is worth a look */
const Gap = ({ n, from }) => (n >= from ? html`<${Badge} tone="warn">${num(n, 1)}<span class="vh"> ${t("sheets.look")}</span><//>` : html`${num(n, 1)}`);

/** @param {{ conflicts: any[], name: (id: string) => string, reload: () => any }} props */
function Conflicts(props) {
  const late = useSignal(/** @type {{ Part: any } | null} */ (null)), some = props.conflicts.length > 0;
  useEffect(() => { if (some) import("./conflicts.js").then((m) => { late.value = { Part: m.Conflicts }; }, (e) => say(asRefusal(e).message, { bad: true })); }, [some]);
  if (!some) return html`<div class="gap-t"><${Note}>${t("sheets.no_conflict")}<//></div>`;
  return late.value ? html`<${late.value.Part} ...${props} />` : null;
}

/** What staff write on the card: a proposal for whoever decides, a rank, a note. @param {{ card: any, reload: () => any }} props */
function Card({ card, reload }) {
  const seen = useRef({ rev: card.rev, words: JSON.stringify(written(card)) });
  const form = useForm({
    start: written(card), rev: card.rev,
    send: (v, key, rev) => call("PATCH", `/screenings/${card.id}`, { ...v, rank: v["rank"] ?? 0, rev: Math.max(rev, seen.current.rev) }, { key }),
    async done() { say(t("card.saved")); seen.current.words = JSON.stringify(form.values.value); await reload(); },
  });
  const typed = JSON.stringify(form.values.value);
  useEffect(() => { // moved, or written on by a colleague: who has typed nothing sees it, who has is told when they save
    const words = JSON.stringify(written(card));
    if (words !== seen.current.words && typed !== seen.current.words) return;
    if (typed === seen.current.words) form.values.value = written(card);
    seen.current = { rev: card.rev, words };
  }, [card.rev]);
  const settled = card.status === "settled";
  return html`<form class="panel stack" novalidate onSubmit=${form.submit}><h2>${t("card.title")}</h2><${Stale} form=${form} theirs=${() => { form.values.value = written(card); seen.current = { rev: card.rev, words: JSON.stringify(written(card)) }; }} /><${Summary} form=${form} />
    <${Field} form=${form} name="proposal" as="segments" marked=${false} label=${t("card.proposal")} options=${["admit", "waitlist", "reject"].map((p) => ({ value: p, label: t(`screening.proposal_${p}`), disabled: settled }))} />
    <${Field} form=${form} name="rank" as="amount" marked=${false} label=${t("card.rank")} help=${t("card.rank_help")} disabled=${settled} />
    <${Field} form=${form} name="note" as="area" marked=${false} label=${t("card.note")} help=${t("card.note_help")} rows="4" disabled=${settled} />
    ${settled ? null : html`<p><button class="btn line" disabled=${form.busy.value || typed === seen.current.words}>${t("card.save")}</button></p>`}</form>`;
}

/** @param {any} card */
const written = ({ proposal, rank, note }) => ({ proposal, rank: rank || null, note });
