// @ts-check
// The dialog in which staff write an intake: all of it while it is a draft, its words alone once people rely on it.
import { html } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Dialog, Field, Stale, Summary, useForm } from "../../lib/forms.js";
import { useList } from "../../lib/list.js";
import { pair, t } from "../../lib/words.js";
import { Note } from "../../components/parts.js";
import { fromField, toField } from "./parts.js";

/** @param {{ intake: any, done: (answer: any) => unknown, close: () => void }} props intake null: a new one */
export function Terms({ intake, done, close }) {
  const programmes = useList("/programmes", { inURL: false }), cohorts = useList("/cohorts", { inURL: false }), forms = useList("/forms", { inURL: false });
  const wordsOnly = Boolean(intake) && intake.status !== "draft";
  const form = useForm({
    start: intake ? { ...intake, programme: intake.programme.id, cohort: intake.cohort.id, opens_at: toField(intake.opens_at), closes_at: toField(intake.closes_at), waitlist_auto: intake.waitlist_auto ?? false, waitlist_until: intake.waitlist_until ?? "" }
      : { programme: "", kind: "incubation", cohort: "", form_version: "", title_vi: "", title_en: "", summary_vi: "", summary_en: "", opens_at: "", closes_at: "", decision_due: "", grace_min: 0, offer_days: 7, capacity: 12, appeal_days: 14, waitlist_auto: true, waitlist_until: "" },
    rev: intake?.rev ?? 0,
    send: (v, key, rev) => call(intake ? "PATCH" : "POST", intake ? `/intakes/${intake.id}` : "/intakes", { ...spoken(v), ...(wordsOnly ? {} : agreed(v)), ...(intake ? { rev } : {}) }, { key }),
    done: async (answer) => { close(); await done(answer); },
  });
  const choices = (/** @type {import("../../lib/list.js").List} */ list) => list.rows.value.map((r) => ({ value: r.id, label: pair(r, "title") }));
  const chosen = form.values.value["programme"];
  const fitting = cohorts.rows.value.filter((c) => !chosen || c.programme === chosen).map((c) => ({ value: c.id, label: pair(c, "title") }));
  const versions = forms.rows.value.filter((v) => v.status === "published" && (!v.archived || v.id === intake?.form_version)).map((v) => ({ value: v.id, label: t("terms.version", { form: pair(v, "title"), n: v.number }) }));
  return html`<${Dialog} title=${t(intake ? "terms.edit" : "terms.new")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${close} />
    ${wordsOnly ? html`<${Note}>${t("terms.frozen")}<//>` : html`<div class="cols"><${Field} form=${form} name="programme" as="select" label=${t("terms.programme")} options=${choices(programmes)} required />${form.values.value["kind"] === "proposal" ? null : html`<${Field} form=${form} name="cohort" as="select" label=${t("terms.cohort")} options=${fitting} required />`}</div>
    <${Field} form=${form} name="kind" as="select" label=${t("terms.kind")} help=${t("terms.kind_help")} options=${kinds.map((k) => ({ value: k, label: t(`intake_kind.${k}`) }))} required />
    <${Field} form=${form} name="form_version" as="select" label=${t("terms.form")} help=${t("terms.form_help")} options=${versions} required />`}
    <div class="cols"><${Field} form=${form} name="title_vi" label=${t("terms.title_vi")} required /><${Field} form=${form} name="title_en" label=${t("terms.title_en")} /></div>
    <${Field} form=${form} name="summary_vi" as="area" label=${t("terms.summary_vi")} help=${t("terms.summary_help")} rows="4" /><${Field} form=${form} name="summary_en" as="area" label=${t("terms.summary_en")} rows="4" />
    ${wordsOnly ? null : html`<div class="cols"><${Field} form=${form} name="opens_at" type="datetime-local" label=${t("terms.opens")} required /><${Field} form=${form} name="closes_at" type="datetime-local" label=${t("terms.closes")} required /><${Field} form=${form} name="grace_min" as="amount" marked=${false} label=${t("terms.grace")} help=${t("terms.grace_help")} /></div>
    <div class="cols n"><${Field} form=${form} name="decision_due" type="date" label=${t("terms.decision_due")} /><${Field} form=${form} name="capacity" as="amount" label=${t("terms.capacity")} required /><${Field} form=${form} name="offer_days" as="amount" label=${t("terms.offer_days")} required /></div>
    <${Field} form=${form} name="appeal_days" as="amount" label=${t("terms.appeal_days")} help=${t("terms.appeal_help")} />`}
    <div class="cols"><${Field} form=${form} name="waitlist_until" type="date" label=${t("terms.waitlist_until")} /><${Field} form=${form} name="waitlist_auto" as="check" label=${t("terms.waitlist_auto")} /></div>
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t(intake ? "terms.save" : "terms.create")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}

/** What an intake can be a call for. */
const kinds = ["pre_incubation", "incubation", "acceleration", "stem", "training", "vocational", "proposal"];

/** What may change at any time. @param {Record<string, any>} v */
const spoken = ({ title_vi, title_en, summary_vi, summary_en, waitlist_auto, waitlist_until }) => ({ title_vi, title_en, summary_vi, summary_en, waitlist_auto, waitlist_until });

/** What applicants rely on once it is published. @param {Record<string, any>} v */
const agreed = ({ programme, kind, cohort, form_version, opens_at, closes_at, decision_due, grace_min, offer_days, capacity, appeal_days }) =>
  ({ programme, kind, cohort: kind === "proposal" ? "" : cohort, form_version, opens_at: fromField(opens_at), closes_at: fromField(closes_at), decision_due, grace_min, offer_days, capacity, appeal_days: appeal_days ?? 0 });
