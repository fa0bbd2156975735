// @ts-check
// One application: to its applicant how far it is, to staff everything they judge it by.
import { html } from "../../lib/ui.js";
import { useOne } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Frame, Head, Loading } from "../../components/parts.js";
import { Dossier } from "./dossier.js";
import { Progress } from "./progress.js";

export const title = () => t("application.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const paper = useOne(`/applications/${id}`, { on: ["applications", "offers", "screenings", "decisions", "score_sheets", "assignments", "conflicts"] });
  return html`<${Frame} of=${paper} loading=${html`<${Head} title=${t("application.one")} /><div class="split"><div class="panel"><${Loading} /></div><div class="panel"><${Loading} /></div></div>`}>${(/** @type {any} */ p) =>
    p.staff ? html`<${Dossier} paper=${p} reload=${paper.reload} />` : html`<${Progress} paper=${p} reload=${paper.reload} />`}<//>`;
}
