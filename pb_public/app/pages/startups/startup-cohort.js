// @ts-check
// What the cohorts of a startup do together, as its own people see it: what they were told, and the workshops.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call, me } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { bring, clock, date, dong, longDate, moment, ms, now, num, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Badge, Empty, Frame, Icon, More, Panel, Search, Status } from "../../components/parts.js";

/** @param {{ s: any, staff: boolean }} props */
export const Part = ({ s }) => html`<${Asked} s=${s} /><div class="split e"><div class="stack"><${Workshops} s=${s} /><${Given} s=${s} /></div><${News} s=${s} /></div>`;

/** What one is asked and has not answered. The form comes when it is opened. @param {{ s: any }} props */
function Asked({ s }) {
  const one = useOne(`/startups/${s.id}/pulses`, { on: ["pulses"] }), late = useSignal(/** @type {{ View: any, p: any } | null} */ (null)), close = () => { late.value = null; };
  const open = async (/** @type {any} */ p) => { try { late.value = { View: (await bring("pages/startups/pulse-answer")).View, p }; } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const mine = (one.data.value?.rows ?? []).filter((/** @type {any} */ p) => p.mine);
  return html`${mine.map((/** @type {any} */ p) => html`<section key=${p.id} class="panel gap-b"><div class="row sb"><div><b>${pair(p, "title")}</b><p class="sub sm">${t("pulse.ask_own", { date: date(p.closes_on) })}</p></div><button class="btn" type="button" onClick=${() => open(p)}>${t("pulse.answer_go")}</button></div></section>`)}
    ${late.value ? html`<${late.value.View} p=${late.value.p} close=${close} done=${async () => { close(); say(t("pulse.thanks")); await one.reload(); }} />` : null}`;
}

/** What the centre gives, and the receipts for it. @param {{ s: any }} props */
function Given({ s }) {
  const list = useList(`/startups/${s.id}/supports`, { params: { q: "" }, inURL: false, on: ["supports"], limit: 20 }), { ask, dialog } = useAsk();
  const done = async () => { say(t("support.kept")); await list.reload(); };
  const got = (/** @type {any} */ r) => ask({ title: t("support.receive_title", { title: r.title, amount: r.kind === "money" ? dong(r.amount_vnd) : t("support.kind_perk") }), why: t("support.receive_why"), act: t("support.receive_go"), send: (_, key) => call("POST", `/supports/${r.id}/receive`, { rev: r.rev }, { key }), done });
  const miss = (/** @type {any} */ r) => ask({ title: t("support.miss_title", { title: r.title }), act: t("support.miss_go"), bad: true, fields: [{ name: "reason", as: "area", label: t("report.reason"), required: true, max: 1000 }], send: (v, key) => call("POST", `/supports/${r.id}/miss`, { ...v, rev: r.rev }, { key }), done });
  if (!list.rows.value.length && list.state.value === "ready") return null;
  return html`<${Panel} title=${t("together.tab_given")}><${Frame} of=${list}>${(/** @type {any[]} */ rows) => html`<ul class="list">${rows.map((r) => html`<li key=${r.id}><div class="stack s2 grow"><div class="row nowrap sb"><span class="grow"><b>${r.title}</b><br /><small class="tn">${r.kind === "money" ? dong(r.amount_vnd) : t("support.kind_perk")}</small>${r.received_at ? html`<br /><small>${t("support.received_on", { date: date(r.received_at) })}</small>` : r.handed_at ? html`<br /><small>${t("support.handed_on", { date: date(r.handed_at) })}</small>` : null}</span><${Status} of="supports" is=${r.status} tone=${{ handed: "warn", received: "ok" }[/** @type {"handed"} */ (r.status)] ?? "info"} /></div>
      ${s.may_admin && r.status === "handed" ? html`<div class="row"><button class="btn line sm" type="button" aria-label=${t("support.receive_one", { title: r.title })} onClick=${() => got(r)}><${Icon} n="check" s />${t("support.receive_go")}</button><button class="btn ghost sm" type="button" aria-label=${t("support.miss_title", { title: r.title })} onClick=${() => miss(r)}>${t("support.miss_go")}</button></div>` : null}</div></li>`)}</ul><${More} list=${list} />`}<//>${dialog}<//>`;
}

/** @param {{ s: any }} props */
function Workshops({ s }) {
  const list = useList(`/startups/${s.id}/workshops`, { params: { q: "" }, inURL: false, on: ["workshops", "attendances"], limit: 20 }), { ask, dialog } = useAsk();
  const answer = async (/** @type {any} */ w, /** @type {number} */ coming) => { await call("POST", `/workshops/${w.id}/answer`, { startup: s.id, coming }); say(t("attendance.answered")); await list.reload(); };
  const no = (/** @type {any} */ w) => answer(w, 0).catch((e) => say(asRefusal(e).message, { bad: true }));
  const yes = (/** @type {any} */ w) => ask({ title: t("attendance.come_title", { title: pair(w, "title") }), why: w.capacity ? t("attendance.seats_left", { n: Math.max(0, w.capacity - w.coming + Math.max(0, w.own)) }) : undefined, act: t("attendance.come"), start: { coming: w.own > 0 ? w.own : 1 }, fields: [{ name: "coming", as: "amount", unit: t("workshop.person"), label: t("attendance.how_many"), required: true }], send: (v) => answer(w, Number(v["coming"])) });
  return html`<${Panel} title=${t("together.tab_workshops")}>${list.rows.value.length > 5 || list.filtered ? html`<div class="row gap-b"><${Search} list=${list} label=${t("workshop.search")} /></div>` : null}
    <${Frame} of=${list} empty=${html`<${Empty} icon="cal" title=${t("workshop.none")} why=${t("workshop.none_own")} />`}>${(/** @type {any[]} */ rows) => html`<ul class="list">${rows.map((w) => html`<li key=${w.id}><div class="stack s2 grow"><div class="row nowrap sb"><span class="grow"><b>${pair(w, "title")}</b><br /><small>${longDate(w.starts_at)}, ${clock(w.starts_at)}–${clock(w.ends_at)}</small><br /><small>${w.place}${w.place && w.link ? " · " : ""}${w.link ? html`<a href=${w.link} target="_blank" rel="noopener">${t("workshop.join")}</a>` : null}</small></span><${Own} w=${w} /></div>
      ${pair(w, "note") ? html`<p class="sm">${pair(w, "note")}</p>` : null}${w.status === "cancelled" ? html`<p class="sm muted">${t("workshop.off_because", { reason: w.reason })}</p>` : null}
      ${s.may_report && w.status === "set" && ms(w.starts_at) > now() ? html`<div class="row"><button class="btn line sm" type="button" aria-label=${t("attendance.come_title", { title: pair(w, "title") })} onClick=${() => yes(w)}><${Icon} n="check" s />${w.own > 0 ? t("attendance.change") : t("attendance.come")}</button>${w.own === 0 ? null : html`<button class="btn ghost sm" type="button" aria-label=${t("attendance.stay_title", { title: pair(w, "title") })} onClick=${() => no(w)}>${t("attendance.stay")}</button>`}</div>` : null}</div></li>`)}</ul><${More} list=${list} />`}<//>${dialog}<//>`;
}

/** How a startup stands to a workshop: what it said, then what was seen. @param {{ w: any }} props */
function Own({ w }) {
  if (w.status === "cancelled") return html`<${Status} of="workshops" is="cancelled" />`;
  if (w.mark) return html`<${Badge} tone=${{ present: "ok", late: "warn", excused: "idle", absent: "bad" }[/** @type {"present"} */ (w.mark)]}>${t(`attendance.mark_${w.mark}`)}<//>`;
  if (w.own > 0) return html`<${Badge} tone="ok">${t("workshop.people", { n: num(w.own) })}<//>`;
  return w.own === 0 ? html`<${Badge} tone="idle">${t("attendance.stay")}<//>` : null;
}

/** @param {{ s: any }} props */
function News({ s }) {
  const list = useList(`/startups/${s.id}/announcements`, { params: { q: "" }, inURL: false, on: ["announcements"], limit: 20 }), open = useSignal(""), read = useSignal(/** @type {string[]} */ ([]));
  const mine = s.members.some((/** @type {any} */ m) => m.user === me.value?.id);
  const turn = (/** @type {any} */ n) => {
    open.value = open.value === n.id ? "" : n.id;
    if (mine && !n.read && !read.value.includes(n.id)) call("POST", `/announcements/${n.id}/read`).then(() => { read.value = [...read.value, n.id]; }, () => undefined);
  };
  return html`<${Panel} title=${t("together.tab_news")}>${list.rows.value.length > 5 || list.filtered ? html`<div class="row gap-b"><${Search} list=${list} label=${t("announcement.search")} /></div>` : null}
    <${Frame} of=${list} empty=${html`<${Empty} icon="mail" title=${t("announcement.none")} why=${t("announcement.none_own")} />`}>${(/** @type {any[]} */ rows) => html`<ul class="list">${rows.map((n) => { const old = n.read || read.value.includes(n.id) || !mine; return html`<li key=${n.id} class=${old ? "said" : "said new"}><div class="stack s2 grow"><button class="linkish" type="button" aria-expanded=${open.value === n.id ? "true" : "false"} onClick=${() => turn(n)}>${pair(n, "title")}</button><small>${moment(n.sent_at)}${old ? "" : ` · ${t("announcement.unread")}`}</small>
      ${open.value === n.id ? pair(n, "body").split(/\n+/).map((line) => html`<p class="sm">${line}</p>`) : null}</div></li>`; })}</ul><${More} list=${list} />`}<//><//>`;
}
