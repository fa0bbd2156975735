// @ts-check
// What a cohort asks of a startup before it graduates. Managers change it; who graduated already stays as they did.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Frame, Icon, Panel } from "../../components/parts.js";

const counted = ["months_in", "reports_accepted", "milestones_verified"], yes = ["nothing_due"];

/** @param {{ cohort: string }} props */
export function Rules({ cohort }) {
  const one = useOne(`/cohorts/${cohort}/graduation`, { on: ["graduation_rules"] }), { ask, dialog } = useAsk();
  /** @param {any} g */
  const edit = (g) => {
    const of = (/** @type {string} */ rule) => g.rules.find((/** @type {any} */ r) => r.rule === rule)?.need ?? null;
    ask({
      title: t("graduation.edit"), why: t("graduation.edit_why"), act: t("state.save"), start: Object.fromEntries([...counted.map((r) => [r, of(r)]), ...yes.map((r) => [r, of(r) === 1])]),
      fields: [...counted.map((r) => ({ name: r, as: "amount", label: t(`graduation.ask_${r}`), help: t("graduation.ask_help") })), ...yes.map((r) => ({ name: r, as: "check", label: t(`graduation.rule_${r}`) }))],
      send: (v, key) => call("PATCH", `/cohorts/${cohort}/graduation`, { rules: [...counted, ...yes].filter((r) => v[r]).map((r) => ({ rule: r, need: Number(v[r]) })), rev: g.rev }, { key }),
      done: async () => { say(t("graduation.saved")); await one.reload(); },
    });
  };
  return html`<${Frame} of=${one}>${(/** @type {any} */ g) => html`<${Panel} title=${t("graduation.title")} side=${g.may_edit ? html`<button class="btn ghost sm" type="button" onClick=${() => edit(g)}><${Icon} n="edit" s />${t("startup.edit")}</button>` : null}>
    ${g.rules.length ? html`<ul class="stack s2">${g.rules.map((/** @type {any} */ r) => html`<li key=${r.rule} class="row nowrap"><${Icon} n="check" class="ok" /><span>${t(`graduation.rule_${r.rule}`, { n: r.need })}</span></li>`)}</ul>` : html`<p class="sub">${t("graduation.free")}</p>`}<//>`}<//>${dialog}`;
}
