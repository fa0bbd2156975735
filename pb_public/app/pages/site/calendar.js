// @ts-check
// The days on which nobody works: what the law proposes, and what a manager has confirmed by a document. Nothing of a
// proposal is stored until it is confirmed; until then a manager mends it on this page alone.
import { html, say, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { date, day, longDate, now, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Badge, Empty, Head, Icon, Note, Table } from "../../components/parts.js";

export const title = () => t("calendar.title");

const kinds = ["statutory", "swap_off", "makeup_workday", "local"];
/** @type {Record<string, "ok" | "info" | "warn" | "idle">} */
const tones = { statutory: "ok", swap_off: "info", makeup_workday: "warn", local: "idle" };

/** The lunar date; a day that was added here has none yet. @param {any} r */
const lunar = (r) => (r.lunar ? t(r.lunar.leap ? "calendar.lunar_leap" : "calendar.lunar", { day: r.lunar.day, month: r.lunar.month }) : "");

/** The years beside the one that is shown. @param {number} year */
const near = (year) => Array.from({ length: 7 }, (_, i) => String(year - 3 + i)).filter((y) => Number(y) >= 1900 && Number(y) <= 2199);

export function Page() {
  const list = useList("/calendar", { params: { year: "" } });
  const draft = useSignal(/** @type {any[] | null} */ (null)); // the proposal as it was mended here
  const { ask, dialog } = useAsk();
  const told = list.answer.value;
  const year = told?.year ?? Number(list.filters.value["year"] || day(now()).slice(0, 4));
  const proposed = told && !told.confirmed, may = told?.may_confirm;
  const turn = (/** @type {string} */ y) => { draft.value = null; return list.set({ year: y }); };
  const again = (/** @type {string} */ said) => { draft.value = null; say(said); list.reload(); };
  const rows = draft.value ?? list.rows.value;
  const shown = { ...list, rows: { value: rows.map((r) => ({ ...r, id: r.id || r.day })) }, filtered: false };

  const confirm = () => ask({
    title: t("calendar.confirm_year", { year: String(year) }), why: t("calendar.confirm_why", { n: rows.length }), act: t("calendar.confirm"),
    fields: [{ name: "source", label: t("calendar.document"), help: t("calendar.document_help"), required: true, maxlength: 200 }],
    send: (v, key) => call("POST", "/calendar", { year, source: v["source"], days: rows.map((r) => ({ day: r.day, kind: r.kind, name_vi: r.name_vi, name_en: r.name_en })) }, { key }),
    done: () => again(t("calendar.is_confirmed", { year: String(year) })),
  });
  const add = () => ask({
    title: t("calendar.add"), act: t("calendar.add_act"), start: { kind: "swap_off" },
    fields: [{ name: "day", type: "date", label: t("calendar.day"), required: true, min: `${year}-01-01` },
      { name: "kind", as: "select", label: t("calendar.kind"), required: true, options: kinds.map((k) => ({ value: k, label: t(`calendar.kind_${k}`) })) },
      { name: "name_vi", label: t("calendar.name_vi"), required: true, maxlength: 120 }, { name: "name_en", label: t("calendar.name_en"), maxlength: 120 },
      ...(proposed ? [] : [{ name: "source", label: t("calendar.document"), required: true, maxlength: 200 }])],
    send: async (v, key) => (proposed ? v : call("POST", "/calendar/days", v, { key })),
    done: (v) => {
      if (!proposed) return again(t("calendar.added", { date: date(v.day) }));
      draft.value = [...rows.filter((r) => r.day !== v["day"]), { ...v, proposed: true }].sort((a, b) => (a.day < b.day ? -1 : 1));
    },
  });
  const remove = (/** @type {any} */ r) => {
    if (proposed) { draft.value = rows.filter((x) => x.day !== r.day); return; }
    ask({
      title: t("calendar.remove_of", { date: date(r.day) }), why: t(rows.length === 1 ? "calendar.remove_last" : "calendar.remove_why"), act: t("calendar.remove"), bad: true,
      send: (_, key) => call("DELETE", `/calendar/days/${r.id}`, undefined, { key }), done: () => again(t("calendar.removed", { date: date(r.day) })),
    });
  };

  const columns = [
    { title: t("calendar.day"), cell: (/** @type {any} */ r) => html`${longDate(r.day)}<br /><span class="fw4 muted">${lunar(r)}</span>` },
    { title: t("calendar.name"), full: true, cell: (/** @type {any} */ r) => html`${pair(r, "name")}<br /><span class="muted">${r.proposed ? t("calendar.proposed") : r.source}</span>` },
    { title: t("calendar.kind"), full: true, cell: (/** @type {any} */ r) => html`<span class="row sb nowrap"><${Badge} tone=${tones[r.kind] ?? "idle"}>${t(`calendar.kind_${r.kind}`)}<//>
      ${may ? html`<button class="btn ghost sm" type="button" aria-label=${t("calendar.remove_of", { date: date(r.day) })} onClick=${() => remove(r)}>${t("calendar.remove")}</button>` : null}</span>` },
  ];
  const step = (/** @type {number} */ to, /** @type {string} */ icon, /** @type {string} */ label) => html`<button class="btn ghost icon" type="button" aria-label=${label} disabled=${to < 1900 || to > 2199} onClick=${() => turn(String(to))}><${Icon} n=${icon} /></button>`;
  const picker = html`<div class="row nowrap">${step(year - 1, "left", t("calendar.before"))}
    <select class="auto" aria-label=${t("calendar.year_pick")} onChange=${(/** @type {any} */ e) => turn(e.currentTarget.value)}>${near(year).map((y) => html`<option key=${y} value=${y} selected=${y === String(year)}>${y}</option>`)}</select>
    ${step(year + 1, "right", t("calendar.after"))}</div>`;
  return html`<${Head} title=${t("calendar.title")} sub=${t("calendar.lead")}>${picker}<//>
    ${told ? html`<div class="gap-b"><${Note} tone=${proposed ? "w" : "b"}><p><b>${t(proposed ? "calendar.waits" : "calendar.stands", { year: String(year) })}</b> ${t(proposed ? (may ? "calendar.waits_manager" : "calendar.waits_why") : "calendar.stands_why")}</p>
      <p>${t("calendar.moons", { tet: date(told.tet), kings: date(told.hung_kings) })}</p><//></div>` : null}
    ${may ? html`<p class="row gap-b">${proposed ? html`<button class="btn" type="button" disabled=${!rows.length} onClick=${confirm}><${Icon} n="check" />${t("calendar.confirm_year", { year: String(year) })}</button>` : null}
      <button class=${proposed ? "btn line" : "btn"} type="button" onClick=${add}><${Icon} n="plus" />${t("calendar.add")}</button>
      ${draft.value ? html`<button class="btn ghost" type="button" onClick=${() => { draft.value = null; }}>${t("calendar.undo")}</button>` : null}</p>` : null}
    <${Table} list=${shown} columns=${columns} label=${t("calendar.title")} empty=${html`<${Empty} icon="cal" title=${t("calendar.none")} />`} />${dialog}`;
}
