// @ts-check
// What people ask about their data, by the date an answer is due. For whoever keeps the privacy of the house.
import { html, say } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { date, given, relative, t } from "../../lib/words.js";
import { useAsk } from "../../lib/forms.js";
import { Badge, Choice, Empty, Head, Status, Table } from "../../components/parts.js";

export const title = () => t("data_requests.title");

const steps = /** @type {Record<string, string[]>} */ ({ received: ["verify", "refuse"], verifying: ["begin", "refuse"], in_progress: ["fulfil", "refuse"] });

export function Page() {
  const list = useList("/data-requests", { params: { status: "" }, on: ["data_requests"] });
  const { ask, dialog } = useAsk();
  /** @param {any} r @param {string} verb */
  function step(r, verb) {
    const done = () => { say(t(`data_request.done_${verb}`)); list.reload(); };
    if (verb === "verify" || verb === "begin") {
      call("POST", `/data-requests/${r.id}/${verb}`, {}).then(done, (e) => say(asRefusal(e).message, { bad: true }));
      return;
    }
    ask({
      title: t(`data_request.go_${verb}`), why: t(`data_request.kind_${r.kind}`), act: t(`data_request.go_${verb}`), bad: verb === "refuse",
      fields: [{ name: "answer", as: "area", label: t("data_request.reply"), help: t("data_request.reply_help"), required: true, max: 2000 }],
      send: (v, key) => call("POST", `/data-requests/${r.id}/${verb}`, v, { key }), done,
    });
  }
  const columns = [
    { title: t("people.name"), cell: (/** @type {any} */ r) => html`${r.full_name || r.email}<br /><span class="fw4 muted">${r.email}</span>` },
    { title: t("data_request.what"), full: true, cell: (/** @type {any} */ r) => html`${t(`data_request.kind_${r.kind}`)}${r.note ? html`<br /><span class="muted">${r.note}</span>` : null}` },
    { title: t("data_request.term"), cell: (/** @type {any} */ r) => { const due = r.status === "received" && given(r.ack_due) ? r.ack_due : r.due; return given(due) ? html`${date(due)}<br />${r.late ? html`<${Badge} tone="bad">${t("home.late", { when: relative(due) })}<//>` : html`<span class="muted">${relative(due)}</span>`}` : "–"; } },
    { title: t("people.status"), cell: (/** @type {any} */ r) => html`<${Status} of="data_requests" is=${r.status} />` },
    { title: "", full: true, cell: (/** @type {any} */ r) => html`<span class="row nowrap">${(steps[r.status] ?? []).map((verb, i) => html`<button class=${i ? "btn ghost sm" : "btn line sm"} type="button" onClick=${() => step(r, verb)}>${t(`data_request.go_${verb}`)}</button>`)}</span>` },
  ];
  const states = ["received", "verifying", "in_progress", "fulfilled", "refused", "dropped"];
  return html`<${Head} title=${t("data_requests.title")} sub=${t("data_requests.lead")} /><${Table} list=${list} columns=${columns} label=${t("data_requests.title")}
    filters=${html`<${Choice} list=${list} name="status" label=${t("people.status")} options=${[{ value: "", label: t("state.any") }, ...states.map((s) => ({ value: s, label: t(`status.data_requests.${s}`) }))]} />`}
    empty=${html`<${Empty} icon="shield" title=${t("data_requests.none")} why=${t("data_requests.none_why")} />`} />${dialog}`;
}
