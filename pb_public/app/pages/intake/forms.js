// @ts-check
// The forms of the house: what each asks in which version, which intakes ask it, and where a new one begins.
import { go, html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { useList } from "../../lib/list.js";
import { fold, pair, t } from "../../lib/words.js";
import { Empty, Frame, Head, Icon, Panel, Segments, Status } from "../../components/parts.js";

export const title = () => t("forms.title");

export function Page() {
  const list = useList("/forms", { inURL: false }), q = useSignal(""), away = useSignal("");
  const { ask, dialog } = useAsk();
  const make = () => ask({
    title: t("forms.new"), why: t("forms.new_why"), act: t("forms.make"),
    fields: [{ name: "title_vi", label: t("forms.title_vi"), required: true, maxlength: 200 }, { name: "title_en", label: t("forms.title_en"), maxlength: 200 }, { name: "from", label: t("forms.from"), help: t("forms.from_help"), as: "select", options: list.rows.value.map((v) => ({ value: v.id, label: source(v) })) }],
    send: (v, key) => call("POST", "/forms", { title_vi: v["title_vi"], title_en: v["title_en"] ?? "", from: v["from"] ?? "", schema: [] }, { key }), done: (answer) => go(`/app/forms/${answer.id}`),
  });
  /** @param {any} f @param {string} verb */
  const shelve = async (f, verb) => {
    try {
      await call("POST", `/forms/${f.form}/${verb}`);
      say(t(`forms.${verb}_done`, { form: pair(f, "title") }), { undo: () => shelve(f, verb === "archive" ? "revive" : "archive") });
      await list.reload();
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const next = async (/** @type {any} */ f) => { try { go(`/app/forms/${(await call("POST", `/forms/${f.form}/versions`)).id}`); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  return html`<${Head} title=${t("forms.title")} sub=${t("forms.sub")}><a class="btn line" href="/app/feedback-texts"><${Icon} n="chat" />${t("feedback.list")}</a><button class="btn" type="button" onClick=${make}><${Icon} n="plus" />${t("forms.new")}</button><//>
  <div class="row gap-b"><div class="search" role="search"><${Icon} n="search" s /><input type="search" aria-label=${t("forms.search")} placeholder=${t("forms.search")} value=${q.value} onInput=${(/** @type {any} */ e) => { q.value = e.currentTarget.value; }} /></div>
    <${Segments} label=${t("forms.which")} value=${away.value} set=${(/** @type {string} */ v) => { away.value = v; }} options=${[{ value: "", label: t("forms.in_use") }, { value: "1", label: t("forms.archived") }]} /></div>
  <${Frame} of=${list} empty=${html`<${Empty} tile=${7} title=${t("forms.none")} why=${t("forms.new_why")} />`}>${(/** @type {any[]} */ rows) => {
    const some = grouped(rows).filter((f) => f.archived === Boolean(away.value) && fold(`${f.title_vi} ${f.title_en} ${f.code} ${f.versions.flatMap((/** @type {any} */ v) => v.intakes).map((/** @type {any} */ i) => `${i.title_vi} ${i.title_en}`).join(" ")}`).includes(fold(q.value)));
    return some.length ? html`<div class="stack">${some.map((f) => html`<${Panel} key=${f.form} title=${pair(f, "title")} side=${html`<${Menu} label=${t("forms.more", { form: pair(f, "title") })} items=${[...(f.archived ? [] : [{ label: t("forms.next"), icon: "plus", act: () => next(f) }]), { label: t(f.archived ? "forms.revive" : "forms.archive"), icon: "folder", act: () => shelve(f, f.archived ? "revive" : "archive") }]} />`}>
      <ul class="list">${f.versions.map((/** @type {any} */ v) => html`<li key=${v.id}><span class="grow"><a href=${`/app/forms/${v.id}`}>${t("forms.version", { n: v.number })}</a> <span class="muted">${t("forms.questions", { n: v.schema?.length ?? 0 })}</span>${v.intakes.length ? html`<small>${t("forms.asked_by", { intakes: v.intakes.slice(0, 3).map((/** @type {any} */ i) => pair(i, "title")).join(", ") })}</small>` : null}</span><${Status} of="form_versions" is=${v.status} tag /></li>`)}</ul><//>`)}</div>`
      : html`<${Empty} icon="search" title=${t("forms.no_match")} why=${t("forms.no_match_why")} />`;
  }}<//>${dialog}`;
}

/** A version as something to copy: its form, and the intakes that asked it. @param {any} v */
const source = (v) => t("terms.version", { form: pair(v, "title"), n: v.number }) + (v.intakes.length ? ` (${v.intakes.map((/** @type {any} */ i) => pair(i, "title")).join(", ")})` : "");

/** The versions under their forms, the form changed last first. @param {any[]} rows @returns {any[]} */
function grouped(rows) {
  const by = new Map();
  for (const v of rows) by.set(v.form, { ...(by.get(v.form) ?? { ...v, versions: [] }), versions: [...(by.get(v.form)?.versions ?? []), v] });
  return [...by.values()].toSorted((a, b) => pair(a, "title").localeCompare(pair(b, "title"), "vi"));
}
