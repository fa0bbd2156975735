// @ts-check
// The dialog that asks judges: each of them for each of the applications. Who cannot be asked is named, with the reason.
import { html, useSignal } from "../../lib/ui.js";
import { asRefusal, call, newKey } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Dialog } from "../../lib/forms.js";
import { Avatar, Empty, Frame, Icon, Note } from "../../components/parts.js";

/** Why somebody is not asked: codes of the server that have words. */
const refusals = ["assignment.capacity", "assignment.conflict", "assignment.exists", "assignment.not_entered", "assignment.not_judge", "application.not_handed_in"];

/** @param {{ intake: string, applications: any[], done: () => any, close: () => void }} props */
export function Assign({ intake, applications, done, close }) {
  const judges = useList(`/intakes/${intake}/judges`, { inURL: false, on: ["role_grants"] });
  const chosen = useSignal(/** @type {string[]} */ ([])), busy = useSignal(false), wrong = useSignal("");
  const answer = useSignal(/** @type {{ assigned: number, refused: any[] } | null} */ (null));
  const names = () => Object.fromEntries(judges.rows.value.map((j) => [j.id, j.name]));
  const titles = Object.fromEntries(applications.map((a) => [a.id, a.title]));
  /** @param {Event} e */
  async function send(e) {
    e.preventDefault();
    if (busy.value) return;
    if (chosen.value.length === 0) { wrong.value = t("assign.nobody"); return; }
    busy.value = true;
    wrong.value = "";
    try {
      answer.value = await call("POST", `/intakes/${intake}/assign`, { applications: applications.map((a) => a.id), judges: chosen.value }, { key: newKey() });
      await done();
    } catch (why) { wrong.value = asRefusal(why).message; } finally { busy.value = false; }
  }
  const told = answer.value;
  if (told) return html`<${Dialog} title=${t("assign.title")} close=${close}><div class="stack" role="status"><${Note} tone=${told.assigned ? "b" : "w"}>${told.assigned ? t("assign.done", { n: told.assigned }) : t("assign.none_done")}<//>
    ${told.refused.length ? html`<div class="stack s2"><h3>${t("assign.refused", { n: told.refused.length })}</h3><ul class="list">${told.refused.map((r) => html`<li key=${r.application + r.judge}><span class="grow"><b>${names()[r.judge] ?? r.judge}</b><small>${titles[r.application] ?? ""} · ${t(refusals.find((c) => c === r.code) ?? "assign.refused_else")}</small></span></li>`)}</ul></div>` : null}
    <p><button class="btn" type="button" onClick=${close}>${t("page.close")}</button></p></div><//>`;
  return html`<${Dialog} title=${t("assign.title")} close=${close}><form class="stack" onSubmit=${send}><p class="sub">${t("assign.why", { n: applications.length })}</p>
    ${wrong.value ? html`<div class="alert r" role="alert"><${Icon} n="stop" /><div>${wrong.value}</div></div>` : null}
    <${Frame} of=${judges} empty=${html`<${Empty} icon="scale" title=${t("assign.no_judges")} why=${t("assign.no_judges_why")}><a class="btn line" href="/app/invitations">${t("assign.invite")}</a><//>`}>${(/** @type {any[]} */ rows) => html`<fieldset class="stack s2"><legend class="lbl">${t("assign.judges")}</legend>${rows.map((j) => html`<label class="opt" key=${j.id}><input type="checkbox" checked=${chosen.value.includes(j.id)} onChange=${(/** @type {any} */ e) => { chosen.value = e.currentTarget.checked ? [...chosen.value, j.id] : chosen.value.filter((x) => x !== j.id); }} /><${Avatar} name=${j.name} small /><span>${j.name}<small>${j.asked ? t("assign.owes", { n: j.asked }) : t("assign.free")}</small></span></label>`)}</fieldset>
    <div class="row"><button class="btn" disabled=${busy.value}>${t("assign.send")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div>`}<//></form><//>`;
}
