// @ts-check
// The way out of an assignment: a conflict of interest, or no time.
import { go, html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { t } from "../../lib/words.js";
import { ask as today } from "../../shell/shell.js";
import { Icon } from "../../components/parts.js";

const reasons = ["knows", "money", "mentored", "other", "busy"];

/** @param {{ assignment: any }} props */
export function Aside({ assignment }) {
  const early = ["offered", "accepted"].includes(assignment.status);
  const form = useForm({
    start: { why: "", words: "" },
    check: (v) => ({ ...(v["why"] === "other" && !v["words"].trim() ? { words: t("form.required") } : {}) }),
    send: (v, key) => call("POST", `/assignments/${assignment.id}/${v["why"] === "busy" ? "decline" : "recuse"}`, { reason: [v["why"] === "other" ? "" : t(`judging.why_${v["why"]}`), v["words"].trim()].filter(Boolean).join(". ") }, { key }),
    async done() { say(t("judging.left")); await today().reload(); go("/app/judging"); },
  });
  return html`<details class="panel"><summary><${Icon} n="chev" s />${t("judging.aside")}</summary><form class="stack s3" novalidate onSubmit=${form.submit}><p class="sub">${t("judging.aside_why")}</p><${Summary} form=${form} />
    <${Field} form=${form} name="why" as="options" label=${t("judging.aside_reason")} required options=${reasons.filter((r) => early || r !== "busy").map((r) => ({ value: r, label: t(`judging.why_${r}`) }))} />
    <${Field} form=${form} name="words" as="area" rows="2" label=${t("judging.aside_words")} required=${form.values.value["why"] === "other"} />
    <p><button class="btn line" disabled=${form.busy.value}>${t("judging.aside_do")}</button></p></form></details>`;
}
