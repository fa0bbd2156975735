// @ts-check
// What lies over the page: a dialog, a menu, a question with a few fields. All are <dialog>, shown modal: the page behind
// is inert, Esc closes, and the focus goes back to where it was.
import { cls, html, useEffect, useId, useRef, useSignal } from "../lib/ui.js";
import { Field, Summary, useForm } from "../lib/forms.js";
import { t } from "../lib/words.js";
import { Icon } from "./parts.js";

/** Closes a dialog at a click beside it. @param {MouseEvent} e */
function beside(e) {
  const box = /** @type {HTMLDialogElement} */ (e.currentTarget);
  if (e.target !== box) return;
  const r = box.getBoundingClientRect();
  if (e.clientX < r.left || e.clientX > r.right || e.clientY < r.top || e.clientY > r.bottom) box.close();
}

/**
 * @param {{ title: string, close: () => void, wide?: boolean, children?: any }} props it stands while it is drawn; close takes it away
 */
export function Dialog({ title, close, wide, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useEffect(() => { if (!box.current?.open) box.current?.showModal(); }, []);
  return html`<dialog class=${cls("dialog", wide && "wide-dialog")} ref=${box} aria-labelledby=${id} onClose=${close} onClick=${beside}>
    <div class="row sb nowrap"><h2 id=${id}>${title}</h2><button class="btn ghost icon" type="button" aria-label=${t("page.close")} onClick=${() => box.current?.close()}><${Icon} n="x" /></button></div>${children}</dialog>`;
}

/** @typedef {{ label: any, icon?: string, act: () => unknown, disabled?: boolean, bad?: boolean }} Item */

/**
 * A button and what it offers. On a phone it rises from the foot.
 * @param {{ label: string, title?: string, items: Item[], children?: any, class?: string }} props label: of the button, for who cannot see it; children: its face, three dots if none
 */
export function Menu({ label, title, items, children, class: more = "btn ghost icon" }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null)), button = useRef(/** @type {HTMLElement | null} */ (null));
  const open = useSignal(false);
  const show = () => {
    const menu = /** @type {HTMLDialogElement} */ (box.current), at = /** @type {HTMLElement} */ (button.current).getBoundingClientRect();
    open.value = true;
    menu.showModal();
    const { width, height } = menu.getBoundingClientRect(); // measured: a script may place what a style attribute may not
    menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
    menu.style.top = `${at.bottom + height + 8 > innerHeight ? Math.max(8, at.top - height - 4) : at.bottom + 4}px`;
  };
  /** @param {Item} item */
  const choose = (item) => { box.current?.close(); item.act(); };
  /** @param {KeyboardEvent} e */
  const keys = (e) => {
    e.stopPropagation(); // a card's own keys are not meant
    const all = [.../** @type {HTMLDialogElement} */ (box.current).querySelectorAll("button:not(:disabled)")];
    const at = all.indexOf(/** @type {Element} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    /** @type {HTMLElement} */ (all.at(to % all.length))?.focus();
  };
  return html`<button class=${more} type="button" ref=${button} aria-haspopup="menu" aria-expanded=${open.value} aria-label=${children ? undefined : label} onClick=${show}>${children ?? html`<${Icon} n="dots" />`}</button>
  <dialog class="menu pop" ref=${box} aria-label=${label} onClick=${beside} onClose=${() => { open.value = false; }} onKeyDown=${keys}>${title ? html`<p class="sub sm pad">${title}</p>` : null}
    <div role="menu" aria-label=${label}>${items.map((i) => html`<button type="button" role="menuitem" class=${i.bad ? "bad" : undefined} disabled=${i.disabled} onClick=${() => choose(i)}>${i.icon ? html`<${Icon} n=${i.icon} />` : null}<span>${i.label}</span></button>`)}</div></dialog>`;
}

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {any} [why]
 * @property {string} act the word on the button
 * @property {boolean} [bad] the step destroys something
 * @property {Record<string, any>} [start]
 * @property {(Record<string, any> & { name: string, label: string })[]} [fields] of Field
 * @property {(values: Record<string, any>, key: string) => Promise<any>} send
 * @property {(answer: any) => unknown} [done]
 */

/**
 * For a verb that needs a reason, a date, a choice: `const { ask, dialog } = useAsk()`, `${dialog}` somewhere in the page,
 * and ask({title, fields, act, send}). A refusal shows in the dialog, which stays open.
 */
export function useAsk() {
  const question = useSignal(/** @type {Question | null} */ (null));
  const close = () => { question.value = null; };
  return {
    /** @param {Question} q */
    ask(q) { question.value = q; },
    dialog: question.value ? html`<${Ask} q=${question.value} close=${close} />` : null,
  };
}

/** @param {{ q: Question, close: () => void }} props */
function Ask({ q, close }) {
  const form = useForm({ start: q.start ?? {}, send: q.send, done: async (answer) => { close(); await q.done?.(answer); } });
  return html`<${Dialog} title=${q.title} close=${close}><form class="stack" novalidate onSubmit=${form.submit}>${q.why ? html`<p class="sub">${q.why}</p>` : null}<${Summary} form=${form} />
    ${(q.fields ?? []).map((f) => html`<${Field} form=${form} ...${f} />`)}
    <div class="row"><button class=${cls("btn", q.bad && "bad")} disabled=${form.busy.value}>${q.act}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
