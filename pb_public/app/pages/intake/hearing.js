// @ts-check
// One appeal: what it is against, what the applicant says, who hears it, and what two of them answer.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { Field, Summary, useAsk, useForm } from "../../lib/forms.js";
import { date, moment, num, pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Frame, Head, Icon, Note, Panel, Status } from "../../components/parts.js";
import { Answers, Paragraphs } from "./parts.js";

export const title = () => t("hearing.one");

/** @param {{ id: string }} props */
export function Page({ id }) {
  const appeal = useOne(`/appeals/${id}`, { on: ["appeals", "applications"] });
  return html`<${Frame} of=${appeal}>${(/** @type {any} */ p) => html`<${Hearing} p=${p} reload=${appeal.reload} />`}<//>`;
}

/** @param {{ p: any, reload: () => any }} props */
function Hearing({ p, reload }) {
  const { ask, dialog } = useAsk();
  /** @param {string} verb @param {string} told */
  const act = async (verb, told) => {
    try { await call("POST", `/appeals/${p.id}/${verb}`); say(told); } catch (e) { say(asRefusal(e).message, { bad: true }); }
    await reload();
  };
  const dismiss = () => ask({ title: t("hearing.dismiss_title"), why: t("hearing.dismiss_why"), act: t("hearing.dismiss"), bad: true, fields: [{ name: "answer", label: t("hearing.answer"), as: "area", rows: 4, required: true, help: t("dossier.reason_read") }], send: (v, key) => call("POST", `/appeals/${p.id}/dismiss`, v, { key }), done: reload });
  return html`<${Crumbs} trail=${[{ to: "/app/appeals", label: t("hearing.list") }]} />
  <${Head} title=${p.application.title} sub=${html`${p.applicant.name} · <span class="nb">${p.application.code}</span> · ${pair(p.intake, "title")}`}><${Status} of="appeals" is=${p.status} tag /><//>
  <div class="stack">${p.part ? html`<${Note} tone="w">${t("appeal.part")}<//>` : null}
  <div class="split e"><div class="stack"><${Panel} title=${t("hearing.words")} side=${html`<span class="tag">${t("hearing.due_by", { date: date(p.due_on) })}</span>`} class="stack s3"><p class="sub sm">${moment(p.filed_at)}</p><${Paragraphs} text=${p.words} />
      ${p.may.admit ? html`<p class="row"><button class="btn" type="button" onClick=${() => act("admit", t("hearing.admitted"))}>${t("hearing.admit")}</button><button class="btn ghost" type="button" onClick=${dismiss}>${t("hearing.dismiss")}</button></p>` : null}<//>
    ${p.may.hear ? html`<${Name} p=${p} reload=${reload} />` : null}
    ${p.panel.length ? html`<${Panel} title=${t("hearing.panel")} class="stack s3"><p>${p.panel.map((/** @type {any} */ x) => x.name).join(" · ")}</p>
      ${p.found ? html`<${Found} p=${p} act=${act} />` : null}
      ${p.may.find ? html`<${Write} p=${p} reload=${reload} />` : null}<//>` : p.found ? html`<${Panel} title=${t("hearing.answered")} class="stack s3"><${Paragraphs} text=${p.found.answer} /><//>` : null}</div>
  <div class="stack"><${Panel} title=${t("hearing.against")} side=${p.decided ? html`<${Badge} tone="idle">${t(`status.decisions.${p.decided.outcome}`)}<//>` : null} class="stack s3"><p class="sub">${t(`hearing.kind_${p.kind}`)}${p.decided ? ` · ${p.decided.by.name} · ${moment(p.decided.at)}` : ""}</p>
      ${p.decided ? html`<div class="qa"><h3>${t("decide.rationale")}</h3><${Paragraphs} text=${p.decided.rationale} /></div>${p.decided.feedback ? html`<div class="qa"><h3>${t("decide.feedback")}</h3><${Paragraphs} text=${p.decided.feedback} /></div>` : null}` : html`<${Paragraphs} text=${p.reason} />`}
      <p class="sub">${p.sheets.done ? t("hearing.sheets", { done: num(p.sheets.done), mean: num(p.sheets.mean, 1) }) : t("sheets.none_yet")}</p>
      ${p.comments.map((/** @type {string} */ c) => html`<blockquote key=${c}><${Paragraphs} text=${c} /></blockquote>`)}<//>
    </div></div>
  <details class="panel" open=${p.hears}><summary><${Icon} n="chev" s />${t("hearing.paper")}</summary><div class="stack s3 gap-t"><${Answers} form=${p.form} answers=${p.answers ?? {}} files=${p.files} /></div></details></div>${dialog}`;
}

/** Who hears it: nobody who had part in it is offered. @param {{ p: any, reload: () => any }} props */
function Name({ p, reload }) {
  const chosen = useSignal(/** @type {string[]} */ ([]));
  const send = async () => {
    try { await call("POST", `/appeals/${p.id}/hear`, { panel: chosen.value }); say(t("hearing.named")); await reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const n = chosen.value.length;
  return html`<${Panel} title=${t("hearing.name")} class="stack s3"><p class="sub">${t("hearing.name_why")}</p>
    <fieldset class="stack s2"><legend class="vh">${t("hearing.name")}</legend>${p.able.map((/** @type {any} */ x) => html`<label class="check" key=${x.id}><input type="checkbox" checked=${chosen.value.includes(x.id)} onChange=${(/** @type {any} */ e) => { chosen.value = e.currentTarget.checked ? [...chosen.value, x.id] : chosen.value.filter((y) => y !== x.id); }} />${x.name}</label>`)}</fieldset>
    <p><button class="btn" type="button" disabled=${n < 2 || n > 7} onClick=${send}>${t("hearing.name_do", { n })}</button></p><//>`;
}

/** What one of the panel found. @param {{ p: any, act: (verb: string, told: string) => Promise<void> }} props */
const Found = ({ p, act }) => html`<div class="qa"><h3 class="row">${t(`hearing.finding_${p.found.finding}`)}${p.found.outcome ? html`<${Badge} tone="idle" tag>${t(`status.decisions.${p.found.outcome}`)}<//>` : null}</h3>
  <p class="sub sm">${t("hearing.found_by", { name: p.found.by.name })} ${p.found.answered_at ? t("hearing.confirmed_by", { name: p.found.confirmed_by.name, at: moment(p.found.answered_at) }) : ""}</p><${Paragraphs} text=${p.found.answer} />
  ${p.may.settle ? html`<p><button class="btn" type="button" onClick=${() => act("settle", t("hearing.settled"))}><${Icon} n="check" />${t("hearing.settle")}</button></p>` : p.found.mine && p.may.find ? html`<p class="sub">${t("hearing.other")}</p>` : null}</div>`;

/** @param {{ p: any, reload: () => any }} props */
function Write({ p, reload }) {
  const form = useForm({
    start: { finding: "", outcome: "", answer: "" },
    send: (v, key) => call("POST", `/appeals/${p.id}/find`, v, { key }),
    async done() { say(t("hearing.found_done")); await reload(); },
  });
  const upheld = form.values.value["finding"] === "uphold" && p.kind !== "rule_out";
  return html`<details open=${!p.found}><summary><${Icon} n="chev" s />${t(p.found ? "hearing.find_other" : "hearing.find")}</summary><form class="stack gap-t" novalidate onSubmit=${form.submit}><${Summary} form=${form} />
    <${Field} form=${form} name="finding" as="segments" label=${t("hearing.finding")} required options=${["uphold", "reject"].map((f) => ({ value: f, label: t(`hearing.finding_${f}`) }))} />
    ${upheld ? html`<${Field} form=${form} name="outcome" as="segments" label=${t("outcome.amend_to")} required options=${["admitted", "waitlisted"].filter((o) => o !== p.application.status).map((o) => ({ value: o, label: t(`status.decisions.${o}`) }))} />` : null}
    <${Field} form=${form} name="answer" as="area" label=${t("hearing.answer")} help=${t("hearing.answer_help")} rows="4" required />
    <p><button class="btn line" disabled=${form.busy.value}>${t("hearing.find_do")}</button></p></form></details>`;
}
