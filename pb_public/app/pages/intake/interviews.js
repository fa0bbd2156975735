// @ts-check
// The interviews of an intake as staff set them: a row of them at once, shown first and then set; each changed, called off or
// ticked off by itself.
import { html, say, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, newKey } from "../../lib/api.js";
import { Dialog, Field, Menu, Summary, useAsk, useForm } from "../../lib/forms.js";
import { useList, useOne } from "../../lib/list.js";
import { clock, longDate, moment, pair, t } from "../../lib/words.js";
import { Avatar, Empty, Frame, Head, Icon, More, Panel, Status } from "../../components/parts.js";
import { fromField, toField } from "./parts.js";

export const title = () => t("interviews.title");

/** The states in which somebody can be heard. */
const heard = new Set(["submitted", "needs_info", "in_review"]);

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes"] });
  const list = useList(`/intakes/${id}/interviews`, { params: { application: "" }, on: ["interviews"] });
  const setting = useSignal(false), changing = useSignal(/** @type {any} */ (null)), { ask, dialog } = useAsk();
  const cancel = (/** @type {any} */ v) => ask({
    title: t("interviews.cancel"), why: t("interviews.cancel_why"), act: t("interviews.cancel"), bad: true, fields: [{ name: "reason", label: t("interviews.reason"), as: "area", rows: "3", required: true }],
    send: (w, key) => call("POST", `/interviews/${v.id}/cancel`, w, { key }), done: list.reload,
  });
  const hold = async (/** @type {any} */ v) => {
    try { await call("POST", `/interviews/${v.id}/hold`); await list.reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const name = intake.data.value ? pair(intake.data.value, "title") : t("intake.one");
  const only = list.filters.value["application"] ?? "";
  return html`<nav class="crumbs" aria-label=${t("page.crumbs")}><a href="/app/intakes">${t("menu.intakes")}</a><${Icon} n="chev" s /><a href=${`/app/intakes/${id}`}>${name}</a></nav>
  <${Head} title=${t("interviews.title")} sub=${t("interviews.sub")}>${only ? html`<a class="btn line" href=${`/app/applications/${only}`}>${t("receipt.back")}</a>` : html`<a class="btn line" href=${`/app/intakes/${id}/board`}><${Icon} n="board" />${t("desk.board")}</a>`}<button class="btn" type="button" onClick=${() => { setting.value = true; }}><${Icon} n="cal" />${t("interviews.set")}</button><//>
  <${Frame} of=${list} empty=${html`<${Empty} icon="cal" title=${t("interviews.none")} why=${t("interviews.none_why")} />`}>${(/** @type {any[]} */ rows) => html`<${Panel}><ul class="list">${rows.map((v) => html`<li key=${v.id}><span class="grow"><b>${longDate(v.starts_at)}, ${clock(v.starts_at)}–${clock(v.ends_at)}</b>
      <small><a href=${`/app/applications/${v.application.id}`}>${v.application.title}</a> · <span class="nb">${v.application.code}</span></small><small>${[v.place, v.link, v.panel.map((/** @type {any} */ p) => p.name).join(", ")].filter(Boolean).join(" · ")}</small>${v.words ? html`<small><b>${t("interviews.said", { words: v.words })}</b></small>` : null}<small><${Status} of="interviews" is=${v.status} /></small></span>
    ${["cancelled", "held"].includes(v.status) ? null : html`<${Menu} label=${t("interviews.more", { title: v.application.title })} title=${t("interviews.title")} items=${[{ label: t("interviews.change"), icon: "edit", act: () => { changing.value = v; } }, { label: t("interviews.held"), icon: "check", act: () => hold(v) }, { label: t("interviews.cancel"), icon: "x", act: () => cancel(v) }]} />`}</li>`)}</ul><//>`}<//>
  ${setting.value && intake.data.value ? html`<${Setting} intake=${intake.data.value.id} only=${only} done=${list.reload} close=${() => { setting.value = false; }} />` : null}
  ${changing.value ? html`<${Change} v=${changing.value} done=${list.reload} close=${() => { changing.value = null; }} />` : null}${dialog}`;
}

/** A row of interviews: who, from when, how long; then the hours are shown, and set. @param {{ intake: string, only: string, done: () => any, close: () => void }} props */
function Setting({ intake, only, done, close }) {
  const papers = useList(`/intakes/${intake}/applications`, { inURL: false, params: { q: "", column: only ? "" : "interview" } }), seen = useSignal(/** @type {Record<string, string>} */ ({})), judges = useList(`/intakes/${intake}/judges`, { inURL: false });
  const who = useSignal(only ? [only] : /** @type {string[]} */ ([])), panel = useSignal(/** @type {string[]} */ ([])), plan = useSignal(/** @type {any[] | null} */ (null));
  const able = papers.rows.value.filter((r) => heard.has(r.status) && (!only || r.id === only));
  const called = { ...seen.value, ...Object.fromEntries(able.map((a) => [a.id, a.title])) }; // whoever was ticked stays, whatever is looked for next
  const form = useForm({
    start: { from: "", minutes: 20, pause: 0, break_at: "", break_for: 0, place: "", link: "", note: "" },
    async send(v) {
      const minutes = Number(v["minutes"]);
      if (!plan.value) {
        const answer = await call("POST", `/intakes/${intake}/interviews/plan`, {
          applications: who.value, from: fromField(v["from"]) || undefined, minutes, pause: Number(v["pause"] ?? 0), ...(v["break_at"] ? { break_at: fromField(v["break_at"]), break_for: Number(v["break_for"] ?? 0) } : {}),
        });
        return answer;
      }
      return call("POST", `/intakes/${intake}/interviews`, { slots: plan.value, minutes, place: v["place"], link: v["link"], note: v["note"], panel: panel.value }, { key: newKey() });
    },
    async done(answer) {
      if (answer.slots) { plan.value = answer.slots; return; }
      close();
      say(t("interviews.done", { n: answer.set.length }));
      await done();
    },
  });
  const sought = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const seek = (/** @type {any} */ e) => { const q = e.currentTarget.value; clearTimeout(sought.current); sought.current = setTimeout(() => papers.set({ q }), 250); };
  const gone = who.value.filter((x) => !able.some((a) => a.id === x));
  const tick = (/** @type {any} */ s, /** @type {string} */ x) => (/** @type {any} */ e) => { seen.value = { ...called }; s.value = e.currentTarget.checked ? [...s.value, x] : s.value.filter((/** @type {string} */ y) => y !== x); };
  return html`<${Dialog} title=${t("interviews.set")} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} />
    ${plan.value ? html`<p class="sub">${t("interviews.look")}</p><ol class="list">${plan.value.map((s) => html`<li key=${s.application}><b class="tn">${moment(s.starts_at)}</b><span class="grow">${called[s.application] ?? s.application}</span></li>`)}</ol>
      <div class="row"><button class="btn" disabled=${form.busy.value}>${t("interviews.confirm", { n: plan.value.length })}</button><button class="btn line" type="button" onClick=${() => { plan.value = null; }}>${t("interviews.back")}</button></div>`
    : html`<fieldset class="stack s2"><legend class="lbl">${t("interviews.who")}</legend>
      ${only ? null : html`<div class="row"><div class="search" role="search"><${Icon} n="search" s /><input type="search" aria-label=${t("handed.search")} placeholder=${t("handed.search")} onInput=${seek} /></div><select class="auto" aria-label=${t("handed.column")} onChange=${(/** @type {any} */ e) => papers.set({ column: e.currentTarget.value })}>${["interview", "shortlisted", "screening", "new", "set_aside", ""].map((c) => html`<option key=${c} value=${c} selected=${papers.filters.value["column"] === c}>${c ? t(`status.screenings.${c}`) : t("interviews.any_column")}</option>`)}</select></div>
      ${able.length > 1 ? html`<label class="check"><input type="checkbox" checked=${able.every((a) => who.value.includes(a.id))} onChange=${(/** @type {any} */ e) => { seen.value = { ...called }; who.value = e.currentTarget.checked ? [...new Set([...who.value, ...able.map((a) => a.id)])] : gone; }} />${t("handed.all")}</label>` : null}
      ${gone.map((x) => html`<label class="opt" key=${x}><input type="checkbox" checked onChange=${tick(who, x)} /><span>${called[x]}</span></label>`)}`}
      ${able.map((a) => html`<label class="opt" key=${a.id}><input type="checkbox" checked=${who.value.includes(a.id)} onChange=${tick(who, a.id)} /><span>${a.title}<small>${a.code}</small></span></label>`)}${able.length ? null : html`<p class="muted">${t(only || papers.filters.value["q"] || !papers.filters.value["column"] ? "interviews.nobody" : "interviews.nobody_here")}</p>`}<${More} list=${papers} /></fieldset>
    <fieldset class="stack s2"><legend class="lbl">${t("interviews.panel")}</legend>${judges.rows.value.map((j) => html`<label class="opt" key=${j.id}><input type="checkbox" checked=${panel.value.includes(j.id)} onChange=${tick(panel, j.id)} /><${Avatar} name=${j.name} small /><span>${j.name}</span></label>`)}</fieldset>
    <div class="cols"><${Field} form=${form} name="from" type="datetime-local" label=${t("interviews.from")} required /><${Field} form=${form} name="minutes" as="amount" label=${t("interviews.minutes")} required /></div>
    <${Field} form=${form} name="pause" as="amount" label=${t("interviews.pause")} />
    <div class="cols"><${Field} form=${form} name="break_at" type="datetime-local" label=${t("interviews.break_at")} /><${Field} form=${form} name="break_for" as="amount" label=${t("interviews.break_for")} /></div>
    <div class="cols"><${Field} form=${form} name="place" label=${t("interviews.place")} maxlength="300" /><${Field} form=${form} name="link" type="url" label=${t("interviews.link")} maxlength="500" /></div>
    <${Field} form=${form} name="note" as="area" rows="3" label=${t("interviews.note")} maxlength="2000" />
    <div class="row"><button class="btn" disabled=${form.busy.value || !who.value.length || !panel.value.length}>${t("interviews.plan")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div>`}</form><//>`;
}

/** Another time or place for one. @param {{ v: any, done: () => any, close: () => void }} props */
function Change({ v, done, close }) {
  const form = useForm({
    start: { starts_at: toField(v.starts_at), minutes: v.minutes, place: v.place, link: v.link, note: v.note },
    send: (w, key) => call("PATCH", `/interviews/${v.id}`, { ...w, starts_at: fromField(w["starts_at"]), minutes: Number(w["minutes"]), rev: v.rev }, { key }),
    async done() { close(); say(t("interviews.changed")); await done(); },
  });
  return html`<${Dialog} title=${t("interviews.change")} close=${close}><form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("interviews.change_why")}</p><${Summary} form=${form} />
    <div class="cols"><${Field} form=${form} name="starts_at" type="datetime-local" label=${t("interviews.from")} required /><${Field} form=${form} name="minutes" as="amount" label=${t("interviews.minutes")} required /></div>
    <${Field} form=${form} name="place" label=${t("interviews.place")} /><${Field} form=${form} name="link" type="url" label=${t("interviews.link")} /><${Field} form=${form} name="note" as="area" rows="3" label=${t("interviews.note")} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("terms.save")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
