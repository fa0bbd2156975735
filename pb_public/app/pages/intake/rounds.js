// @ts-check
// The rounds of an intake, one after the other: what each asks of its judges, and how far it has come.
import { html } from "../../lib/ui.js";
import { useList, useOne } from "../../lib/list.js";
import { given, moment, num, pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Empty, Frame, Head, Icon, Panel, Status } from "../../components/parts.js";
import { useLate } from "./parts.js";

export const title = () => t("stage.title");

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`), list = useList(`/intakes/${id}/rounds`, { inURL: false, on: ["rounds"] });
  const terms = useLate(() => import("./round_terms.js").then((m) => m.Terms));
  const add = () => terms.show({ path: `/intakes/${id}/rounds`, method: "POST", round: null, done: list.reload });
  return html`<${Frame} of=${intake}>${(/** @type {any} */ i) => html`<${Crumbs} trail=${[{ to: `/app/intakes/${id}`, label: pair(i, "title") }]} />
  <${Head} title=${t("stage.title")} sub=${t("stage.lead")}><button class="btn line" type="button" onClick=${add}><${Icon} n="plus" />${t("stage.add")}</button><//>
  <${Frame} of=${list} empty=${html`<${Empty} tile=${9} title=${t("stage.none")} why=${t("stage.none_why")}><button class="btn" type="button" onClick=${add}>${t("stage.add")}</button><//>`}>${(/** @type {any[]} */ rows) => html`<div class="stack">${rows.map((r) => html`<${One} key=${r.id} r=${r} />`)}</div>`}<//>${terms.dialog}`}<//>`;
}

/** @param {{ r: any }} props */
const One = ({ r }) => html`<${Panel} title=${html`<a href=${`/app/rounds/${r.id}`}>${num(r.number)}. ${pair(r, "title")}</a>`} side=${html`<${Status} of="rounds" is=${r.status} tag />`} class="stack s3">
  <div class="row"><${Badge} tone="idle" icon="scale">${t("stage.each", { n: r.per_subject })}<//>${r.blind ? html`<${Badge} tone="info" icon="lock">${t("stage.blind")}<//>` : null}${given(r.closes_at) ? html`<${Badge} tone="idle" icon="clock">${t("gate.round_closes", { at: moment(r.closes_at) })}<//>` : null}</div>
  <p class="sub">${r.rubric.map((/** @type {any} */ c) => `${pair(c, "label")} ${num(c.weight / 100, 0)}%`).join(" · ")}</p><//>`;
