// @ts-check
// Where the startups of the house stand together: what waits for me, how many came how far, what became of those who graduated,
// and what all report. Every number carries what it rests on and opens down to its rows. Cohorts side by side come when asked.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { bring, date, given, num, pair, percent, slots, t } from "../../lib/words.js";
import { Badge, Choice, Figure, Frame, Head, Icon, Loading, Panel, usePaper } from "../../components/parts.js";
import { ask, standing } from "../../shell/shell.js";
import { Change, months, parts, when, When } from "./kpi.js";

export const title = () => t("portfolio.title");

/** A share that came in hundredths of a percent. @param {number | null} v */
export const rate = (v) => (v === null ? "–" : percent(v / 10000, 0));

/** The periods that may be asked for. */
function periods() {
  const all = months(12), quarters = [...new Set(all.map((m) => `${m.slice(0, 4)}-Q${Math.ceil(Number(m.slice(5)) / 3)}`))], years = [...new Set(all.map((m) => m.slice(0, 4)))];
  return [...all, ...quarters, ...years].map((value) => ({ value, label: When(value) }));
}

export function Page() {
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r));
  const list = useList(staff ? "/cohorts" : "/figures", { params: { period: months(1)[0] ?? "", cohort: "" } });
  const at = list.filters.value["period"] ?? "", cohort = list.filters.value["cohort"] ?? "", all = staff ? list.rows.value : [];
  const which = cohort ? pair(all.find((c) => c.id === cohort), "title") : t("figure.all_cohorts");
  const paper = usePaper({ about: `${When(at)} · ${which}`, source: t("paper.from_reports"), ...(staff ? { left: t("paper.maker"), right: t("paper.leader") } : {}) });
  return html`${paper.head}<${Head} title=${t("portfolio.title")} sub=${html`<span class="no-print">${t(staff ? "portfolio.lead" : "portfolio.lead_official")}</span>`}><span class="row no-print"><${Choice} list=${list} name="period" label=${t("report.period")} options=${periods()} />
    ${staff ? html`<${Choice} list=${list} name="cohort" label=${t("figure.cohort")} options=${[{ value: "", label: t("figure.all_cohorts") }, ...all.map((c) => ({ value: c.id, label: pair(c, "title") }))]} />` : null}</span>
    ${paper.button}<//>${paper.lines}
    <div class="stack"><${Whole} key=${`${at} ${cohort}`} at=${at} cohort=${cohort} staff=${staff} /><${Deeper} at=${at} cohort=${cohort} cohorts=${all} staff=${staff} />${staff ? html`<${Tasks} />` : null}</div>${paper.end}`;
}

/** @param {{ at: string, cohort: string, staff: boolean }} props */
function Whole({ at, cohort, staff }) {
  const one = useOne("/portfolio", { params: { period: at, ...(cohort ? { cohort } : {}) }, on: ["report_requests", "enrolments", "startups"] });
  const query = new URLSearchParams({ period: at, ...(cohort ? { cohort } : {}) });
  /** A name that leads to the rows, for whoever may read them. @param {string} of @param {any} label */
  const to = (of, label) => (staff ? html`<a href=${`/app/portfolio/${of}?${query}`}>${label}</a>` : label);
  return html`<${Frame} of=${one} loading=${html`<div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ p) => html`<div class="stack">
    <div class="kpis five">${p.figures.filter((/** @type {any} */ f) => f.key === "revenue" || f.key === "jobs").map((/** @type {any} */ f) => html`<${Total} key=${f.kpi} f=${f} label=${staff ? html`<a href=${`/app/figures/${f.key}?${query}`}>${pair(f, "label")}</a>` : pair(f, "label")} />`)}
      <${Jobs} g=${p.jobs} label=${to("jobs", t("portfolio.jobs"))} /><${Alive} s=${p.survival[0]} label=${to("survival", t("portfolio.survival"))} /><${Capital} c=${p.capital} label=${to("capital", t("portfolio.capital"))} /></div>
    <div class="split t"><${Funnel} steps=${p.funnel} to=${to} /><${Years} rows=${p.survival} query=${query} staff=${staff} /></div></div>`}<//>`;
}

/** @param {{ label: any }} props */
export const Few = ({ label }) => html`<section class="panel kpi"><h2>${label}</h2><p class="fig"><${Badge} tone="idle" icon="lock">${t("figure.few")}<//></p><p class="sub sm">${t("figure.few_why")}</p></section>`;

/** What is said below a figure, as one line. @param {string[]} some */
const notes = (...some) => some.filter(Boolean).join(" · ");

/** A total with its coverage and what it rests on. @param {{ f: any, label: any }} props */
function Total({ f, label }) {
  if (f.suppressed) return html`<${Few} label=${label} />`;
  const [value, unit] = f.total === null ? [null, ""] : parts(f.unit, f.total), papers = (f.grade.documented ?? 0) + (f.grade.verified ?? 0);
  return html`<${Figure} label=${label} value=${value} unit=${unit} have=${f.reported} of=${f.asked} note=${notes(f.agg === "avg" ? t("figure.mean") : "", f.reported ? t("figure.papers", { share: percent(papers / f.reported, 0) }) : "", f.at ? t("portfolio.at", { period: when(f.at) }) : "")}>${f.total !== null && f.previous ? html`<${Change} unit=${f.unit} direction=${f.direction} now=${f.total} was=${f.previous.total} since=${t("figure.before")} brief />` : null}<//>`;
}

/** @param {{ g: any, label: any }} props */
function Jobs({ g, label }) {
  if (g.suppressed) return html`<${Few} label=${label} />`;
  return html`<${Figure} label=${label} value=${g.change === null ? null : (g.change > 0 ? "+" : g.change < 0 ? "−" : "") + num(Math.abs(g.change), 0)} have=${g.startups} of=${g.reported} note=${g.change === null ? null : notes(t("portfolio.jobs_why", { now: num(g.now, 0), base: num(g.base, 0) }), t("figure.papers", { share: percent(g.papers / g.startups, 0) }), g.at ? t("portfolio.at", { period: when(g.at) }) : "")} />`;
}

/** @param {{ s: any, label: any }} props */
function Alive({ s, label }) {
  if (s.suppressed) return html`<${Few} label=${label} />`;
  if (!s.graduates) return html`<section class="panel kpi"><h2>${label}</h2><p class="sub">${t("portfolio.no_graduates")}</p></section>`;
  return html`<${Figure} label=${label} value=${s.rate === null ? null : rate(s.rate)} have=${s.alive + s.ended} of=${s.graduates} note=${s.unknown ? t("portfolio.bounds", { low: rate(s.low), high: rate(s.high), n: s.unknown }) : t("portfolio.all_known")} />`;
}

/** @param {{ c: any, label: any }} props */
function Capital({ c, label }) {
  if (c.suppressed) return html`<${Few} label=${label} />`;
  if (c.total === null) return html`<section class="panel kpi"><h2>${label}</h2><p class="sub">${t("portfolio.no_rounds")}</p></section>`;
  const [value, unit] = parts("vnd", c.total);
  return html`<${Figure} label=${label} value=${value} unit=${unit} have=${c.rounds} of=${c.rounds + c.refused} note=${notes(t("portfolio.rounds", { n: c.rounds, teams: num(c.startups, 0) }), t("figure.papers", { share: percent(c.papers / c.rounds, 0) }), c.until ? t("portfolio.capital_until", { period: when(c.until) }) : "", t("portfolio.capital_why"))} />`;
}

/** How many came how far. The bars are for the eye; the list says the same. @param {{ steps: any[], to: (of: string, label: any) => any }} props */
function Funnel({ steps, to }) {
  const most = Math.max(1, ...steps.map((s) => s.n));
  return html`<${Panel} title=${t("portfolio.funnel")}><ol class="funnel">${steps.map((s, i) => { const was = steps[i - 1]; return html`<li key=${s.key}><span>${to(s.key, t(`portfolio.step_${s.key}`))}</span><b>${s.suppressed ? "–" : num(s.n, 0)}</b><small class="muted end">${s.suppressed ? t("portfolio.few") : was && was.n && !was.suppressed ? percent(s.n / was.n, 0) : ""}</small>
    <svg class="bar fg" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bg" width="100" height="10" /><rect class="fb" width=${(100 * s.n) / most} height="10" /></svg></li>`; })}</ol><p class="sub sm gap-t">${t("portfolio.funnel_why")}</p><//>`;
}

/** A year since graduation in words. @param {number} n */
export const years = (n) => (n < 0 ? t("portfolio.years_all") : n === 0 ? t("portfolio.years_none") : n === 5 ? t("portfolio.years_more") : t("portfolio.years", { n }));

/** Survival by years: the full bar is known to live, the light one may. The table says the same. @param {{ rows: any[], query: URLSearchParams, staff: boolean }} props */
function Years({ rows, query, staff }) {
  const columns = ["graduates", "alive", "ended", "unknown"];
  /** A number that leads to its rows. @param {any} r @param {string} fate */
  const cell = (r, fate) => (r.suppressed ? "–" : staff && r[fate] ? html`<a href=${`/app/portfolio/survival?${query}&years=${r.years < 0 ? "" : r.years}&fate=${fate === "graduates" ? "" : fate}`}>${num(r[fate], 0)}</a>` : num(r[fate], 0));
  return html`<${Panel} title=${t("portfolio.by_years")}><div class="tw" tabindex="0" role="region" aria-label=${t("portfolio.by_years")}><table class="tbl compact cards"><thead><tr><th scope="col">${t("portfolio.since")}</th>${columns.map((c) => html`<th scope="col" class="end">${t(`portfolio.${c}`)}</th>`)}<th scope="col" class="end">${t("portfolio.rate")}</th><th scope="col">${t("portfolio.between")}</th></tr></thead>
    <tbody>${rows.map((r) => html`<tr key=${r.years}><th scope="row">${years(r.years)}</th>${columns.map((c) => html`<td class="end" data-l=${t(`portfolio.${c}`)}>${cell(r, c)}</td>`)}<td class="end" data-l=${t("portfolio.rate")}>${r.suppressed ? html`<${Badge} tone="idle" icon="lock">${t("figure.few")}<//>` : rate(r.rate)}</td>
      <td data-l=${t("portfolio.between")}>${r.suppressed || r.low === null ? "–" : html`<span class="nb">${rate(r.low)} – ${rate(r.high)}</span> <svg class="bar xs" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bg" width="100" height="6" /><rect class="fb" width=${r.high / 100} height="6" opacity="0.4" /><rect class="fb" width=${r.low / 100} height="6" /></svg>`}</td></tr>`)}</tbody></table></div><p class="sub sm gap-t">${t(staff ? "portfolio.survival_why" : "portfolio.survival_why_official")}</p><//>`;
}

/** Cohorts side by side, and startups by the administrative unit that they declare, once somebody asks. @param {{ at: string, cohort: string, cohorts: any[], staff: boolean }} props */
function Deeper({ at, cohort, cohorts, staff }) {
  const side = useSignal(/** @type {any} */ (null)), wards = useSignal(/** @type {any} */ (null));
  /** @param {typeof side} into @param {string} part */
  const open = (into, part) => async () => { try { into.value = (await bring(`pages/startups/${part}`)).Part; } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const many = staff && cohorts.length > 1;
  return html`${many && side.value ? html`<${side.value} key=${at} at=${at} cohorts=${cohorts} />` : null}${wards.value ? html`<${wards.value} key=${cohort} cohort=${cohort} staff=${staff} />` : null}
    <p class="row no-print">${many && !side.value ? html`<button class="btn line" type="button" onClick=${open(side, "portfolio-compare")}><${Icon} n="chart" />${t("portfolio.compare")}</button>` : null}${wards.value ? null : html`<button class="btn line" type="button" onClick=${open(wards, "portfolio-units")}><${Icon} n="pin" />${t("portfolio.by_unit")}</button>`}${staff ? html`<a class="btn line" href="/app/startups"><${Icon} n="leaf" />${t("portfolio.list")}</a>` : null}</p>`;
}

/** What waits for the reader, by its day. */
function Tasks() {
  const today = ask(), all = /** @type {any[]} */ (today.data.value?.duties ?? []), due = [...all].sort((a, b) => String(a.due || "9").localeCompare(String(b.due || "9")));
  return html`<div class="no-print"><${Panel} title=${t("portfolio.tasks")}><${Frame} of=${today}>${() => (due.length ? html`<div class="list">${due.slice(0, 8).map((d) => html`<a key=${d.key + d.link} href=${d.link}><span class="grow"><b>${t(`duty.${d.key}`, slots(d.args))}</b>${given(d.due) ? html`<small>${date(d.due)}</small>` : null}</span>${d.late ? html`<${Badge} tone="bad">${t("portfolio.late")}<//>` : null}<${Icon} n="chev" /></a>`)}</div>` : html`<p class="sub">${t("portfolio.tasks_none")}</p>`)}<//><//></div>`;
}
