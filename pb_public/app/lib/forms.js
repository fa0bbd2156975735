// @ts-check
// Forms: fields with label, help and error; a summary of what is wrong. A form holds values and problems by field name;
// <Field form name> draws and binds one of them. autosave.js makes a form that saves itself. And what lies over the page: a
// dialog, a menu, a question with a few fields. All are <dialog>, shown modal: the page behind is inert, Esc closes, and the
// focus goes back to where it was.
import { cls, html, signal, untracked, useEffect, useId, useMemo, useRef, useSignal } from "./ui.js";
import { asRefusal, newKey, Refusal } from "./api.js";
import { num, t } from "./words.js";
import { Icon } from "../components/parts.js";

/** @typedef {Record<string, any>} Values */
/**
 * What Field and Summary need of a form.
 * @typedef {object} Form
 * @property {{ value: Values }} values
 * @property {{ value: Record<string, string> }} problems by field name
 * @property {{ value: Refusal | null }} refusal
 * @property {{ value: number }} asked counts the tries that failed; the summary takes the focus then
 * @property {Map<string, { label: string, required: boolean, id: string }>} fields those that stand on the page
 * @property {(name: string, value: any) => void} set
 */

/** @returns {Form} @param {Values} start */
export function newForm(start) {
  const values = signal(start), problems = signal(/** @type {Record<string, string>} */ ({}));
  return {
    values, problems, refusal: signal(/** @type {Refusal | null} */ (null)), asked: signal(0), fields: new Map(),
    set(name, value) {
      values.value = { ...values.value, [name]: value };
      if (problems.value[name]) {
        const { [name]: _, ...rest } = problems.value;
        problems.value = rest;
      }
    },
  };
}

/** Required fields that are empty. @param {Form} form */
export function blanks(form) {
  /** @type {Record<string, string>} */
  const wrong = {};
  for (const [name, f] of form.fields) {
    const v = form.values.value[name];
    if (f.required && (v === undefined || v === null || v === false || String(v).trim() === "")) wrong[name] = t("form.required");
  }
  return wrong;
}

/** Puts a refusal where it belongs: beside its fields, or in the summary. @param {Form} form @param {Refusal} why */
export function refuse(form, why) {
  form.problems.value = Object.fromEntries(Object.entries(why.fields).map(([name, f]) => [name, f.message]));
  form.refusal.value = why;
  form.asked.value++;
}

/**
 * A form that is sent by a button.
 *
 * @template T
 * @param {object} how
 * @param {Values} how.start
 * @param {(values: Values, key: string, rev: number) => Promise<T>} how.send key: for call, the same while a lost answer is asked for again
 * @param {number} [how.rev] of the row that is edited, as it was read; send gets it
 * @param {(answer: T) => unknown} [how.done]
 * @param {(values: Values) => Record<string, string>} [how.check] what is wrong, by field name
 */
export function useForm({ start, send, rev = 0, done, check }) {
  const form = useMemo(() => untracked(() => newForm(start)), []);
  const busy = useSignal(false);
  const attempt = useRef({ body: "", key: "" });
  const upon = useRef(rev);
  const how = useRef({ send, done, check });
  how.current = { send, done, check };
  /** @param {Event} [e] */
  const submit = async (e) => {
    e?.preventDefault();
    if (busy.value) return;
    const wrong = { ...blanks(form), ...how.current.check?.(form.values.value) };
    form.problems.value = wrong;
    form.refusal.value = null;
    if (Object.keys(wrong).length) {
      form.asked.value++;
      return;
    }
    const body = JSON.stringify(form.values.value);
    if (attempt.current.body !== body) attempt.current = { body, key: newKey() };
    busy.value = true;
    try {
      const answer = await how.current.send(form.values.value, attempt.current.key, upon.current);
      attempt.current.body = "";
      await how.current.done?.(answer);
    } catch (e) {
      const why = asRefusal(e);
      if (!why.lost) attempt.current.body = "";
      refuse(form, why);
    } finally {
      busy.value = false;
    }
  };
  /** Sends over somebody else's version. @param {number} rev theirs */
  const insist = (rev) => { upon.current = rev; return submit(); };
  return { ...form, busy, submit, insist };
}

/**
 * What to do about a row that somebody else has saved meanwhile.
 * @param {{ form: Pick<Form, "refusal"> & { insist: (rev: number) => unknown }, theirs: (rev: number) => unknown }} props theirs: the row is read anew
 */
export function Stale({ form, theirs }) {
  const why = form.refusal.value;
  if (!why?.stale) return null;
  const rev = why.shown["stored"]?.rev ?? 0;
  const choose = (/** @type {(rev: number) => unknown} */ way) => { form.refusal.value = null; way(rev); };
  return html`<div class="alert w" role="alert"><${Icon} n="warn" /><div class="stack s2"><p><b>${t("form.stale")}</b> ${t("form.stale_why")}</p>
    <div class="row"><button class="btn sm" type="button" onClick=${() => choose(form.insist)}>${t("form.stale_mine")}</button>
    <button class="btn sm line" type="button" onClick=${() => choose(theirs)}>${t("form.stale_theirs")}</button></div></div></div>`;
}

/** What is wrong with a form, in one place; takes the focus after a failed try. @param {{ form: Form }} props */
export function Summary({ form }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const names = Object.keys(form.problems.value);
  const why = form.refusal.value;
  const asked = form.asked.value;
  useEffect(() => { if (asked) box.current?.focus(); }, [asked]);
  if (!asked || (names.length === 0 && (!why || why.stale))) return null;
  const known = names.filter((n) => form.fields.has(n));
  /** @param {Event} e @param {string} id */
  const jump = (e, id) => { e.preventDefault(); document.getElementById(id)?.focus(); };
  return html`<div class="alert r" role="alert" tabindex="-1" ref=${box}><${Icon} n="stop" /><div>
    <b>${known.length ? t("form.mend", { n: known.length }) : why?.message ?? names.map((n) => form.problems.value[n]).join(" ")}</b>
    ${known.length ? html`<ul>${known.map((n) => { const f = /** @type {{label: string, id: string}} */ (form.fields.get(n)); return html`<li><a href=${`#${f.id}`} onClick=${(/** @type {Event} */ e) => jump(e, f.id)}>${f.label}${/[?.:]$/.test(f.label) ? "" : ":"} ${form.problems.value[n]}</a></li>`; })}</ul>` : null}
  </div></div>`;
}

/**
 * One field of a form.
 *
 * @param {object} props
 * @param {any} props.form of useForm or useAutosave
 * @param {string} props.name
 * @param {string} props.label
 * @param {any} [props.help] under the label
 * @param {"input" | "area" | "select" | "check" | "options" | "segments" | "amount"} [props.as]
 * @param {string} [props.type] of an input
 * @param {{ value: string, label: string, help?: string, disabled?: boolean }[]} [props.options]
 * @param {boolean} [props.required]
 * @param {boolean} [props.marked] false: does not say that it is optional, where nothing is asked for
 * @param {string} [props.unit] behind an amount
 * @param {number} [props.max] letters; the rest is counted
 * @param {any} [props.note] under the control, such as a count of words
 * @param {boolean} [props.over] the note tells of too much
 * @param {string} [props.class]
 */
export function Field({ form, name, label, help, as = "input", type = "text", options = [], required = false, marked = true, unit, max, note, over = false, class: more, ...rest }) {
  const id = `f-${name}${useId()}`;
  useEffect(() => { form.fields.set(name, { label, required, id }); return () => { form.fields.delete(name); }; }, [form, name, label, required, id]);
  const value = form.values.value[name];
  const wrong = form.problems.value[name];
  const left = max && typeof value === "string" && value.length > max * 0.8 ? max - value.length : null;
  const told = [help ? `${id}-h` : "", wrong ? `${id}-e` : "", left !== null || note ? `${id}-n` : ""].filter(Boolean).join(" ") || undefined;
  const common = { id, name, "aria-describedby": told, "aria-invalid": wrong ? "true" : undefined, required, ...rest };
  const set = (/** @type {any} */ v) => form.set(name, v);
  const typed = (/** @type {any} */ e) => set(e.currentTarget.value);
  const hint = help ? html`<p class="hint" id=${`${id}-h`}>${help}</p>` : null;
  const error = wrong ? html`<p class="err" id=${`${id}-e`}><${Icon} n="stop" s />${wrong}</p>` : null;
  const optional = required || !marked || as === "check" ? null : html` <span class="fw4 muted">${t("form.optional")}</span>`;
  const counted = left !== null ? html`<p class=${cls("hint", left < 0 && "bad")} id=${`${id}-n`}>${t(left < 0 ? "form.letters_over" : "form.letters_left", { n: Math.abs(left) })}</p>` : note ? html`<p class=${cls("hint", over && "bad")} id=${`${id}-n`}>${note}</p>` : null;
  if (as === "check") {
    return html`<div class=${cls("field", more)}><label class="check"><input type="checkbox" ...${common} checked=${Boolean(value)} onChange=${(/** @type {any} */ e) => set(e.currentTarget.checked)} /><span>${label}</span></label>${hint}${error}</div>`;
  }
  if (as === "options" || as === "segments") {
    const one = (/** @type {typeof options[number]} */ o, /** @type {number} */ i) => html`<label class=${as === "options" ? "opt" : undefined}><input type="radio" id=${i ? undefined : id} name=${id} value=${o.value} disabled=${o.disabled} checked=${value === o.value} aria-describedby=${told} onChange=${() => set(o.value)} /><span>${o.label}${o.help ? html`<small>${o.help}</small>` : null}</span></label>`;
    return html`<fieldset class=${cls("field", more)} aria-describedby=${told} aria-invalid=${wrong ? "true" : undefined}><legend class="lbl">${label}${optional}</legend>${hint}
      <div class=${as === "options" ? "stack s2" : "seg"}>${options.map(one)}</div>${error}</fieldset>`;
  }
  const control = as === "area" ? html`<textarea ...${common} onInput=${typed}>${value ?? ""}</textarea>`
    : as === "select" ? html`<select ...${common} onChange=${typed}>${value ? null : html`<option value="">${t("form.choose")}</option>`}${options.map((o) => html`<option value=${o.value} selected=${o.value === value} disabled=${o.disabled}>${o.label}</option>`)}</select>`
    : as === "amount" ? html`<${Amount} common=${common} value=${value} set=${set} unit=${unit} />`
    : html`<input type=${type} ...${common} value=${value ?? ""} onInput=${typed} />`;
  return html`<div class=${cls("field", more)}><label for=${id}>${label}${optional}</label>${hint}${control}${counted}${error}</div>`;
}

/**
 * A whole number, grouped when nobody types in it. Empty is null, never 0.
 * @param {{ common: any, value: number | null | undefined, set: (v: number | null) => void, unit: string | undefined }} props
 */
function Amount({ common, value, set, unit }) {
  const typing = useSignal(/** @type {string | null} */ (null));
  const shown = typing.value ?? (value === null || value === undefined ? "" : num(value, 0));
  const focus = (/** @type {any} */ e) => {
    const box = e.currentTarget, whole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    typing.value = value === null || value === undefined ? "" : String(value);
    if (whole) requestAnimationFrame(() => box.select()); // who came by the key Tab replaces the number, and must not add digits to it
  };
  const input = html`<input type="text" inputmode="numeric" autocomplete="off" ...${common} class=${cls("tn", common.class)} value=${shown}
    onFocus=${focus} onBlur=${() => { typing.value = null; }}
    onInput=${(/** @type {any} */ e) => { const text = e.currentTarget.value; typing.value = text; const digits = text.replace(/[^\d-]/g, ""); set(digits === "" || digits === "-" ? null : Number(digits)); }} />`;
  return unit ? html`<div class="pre">${input}<span class="unit r">${unit}</span></div>` : input;
}

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
 * @property {(Record<string, any> & { name: string, label: string })[]} [fields] of Field, or of the component that part names
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
    ${(q.fields ?? []).map((f) => html`<${f["part"] ?? Field} form=${form} ...${f} />`)}
    <div class="row"><button class=${cls("btn", q.bad && "bad")} disabled=${form.busy.value}>${q.act}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}
