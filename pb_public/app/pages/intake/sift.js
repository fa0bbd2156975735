// @ts-check
// The dialog in which staff say which cards they look for, and the words of what is looked for.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { has, pair, t } from "../../lib/words.js";
import { Dialog, Field, Summary, useForm } from "../../lib/forms.js";

/** What can be looked for besides words, in the order in which it is asked. */
export const sieves = ["owner", "proposal", "decision", "status", "sector", "round", "min", "max", "lacking", "apart"];

/** The states that an application can be in once it was handed in. */
const states = ["submitted", "needs_info", "in_review", "ineligible", "admitted", "waitlisted", "rejected", "enrolled", "declined", "offer_expired", "withdrawn"];

/**
 * @param {{ intake: any, query: Record<string, string>, set: (query: Record<string, string>) => unknown, close: () => void }} props
 */
export function Sift({ intake, query, set, close }) {
  const staff = useList(`/intakes/${intake.id}/staff`, { inURL: false });
  const choices = (intake.form ?? []).filter((/** @type {any} */ q) => ["choice", "multiple"].includes(q.type));
  const names = [...sieves, ...choices.map((/** @type {any} */ q) => `answer.${q.key}`)];
  const form = useForm({
    start: Object.fromEntries(names.map((n) => [n, ["lacking", "apart"].includes(n) ? query[n] === "1" : query[n] ?? ""])),
    send: async (values) => Object.fromEntries(names.map((n) => [n, values[n] === true ? "1" : String(values[n] || "")])),
    done: (said) => { set({ ...query, ...said }); close(); },
  });
  const any = { value: "", label: t("sift.any") };
  const select = (/** @type {string} */ name, /** @type {string} */ label, /** @type {{ value: string, label: string }[]} */ options) => html`<${Field} form=${form} name=${name} as="select" label=${label} marked=${false} options=${[any, ...options]} />`;
  const none = { value: "none", label: t("sift.none") };
  return html`<${Dialog} title=${t("sift.title")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><div class="cols w2">
    ${select("owner", t("sift.owner"), [{ value: "me", label: t("sift.me") }, none, ...staff.rows.value.map((p) => ({ value: p.id, label: p.name }))])}
    ${select("proposal", t("sift.proposal"), [none, ...["admit", "waitlist", "reject"].map((p) => ({ value: p, label: t(`screening.proposal_${p}`) }))])}
    ${select("decision", t("handed.decision"), [none, ...["admitted", "waitlisted", "rejected"].map((d) => ({ value: d, label: t(`status.decisions.${d}`) }))])}
    ${select("status", t("handed.state"), states.map((s) => ({ value: s, label: t(`status.applications.${s}`) })))}
    ${intake.rounds?.length ? select("round", t("sift.round"), intake.rounds.map((/** @type {any} */ r) => ({ value: r.id, label: pair(r, "title") }))) : null}
    ${choices.map((/** @type {any} */ q) => select(`answer.${q.key}`, pair(q, "label"), q.options.map((/** @type {any} */ o) => ({ value: o.value, label: pair(o, "label") }))))}
    <${Field} form=${form} name="min" label=${t("sift.min")} inputmode="decimal" marked=${false} /><${Field} form=${form} name="max" label=${t("sift.max")} inputmode="decimal" marked=${false} /></div>
    <${Field} form=${form} name="lacking" as="check" label=${t("sift.lacking")} /><${Field} form=${form} name="apart" as="check" label=${t("sift.apart")} />
    <div class="row"><button class="btn">${t("sift.show")}</button><button class="btn line" type="button" onClick=${() => { set(Object.fromEntries(names.map((n) => [n, ""]))); close(); }}>${t("state.clear")}</button></div></form><//>`;
}

/**
 * One thing that is looked for, in words.
 * @param {string} name @param {string} value @param {any} intake @param {Record<string, string>} people names by id
 */
export function sifted(name, value, intake, people) {
  const none = value === "none" ? t("sift.none") : "";
  if (name === "owner") return `${t("sift.owner")}: ${none || (value === "me" ? t("sift.me") : people[value] ?? "…")}`;
  if (name === "proposal") return `${t("sift.proposal")}: ${none || t(`screening.proposal_${value}`)}`;
  if (name === "decision") return `${t("handed.decision")}: ${none || t(`status.decisions.${value}`)}`;
  if (name === "status") return t(`status.applications.${value}`);
  if (name === "sector") return has(`sector.${value}`) ? t(`sector.${value}`) : value;
  if (name === "round") return pair(intake?.rounds?.find((/** @type {any} */ r) => r.id === value), "title") || t("sift.round");
  if (name === "min") return `${t("sift.min")} ${value}`;
  if (name === "max") return `${t("sift.max")} ${value}`;
  if (name === "lacking") return t("sift.lacking");
  if (name === "apart") return t("sift.apart");
  const q = intake?.form?.find((/** @type {any} */ f) => `answer.${f.key}` === name);
  return q ? `${pair(q, "label")}: ${pair(q.options?.find((/** @type {any} */ o) => o.value === value), "label") || value}` : "";
}
