// @ts-check
// What staff do with the door of an event: its phones, gates and lists. Each asks first, and the page is read anew after it.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { clock, pair, t } from "../../lib/words.js";
import { Dialog } from "../../lib/forms.js";
import { Icon, Note } from "../../components/parts.js";
import { fromField, never, toField } from "./parts.js";

/** The page that asks: its event, its dialog, what it shows, and the code of a phone to show. @typedef {{ e: any, ask: (q: import("../../lib/forms.js").Question) => void, one: { reload: () => Promise<void> }, invited: { value: any } }} Page */

const name = (/** @type {string} */ label, more = {}) => ({ name: "name", label: t(label), required: true, maxlength: 80, autocomplete: "off", ...more });

/** @param {Page} page @param {string} word */
const done = ({ one }, word) => async () => { say(t(word)); await one.reload(); };

/** @param {Page} page @param {any} p the door @param {any} d null: another one */
export const phone = (page, p, d) => page.ask({
  title: t(d ? "door_page.phone_change" : "door_page.phone_add"), why: d ? undefined : t("door_page.phone_add_why"), act: t(d ? "state.save" : "door_page.phone_code"), start: d ? { name: d.name, gate: d.gate } : { gate: p.gates.length === 1 ? p.gates[0].id : "" },
  fields: [name("door_page.phone_name", { help: t("door_page.phone_name_help") }), ...(p.gates.length ? [{ name: "gate", as: "select", label: t("door_page.gate"), options: p.gates.map((/** @type {any} */ g) => ({ value: g.id, label: g.name })) }] : [])],
  send: (v, key) => (d ? call("PATCH", `/devices/${d.id}`, { name: v["name"], gate: v["gate"] ?? "", rev: d.rev }, { key }) : call("POST", `/events/${page.e.id}/devices`, { name: v["name"], gate: v["gate"] ?? "" }, { key })),
  done: async (answer) => { if (!d) page.invited.value = answer; await page.one.reload(); },
});

/** @param {Page} page @param {any} d */
export const invite = async (page, d) => { page.invited.value = await call("POST", `/devices/${d.id}/invite`, {}); await page.one.reload(); };

/** @param {Page} page @param {any} d */
export const revoke = (page, d) => page.ask({ title: t("door_page.revoke_title", d), why: t("door_page.revoke_why"), act: t("door_page.revoke"), bad: true, send: (_, key) => call("POST", `/devices/${d.id}/revoke`, {}, { key }), done: done(page, "door_page.revoked") });

/** @param {Page} page @param {any} g null: another one */
export const gate = (page, g) => page.ask({ title: t(g ? "door_page.gate_change" : "door_page.gate_add"), act: t("state.save"), start: g ? { name: g.name } : {}, fields: [name("door_page.gate_name", { help: t("door_page.gate_help") })],
  send: (v, key) => (g ? call("PATCH", `/gates/${g.id}`, { name: v["name"], rev: g.rev }, { key }) : call("POST", `/events/${page.e.id}/gates`, v, { key })), done: done(page, "door_page.gate_saved") });

/** @param {Page} page @param {any} p the door @param {any} l null: another one */
export const list = (page, p, l) => page.ask({
  title: t(l ? "door_page.list_change" : "door_page.list_add"), why: t("door_page.list_why"), act: t("state.save"),
  start: l ? { ...l, opens_at: toField(l.opens_at), closes_at: toField(l.closes_at), ...Object.fromEntries(l.types.map((/** @type {string} */ id) => [`type.${id}`, true])) } : { name: p.lists.length ? "" : t("door_page.list_first"), max_entries: 1 },
  fields: [name("door_page.list_name", { maxlength: 120 }), { name: "max_entries", as: "amount", label: t("door_page.entries"), help: t("door_page.entries_help"), required: true }, { name: "per_day", as: "check", label: t("door_page.per_day") },
    ...(p.types.length > 1 ? p.types.map((/** @type {any} */ y) => ({ name: `type.${y.id}`, as: "check", label: t("door_page.takes", { name: pair(y, "name") }) })) : []),
    { name: "opens_at", type: "datetime-local", label: t("door_page.opens") }, { name: "closes_at", type: "datetime-local", label: t("door_page.closes") }],
  send: (v, key) => {
    const body = { name: v["name"], max_entries: Number(v["max_entries"] ?? 0), per_day: Boolean(v["per_day"]), types: p.types.filter((/** @type {any} */ y) => v[`type.${y.id}`]).map((/** @type {any} */ y) => y.id), opens_at: fromField(v["opens_at"]) ?? never, closes_at: fromField(v["closes_at"]) ?? never, rev: l?.rev };
    return l ? call("PATCH", `/checkin-lists/${l.id}`, body, { key }) : call("POST", `/events/${page.e.id}/checkin-lists`, body, { key });
  },
  done: done(page, "door_page.list_saved"),
});

/** @param {Page} page @param {any} l */
export const drop = (page, l) => page.ask({ title: t("door_page.list_drop_title", l), why: t("door_page.list_drop_why"), act: t("door_page.list_drop"), bad: true, send: (_, key) => call("DELETE", `/checkin-lists/${l.id}`, {}, { key }), done: done(page, "door_page.list_dropped") });

/** Gives up the keys that signed the tickets. @param {Page} page */
export const retire = (page) => page.ask({ title: t("door_page.keys_title"), why: t("door_page.keys_why"), act: t("door_page.keys_go"), bad: true, fields: [{ name: "reason", as: "area", label: t("door_page.keys_reason"), required: true, max: 500 }], send: (v, key) => call("POST", `/events/${page.e.id}/retire-keys`, v, { key }), done: done(page, "door_page.keys_done") });

/** The code of a phone, as a picture for its camera and as letters to type. It holds once, and stands nowhere else. @param {{ at: any, phone: any, close: () => void }} props at: the answer to who asked for a code; phone: as it stands now */
export function Invite({ at, phone, close }) {
  const here = phone && !["waiting", "lapsed"].includes(phone.status) && phone.rev !== at.rev;
  const copy = () => navigator.clipboard.writeText(at.link).then(() => say(t("door_page.copied")), () => say(t("door_page.not_copied"), { bad: true }));
  return html`<${Dialog} title=${t("door_page.invite_title", { name: phone?.name ?? "" })} close=${close}><div class="stack">
    ${here ? html`<${Note} tone="b">${t("door_page.came_in", { name: phone.name })}<//>` : html`<p class="sub">${t("door_page.invite_why")}</p>
      <div class="qr door-qr"><svg viewBox=${at.box} role="img" aria-label=${t("door_page.invite_picture")}><path d=${at.path} /></svg></div>
      <p class="door-code tn">${at.code.match(/.{4}/g).join(" ")}</p>
      <p class="sub">${t("door_page.invite_until", { clock: clock(at.until) })}</p>`}
    <div class="row">${here ? null : html`<button class="btn line" type="button" onClick=${copy}><${Icon} n="copy" />${t("door_page.copy")}</button>`}<button class=${here ? "btn" : "btn line"} type="button" onClick=${close}>${t("page.close")}</button></div></div><//>`;
}
