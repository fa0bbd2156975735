// @ts-check
// One startup: its card, its people, its time in cohorts, its reports and how its figures went.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, given, pair, t } from "../../lib/words.js";
import { Dialog, Menu, useAsk } from "../../lib/forms.js";
import { Avatar, Badge, Crumbs, Empty, Frame, Head, Icon, Loading, Panel, Status } from "../../components/parts.js";
import { Chart } from "../../components/chart.js";
import { standing } from "../../shell/shell.js";
import { named, short } from "./kpi.js";

export const title = () => t("startup.one_title");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/startups/${id}`, { on: ["startups", "startup_members", "enrolments", "report_requests"] });
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r));
  return html`${staff ? html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }]} />` : null}
    <${Frame} of=${one} loading=${html`<${Head} title=${t("startup.one_title")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ s) => html`<${Whole} s=${s} after=${one.reload} staff=${staff} />`}<//>`;
}

/** @param {{ s: any, after: () => Promise<void>, staff: boolean }} props */
function Whole({ s, after, staff }) {
  const editing = useSignal(/** @type {{ word: string, Form: any } | null} */ (null));
  const close = () => { editing.value = null; };
  const edit = async (/** @type {"facts" | "private"} */ word) => {
    try { // the forms come when they are asked for
      const forms = await import("./startup-edit.js");
      editing.value = { word, Form: word === "facts" ? forms.CardForm : forms.PrivateForm };
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const saved = async () => { close(); say(t("startup.saved")); await after(); };
  const shown = s.visibility === "public" && s.status !== "closed";
  return html`<${Head} title=${s.name} sub=${pair(s, "one_liner") || t("startup.no_line")}><${Status} of="startups" is=${s.status} />${shown ? html`<a class="btn line" href=${`/startups/${s.slug}`} target="_blank" rel="noopener">${t("startup.public_page")}</a>` : null}<//>
  <div class="split"><div class="stack"><${Waiting} s=${s} /><${History} id=${s.id} s=${s} /><${Reports} s=${s} /></div>
  <div class="stack"><${Panel} title=${t("startup.facts")} side=${s.may_edit ? html`<button class="btn ghost sm" type="button" onClick=${() => edit("facts")}><${Icon} n="edit" s />${t("startup.edit")}</button>` : null}><dl class="kv sm">
      <dt>${t("startup.seen_by")}</dt><dd>${t(`startup.seen_${s.visibility}`)}</dd><dt>${t("startup.sector")}</dt><dd>${t(`sector.${s.sector}`)}</dd><dt>${t("startup.stage")}</dt><dd>${t(`stage.${s.stage}`)}</dd>
      <dt>${t("startup.headcount_now")}</dt><dd>${s.headcount ? t("startup.people", { n: s.headcount }) : html`<${Badge} tone="idle">${t("startup.unsaid")}<//>`}</dd><dt>${t("startup.founded_on")}</dt><dd>${given(s.founded_on) ? date(s.founded_on) : html`<${Badge} tone="idle">${t("startup.unsaid")}<//>`}</dd>
      <dt>${t("startup.area")}</dt><dd>${s.area || "–"}</dd></dl><//>
    <${Team} s=${s} after=${after} staff=${staff} /><${Time} s=${s} after=${after} />
    <${Panel} title=${t("startup.private")} side=${s.may_edit ? html`<button class="btn ghost sm" type="button" onClick=${() => edit("private")}><${Icon} n="edit" s />${t("startup.edit")}</button>` : null}><p class="sub sm">${t("startup.private_why")}</p><dl class="kv sm">${["legal_name", "tax_code", "address", "phone"].map((k) => html`<dt>${t(k === "tax_code" ? "startup.tax_number" : `startup.${k}`)}</dt><dd>${s.private[k] || "–"}</dd>`)}</dl><//></div></div>
  ${editing.value ? html`<${Dialog} title=${t(`startup.${editing.value.word}`)} close=${close} wide><${editing.value.Form} s=${s} done=${saved} /><//>` : null}`;
}

/** The report that waits, if one does and one may fill it in. @param {{ s: any }} props */
function Waiting({ s }) {
  const q = s.may_report ? s.requests.find((/** @type {any} */ r) => ["open", "missed", "returned"].includes(r.status)) : null;
  return q ? html`<section class="panel"><div class="row sb"><div><b>${named(q, pair(q, "title"))}</b><p class="sub sm">${t("report.due", { date: date(q.due_on) })}</p></div><a class="btn" href=${`/app/reports/${q.id}`}>${t("report.fill_go")}</a></div></section>` : null;
}

/** @param {{ id: string, s: any }} props */
function History({ id, s }) {
  const past = useOne(`/startups/${id}/readings`, { on: ["report_requests"] });
  const key = useSignal("jobs");
  if (!s.requests.length) return null;
  return html`<${Panel} title=${t("startup.history")}><${Frame} of=${past}>${(/** @type {any} */ f) => {
    const k = f.kpis.find((/** @type {any} */ x) => x.key === key.value) ?? f.kpis[0];
    const months = s.requests.filter((/** @type {any} */ r) => r.kind === "month" && r.status !== "scheduled").slice(0, 12).reverse();
    const of = (/** @type {string} */ p) => f.rows.find((/** @type {any} */ r) => r.kpi === k?.id && r.period_key === p && r.state === "value")?.value ?? null;
    if (!k || months.length < 2) return html`<p class="sub">${t("startup.history_short")}</p>`;
    return html`<label class="vh" for="history">${t("figure.kpi")}</label><select class="auto gap-b" id="history" onChange=${(/** @type {any} */ e) => { key.value = e.currentTarget.value; }}>${f.kpis.map((/** @type {any} */ x) => html`<option value=${x.key} selected=${x.key === k.key}>${pair(x, "label")}</option>`)}</select>
      <${Chart} key=${k.key} label=${pair(k, "label")} kind=${k.agg === "sum" ? "bar" : "line"} points=${months.map((/** @type {any} */ r) => ({ x: `${r.period_key.slice(5)}/${r.period_key.slice(2, 4)}`, y: of(r.period_key) }))} write=${(/** @type {number} */ v) => short(k.unit, v)} />`;
  }}<//><//>`;
}

/** @param {{ s: any }} props */
const Reports = ({ s }) => html`<${Panel} title=${t("report.all_title")}>${s.requests.length ? html`<div class="list">${s.requests.slice(0, 13).map((/** @type {any} */ r) => html`<a key=${r.id} href=${`/app/reports/${r.id}`}><span class="grow"><b>${named(r, pair(r, "title"))}</b><small>${t("report.due", { date: date(r.due_on) })}</small></span><${Status} of="report_requests" is=${r.status} /><${Icon} n="chev" /></a>`)}</div>` : html`<${Empty} icon="chart" title=${t("report.none")} why=${t("report.none_mine")} />`}<//>`;

/** @param {{ s: any, after: () => Promise<void>, staff: boolean }} props */
function Team({ s, after, staff }) {
  const { ask, dialog } = useAsk();
  /** @param {string} path @param {string} word */
  const run = async (path, word) => { try { await call("POST", path); say(t(word)); await after(); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const add = () => ask({ title: t("member.add"), why: t("member.add_why"), act: t("member.add"), start: { email: "", role: "member", title: "" }, fields: [{ name: "email", label: t("sign_in.email"), type: "email", required: true }, { name: "role", label: t("member.part"), as: "select", required: true, options: ["founder", "member", "advisor"].map((r) => ({ value: r, label: t(`member.is_${r}`) })) }, { name: "title", label: t("member.title") }], send: (v, key) => call("POST", `/startups/${s.id}/members`, v, { key }), done: after });
  return html`<${Panel} title=${t("startup.team")} side=${staff ? html`<button class="btn ghost sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("member.add")}</button>` : null}><ul class="stack s3">${s.members.map((/** @type {any} */ m) => html`<li key=${m.id} class="row nowrap"><${Avatar} name=${m.name} /><span class="grow"><b>${m.name}</b><br /><small class="sub">${[m.title, t(`member.is_${m.role}`), m.is_primary ? t("member.primary") : ""].filter(Boolean).join(" · ")}</small></span>
    ${s.may_edit && !m.is_primary ? html`<${Menu} label=${t("member.more", { name: m.name })} items=${[{ label: t("member.hand_over"), icon: "star", act: () => run(`/members/${m.id}/hand-over`, "member.handed_over") }, { label: t("member.leave"), icon: "out", bad: true, act: () => run(`/members/${m.id}/leave`, "member.left") }]} />` : null}</li>`)}</ul>${dialog}<//>`;
}

/** Its time in cohorts. Its people may leave one; staff do the rest from their list. @param {{ s: any, after: () => Promise<void> }} props */
function Time({ s, after }) {
  const { ask, dialog } = useAsk(), mine = standing().startups.some((x) => x.id === s.id);
  const leave = (/** @type {any} */ n) => ask({ title: t("enrolment.withdraw_go"), why: t("enrolment.withdraw_why"), act: t("enrolment.withdraw_go"), bad: true, start: { reason: "" }, fields: [{ name: "reason", label: t("report.reason"), as: "area", max: 1000 }], send: (v, key) => call("POST", `/enrolments/${n.id}/withdraw`, v, { key }), done: after });
  return html`<${Panel} title=${t("enrolment.one_title")} side=${mine ? null : html`<a href="/app/enrolments">${t("enrolment.title")}</a>`}><ul class="stack s3">${s.enrolments.map((/** @type {any} */ n) => { const items = mine && ["invited", "active", "on_leave"].includes(n.status) ? [{ label: t("enrolment.withdraw_go"), bad: true, act: () => leave(n) }] : []; return html`<li key=${n.id} class="row nowrap sb"><span><b>${pair(n, "title")}</b><br /><small class="sub">${given(n.joined_on) ? t("enrolment.since", { date: date(n.joined_on) }) : t("enrolment.not_yet")}</small></span><span class="row nowrap"><${Status} of="enrolments" is=${n.status} />${items.length ? html`<${Menu} label=${t("enrolment.more")} items=${items} />` : null}</span></li>`; })}</ul>${dialog}<//>`;
}
