// @ts-check
// What the house has told this person. The bell's sheet and the page /app/inbox show the same.
import { cls, html, say } from "../lib/ui.js";
import { asRefusal, call } from "../lib/api.js";
import { useList } from "../lib/list.js";
import { t } from "../lib/words.js";
import { Empty, Frame, Icon, More, When } from "../components/parts.js";
import { standing, today } from "./shell.js";

/** @param {{ page?: boolean }} props page: its filters may stand in the address */
export function Inbox({ page = false }) {
  const list = useList("/inbox", { on: ["inbox_items"], inURL: page });
  /** @param {string} path */
  const tell = async (path) => {
    try {
      await call("POST", path);
      await Promise.all([list.reload(), today.value?.reload()]);
    } catch (e) {
      say(asRefusal(e).message, { bad: true });
    }
  };
  const staff = standing().roles.some((r) => r === "staff" || r === "manager"); // who may have to tell somebody in Zalo
  const copy = (/** @type {string} */ text) => navigator.clipboard.writeText(text).then(() => say(t("zalo.copied")), () => say(t("zalo.not_copied"), { bad: true }));
  const waiting = list.rows.value.some((r) => !r.read_at);
  return html`${waiting ? html`<p><button class="btn ghost sm" type="button" onClick=${() => tell("/inbox/read-all")}><${Icon} n="check" s />${t("inbox.read_all")}</button></p>` : null}
  <${Frame} of=${list} empty=${html`<${Empty} icon="bell" title=${t("inbox.empty")} why=${t("inbox.empty_why")} />`}>${(/** @type {any[]} */ rows) => html`<ul class="list">${rows.map((r) => html`<li key=${r.id} class=${cls("said", !r.read_at && "new")}>
    <span class="grow"><b>${r.link ? html`<a href=${r.link} onClick=${() => { if (!r.read_at) tell(`/inbox/${r.id}/read`); }}>${r.title}</a>` : r.title}</b>${r.body ? html`<small>${r.body}</small>` : null}<small><${When} at=${r.at} /></small></span>
    ${staff ? html`<button class="btn ghost icon" type="button" title=${t("zalo.copy")} aria-label=${t("zalo.copy_of", { title: r.title })} onClick=${() => copy(r.zalo)}><${Icon} n="chat" /></button>` : null}
    ${r.read_at ? null : html`<button class="btn ghost icon" type="button" aria-label=${t("inbox.read", { title: r.title })} onClick=${() => tell(`/inbox/${r.id}/read`)}><${Icon} n="check" /></button>`}</li>`)}</ul><${More} list=${list} />`}<//>`;
}
