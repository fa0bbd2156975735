// @ts-check
// Who is in which cohort, and the steps out of it.
import { go, html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { bring, date, given, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Choice, Crumbs, Empty, Head, Status, Table } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";

export const title = () => t("enrolment.title");

/**
 * What staff may do with an enrolment now.
 * @param {any} n
 * @param {(q: import("../../lib/forms.js").Question) => void} ask
 * @param {() => Promise<void>} after
 * @param {{ manager?: boolean }} who
 * @returns {import("../../lib/forms.js").Item[]}
 */
function verbs(n, ask, after, { manager }) {
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r)), in_ = ["invited", "active", "on_leave"].includes(n.status);
  /** @param {string} verb @param {boolean} [bad] @param {boolean} [must] */
  const item = (verb, bad = false, must = false) => ({ label: t(`enrolment.${verb}_go`), bad, act: () => ask({ title: t(`enrolment.${verb}_go`), why: t(`enrolment.${verb}_why`), act: t(`enrolment.${verb}_go`), bad, start: { reason: "" }, fields: [{ name: "reason", label: t("report.reason"), as: "area", required: must, max: 1000 }], send: (v, key) => call("POST", `/enrolments/${n.id}/${verb}`, v, { key }), done: after }) });
  return [
    ...(staff && n.status === "active" ? [item("pause")] : []), ...(staff && n.status === "on_leave" ? [item("resume")] : []),
    ...(manager && n.status === "active" ? [{ label: t("enrolment.graduate_go"), act: () => go(`/app/startups/${n.startup.id}?tab=life`) }] : []), ...(manager && in_ ? [item("terminate", true, true)] : []),
  ];
}

export function Page() {
  const list = useList("/enrolments", { params: { q: "", cohort: "" }, on: ["enrolments"] }), cohorts = useList("/cohorts", { inURL: false });
  const { ask, dialog } = useAsk(), manager = standing().roles.includes("manager");
  const cohort = list.filters.value["cohort"] ?? "", rules = useSignal(/** @type {any} */ (null));
  useEffect(() => { if (cohort && !rules.value) bring("pages/startups/graduation-rules").then((m) => { rules.value = m.Rules; }, (e) => say(asRefusal(e).message, { bad: true })); }, [cohort]);
  const columns = [
    { title: t("startup.name"), cell: (/** @type {any} */ r) => html`<a href=${`/app/startups/${r.startup.id}?tab=life`}>${r.startup.name}</a>` },
    { title: t("startup.cohort"), cell: (/** @type {any} */ r) => html`<a href=${`/app/cohorts/${r.cohort}`}>${pair(r, "title")}</a>` },
    { title: t("enrolment.status"), cell: (/** @type {any} */ r) => html`<${Status} of="enrolments" is=${r.status} />` },
    { title: t("enrolment.joined"), cell: (/** @type {any} */ r) => (given(r.joined_on) ? date(r.joined_on) : "–") },
    { title: t("enrolment.left"), cell: (/** @type {any} */ r) => (given(r.left_on) ? date(r.left_on) : "–") },
    { title: "", end: true, cell: (/** @type {any} */ r) => { const items = verbs(r, ask, list.reload, { manager }); return items.length ? html`<${Menu} label=${t("enrolment.more")} title=${r.startup.name} items=${items} />` : null; } },
  ];
  return html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }]} /><${Head} title=${t("enrolment.title")} sub=${t("enrolment.lead")} />
    ${cohort && rules.value ? html`<div class="gap-b"><${rules.value} key=${cohort} cohort=${cohort} /></div>` : null}
    <${Table} list=${list} columns=${columns} label=${t("enrolment.title")} search=${t("portfolio.search")} csv="enrolments.csv" filters=${html`<${Choice} list=${list} name="cohort" label=${t("startup.cohort")} options=${[{ value: "", label: t("figure.all_cohorts") }, ...cohorts.rows.value.map((c) => ({ value: c.id, label: pair(c, "title") }))]} />`}
      empty=${html`<${Empty} tile=${3} title=${t("enrolment.none")} why=${t("enrolment.none_why")} />`} />${dialog}`;
}
