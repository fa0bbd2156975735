// @ts-check
// What staff say to teams again and again: written once here, offered wherever somebody decides, and changed there for each team.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useAsk } from "../../lib/forms.js";
import { useList } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Badge, Crumbs, Empty, Frame, Head, Icon, Panel, Segments } from "../../components/parts.js";

export const title = () => t("feedback.list");

/** Stands in the dialog for no outcome of its own. */
const any = "any";

const outcomes = ["admitted", "waitlisted", "rejected"];

export function Page() {
  const list = useList("/feedback-texts", { inURL: false }), { ask, dialog } = useAsk(), away = useSignal("");
  /** @param {any} f null: a new one */
  const edit = (f) => ask({
    title: t(f ? "feedback.edit" : "feedback.new"), why: t("feedback.slots", { name: "{name}", title: "{title}" }), act: t("feedback.keep"),
    start: { title: f?.title ?? "", outcome: f?.outcome || any, body: f?.body ?? "" },
    fields: [
      { name: "title", label: t("feedback.title"), help: t("feedback.title_help"), required: true, maxlength: 120 },
      { name: "outcome", as: "select", marked: false, label: t("feedback.outcome"), options: [{ value: any, label: t("feedback.any") }, ...outcomes.map((o) => ({ value: o, label: t(`status.decisions.${o}`) }))] },
      { name: "body", as: "area", label: t("feedback.body"), rows: 7, required: true, maxlength: 4000 },
    ],
    send(v, key) {
      const said = { ...v, outcome: v["outcome"] === any ? "" : v["outcome"] };
      return f ? call("PATCH", `/feedback-texts/${f.id}`, { ...said, rev: f.rev }, { key }) : call("POST", "/feedback-texts", said, { key });
    },
    done: async () => { say(t("feedback.kept")); await list.reload(); },
  });
  /** @param {any} f @param {boolean} retired */
  const retire = async (f, retired) => {
    try {
      const kept = await call("PATCH", `/feedback-texts/${f.id}`, { retired, rev: f.rev });
      say(t(retired ? "feedback.retired" : "feedback.revived", { title: f.title }), { undo: () => retire(kept, !retired) });
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
    await list.reload();
  };
  const none = html`<${Empty} icon="chat" title=${t("feedback.none")} why=${t("feedback.none_why")}><button class="btn" type="button" onClick=${() => edit(null)}>${t("feedback.new")}</button><//>`;
  return html`<${Crumbs} trail=${[{ to: "/app/forms", label: t("forms.title") }]} /><${Head} title=${t("feedback.list")} sub=${t("feedback.sub")}><button class="btn" type="button" onClick=${() => edit(null)}><${Icon} n="plus" />${t("feedback.new")}</button><//>
  <${Frame} of=${list} empty=${none}>${(/** @type {any[]} */ rows) => {
    const some = rows.filter((f) => f.retired === Boolean(away.value));
    return html`<div class="row gap-b"><${Segments} label=${t("feedback.which")} value=${away.value} set=${(/** @type {string} */ v) => { away.value = v; }} options=${[{ value: "", label: t("feedback.in_use") }, { value: "1", label: t("feedback.put_away") }]} /></div>
    ${some.length === 0 ? html`<${Empty} icon="chat" title=${t(away.value ? "feedback.none_away" : "feedback.none")} />` : html`<div class="stack">${some.map((f) => html`<${Panel} key=${f.id} title=${f.title} side=${html`<${Badge} tone="idle" icon="target">${f.outcome ? t(`status.decisions.${f.outcome}`) : t("feedback.any")}<//>`} class="stack s3">
      ${f.body.split(/\n+/).map((/** @type {string} */ line) => html`<p>${line}</p>`)}
      <div class="row"><button class="btn line sm" type="button" aria-label=${t("feedback.edit_one", { title: f.title })} onClick=${() => edit(f)}><${Icon} n="edit" s />${t("feedback.edit_do")}</button><button class="btn ghost sm" type="button" aria-label=${t(f.retired ? "feedback.revive_one" : "feedback.retire_one", { title: f.title })} onClick=${() => retire(f, !f.retired)}>${t(f.retired ? "feedback.revive" : "feedback.retire")}</button></div><//>`)}</div>`}`;
  }}<//>${dialog}`;
}
