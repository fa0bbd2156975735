// @ts-check
// The receipt of what was last handed in, for paper: code, hour, digest, and every answer as it was given.
import { html } from "../../lib/ui.js";
import { useOne } from "../../lib/list.js";
import { clock, longDate, moment, pair, t } from "../../lib/words.js";
import { Frame, Head, Icon, Panel } from "../../components/parts.js";
import { Answers } from "./parts.js";

export const title = () => t("receipt.page");

/** @param {{ id: string }} props of the application */
export function Page({ id }) {
  const one = useOne(`/applications/${id}/receipt`, { on: ["applications"] });
  return html`<${Frame} of=${one} loading=${html`<${Head} title=${t("receipt.page")} />`}>${(/** @type {any} */ r) => html`<${Head} title=${t("receipt.page")} sub=${pair(r.intake, "title")}><span class="row no-print"><a class="btn line" href=${`/app/applications/${id}`}>${t("receipt.back")}</a><button class="btn" type="button" onClick=${() => print()}><${Icon} n="print" />${t("receipt.print")}</button></span><//>
  <div class="stack"><${Panel} class="stack s3"><p class="fig">${r.code}</p><dl class="kv sm"><dt>${t("receipt.at")}</dt><dd>${longDate(r.at)}, ${clock(r.at)}</dd><dt>${t("receipt.number")}</dt><dd>${r.number}</dd><dt>${t("receipt.by")}</dt><dd>${[r.name, ...r.members].filter(Boolean).join(", ")}</dd>
    <dt>${t("call.closes")}</dt><dd>${moment(r.closes_at)}</dd><dt>${t("receipt.digest")}</dt><dd><code>${r.sha256.match(/.{8}/g)?.join(" ")}</code></dd></dl><p class="hint">${t("receipt.digest_why")}</p><//>
  <${Panel} title=${r.title}><${Answers} form=${r.form} answers=${r.answers} /><//></div>`}<//>`;
}
