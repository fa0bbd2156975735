// @ts-check
// What a startup seeks from investors and to whom it shows that, and what it has raised so far.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call, get } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, dong, given, moment, t } from "../../lib/words.js";
import { Dialog, Field, Menu, Stale, Summary, useAsk, useForm } from "../../lib/forms.js";
import { Badge, Empty, Frame, Icon, Note, Panel } from "../../components/parts.js";

const rounds = ["grant", "pre_seed", "seed", "bridge", "series_a", "series_b", "other"];
const kinds = ["own", "grant", "loan", "pre_seed", "seed", "bridge", "series_a", "series_b", "later", "other"];

/** @param {{ s: any }} props */
export function Part({ s }) {
  const deal = useOne(`/startups/${s.id}/deal`, { on: ["startup_deal"] });
  return html`<div class="split e"><${Panel} title=${t("deal.title")}><${Frame} of=${deal}>${(/** @type {any} */ d) => html`<${Deal} s=${s} d=${d} after=${deal.reload} />`}<//><//><${Raised} s=${s} /></div>`;
}

/** @param {{ s: any, d: any, after: () => Promise<void> }} props */
function Deal({ s, d, after }) {
  const open = useSignal(/** @type {{ word: "edit" | "show", with?: any } | null} */ (null)), shown = d.audience !== "none";
  const close = () => { open.value = null; };
  const told = (/** @type {string} */ word) => async () => { close(); say(t(word)); await after(); };
  const start = async (/** @type {"edit" | "show"} */ word) => {
    try { open.value = { word, with: (await get(word === "edit" ? `/startups/${s.id}/documents` : `/startups/${s.id}/investors`)).rows }; } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const hide = () => call("POST", `/startups/${s.id}/deal/hide`).then(told("deal.hidden"), (e) => say(asRefusal(e).message, { bad: true }));
  return html`<div class="stack"><${Note} tone=${shown ? "b" : "n"}><b>${t(`deal.to_${d.audience}`)}</b><p class="sm">${shown ? t("deal.since", { at: moment(d.opted_in_at) }) : t("deal.unseen")}</p>${d.selected.length && d.audience === "selected" ? html`<p class="sm">${d.selected.map((/** @type {any} */ x) => x.name).join(", ")}</p>` : null}<//>
    <dl class="kv sm"><dt>${t("deal.raising")}</dt><dd>${t(d.raising ? "deal.yes" : "deal.no")}</dd>${d.round ? html`<dt>${t("deal.round")}</dt><dd>${t(`deal.round_${d.round}`)}</dd>` : null}
      <dt>${t("deal.target")}</dt><dd>${d.target_vnd ? dong(d.target_vnd) : html`<${Badge} tone="idle">${t("deal.untold")}<//>`}</dd><dt>${t("deal.min_ticket")}</dt><dd>${d.min_ticket_vnd ? dong(d.min_ticket_vnd) : html`<${Badge} tone="idle">${t("deal.untold")}<//>`}</dd>
      <dt>${t("deal.deck")}</dt><dd>${d.deck ? d.deck.name : "–"}</dd></dl>
    ${d.summary ? d.summary.split(/\n+/).map((/** @type {string} */ line) => html`<p>${line}</p>`) : null}
    ${d.may_admin ? html`<div class="row"><button class="btn line" type="button" onClick=${() => start("edit")}><${Icon} n="edit" s />${t("startup.edit")}</button>
      ${d.raising ? html`<button class=${shown ? "btn line" : "btn"} type="button" onClick=${() => start("show")}>${t(shown ? "deal.show_others" : "deal.show_go")}</button>` : null}
      ${shown ? html`<button class="btn line" type="button" onClick=${hide}><${Icon} n="lock" s />${t("deal.hide_go")}</button>` : null}</div>` : html`<p class="sub sm">${t("deal.admins_only")}</p>`}
    ${open.value?.word === "edit" ? html`<${Dialog} title=${t("deal.title")} close=${close} wide><${EditForm} s=${s} d=${d} papers=${open.value.with} done=${told("startup.saved")} /><//>` : null}
    ${open.value?.word === "show" ? html`<${Dialog} title=${t("deal.show_go")} close=${close}><${ShowForm} s=${s} d=${d} investors=${open.value.with} done=${told("deal.shown")} /><//>` : null}</div>`;
}

/** @param {{ s: any, d: any, papers: any[], done: () => unknown }} props */
function EditForm({ s, d, papers, done }) {
  const form = useForm({
    start: { raising: d.raising, round: d.round, target_vnd: d.target_vnd || null, min_ticket_vnd: d.min_ticket_vnd || null, summary: d.summary, deck: d.deck?.id ?? "" }, rev: d.rev, done,
    send: (v, key, rev) => call("PATCH", `/startups/${s.id}/deal`, { ...v, target_vnd: v["target_vnd"] ?? 0, min_ticket_vnd: v["min_ticket_vnd"] ?? 0, rev }, { key }),
  });
  return html`<form class="stack" novalidate onSubmit=${form.submit}><${Stale} form=${form} theirs=${done} /><${Summary} form=${form} />
    <${Field} form=${form} name="raising" as="check" label=${t("deal.raising_now")} help=${t("deal.raising_help")} />
    <${Field} form=${form} name="round" as="select" label=${t("deal.round")} options=${rounds.map((r) => ({ value: r, label: t(`deal.round_${r}`) }))} />
    <${Field} form=${form} name="target_vnd" as="amount" unit="₫" label=${t("deal.target")} /><${Field} form=${form} name="min_ticket_vnd" as="amount" unit="₫" label=${t("deal.min_ticket")} />
    <${Field} form=${form} name="summary" as="area" rows="6" max=${4000} label=${t("deal.summary")} help=${t("deal.summary_help")} />
    <${Field} form=${form} name="deck" as="select" label=${t("deal.deck")} help=${t("deal.deck_help")} options=${papers.map((p) => ({ value: p.id, label: p.name }))} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button></div></form>`;
}

/** Showing is agreed to each time, with what is shown before one's eyes. @param {{ s: any, d: any, investors: any[], done: () => unknown }} props */
function ShowForm({ s, d, investors, done }) {
  const form = useForm({
    start: { audience: d.audience === "none" ? "" : d.audience, agreed: false, ...Object.fromEntries(d.selected.map((/** @type {any} */ x) => [`to:${x.id}`, true])) }, done,
    send: (v, key) => call("POST", `/startups/${s.id}/deal/show`, { audience: v["audience"], selected: v["audience"] === "selected" ? investors.filter((x) => v[`to:${x.id}`]).map((x) => x.id) : [] }, { key }),
  });
  return html`<form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("deal.show_why")}</p><${Summary} form=${form} />
    <${Field} form=${form} name="audience" as="options" label=${t("deal.audience_of")} required options=${["selected", "verified_investors"].map((a) => ({ value: a, label: t(`deal.to_${a}`), help: t(`deal.to_${a}_why`) }))} />
    ${form.values.value["audience"] === "selected" ? html`<fieldset class="stack s2"><legend class="lbl">${t("deal.selected")}</legend>${investors.length ? investors.map((x) => html`<${Field} key=${x.id} form=${form} name=${`to:${x.id}`} as="check" label=${x.name || x.id} />`) : html`<p class="sub">${t("deal.no_investors")}</p>`}</fieldset>` : null}
    <${Field} form=${form} name="agreed" as="check" required label=${t("deal.agree")} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("deal.show_go")}</button></div></form>`;
}

/** @param {{ s: any }} props */
function Raised({ s }) {
  const list = useOne(`/startups/${s.id}/funding`, { on: ["funding_rounds"] }), { ask, dialog } = useAsk();
  const fields = () => [
    { name: "kind", as: "select", label: t("funding.kind_of"), required: true, options: kinds.map((k) => ({ value: k, label: t(`funding.kind_${k}`) })) },
    { name: "amount_vnd", as: "amount", unit: "₫", label: t("funding.amount_of"), help: t("funding.amount_help") }, { name: "closed_on", type: "date", label: t("funding.closed_on"), required: true },
    { name: "investors", label: t("funding.investors"), maxlength: 1000 }, { name: "disclosed", as: "check", label: t("funding.disclosed"), help: t("funding.disclosed_help") },
  ];
  const told = (/** @type {string} */ word) => async () => { say(t(word)); await list.reload(); };
  const reason = { name: "reason", as: "area", label: t("funding.why"), required: true, max: 1000 };
  const add = () => ask({ title: t("funding.add"), why: t("funding.add_why"), act: t("funding.add"), start: { kind: "", amount_vnd: null, disclosed: false }, fields: fields(), send: (v, key) => call("POST", `/startups/${s.id}/funding`, v, { key }), done: told("funding.kept") });
  const correct = (/** @type {any} */ f) => ask({ title: t("funding.correct"), why: t("funding.correct_why"), act: t("funding.correct"), start: { kind: f.kind, amount_vnd: f.amount_vnd, closed_on: f.closed_on, investors: f.investors, disclosed: f.disclosed }, fields: [...fields(), reason], send: (v, key) => call("POST", `/funding/${f.id}/correct`, { ...v, document: f.document }, { key }), done: told("funding.kept") });
  const cancel = (/** @type {any} */ f) => ask({ title: t("funding.void_title"), why: t("funding.correct_why"), act: t("funding.void_go"), bad: true, fields: [reason], send: (v, key) => call("POST", `/funding/${f.id}/correct`, { ...v, void: true }, { key }), done: told("funding.kept") });
  const line = (/** @type {any} */ f) => html`<span class="grow"><b>${f.amount_vnd === null ? t("funding.untold") : dong(f.amount_vnd)}</b><br /><small class="sub">${[t(`funding.kind_${f.kind}`), given(f.closed_on) ? date(f.closed_on) : "", f.investors].filter(Boolean).join(" · ")}</small>${f.reason ? html`<br /><small class="sub">${f.reason}</small>` : null}</span>`;
  return html`<${Panel} title=${t("funding.title")} side=${s.may_edit ? html`<button class="btn line sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("funding.add")}</button>` : null}>
    <${Frame} of=${list}>${(/** @type {any} */ x) => html`${x.rows.length ? html`<ul class="stack s3">${x.rows.map((/** @type {any} */ f) => html`<li key=${f.id} class="row nowrap sb">${line(f)}<span class="row nowrap">${f.disclosed ? null : html`<${Badge} tone="idle" icon="lock">${t("funding.kept_close")}<//>`}${x.may_edit ? html`<${Menu} label=${t("funding.more")} items=${[{ label: t("funding.correct"), icon: "edit", act: () => correct(f) }, { label: t("funding.void_go"), icon: "x", bad: true, act: () => cancel(f) }]} />` : null}</span></li>`)}</ul>` : html`<${Empty} icon="chart" title=${t("funding.none")} why=${t("funding.none_why")} />`}
      ${x.corrected.length ? html`<details class="gap-t"><summary><${Icon} n="chev" s />${t("funding.before", { n: x.corrected.length })}</summary><ul class="stack s3">${x.corrected.map((/** @type {any} */ f) => html`<li key=${f.id} class="row">${line(f)}${f.void ? html`<${Badge} tone="bad">${t("funding.voided")}<//>` : null}</li>`)}</ul></details>` : null}`}<//>${dialog}<//>`;
}
