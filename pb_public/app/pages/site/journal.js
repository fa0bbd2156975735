// @ts-check
// What has happened in the house, newest first: every move, who made it and why. Nothing here can be changed.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { has, moment, t } from "../../lib/words.js";
import { Empty, Head, Table } from "../../components/parts.js";

export const title = () => t("journal.title");

/** Who did it: a person, the house itself, or whoever holds a link. @param {any} r */
function actor(r) {
  if (r.actor_name) return r.actor_name;
  const [kind, name] = String(r.actor).split(":");
  return t(`journal.by_${name === undefined ? "nobody" : kind}`, { name: name ?? "" });
}

/** A key that has no words is no sentence. @param {string} said @param {string} code */
const word = (said, code) => (!said || /^[a-z_]+\.[a-z_.]+$/.test(said) ? code : said);

export function Page() {
  const list = useList("/journal", { limit: 25, params: { subject_kind: "", subject: "" } });
  const columns = [
    { title: t("journal.what"), cell: (/** @type {any} */ r) => word(r.says, r.verb) },
    { title: t("journal.at"), cell: (/** @type {any} */ r) => html`<span class="nb">${moment(r.at)}</span>` },
    { title: t("journal.who"), cell: (/** @type {any} */ r) => actor(r) },
    { title: t("journal.move"), full: true, cell: (/** @type {any} */ r) => (r.went_to ? html`${word(r.came_says, r.came_from) || "–"} → <b>${word(r.went_says, r.went_to)}</b>` : html`<span class="muted">–</span>`) },
    { title: t("journal.reason"), full: true, cell: (/** @type {any} */ r) => r.reason || html`<span class="muted">–</span>` },
    { title: t("journal.subject"), full: true, cell: (/** @type {any} */ r) => html`<a href=${`/app/journal?subject_kind=${encodeURIComponent(r.subject_kind)}&subject=${encodeURIComponent(r.subject)}`} onClick=${(/** @type {Event} */ e) => { e.preventDefault(); list.set({ subject_kind: r.subject_kind, subject: r.subject }); scrollTo(0, 0); }}>${has(`subject.${r.subject_kind}`) ? t(`subject.${r.subject_kind}`) : r.subject_kind}</a>` },
  ];
  const one = list.filters.value["subject"];
  return html`<${Head} title=${t("journal.title")} sub=${t(one ? "journal.lead_one" : "journal.lead")}>${one ? html`<button class="btn line" type="button" onClick=${list.clear}>${t("journal.all")}</button>` : null}<//>
    <${Table} list=${list} columns=${columns} label=${t("journal.title")} empty=${html`<${Empty} icon="file" title=${t("journal.none")} />`} />`;
}
