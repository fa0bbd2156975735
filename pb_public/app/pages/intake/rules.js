// @ts-check
// Who may apply to an intake: rules about answers, each with its reason in both languages. Staff write them while the intake
// is a draft; afterwards they stand, and staff make exceptions for single applications.
import { html, say, useSignal } from "../../lib/ui.js";
import { call, get } from "../../lib/api.js";
import { Saved, StaleSave, useAutosave } from "../../lib/autosave.js";
import { Field, useAsk } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { moment, pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Empty, Frame, Head, Icon, Loading, Note, Panel } from "../../components/parts.js";
import { said } from "./parts.js";

/** @typedef {import("./parts.js").Question} Question */
/** @typedef {{ key: string, question: string, op: string, value?: any, blocking?: boolean, reason_vi: string, reason_en: string }} Rule */

/** Which comparisons suit the answers of a type. @type {Record<string, string[]>} */
const suits = {
  text: ["answered"], long: ["answered"], file: ["answered"], table: ["answered"], consent: ["eq", "answered"], choice: ["in", "not_in", "answered"], multiple: ["has", "has_not", "answered"],
  number: ["gte", "lte", "eq", "ne", "answered"], money: ["gte", "lte", "eq", "ne", "answered"], date: ["age_days_lte", "age_days_gte", "gte", "lte", "answered"],
};

export const title = () => t("rule.title");

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const view = useOne(`/intakes/${id}/rules`), round = useSignal(0);
  const anew = async () => { await view.reload(); round.value++; };
  return html`<${Frame} of=${view} loading=${html`<${Head} title=${t("rule.title")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ v) => html`<${Crumbs} trail=${[{ to: "/app/intakes", label: t("menu.intakes") }, { to: `/app/intakes/${v.id}`, label: pair(v, "title") }]} />${v.status === "draft" ? html`<${Write} key=${round.value} v=${v} anew=${anew} />` : html`<${Stand} v=${v} anew=${anew} />`}`}<//>`;
}

/** @param {{ v: any, anew: () => Promise<void> }} props */
function Write({ v, anew }) {
  const faults = useSignal(/** @type {any[]} */ (v.faults)), ask = /** @type {Question[]} */ (v.form);
  const form = useAutosave({
    id: `rules.${v.id}`, rev: v.rev, start: { rules: v.rules },
    async send({ rules }, rev, key) {
      const answer = await call("PATCH", `/intakes/${v.id}`, { rules, rev }, { key });
      faults.value = (await get(`/intakes/${v.id}/rules`)).faults;
      return answer;
    },
  });
  const rules = /** @type {Rule[]} */ (form.values.value["rules"]), set = (/** @type {Rule[]} */ to) => form.set("rules", to);
  const add = () => { const q = ask.find((x) => x.required && x.type !== "text" && x.type !== "long") ?? ask[0]; if (q) set([...rules, begun(q, rules)]); };
  const drop = (/** @type {number} */ n) => { const was = rules; set(rules.filter((_, i) => i !== n)); say(t("rule.dropped"), { undo: () => set(was) }); };
  return html`<${Head} title=${t("rule.title")} sub=${t("rule.sub")}><${Saved} form=${form} /><//><${StaleSave} form=${form} reload=${anew} />
  <div class="stack">${rules.map((r, n) => { const wrong = Object.fromEntries(faults.value.filter((f) => f.field.startsWith(`rules.${n}.`)).map((f) => [f.field.split(".")[2], t(`rule.${f.code.slice(5)}`, f.slots ?? {})])); return html`<${One} key=${n} r=${r} n=${n} ask=${ask} wrong=${wrong} set=${(/** @type {Rule} */ to) => set(rules.map((x, i) => (i === n ? to : x)))} drop=${() => drop(n)} />`; })}
    ${rules.length ? null : html`<${Empty} icon="filter" title=${t("rule.none")} why=${t("rule.none_why")} />`}
    <p><button class="btn" type="button" onClick=${add}><${Icon} n="plus" />${t("rule.add")}</button></p></div>`;
}

/** A rule to begin with. @param {Question} q @param {Rule[]} rules @returns {Rule} */
function begun(q, rules) {
  let n = rules.length + 1;
  while (rules.some((r) => r.key === `r${n}`)) n++;
  return { key: `r${n}`, question: q.key, op: suits[q.type]?.[0] ?? "answered", ...value(q, suits[q.type]?.[0] ?? ""), blocking: false, reason_vi: "", reason_en: "" };
}

/** What a comparison begins with. @param {Question} q @param {string} op */
const value = (q, op) => (op === "answered" ? { value: null } : { value: op.startsWith("age") ? 365 : q.type === "consent" ? true : op === "in" || op === "not_in" ? [] : q.type === "multiple" ? q.options?.[0]?.value ?? "" : q.type === "date" ? "" : 1 });

/** @param {{ r: Rule, n: number, ask: Question[], wrong: Record<string, string>, set: (r: Rule) => void, drop: () => void }} props */
function One({ r, n, ask, wrong, set, drop }) {
  const q = ask.find((x) => x.key === r.question), days = r.op.startsWith("age");
  const form = { values: { value: r }, problems: { value: wrong }, fields: new Map(), set(/** @type {string} */ name, /** @type {any} */ v) {
    const next = { ...r, [name]: v }, on = ask.find((x) => x.key === next.question);
    if (name === "question" && on) next.op = suits[on.type]?.[0] ?? "answered";
    set(on && (name === "question" || name === "op") ? { ...next, ...value(on, next.op) } : next);
  } };
  const options = (q?.options ?? []).map((o) => ({ value: o.value, label: pair(o, "label") }));
  const many = r.op === "in" || r.op === "not_in", chosen = Array.isArray(r.value) ? r.value : [];
  return html`<${Panel} title=${t("rule.nth", { n: n + 1 })} side=${html`<button class="btn ghost icon" type="button" aria-label=${t("rule.drop", { n: n + 1 })} onClick=${drop}><${Icon} n="trash" /></button>`} class="stack">
    <div class="cols"><${Field} form=${form} name="question" as="select" label=${t("rule.of")} required options=${ask.map((x) => ({ value: x.key, label: pair(x, "label") }))} /><${Field} form=${form} name="op" as="select" label=${t("rule.compare")} required options=${(suits[q?.type ?? ""] ?? []).map((op) => ({ value: op, label: t(`rule.op_${op}`) }))} />
    ${r.op === "answered" || many || !q || q.type === "consent" ? null : q.type === "multiple" ? html`<${Field} form=${form} name="value" as="select" label=${t("rule.what")} required options=${options} />` : q.type === "date" && !days ? html`<${Field} form=${form} name="value" type="date" label=${t("rule.what")} required />` : html`<${Field} form=${form} name="value" as="amount" label=${t(days ? "rule.days" : "rule.what")} required unit=${q.type === "money" ? "₫" : undefined} />`}</div>
    ${many ? html`<fieldset class="field"><legend class="lbl">${t("rule.what")}</legend><div class="row">${options.map((o) => html`<label class="check" key=${o.value}><input type="checkbox" checked=${chosen.includes(o.value)} onChange=${(/** @type {any} */ e) => form.set("value", options.map((x) => x.value).filter((x) => (x === o.value ? e.currentTarget.checked : chosen.includes(x))))} /><span>${o.label}</span></label>`)}</div>${wrong["value"] ? html`<p class="err"><${Icon} n="stop" s />${wrong["value"]}</p>` : null}</fieldset>` : null}
    <${Field} form=${form} name="reason_vi" as="area" rows="2" label=${t("rule.reason_vi")} help=${t("rule.reason_help")} required /><${Field} form=${form} name="reason_en" as="area" rows="2" label=${t("rule.reason_en")} marked=${false} /><${Field} form=${form} name="blocking" as="check" label=${t("rule.blocking")} help=${t("rule.blocking_help")} /><//>`;
}

/** The rules as they stand, and the exceptions from them. @param {{ v: any, anew: () => Promise<void> }} props */
function Stand({ v, anew }) {
  const { ask, dialog } = useAsk(), rules = /** @type {Rule[]} */ (v.rules), open = ["published", "open", "closed", "deciding"].includes(v.status);
  const why = (/** @type {string} */ key) => { const r = rules.find((x) => x.key === key); return r ? pair(r, "reason") : key; };
  const waive = () => ask({
    title: t("rule.waive"), why: t("rule.waive_why"), act: t("rule.waive_do"), send: (w, key) => call("POST", `/intakes/${v.id}/waive`, w, { key }), done: async () => { say(t("rule.waive_done")); await anew(); },
    fields: [{ name: "application", label: t("rule.code"), help: t("rule.code_help"), required: true }, { name: "rule", label: t("rule.which"), as: "select", required: true, options: rules.map((r) => ({ value: r.key, label: pair(r, "reason") })) }, { name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true, help: t("dossier.reason_read") }],
  });
  return html`<${Head} title=${t("rule.title")}>${rules.length && open ? html`<button class="btn" type="button" onClick=${waive}>${t("rule.waive_do")}</button>` : null}<//>
  <div class="stack"><${Note}>${t("rule.frozen")}<//><${Panel} title=${t("rule.list")}>${rules.length ? html`<ul class="list">${rules.map((r) => { const q = v.form.find((/** @type {Question} */ x) => x.key === r.question); return html`<li key=${r.key}><span class="grow">${pair(r, "reason")}<small>${q ? pair(q, "label") : r.question} · ${compared(r, q)}</small></span><${Badge} tone=${r.blocking ? "bad" : "info"} tag>${t(r.blocking ? "rule.kind_blocking" : "rule.kind_advisory")}<//></li>`; })}</ul>` : html`<p class="muted">${t("rule.none")}</p>`}<//>
    ${v.waivers.length ? html`<${Panel} title=${t("rule.waivers")}><ul class="list">${v.waivers.map((/** @type {any} */ w) => html`<li key=${w.application + w.rule}><span class="grow"><b class="nb">${w.code}</b> ${why(w.rule)}<small>${w.reason} · ${w.by} · ${moment(w.at)}</small></span></li>`)}</ul><//>` : null}</div>${dialog}`;
}

/** A comparison in words. @param {Rule} r @param {Question | undefined} q */
const compared = (r, q) => (r.op.startsWith("age") ? t(`rule.old_${r.op}`, { n: r.value }) : `${t(`rule.op_${r.op}`)} ${shownValue(r, q)}`);

/** What a rule compares with. @param {Rule} r @param {Question | undefined} q */
function shownValue(r, q) {
  if (r.op === "answered" || !q) return "";
  return Array.isArray(r.value) ? r.value.map((v) => said({ ...q, type: "choice" }, v)).join(", ") : said(q.type === "multiple" ? { ...q, type: "choice" } : q, r.value);
}
