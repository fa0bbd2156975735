// @ts-check
// One kind of ticket: its price, what it takes a seat of, when and to whom it is sold, and what is asked for each ticket.
import { html, useEffect } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { fold, t } from "../../lib/words.js";
import { Dialog, Field, Stale, Summary, useForm } from "../../lib/forms.js";
import { Note } from "../../components/parts.js";
import { bare, fromField, named, never, Rows, toField } from "./parts.js";

const kinds = ["text", "long", "choice", "multiple", "consent"], seen = ["public", "code", "staff"];

/** The days of an event, as they are stored. @param {any} e */
function daysOf(e) {
  const days = [];
  for (let at = Date.parse(e.starts_at) + 7 * 3600e3; days.length < 31; at += 86400e3) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day > new Date(Date.parse(e.ends_at) + 7 * 3600e3 - 1).toISOString().slice(0, 10)) break;
    days.push(day);
  }
  return days;
}

/** A name for the answers, of the words of a question. @param {string} words @param {number} n */
const keyOf = (words, n) => fold(words).replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 40) || `cau_${n + 1}`;

/** Questions as they are sent: each with a name that none of the others has. @param {any[]} rows */
function asked(rows) {
  const taken = new Set(rows.map((r) => r.key).filter(Boolean));
  return bare(rows).map((r, n) => {
    let key = r.key || keyOf(r.label_vi ?? "", n);
    for (let more = 2; !r.key && taken.has(key); more++) key = `${keyOf(r.label_vi ?? "", n)}_${more}`;
    taken.add(key);
    return { key, type: r.type, label_vi: r.label_vi ?? "", label_en: r.label_en ?? "", required: Boolean(r.required), at_door: Boolean(r.at_door), options: ["choice", "multiple"].includes(r.type) ? String(r.lines ?? "").split("\n").map((x) => x.trim()).filter(Boolean) : [] };
  });
}

/** @param {{ event: any, type: any, quotas: any[], done: () => Promise<void>, close: () => void }} props type null: a new one */
export function Edit({ event, type, quotas, done, close }) {
  const days = daysOf(event);
  const form = useForm({
    start: type ? { ...type, sales_from: toField(type.sales_from), sales_to: toField(type.sales_to), questions: named(type.questions.map((/** @type {any} */ q) => ({ ...q, lines: (q.options ?? []).join("\n") }))), ...Object.fromEntries(quotas.map((q) => [`quota.${q.id}`, type.quotas.includes(q.id)])), ...Object.fromEntries(days.map((d) => [`day.${d}`, type.days.includes(d)])) }
      : { price_vnd: 0, min_per_order: 1, max_per_order: 10, visibility: "public", questions: [], ...(quotas.length === 1 ? { [`quota.${quotas[0].id}`]: true } : {}) },
    rev: type?.rev ?? 0,
    send: (v, key, rev) => {
      const body = {
        name_vi: v["name_vi"], name_en: v["name_en"] ?? "", note_vi: v["note_vi"] ?? "", note_en: v["note_en"] ?? "", price_vnd: Number(v["price_vnd"] ?? 0), min_per_order: Number(v["min_per_order"] ?? 1), max_per_order: Number(v["max_per_order"] ?? 10),
        sales_from: fromField(v["sales_from"]) ?? never, sales_to: fromField(v["sales_to"]) ?? never, visibility: v["visibility"], unlock_code: v["unlock_code"] ?? "", needs_approval: Boolean(v["needs_approval"]),
        quotas: quotas.filter((q) => v[`quota.${q.id}`]).map((q) => q.id), days: days.filter((d) => v[`day.${d}`]), questions: asked(v["questions"] ?? []), rev,
      };
      return type ? call("PATCH", `/ticket-types/${type.id}`, body, { key }) : call("POST", `/events/${event.id}/types`, body, { key });
    },
    done: async () => { close(); await done(); },
  });
  useEffect(() => { if (type) return; const one = /** @type {HTMLElement | null} */ (document.querySelector("dialog[open] input")); one?.focus(); }, []);
  const f = (/** @type {string} */ name, /** @type {any} */ more = {}) => html`<${Field} form=${form} name=${name} label=${t(`ticket_type.f_${name}`)} ...${more} />`;
  return html`<${Dialog} title=${t(type ? "ticket_type.change" : "ticket_type.add")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${close} />
    ${type?.sold || type?.held ? html`<${Note}>${t("ticket_type.relied_on", { n: type.sold + type.held })}<//>` : null}
    <div class="cols">${f("name_vi", { required: true, maxlength: 120 })}${f("name_en", { maxlength: 120 })}</div><div class="cols">${f("note_vi", { maxlength: 300 })}${f("note_en", { maxlength: 300 })}</div>
    <div class="cols n">${f("price_vnd", { as: "amount", unit: "₫", marked: false, help: t("ticket_type.price_help") })}${f("min_per_order", { as: "amount", marked: false, help: t("ticket_type.least_help") })}${f("max_per_order", { as: "amount", marked: false, help: t("ticket_type.most_help") })}</div>
    <fieldset class="field"><legend class="lbl">${t("ticket_type.f_quotas")}</legend><p class="hint">${t("ticket_type.quotas_help")}</p>${form.problems.value["quotas"] ? html`<p class="err">${form.problems.value["quotas"]}</p>` : null}${quotas.map((q) => html`<${Field} key=${q.id} form=${form} name=${`quota.${q.id}`} as="check" label=${q.unlimited ? q.name : t("ticket_type.quota_of", { name: q.name, n: q.size })} />`)}</fieldset>
    <div class="cols">${f("sales_from", { type: "datetime-local", help: t("ticket_type.from_help") })}${f("sales_to", { type: "datetime-local", help: t("ticket_type.to_help") })}</div>
    ${f("visibility", { as: "segments", marked: false, options: seen.map((value) => ({ value, label: t(`ticket_type.see_${value}`) })) })}${form.values.value["visibility"] === "code" ? f("unlock_code", { maxlength: 60, required: true, help: t("ticket_type.code_help") }) : null}
    ${f("needs_approval", { as: "check", help: t("ticket_type.approval_help") })}
    ${days.length > 1 ? html`<fieldset class="field"><legend class="lbl">${t("ticket_type.f_days")}</legend><p class="hint">${t("ticket_type.days_help")}</p>${days.map((d) => html`<${Field} key=${d} form=${form} name=${`day.${d}`} as="check" label=${d.split("-").reverse().join("/")} />`)}</fieldset>` : null}
    <${Rows} form=${form} name="questions" title=${t("ticket_type.f_questions")} help=${t("ticket_type.questions_help")} add=${t("ticket_type.question_add")} most=${12} blank=${() => ({ key: "", type: "text", label_vi: "", label_en: "", lines: "", required: false, at_door: false })}
      head=${(/** @type {any} */ q, /** @type {number} */ n) => q.label_vi || t("ticket_type.question_n", { n: n + 1 })}
      row=${(/** @type {any} */ at, /** @type {any} */ q) => html`<div class="cols"><${Field} form=${at} name="label_vi" label=${t("ticket_type.q_label_vi")} required maxlength=${200} /><${Field} form=${at} name="label_en" label=${t("ticket_type.q_label_en")} marked=${false} maxlength=${200} /></div>
        <${Field} form=${at} name="type" as="select" label=${t("ticket_type.q_type")} required options=${kinds.map((value) => ({ value, label: t(`ticket_type.q_${value}`) }))} />
        ${["choice", "multiple"].includes(q.type) ? html`<${Field} form=${at} name="lines" as="area" rows="4" label=${t("ticket_type.q_options")} help=${t("ticket_type.q_options_help")} required />` : null}
        <div class="row"><${Field} form=${at} name="required" as="check" label=${t("ticket_type.q_required")} /><${Field} form=${at} name="at_door" as="check" label=${t("ticket_type.q_at_door")} /></div>`} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
