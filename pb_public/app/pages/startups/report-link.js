// @ts-check
// One report, through the secret link of a mail: no account, no menu, nothing else to see.
import { html, useSignal } from "../../lib/ui.js";
import { useOne } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Empty, Frame, Loading } from "../../components/parts.js";
import { ReportForm } from "./report-form.js";

export const title = () => t("report.title");
export const bare = true;

/** @param {{ token: string }} props */
export function Page({ token }) {
  const one = useOne(`/report-links/${token}`), sent = useSignal(false), round = useSignal(0);
  const over = one.state.value === "error" && [404, 410].includes(one.refusal.value?.status ?? 0);
  if (sent.value) return html`<main class="work narrow" id="main"><h1 tabindex="-1" class="vh">${t("report.title")}</h1><${Empty} tile=${3} title=${t("report.thanks")} why=${t("report.thanks_why")} /></main>`;
  if (over) return html`<main class="work narrow" id="main"><h1 tabindex="-1" class="vh">${t("report.title")}</h1><${Empty} icon="link" title=${t("report.link_dead")} why=${one.refusal.value?.status === 410 ? one.refusal.value.message : t("report.link_dead_why")}><a class="btn" href="/app/reports">${t("report.sign_in")}</a><//></main>`;
  return html`<main class="work" id="main"><${Frame} of=${one} loading=${html`<h1 tabindex="-1" class="vh">${t("report.title")}</h1><${Loading} />`}>${(/** @type {any} */ sheet) => html`<${ReportForm} key=${round.value} sheet=${sheet} route=${`/report-links/${token}`} sent=${() => { sent.value = true; }} reload=${async () => { await one.reload(); round.value++; }} />`}<//></main>`;
}
