// @ts-check
// What the rules of the intake make of one application, for staff: what was met, what was not, and the exceptions, which are
// made here too: a tab of the dossier where there are rules.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useAsk } from "../../lib/forms.js";
import { pair, t } from "../../lib/words.js";
import { Panel } from "../../components/parts.js";
import { Standing } from "./question.js";

/** @param {{ paper: any, reload: () => unknown }} props of the application, as staff read it */
export function Part({ paper, reload }) {
  const { ask, dialog } = useAsk(), rules = /** @type {import("./question.js").Weighed[]} */ (paper.eligibility ?? []);
  const open = rules.filter((r) => r.state === "fails" && !r.waived);
  if (rules.length === 0) return null;
  const waive = () => ask({
    title: t("rule.waive"), why: t("rule.waive_why"), act: t("rule.waive_do"), send: (w, key) => call("POST", `/intakes/${paper.intake.id}/waive`, { ...w, application: paper.id }, { key }), done: async () => { say(t("rule.waive_done")); await reload(); },
    fields: [{ name: "rule", label: t("rule.which"), as: "select", required: true, options: open.map((r) => ({ value: r.rule, label: pair(r, "reason") })) }, { name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true, help: t("dossier.reason_read") }],
  });
  return html`<${Panel} title=${t("rule.title")} class="stack s3"><${Standing} rules=${rules} />${open.length ? html`<p><button class="btn line sm" type="button" onClick=${waive}>${t("rule.waive_do")}</button></p>` : null}<//>${dialog}`;
}
