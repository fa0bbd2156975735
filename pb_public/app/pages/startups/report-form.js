// @ts-check
// A report on a phone: what stood there last time, what has changed since, and a word of its own for what has no number.
import { html, useEffect, useSignal } from "../../lib/ui.js";
import { call, newKey } from "../../lib/api.js";
import { Saved, StaleSave, useAutosave } from "../../lib/autosave.js";
import { Field, Summary } from "../../lib/forms.js";
import { date, deadline, dongShort, given, ms, now, num, pair, t } from "../../lib/words.js";
import { Head, Icon, Note } from "../../components/parts.js";
import { Change, grades, named, states, when, write } from "./kpi.js";

/** @typedef {import("./kpi.js").KPI} KPI */
/** @typedef {import("./kpi.js").Reading} Reading */
/** @typedef {{ request: any, startup: { id: string, name: string }, kpis: KPI[], readings: Reading[], previous: Reading[], questions: OpenQuestion[], answers: Record<string, string>, corrections?: Correction[] }} Sheet */
/** @typedef {{ key: string, label_vi: string, label_en: string, hint_vi: string, hint_en: string, required: boolean }} OpenQuestion asked in words */
/** @typedef {{ number: number, at: string, by: string, reason: string, changes: { kpi: string, was: Reading | null, now: Reading }[], answers: { question: string, was: string, now: string }[] }} Correction */

/** A change from which on we ask for a word. */
const large = 0.4;

/**
 * What is taken over from last time where nothing is written yet: a count that rarely moves, and that a question does not fit.
 * What came in within a month never is, it would be a guess; one tap takes it over instead.
 * @param {Sheet} sheet @param {KPI} k
 */
function carried(sheet, k) {
  if (sheet.readings.some((x) => x.kpi === k.id)) return undefined;
  const last = sheet.previous.find((x) => x.kpi === k.id);
  return last && (last.state === "na" || (last.state === "value" && k.agg === "last")) ? last : undefined;
}

/** What the form begins with. @param {Sheet} sheet */
function start(sheet) {
  /** @type {Record<string, any>} */
  const v = {};
  for (const k of sheet.kpis) {
    const r = sheet.readings.find((x) => x.kpi === k.id) ?? carried(sheet, k);
    v[k.key] = r?.value ?? null;
    v[`${k.key}:state`] = r?.state ?? "value";
    v[`${k.key}:comment`] = r?.period_key ? "" : r?.comment ?? "";
    v[`${k.key}:grade`] = r?.period_key ? "self" : r?.grade || "self";
  }
  for (const q of sheet.questions) v[`answers.${q.key}`] = sheet.answers[q.key] ?? "";
  return v;
}

/** Whether a question has an answer. @param {Record<string, any>} v @param {KPI} k */
const answered = (v, k) => v[`${k.key}:state`] !== "value" || (v[k.key] !== null && v[k.key] !== undefined);

/** The answers as the server takes them; an empty one takes back what was there. @param {Record<string, any>} v @param {KPI[]} kpis */
const readings = (v, kpis) => kpis.map((k) => (answered(v, k) ? { kpi: k.id, state: v[`${k.key}:state`], value: v[`${k.key}:state`] === "value" ? v[k.key] : null, comment: v[`${k.key}:comment`], grade: v[`${k.key}:grade`] } : { kpi: k.id, state: "", value: null, comment: "", grade: "" }));

/** Whether something is said to a question in words. @param {Record<string, any>} v @param {OpenQuestion} q */
const told = (v, q) => String(v[`answers.${q.key}`] ?? "").trim() !== "";

/** What is said in words, by question. @param {Record<string, any>} v @param {OpenQuestion[]} asks */
const spoken = (v, asks) => Object.fromEntries(asks.map((q) => [q.key, v[`answers.${q.key}`] ?? ""]));

/**
 * @param {object} props
 * @param {Sheet} props.sheet
 * @param {string} props.route "/reports/x" or "/report-links/x"
 * @param {() => unknown} props.sent what follows when it is handed in
 * @param {() => unknown} props.reload after somebody else has saved it
 * @param {(why: import("../../lib/api.js").Refusal) => unknown} [props.gone] when a link has ended meanwhile
 */
export function ReportForm({ sheet, route, sent, reload, gone }) {
  const { request, startup, kpis, questions } = sheet;
  const busy = useSignal(false);
  const form = useAutosave({ id: `report.${request.id}`, start: start(sheet), rev: request.rev, send: (v, rev, key) => call("PATCH", route, { readings: readings(v, kpis), answers: spoken(v, questions), rev }, { key }) });
  const v = form.values.value, left = kpis.filter((k) => !answered(v, k)).length;
  const must = questions.filter((q) => q.required), unsaid = must.filter((q) => !told(v, q)).length;
  const of = kpis.length + must.length, done = of - left - unsaid; // what must be answered; the rest may be
  const taken = kpis.some((k) => carried(sheet, k));
  const refused = form.refusal.value;
  useEffect(() => { if (refused?.status === 410) gone?.(refused); }, [refused]);
  const last = sheet.previous[0]?.period_key ?? "", until = `${request.due_on}T16:59:59Z`;

  /** @param {Event} e */
  async function submit(e) {
    e.preventDefault();
    if (busy.value || !form.complete()) return;
    busy.value = true;
    form.refusal.value = null;
    try {
      form.saver.edit(form.values.value); // what was taken over from last time has not been saved yet
      const { rev, saved } = await form.saver.flush();
      if (!saved) { form.asked.value++; return; }
      await call("POST", `${route}/submit`, { rev }, { key: newKey() });
      await sent();
    } catch (why) {
      form.refuse(why);
    } finally {
      busy.value = false;
    }
  }

  return html`<${Head} title=${named(request, pair(request, "title"))} sub=${`${startup.name} · ${t(ms(until) < now() ? "report.until_past" : "report.until", { date: date(request.due_on), left: deadline(until) })}`} />
  <div class="split"><form class="stack" novalidate onSubmit=${submit}>
    ${given(request.returned_because) ? html`<${Note} tone="w"><b>${t("report.came_back")}</b><p>${request.returned_because}</p><//>` : null}
    <div class="row sb"><${Saved} form=${form} /><span class="sm muted">${t("report.done", { n: num(done), of: num(of) })}</span></div>
    <svg class="bar xs" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bg" width="100" height="6" /><rect class="fb" width=${(done / of) * 100} height="6" /></svg>
    <${StaleSave} form=${form} reload=${reload} /><${Summary} form=${form} />
    ${taken && last ? html`<${Note} tone="b">${t("report.carried", { period: when(last) })}<//>` : null}
    <div class="panel">${kpis.map((k) => html`<${Row} key=${k.id} k=${k} form=${form} was=${sheet.previous.find((x) => x.kpi === k.id)} />`)}</div>
    ${questions.length ? html`<section class="panel stack s3"><h2>${t("question.title")}</h2>${questions.map((q) => html`<${Field} key=${q.key} form=${form} name=${`answers.${q.key}`} as="area" rows="4" label=${pair(q, "label")} help=${pair(q, "hint")} required=${q.required} max=${2000} />`)}</section>` : null}
    <div class="paybar"><span class="sm grow">${left ? html`<b>${t("report.left", { n: left })}</b><br /><span class="muted">${t("report.left_why")}</span>` : html`<b>${t(unsaid ? "question.left" : "report.all")}</b>`}</span><button class="btn nb" disabled=${busy.value}>${t("report.send")}</button></div>
  </form><div class="stack stick"><section class="panel stack s3"><h2>${t("report.who")}</h2><ul class="stack s2">${[["users", "staff"], ["chart", "sum"], ["lock", "public"]].map(([icon, k]) => html`<li class="row nowrap"><${Icon} n=${icon ?? ""} /><span>${t(`report.who_${k}`)}</span></li>`)}</ul></section></div></div>`;
}

/** One question. @param {{ k: KPI, form: any, was: Reading | undefined }} props */
function Row({ k, form, was }) {
  const v = form.values.value, state = v[`${k.key}:state`], value = v[k.key], label = pair(k, "label"), noting = useSignal(false);
  const before = was?.state === "value" ? was.value : null;
  const jump = state === "value" && value !== null && before !== null && before !== 0 && Math.abs(value - before) / Math.abs(before) > large;
  const set = (/** @type {string} */ part) => (/** @type {any} */ e) => {
    const { [k.key]: mended, ...others } = form.problems.value; // another kind of answer is no mistake any more
    form.problems.value = others;
    form.set(`${k.key}:${part}`, e.currentTarget.value);
  };
  const asks = jump || state !== "value" || v[`${k.key}:comment`] || noting.value;
  const again = () => form.set(k.key, before);
  const choose = html`<select class="ev" aria-label=${t("reading.kind", { label })} onChange=${set("state")}>${states.map((s) => html`<option value=${s} selected=${s === state}>${t(`reading.is_${s}`)}</option>`)}</select>`;
  return html`<div class="rep">
    ${state === "value" ? html`<${Field} form=${form} name=${k.key} as="amount" label=${label} help=${pair(k, "help")} unit=${k.unit === "vnd" ? "₫" : k.unit === "percent" ? "%" : undefined} required />`
      : html`<div class="field"><b class="lbl">${label}</b><p class="hint">${pair(k, "help")}</p><p class="st idle"><${Icon} n="clock" />${t(`reading.kept_${state}`)}</p></div>`}
    <div class="row sb nowrap"><${Since} k=${k} state=${state} value=${value} before=${before} since=${when(was?.period_key ?? "")} again=${again} />
      ${asks ? null : html`<button class="btn ghost icon" type="button" title=${t("reading.note")} aria-label=${t("reading.note_on", { label })} onClick=${() => { noting.value = true; }}><${Icon} n="edit" /></button>`}</div>
    <div class="row">${choose}${state === "value" ? html`<select class="ev" aria-label=${t("reading.grade", { label })} onChange=${set("grade")}>${grades.filter((g) => g !== "verified" || v[`${k.key}:grade`] === "verified").map((g) => html`<option value=${g} selected=${g === v[`${k.key}:grade`]}>${t(`grade.${g}`)}</option>`)}</select>` : null}</div>
    ${asks ? html`<${Field} form=${form} name=${`${k.key}:comment`} label=${t(jump ? "reading.why_jump" : "reading.note")} maxlength="1000" />` : null}</div>`;
}

/**
 * How a figure stands to that of last time: the difference, or what stood there and the tap that takes it over.
 * @param {{ k: KPI, state: string, value: number | null, before: number | null, since: string, again: () => void }} props
 */
function Since({ k, state, value, before, since, again }) {
  if (state !== "value") return html`<span class="sm muted">${before === null ? null : t("report.was", { value: write(k.unit, before) })}</span>`;
  if (value === null) return html`<span>${before === null ? null : html`<button class="linkish sm" type="button" onClick=${again}>${t("reading.as_before", { value: write(k.unit, before), when: since })}</button>`}</span>`;
  if (value === 0 && before !== 0) return html`<span class="diff muted"><${Icon} n="check" s />${t("reading.true_zero")}</span>`;
  if (before !== null) return html`<${Change} unit=${k.unit} direction=${k.direction} now=${value} was=${before} since=${since} />`;
  return html`<span>${k.unit === "vnd" && Math.abs(value) >= 1e6 ? html`<span class="diff muted">${dongShort(value)}</span>` : null}</span>`;
}
