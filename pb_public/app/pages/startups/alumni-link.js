// @ts-check
// Five questions to a startup that has graduated, through the secret link of a mail: no account, no menu, nothing else to see.
import { html, toHeading, useEffect, useSignal } from "../../lib/ui.js";
import { call, leave } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, t } from "../../lib/words.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { Empty, Frame, Head, Loading } from "../../components/parts.js";

export const title = () => t("alumni.title");
export const bare = true;

/** @param {{ token: string }} props */
export function Page({ token }) {
  const one = useOne(`/alumni-links/${token}`), sent = useSignal(false), h1 = html`<h1 tabindex="-1" class="vh">${t("alumni.title")}</h1>`;
  const over = one.state.value === "error" && [403, 404, 410].includes(one.refusal.value?.status ?? 0), others = one.refusal.value?.status === 403;
  useEffect(() => { if (sent.value) toHeading(); }, [sent.value]);
  if (sent.value) return html`<main class="work narrow" id="main">${h1}<${Empty} tile=${3} title=${t("alumni.thanks")} why=${t("alumni.thanks_why")} /></main>`;
  if (over) return html`<main class="work narrow" id="main">${h1}<${Empty} icon="link" title=${t(others ? "report.link_end.link_others" : one.refusal.value?.code === "alumni.link_used" ? "alumni.link_was_used" : "report.link_dead")} why=${one.refusal.value?.status === 404 ? t("report.link_dead_why") : one.refusal.value?.message}><a class="btn" href="/app/">${t(others ? "state.home" : "report.sign_in")}</a>
    ${others ? html`<button class="btn line" type="button" onClick=${() => { leave(); one.reload(); }}>${t("report.link_leave")}</button>` : null}<//></main>`;
  return html`<main class="work narrow" id="main"><${Frame} of=${one} loading=${html`${h1}<${Loading} />`}>${(/** @type {any} */ a) => html`<${Five} a=${a} token=${token} sent=${() => { sent.value = true; }} />`}<//></main>`;
}

/** @param {{ a: any, token: string, sent: () => void }} props */
function Five({ a, token, sent }) {
  const form = useForm({ start: { fate: "", jobs: null, revenue_vnd: null, raised_vnd: null, wish: "" }, send: (v, key) => call("POST", `/alumni-links/${token}/answer`, v, { key }), done: sent });
  return html`<${Head} title=${t("alumni.how_is", { startup: a.startup })} sub=${t("alumni.lead", { date: date(a.due_on) })} />
    <form class="panel stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} />
      <${Field} form=${form} name="fate" as="options" label=${t("alumni.fate_of")} required options=${a.fates.map((/** @type {string} */ f) => ({ value: f, label: t(`alumni.fate_${f}`) }))} />
      <${Field} form=${form} name="jobs" as="amount" label=${t("alumni.jobs")} help=${t("alumni.untold_help")} unit=${t("alumni.people")} />
      <${Field} form=${form} name="revenue_vnd" as="amount" label=${t("alumni.revenue", { year: String(a.year - 1) })} help=${t("alumni.untold_help")} unit="₫" />
      <${Field} form=${form} name="raised_vnd" as="amount" label=${t("alumni.raised", { year: String(a.year - 1) })} help=${t("alumni.raised_help")} unit="₫" />
      <${Field} form=${form} name="wish" as="area" label=${t("alumni.wish")} max=${2000} />
      <div class="row"><button class="btn lg" disabled=${form.busy.value}>${t("alumni.send")}</button></div></form>`;
}
