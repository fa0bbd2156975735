// @ts-check
// What one wants to be mailed about, and how often. A choice is kept at once, and can be taken back.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Badge, Crumbs, Frame, Head, Icon, Note, Panel } from "../../components/parts.js";

export const title = () => t("wish.title");

/** @typedef {{ kind: string, name: string, class: string, mode: string, usual: string, heard: boolean }} Wish */

/** @param {Wish[]} rows */
const heard = (rows) => rows.filter((w) => w.mode && w.heard);
const modes = ["now", "daily", "weekly", "off"];

export function Page() {
  const list = useList("/notices/wishes", { on: ["notice_prefs"], inURL: false });
  /** @param {Wish} w @param {string} mode @param {boolean} [back] */
  const wish = async (w, mode, back) => {
    const before = w.mode;
    try {
      await call("POST", "/notices/wishes", { kind: w.kind, mode });
      await list.reload();
      say(t("wish.saved", { kind: w.name, mode: t(`wish.${mode}`) }), back ? {} : { undo: () => wish({ ...w, mode }, before, true) });
    } catch (e) {
      await list.reload();
      say(asRefusal(e).message, { bad: true });
    }
  };
  return html`<${Crumbs} trail=${[{ to: "/app/account", label: t("account.title") }]} /><${Head} title=${t("wish.title")} sub=${t("wish.lead")} />
    <${Frame} of=${list}>${(/** @type {Wish[]} */ rows) => html`<div class="stack narrow">
      ${heard(rows).length ? html`<${Panel} title=${t("wish.heard")}><${Some} rows=${heard(rows)} wish=${wish} /><//>` : null}
      <${Fold} title=${t("wish.others")} open=${!heard(rows).length}><${Some} rows=${rows.filter((w) => w.mode && !w.heard)} wish=${wish} /><//>
      <${Note}>${t("wish.hours")}<//>
      <${Fold} title=${t("wish.fixed")}><p class="sub">${t("wish.fixed_why")}</p><ul class="list">${rows.filter((w) => !w.mode).map((w) => html`<li key=${w.kind}><span class="grow">${w.name}</span><${Badge} tone="ok">${t("wish.now")}<//></li>`)}</ul><//></div>`}<//>`;
}

/** What few come for. @param {{ title: string, open?: boolean, children?: any }} props */
const Fold = ({ title, open, children }) => html`<details class="panel" open=${open}><summary><${Icon} n="chev" s />${title}</summary>${children}</details>`;

/** @param {{ rows: Wish[], wish: (w: Wish, mode: string) => unknown }} props */
const Some = ({ rows, wish }) => html`<ul class="list">${rows.map((w) => html`<li key=${w.kind}>
  <span class="grow"><b class="fw4">${w.name}</b>${w.mode === w.usual ? null : html`<small>${t("wish.usual", { mode: t(`wish.${w.usual}`) })}</small>`}</span>
  <select class="auto" aria-label=${w.name} onChange=${(/** @type {any} */ e) => wish(w, e.currentTarget.value)}>${modes.map((m) => html`<option value=${m} selected=${m === w.mode}>${t(`wish.${m}`)}</option>`)}</select></li>`)}</ul>`;
