// @ts-check
// An intake before somebody applies: what it takes and for whom, or that nobody can apply now.
import { html } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { moment, t } from "../../lib/words.js";
import { Empty, Icon } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";
import { Judged } from "./parts.js";

/** Stands for a team that is no startup of the house yet. */
const none = "-";

/** @param {{ intake: any, begun: () => unknown }} props begun: the application is there */
export const Part = ({ intake, begun }) => (intake.open ? html`<${Begin} intake=${intake} begun=${begun} />` : html`<${Over} intake=${intake} />`);

/** Nobody can apply now. @param {{ intake: any }} props */
const Over = ({ intake }) => html`<${Empty} tile=${11} title=${t(intake.status === "published" ? "apply.not_yet" : "apply.over")} why=${intake.status === "published" ? t("apply.not_yet_why", { at: moment(intake.opens_at) }) : t("apply.over_why")}><a class="btn line" href="/app/intakes">${t("apply.others")}</a><//>`;

/** Before the first letter: what it takes, and for whom. Nothing is stored until somebody begins. @param {{ intake: any, begun: () => unknown }} props */
function Begin({ intake, begun }) {
  const mine = standing().startups;
  const form = useForm({ start: { startup: "" }, send: ({ startup }, key) => call("POST", "/applications", { intake: intake.id, startup: startup === none ? "" : startup }, { key }), done: begun });
  return html`<div class="split"><form class="panel stack" novalidate onSubmit=${form.submit}><h2>${t("apply.before")}</h2><${Summary} form=${form} />
    <ul class="stack s2">${["saves", "days", "edit"].map((k) => html`<li class="row nowrap"><${Icon} n="check" class="ok" /><span>${t(`apply.before_${k}`)}</span></li>`)}</ul>
    ${mine.length ? html`<${Field} form=${form} name="startup" as="options" label=${t("apply.who")} help=${t("apply.who_help")} required options=${[...mine.map((s) => ({ value: s.id, label: s.name })), { value: none, label: t("apply.new_team"), help: t("apply.new_team_why") }]} />` : null}
    <p><button class="btn lg" disabled=${form.busy.value}>${t("apply.begin")}</button></p></form>
    <${Judged} intake=${intake} /></div>`;
}
