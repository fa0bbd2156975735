// @ts-check
// One question of a form in the way of its type, as whoever answers it sees it; which questions are asked at all; and what
// the rules of the intake make of an answer.
import { html, useEffect, useId, useRef, useSignal } from "../../lib/ui.js";
import { Field } from "../../lib/forms.js";
import { date, num, pair, t } from "../../lib/words.js";
import { Icon, Note } from "../../components/parts.js";
import { files, words } from "./parts.js";

/** @typedef {import("./parts.js").Question} Question */
/** @typedef {{ rule: string, question: string, state: "ok" | "fails" | "unknown", blocking: boolean, reason_vi: string, reason_en: string, waived: { reason: string, at: string } | null }} Weighed */

/** The name of a question's field. @param {Question} q */
export const nameOf = (q) => `answers.${q.key}`;

/** Whether an answer meets a condition. @param {NonNullable<Question["show_if"]>} c @param {any} answer */
function holds(c, answer) {
  const many = Array.isArray(answer);
  if (c.has) return many && answer.includes(c.has);
  if (c.any?.length) return many ? c.any.some((v) => answer.includes(v)) : c.any.includes(answer);
  return c.is === answer;
}

/**
 * The questions that are asked, given the answers so far. What was answered to a hidden one counts for nothing. The server
 * decides the same.
 * @param {Question[]} asks
 * @param {Record<string, any>} values by field name
 */
export function shown(asks, values) {
  /** @type {Set<string>} */
  const there = new Set();
  return asks.filter((q) => {
    const c = q.show_if;
    if (c) {
      const before = asks.find((b) => b.key === c.key);
      const answer = before && there.has(c.key) ? values[nameOf(before)] ?? (before.type === "consent" ? false : null) : undefined;
      if (answer === undefined || !holds(c, answer)) return false;
    }
    there.add(q.key);
    return true;
  });
}

/**
 * @param {object} props
 * @param {any} props.form of useForm or useAutosave, with values named answers.<key>
 * @param {Question} props.q
 * @param {{ id: string }} [props.application] to which files are put
 * @param {Weighed[]} [props.rules]
 * @param {any} [props.known] what the startup's record says; until it is changed, the answer is marked as that
 */
export function Ask({ form, q, application, rules = [], known }) {
  return html`<div class="stack s2"><${Control} form=${form} q=${q} application=${application} />
    ${known !== undefined && String(form.values.value[nameOf(q)] ?? "") === String(known) ? html`<p class="hint">${t("apply.prefilled")}</p>` : null}
    ${rules.filter((r) => r.question === q.key && r.state === "fails").map((r) => html`<${Note} key=${r.rule} tone=${r.waived ? "b" : r.blocking ? "r" : "w"}><b>${t(r.waived ? "rule.waived" : r.blocking ? "rule.blocks" : "rule.advises")}</b> ${pair(r, "reason")}<//>`)}</div>`;
}

/** @param {{ form: any, q: Question, application?: { id: string } | undefined }} props */
function Control({ form, q, application }) {
  const name = nameOf(q), value = form.values.value[name], options = (q.options ?? []).map((o) => ({ value: o.value, label: pair(o, "label") }));
  const common = { form, name, label: pair(q, "label") || t("ask.unnamed"), help: pair(q, "help") || undefined, required: q.required };
  if (q.type === "choice") return html`<${Field} ...${common} as=${options.length > 5 ? "select" : "options"} options=${options} />`;
  if (q.type === "multiple") return html`<${Several} ...${common} q=${q} options=${options} />`;
  if (q.type === "table") return html`<${Rows} ...${common} q=${q} />`;
  if (q.type === "file") return html`<${Group} ...${common} note=${t("ask.file_rules", { kinds: (q.accept?.length ? q.accept : ["pdf", "image", "office"]).map((k) => t(`ask.kind_${k}`)).join(", "), n: q.max_files || 5, mb: q.max_mb || 20 })}>${application ? html`<${Put} form=${form} q=${q} application=${application} />` : html`<p class="sub sm">${t("ask.file_here")}</p>`}<//>`;
  if (q.type === "consent") return html`<${Field} ...${common} as="check" />`;
  if (q.type === "number" || q.type === "money") return html`<${Field} ...${common} as="amount" unit=${q.type === "money" ? "₫" : undefined} note=${between(q)} />`;
  if (q.type === "date") return html`<${Field} ...${common} type="date" note=${value ? date(value) : undefined} />`;
  const long = q.type === "long", most = q.max || (long ? 10000 : 300), length = [...String(value ?? "").normalize("NFC").trim()].length, short = q.min && length < q.min;
  const count = t("apply.count", { words: words(String(value ?? "")), n: length, max: num(most) });
  return html`<${Field} ...${common} as=${long ? "area" : "input"} rows=${long ? 7 : undefined} over=${length > most} note=${short ? `${t("ask.at_least", { min: num(q.min ?? 0) })} ${count}` : long || length > most * 0.8 ? count : undefined} />`;
}

/** The bounds of a number, in words. @param {Question} q */
const between = (q) => (q.min && q.max ? t("ask.between", { min: num(q.min), max: num(q.max) }) : q.min ? t("ask.from", { min: num(q.min) }) : q.max ? t("ask.up_to", { max: num(q.max) }) : undefined);

/**
 * What Field is to one control, for several: a legend, help, and what is wrong with them together.
 * @param {{ form: any, name: string, label: string, help?: string | undefined, note?: string | undefined, required: boolean, children?: any }} props
 */
function Group({ form, name, label, help, note, required, children }) {
  const id = `g-${name}${useId()}`, wrong = form.problems.value[name];
  useEffect(() => { form.fields.set(name, { label, required, id }); return () => { form.fields.delete(name); }; }, [form, name, label, required, id]);
  const told = [help ? `${id}-h` : "", note ? `${id}-n` : "", wrong ? `${id}-e` : ""].filter(Boolean).join(" ") || undefined;
  return html`<fieldset class="field" id=${id} tabindex="-1" aria-describedby=${told} aria-invalid=${wrong ? "true" : undefined}><legend class="lbl">${label}${required ? null : html` <span class="fw4 muted">${t("form.optional")}</span>`}</legend>
    ${help ? html`<p class="hint" id=${`${id}-h`}>${help}</p>` : null}${children}${note ? html`<p class="hint" id=${`${id}-n`}>${note}</p>` : null}${wrong ? html`<p class="err" id=${`${id}-e`}><${Icon} n="stop" s />${wrong}</p>` : null}</fieldset>`;
}

/** Several of some options. @param {any} props */
function Several({ q, options, ...common }) {
  const { form, name } = common, chosen = /** @type {string[]} */ (form.values.value[name] ?? []), full = Boolean(q.max) && chosen.length >= q.max;
  const set = (/** @type {string} */ v, /** @type {boolean} */ on) => form.set(name, options.map((/** @type {any} */ o) => o.value).filter((/** @type {string} */ o) => (o === v ? on : chosen.includes(o))));
  const note = q.min || q.max ? t(q.min && q.max ? "ask.choose_between" : q.min ? "ask.choose_least" : "ask.choose_most", { min: q.min ?? 0, max: q.max ?? 0 }) : undefined;
  return html`<${Group} ...${common} note=${note}><div class="stack s2">${options.map((/** @type {any} */ o) => html`<label class="opt" key=${o.value}><input type="checkbox" checked=${chosen.includes(o.value)} disabled=${full && !chosen.includes(o.value)} onChange=${(/** @type {any} */ e) => set(o.value, e.currentTarget.checked)} /><span>${o.label}</span></label>`)}</div><//>`;
}

/** The rows of a table: each is a card on a phone, a line on a desk. @param {any} props */
function Rows({ q, ...common }) {
  const { form, name } = common, rows = /** @type {Record<string, any>[]} */ (form.values.value[name] ?? []), most = q.max_rows || 20;
  const at = useId();
  const set = (/** @type {Record<string, any>[]} */ some) => form.set(name, some);
  const add = () => { set([...rows, {}]); requestAnimationFrame(() => document.getElementById(`${at}-${rows.length}`)?.querySelector("input")?.focus()); };
  const drop = (/** @type {number} */ n) => { set(rows.filter((_, i) => i !== n)); requestAnimationFrame(() => document.getElementById(`${at}-add`)?.focus()); };
  return html`<${Group} ...${common} note=${t("ask.rows", { n: rows.length, max: most })}>
    ${rows.map((row, n) => html`<div class="crit" key=${n} id=${`${at}-${n}`}><div class="row sb nowrap"><b class="sm">${t("ask.row", { n: n + 1 })}</b><button class="btn ghost sm" type="button" aria-label=${t("ask.drop_row", { n: n + 1 })} onClick=${() => drop(n)}><${Icon} n="x" s /></button></div>
      <div class="cols n">${q.columns?.map((/** @type {any} */ c) => html`<${Cell} key=${c.key} c=${c} row=${row} set=${(/** @type {any} */ v) => set(rows.map((r, i) => (i === n ? { ...r, [c.key]: v } : r)))} />`)}</div></div>`)}
    ${rows.length < most ? html`<p><button class="btn line sm" type="button" id=${`${at}-add`} onClick=${add}><${Icon} n="plus" s />${t("ask.add_row")}</button></p>` : null}<//>`;
}

/** A cell is a field of its own small form. @param {{ c: any, row: Record<string, any>, set: (v: any) => void }} props */
function Cell({ c, row, set }) {
  const form = { values: { value: row }, problems: { value: {} }, fields: new Map(), set: (/** @type {string} */ _, /** @type {any} */ v) => set(v) };
  const kind = c.type === "choice" ? { as: "select", options: (c.options ?? []).map((/** @type {any} */ o) => ({ value: o.value, label: pair(o, "label") })) } : c.type === "number" || c.type === "money" ? { as: "amount", unit: c.type === "money" ? "₫" : undefined } : c.type === "date" ? { type: "date" } : {};
  return html`<${Field} form=${form} name=${c.key} label=${pair(c, "label") || t("ask.unnamed")} required=${c.required ?? false} marked=${false} ...${kind} />`;
}

/** Where files are put: the module comes when somebody has come down to it. @param {{ form: any, q: Question, application: { id: string } }} props */
function Put({ form, q, application }) {
  const late = useSignal(/** @type {{ Part: any } | null} */ (null)), failed = useSignal(false), box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const seen = new IntersectionObserver((some) => {
      if (!some.some((e) => e.isIntersecting)) return;
      seen.disconnect();
      files().then((m) => { late.value = { Part: m.Files }; }, () => { failed.value = true; });
    });
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return html`<div ref=${box}>${failed.value ? html`<p class="hint bad">${t("error.offline")}</p>` : late.value ? html`<${late.value.Part} application=${application} question=${q} value=${form.values.value[nameOf(q)] ?? []} onChange=${(/** @type {string[]} */ v) => form.set(nameOf(q), v)} disabled=${false} />` : html`<p class="sub sm">${t("ask.file_here")}</p>`}</div>`;
}

/** All rules of an intake, as far as the answers tell. @param {{ rules: Weighed[] }} props */
export const Standing = ({ rules }) => html`<ul class="stack s2" aria-live="polite">${rules.map((r) => {
  const good = r.state === "ok" || r.waived !== null;
  return html`<li class="row nowrap" key=${r.rule}><${Icon} n=${good ? "okc" : r.state === "unknown" ? "clock" : r.blocking ? "stop" : "warn"} class=${good ? "ok" : r.state === "unknown" ? "muted" : r.blocking ? "bad" : "warnc"} /><span>${pair(r, "reason")} <span class="muted sm">${r.waived ? t("rule.waived_why", { reason: r.waived.reason }) : t(`rule.is_${r.state}`)}${r.blocking || r.state === "ok" ? "" : ` · ${t("rule.advisory")}`}</span></span></li>`;
})}</ul>`;
