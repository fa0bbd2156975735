// @ts-check
// What was handed in and differs from the startup's record, once the startup is in: old and new, and a yes or no to each.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { has, pair, t } from "../../lib/words.js";
import { Icon, Panel } from "../../components/parts.js";
import { said } from "./parts.js";

/** @typedef {{ property: string, old: string | number, new: string | number }} Difference */

/** @param {{ paper: any, reload: () => any }} props */
export function Settle({ paper, reload }) {
  const busy = useSignal(false), record = paper.own.record;
  const answer = async (/** @type {Difference} */ d, /** @type {boolean} */ take) => {
    busy.value = true;
    try {
      await call("POST", `/applications/${paper.id}/record`, { property: d.property, take, rev: record.rev });
      say(t(take ? "settle.taken" : "settle.kept"));
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
    await reload();
    busy.value = false;
  };
  return html`<${Panel} title=${t("settle.title")} class="stack s3"><p class="sub">${t("settle.why")}</p>
    ${record.differs.map((/** @type {Difference} */ d) => { const name = t(`ask.maps_${d.property}`); return html`<div class="qa" key=${d.property}><h3>${name}</h3><div class="cols n">
      <div><p class="lbl sm">${t("settle.old")}</p><p class=${d.old ? undefined : "muted"}>${d.old ? shown(paper.form, d.property, d.old) : t("settle.empty")}</p></div>
      <div><p class="lbl sm">${t("settle.new")}</p><p><b>${shown(paper.form, d.property, d.new)}</b></p></div></div>
      <div class="row gap-t"><button class="btn line sm" type="button" disabled=${busy.value} onClick=${() => answer(d, true)}><${Icon} n="check" s />${t("settle.take")}<span class="vh"> ${name}</span></button>
        <button class="btn ghost sm" type="button" disabled=${busy.value} onClick=${() => answer(d, false)}>${t("settle.keep")}<span class="vh"> ${name}</span></button></div></div>`; })}<//>`;
}

const stages = ["stage.idea", "stage.prototype", "stage.mvp", "stage.revenue", "stage.growth"];

/** A property in words: those of the question, or of the house. @param {any[]} asks @param {string} property @param {string | number} value */
function shown(asks, property, value) {
  const q = asks.find((a) => a.maps_to === property), chosen = q?.options?.find((/** @type {any} */ o) => o.value === value);
  if (chosen) return pair(chosen, "label");
  if (property === "sector") return has(`sector.${value}`) ? t(`sector.${value}`) : value;
  if (property === "stage") return t(stages.find((key) => key.endsWith(`.${value}`)) ?? "settle.empty");
  return q ? said(q, value) : value;
}
