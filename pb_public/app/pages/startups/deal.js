// @ts-check
// What one startup seeks, as an investor reads it.
import { html, say } from "../../lib/ui.js";
import { asRefusal, download } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { dong, moment, pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Frame, Head, Icon, Panel } from "../../components/parts.js";

export const title = () => t("deals.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/deals/${id}`, { on: ["startup_deal"] });
  const take = (/** @type {any} */ d) => download(`/deals/${id}/deck`, {}, d.deck.name).catch((e) => { say(asRefusal(e).message, { bad: true }); one.reload(); });
  const untold = html`<${Badge} tone="idle">${t("deal.untold")}<//>`;
  return html`<${Crumbs} trail=${[{ to: "/app/deals", label: t("deals.title") }]} /><${Frame} of=${one} loading=${html`<${Head} title=${t("deals.one")} />`}>${(/** @type {any} */ d) => html`
    <${Head} title=${d.name} sub=${pair(d, "one_liner")}>${d.listed ? html`<a class="btn line" href=${`/startups/${d.slug}`} target="_blank" rel="noopener">${t("startup.public_page")}</a>` : null}<//>
    <div class="split"><${Panel} title=${t("deal.summary")}>${d.summary.split(/\n+/).map((/** @type {string} */ line) => html`<p>${line}</p>`)}<p class="sub sm">${t("deals.since", { at: moment(d.since) })}</p><//>
    <div class="stack"><${Panel} title=${t("deal.title")}><dl class="kv sm"><dt>${t("deal.round")}</dt><dd>${d.round ? t(`deal.round_${d.round}`) : untold}</dd><dt>${t("deal.target")}</dt><dd>${d.target_vnd ? dong(d.target_vnd) : untold}</dd><dt>${t("deal.min_ticket")}</dt><dd>${d.min_ticket_vnd ? dong(d.min_ticket_vnd) : untold}</dd>
      <dt>${t("startup.sector")}</dt><dd>${t(`sector.${d.sector}`)}</dd><dt>${t("startup.stage")}</dt><dd>${t(`stage.${d.stage}`)}</dd><dt>${t("startup.area")}</dt><dd>${d.area || "–"}</dd></dl>
      ${d.deck ? html`<p class="gap-t"><button class="btn" type="button" onClick=${() => take(d)}><${Icon} n="down" />${t("deals.deck", { name: d.deck.name })}</button></p><p class="sub sm">${t("deals.deck_why")}</p>` : null}<//></div></div>`}<//>`;
}
