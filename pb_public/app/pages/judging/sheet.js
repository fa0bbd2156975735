// @ts-check
// One sheet: the paper beside the rubric. It saves itself until it is handed in; afterwards it is read, and revised while
// the round is open. Each revision is kept, so those are sent by a button.
import { go, html, say, useEffect, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, download, newKey } from "../../lib/api.js";
import { Saved, StaleSave, useAutosave } from "../../lib/autosave.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { useList, useOne } from "../../lib/list.js";
import { deadline, given, moment, num, pair, t } from "../../lib/words.js";
import { Frame, Head, Icon, Loading, Note, Panel, Segments } from "../../components/parts.js";
import { ask as today } from "../../shell/shell.js";
import { Criteria, done, Dots, Read, sum, useDigits } from "./rubric.js";

export const title = () => t("judging.one");

/** @param {{ id: string }} props of the assignment */
export function Page({ id }) {
  const desk = useOne(`/assignments/${id}`, { on: ["assignments", "rounds"] });
  const queue = useList("/assignments", { inURL: false });
  const round = useSignal(0);
  const again = async () => { await Promise.all([desk.reload(), queue.reload(), today().reload()]); round.value++; };
  return html`<${Frame} of=${desk} loading=${html`<${Head} title=${t("judging.one")} /><div class="split e"><div class="panel"><${Loading} /></div><div class="panel"><${Loading} /></div></div>`}>${(/** @type {any} */ d) => html`<${Desk} key=${id + round.value} desk=${d} tasks=${queue.rows.value} again=${again} />`}<//>`;
}

/** @param {any} answer what was answered, as words */
const spoken = (answer) => pair(answer, "text") || (typeof answer.value === "number" ? num(answer.value) : answer.value === true ? t("answer.yes") : answer.value === false ? t("answer.no") : String(answer.value ?? ""));

/** A choice or a cell. @param {any} v */
const cell = (v) => (v && typeof v === "object" ? pair(v, "label") : typeof v === "number" ? num(v) : String(v ?? "–"));

/** An answer: a table as a table, several choices as a list, files to open beside the sheet. @param {{ s: any }} props */
function Spoken({ s }) {
  if (s.files?.length) return html`<div class="row">${s.files.map((/** @type {any} */ f) => html`<button key=${f.id} class="btn line sm" type="button" onClick=${() => download(f.path, {}, f.name).catch((why) => say(asRefusal(why).message, { bad: true }))}><${Icon} n="file" s />${f.name}</button>`)}</div>`;
  if (Array.isArray(s.value) && s.value.length) return html`<ul>${s.value.map((/** @type {any} */ v, /** @type {number} */ n) => html`<li key=${n}>${cell(v)}</li>`)}</ul>`;
  if (s.value?.rows) return html`<div class="tw" tabindex="0" role="region" aria-label=${pair(s, "label")}><table class="tbl compact"><thead><tr>${s.value.columns.map((/** @type {any} */ c) => html`<th scope="col">${pair(c, "label")}</th>`)}</tr></thead><tbody>${s.value.rows.map((/** @type {any[]} */ r) => html`<tr>${r.map((v) => html`<td>${cell(v)}</td>`)}</tr>`)}</tbody></table></div>`;
  return (spoken(s) || t("answer.none")).split(/\n+/).map((line) => html`<p>${line}</p>`);
}

/** @param {{ desk: any, tasks: any[], again: () => Promise<void> }} props */
function Desk({ desk, tasks, again }) {
  const { assignment: a, round, subject } = desk, at = tasks.findIndex((task) => task.id === a.id), side = useSignal("paper");
  const until = round.closes_at ?? a.due_at;
  const sub = [pair(round, "title"), at >= 0 ? t("judging.nth", { n: at + 1, of: num(tasks.length) }) : "", given(until) ? t("judging.due", { at: moment(until), left: deadline(until) }) : "", given(round.grace_until) ? t("stage.grace_until", { at: moment(round.grace_until) }) : ""].filter(Boolean).join(" · ");
  return html`${tasks.length > 1 ? html`<div class="gap-b"><${Dots} tasks=${tasks} /></div>` : null}<${Head} title=${subject.title} sub=${sub}>${at >= 0 ? html`<${Step} task=${tasks[at - 1]} to="judging.before" icon="left" /><${Step} task=${tasks[at + 1]} to="judging.after" icon="right" />` : null}<//>
  <div class="only-narrow gap-b"><${Segments} label=${t("judging.side")} value=${side.value} set=${(/** @type {string} */ v) => { side.value = v; }} options=${[{ value: "paper", label: t("judging.paper") }, { value: "sheet", label: t("judging.one") }]} /></div>
  <div class=${`split e side-${side.value}`}><article class="panel stick"><h2 class="gap-b">${t("judging.paper")}</h2>${subject.answers.map((/** @type {any} */ s) => html`<div class="qa" key=${s.key}><h3>${pair(s, "label")}</h3><${Spoken} s=${s} /></div>`)}</article>
  <div class="stack">${done({ sheet: desk.sheet }) ? html`<${Handed} desk=${desk} again=${again} />` : a.open ? html`<${Draft} desk=${desk} tasks=${tasks} again=${again} />` : html`<${Note}>${t(round.status === "configured" || round.status === "assigned" || round.status === "assigning" ? "judging.not_open" : "judging.over")}<//><${Panel}><${Read} rubric=${round.rubric} sheet=${desk.sheet} /><//>`}
    ${desk.discuss ? html`<${Panelled} desk=${desk} />` : null}${["closed", "computed", "advanced"].includes(round.status) ? null : html`<${Aside} assignment=${a} />`}</div></div>`;
}

/** The sheet before or after. @param {{ task: any, to: string, icon: string }} props */
const Step = ({ task, to, icon }) => (task ? html`<a class="btn line sm" href=${`/app/judging/${task.id}`} aria-label=${`${t(to)}: ${task.title}`}><${Icon} n=${icon} /></a>` : null);

/** The sheets of the others and what the panel says, once one's own sheet is in. It comes when it is scrolled to. @param {{ desk: any }} props */
function Panelled({ desk }) {
  const late = useSignal(/** @type {{ Part: any } | null} */ (null)), at = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const eye = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) { eye.disconnect(); import("./panel.js").then((m) => { late.value = { Part: m.Beside }; }, () => {}); } });
    if (at.current) eye.observe(at.current);
    return () => eye.disconnect();
  }, []);
  return html`<div ref=${at}>${late.value ? html`<${late.value.Part} desk=${desk} />` : null}</div>`;
}

/** Words and points of a sheet as fields. @param {any} desk */
const start = ({ sheet, round }) => ({ recommendation: sheet.recommendation, comment: sheet.comment, note: sheet.note, no_conflict: false, ...Object.fromEntries(round.rubric.map((/** @type {any} */ c) => [`scores.${c.key}`, sheet.scores[c.key] ?? null])) });

/** And back. @param {any} desk @param {Record<string, any>} v */
const written = ({ round }, v) => ({
  recommendation: v["recommendation"], comment: v["comment"], note: v["note"],
  scores: Object.fromEntries(round.rubric.map((/** @type {any} */ c) => [c.key, v[`scores.${c.key}`]]).filter((/** @type {[string, any]} */ [, n]) => n !== null)),
});

/** @param {{ form: any }} props */
const Words = ({ form }) => html`<${Field} form=${form} name="recommendation" as="segments" label=${t("judging.say")} required options=${["yes", "maybe", "no"].map((r) => ({ value: r, label: t(`judging.say_${r}`) }))} />
  <${Field} form=${form} name="comment" as="area" label=${t("judging.comment")} help=${t("judging.comment_help")} rows="4" /><${Field} form=${form} name="note" as="area" label=${t("judging.note")} help=${t("judging.note_help")} rows="3" />`;

/** @param {{ desk: any, tasks: any[], again: () => Promise<void> }} props */
function Draft({ desk, tasks, again }) {
  const { assignment: a, sheet, round } = desk, busy = useSignal(false), box = useRef(/** @type {HTMLElement | null} */ (null));
  const form = useAutosave({ id: `sheet.${a.id}`, rev: sheet.rev, start: start(desk), send: (v, rev, key) => call("PATCH", `/assignments/${a.id}/sheet`, { ...written(desk, v), rev }, { key }) });
  useDigits(form, round.rubric, box);
  const n = round.rubric.filter((/** @type {any} */ c) => form.values.value[`scores.${c.key}`] !== null).length;
  const next = tasks.find((task) => task.id !== a.id && task.open && !done(task));
  /** @param {Event} e */
  async function submit(e) {
    e.preventDefault();
    if (busy.value || !form.complete()) return;
    busy.value = true;
    form.refusal.value = null;
    try {
      const { rev, saved } = await form.saver.flush();
      if (!saved) { form.asked.value++; return; }
      await call("POST", `/assignments/${a.id}/submit`, { no_conflict: form.values.value["no_conflict"], rev }, { key: newKey() });
      say(t("judging.thanks"));
      await again();
      if (next) go(`/app/judging/${next.id}`);
    } catch (why) { form.refuse(why); } finally { busy.value = false; }
  }
  return html`<form class="stack" novalidate onSubmit=${submit} ref=${box}><${StaleSave} form=${form} reload=${again} /><${Summary} form=${form} />
    <${Panel}><${Criteria} form=${form} rubric=${round.rubric} /><//><p class="sub sm only-wide">${t("judging.digits")}</p>
    <${Panel} class="stack"><${Words} form=${form} /><${Field} form=${form} name="no_conflict" as="check" label=${t("judging.no_conflict")} help=${t("judging.no_conflict_why")} required /><//>
    <div class="paybar"><span class="stack s2"><${Saved} form=${form} /><span class="sm"><b class="tn">${num(sum(round.rubric, form.values.value), 2)}</b> <span class="muted">${t("judging.so_far", { n, of: num(round.rubric.length) })}</span></span></span><button class="btn nb" disabled=${busy.value}>${t("judging.submit")}</button></div></form>`;
}

/** What was handed in, and the way to change it. @param {{ desk: any, again: () => Promise<void> }} props */
function Handed({ desk, again }) {
  const { assignment: a, sheet, round } = desk, revising = useSignal(false);
  const may = a.open && sheet.status === "submitted";
  return html`<${Note} tone="b"><b>${t("judging.handed_in", { at: moment(sheet.submitted_at) })}</b> ${t(may ? "judging.may_revise" : "judging.sealed")}<//>
  ${revising.value ? html`<${Revise} desk=${desk} again=${again} close=${() => { revising.value = false; }} />` : html`<${Panel} class="stack"><${Read} rubric=${round.rubric} sheet=${sheet} />${may ? html`<p><button class="btn line" type="button" onClick=${() => { revising.value = true; }}><${Icon} n="edit" />${t("judging.revise")}</button></p>` : null}<//>`}`;
}

/** @param {{ desk: any, again: () => Promise<void>, close: () => void }} props */
function Revise({ desk, again, close }) {
  const { assignment: a, sheet, round } = desk, box = useRef(/** @type {HTMLElement | null} */ (null));
  const form = useForm({ start: start(desk), send: (v, key) => call("PATCH", `/assignments/${a.id}/sheet`, { ...written(desk, v), rev: sheet.rev }, { key }), done: async () => { say(t("judging.revised")); await again(); } });
  useDigits(form, round.rubric, box);
  useEffect(() => { /** @type {HTMLElement | null} */ (box.current?.querySelector("input"))?.focus(); }, []);
  return html`<form class="stack" novalidate onSubmit=${form.submit} ref=${box}><${Summary} form=${form} /><${Panel}><${Criteria} form=${form} rubric=${round.rubric} /><//><${Panel} class="stack"><${Words} form=${form} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("judging.revise_save")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div><//></form>`;
}

/** What keeps somebody from judging. "busy" is no conflict. */
const reasons = ["knows", "money", "mentored", "other", "busy"];

/** @param {{ assignment: any }} props */
function Aside({ assignment }) {
  const early = ["offered", "accepted"].includes(assignment.status);
  const form = useForm({
    start: { why: "", words: "" },
    check: (v) => ({ ...(v["why"] === "other" && !v["words"].trim() ? { words: t("form.required") } : {}) }),
    send: (v, key) => call("POST", `/assignments/${assignment.id}/${v["why"] === "busy" ? "decline" : "recuse"}`, { reason: [v["why"] === "other" ? "" : t(`judging.why_${v["why"]}`), v["words"].trim()].filter(Boolean).join(". ") }, { key }),
    async done() { say(t("judging.left")); await today().reload(); go("/app/judging"); },
  });
  return html`<details class="panel"><summary><${Icon} n="chev" s />${t("judging.aside")}</summary><form class="stack s3" novalidate onSubmit=${form.submit}><p class="sub">${t("judging.aside_why")}</p><${Summary} form=${form} />
    <${Field} form=${form} name="why" as="options" label=${t("judging.aside_reason")} required options=${reasons.filter((r) => early || r !== "busy").map((r) => ({ value: r, label: t(`judging.why_${r}`) }))} />
    <${Field} form=${form} name="words" as="area" rows="2" label=${t("judging.aside_words")} required=${form.values.value["why"] === "other"} />
    <p><button class="btn line" disabled=${form.busy.value}>${t("judging.aside_do")}</button></p></form></details>`;
}
