// @ts-check
// What a cohort is asked without being known by its answers: two pulses, and what they found once they are closed.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { bring, date, num, pair, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Empty, Frame, Icon, Note, Panel, Status } from "../../components/parts.js";

/** @param {{ cohort: any }} props */
export function Part({ cohort }) {
  const list = useList(`/cohorts/${cohort.id}/pulses`, { inURL: false, on: ["pulses"] }), { ask, dialog } = useAsk();
  const late = useSignal(/** @type {{ View: any, p: any } | null} */ (null)), close = () => { late.value = null; };
  const show = async (/** @type {"pulse-edit" | "pulse-results"} */ name, /** @type {any} */ p) => { // each comes when it is asked for
    try { late.value = { View: (await bring(`pages/startups/${name}`)).View, p }; } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const told = (/** @type {string} */ word) => async () => { close(); say(t(word)); await list.reload(); };
  const move = (/** @type {any} */ p, /** @type {"open" | "close"} */ verb) => ask({ title: t(`pulse.${verb}_title`, { title: pair(p, "title") }), why: t(`pulse.${verb}_why`, { date: date(p.closes_on) }), act: t(`pulse.${verb}_go`), send: (_, key) => call("POST", `/pulses/${p.id}/${verb}`, { rev: p.rev }, { key }), done: told(`pulse.${verb}_said`) });
  const rows = list.rows.value;
  return html`<${Note}>${t("pulse.promise")}<//>
    ${rows.length < 2 && list.state.value === "ready" ? html`<p class="row gap-t"><button class="btn" type="button" onClick=${() => show("pulse-edit", null)}><${Icon} n="plus" />${t("pulse.add")}</button></p>` : null}
    <${Frame} of=${list} empty=${html`<div class="panel gap-t"><${Empty} icon="chart" title=${t("pulse.none")} why=${t("pulse.none_why")} /></div>`}>${(/** @type {any[]} */ some) => html`<div class="stack gap-t">${some.map((p) => html`<${Panel} key=${p.id} title=${pair(p, "title")} side=${html`<${Status} of="pulses" is=${p.status} />`}>
      <p class="sub">${t("pulse.turnout", { n: num(p.answered), of: num(p.people) })} · ${t("pulse.until", { date: date(p.closes_on) })}</p>
      <ol class="stack s2 gap-t">${p.questions.map((/** @type {any} */ q) => html`<li key=${q.key}>${pair(q, "label")} <small class="sub">${t(`pulse.type_${q.type}`)}</small></li>`)}</ol>
      <div class="row gap-t">${p.status === "draft" ? html`<button class="btn line sm" type="button" onClick=${() => move(p, "open")}>${t("pulse.open_go")}</button><button class="btn ghost sm" type="button" onClick=${() => show("pulse-edit", p)}><${Icon} n="edit" s />${t("pulse.change")}</button>` : p.status === "open" ? html`<button class="btn line sm" type="button" onClick=${() => move(p, "close")}>${t("pulse.close_go")}</button>` : html`<button class="btn line sm" type="button" onClick=${() => show("pulse-results", p)}><${Icon} n="chart" s />${t("pulse.results")}</button>`}</div><//>`)}</div>`}<//>
    ${late.value ? html`<${late.value.View} p=${late.value.p} cohort=${cohort.id} close=${close} done=${told("pulse.kept")} />` : null}${dialog}`;
}
