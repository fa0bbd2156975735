// @ts-check
// Everybody's first page: the one thing to do next, then what has a date, and nothing that is not theirs.
import { html } from "../../lib/ui.js";
import { me } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { date, dayOfMonth, deadline, given, has, longDate, month, now, pair, relative, slots, t } from "../../lib/words.js";
import { Avatar, Badge, Empty, Frame, Head, Icon, Loading, Next, Note, Panel, Status, When } from "../../components/parts.js";
import { ask, standing } from "../../shell/shell.js";

/** @typedef {{ key: string, args: Record<string, string>, link: string, due: string, late: boolean }} Duty */

export const title = () => t("menu.home");

export function Page() {
  const today = ask();
  const duties = /** @type {Duty[]} */ (today.data.value?.duties ?? []);
  const { roles, startups } = standing();
  const name = (me.value?.full_name || "").trim().split(/\s+/).at(-1) ?? "";
  const hello = name ? t("home.hello", { name }) : t("home.hello_nameless");
  const sub = [longDate(now()), ...startups.slice(0, 1).map((s) => s.name)].join(" · ");
  const ready = today.state.value === "ready";
  const staff = roles.some((r) => r === "staff" || r === "manager");
  return html`<${Head} title=${ready ? (duties.length ? t("home.duties", { n: duties.length, hello }) : t("home.free", { hello })) : hello} sub=${sub} />
  <${Frame} of=${today} loading=${html`<div class="stack"><div class="panel"><${Loading} rows=${1} /></div><div class="panel"><${Loading} rows=${3} /></div></div>`}>${() => html`<div class="stack">
    ${name ? null : html`<${Note}>${t("home.nameless")} <a href="/app/account">${t("account.title")}</a><//>`}
    ${duties[0] ? html`<${First} duty=${duties[0]} />` : html`<${Free} />`}
    <div class="split"><div class="stack">${duties.length > 1 ? html`<${Panel} title=${t("home.then")}><div class="list">${duties.slice(1).map((d) => html`<${Row} key=${d.key + d.link} duty=${d} />`)}</div><//>` : null}
      ${startups.length ? html`<${Teams} startups=${startups} />` : null}${staff ? html`<${Calls} />` : null}${duties.length > 1 || startups.length || staff ? null : html`<${News} />`}</div>
      ${duties.length > 1 || startups.length || staff ? html`<${News} />` : null}</div>
  </div>`}<//>`;
}

/** The newest lines of the inbox. */
function News() {
  const list = useList("/inbox", { on: ["inbox_items"], inURL: false, limit: 5 });
  return html`<${Panel} title=${t("home.news")} side=${list.rows.value.length ? html`<a href="/app/inbox">${t("home.news_all")} <${Icon} n="right" s /></a>` : null}>
    <${Frame} of=${list} loading=${html`<${Loading} rows=${3} />`} empty=${html`<p class="sub">${t("home.news_none")}</p>`}>${(/** @type {any[]} */ rows) => html`<ul class="list">${rows.map((r) => html`<li key=${r.id} class=${r.read_at ? "said" : "said new"}><span class="grow"><b>${r.link ? html`<a href=${r.link}>${r.title}</a>` : r.title}</b><small><${When} at=${r.at} /></small></span></li>`)}</ul>`}<//><//>`;
}

/** @param {{ startups: any[] }} props */
const Teams = ({ startups }) => html`<${Panel} title=${t("home.teams")}><div class="list">${startups.map((s) => html`<a href=${`/app/startups/${s.id}`}><${Avatar} org name=${s.name} /><span class="grow"><b>${s.name}</b><small>${t(`member.${s.role}`)}</small></span><${Icon} n="chev" /></a>`)}</div><//>`;

/** The newest intakes and where they stand. For staff. */
function Calls() {
  const list = useList("/intakes", { on: ["intakes", "applications"], inURL: false, limit: 4 });
  return html`<${Panel} title=${t("home.intakes")} side=${html`<a href="/app/intakes">${t("home.news_all")} <${Icon} n="right" s /></a>`}><${Frame} of=${list} empty=${html`<p class="sub">${t("home.intakes_none")}</p>`}>${(/** @type {any[]} */ rows) => html`<div class="list">${rows.slice(0, 4).map((r) => html`<a key=${r.id} href=${`/app/intakes/${r.id}`}><span class="grow"><b>${pair(r, "title")}</b><small>${r.closes_at ? deadline(r.closes_at) : ""}</small></span><${Status} of="intakes" is=${r.status} /><${Icon} n="chev" /></a>`)}</div>`}<//><//>`;
}

/** @param {Duty} d */
const why = (d) => (has(`duty.${d.key}_why`) ? t(`duty.${d.key}_why`, slots(d.args)) : null);

/** @param {{ duty: Duty }} props */
function First({ duty }) {
  const when = !given(duty.due) ? t("home.next") : duty.late ? t("home.next_late", { when: relative(duty.due) }) : t("home.next_due", { date: date(duty.due), left: deadline(duty.due) });
  return html`<${Next} eyebrow=${when} icon=${duty.late ? "warn" : "clock"} title=${t(`duty.${duty.key}`, slots(duty.args))} why=${why(duty)} link=${duty.link} act=${t("home.go")} />`;
}

/** @param {{ duty: Duty }} props */
function Row({ duty }) {
  const note = why(duty);
  return html`<a href=${duty.link}>${given(duty.due) ? html`<span class=${duty.late ? "due r" : "due"}><b>${dayOfMonth(duty.due)}</b>${month(duty.due)}</span>` : html`<span class="due"><${Icon} n="check" /></span>`}
    <span class="grow"><b>${t(`duty.${duty.key}`, slots(duty.args))}</b>${duty.late ? html`<small><${Badge} tone="bad">${t("home.late", { when: relative(duty.due) })}<//></small>` : note ? html`<small>${note}</small>` : null}</span><${Icon} n="chev" /></a>`;
}

/** Which page somebody without duties is led to, by the first role that fits. */
const ways = /** @type {const} */ ([
  ["manager", 7, "/app/intakes"], ["staff", 7, "/app/intakes"], ["finance", 5, "/app/accounts"], ["judge", 9, "/app/judging"], ["chair", 9, "/app/judging"],
  ["mentor", 2, "/startups"], ["investor", 8, "/app/deals"], ["partner", 1, "/startups"], ["official", 12, "/app/figures"], ["privacy", 10, "/app/data-requests"],
]);

/** Nothing to do: what this person may look at instead. */
function Free() {
  const { roles, startups } = standing();
  const role = startups.length ? "founder" : ways.find(([r]) => roles.includes(r))?.[0] ?? "applicant";
  const [, tile, to] = ways.find(([r]) => r === role) ?? (role === "founder" ? ["", 3, "/app/reports"] : ["", 11, "/app/intakes"]);
  return html`<${Empty} tile=${tile} title=${t(`home.free_${role}`)} why=${t(`home.free_${role}_why`)}><a class="btn" href=${to}>${t(`home.free_${role}_go`)}</a><//>`;
}
