// @ts-check
// What a judge shares with the panel: how many sheets they take, the sheets of the others where a round shows them, and what
// is said about a subject. Nothing of it is there before one's own sheet is in.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call, newKey } from "../../lib/api.js";
import { Field, Summary, useAsk, useForm } from "../../lib/forms.js";
import { useList } from "../../lib/list.js";
import { given, moment, num, pair, t } from "../../lib/words.js";
import { Avatar, Badge, Panel, Status } from "../../components/parts.js";

/** @param {{ rows: any[], reload: () => any }} props */
export function Pledges({ rows, reload }) {
  const { ask, dialog } = useAsk();
  const take = (/** @type {any} */ p) => ask({
    title: t(p.status === "accepted" ? "pledge.renumber" : "pledge.take"), why: t("pledge.asked", { n: p.asked }), act: t("pledge.save"), start: { n: p.capacity || p.asked },
    fields: [{ name: "n", label: t("stage.how_many"), as: "amount", required: true }],
    send: (v, key) => call("POST", `/commitments/${p.id}/accept`, { n: Number(v["n"]) }, { key }), done: async () => { say(t("pledge.saved")); await reload(); },
  });
  const decline = (/** @type {any} */ p) => ask({
    title: t("pledge.decline"), why: t("pledge.decline_why"), act: t("pledge.decline"), bad: true, start: { reason: "" }, fields: [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3 }],
    send: (v, key) => call("POST", `/commitments/${p.id}/decline`, v, { key }), done: async () => { say(t("pledge.declined")); await reload(); },
  });
  return html`<div class="stack">${rows.map((p) => html`<${Panel} key=${p.id} title=${pair(p, "title")} side=${html`<${Status} of="judge_commitments" is=${p.status} tag />`} class="stack s3">
    <p class="sub">${p.status === "accepted" ? t("pledge.load", { load: num(p.load), of: num(p.capacity), done: num(p.done) }) : t("pledge.asked", { n: p.asked })}${given(p.closes_at) ? ` · ${t("gate.round_closes", { at: moment(p.closes_at) })}` : ""}</p>
    ${p.open ? html`<div class="row"><button class="btn line sm" type="button" onClick=${() => take(p)}>${t(p.status === "accepted" ? "pledge.renumber" : "pledge.take")}</button>${p.status === "invited" ? html`<button class="btn ghost sm" type="button" onClick=${() => decline(p)}>${t("pledge.decline")}</button>` : null}</div>` : null}<//>`)}</div>${dialog}`;
}

/** @param {{ desk: any }} props */
export const Beside = ({ desk }) => html`${desk.round.after_own ? html`<${Others} desk=${desk} />` : null}<${Talk} path=${`/assignments/${desk.assignment.id}/comments`} />`;

/** @param {{ desk: any }} props */
const Others = ({ desk }) => html`<${Panel} title=${t("panel.others")} class="stack s3">${desk.others.length === 0 ? html`<p class="muted">${t("panel.nobody_yet")}</p>` : desk.others.map((/** @type {any} */ o) => html`<div class="crit" key=${o.judge}><div class="row"><${Avatar} name=${o.judge} small /><b>${o.judge}</b><b class="tn">${num(o.total, 2)}</b>${o.recommendation ? html`<${Badge} tone=${{ yes: "ok", maybe: "warn", no: "bad" }[/** @type {string} */ (o.recommendation)]}>${t(`judging.say_${o.recommendation}`)}<//>` : null}</div>
  <p class="sub sm">${desk.round.rubric.map((/** @type {any} */ c) => `${pair(c, "label")}: ${o.scores[c.key] === undefined ? "–" : num(o.scores[c.key])}`).join(" · ")}</p>${o.comment ? html`<p>${o.comment}</p>` : null}</div>`)}<//>`;

/** What is said about one subject, in one round. Applicants never read it. @param {{ path: string }} props of the route */
export function Talk({ path }) {
  const all = useList(path, { inURL: false, on: ["panel_comments"] });
  const form = useForm({ start: { body: "" }, send: (v, key) => call("POST", path, { body: v["body"] }, { key }), async done() { form.values.value = { body: "" }; await all.reload(); } });
  const unsay = async (/** @type {string} */ id) => { try { await call("POST", `/comments/${id}/withdraw`, null, { key: newKey() }); await all.reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  return html`<${Panel} title=${t("panel.talk")} class="stack s3"><p class="sub sm">${t("panel.talk_why")}</p>
    ${all.state.value === "error" ? html`<p class="muted">${all.refusal.value?.message}</p>` : all.state.value === "ready" && all.rows.value.length === 0 ? html`<p class="muted">${t("panel.quiet")}</p>` : null}
    ${all.rows.value.map((/** @type {any} */ c) => html`<div key=${c.id} class="qa"><p class="row"><b>${c.author}</b> <small class="muted">${moment(c.at)}</small>${c.mine && !c.withdrawn_at ? html`<button class="btn ghost sm" type="button" onClick=${() => unsay(c.id)}>${t("panel.unsay")}</button>` : null}</p>${c.withdrawn_at ? html`<p class="muted">${t("panel.unsaid")}</p>` : c.body.split(/\n+/).map((/** @type {string} */ line) => html`<p>${line}</p>`)}</div>`)}
    ${all.state.value === "error" ? null : html`<form class="stack s2" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Field} form=${form} name="body" as="area" rows="3" label=${t("panel.say")} required maxlength="4000" /><p><button class="btn line" disabled=${form.busy.value}>${t("panel.send")}</button></p></form>`}<//>`;
}
