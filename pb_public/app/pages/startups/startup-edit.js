// @ts-check
// The form of a startup's card, the one that may be shown.
import { html } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { useList } from "../../lib/list.js";
import { pair, t } from "../../lib/words.js";
import { UnitField } from "../site/unit-pick.js";
import { sectors, stages } from "./startups.js";

/** @param {{ s: any, done: () => unknown }} props */
export function CardForm({ s, done }) {
  const clusters = useList("/clusters", { inURL: false });
  const form = useForm({
    start: { name: s.name, one_liner_vi: s.one_liner_vi, one_liner_en: s.one_liner_en, story_vi: s.story_vi, story_en: s.story_en, sector: s.sector, stage: s.stage, founded_on: s.founded_on, area: s.area, admin_unit: s.admin_unit, website: s.website, headcount: s.headcount || null, visibility: s.visibility, ...Object.fromEntries(s.clusters.map((/** @type {string} */ id) => [`cluster:${id}`, true])) },
    send: (v, key) => call("PATCH", `/startups/${s.id}`, { ...Object.fromEntries(Object.entries(v).filter(([k]) => !k.startsWith("cluster:"))), headcount: v["headcount"] ?? 0, clusters: Object.keys(v).filter((k) => k.startsWith("cluster:") && v[k]).map((k) => k.slice(8)), rev: s.rev }, { key }),
    done,
  });
  return html`<form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} />
    <${Field} form=${form} name="visibility" as="options" label=${t("startup.seen_by")} required options=${["private", "ecosystem", "investors", "public"].map((v) => ({ value: v, label: t(`startup.seen_${v}`), help: t(`startup.seen_${v}_why`) }))} />
    <${Field} form=${form} name="name" label=${t("startup.name")} required maxlength="200" />
    <${Field} form=${form} name="one_liner_vi" label=${t("startup.one_liner_vi")} help=${t("startup.one_liner_help")} max=${200} /><${Field} form=${form} name="one_liner_en" label=${t("startup.one_liner_en")} max=${200} />
    <${Field} form=${form} name="story_vi" as="area" label=${t("startup.story_vi")} max=${6000} /><${Field} form=${form} name="story_en" as="area" label=${t("startup.story_en")} max=${6000} />
    <${Field} form=${form} name="sector" as="select" label=${t("startup.sector")} required options=${sectors.map((x) => ({ value: x, label: t(`sector.${x}`) }))} /><${Field} form=${form} name="stage" as="select" label=${t("startup.stage")} required options=${stages.map((x) => ({ value: x, label: t(`stage.${x}`) }))} />
    <${Field} form=${form} name="headcount" as="amount" label=${t("startup.headcount_now")} help=${t("startup.headcount_help")} /><${Field} form=${form} name="founded_on" type="date" label=${t("startup.founded_on")} />
    <${UnitField} form=${form} name="admin_unit" label=${t("startup.unit")} help=${t("startup.unit_help")} />
    <${Field} form=${form} name="area" label=${t("startup.area")} maxlength="120" /><${Field} form=${form} name="website" type="url" label=${t("startup.website")} />
    <fieldset class="stack s2"><legend class="lbl">${t("startup.clusters")}</legend>${clusters.rows.value.map((c) => html`<${Field} key=${c.id} form=${form} name=${`cluster:${c.id}`} as="check" label=${pair(c, "title")} />`)}</fieldset>
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button></div></form>`;
}
