// @ts-check
// The series that events belong to: one is made or renamed in a small dialog.
import { say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { pair, t } from "../../lib/words.js";

/**
 * What to ask of whoever keeps a series: which one, and what it is called.
 * @param {any[]} all @param {() => Promise<void>} done @returns {import("../../lib/forms.js").Question}
 */
export const keep = (all, done) => ({
  title: t("event_series.keep"), why: all.length ? t("event_series.there", { names: all.map((s) => pair(s, "title")).join(", ") }) : t("event_series.why"), act: t("state.save"), start: { series: "" },
  fields: [
    ...(all.length ? [{ name: "series", as: /** @type {"select"} */ ("select"), label: t("event_series.which"), options: [{ value: "", label: t("event_series.new") }, ...all.map((s) => ({ value: s.id, label: pair(s, "title") }))] }] : []),
    { name: "title_vi", label: t("event_series.title_vi"), required: true, maxlength: 200 }, { name: "title_en", label: t("event_series.title_en"), maxlength: 200 },
    { name: "summary_vi", as: /** @type {"area"} */ ("area"), label: t("event_series.summary_vi"), max: 500 }, { name: "summary_en", as: /** @type {"area"} */ ("area"), label: t("event_series.summary_en"), max: 500 },
  ],
  send: ({ series, ...v }, key) => { const one = all.find((s) => s.id === series); return one ? call("PATCH", `/event-series/${one.id}`, { ...v, rev: one.rev }, { key }) : call("POST", "/event-series", v, { key }); },
  done: async () => { say(t("event_series.kept")); await done(); },
});
