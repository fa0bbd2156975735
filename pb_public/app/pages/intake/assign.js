// @ts-check
// The dialog that asks judges: each of them for each of the applications. Who cannot be asked is named, with the reason.
import { html, useSignal } from "../../lib/ui.js";
import { asRefusal, call, newKey } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { pair, t } from "../../lib/words.js";
import { Dialog } from "../../lib/forms.js";
import { Avatar, Empty, Frame, Icon, Note } from "../../components/parts.js";

/** Why somebody is not asked: codes of the server that have words. */
const refusals = ["assignment.capacity", "assignment.conflict", "assignment.exists", "assignment.not_entered", "assignment.not_judge", "application.not_handed_in"];

/** The states of a round in which judges can be asked by hand. */
const open = ["configured", "assigning", "assigned", "open"];

/** @param {{ intake: string, applications: any[], done: () => any, close: () => void }} props */
export function Assign({ intake, applications, done, close }) {
  const judges = useList(`/intakes/${intake}/judges`, { inURL: false, on: ["role_grants"] });
  const rounds = useList(`/intakes/${intake}/rounds`, { inURL: false }), round = useSignal(""), beyond = useSignal("");
  const chosen = useSignal(/** @type {string[]} */ ([])), busy = useSignal(false), wrong = useSignal("");
  const answer = useSignal(/** @type {{ assigned: number, refused: any[] } | null} */ (null));
  const names = () => Object.fromEntries(judges.rows.value.map((j) => [j.id, j.name]));
  const titles = Object.fromEntries(applications.map((a) => [a.id, a.title]));
  const takes = rounds.rows.value.filter((r) => open.includes(r.status)), full = answer.value?.refused.filter((r) => r.code === "assignment.capacity") ?? [];
  /** Asks those whose number is full all the same. @param {Event} e */
  async function insist(e) {
    e.preventDefault();
    if (busy.value) return;
    if (!beyond.value.trim()) { wrong.value = t("assign.beyond_missing"); return; }
    busy.value = true;
    wrong.value = "";
    try {
      const before = answer.value?.assigned ?? 0, others = answer.value?.refused.filter((r) => r.code !== "assignment.capacity") ?? [];
      let assigned = 0;
      for (const judge of new Set(full.map((r) => r.judge))) {
        const more = await call("POST", `/intakes/${intake}/assign`, { round: round.value, applications: full.filter((r) => r.judge === judge).map((r) => r.application), judges: [judge], beyond: beyond.value.trim() }, { key: newKey() });
        assigned += more.assigned;
        others.push(...more.refused);
      }
      answer.value = { assigned: before + assigned, refused: others };
      await done();
    } catch (why) { wrong.value = asRefusal(why).message; } finally { busy.value = false; }
  }
  /** @param {Event} e */
  async function send(e) {
    e.preventDefault();
    if (busy.value) return;
    if (chosen.value.length === 0) { wrong.value = t("assign.nobody"); return; }
    busy.value = true;
    wrong.value = "";
    try {
      answer.value = await call("POST", `/intakes/${intake}/assign`, { round: round.value, applications: applications.map((a) => a.id), judges: chosen.value }, { key: newKey() });
      await done();
    } catch (why) { wrong.value = asRefusal(why).message; } finally { busy.value = false; }
  }
  const told = answer.value;
  if (told) return html`<${Dialog} title=${t("assign.title")} close=${close}><div class="stack" role="status"><${Note} tone=${told.assigned ? "b" : "w"}>${told.assigned ? t("assign.done", { n: told.assigned }) : t("assign.none_done")}<//>
    ${told.refused.length ? html`<div class="stack s2"><h3>${t("assign.refused", { n: told.refused.length })}</h3><ul class="list">${told.refused.map((r) => html`<li key=${r.application + r.judge}><span class="grow"><b>${names()[r.judge] ?? r.judge}</b><small>${titles[r.application] ?? ""} · ${t(refusals.find((c) => c === r.code) ?? "assign.refused_else")}</small></span></li>`)}</ul></div>` : null}
    ${full.length ? html`<form class="stack s2" novalidate onSubmit=${insist}><label class="lbl" for="beyond">${t("assign.beyond")}</label><p class="hint">${t("assign.beyond_why")}</p><textarea id="beyond" rows="2" maxlength="1000" value=${beyond.value} aria-invalid=${wrong.value ? "true" : undefined} aria-describedby=${wrong.value ? "beyond-e" : undefined} onInput=${(/** @type {any} */ e) => { beyond.value = e.currentTarget.value; }}></textarea>${wrong.value ? html`<p class="err" id="beyond-e" role="alert"><${Icon} n="stop" s />${wrong.value}</p>` : null}
      <div class="row"><button class="btn line" disabled=${busy.value}>${t("assign.beyond_do", { n: full.length })}</button></div></form>` : null}
    <p><button class="btn" type="button" onClick=${close}>${t("page.close")}</button></p></div><//>`;
  return html`<${Dialog} title=${t("assign.title")} close=${close}><form class="stack" onSubmit=${send}><p class="sub">${t("assign.why", { n: applications.length })}</p>
    ${wrong.value ? html`<div class="alert r" role="alert"><${Icon} n="stop" /><div>${wrong.value}</div></div>` : null}
    ${takes.length > 1 ? html`<label class="field"><span class="lbl">${t("assign.round")}</span><select onChange=${(/** @type {any} */ e) => { round.value = e.currentTarget.value; }}><option value="">${t("assign.round_now")}</option>${takes.map((r) => html`<option key=${r.id} value=${r.id} selected=${r.id === round.value}>${pair(r, "title")}</option>`)}</select></label>` : null}
    <${Frame} of=${judges} empty=${html`<${Empty} icon="scale" title=${t("assign.no_judges")} why=${t("assign.no_judges_why")}><a class="btn line" href="/app/invitations">${t("assign.invite")}</a><//>`}>${(/** @type {any[]} */ rows) => html`<fieldset class="stack s2"><legend class="lbl">${t("assign.judges")}</legend>${rows.map((j) => html`<label class="opt" key=${j.id}><input type="checkbox" checked=${chosen.value.includes(j.id)} onChange=${(/** @type {any} */ e) => { chosen.value = e.currentTarget.checked ? [...chosen.value, j.id] : chosen.value.filter((x) => x !== j.id); }} /><${Avatar} name=${j.name} small /><span>${j.name}<small>${j.asked ? t("assign.owes", { n: j.asked }) : t("assign.free")}</small></span></label>`)}</fieldset>
    <div class="row"><button class="btn" disabled=${busy.value}>${t("assign.send")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div>`}<//></form><//>`;
}
