// @ts-check
// Cohorts side by side: the same figures of each, every total with its coverage.
import { html, useSignal } from "../../lib/ui.js";
import { useOne } from "../../lib/list.js";
import { num, pair, percent, t } from "../../lib/words.js";
import { Panel } from "../../components/parts.js";
import { short } from "./kpi.js";
import { rate } from "./portfolio.js";

const most = 4;

/** A number that leads to its rows. @param {string} page @param {URLSearchParams} query @param {string} said */
const to = (page, query, said) => html`<a href=${`/app/${page}?${query}`}>${said}</a>`;

/** @param {{ at: string, cohorts: any[] }} props cohorts: the newest first */
export function Part({ at, cohorts }) {
  const begun = cohorts.filter((c) => !["planned", "recruiting"].includes(c.status));
  const picked = useSignal((begun.length < 2 ? cohorts : begun).slice(0, 2).map((c) => c.id));
  /** @param {string} id */
  const turn = (id) => { picked.value = picked.value.includes(id) ? picked.value.filter((x) => x !== id) : [...picked.value, id].slice(-most); };
  const shown = cohorts.filter((c) => picked.value.includes(c.id));
  return html`<${Panel} title=${t("portfolio.compare")}><div class="row gap-b no-print" role="group" aria-label=${t("portfolio.compare_which")}>${cohorts.slice(0, 12).map((c) => html`<button key=${c.id} class="segb" type="button" aria-pressed=${picked.value.includes(c.id)} onClick=${() => turn(c.id)}>${pair(c, "title")}</button>`)}</div>
    <${Side} key=${picked.value.join()} at=${at} shown=${shown} /><//>`;
}

/** @param {{ at: string, shown: any[] }} props */
function Side({ at, shown }) {
  const all = shown.map((c) => useOne("/portfolio", { params: { period: at, cohort: c.id } })).map((one) => one.data.value);
  const first = all.find(Boolean);
  if (!first) return html`<p class="sub">${shown.length ? t("state.loading") : t("portfolio.compare_none")}</p>`;
  /** @param {any} label @param {(p: any, query: URLSearchParams) => any} cell @param {string} key */
  const row = (label, cell, key) => html`<tr key=${key}><th scope="row">${label}</th>${all.map((p, i) => html`<td class="end" data-l=${pair(shown[i], "title")}>${p ? cell(p, new URLSearchParams({ period: at, cohort: shown[i].id })) : "…"}</td>`)}</tr>`;
  return html`<div class="tw" tabindex="0" role="region" aria-label=${t("portfolio.compare")}><table class="tbl compact cards"><thead><tr><th scope="col">${t("figure.kpi")}</th>${shown.map((c) => html`<th scope="col" class="end">${pair(c, "title")}</th>`)}</tr></thead><tbody>
    ${first.funnel.map((/** @type {any} */ s, /** @type {number} */ i) => row(t(`portfolio.step_${s.key}`), (p, q) => (p.funnel[i].suppressed ? "–" : to(`portfolio/${s.key}`, q, num(p.funnel[i].n, 0))), s.key))}
    ${row(t("portfolio.jobs"), (p, q) => (p.jobs.change === null ? "–" : html`${to("portfolio/jobs", q, num(p.jobs.change, 0))} <small class="muted">${t("portfolio.from", { have: num(p.jobs.startups, 0), of: num(p.jobs.reported, 0) })}</small>`), "jobs-gained")}
    ${row(t("portfolio.survival"), (p, q) => (p.survival[0].rate === null ? "–" : html`${to("portfolio/survival", q, rate(p.survival[0].rate))} <small class="muted">${rate(p.survival[0].low)} – ${rate(p.survival[0].high)}</small>`), "survival")}
    ${row(t("portfolio.capital"), (p, q) => (p.capital.total === null ? "–" : html`${to("portfolio/capital", q, short("vnd", p.capital.total))} <small class="muted">${t("portfolio.rounds", { n: p.capital.rounds, teams: num(p.capital.startups, 0) })}</small>`), "capital")}
    ${first.figures.map((/** @type {any} */ f) => row(pair(f, "label"), (p, q) => { const x = p.figures.find((/** @type {any} */ y) => y.kpi === f.kpi); return !x || x.total === null ? "–" : html`${to(`figures/${x.key}`, q, short(x.unit, x.total))} <small class="muted">${percent(x.asked ? x.reported / x.asked : 0, 0)} · ${t("figure.papers", { share: percent(((x.grade.documented ?? 0) + (x.grade.verified ?? 0)) / x.reported, 0) })}</small>`; }, f.kpi))}
  </tbody></table></div><p class="sub sm gap-t">${t("portfolio.compare_why")}</p>`;
}
