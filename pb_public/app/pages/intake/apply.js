// @ts-check
// The application to an intake: begun here, saved by itself, handed in, and handed in again until the deadline. What staff
// ask about later is answered here too.
import { go, html, useSignal } from "../../lib/ui.js";
import { call, newKey, Refusal } from "../../lib/api.js";
import { Saved, useAutosave } from "../../lib/autosave.js";
import { Field, Summary } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { bring, deadline, moment, pair, t } from "../../lib/words.js";
import { Empty, Frame, Head, Loading, Note, Panel } from "../../components/parts.js";
import { files, Judged, Later, lateUntil } from "./parts.js";
import { Ask, nameOf, shown, Standing } from "./question.js";

export const title = () => t("apply.title");

/** @param {{ id: string }} props of the intake */
export function Page({ id }) {
  const intake = useOne(`/intakes/${id}`, { on: ["intakes"], params: { form: "unbegun" } });
  return html`<${Frame} of=${intake} loading=${html`<${Head} title=${t("apply.title")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ c) =>
    c.mine ? html`<${Going} key=${c.mine} id=${c.mine} intake=${c} />` : html`<${Head} title=${pair(c, "title")} sub=${until(c.closes_at)} /><${Later} load=${begin} intake=${c} begun=${intake.reload} />`}<//>`;
}

/** @param {string} at */
const until = (at) => t("call.until", { at: moment(at), left: deadline(at) });

const late = () => files().then((m) => m.Late);

/** What two places have saved: it comes when they differ. */
const versions = () => bring("pages/intake/versions").then((m) => m.Part);

/** What stands here before the first letter. */
const begin = () => import("./begin.js").then((m) => m.Part);

/** @param {{ id: string, intake: any }} props */
function Going({ id, intake }) {
  const paper = useOne(`/applications/${id}`);
  const round = useSignal(0); // counts what was thrown away, so that the form begins anew with what is stored
  const anew = async () => { await paper.reload(); round.value++; };
  return html`<${Frame} of=${paper} loading=${html`<${Head} title=${pair(intake, "title")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ p) =>
    p.writable ? html`<${Form} key=${round.value} paper=${p} intake=${intake} anew=${anew} />` : p.ticket?.holds && ["draft", "submitted"].includes(p.status) ? html`<${Head} title=${p.title || pair(intake, "title")} /><${Later} load=${late} paper=${p} done=${() => go(`/app/applications/${id}?receipt=1`)} />` : html`<${Head} title=${p.title || pair(intake, "title")} /><${Empty} icon="lock" title=${t("apply.locked")} why=${t("apply.locked_why")}><a class="btn" href=${`/app/applications/${id}`}>${t("apply.follow")}</a><//>`}<//>`;
}

/** @param {{ paper: any, intake: any, anew: () => unknown }} props */
function Form({ paper, intake, anew }) {
  /** @type {import("./parts.js").Question[]} */
  const asks = paper.form;
  const busy = useSignal(false);
  const answering = paper.status === "needs_info";
  const rules = useSignal(paper.eligibility ?? []);
  const form = useAutosave({
    id: `application-${paper.id}`, rev: paper.rev,
    start: { title: paper.title, ...Object.fromEntries(asks.map((q) => [nameOf(q), paper.answers[q.key] ?? null])) },
    async send(v, rev, key) {
      const answer = await call("PATCH", `/applications/${paper.id}`, { title: v["title"], answers: Object.fromEntries(asks.map((q) => [q.key, v[nameOf(q)]])), rev }, { key });
      rules.value = answer.eligibility ?? rules.value;
      const wrong = (answer.refused ?? []).map((/** @type {any} */ f) => [f.field, { code: f.code, message: t(`answer.${f.code.slice(7)}`, f.slots) }]);
      return { rev: answer.rev, unkept: wrong.length ? new Refusal(400, "form.save_refused", t("form.save_refused"), Object.fromEntries(wrong)) : null };
    },
  });
  const there = shown(asks, form.values.value);
  const touched = form.state.value !== "idle";
  const nothingNew = paper.status === "submitted" && !paper.changed && !touched;
  const must = ["title", ...there.filter((q) => q.required).map(nameOf)];
  const have = must.filter((n) => { const v = form.values.value[n]; return ![undefined, null, "", false].includes(v) && v.length !== 0; }).length;
  const loose = form.state.value === "refused" && Object.keys(form.problems.value).length === 0 && !form.asked.value;

  /** @param {Event} e */
  async function submit(e) {
    e.preventDefault();
    if (busy.value || !form.complete()) return;
    busy.value = true;
    form.refusal.value = null;
    try {
      const { rev, saved } = await form.saver.flush();
      if (!saved) { form.asked.value++; return; } // the state says why, and the summary what to mend
      await call("POST", `/applications/${paper.id}/${answering ? "answer" : "submit"}`, { rev }, { key: newKey() });
      go(`/app/applications/${paper.id}?receipt=1`);
    } catch (why) {
      form.refuse(why);
    } finally {
      busy.value = false;
    }
  }

  return html`<${Head} title=${t(answering ? "apply.answering" : "apply.to", { intake: pair(intake, "title") })} sub=${answering ? t("apply.answer_by", { at: moment(paper.answer_by), left: deadline(paper.answer_by) }) : [until(paper.closes_at), lateUntil(paper)].filter(Boolean).join(" · ")} />
  <form class="stack s5" novalidate onSubmit=${submit}>
    ${answering ? html`<${Note} tone="w"><b>${t("apply.question")}</b><p>${paper.question}</p><//>` : paper.status === "submitted" ? html`<${Note} tone="b">${t("apply.handed_in", { n: paper.submit_no, at: moment(paper.submitted_at) })}<//>` : null}
    ${form.refusal.value?.stale ? html`<${Later} load=${versions} form=${form} asks=${asks} reload=${anew} />` : null}<${Summary} form=${form} />
    ${loose ? html`<div role="alert"><${Note} tone="r">${form.refusal.value?.message}<//></div>` : null}
    <div class="split"><${Panel} class="stack s5"><${Field} form=${form} name="title" label=${t("apply.name")} help=${t("apply.name_help")} required maxlength="200" />
      ${there.map((q) => html`<${Ask} key=${q.key} form=${form} q=${q} application=${paper} rules=${rules.value} known=${paper.own?.prefilled[q.key]} />`)}<//>
      <div class="stack">${rules.value.length ? html`<${Panel} title=${t("rule.title")} class="stack s3"><${Standing} rules=${rules.value} /><p class="hint">${t("rule.ask_us", { code: paper.code })}</p><//>` : null}<${Judged} intake=${intake} /></div></div>
    <div class="paybar"><span class="stack s2"><${Saved} form=${form} /><span class="sub sm">${t("apply.filled", { n: have, of: must.length })}</span></span>
      <button class="btn nb" disabled=${busy.value || nothingNew}>${t(answering ? "apply.send_answer" : paper.status === "submitted" ? "apply.again" : "apply.send")}</button></div>
  </form>`;
}
