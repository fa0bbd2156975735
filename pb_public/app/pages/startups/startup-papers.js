// @ts-check
// The papers of a startup, each with who may read it, and what others have certified of it.
import { html, say, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, download, refusal, token } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, day, given, lang, now, num, t } from "../../lib/words.js";
import { Dialog, Field, Menu, Summary, useAsk, useForm } from "../../lib/forms.js";
import { Badge, Empty, Frame, Icon, Panel, Status } from "../../components/parts.js";

const mega = 2 ** 20;
const classes = ["deck", "registration", "certificate", "contract", "finance", "evidence", "other"];
const types = ["sci_tech_enterprise", "innovative_startup", "patent", "utility_solution", "industrial_design", "trademark", "copyright", "iso", "award", "other"];
const classOptions = () => classes.map((c) => ({ value: c, label: t(`document.class_${c}`) }));
/** @param {boolean} inside whoever looks after the startup leaves papers for the centre alone */
const readerOptions = (inside) => (inside ? ["admins", "team", "centre"] : ["centre"]).map((r) => ({ value: r, label: t(`document.for_${r}`) }));

/** @param {{ s: any, staff: boolean }} props */
export function Part({ s }) {
  const papers = useOne(`/startups/${s.id}/documents`, { on: ["startup_documents"] }), held = useOne(`/startups/${s.id}/recognitions`, { on: ["recognitions"] });
  return html`<div class="split e"><${Papers} s=${s} papers=${papers} /><${Held} s=${s} held=${held} papers=${papers} /></div>`;
}

/** @param {{ s: any, papers: import("../../lib/list.js").One }} props */
function Papers({ s, papers }) {
  const { ask, dialog } = useAsk(), adding = useSignal(false), inside = s.may_admin || s.may_report;
  const take = (/** @type {any} */ d) => download(`/documents/${d.id}/content`, {}, d.name).catch((e) => say(asRefusal(e).message, { bad: true }));
  const file = (/** @type {any} */ d) => ask({ title: t("document.file_title"), act: t("state.save"), start: { class: d.class, readers: d.readers }, fields: [{ name: "class", as: "select", label: t("document.class"), required: true, options: classOptions() }, { name: "readers", as: "options", label: t("document.readers_of"), required: true, options: readerOptions(inside) }], send: (v, key) => call("PATCH", `/documents/${d.id}`, { ...v, rev: d.rev }, { key }), done: papers.reload });
  const remove = (/** @type {any} */ d) => ask({ title: t("document.remove_title", { name: d.name }), why: t("document.remove_why"), act: t("document.remove"), bad: true, send: (_, key) => call("DELETE", `/documents/${d.id}`, null, { key }), done: async () => { say(t("document.removed")); await papers.reload(); } });
  const done = async () => { adding.value = false; say(t("document.kept")); await papers.reload(); };
  return html`<${Panel} title=${t("document.title")} side=${s.may_edit ? html`<button class="btn line sm" type="button" onClick=${() => { adding.value = true; }}><${Icon} n="plus" s />${t("document.add")}</button>` : null}>
    <${Frame} of=${papers}>${(/** @type {any} */ p) => p.rows.length ? html`<ul class="stack s2">${p.rows.map((/** @type {any} */ d) => html`<li key=${d.id} class="fileitem"><${Icon} n="file" /><span class="grow"><b>${d.name}</b><br /><small class="muted">${[t(`document.class_${d.class}`), size(d.size), date(d.at), d.by].filter(Boolean).join(" · ")}</small><br /><${Badge} tone="idle" icon=${d.readers === "centre" ? "users" : "lock"}>${t(`document.for_${d.readers}`)}<//></span>
      <button class="btn ghost sm" type="button" aria-label=${t("document.take_one", { name: d.name })} onClick=${() => take(d)}><${Icon} n="down" /></button>
      ${d.may_edit ? html`<${Menu} label=${t("document.more", { name: d.name })} items=${[{ label: t("document.file_title"), icon: "edit", act: () => file(d) }, { label: t("document.remove"), icon: "trash", bad: true, act: () => remove(d) }]} />` : null}</li>`)}</ul>` : html`<${Empty} icon="file" title=${t("document.none")} why=${t("document.none_why")} />`}<//>
    ${adding.value ? html`<${Dialog} title=${t("document.add")} close=${() => { adding.value = false; }}><${Adding} s=${s} inside=${inside} done=${done} /><//>` : null}${dialog}<//>`;
}

/** @param {number} n bytes */
const size = (n) => (n < mega ? `${num(Math.max(1, Math.round(n / 1024)))} KB` : `${num(n / mega, 1)} MB`);

/** A paper is chosen, filed, and sent as it is. @param {{ s: any, inside: boolean, done: () => unknown }} props */
function Adding({ s, inside, done }) {
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null)), wrong = useSignal("");
  const form = useForm({
    start: { class: "", readers: inside ? "team" : "centre" }, done,
    send: async (v) => {
      const file = picker.current?.files?.[0];
      wrong.value = !file ? t("document.choose") : file.size > 20 * mega ? t("file.too_large", { mb: 20 }) : "";
      if (!file || wrong.value) throw refusal(400, { message: wrong.value, data: {} });
      const answer = await fetch(`/api/vuon/startups/${s.id}/documents?${new URLSearchParams({ class: v["class"], readers: v["readers"], name: file.name })}`, { method: "POST", headers: { Authorization: token(), "Accept-Language": lang.value, "Content-Type": "application/octet-stream" }, body: file });
      const body = await answer.json().catch(() => null);
      if (!answer.ok) { const why = refusal(answer.status, body); wrong.value = why.fields["file"]?.message ?? ""; throw why; }
      return body;
    },
  });
  return html`<form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} />
    <div class="field"><label for="paper">${t("document.one")}</label><p class="hint" id="paper-h">${t("document.kinds")}</p><input type="file" id="paper" ref=${picker} aria-describedby="paper-h" aria-invalid=${wrong.value ? "true" : undefined} accept="application/pdf,.pdf,image/png,image/jpeg,image/webp,.docx,.xlsx,.pptx" />${wrong.value ? html`<p class="err"><${Icon} n="stop" s />${wrong.value}</p>` : null}</div>
    <${Field} form=${form} name="class" as="select" label=${t("document.class")} required options=${classOptions()} />
    <${Field} form=${form} name="readers" as="options" label=${t("document.readers_of")} required options=${readerOptions(inside)} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("document.send")}</button></div></form>`;
}

/** @param {{ s: any, held: import("../../lib/list.js").One, papers: import("../../lib/list.js").One }} props */
function Held({ s, held, papers }) {
  const { ask, dialog } = useAsk(), proofs = () => (papers.data.value?.rows ?? []).filter((/** @type {any} */ d) => d.readers === "centre").map((/** @type {any} */ d) => ({ value: d.id, label: d.name }));
  const told = (/** @type {string} */ word) => async () => { say(t(word)); await held.reload(); };
  const fields = () => [
    { name: "type", as: "select", label: t("recognition.type_of"), required: true, options: types.map((x) => ({ value: x, label: t(`recognition.type_${x}`) })) },
    { name: "title", label: t("recognition.name"), required: true, maxlength: 200 }, { name: "number", label: t("recognition.number"), maxlength: 80 }, { name: "issuer", label: t("recognition.issuer"), maxlength: 200 },
    { name: "issued_on", type: "date", label: t("recognition.issued_on") }, { name: "expires_on", type: "date", label: t("recognition.expires_on"), help: t("recognition.expires_help") },
    { name: "document", as: "select", label: t("recognition.paper"), help: t("recognition.paper_help"), options: proofs() },
  ];
  const start = (/** @type {any} */ r) => ({ type: r.type, title: r.title, number: r.number, issuer: r.issuer, issued_on: r.issued_on, expires_on: r.expires_on, document: r.document });
  const claim = () => ask({ title: t("recognition.add"), why: t("recognition.add_why"), act: t("recognition.add"), start: { type: "", document: "" }, fields: fields(), send: (v, key) => call("POST", `/startups/${s.id}/recognitions`, v, { key }), done: told("recognition.claimed") });
  const edit = (/** @type {any} */ r) => ask({ title: t("recognition.edit"), act: t("state.save"), start: start(r), fields: fields(), send: (v, key) => call("PATCH", `/recognitions/${r.id}`, { ...v, rev: r.rev }, { key }), done: told("startup.saved") });
  const renew = (/** @type {any} */ r) => ask({ title: t("recognition.renew_title"), why: t("recognition.renew_why"), act: t("recognition.renew_go"), start: { ...start(r), document: "" }, fields: fields(), send: (v, key) => call("POST", `/recognitions/${r.id}/renew`, { ...v, rev: r.rev }, { key }), done: told("recognition.claimed") });
  const verify = (/** @type {any} */ r) => ask({ title: t("recognition.verify_title", { title: r.title }), why: t("recognition.verify_why"), act: t("recognition.verify_go"), send: (_, key) => call("POST", `/recognitions/${r.id}/verify`, { rev: r.rev }, { key }), done: told("recognition.verified_said") });
  const revoke = (/** @type {any} */ r) => ask({ title: t("recognition.revoke_title", { title: r.title }), why: t("recognition.revoke_why"), act: t("recognition.revoke_go"), bad: true, fields: [{ name: "reason", as: "area", label: t("report.reason"), required: true, max: 1000 }], send: (v, key) => call("POST", `/recognitions/${r.id}/revoke`, { ...v, rev: r.rev }, { key }), done: told("recognition.revoked_said") });
  const items = (/** @type {any} */ r, /** @type {any} */ h) => [
    ...(h.may_check && r.status === "claimed" ? [{ label: t("recognition.verify_go"), icon: "check", act: () => verify(r) }] : []),
    ...(h.may_edit && r.status === "claimed" ? [{ label: t("startup.edit"), icon: "edit", act: () => edit(r) }] : []),
    ...(h.may_edit && ["verified", "expired"].includes(r.status) ? [{ label: t("recognition.renew_go"), icon: "sync", act: () => renew(r) }] : []),
    ...(h.may_check && r.status !== "revoked" ? [{ label: t("recognition.revoke_go"), icon: "stop", bad: true, act: () => revoke(r) }] : []),
  ];
  return html`<${Panel} title=${t("recognition.title_all")} side=${s.may_edit ? html`<button class="btn line sm" type="button" onClick=${claim}><${Icon} n="plus" s />${t("recognition.add")}</button>` : null}>
    <${Frame} of=${held}>${(/** @type {any} */ h) => h.rows.length ? html`<ul class="stack s3">${h.rows.map((/** @type {any} */ r) => { const can = items(r, h); return html`<li key=${r.id} class="row nowrap sb"><span class="grow"><b>${r.title}</b><br /><small class="sub">${[t(`recognition.type_${r.type}`), r.number, r.issuer].filter(Boolean).join(" · ")}</small><br /><small class="sub">${given(r.expires_on) ? t(r.expires_on < day(now()) ? "recognition.ended" : "recognition.ends", { date: date(r.expires_on) }) : t("recognition.endless")}${r.document ? "" : ` · ${t("recognition.paperless")}`}</small>${r.reason ? html`<br /><small>${r.reason}</small>` : null}</span><span class="row nowrap"><${Status} of="recognitions" is=${r.status} />${can.length ? html`<${Menu} label=${t("recognition.more", { title: r.title })} items=${can} />` : null}</span></li>`; })}</ul>` : html`<${Empty} icon="star" title=${t("recognition.none")} why=${t("recognition.none_why")} />`}<//>${dialog}<//>`;
}
