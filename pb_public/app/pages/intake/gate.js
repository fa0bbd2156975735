// @ts-check
// What an intake waits for: its judging, its decisions, its release. A button that is off says why.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { moment, num, pair, t } from "../../lib/words.js";
import { Badge, Icon, Panel, Status } from "../../components/parts.js";
import { fromField, handedIn } from "./desk.js";

/** @param {{ intake: any, act: (verb: string, told: string) => Promise<void>, ask: (q: import("../../lib/forms.js").Question) => void, reload: () => any }} props */
export const Gate = (props) => (["draft", "cancelled"].includes(props.intake.status) ? html`<${Draft} intake=${props.intake} />` : html`<${Round} ...${props} /><${Release} ...${props} />`);

/** Nothing is on yet, or nothing more. @param {{ intake: any }} props */
const Draft = ({ intake }) => html`<${Panel} title=${t(intake.status === "draft" ? "gate.draft" : "gate.cancelled")} class="stack s3"><p>${t(intake.status === "draft" ? "gate.draft_why" : "gate.cancelled_why")}</p>
  <ol class="list">${intake.form.map((/** @type {any} */ q) => html`<li key=${q.key}><span class="grow"><b>${pair(q, "label")}</b>${q.required ? null : html` <span class="muted">${t("form.optional")}</span>`}</span></li>`)}</ol><//>`;

/** @param {Parameters<typeof Gate>[0]} props */
function Round({ intake, act, ask, reload }) {
  const round = intake.rounds?.[0];
  const status = round?.status ?? "configured", closed = !["draft", "published", "open"].includes(intake.status);
  const opens = ["configured", "assigned"].includes(status), runs = ["open", "grace"].includes(status);
  const open = () => ask({
    title: t("gate.round_open"), why: t("gate.round_open_why"), act: t("gate.round_open"), start: { closes_at: "" },
    fields: [{ name: "closes_at", label: t("gate.round_until"), type: "datetime-local", help: t("gate.round_until_help") }],
    send: ({ closes_at }, key) => call("POST", `/intakes/${intake.id}/round/open`, closes_at ? { closes_at: fromField(closes_at) } : {}, { key }),
    done: async () => { say(t("gate.round_opened")); await reload(); },
  });
  const reopen = () => ask({
    title: t("gate.round_reopen"), why: t("gate.round_reopen_why"), act: t("gate.round_reopen"), start: { closes_at: "", reason: "" },
    fields: [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }, { name: "closes_at", label: t("gate.round_until"), type: "datetime-local" }],
    send: ({ closes_at, reason }, key) => call("POST", `/intakes/${intake.id}/round/reopen`, { reason, ...(closes_at ? { closes_at: fromField(closes_at) } : {}) }, { key }),
    done: async (answer) => { say(t(answer.reopened ? "gate.round_reopened" : "gate.round_wished")); await reload(); },
  });
  return html`<${Panel} title=${t("gate.round")} side=${html`<${Status} of="rounds" is=${status} />`} class="stack s3">
    ${intake.criteria ? html`<dl class="kv sm">${intake.criteria.map((/** @type {any} */ c) => html`<dt>${pair(c, "label")}</dt><dd>${num(c.weight / 100, 0)}%</dd>`)}</dl>` : null}
    ${runs && round.closes_at ? html`<p class="sub">${t("gate.round_closes", { at: moment(round.closes_at) })}</p>` : null}
    ${opens && !closed ? html`<${Off} why=${t("gate.round_not_yet")} />` : null}
    <div class="row">${["closed", "computed", "advanced"].includes(status) ? null : html`<a class="btn line" href=${`/app/intakes/${intake.id}/applications`}><${Icon} n="scale" />${t("handed.assign")}</a>`}
      ${opens ? html`<button class="btn line" type="button" disabled=${!closed} onClick=${open}>${t("gate.round_open")}</button>` : null}
      ${runs ? html`<button class="btn line" type="button" onClick=${() => act("round/close", t("gate.round_closed"))}>${t("gate.round_close")}</button>` : null}
      ${["closed", "computed"].includes(status) && ["closed", "deciding"].includes(intake.status) ? html`<button class="btn ghost" type="button" onClick=${reopen}>${t("gate.round_reopen")}</button>` : null}</div><//>`;
}

/** Why a button is off. @param {{ why: string }} props */
const Off = ({ why }) => html`<p class="sub row nowrap"><${Icon} n="lock" s /><span>${why}</span></p>`;

/** @param {Parameters<typeof Gate>[0]} props */
function Release({ intake, act, ask, reload }) {
  const is = intake.status, told = ["released", "archived"].includes(is);
  const shut = !["published", "open"].includes(is), deciding = is === "deciding", undecided = intake.undecided ?? 0, n = handedIn(intake.counts);
  const steps = [
    { ok: shut, text: t("gate.step_closed") },
    { ok: deciding || told, text: t("gate.step_deciding") },
    { ok: told || (shut && undecided === 0), text: undecided ? t("gate.step_undecided", { n: undecided }) : t("gate.step_decided") },
  ];
  const why = !intake.may_decide ? t("gate.not_manager") : !shut ? t("gate.wait_close", { at: moment(intake.closes_at) }) : is === "closed" ? t("gate.wait_begin") : undecided ? t("gate.wait_decide", { n: undecided }) : "";
  const release = () => ask({ title: t("gate.release_title"), why: t("gate.release_why", { n }), act: t("gate.release"), send: (_, key) => call("POST", `/intakes/${intake.id}/release`, null, { key }), done: async () => { say(t("gate.release_done")); await reload(); } });
  return html`<${Panel} title=${t("gate.release_panel")} side=${told ? html`<${Badge} tone="ok">${t("gate.told", { at: moment(intake.released_at) })}<//>` : null} class="stack s3">
    <ul class="stack s2">${steps.map((s) => html`<li key=${s.text}><${Badge} tone=${s.ok ? "ok" : "idle"}>${s.text}<//></li>`)}</ul>
    ${told ? html`<p class="sub">${t("gate.told_why")}</p>` : html`${why ? html`<${Off} why=${why} />` : html`<p class="sub">${t("gate.ready")}</p>`}
    <div class="row">${is === "closed" && intake.may_decide ? html`<button class="btn" type="button" onClick=${() => act("begin-deciding", t("gate.begun"))}>${t("gate.begin")}</button>` : html`<button class="btn" type="button" disabled=${Boolean(why)} onClick=${release}><${Icon} n="send" />${t("gate.release")}</button>`}</div>`}<//>`;
}
