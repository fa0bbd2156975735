// @ts-check
// The decision over one application: made once by a manager, told by the release alone.
import { html, say, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { moment, t } from "../../lib/words.js";
import { Badge, Icon, Note, Panel } from "../../components/parts.js";
import { Paragraphs } from "./answers.js";

/** @param {{ paper: any, intake: any, reload: () => any }} props intake null: still on its way */
export function Decide({ paper, intake, reload }) {
  const made = paper.staff.decision;
  if (made) return html`<${Made} d=${made} by=${paper.staff.people[made.decided_by] ?? ""} />`;
  const why = !paper.staff.may_decide ? "decide.not_manager" : paper.status !== "in_review" ? "decide.not_review" : intake && intake.status !== "deciding" ? "decide.not_yet" : "";
  if (why) return html`<${Panel} title=${t("decide.title")} class="stack s3"><p class="sub row nowrap"><${Icon} n="lock" s /><span>${t(why)}</span></p><//>`;
  return html`<${Write} paper=${paper} intake=${intake} reload=${reload} />`;
}

/** @param {any} d @param {string} outcome */
const tone = { admitted: "ok", waitlisted: "warn", rejected: "bad" };

/** @param {{ d: any, by: string }} props */
const Made = ({ d, by }) => html`<${Panel} title=${t("decide.title")} side=${html`<${Badge} tone=${tone[/** @type {keyof typeof tone} */ (d.outcome)]} tag>${t(`status.decisions.${d.outcome}`)}${d.rank ? ` #${d.rank}` : ""}<//>`} class="stack s3">
  <p class="sub">${t("decide.by", { name: by, at: moment(d.decided_at) })} ${d.released_at ? t("decide.told", { at: moment(d.released_at) }) : t("decide.untold")}</p>
  <div class="qa"><h3>${t("decide.rationale")}</h3><${Paragraphs} text=${d.rationale} /></div>${d.feedback ? html`<div class="qa"><h3>${t("decide.feedback")}</h3><${Paragraphs} text=${d.feedback} /></div>` : null}<//>`;

/** @param {{ paper: any, intake: any, reload: () => any }} props */
function Write({ paper, intake, reload }) {
  const sure = useSignal(false);
  const comments = paper.staff.assignments.map((/** @type {any} */ s) => s.sheet?.comment).filter(Boolean).join("\n\n");
  const form = useForm({
    start: { outcome: { admit: "admitted", waitlist: "waitlisted", reject: "rejected" }[/** @type {string} */ (paper.staff.screening?.proposal)] ?? "", rationale: "", feedback: "", rank: null },
    check: (v) => ({ ...(v["outcome"] === "rejected" && !v["feedback"].trim() ? { feedback: t("decision.no_feedback") } : {}) }),
    async send(v, key) {
      if (!sure.value) { sure.value = true; return null; } // a decision stands for good: read it once more
      return call("POST", `/applications/${paper.id}/decide`, { ...v, rank: v["rank"] ?? 0 }, { key });
    },
    async done(answer) { if (answer) { say(t("decide.done")); await reload(); } },
  });
  const full = intake && intake.taken >= intake.capacity, outcome = form.values.value["outcome"];
  const set = form.set;
  form.set = (name, value) => { sure.value = false; set(name, value); };
  return html`<form class="panel stack" novalidate onSubmit=${form.submit}><h2>${t("decide.title")}</h2><${Summary} form=${form} />
    <${Field} form=${form} name="outcome" as="segments" label=${t("decide.outcome")} required options=${["admitted", "waitlisted", "rejected"].map((o) => ({ value: o, label: t(`status.decisions.${o}`) }))} />
    ${full && outcome === "admitted" ? html`<${Note} tone="w">${t("decide.full", { n: intake.capacity })}<//>` : null}
    ${outcome === "waitlisted" ? html`<${Field} form=${form} name="rank" as="amount" label=${t("decide.rank")} help=${t("decide.rank_help")} />` : null}
    <${Field} form=${form} name="rationale" as="area" label=${t("decide.rationale")} help=${t("decide.rationale_help")} rows="3" required />
    <${Field} form=${form} name="feedback" as="area" label=${t("decide.feedback")} help=${t("decide.feedback_help")} rows="4" required=${outcome === "rejected"} />
    ${comments ? html`<p><button class="btn ghost sm" type="button" onClick=${() => form.set("feedback", [form.values.value["feedback"], comments].filter(Boolean).join("\n\n"))}><${Icon} n="plus" s />${t("decide.take_comments")}</button></p>` : null}
    ${sure.value ? html`<div role="alert"><${Note} tone="w">${t("decide.sure", { outcome: t(`status.decisions.${outcome}`) })}<//></div>` : null}
    <p><button class="btn" disabled=${form.busy.value}>${t(sure.value ? "decide.do_sure" : "decide.do")}</button></p></form>`;
}
