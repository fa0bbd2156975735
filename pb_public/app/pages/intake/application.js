// @ts-check
// One application: to its applicant how far it is, to staff everything they judge it by. Each reads one side, and only that
// is loaded.
import { html, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal, Refusal } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { bring, t } from "../../lib/words.js";
import { Failed, Frame, Head, Loading } from "../../components/parts.js";

export const title = () => t("application.one");

/** A side with its words. @param {"dossier" | "progress"} name */
const fetchSide = async (name) => (await bring(`pages/intake/${name}`)).Side;

/** @param {{ id: string }} props */
export function Page({ id }) {
  const paper = useOne(`/applications/${id}`, { on: ["applications", "offers", "screenings", "decisions", "score_sheets", "assignments", "conflicts", "decision_amendments", "appeals", "waitlists", "interviews", "application_members"] });
  const side = useSignal(/** @type {{ Part: any } | null} */ (null)), failure = useSignal(/** @type {Refusal | null} */ (null));
  const whose = paper.data.value ? (paper.data.value.staff ? "dossier" : "progress") : "";
  const load = () => { if (whose) fetchSide(whose).then((Part) => { side.value = { Part }; failure.value = null; }, (e) => { failure.value = asRefusal(navigator.onLine ? e : null); }); };
  useEffect(load, [whose]);
  const waiting = html`<${Head} title=${t("application.one")} /><div class="split"><div class="panel"><${Loading} /></div><div class="panel"><${Loading} /></div></div>`;
  if (failure.value) return html`<${Failed} refusal=${failure.value} retry=${load} />`;
  return html`<${Frame} of=${paper} loading=${waiting}>${(/** @type {any} */ p) => (side.value ? html`<${side.value.Part} paper=${p} reload=${paper.reload} />` : waiting)}<//>`;
}

/** What can happen to an application, and how its history tells it. */
const told = ["applications.begin", "applications.resubmit", "applications.waive", "applications.compare", "application.submit", "application.ask", "application.answer", "application.lapse", "application.review", "application.rule_out", "application.restore", "application.withdraw", "application.admit", "application.reject", "application.waitlist", "application.promote", "application.close_waitlist", "application.amend_admit", "application.amend_reject", "application.amend_waitlist", "application.enrol", "application.decline", "application.expire"];

/** A line of an application's history in words. @param {{ verb: string }} h */
export const happened = ({ verb }) => t(told.find((key) => key.endsWith(`.${verb}`)) ?? "progress.happened");
