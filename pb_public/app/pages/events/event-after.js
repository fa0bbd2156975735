// @ts-check
// What an event was: who came of those who said so, and what they thought of it. Words and marks are shown from five answers on.
import { html } from "../../lib/ui.js";
import { useOne } from "../../lib/list.js";
import { deadline, dong, num, percent, t } from "../../lib/words.js";
import { Empty, Figure, Frame, Loading, Panel } from "../../components/parts.js";

/** @param {{ event: any, after: () => Promise<void> }} props */
export function Part({ event: e }) {
  const one = useOne(`/events/${e.id}/feedback`, { on: ["event_feedback", "presences", "tickets"] });
  return html`<${Frame} of=${one} loading=${html`<div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ f) => (!f.begun ? html`<div class="panel"><${Empty} icon="clock" title=${t("event_after.not_yet")} why=${t("event_after.not_yet_why", { left: deadline(e.starts_at) })} /></div>` : html`<div class="stack">
    <div class="kpis"><${Figure} label=${t("event_page.k_came")} value=${num(f.came)} have=${f.sold ? f.came : undefined} of=${f.sold || undefined}><p><a href=${`/app/events/${e.id}?tab=attendees&came=yes`}>${t("event_page.k_came_rows")}</a></p><//>
      <${Figure} label=${t("event_after.absent")} value=${num(f.sold - f.came)}><p><a href=${`/app/events/${e.id}?tab=attendees&came=no`}>${t("event_after.absent_rows")}</a></p><//>
      <${Figure} label=${t("event_page.k_revenue")} value=${dong(f.revenue)}><p><a href=${`/app/events/${e.id}?tab=orders&status=confirmed`}>${t("event_page.k_revenue_rows")}</a></p><//>
      <${Figure} label=${t("event_after.score")} value=${f.shown ? t("event_after.of_five", { n: num(f.mean, 1) }) : null}><p class="sub">${t("event_after.answers", { n: f.answers })}</p><//></div>
    ${f.shown ? html`<div class="split e"><${Panel} title=${t("event_after.spread")}><div class="tw" tabindex="0" role="region" aria-label=${t("event_after.spread")}><table class="tbl"><thead><tr><th scope="col">${t("event_after.mark")}</th><th scope="col" class="end">${t("event_after.people")}</th><th scope="col"><span class="vh">${t("event_after.share")}</span></th></tr></thead>
        <tbody>${[5, 4, 3, 2, 1].map((n) => html`<tr key=${n}><th scope="row">${t(`event_after.mark_${n}`)}</th><td class="end">${num(f.spread[n - 1])}</td><td><svg class="bar xs" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=${percent(f.spread[n - 1] / f.answers, 0)}><rect class="bg" width="100" height="6" /><rect class="fb" width=${Math.round((f.spread[n - 1] / f.answers) * 100)} height="6" /></svg></td></tr>`)}</tbody></table></div><//>
      <${Panel} title=${t("event_after.words")}>${f.words.length ? html`<ul class="stack s3">${f.words.map((/** @type {string} */ w, /** @type {number} */ n) => html`<li class="crit" key=${n}><p>${w}</p></li>`)}</ul>` : html`<p class="sub">${t("event_after.no_words")}</p>`}<//></div>`
    : html`<${Panel} title=${t("event_after.words")}><p class="sub">${t("event_after.few", { n: f.answers })}</p><//>`}</div>`)}<//>`;
}
