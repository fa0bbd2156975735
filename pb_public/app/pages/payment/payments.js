// @ts-check
// What the bank says came in: statements are taken in, and what pays for nothing by itself waits for a person.
import { html, say, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { dong, num, pair, shortDate, t } from "../../lib/words.js";
import { Dialog, Menu, useAsk } from "../../lib/forms.js";
import { Choice, Empty, Head, Icon, Note, Status, Table } from "../../components/parts.js";

export const title = () => t("pay_page.title");

const state = ["unmatched", "partial", "over", "late", "duplicate", "matched", "ignored", "returned"];
const tones = /** @type {Record<string, string>} */ ({ unmatched: "warn", partial: "warn", over: "warn", late: "warn", duplicate: "bad", matched: "ok", ignored: "idle", returned: "idle" });

/** A file as text that JSON carries. @param {File} file @returns {Promise<string>} */
const packed = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});

export function Page() {
  const list = useList("/bank-lines", { params: { q: "", status: "waiting" }, on: ["bank_lines", "refunds"] }), { ask, dialog } = useAsk();
  const file = useSignal(/** @type {any} */ (null)), wrong = useSignal(""), picker = useRef(/** @type {HTMLInputElement | null} */ (null)), top = list.answer.value ?? {};
  /** What a file would do, or has done. @param {{ name: string, file: string }} f @param {boolean} look */
  async function take(f, look) {
    wrong.value = "";
    try {
      const got = await call("POST", "/statements", { ...f, look });
      file.value = look ? { ...f, got } : null;
      if (!look) { say(t("pay_page.taken", { n: num(got.new, 0), matched: num(got.matched, 0), waiting: num(got.waiting, 0) })); list.reload(); }
    } catch (e) { const no = asRefusal(e); wrong.value = no.fields["file"]?.message ?? no.message; }
  }
  /** @param {File | undefined} chosen */
  async function choose(chosen) {
    if (!chosen) return;
    try { await take({ name: chosen.name, file: await packed(chosen) }, true); } catch { wrong.value = t("imports.unread"); }
    if (picker.current) picker.current.value = "";
  }
  const reason = { name: "reason", label: t("pay_page.reason"), as: "area", required: true };
  /** @param {any} r @param {string} verb @param {string} key @param {any[]} fields @param {any} [start] */
  const clear = (r, verb, key, fields, start) => ask({
    title: t(`pay_page.${key}`), why: t(`pay_page.${key}_why`), act: t(`pay_page.${key}`), fields, start,
    send: (v, k) => call("POST", `/bank-lines/${r.id}/${verb}`, { ...v, rev: r.rev }, { key: k }), done: () => { say(t("pay_page.cleared")); list.reload(); },
  });
  /** @param {any} r */
  const acts = (r) => {
    const code = { name: "code", label: t("pay_page.code"), required: true, autocapitalize: "characters", maxlength: 8 }, is = r.status, guess = r.suggestions[0]?.code ?? "";
    const some = r.back ? [] : [
      ["unmatched", "late", "partial"].includes(is) && { label: t("pay_page.assign"), act: () => clear(r, "assign", "assign", [code, { name: "reason", label: t("pay_page.note") }], { code: guess }) },
      is === "over" && { label: t("pay_page.split"), act: () => clear(r, "split", "split", [code]) },
      is === "over" && { label: t("pay_page.keep"), act: () => clear(r, "keep", "keep", [reason]) },
      ["unmatched", "late", "partial", "over", "duplicate"].includes(is) && { label: t("pay_page.send_back"), act: () => clear(r, "send-back", "send_back", [reason]) },
      is === "unmatched" && { label: t("pay_page.ignore"), act: () => clear(r, "ignore", "ignore", [reason]) },
      is === "ignored" && { label: t("pay_page.reopen"), act: () => clear(r, "reopen", "reopen", [reason]) },
    ].filter(Boolean);
    return r.back ? html`<a class="btn line sm" href=${`/app/refunds?status=${r.back}`}>${t("pay_page.to_refund")}</a>` : some.length ? html`<${Menu} label=${t("pay_page.more", { ref: r.ref })} items=${some} />` : null;
  };
  const cash = () => ask({
    title: t("pay_page.cash"), why: t("pay_page.cash_why"), act: t("pay_page.cash_go"), fields: [{ name: "code", label: t("pay_page.code"), required: true, maxlength: 8 }, { ...reason, label: t("pay_page.cash_note") }],
    send: (v, k) => call("POST", `/bills/${encodeURIComponent(v["code"].trim().toUpperCase() || "-")}/cash`, { reason: v["reason"] }, { key: k }), done: () => { say(t("pay_page.cash_done")); list.reload(); },
  });
  const account = async () => {
    const was = top.to ?? {};
    ask({
      title: t("pay_page.account"), why: t("pay_page.account_why"), act: t("pay_page.account_save"), start: { bin: was.bin ?? "", account: was.account ?? "", holder: was.holder ?? "", alone: String(was.refund_alone_vnd ?? 0) },
      fields: [{ name: "bin", label: t("pay_page.account_bin"), required: true, maxlength: 6, inputmode: "numeric" }, { name: "account", label: t("pay_page.account_number"), required: true, maxlength: 19 }, { name: "holder", label: t("pay_page.account_holder") }, { name: "alone", label: t("pay_page.account_alone"), inputmode: "numeric", unit: "₫" }],
      send: (v, k) => call("PATCH", "/centre/account", { bin: v["bin"], account: v["account"], holder: v["holder"], refund_alone_vnd: Number(String(v["alone"]).replace(/\D/g, "")) }, { key: k }), done: () => { say(t("pay_page.account_saved")); list.reload(); },
    });
  };
  const columns = [
    { title: t("pay_page.memo"), cell: (/** @type {any} */ r) => html`${r.memo || "–"}<br /><small class="sub">${r.ref}${r.bank === "other" ? "" : ` · ${r.bank}`}</small>` },
    { title: t("pay_page.booked"), cell: (/** @type {any} */ r) => html`<span class="nb">${shortDate(r.booked_at)}</span>` },
    { title: t("pay_page.amount"), end: true, cell: (/** @type {any} */ r) => html`<b class="nb">${dong(r.amount_vnd)}</b>` },
    { title: t("pay_page.state"), cell: (/** @type {any} */ r) => html`<${Status} of="bank_lines" is=${r.status} tone=${tones[r.status]} />${r.missing_vnd ? html`<br /><small class="sub">${t("pay_page.missing", { sum: dong(r.missing_vnd) })}</small>` : null}${r.beyond_vnd ? html`<br /><small class="sub">${t("pay_page.beyond", { sum: dong(r.beyond_vnd) })}</small>` : null}` },
    { title: t("pay_page.for"), full: true, cell: (/** @type {any} */ r) => (r.for ? html`<b>${r.for.code}</b> · ${r.for.buyer}<br /><small class="sub">${pair(r.for, "title")}</small>` : r.suggestions.length ? html`<small class="sub">${t("pay_page.maybe")}</small> ${r.suggestions.map((/** @type {any} */ s) => `${s.code} (${s.buyer})`).join(", ")}` : html`<span class="muted">–</span>`) },
    { title: "", cell: acts },
  ];
  return html`<${Head} title=${t("pay_page.title")} sub=${t("pay_page.lead")}>${top.may_name ? html`<button class="btn line" type="button" onClick=${account}>${t("pay_page.account")}</button>` : null}<button class="btn line" type="button" onClick=${cash}>${t("pay_page.cash")}</button><button class="btn" type="button" onClick=${() => picker.current?.click()}><${Icon} n="up" />${t("pay_page.take")}</button><//>
    <input class="vh" type="file" tabindex="-1" aria-hidden="true" ref=${picker} accept=".csv,.xlsx,.txt,text/csv" onChange=${(/** @type {any} */ e) => choose(e.currentTarget.files?.[0])} />
    <div role="alert">${wrong.value ? html`<p class="err gap-b">${wrong.value}</p>` : null}</div>
    ${top.account === false ? html`<div class="gap-b"><${Note} tone="w">${t("pay_page.no_account")}<//></div>` : null}
    <p class="row gap-b">${top.to_approve ? html`<a class="more" href="/app/refunds?status=requested">${t("pay_page.refunds_approve", { n: num(top.to_approve, 0) })}</a>` : null}${top.to_send ? html`<a class="more" href="/app/refunds?status=approved">${t("pay_page.refunds_send", { n: num(top.to_send, 0) })}</a>` : null}<a class="more" href="/app/refunds?status=">${t("refund_page.title")}</a><a class="more" href="/app/receipts">${t("receipts_page.title")}</a></p>
    <${Table} list=${list} columns=${columns} label=${t("pay_page.title")} search=${t("pay_page.search")} csv="bank-lines.csv"
      filters=${html`<${Choice} list=${list} name="status" label=${t("pay_page.state")} options=${[{ value: "waiting", label: t("pay_page.waiting") }, { value: "", label: t("pay_page.all") }, ...state.map((s) => ({ value: s, label: t(`status.bank_lines.${s}`) }))]} />`}
      empty=${html`<${Empty} icon="okc" title=${t("pay_page.none")} why=${t("pay_page.none_why")} />`} />
    ${file.value ? html`<${Seen} f=${file.value} close=${() => { file.value = null; }} go=${() => take({ name: file.value.name, file: file.value.file }, false)} />` : null}${dialog}`;
}

/** What a statement holds, before it is taken in. @param {{ f: any, close: () => void, go: () => Promise<void> }} props */
function Seen({ f, close, go }) {
  const busy = useSignal(false), g = f.got;
  return html`<${Dialog} title=${t("pay_page.look")} close=${close}><div class="stack"><p class="sub">${f.name}</p>
    <p>${t("pay_page.look_says", { n: num(g.credits, 0), sum: dong(g.total_vnd), new: num(g.new, 0), known: num(g.known, 0) })}</p>
    ${g.other ? html`<${Note} tone="w">${t("pay_page.other", { account: g.account })}<//>` : null}
    ${g.bad.length ? html`<${Note} tone="r">${t("pay_page.bad")} ${g.bad.slice(0, 10).map((/** @type {any} */ b) => `${num(b.row, 0)}: ${b.text}`).join("; ")}<//>` : null}
    <div class="row"><button class="btn" type="button" disabled=${busy.value || !g.new} onClick=${async () => { busy.value = true; await go(); busy.value = false; }}>${t("pay_page.take_go")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></div><//>`;
}
