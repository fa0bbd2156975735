// @ts-check
// The files of an application as whoever reads it sees them, to be fetched one by one.
import { html, say } from "../../lib/ui.js";
import { asRefusal, download } from "../../lib/api.js";
import { num, t } from "../../lib/words.js";
import { Icon } from "../../components/parts.js";

/** @typedef {{ id: string, question?: string, name: string, kind: string, size: number, path: string }} Kept a file as the server tells it */

/** Bytes of a megabyte. */
export const mega = 2 ** 20;

/** A length in bytes, in words. @param {number} n */
export const weight = (n) => (n < mega ? `${num(Math.max(1, Math.round(n / 1024)))} KB` : `${num(n / mega, 1)} MB`);

/** Fetches one file and gives it to the browser. @param {Kept} f */
export const take = (f) => download(f.path, {}, f.name).catch((e) => say(asRefusal(e).message, { bad: true }));

/** @param {{ name: string, note: string }} props */
export const Named = ({ name, note }) => html`<span class="grow"><b>${name}</b><br /><small class="muted">${note}</small></span>`;

/**
 * Files as a reader sees them, to be fetched one by one.
 * @param {{ files: Kept[] }} props
 */
export const FileList = ({ files }) => html`<ul class="stack s2">${files.map((f) => html`<li key=${f.id} class="fileitem"><${Icon} n="file" /><${Named} name=${f.name} note=${`${f.kind.toUpperCase()} · ${weight(f.size)}`} />
  <button class="btn line sm" type="button" aria-label=${t("files.take_one", { name: f.name })} onClick=${() => take(f)}><${Icon} n="down" s />${t("files.take")}</button></li>`)}</ul>`;
