// @ts-check
// Asks judges onto the panel of a round, each for so many sheets.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Dialog, Field, Summary, useForm } from "../../lib/forms.js";
import { useList } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Empty, Frame } from "../../components/parts.js";

/** @param {{ round: any, done: () => any, close: () => void }} props */
export function Invite({ round, done, close }) {
  const judges = useList(`/intakes/${round.owner}/judges`, { inURL: false });
  const there = new Set(round.panel.filter((/** @type {any} */ m) => m.commitment && m.status !== "declined").map((/** @type {any} */ m) => m.judge));
  const form = useForm({
    start: { judge: "", n: 10 }, send: (v, key) => call("POST", `/rounds/${round.id}/invite`, { judge: v["judge"], n: Number(v["n"]) }, { key }),
    async done() { say(t("stage.invited")); close(); await done(); },
  });
  return html`<${Dialog} title=${t("stage.invite")} close=${close}><${Frame} of=${judges} empty=${html`<${Empty} icon="scale" title=${t("assign.no_judges")} why=${t("assign.no_judges_why")} />`}>${(/** @type {any[]} */ rows) => html`<form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("stage.invite_why")}</p><${Summary} form=${form} />
    <${Field} form=${form} name="judge" as="select" label=${t("stage.judge")} required options=${rows.filter((j) => !there.has(j.id)).map((j) => ({ value: j.id, label: j.name }))} />
    <${Field} form=${form} name="n" as="amount" label=${t("stage.how_many")} required />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("stage.invite_do")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form>`}<//><//>`;
}
