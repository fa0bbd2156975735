// @ts-check
// What the pages of the staff share: states, sums, and the dialogs that are loaded when somebody opens them.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { clock, day } from "../../lib/words.js";

/** The states of an intake, in the order of its life. */
export const states = ["draft", "published", "open", "closed", "deciding", "released", "archived", "cancelled"];

/** How many applications were handed in and not taken back. @param {Record<string, number> | undefined} counts by state */
export const handedIn = (counts = {}) => Object.entries(counts).reduce((sum, [state, n]) => (state === "draft" || state === "withdrawn" ? sum : sum + n), 0);

/** An instant as a field of the type datetime-local holds it, on a clock in Ho Chi Minh City. @param {string} at */
export const toField = (at) => (at ? `${day(at)}T${clock(at)}` : "");

/** The instant that such a field means. @param {string} field */
export const fromField = (field) => (field ? new Date(`${field}:00+07:00`).toISOString() : "");

/** From how many points between two judges staff should look again: for the whole sheet, and for one criterion. */
export const apart = { sheet: 1, criterion: 2 };

/**
 * A dialog whose module comes when it is opened. show gives it its props, and close.
 * @param {() => Promise<any>} load answers with a component
 */
export function useLate(load) {
  const open = useSignal(/** @type {{ Part: any, props: any } | null} */ (null));
  const close = () => { open.value = null; };
  return {
    /** @param {any} props */
    async show(props) {
      try { open.value = { Part: await load(), props }; } catch (e) { say(asRefusal(e).message, { bad: true }); }
    },
    dialog: open.value ? html`<${open.value.Part} ...${open.value.props} close=${close} />` : null,
  };
}

/** The dialog in which an intake is written. */
export function useTerms() {
  const late = useLate(() => import("./terms.js").then((m) => m.Terms));
  return {
    /** @param {(answer: any) => unknown} done */
    announce: (done) => late.show({ intake: null, done }),
    /** @param {any} intake @param {(answer: any) => unknown} done */
    edit: (intake, done) => late.show({ intake, done }),
    dialog: late.dialog,
  };
}
