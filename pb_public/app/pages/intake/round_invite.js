// @ts-check
// Asks judges onto the panel of a round, each for so many sheets: one or all of them at once.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call, newKey } from "../../lib/api.js";
import { Dialog, Field, Summary, useForm } from "../../lib/forms.js";
import { useList } from "../../lib/list.js";
import { num, t } from "../../lib/words.js";
import { Avatar, Empty, Frame } from "../../components/parts.js";

/** @param {{ round: any, done: () => any, close: () => void }} props */
export function Invite({ round, done, close }) {
  const judges = useList(`/intakes/${round.owner}/judges`, { inURL: false }), chosen = useSignal(/** @type {string[]} */ ([]));
  const there = new Set(round.panel.filter((/** @type {any} */ m) => m.commitment && m.status !== "declined").map((/** @type {any} */ m) => m.judge));
  const want = round.entries.length * round.per_subject, took = round.panel.reduce((/** @type {number} */ n, /** @type {any} */ m) => n + (m.status === "declined" ? 0 : m.capacity || m.asked), 0);
  const form = useForm({
    start: { n: 10 },
    async send(v) {
      for (const judge of [...chosen.value]) { // whoever was asked is ticked off, so that a second try asks the rest
        await call("POST", `/rounds/${round.id}/invite`, { judge, n: Number(v["n"]) }, { key: newKey() });
        chosen.value = chosen.value.filter((x) => x !== judge);
        there.add(judge);
      }
    },
    async done() { say(t("stage.invited")); close(); await done(); },
  });
  const tick = (/** @type {string} */ j) => (/** @type {any} */ e) => { chosen.value = e.currentTarget.checked ? [...chosen.value, j] : chosen.value.filter((x) => x !== j); };
  const shut = () => { close(); Promise.resolve(done()).catch((e) => say(asRefusal(e).message, { bad: true })); };
  return html`<${Dialog} title=${t("stage.invite")} close=${shut}><${Frame} of=${judges} empty=${html`<${Empty} icon="scale" title=${t("assign.no_judges")} why=${t("assign.no_judges_why")} />`}>${(/** @type {any[]} */ rows) => {
    const free = rows.filter((j) => !there.has(j.id)), n = chosen.value.length, have = took + n * (Number(form.values.value["n"]) || 0);
    return html`<form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("stage.invite_why")}</p><${Summary} form=${form} />
    <fieldset class="stack s2"><legend class="lbl">${t("stage.judge")}</legend>${free.length > 1 ? html`<label class="check"><input type="checkbox" checked=${n === free.length} onChange=${(/** @type {any} */ e) => { chosen.value = e.currentTarget.checked ? free.map((j) => j.id) : []; }} />${t("stage.invite_all", { n: free.length })}</label>` : null}
      ${free.map((j) => html`<label class="opt" key=${j.id}><input type="checkbox" checked=${chosen.value.includes(j.id)} onChange=${tick(j.id)} /><${Avatar} name=${j.name} small /><span>${j.name}</span></label>`)}${free.length ? null : html`<p class="muted">${t("stage.invite_none")}</p>`}</fieldset>
    <${Field} form=${form} name="n" as="amount" label=${t("stage.how_many")} required />
    ${want ? html`<p class="sub" role="status">${t("stage.invite_sum", { have: num(have), want: num(want) })}</p>` : null}
    <div class="row"><button class="btn" disabled=${form.busy.value || !n}>${n > 1 ? t("stage.invite_n", { n }) : t("stage.invite_do")}</button><button class="btn line" type="button" onClick=${shut}>${t("state.cancel")}</button></div></form>`; }}<//><//>`;
}
