// @ts-check
// Every mail that the house has written: what went, what waits, what failed and why; and the addresses to which none goes
// any more. What a mail said is not kept here.
import { html, say, useState } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { given, has, moment, num, relative, t } from "../../lib/words.js";
import { Choice, Empty, Head, Segments, Status, Table } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";

export const title = () => t("outbox.title");

/** What a kind is called; one that a newer binary has written has no words here. @param {string} kind */
const about = (kind) => { const key = kind === "test" || kind === "other" ? `outbox.kind_${kind}` : `notice_kind.${kind}`; return has(key) ? t(key) : kind; };

/** Which of a row of reminders it is: "-3d of 2026-12-10T…". What other rules say of themselves is for the CSV. @param {string} why */
function step(why) {
  const [, side, n, unit] = why.match(/^([+-])(\d+)([dh]) of /) ?? [];
  return side ? t(n === "0" ? "outbox.step_day" : `outbox.step_${side === "-" ? "before" : "after"}_${unit}`, { n: Number(n) }) : "";
}
const states = ["queued", "sending", "sent", "bounced", "complained", "failed", "lost", "suppressed", "stale", "folded"];

export function Page() {
  const [of, see] = useState("log");
  const tabs = html`<${Segments} label=${t("outbox.which")} value=${of} set=${see} options=${[{ value: "log", label: t("outbox.log") }, { value: "closed", label: t("outbox.closed") }]} />`;
  return html`<${Head} title=${t("outbox.title")} sub=${t(of === "log" ? "outbox.lead" : "outbox.closed_lead")}>${tabs}<//>${of === "log" ? html`<${Log} />` : html`<${Closed} />`}`;
}

/** For staff who would rather write to somebody in Zalo. @param {string} text */
const copy = (text) => navigator.clipboard.writeText(text).then(() => say(t("zalo.copied")), () => say(t("zalo.not_copied"), { bad: true }));

/** Says a refusal, or what was done. @param {Promise<any>} done @param {string} key @param {() => void} after */
const told = (done, key, after) => done.then(() => { say(t(key)); after(); }, (e) => say(asRefusal(e).message, { bad: true }));

function Log() {
  const list = useList("/outbox", { limit: 25, params: { q: "", status: "" }, on: ["outbox"] });
  const waits = useOne("/outbox/waiting", { on: ["outbox"] }).data.value;
  const again = (/** @type {any} */ r) => told(call("POST", `/outbox/${r.id}/again`, {}), "outbox.gone_again", list.reload);
  const columns = [
    { title: t("outbox.to"), cell: (/** @type {any} */ r) => html`${r.name || r.address}<br /><span class="fw4 muted">${r.name ? r.address : ""}</span>` },
    { title: t("outbox.what"), full: true, cell: (/** @type {any} */ r) => html`${about(r.kind)}${r.again ? html` · ${t("outbox.copy")}` : null}${step(r.why) ? html`<br /><span class="muted">${step(r.why)}</span>` : null}` },
    { title: t("outbox.at"), cell: (/** @type {any} */ r) => moment(r.at) },
    { title: t("people.status"), full: true, cell: (/** @type {any} */ r) => html`<${Status} of="outbox" is=${r.status} tone=${r.status === "sent" ? "ok" : undefined} />${notes(r).map((n) => html`<br /><span class="muted">${n}</span>`)}` },
    { title: "", full: true, cell: (/** @type {any} */ r) => html`${r.may_again ? html`<button class="btn ghost sm" type="button" onClick=${() => again(r)}>${t("outbox.go_again")}</button>` : null}${r.zalo ? html`<button class="btn ghost sm" type="button" onClick=${() => copy(r.zalo)}>${t("zalo.copy")}</button>` : null}` },
  ];
  return html`${waits ? html`<p class="sub gap-b">${waits.queued + waits.overdue + waits.lost + waits.failed ? t("outbox.backlog", { queued: num(waits.queued), overdue: num(waits.overdue), lost: num(waits.lost), failed: num(waits.failed) }) : t("outbox.backlog_none")}</p>` : null}
    <${Table} list=${list} columns=${columns} label=${t("outbox.title")} search=${t("outbox.search")} csv="mail.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("people.status")} options=${[{ value: "", label: t("state.any") }, ...states.map((s) => ({ value: s, label: t(`status.outbox.${s}`) }))]} />`}
      empty=${html`<${Empty} icon="mail" title=${t("outbox.none")} why=${t("outbox.none_why")} />`} />`;
}

/** What became of a letter, line by line. @param {any} r */
function notes(r) {
  return [
    given(r.sent_at) && moment(r.sent_at), given(r.delivered_at) && t("outbox.arrived", { when: moment(r.delivered_at) }),
    given(r.next_at) && r.attempts && t("outbox.again", { when: relative(r.next_at) }), r.trouble && t(`letter.trouble_${r.trouble}`), r.error,
  ].filter(Boolean);
}

function Closed() {
  const list = useList("/suppressions", { params: { q: "" }, on: ["suppressions"] });
  const lifts = standing().roles.includes("manager");
  const lift = (/** @type {any} */ s) => told(call("POST", `/suppressions/${s.id}/lift`, {}), "outbox.lifted", list.reload);
  const columns = [
    { title: t("outbox.to"), cell: (/** @type {any} */ s) => s.address },
    { title: t("outbox.reason"), full: true, cell: (/** @type {any} */ s) => html`${t(`outbox.reason_${s.reason}`)}${s.detail ? html`<br /><span class="muted">${s.detail}</span>` : null}` },
    { title: t("outbox.since"), cell: (/** @type {any} */ s) => moment(s.at) },
    ...(lifts ? [{ title: "", full: true, cell: (/** @type {any} */ s) => html`<button class="btn line sm" type="button" onClick=${() => lift(s)}>${t("outbox.lift")}</button>` }] : []),
  ];
  return html`<${Table} list=${list} columns=${columns} label=${t("outbox.closed")} search=${t("outbox.search")} empty=${html`<${Empty} icon="mail" title=${t("outbox.closed_none")} />`} />`;
}
