// @ts-check
// A form that saves itself, with a draft that outlives a lost connection and a closed tab.
import { html, untracked, useEffect, useMemo, useRef, useSignal } from "./ui.js";
import { asRefusal, me, newKey, Refusal } from "./api.js";
import { blanks, newForm, refuse, Stale } from "./forms.js";
import { clock, t } from "./words.js";
import { Icon } from "../components/parts.js";

/** @typedef {import("./forms.js").Values} Values */

/**
 * Saves values by itself: a moment after the last edit, one save at a time, the newest always last. What has not reached
 * the server lies in store, so that a closed tab or a lost connection costs nothing. No view in it: tests drive it.
 *
 * @param {object} how
 * @param {(values: Values, rev: number, key: string) => Promise<Kept>} how.send
 * @param {number} how.rev of the row as read
 * @param {(state: SaveState, why?: Refusal) => void} how.tell
 * @param {{ get: () => Draft | null, set: (d: Draft) => void, remove: () => void }} how.store
 * @param {number} [how.wait] milliseconds of quiet before a save
 * @typedef {"idle" | "waiting" | "saving" | "saved" | "offline" | "stale" | "refused"} SaveState
 * @typedef {{ values: Values, rev: number }} Draft
 * @typedef {{ rev: number, unkept?: Refusal | null }} Kept unkept: what of the values the server did not take, though it kept the others
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
        const kept = await send(values, rev, key);
        rev = kept.rev;
        key = "";
        if (pending) store.set({ values: pending, rev });
        else if (kept.unkept) { pending = values; store.set({ values, rev }); tell("refused", kept.unkept); return; } // it waits for an edit
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

/** What a person was told is missing, and still is: a save that went well says nothing of it. @param {import("./forms.js").Form} form */
export function unfilled(form) {
  const empty = blanks(form);
  return Object.fromEntries(Object.entries(form.problems.value).filter(([name]) => name in empty));
}

/**
 * A form that saves by itself. state says how far it is; <Saved> shows it.
 *
 * @param {object} how
 * @param {string} how.id names the draft, such as "application.abc"
 * @param {Values} how.start
 * @param {number} how.rev
 * @param {(values: Values, rev: number, key: string) => Promise<Kept>} how.send
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
        if (s === "saved") { at.value = Date.now(); form.problems.value = unfilled(form); form.refusal.value = null; }
        if (why && s === "refused") form.problems.value = Object.fromEntries(Object.entries(why.fields).map(([n, f]) => [n, f.message]));
        if (why) form.refusal.value = why; // whoever wants to send is told so, also that nobody can be reached
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

/** Stale, for a form that saves itself. @param {{ form: ReturnType<typeof useAutosave>, reload: () => unknown }} props reload: reads the row anew */
export const StaleSave = ({ form, reload }) => html`<${Stale} form=${{ refusal: form.refusal, insist: form.saver.insist }} theirs=${(/** @type {number} */ rev) => { form.saver.yield(rev); reload(); }} />`;
