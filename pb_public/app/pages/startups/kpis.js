// @ts-check
// What startups are asked for: the figures, each with what it means, and the templates that put them together. What somebody
// was asked with stays as it is; a figure gets another version, a template a copy.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { bring, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Badge, Crumbs, Empty, Head, Icon, Table } from "../../components/parts.js";

export const title = () => t("kpi.title_all");

const frameworks = ["nbia", "ubi", "icf"];
const units = ["count", "vnd", "percent"], directions = ["higher", "lower", "none"], aggs = ["sum", "last", "avg"], audiences = ["public_aggregate", "staff", "private"];
const kinds = ["month", "baseline"];

/** @param {string[]} values @param {(v: string) => string} word */
const options = (values, word) => values.map((value) => ({ value, label: word(value) }));

export function Page() {
  const list = useList("/kpis", { params: { q: "" } }), all = useOne("/kpis", { params: { limit: "100" } }), templates = useList("/report-templates", { inURL: false, params: { q: "" } }), { ask, dialog } = useAsk();
  const late = useSignal(/** @type {{ View: any, x: any } | null} */ (null)), close = () => { late.value = null; };
  const questions = async (/** @type {any} */ x) => { try { late.value = { View: (await bring("pages/startups/template-questions")).View, x }; } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const may = Boolean(templates.answer.value?.may_edit);
  const anew = async () => { await Promise.all([list.reload(), all.reload(), templates.reload()]); };
  /** Does something at once. @param {string} path @param {string} said */
  const act = async (path, said) => {
    try { await call("POST", path); say(t(said)); await anew(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const columns = [
    { title: t("kpi.name"), cell: (/** @type {any} */ k) => html`${pair(k, "label")}<br /><small class="sub">${k.key}${k.version > 1 ? ` · ${t("kpi.version", { n: k.version })}` : ""}</small>` },
    { title: t("kpi.read"), full: true, cell: (/** @type {any} */ k) => html`${t(`kpi.unit_${k.unit}`)} · ${t(`kpi.direction_${k.direction}`)}<br />${t(`kpi.agg_${k.agg}`)}` },
    { title: t("kpi.sensitivity"), full: true, cell: (/** @type {any} */ k) => t(`kpi.seen_${k.sensitivity}`) },
    { title: t("kpi.map"), full: true, cell: (/** @type {any} */ k) => (frameworks.some((f) => k.map?.[f]) ? frameworks.filter((f) => k.map?.[f]).map((f) => html`<div><small class="sub">${f.toUpperCase()}</small> <span>${k.map[f]}</span></div>`) : "–") },
    { title: t("kpi.state"), cell: (/** @type {any} */ k) => (k.retired ? html`<${Badge} tone="idle">${t("kpi.is_retired")}<//>` : k.used ? html`<${Badge} tone="ok">${t("kpi.is_used")}<//>` : html`<${Badge} tone="info">${t("kpi.is_new")}<//>`) },
    { title: "", end: true, cell: (/** @type {any} */ k) => (may && !k.retired ? html`<${Menu} label=${t("kpi.menu", { label: pair(k, "label") })} items=${[
      { label: t("kpi.amend"), icon: "edit", act: () => ask(edit(k, "amend", anew)) },
      ...(k.used ? [{ label: t("kpi.follow"), icon: "copy", act: () => ask(edit(k, "follow", anew)) }] : []),
    ]} />` : null) },
  ];
  const forms = [
    { title: t("template.name"), cell: (/** @type {any} */ x) => html`${pair(x, "title")}<br /><small class="sub">${t(`template.kind_${x.kind}`)} · ${t("template.used", { n: num(x.used, 0) })}</small>` },
    { title: t("template.due"), cell: (/** @type {any} */ x) => html`${t(x.kind === "month" ? "template.due_month" : "template.due_days", { n: x.due_day })}<br /><small class="sub">${t("template.grace", { n: x.grace_days })}</small>` },
    { title: t("template.asks"), full: true, cell: (/** @type {any} */ x) => html`${x.asks.map((/** @type {any} */ k) => pair(k, "label")).join(", ")}${x.questions.map((/** @type {any} */ q) => html`<br key=${q.key} /><small class="sub">${pair(q, "label")}</small>`)}` },
    { title: t("kpi.state"), cell: (/** @type {any} */ x) => (x.active ? html`<${Badge} tone="ok">${t("template.active")}<//>` : "–") },
    { title: "", end: true, cell: (/** @type {any} */ x) => (may ? html`<${Menu} label=${t("kpi.menu", { label: pair(x, "title") })} items=${[
      ...(x.used ? [] : [{ label: t("template.amend"), icon: "edit", act: () => ask(terms(x, all, anew)) }, { label: t("question.edit"), icon: "edit", act: () => questions(x) }]),
      { label: t("template.copy"), icon: "copy", act: () => act(`/report-templates/${x.id}/copy`, "template.copied") },
      ...(x.active ? [] : [{ label: t("template.use"), icon: "check", act: () => act(`/report-templates/${x.id}/use`, "template.in_use") }]),
    ]} />` : null) },
  ];
  return html`<${Crumbs} trail=${[{ to: "/app/reports", label: t("report.all_title") }]} />
    <${Head} title=${t("kpi.title_all")} sub=${t("kpi.lead")}>${may ? html`<button class="btn line" type="button" onClick=${() => ask(edit(null, "define", anew))}><${Icon} n="plus" />${t("kpi.define")}</button>` : null}<//>
    <div class="stack"><${Table} list=${list} columns=${columns} label=${t("kpi.title_all")} search=${t("kpi.search")} csv="kpis.csv" empty=${html`<${Empty} icon="chart" title=${t("kpi.none")} why=${t("kpi.none_why")} />`} />
    <div><h2>${t("template.title_all")}</h2><p class="sub">${t("template.lead")}</p></div>
    <${Table} list=${templates} columns=${forms} label=${t("template.title_all")} search=${t("template.search")} csv="report-templates.csv" empty=${html`<${Empty} icon="file" title=${t("template.none")} />`} /></div>${late.value ? html`<${late.value.View} x=${late.value.x} close=${close} done=${async () => { close(); say(t("question.kept")); await anew(); }} />` : null}${dialog}`;
}

/**
 * What is asked of who writes a figure. One that is in use keeps its key and its meaning.
 * @param {any} k @param {"define" | "amend" | "follow"} verb @param {() => Promise<void>} done
 * @returns {import("../../lib/forms.js").Question}
 */
function edit(k, verb, done) {
  const free = verb === "define" || (verb === "amend" && !k.used), means = free || verb === "follow";
  const start = { key: "", label_vi: "", label_en: "", help_vi: "", help_en: "", unit: "count", direction: "higher", agg: "last", sensitivity: "staff", ...k };
  for (const f of frameworks) start[f] = k?.map?.[f] ?? "";
  return {
    title: t(`kpi.${verb}_title`), why: verb === "amend" && !free ? t("kpi.amend_why") : verb === "follow" ? t("kpi.follow_why") : undefined, act: t("kpi.keep"), start,
    fields: [
      ...(free ? [{ name: "key", label: t("kpi.key_word"), help: t("kpi.key_help"), required: true, maxlength: "40" }] : []),
      { name: "label_vi", label: t("kpi.label_vi"), required: true, max: 120 },
      { name: "label_en", label: t("kpi.label_en"), max: 120 },
      ...(means || !k.help_vi ? [{ name: "help_vi", label: t("kpi.help_vi"), as: "area", max: 400 }] : []),
      ...(means || !k.help_en ? [{ name: "help_en", label: t("kpi.help_en"), as: "area", max: 400 }] : []),
      ...(means ? [
        { name: "unit", label: t("kpi.unit"), as: "select", required: true, options: options(units, (v) => t(`kpi.unit_${v}`)) },
        { name: "direction", label: t("kpi.direction"), as: "select", required: true, options: options(directions, (v) => t(`kpi.direction_${v}`)) },
        { name: "agg", label: t("kpi.agg"), as: "select", required: true, options: options(aggs, (v) => t(`kpi.agg_${v}`)) },
      ] : []),
      { name: "sensitivity", label: t("kpi.sensitivity"), as: "select", required: true, options: options(audiences, (v) => t(`kpi.seen_${v}`)) },
      ...frameworks.map((f) => ({ name: f, label: t("kpi.map_to", { name: f.toUpperCase() }), max: 80 })),
    ],
    send: ({ nbia, ubi, icf, ...v }, key) => {
      const body = { ...v, map: { nbia, ubi, icf }, rev: k?.rev ?? 0 };
      if (verb === "define") return call("POST", "/kpis", body, { key });
      return verb === "amend" ? call("PATCH", `/kpis/${k.id}`, body, { key }) : call("POST", `/kpis/${k.id}/follow`, body, { key });
    },
    done,
  };
}

/**
 * What is asked of who writes a template.
 * @param {any} x @param {any} all the figures @param {() => Promise<void>} done
 * @returns {import("../../lib/forms.js").Question}
 */
function terms(x, all, done) {
  const living = (all.data.value?.rows ?? []).filter((/** @type {any} */ k) => !k.retired);
  /** @type {Record<string, any>} */
  const start = { ...x };
  for (const k of living) start[`asks.${k.id}`] = x.kpis.includes(k.id);
  return {
    title: t("template.amend_title"), act: t("kpi.keep"), start,
    fields: [
      { name: "title_vi", label: t("kpi.label_vi"), required: true, max: 200 },
      { name: "title_en", label: t("kpi.label_en"), max: 200 },
      { name: "kind", label: t("template.kind"), as: "select", required: true, options: options(kinds, (v) => t(`template.kind_${v}`)) },
      { name: "due_day", label: t("template.due"), help: t("template.due_help"), as: "amount", required: true },
      { name: "grace_days", label: t("template.grace_days"), as: "amount", required: true },
      ...living.map((/** @type {any} */ k) => ({ name: `asks.${k.id}`, label: pair(k, "label"), as: "check" })),
    ],
    send: (v, key) => call("PATCH", `/report-templates/${x.id}`, {
      title_vi: v["title_vi"], title_en: v["title_en"], kind: v["kind"], due_day: v["due_day"], grace_days: v["grace_days"], questions: x.questions, rev: x.rev,
      kpis: living.filter((/** @type {any} */ k) => v[`asks.${k.id}`]).map((/** @type {any} */ k) => k.id),
    }, { key }),
    done,
  };
}
