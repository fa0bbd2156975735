// @ts-check
// One report, through the secret link of a mail: no account, no menu, nothing else to see. A link that opens nothing says why.
import { html, toHeading, useEffect, useSignal } from "../../lib/ui.js";
import { leave, me } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Empty, Frame, Loading } from "../../components/parts.js";
import { ReportForm } from "./report-form.js";

export const title = () => t("report.title");
export const bare = true;

/** @typedef {import("../../lib/api.js").Refusal} Refusal */

/** Refusals that have a title of their own; the rest are of links that nobody knows. */
const ends = ["link_over", "link_used", "link_accepted", "link_waived", "link_replaced", "link_revoked", "link_others"];

/** @param {{ token: string }} props */
export function Page({ token }) {
  const one = useOne(`/report-links/${token}`), sent = useSignal(false), round = useSignal(0), gone = useSignal(/** @type {Refusal | null} */ (null));
  const why = gone.value ?? (one.state.value === "error" && [403, 404, 410].includes(one.refusal.value?.status ?? 0) ? one.refusal.value : null);
  useEffect(() => { if (sent.value || gone.value) toHeading(); }, [sent.value, gone.value]); // the form is gone, and the focus was in it
  if (sent.value) return html`<main class="work narrow" id="main"><h1 tabindex="-1" class="vh">${t("report.title")}</h1><${Empty} tile=${3} title=${t("report.thanks")} why=${t("report.thanks_why")} /></main>`;
  if (why) return html`<${Ended} why=${why} again=${() => one.reload()} />`;
  return html`<main class="work" id="main"><${Frame} of=${one} loading=${html`<h1 tabindex="-1" class="vh">${t("report.title")}</h1><${Loading} />`}>${(/** @type {any} */ sheet) => html`<${ReportForm} key=${round.value} sheet=${sheet} route=${`/report-links/${token}`} sent=${() => { sent.value = true; }} gone=${(/** @type {Refusal} */ e) => { gone.value = e; }} reload=${async () => { await one.reload(); round.value++; }} />`}<//></main>`;
}

/** Why a link opens nothing, and what to do instead. @param {{ why: Refusal, again: () => unknown }} props */
function Ended({ why, again }) {
  const code = why.code.replace(/^report\./, ""), known = ends.includes(code);
  const good = ["link_used", "link_accepted", "link_waived"].includes(code), others = code === "link_others";
  return html`<main class="work narrow" id="main"><h1 tabindex="-1" class="vh">${t("report.title")}</h1>
    <${Empty} icon=${good ? "okc" : "link"} title=${known ? t(`report.link_end.${code}`) : t("report.link_dead")} why=${known ? why.message : t("report.link_dead_why")}>
      <a class="btn" href="/app/reports">${t(me.value ? "report.link_mine" : "report.sign_in")}</a>
      ${others ? html`<button class="btn line" type="button" onClick=${() => { leave(); again(); }}>${t("report.link_leave")}</button>` : null}<//></main>`;
}
