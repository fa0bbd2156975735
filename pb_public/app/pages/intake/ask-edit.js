// @ts-check
// One question of a draft, opened: its words, its bounds, its options and columns, when it is asked and who reads it.
import { html, useSignal } from "../../lib/ui.js";
import { Field } from "../../lib/forms.js";
import { fold, pair, t } from "../../lib/words.js";
import { Icon } from "../../components/parts.js";

/** @typedef {import("./parts.js").Question} Question */
/** @typedef {{ value: string, label_vi: string, label_en: string }} Option */

/** The properties of a startup that a question may stand for, by its type. @type {Record<string, string[]>} */
const maps = { text: ["name", "one_liner", "area", "website"], long: ["one_liner"], choice: ["sector", "stage"], number: ["headcount"], date: ["founded_on"] };
const types = ["text", "long", "number", "money", "date", "choice", "multiple", "file", "table", "consent"];
const cells = ["text", "number", "money", "date", "choice"];

/** A key made of words: "Đội có mấy người?" becomes doi_co_may_nguoi. @param {string} words */
const keyOf = (words) => fold(words).replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 32).replace(/_+$/, "");

/** A key of words that none of the others has. @param {string} words @param {string[]} taken @param {string} plain */
function unused(words, taken, plain) {
  const root = keyOf(words) || plain;
  for (let n = 1; ; n++) { const key = n === 1 ? root : `${root}_${n}`; if (!taken.includes(key)) return key; }
}

/** A small form over a row: what Field needs. @param {any} row @param {(row: any) => void} set @param {Record<string, string>} [problems] */
const over = (row, set, problems = {}) => ({ values: { value: row }, problems: { value: problems }, fields: new Map(), set: (/** @type {string} */ name, /** @type {any} */ v) => set({ ...row, [name]: v }) });

/**
 * @param {object} props
 * @param {Question} props.q
 * @param {Question[]} props.before the questions that a condition may point at
 * @param {Record<string, string>} props.faults by property
 * @param {(q: Question) => void} props.set
 */
export function Edit({ q, before, faults, set }) {
  const free = useSignal(q.label_vi === "" || q.key === keyOf(q.label_vi)); // the key follows the words until somebody writes one
  const change = (/** @type {any} */ to) => {
    if (to.key !== q.key) free.value = false;
    else if (to.label_vi !== q.label_vi && free.value) to = { ...to, key: unused(to.label_vi, before.map((b) => b.key), "cau_hoi") };
    if (to.type !== q.type) to = { ...to, min: 0, max: 0, maps_to: "", ...(to.type === "choice" || to.type === "multiple" ? { options: q.options?.length ? q.options : [{ value: "", label_vi: "", label_en: "" }] } : {}), ...(to.type === "table" ? { columns: q.columns?.length ? q.columns : [{ key: "cot", label_vi: "", label_en: "", type: "text" }] } : {}) };
    set(to);
  };
  const form = over({ ...q, ...bare(q) }, (to) => change({ ...to, min: to.min ?? 0, max: to.max ?? 0, max_rows: to.max_rows ?? 0, max_files: to.max_files ?? 0, max_mb: to.max_mb ?? 0 }), faults);
  const bounds = { text: "letters", long: "letters", number: "number", money: "number", multiple: "choices" }[/** @type {string} */ (q.type)];
  return html`<div class="stack gap-t"><${Field} form=${form} name="type" as="select" label=${t("ask.type")} required options=${types.map((v) => ({ value: v, label: t(`ask.type_${v}`) }))} />
    <${Field} form=${form} name="label_vi" label=${t("ask.label_vi")} required /><${Field} form=${form} name="label_en" label=${t("ask.label_en")} marked=${false} />
    <${Field} form=${form} name="help_vi" as="area" rows="2" label=${t("ask.help_vi")} marked=${false} /><${Field} form=${form} name="help_en" as="area" rows="2" label=${t("ask.help_en")} marked=${false} />
    <${Field} form=${form} name="required" as="check" label=${t("ask.required")} />
    ${q.type === "choice" || q.type === "multiple" ? html`<${Options} options=${q.options ?? []} wrong=${faults["options"]} set=${(/** @type {Option[]} */ options) => set({ ...q, options })} />` : null}
    ${q.type === "table" ? html`<${Columns} columns=${q.columns ?? []} wrong=${faults["columns"]} set=${(/** @type {any[]} */ columns) => set({ ...q, columns })} />` : null}
    ${bounds ? html`<div class="cols n"><${Field} form=${form} name="min" as="amount" marked=${false} label=${t(`ask.min_${bounds}`)} /><${Field} form=${form} name="max" as="amount" marked=${false} label=${t(`ask.max_${bounds}`)} /></div>` : null}
    ${q.type === "table" ? html`<div class="cols n"><${Field} form=${form} name="min" as="amount" marked=${false} label=${t("ask.min_rows")} /><${Field} form=${form} name="max_rows" as="amount" marked=${false} label=${t("ask.max_rows")} /></div>${faults["max"] ? html`<p class="err"><${Icon} n="stop" s />${faults["max"]}</p>` : null}` : null}
    ${q.type === "file" ? html`<fieldset class="field"><legend class="lbl">${t("ask.accept")}</legend><div class="row">${["pdf", "image", "office"].map((k) => html`<label class="check" key=${k}><input type="checkbox" checked=${(q.accept ?? []).includes(k)} onChange=${(/** @type {any} */ e) => set({ ...q, accept: [...(q.accept ?? []).filter((x) => x !== k), ...(e.currentTarget.checked ? [k] : [])] })} /><span>${t(`ask.kind_${k}`)}</span></label>`)}</div></fieldset>
    <div class="cols n"><${Field} form=${form} name="max_files" as="amount" marked=${false} label=${t("ask.max_files")} /><${Field} form=${form} name="max_mb" as="amount" marked=${false} label=${t("ask.max_mb")} help=${t("ask.max_mb_help")} /></div>${faults["accept"] ? html`<p class="err"><${Icon} n="stop" s />${faults["accept"]}</p>` : null}` : null}
    <${When} q=${q} before=${before} wrong=${faults["show_if"]} set=${set} />
    <details><summary><${Icon} n="chev" s />${t("ask.readers")}</summary><div class="stack gap-t"><${Field} form=${form} name="reviewer_visible" as="check" label=${t("ask.reviewer_visible")} />
      <${Field} form=${form} name="blind_safe" as="check" label=${t("ask.blind_safe")} help=${t("ask.blind_safe_help")} /><${Field} form=${form} name="pii_class" as="segments" marked=${false} label=${t("ask.pii_class")} help=${t("ask.pii_help")} options=${["", "basic", "sensitive"].map((v) => ({ value: v, label: t(`ask.pii_${v || "none"}`) }))} />
      ${maps[q.type] ? html`<${Field} form=${form} name="maps_to" as="select" marked=${false} label=${t("ask.maps_to")} options=${["", ...maps[q.type] ?? []].map((v) => ({ value: v, label: t(`ask.maps_${v || "none"}`) }))} />` : null}
      <${Field} form=${form} name="key" label=${t("ask.key")} help=${t("ask.key_help")} required /></div></details></div>`;
}

/** Bounds as a form shows them: none is empty, not 0. @param {any} q */
const bare = (q) => ({ min: q.min || null, max: q.max || null, max_rows: q.max_rows || null, max_files: q.max_files || null, max_mb: q.max_mb || null, pii_class: q.pii_class ?? "", maps_to: q.maps_to ?? "" });

/** @param {{ options: Option[], wrong?: string | undefined, set: (o: Option[]) => void }} props */
function Options({ options, wrong, set }) {
  const change = (/** @type {number} */ n, /** @type {Option} */ to) => {
    const was = /** @type {Option} */ (options[n]), others = options.filter((_, i) => i !== n).map((o) => o.value);
    if (was.value === "" || was.value.replace(/_\d+$/, "") === keyOf(was.label_vi)) to = { ...to, value: unused(to.label_vi, others, "muc") };
    set(options.map((o, i) => (i === n ? to : o)));
  };
  return html`<fieldset class="field"><legend class="lbl">${t("ask.options")}</legend><div class="stack s3">${options.map((o, n) => { const form = over(o, (to) => change(n, to)); return html`<div class="row nowrap" key=${n}><div class="cols n grow"><${Field} form=${form} name="label_vi" label=${t("ask.option_vi", { n: n + 1 })} marked=${false} /><${Field} form=${form} name="label_en" label=${t("ask.option_en", { n: n + 1 })} marked=${false} /></div><button class="btn ghost icon" type="button" aria-label=${t("ask.drop_option", { n: n + 1 })} onClick=${() => set(options.filter((_, i) => i !== n))}><${Icon} n="x" /></button></div>`; })}
    ${wrong ? html`<p class="err"><${Icon} n="stop" s />${wrong}</p>` : null}<p><button class="btn line sm" type="button" onClick=${() => set([...options, { value: "", label_vi: "", label_en: "" }])}><${Icon} n="plus" s />${t("ask.add_option")}</button></p></div></fieldset>`;
}

/** @param {{ columns: any[], wrong?: string | undefined, set: (c: any[]) => void }} props */
function Columns({ columns, wrong, set }) {
  const change = (/** @type {number} */ n, /** @type {any} */ to) => {
    const was = columns[n];
    if (was.label_vi === "" || was.key.replace(/_\d+$/, "") === keyOf(was.label_vi)) to = { ...to, key: unused(to.label_vi, columns.filter((_, i) => i !== n).map((c) => c.key), "cot") };
    if (to.type === "choice" && !to.options?.length) to = { ...to, options: [{ value: "", label_vi: "", label_en: "" }] };
    set(columns.map((c, i) => (i === n ? to : c)));
  };
  return html`<fieldset class="field"><legend class="lbl">${t("ask.columns")}</legend>${columns.map((c, n) => { const form = over(c, (to) => change(n, to)); return html`<div class="crit" key=${n}><div class="row sb nowrap"><b class="sm">${t("ask.column", { n: n + 1 })}</b><button class="btn ghost icon" type="button" aria-label=${t("ask.drop_column", { n: n + 1 })} onClick=${() => set(columns.filter((_, i) => i !== n))}><${Icon} n="x" /></button></div>
    <div class="cols n"><${Field} form=${form} name="label_vi" label=${t("ask.column_vi")} marked=${false} /><${Field} form=${form} name="label_en" label=${t("ask.column_en")} marked=${false} /><${Field} form=${form} name="type" as="select" label=${t("ask.type")} marked=${false} options=${cells.map((v) => ({ value: v, label: t(`ask.type_${v}`) }))} /></div><${Field} form=${form} name="required" as="check" label=${t("ask.column_required")} />
    ${c.type === "choice" ? html`<${Options} options=${c.options ?? []} set=${(/** @type {Option[]} */ options) => change(n, { ...c, options })} />` : null}</div>`; })}
    ${wrong ? html`<p class="err"><${Icon} n="stop" s />${wrong}</p>` : null}<p><button class="btn line sm" type="button" disabled=${columns.length >= 8} onClick=${() => set([...columns, { key: unused("", columns.map((c) => c.key), "cot"), label_vi: "", label_en: "", type: "text" }])}><${Icon} n="plus" s />${t("ask.add_column")}</button></p></fieldset>`;
}

/** When a question is asked: always, or by the answer to an earlier one. @param {{ q: Question, before: Question[], wrong?: string | undefined, set: (q: Question) => void }} props */
function When({ q, before, wrong, set }) {
  const able = before.filter((b) => ["choice", "multiple", "consent"].includes(b.type)), c = q.show_if, on = able.find((b) => b.key === c?.key);
  if (able.length === 0 && !c) return null;
  const point = (/** @type {string} */ key) => { const b = able.find((x) => x.key === key); set({ ...q, show_if: !b ? null : b.type === "consent" ? { key, is: true } : b.type === "multiple" ? { key, has: b.options?.[0]?.value ?? "" } : { key, any: [b.options?.[0]?.value ?? ""] } }); };
  const key = over({ key: c?.key ?? "-" }, (to) => point(to.key), wrong ? { key: wrong } : {});
  const chosen = c?.any ?? [], tick = (/** @type {string} */ v, /** @type {boolean} */ yes) => set({ ...q, show_if: { key: c?.key ?? "", any: (on?.options ?? []).map((o) => o.value).filter((o) => (o === v ? yes : chosen.includes(o))) } });
  return html`<${Field} form=${key} name="key" as="select" marked=${false} label=${t("ask.show_if")} options=${[{ value: "-", label: t("ask.always") }, ...able.map((b) => ({ value: b.key, label: pair(b, "label") || b.key }))]} />
  ${on?.type === "consent" ? html`<${Field} form=${over({ is: c?.is === false ? "no" : "yes" }, (to) => set({ ...q, show_if: { key: on.key, is: to.is === "yes" } }))} name="is" as="segments" marked=${false} label=${t("ask.if_answer")} options=${[{ value: "yes", label: t("answer.yes") }, { value: "no", label: t("answer.no") }]} />` : null}
  ${on?.type === "multiple" ? html`<${Field} form=${over({ has: c?.has ?? "" }, (to) => set({ ...q, show_if: { key: on.key, has: to.has } }))} name="has" as="select" marked=${false} label=${t("ask.if_has")} options=${(on.options ?? []).map((o) => ({ value: o.value, label: pair(o, "label") }))} />` : null}
  ${on?.type === "choice" ? html`<fieldset class="field"><legend class="lbl">${t("ask.if_any")}</legend><div class="stack s2">${(on.options ?? []).map((o) => html`<label class="check" key=${o.value}><input type="checkbox" checked=${chosen.includes(o.value) || c?.is === o.value} onChange=${(/** @type {any} */ e) => tick(o.value, e.currentTarget.checked)} /><span>${pair(o, "label")}</span></label>`)}</div></fieldset>` : null}`;
}
