// @ts-check
// Two versions of one application, saved from two places: what differs, side by side, and which of them to keep.
import { html, useEffect } from "../../lib/ui.js";
import { pair, t } from "../../lib/words.js";
import { Icon } from "../../components/parts.js";
import { said } from "./parts.js";
import { nameOf } from "./question.js";

/**
 * @param {object} props
 * @param {any} props.form of useAutosave, with values named title and answers.<key>
 * @param {import("./parts.js").Question[]} props.asks
 * @param {() => unknown} props.reload shows what is stored
 */
export function Part({ form, asks, reload }) {
  const why = form.refusal.value?.stale ? form.refusal.value : null;
  const stored = why?.shown["stored"];
  const rows = stored ? differing(asks, stored, form.values.value) : [];
  const theirs = () => { form.saver.yield(stored.rev); form.refusal.value = null; reload(); };
  useEffect(() => { if (stored && rows.length === 0) theirs(); }, [stored]); // our save had arrived, only its answer had not
  if (!stored || rows.length === 0) return null;
  return html`<section class="panel stack" role="alert"><h2>${t("apply.two_versions")}</h2><div class="alert w"><${Icon} n="warn" /><div>${t("apply.two_versions_why")}</div></div>
    ${rows.map((r) => html`<div class="qa" key=${r.label}><h3>${r.label}</h3><div class="cols">
      <div><p class="lbl sm">${t("apply.version_here")}</p><p>${r.here || t("answer.none")}</p></div>
      <div><p class="lbl sm">${t("apply.version_there")}</p><p>${r.there || t("answer.none")}</p></div></div></div>`)}
    <div class="row"><button class="btn" type="button" onClick=${() => { form.refusal.value = null; form.saver.insist(stored.rev); }}>${t("apply.keep_here")}</button>
      <button class="btn line" type="button" onClick=${theirs}>${t("apply.keep_there")}</button></div></section>`;
}

/**
 * @param {import("./parts.js").Question[]} asks
 * @param {any} stored the row as the server has it
 * @param {Record<string, any>} here
 */
function differing(asks, stored, here) {
  const rows = [{ label: t("apply.name"), here: here["title"] ?? "", there: stored.title ?? "" }];
  for (const q of asks) rows.push({ label: pair(q, "label"), here: said(q, here[nameOf(q)]), there: said(q, stored.answers?.[q.key]) });
  return rows.filter((r) => r.here.trim() !== r.there.trim());
}
