// @ts-check
// Administrative units with the days on which they stood, and what became of them. Staff read; managers of the house keep them.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { bring, date, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Badge, Choice, Empty, Head, Icon, Note, Table } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";
import { unitName, unitNames } from "./unit-pick.js";

export const title = () => t("units.title");

const levels = ["province", "district", "ward"];
/** @type {Record<string, string[]>} */
const kinds = { province: ["province", "city"], district: ["district", "town", "city"], ward: ["ward", "commune", "township", "special"] };

/** From when to when. @param {any} u */
const days = (u) => (u.valid_from && u.valid_to ? t("units.between", { from: date(u.valid_from), to: date(u.valid_to) }) : u.valid_to ? t("unit.until", { date: date(u.valid_to) }) : u.valid_from ? t("units.since", { date: date(u.valid_from) }) : t("units.always"));

export function Page() {
  const list = useList("/admin-units", { params: { q: "", level: "", when: "" }, on: ["admin_units", "admin_unit_links"] });
  const { ask, dialog } = useAsk();
  const may = standing().roles.includes("manager");
  const done = (/** @type {string} */ said) => () => { say(said); list.reload(); };
  /** Asks with the forms of this page, which come when they are wanted. @param {(forms: any) => any} question */
  const open = async (question) => { try { ask(question(await bring("pages/site/unit-forms"))); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const basis = [{ name: "source", label: t("units.source"), help: t("units.source_help"), maxlength: 300 }, { name: "checked", as: "check", label: t("units.checked") }];
  /** @param {any} [u] a unit to change; none: a new one of a level */
  const edit = (u) => open(({ UnitField }) => ({
    title: u ? t("units.edit_of", { name: unitName(u) }) : t("units.new"), act: t("state.save"), start: u ?? { level: "ward", kind: "ward", valid_from: "", valid_to: "" },
    fields: [{ name: "name", label: t("units.name"), help: t("units.name_help"), required: true, maxlength: 120 }, { name: "code", label: t("units.code"), help: t("units.code_help"), required: true, maxlength: 20 },
      ...(u ? [] : [{ name: "level", as: "select", label: t("units.level"), required: true, options: levels.map((l) => ({ value: l, label: t(`units.level_${l}`) })) }]),
      { name: "kind", as: "select", label: t("units.kind"), required: true, options: (u ? kinds[u.level] ?? [] : [...new Set(Object.values(kinds).flat())]).map((k) => ({ value: k, label: t(`unit_kind.${k}`) })) },
      { name: "parent", part: UnitField, level: "", when: "", label: t("units.parent") }, { name: "came_from", part: UnitField, level: "", when: "past", label: t("units.came_from"), help: t("units.came_from_help") },
      { name: "valid_from", type: "date", label: t("units.from") }, { name: "valid_to", type: "date", label: t("units.to"), help: t("units.to_help") }, { name: "also", label: t("units.also"), maxlength: 200 }, ...basis],
    send: (/** @type {any} */ v, /** @type {string} */ key) => {
      const said = Object.fromEntries(["code", "kind", "name", "also", "parent", "came_from", "valid_from", "valid_to", "source"].map((f) => [f, v[f] ?? ""]));
      return u ? call("PATCH", `/admin-units/${u.id}`, { ...said, checked: Boolean(v.checked), rev: u.rev }, { key }) : call("POST", "/admin-units", { ...said, level: v.level, checked: Boolean(v.checked) }, { key });
    },
    done: done(t("units.saved")),
  }));
  const end = (/** @type {any} */ u) => ask({
    title: t("units.end_of", { name: unitName(u) }), why: t("units.end_why"), act: t("units.end"), fields: [{ name: "valid_to", type: "date", label: t("units.to"), required: true }],
    send: (v, key) => call("POST", `/admin-units/${u.id}/end`, { valid_to: v["valid_to"], rev: u.rev }, { key }), done: done(t("units.ended")),
  });
  const split = (/** @type {any} */ u) => open(({ Parts }) => ({
    title: t("units.split_of", { name: unitName(u) }), why: t("units.split_why"), act: t("state.save"),
    start: { on: u.valid_to ? new Date(Date.parse(u.valid_to) + 864e5).toISOString().slice(0, 10) : "", parts: u.after.length ? u.after.map((/** @type {any} */ a) => ({ unit: a.id, share: a.share })) : [{ unit: "", share: 10000 }], source: u.source, checked: false },
    fields: [{ name: "on", type: "date", label: t("units.on"), required: true }, { name: "parts", part: Parts, level: u.level, label: t("units.parts"), help: t("units.parts_help") }, ...basis],
    send: (/** @type {any} */ v, /** @type {string} */ key) => call("POST", `/admin-units/${u.id}/split`, { on: v.on, parts: v.parts.map((/** @type {any} */ p) => ({ unit: p.unit, share: p.share ?? 0 })), source: v.source, checked: Boolean(v.checked), rev: u.rev }, { key }),
    done: done(t("units.split_done")),
  }));
  const merge = (/** @type {any} */ u) => open(({ Several }) => ({
    title: t("units.merge_of", { name: unitName(u) }), why: t("units.merge_why", { date: date(u.valid_from) }), act: t("units.merge"), start: { units: [], source: u.source },
    fields: [{ name: "units", part: Several, level: u.level, on: new Date(Date.parse(u.valid_from) - 864e5).toISOString().slice(0, 10), label: t("units.merge_units") }, ...basis],
    send: (/** @type {any} */ v, /** @type {string} */ key) => call("POST", `/admin-units/${u.id}/merge`, { units: v.units.map((/** @type {any} */ o) => o.id), source: v.source, checked: Boolean(v.checked) }, { key }),
    done: done(t("units.merged")),
  }));
  const remove = (/** @type {any} */ u) => ask({
    title: t("units.remove_of", { name: unitName(u) }), why: t("units.remove_why"), act: t("units.remove"), bad: true,
    send: (_, key) => call("DELETE", `/admin-units/${u.id}`, undefined, { key }), done: done(t("units.removed")),
  });
  const acts = (/** @type {any} */ u) => [
    { label: t("units.edit"), icon: "edit", act: () => edit(u) }, { label: t("units.split"), icon: "scale", act: () => split(u) },
    ...(u.valid_from ? [{ label: t("units.merge_here"), icon: "plus", act: () => merge(u) }] : []), ...(u.valid_to ? [] : [{ label: t("units.end"), icon: "stop", act: () => end(u) }]),
    { label: t("units.remove"), icon: "trash", bad: true, act: () => remove(u) },
  ];
  const columns = [
    { title: t("units.name"), cell: (/** @type {any} */ u) => html`${unitName(u)}<br /><small class="fw4 muted">${[u.code, u.also].filter(Boolean).join(" · ")}</small>` },
    { title: t("units.parent"), cell: (/** @type {any} */ u) => u.parent_name || "–" },
    { title: t("units.days"), cell: (/** @type {any} */ u) => days(u) },
    { title: t("units.history"), full: true, cell: (/** @type {any} */ u) => html`${u.before.length ? html`<span>${t("unit.was", { names: unitNames(u.before) })}</span>` : u.came_from_name ? t("units.came", { name: u.came_from_name }) : null}${u.after.length ? html`<span>${t("unit.is", { names: unitNames(u.after) })}</span>` : null}${!u.before.length && !u.came_from_name && !u.after.length ? "–" : null}` },
    { title: t("units.basis"), full: true, cell: (/** @type {any} */ u) => html`<span class="row sb nowrap"><${Badge} tone=${u.checked && !u.guessed ? "ok" : "warn"}>${t(u.checked ? (u.guessed ? "units.guessed" : "units.is_checked") : "units.unchecked")}<//>${may ? html`<${Menu} label=${t("units.acts_of", { name: unitName(u) })} title=${unitName(u)} items=${acts(u)} />` : null}</span>` },
  ];
  const choices = (/** @type {string} */ any, /** @type {[string, string][]} */ all) => [{ value: "", label: any }, ...all.map(([value, label]) => ({ value, label }))];
  return html`<${Head} title=${t("units.title")} sub=${t("units.lead")}>${may ? html`<button class="btn" type="button" onClick=${() => edit()}><${Icon} n="plus" />${t("units.new")}</button>` : null}<//>
    <div class="gap-b"><${Note} tone="w"><p>${t("units.warning")}</p><//></div>
    <${Table} list=${list} columns=${columns} label=${t("units.title")} search=${t("units.search")} csv="admin-units.csv"
      filters=${html`<${Choice} list=${list} name="level" label=${t("units.level")} options=${choices(t("units.level_any"), levels.map((l) => [l, t(`units.level_${l}`)]))} /><${Choice} list=${list} name="when" label=${t("units.when")} options=${choices(t("units.when_any"), [["now", t("units.when_now")], ["past", t("units.when_past")]])} />`}
      empty=${html`<${Empty} icon="pin" title=${t("units.none")} why=${t("units.none_why")} />`} />${dialog}`;
}
