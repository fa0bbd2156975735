// @ts-check
// Every mail that the house has written: what went, what waits, what failed and why. What it said is not kept here.
import { html } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { given, has, moment, relative, t } from "../../lib/words.js";
import { Empty, Head, Status, Table } from "../../components/parts.js";

export const title = () => t("outbox.title");

/** Mails that are no notice: codes and links. @param {string} kind */
const words = (kind) => { const key = `outbox.kind_${kind.replace(/\W/g, "_")}`; return has(key) ? t(key) : kind; };

export function Page() {
  const list = useList("/outbox", { limit: 25, params: { q: "" }, on: ["outbox"] });
  const columns = [
    { title: t("outbox.to"), cell: (/** @type {any} */ r) => html`${r.name || r.address}<br /><span class="fw4 muted">${r.name ? r.address : ""}</span>` },
    { title: t("outbox.what"), full: true, cell: (/** @type {any} */ r) => (has(`notice.${r.kind}.title`) ? t(`notice.${r.kind}.title`).replace(/\s*\{\w+\}/g, " …") : words(r.kind)) },
    { title: t("outbox.at"), cell: (/** @type {any} */ r) => moment(r.at) },
    { title: t("people.status"), full: true, cell: (/** @type {any} */ r) => html`<${Status} of="outbox" is=${r.status} tone=${r.status === "sent" ? "ok" : undefined} />${given(r.sent_at) ? html`<br /><span class="muted">${moment(r.sent_at)}</span>` : given(r.next_at) && r.attempts ? html`<br /><span class="muted">${t("outbox.again", { when: relative(r.next_at) })}</span>` : null}${r.error ? html`<br /><span class="muted">${r.error}</span>` : null}` },
  ];
  return html`<${Head} title=${t("outbox.title")} sub=${t("outbox.lead")} /><${Table} list=${list} columns=${columns} label=${t("outbox.title")} search=${t("outbox.search")} empty=${html`<${Empty} icon="mail" title=${t("outbox.none")} why=${t("outbox.none_why")} />`} />`;
}
