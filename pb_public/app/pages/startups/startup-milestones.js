// @ts-check
// What a startup sets out to reach: by when, what shows that it has, and what staff found.
import { html, say, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, download, refusal, token } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, given, lang, num, percent, t } from "../../lib/words.js";
import { Dialog, Field, Menu, Summary, useAsk, useForm } from "../../lib/forms.js";
import { Badge, Empty, Frame, Icon, Panel, Status } from "../../components/parts.js";

const mega = 2 ** 20, waits = ["planned", "in_progress", "missed"];

/** @param {{ s: any }} props */
export function Part({ s }) {
  const all = useOne(`/startups/${s.id}/milestones`, { on: ["milestones"] }), { ask, dialog } = useAsk(), showing = useSignal(/** @type {any} */ (null));
  const told = (/** @type {string} */ word) => async () => { say(t(word)); await all.reload(); };
  const people = s.members.map((/** @type {any} */ m) => ({ value: m.user, label: m.name }));
  /** @param {boolean} day whether the day may move */
  const fields = (day) => [
    { name: "title", label: t("milestone.name"), required: true, maxlength: 200 }, { name: "description", as: "area", label: t("milestone.description"), help: t("milestone.description_help"), max: 2000 },
    ...(day ? [{ name: "due_on", type: "date", label: t("milestone.due_on"), required: true }, { name: "weight", as: "amount", label: t("milestone.weight_of"), help: t("milestone.weight_help"), required: true }] : []),
    { name: "owner", as: "select", label: t("milestone.owner_of"), options: people },
  ];
  const plan = () => ask({ title: t("milestone.add"), act: t("milestone.add"), start: { weight: 1, owner: people[0]?.value ?? "" }, fields: fields(true), send: (v, key) => call("POST", `/startups/${s.id}/milestones`, v, { key }), done: told("milestone.kept") });
  const edit = (/** @type {any} */ m, /** @type {boolean} */ day) => ask({ title: t("milestone.edit_title"), act: t("state.save"), start: { title: m.title, description: m.description, due_on: m.due_on, weight: m.weight, owner: m.owner.id }, fields: fields(day), send: (v, key) => call("PATCH", `/milestones/${m.id}`, { ...v, rev: m.rev }, { key }), done: told("startup.saved") });
  const begin = (/** @type {any} */ m) => call("POST", `/milestones/${m.id}/begin`, {}).then(told("milestone.begun"), (e) => say(asRefusal(e).message, { bad: true }));
  /** @param {any} m @param {"return" | "verify" | "drop"} verb */
  const judge = (m, verb) => ask({ title: t(`milestone.${verb}_title`, { title: m.title }), why: t(`milestone.${verb}_why`), act: t(`milestone.${verb}_go`), bad: verb === "drop", start: { reason: "" }, fields: verb === "verify" ? [] : [{ name: "reason", as: "area", label: t("report.reason"), required: true, max: 1000 }], send: (v, key) => call("POST", `/milestones/${m.id}/${verb}`, { ...v, rev: m.rev }, { key }), done: told(`milestone.${verb}_said`) });
  const reopen = (/** @type {any} */ m) => ask({ title: t("milestone.reopen_go"), act: t("milestone.reopen_go"), start: { due_on: "" }, fields: [{ name: "due_on", type: "date", label: t("milestone.due_anew"), required: true }, { name: "reason", as: "area", label: t("report.reason"), max: 1000 }], send: (v, key) => call("POST", `/milestones/${m.id}/reopen`, v, { key }), done: told("milestone.reopened") });
  const items = (/** @type {any} */ m, /** @type {any} */ a) => [
    ...(a.may_plan && ["planned", "in_progress"].includes(m.status) ? [{ label: t("startup.edit"), icon: "edit", act: () => edit(m, a.may_move || m.status === "planned") }] : []),
    ...(a.may_check && m.status === "submitted" ? [{ label: t("milestone.return_go"), icon: "sync", act: () => judge(m, "return") }] : []), ...(a.may_check && m.status === "missed" ? [{ label: t("milestone.reopen_go"), icon: "sync", act: () => reopen(m) }] : []),
    ...(a.may_check && [...waits, "submitted"].includes(m.status) ? [{ label: t("milestone.drop_go"), icon: "stop", bad: true, act: () => judge(m, "drop") }] : []),
  ];
  const done = async () => { showing.value = null; say(t("milestone.submitted_said")); await all.reload(); };
  return html`<${Panel} title=${t("milestone.all_title")} side=${all.data.value?.may_plan ? html`<button class="btn line sm" type="button" onClick=${plan}><${Icon} n="plus" s />${t("milestone.add")}</button>` : null}>
    <${Frame} of=${all}>${(/** @type {any} */ a) => (a.rows.length ? html`<p class="sub gap-b">${t("milestone.reached", { share: percent(a.whole ? a.reached / a.whole : 0, 0) })}</p><ul>${a.rows.map((/** @type {any} */ m) => html`<${One} key=${m.id} m=${m} a=${a} items=${items(m, a)} begin=${() => begin(m)} show=${() => { showing.value = m; }} verify=${() => judge(m, "verify")} />`)}</ul>` : html`<${Empty} icon="flag" title=${t("milestone.none")} why=${t("milestone.none_why")} />`)}<//>
    ${showing.value ? html`<${Dialog} title=${t("milestone.submit_title", { title: showing.value.title })} close=${() => { showing.value = null; }}><${Showing} s=${s} m=${showing.value} done=${done} /><//>` : null}${dialog}<//>`;
}

/** @param {{ m: any, a: any, items: any[], begin: () => unknown, show: () => unknown, verify: () => unknown }} props */
function One({ m, a, items, begin, show, verify }) {
  const take = () => download(`/documents/${m.document}/content`, {}, m.paper).catch((e) => say(asRefusal(e).message, { bad: true }));
  const act = a.may_plan && m.status === "planned" ? html`<button class="btn line sm" type="button" onClick=${begin}>${t("milestone.begin_go")}</button>` : a.may_plan && m.status === "in_progress" ? html`<button class="btn line sm" type="button" onClick=${show}>${t("milestone.submit_go")}</button>` : a.may_check && m.status === "submitted" ? html`<button class="btn line sm" type="button" onClick=${verify}>${t("milestone.verify_go")}</button>` : null;
  return html`<li class="crit"><div class="row sb"><span class="grow"><b>${m.title}</b><br /><small class="sub">${[t("milestone.due", { date: date(m.due_on) }), m.owner.name, m.weight > 1 ? t("milestone.weighs", { n: num(m.weight) }) : ""].filter(Boolean).join(" · ")}</small></span>
      <span class="row nowrap">${m.days_late ? html`<${Badge} tone=${m.days_late > 14 ? "bad" : "warn"}>${t("milestone.days_late", { n: m.days_late })}<//>` : null}<${Status} of="milestones" is=${m.status} />${items.length ? html`<${Menu} label=${t("milestone.more", { title: m.title })} title=${m.title} items=${items} />` : null}</span></div>
    ${m.description ? html`<p class="sm">${m.description}</p>` : null}
    ${m.document || m.link || m.note ? html`<div class="row sm">${m.document ? html`<button class="btn ghost sm" type="button" aria-label=${t("document.take_one", { name: m.paper })} onClick=${take}><${Icon} n="file" s />${m.paper}</button>` : null}${m.link ? html`<a class="btn ghost sm" href=${m.link} target="_blank" rel="noopener nofollow"><${Icon} n="link" s />${m.link.replace(/^https?:\/\//, "").slice(0, 60)}</a>` : null}${m.note ? html`<span class="sub">${m.note}</span>` : null}</div>` : null}
    ${m.reason ? html`<p class="sm"><b>${t("milestone.said")}</b> ${m.reason}</p>` : null}${given(m.decided_at) && m.status === "verified" ? html`<p class="sub sm">${t("milestone.verified_on", { date: date(m.decided_at) })}</p>` : null}${act ? html`<div class="row">${act}</div>` : null}</li>`;
}

/** What shows it: a new file, one that is there, or a page. @param {{ s: any, m: any, done: () => unknown }} props */
function Showing({ s, m, done }) {
  const papers = useOne(`/startups/${s.id}/documents`), picker = useRef(/** @type {HTMLInputElement | null} */ (null)), wrong = useSignal(""), sent = useRef("");
  const there = (papers.data.value?.rows ?? []).filter((/** @type {any} */ d) => d.readers === "centre").map((/** @type {any} */ d) => ({ value: d.id, label: d.name }));
  const form = useForm({
    start: { document: m.document, link: m.link, note: m.note }, done,
    send: async (v, key) => {
      const file = picker.current?.files?.[0];
      wrong.value = file && file.size > 20 * mega ? t("file.too_large", { mb: 20 }) : "";
      if (wrong.value) throw refusal(400, { message: wrong.value, data: {} });
      if (file && !sent.current) {
        const answer = await fetch(`/api/vuon/startups/${s.id}/documents?${new URLSearchParams({ class: "evidence", readers: "centre", name: file.name })}`, { method: "POST", headers: { Authorization: token(), "Accept-Language": lang.value, "Content-Type": "application/octet-stream" }, body: file });
        const body = await answer.json().catch(() => null);
        if (!answer.ok) { const why = refusal(answer.status, body); wrong.value = why.fields["file"]?.message ?? why.message; throw why; }
        sent.current = body.id;
      }
      return call("POST", `/milestones/${m.id}/submit`, { ...v, document: sent.current || v["document"], rev: m.rev }, { key });
    },
  });
  return html`<form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("milestone.submit_why")}</p><${Summary} form=${form} />
    ${s.may_edit ? html`<div class="field"><label for="proof">${t("milestone.file")} <span class="fw4 muted">${t("form.optional")}</span></label><p class="hint" id="proof-h">${t("document.kinds")}</p><input type="file" id="proof" ref=${picker} aria-describedby="proof-h" aria-invalid=${wrong.value ? "true" : undefined} onChange=${() => { sent.current = ""; }} accept="application/pdf,.pdf,image/png,image/jpeg,image/webp,.docx,.xlsx,.pptx" />${wrong.value ? html`<p class="err"><${Icon} n="stop" s />${wrong.value}</p>` : null}</div>` : null}
    ${there.length ? html`<${Field} form=${form} name="document" as="select" label=${t("milestone.paper")} options=${there} />` : null}
    <${Field} form=${form} name="link" type="url" label=${t("milestone.link")} placeholder="https://" /><${Field} form=${form} name="note" as="area" label=${t("milestone.note")} max=${2000} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("milestone.submit_go")}</button></div></form>`;
}
