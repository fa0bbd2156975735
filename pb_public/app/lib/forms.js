// @ts-check
// Forms: fields with label, help and error; a summary of what is wrong; saving by itself with a draft that outlives a lost
// connection. A form holds values and problems by field name; <Field form name> draws and binds one of them.
import { cls, html, signal, untracked, useEffect, useId, useMemo, useRef, useSignal } from "./ui.js";
import { asRefusal, me, newKey, Refusal } from "./api.js";
import { clock, num, t } from "./words.js";
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
function newForm(start) {
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
function blanks(form) {
  /** @type {Record<string, string>} */
  const wrong = {};
  for (const [name, f] of form.fields) {
    const v = form.values.value[name];
    if (f.required && (v === undefined || v === null || v === false || String(v).trim() === "")) wrong[name] = t("form.required");
  }
  return wrong;
}

/** Puts a refusal where it belongs: beside its fields, or in the summary. @param {Form} form @param {Refusal} why */
function refuse(form, why) {
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
 * @param {(values: Values, key: string) => Promise<T>} how.send key: for call, the same while a lost answer is asked for again
 * @param {(answer: T) => unknown} [how.done]
 * @param {(values: Values) => Record<string, string>} [how.check] what is wrong, by field name
 */
export function useForm({ start, send, done, check }) {
  const form = useMemo(() => untracked(() => newForm(start)), []);
  const busy = useSignal(false);
  const attempt = useRef({ body: "", key: "" });
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
      const answer = await how.current.send(form.values.value, attempt.current.key);
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
  return { ...form, busy, submit };
}

/**
 * Saves values by itself: a moment after the last edit, one save at a time, the newest always last. What has not reached
 * the server lies in store, so that a closed tab or a lost connection costs nothing. No view in it: tests drive it.
 *
 * @param {object} how
 * @param {(values: Values, rev: number, key: string) => Promise<{ rev: number }>} how.send
 * @param {number} how.rev of the row as read
 * @param {(state: SaveState, why?: Refusal) => void} how.tell
 * @param {{ get: () => Draft | null, set: (d: Draft) => void, remove: () => void }} how.store
 * @param {number} [how.wait] milliseconds of quiet before a save
 * @typedef {"idle" | "waiting" | "saving" | "saved" | "offline" | "stale" | "refused"} SaveState
 * @typedef {{ values: Values, rev: number }} Draft
 */
export function autosave({ send, rev, tell, store, wait = 900 }) {
  /** @type {Values | null} */
  let pending = null;
  /** @type {Promise<void> | null} */
  let running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let key = "";
  let blocked = false; // a stale row waits for the person's word

  async function work() {
    while (pending && !blocked) {
      const values = pending;
      pending = null;
      key ||= newKey();
      tell("saving");
      try {
        ({ rev } = await send(values, rev, key));
        key = "";
        if (pending) store.set({ values: pending, rev });
        else { store.remove(); tell("saved"); }
      } catch (e) {
        const why = asRefusal(e);
        if (!why.lost) key = "";
        if (pending) key = ""; // another body
        pending ??= values;
        if (why.lost) { tell("offline", why); timer = setTimeout(flush, 15e3); return; }
        blocked = why.stale;
        tell(why.stale ? "stale" : "refused", why);
        return;
      }
    }
  }

  /** Saves at once what waits. Resolves when nothing more can be saved now; rev is then the newest known. */
  async function flush() {
    clearTimeout(timer);
    running ??= work().finally(() => { running = null; });
    await running;
    return { rev, saved: !pending };
  }

  return {
    /** Takes the values as they are now. @param {Values} values */
    edit(values) {
      pending = values;
      key = "";
      store.set({ values, rev });
      if (blocked) return;
      tell("waiting");
      clearTimeout(timer);
      timer = setTimeout(flush, wait);
    },
    flush,
    /** After a stale row: ours goes over theirs. @param {number} theirs the rev that is stored */
    insist(theirs) { blocked = false; rev = theirs; return flush(); },
    /** After a stale row: ours is dropped. @param {number} theirs */
    yield(theirs) { blocked = false; pending = null; rev = theirs; store.remove(); tell("idle"); },
    /** The row was read anew. With nothing of ours on its way, edits go on from there. @param {number} theirs @returns {boolean} whether they do */
    meet(theirs) { if (pending || running || blocked) return false; rev = Math.max(rev, theirs); return true; },
    /** A draft that an earlier visit could not save, if it is of this revision. */
    draft() { const d = store.get(); return d && d.rev === rev ? d.values : null; },
    stop() { clearTimeout(timer); if (pending && !blocked) flush(); },
    get rev() { return rev; },
  };
}

/**
 * A form that saves by itself. state says how far it is; <Saved> shows it.
 *
 * @param {object} how
 * @param {string} how.id names the draft, such as "application.abc"
 * @param {Values} how.start
 * @param {number} how.rev
 * @param {(values: Values, rev: number, key: string) => Promise<{ rev: number }>} how.send
 */
export function useAutosave({ id, start, rev, send }) {
  const place = `vuon.draft.${me.value?.id ?? "guest"}.${id}`;
  const state = useSignal(/** @type {SaveState} */ ("idle"));
  const at = useSignal(0);
  const latest = useRef(send);
  latest.current = send;
  const { form, saver } = useMemo(() => untracked(() => {
    const form = newForm(start);
    const store = {
      /** @returns {Draft | null} */
      get: () => { try { return JSON.parse(localStorage.getItem(place) ?? "null"); } catch { return null; } },
      set: (/** @type {Draft} */ d) => { try { localStorage.setItem(place, JSON.stringify(d)); } catch { /* full or forbidden: the server still gets it */ } },
      remove: () => localStorage.removeItem(place),
    };
    const saver = autosave({
      rev: store.get()?.rev ?? rev, // a draft goes out from the revision it was written on: is that an old one, the server shows both
      send: (values, rev, key) => latest.current(values, rev, key),
      store,
      tell(s, why) {
        state.value = s;
        if (s === "saved") { at.value = Date.now(); form.problems.value = {}; form.refusal.value = null; }
        if (why && s === "refused") { form.problems.value = Object.fromEntries(Object.entries(why.fields).map(([n, f]) => [n, f.message])); form.refusal.value = why; }
        if (why && s === "stale") form.refusal.value = why;
      },
    });
    const kept = saver.draft();
    if (kept) { form.values.value = { ...start, ...kept }; saver.edit(form.values.value); }
    const set = form.set;
    form.set = (name, value) => { set(name, value); saver.edit(form.values.value); };
    return { form, saver };
  }), [place]);
  useEffect(() => {
    const now = () => { if (document.visibilityState === "hidden" || navigator.onLine) saver.flush(); };
    addEventListener("online", now);
    document.addEventListener("visibilitychange", now);
    return () => { removeEventListener("online", now); document.removeEventListener("visibilitychange", now); saver.stop(); };
  }, [saver]);
  return {
    ...form, state, at, saver,
    /** Whether every required field has something in it; marks those that do not. */
    complete() {
      form.problems.value = blanks(form);
      if (Object.keys(form.problems.value).length === 0) return true;
      form.asked.value++;
      return false;
    },
    /** Shows why something that followed was refused. @param {unknown} e */
    refuse: (e) => refuse(form, asRefusal(e)),
  };
}

/** How far saving is: "Đã lưu 10:42". @param {{ form: { state: { value: SaveState }, at: { value: number } } }} props */
export function Saved({ form }) {
  const s = form.state.value;
  const icon = { idle: "", waiting: "edit", saving: "sync", saved: "okc", offline: "off", stale: "warn", refused: "warn" }[s];
  return html`<p class="saved" role="status" data-save=${s}>${icon ? html`<${Icon} n=${icon} />${t(`form.save_${s}`, { at: form.at.value ? clock(form.at.value) : "" })}` : null}</p>`;
}

/** What to do about a row that somebody else has saved meanwhile. @param {{ form: any, reload: () => unknown }} props */
export function Stale({ form, reload }) {
  const why = form.refusal.value;
  if (!why?.stale) return null;
  const theirs = why.shown["stored"]?.rev ?? 0;
  return html`<div class="alert w" role="alert"><${Icon} n="warn" /><div class="stack s2"><p><b>${t("form.stale")}</b> ${t("form.stale_why")}</p>
    <div class="row"><button class="btn sm" type="button" onClick=${() => { form.refusal.value = null; form.saver.insist(theirs); }}>${t("form.stale_mine")}</button>
    <button class="btn sm line" type="button" onClick=${() => { form.saver.yield(theirs); form.refusal.value = null; reload(); }}>${t("form.stale_theirs")}</button></div></div></div>`;
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
  const input = html`<input type="text" inputmode="numeric" autocomplete="off" ...${common} class=${cls("tn", common.class)} value=${shown}
    onFocus=${() => { typing.value = value === null || value === undefined ? "" : String(value); }} onBlur=${() => { typing.value = null; }}
    onInput=${(/** @type {any} */ e) => { const text = e.currentTarget.value; typing.value = text; const digits = text.replace(/[^\d-]/g, ""); set(digits === "" || digits === "-" ? null : Number(digits)); }} />`;
  return unit ? html`<div class="pre">${input}<span class="unit r">${unit}</span></div>` : input;
}
