// @ts-check
// What only few may read of a startup: the enterprise behind it, who owns it, and where the centre sends its money.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { date, day, now, percent, t } from "../../lib/words.js";
import { Dialog, Field, Menu, Stale, Summary, useAsk, useForm } from "../../lib/forms.js";
import { Badge, Empty, Frame, Icon, Note, Panel } from "../../components/parts.js";

const facts = ["legal_name", "legal_form", "tax_code", "reg_no", "address", "phone"];
const label = (/** @type {string} */ k) => t(k === "tax_code" ? "startup.tax_number" : `startup.${k}`);

/** @param {{ s: any, after: () => Promise<void> }} props */
export function Part({ s, after }) {
  const editing = useSignal(false);
  const close = () => { editing.value = false; };
  const saved = async () => { close(); say(t("startup.saved")); await after(); };
  return html`<div class=${s.may_hold ? "split e" : undefined}><${Panel} title=${t("startup.private")} side=${s.may_edit ? html`<button class="btn ghost sm" type="button" onClick=${() => { editing.value = true; }}><${Icon} n="edit" s />${t("startup.edit")}</button>` : null}><p class="sub sm">${t("startup.private_why")}</p>
    <dl class="kv sm">${facts.map((k) => html`<dt>${label(k)}</dt><dd>${s.private[k] || "–"}</dd>`)}${s.private.notes ? html`<dt>${t("startup.notes")}</dt><dd>${s.private.notes}</dd>` : null}</dl><//>
    ${s.may_hold ? html`<div class="stack"><${Owners} s=${s} /><${Accounts} s=${s} /></div>` : null}</div>
    ${editing.value ? html`<${Dialog} title=${t("startup.private")} close=${close} wide><${PrivateForm} s=${s} done=${saved} /><//>` : null}`;
}

/** @param {{ s: any, done: () => unknown }} props */
function PrivateForm({ s, done }) {
  const form = useForm({ start: Object.fromEntries([...facts, "notes"].map((k) => [k, s.private[k]])), send: (v, key) => call("PATCH", `/startups/${s.id}/private`, { ...v, rev: s.private.rev }, { key }), done });
  return html`<form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("startup.private_why")}</p><${Summary} form=${form} />
    ${facts.map((k) => html`<${Field} key=${k} form=${form} name=${k} label=${label(k)} help=${k === "tax_code" ? t("startup.tax_code_help") : undefined} />`)}<${Field} form=${form} name="notes" as="area" label=${t("startup.notes")} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button></div></form>`;
}

const kinds = ["founder", "employee", "investor", "organisation", "pool", "other"];
const purposes = ["seed", "grant", "refund", "other"];

/** A part in basis points, in words. @param {number} bp */
const part = (bp) => percent(bp / 10000, 2);

/** @param {{ s: any }} props */
function Owners({ s }) {
  const list = useOne(`/startups/${s.id}/equity`, { on: ["startup_equity"] }), editing = useSignal(/** @type {any} */ (null));
  const done = async () => { editing.value = null; say(t("startup.saved")); await list.reload(); };
  const edit = (/** @type {any} */ q) => { editing.value = q ?? { as_of: day(now()), holders: [], rev: 0 }; };
  return html`<${Panel} title=${t("equity.title")} side=${s.may_admin ? html`<button class="btn line sm" type="button" onClick=${() => edit({ as_of: day(now()), holders: list.data.value?.rows[0]?.holders ?? [], rev: 0 })}><${Icon} n="plus" s />${t("equity.add")}</button>` : null}><p class="sub sm">${t("equity.why")}</p>
    <${Frame} of=${list}>${(/** @type {any} */ x) => x.rows.length ? html`<${Table} q=${x.rows[0]} edit=${x.may_admin ? edit : null} />${x.rows.length > 1 ? html`<details class="gap-t"><summary><${Icon} n="chev" s />${t("equity.before")}</summary>${x.rows.slice(1).map((/** @type {any} */ q) => html`<${Table} key=${q.as_of} q=${q} edit=${x.may_admin ? edit : null} />`)}</details>` : null}` : html`<${Empty} icon="users" title=${t("equity.none")} why=${t("equity.none_why")} />`}<//>
    ${editing.value ? html`<${Dialog} title=${t("equity.title")} close=${() => { editing.value = null; }} wide><${OwnersForm} s=${s} q=${editing.value} done=${done} /><//>` : null}<//>`;
}

/** @param {{ q: any, edit: ((q: any) => void) | null }} props */
const Table = ({ q, edit }) => html`<div class="row sb gap-t"><b>${t("equity.as_of", { date: date(q.as_of) })}</b>${edit ? html`<button class="btn ghost sm" type="button" aria-label=${t("equity.edit_of", { date: date(q.as_of) })} onClick=${() => edit(q)}><${Icon} n="edit" s />${t("startup.edit")}</button>` : null}</div>
  <div class="tw" tabindex="0" role="region" aria-label=${t("equity.as_of", { date: date(q.as_of) })}><table class="tbl compact"><thead><tr><th scope="col">${t("equity.holder_of")}</th><th scope="col">${t("equity.kind")}</th><th scope="col" class="end">${t("equity.part")}</th></tr></thead>
    <tbody>${q.holders.map((/** @type {any} */ h) => html`<tr key=${h.name + h.kind}><th scope="row">${h.name}</th><td>${t(`equity.kind_${h.kind}`)}</td><td class="end">${part(h.bp)}</td></tr>`)}${q.rest ? html`<tr><th scope="row" class="muted">${t("equity.rest")}</th><td></td><td class="end muted">${part(q.rest)}</td></tr>` : null}</tbody></table></div>`;

/** Lines of owners; the sum stands below while it is typed. @param {{ s: any, q: any, done: () => unknown }} props */
function OwnersForm({ s, q, done }) {
  const rows = useSignal(/** @type {{ name: string, kind: string, share: string }[]} */ (q.holders.length ? q.holders.map((/** @type {any} */ h) => ({ name: h.name, kind: h.kind, share: String(h.bp / 100).replace(".", ",") })) : [{ name: "", kind: "founder", share: "" }]));
  const asOf = useSignal(q.as_of);
  const bp = (/** @type {string} */ share) => Math.round(Number(share.replace(",", ".")) * 100) || 0;
  const sum = rows.value.reduce((n, r) => n + bp(r.share), 0);
  const form = useForm({ start: {}, rev: q.rev, done, send: (_, key, rev) => call("POST", `/startups/${s.id}/equity`, { as_of: asOf.value, holders: rows.value.filter((r) => r.name.trim() || r.share).map((r) => ({ name: r.name, kind: r.kind, bp: bp(r.share) })), rev }, { key }) });
  const set = (/** @type {number} */ i, /** @type {Record<string, string>} */ change) => { rows.value = rows.value.map((r, n) => (n === i ? { ...r, ...change } : r)); form.set("rows", JSON.stringify(rows.value)); };
  const wrong = form.problems.value["holders"] ?? form.problems.value["as_of"];
  return html`<form class="stack" novalidate onSubmit=${form.submit}><${Stale} form=${form} theirs=${done} /><${Summary} form=${form} />
    <div class="field"><label for="as-of">${t("equity.day_of")}</label><input type="date" id="as-of" value=${asOf.value} disabled=${q.rev > 0} max=${day(now())} onInput=${(/** @type {any} */ e) => { asOf.value = e.currentTarget.value; form.set("as_of", asOf.value); }} /></div>
    ${rows.value.map((r, i) => html`<fieldset class="row" key=${i}><legend class="vh">${t("equity.line", { n: i + 1 })}</legend>
      <input class="grow" aria-label=${t("equity.holder_of")} placeholder=${t("equity.holder_of")} maxlength="200" value=${r.name} onInput=${(/** @type {any} */ e) => set(i, { name: e.currentTarget.value })} />
      <select class="auto" aria-label=${t("equity.kind")} onChange=${(/** @type {any} */ e) => set(i, { kind: e.currentTarget.value })}>${kinds.map((k) => html`<option value=${k} selected=${k === r.kind}>${t(`equity.kind_${k}`)}</option>`)}</select>
      <div class="pre"><input class="tn" inputmode="decimal" size="6" aria-label=${t("equity.part")} value=${r.share} onInput=${(/** @type {any} */ e) => set(i, { share: e.currentTarget.value })} /><span class="unit r">%</span></div>
      <button class="btn ghost icon" type="button" aria-label=${t("equity.drop", { n: i + 1 })} disabled=${rows.value.length === 1} onClick=${() => { rows.value = rows.value.filter((_, n) => n !== i); }}><${Icon} n="x" /></button></fieldset>`)}
    <p class="row sb"><button class="btn line sm" type="button" onClick=${() => { rows.value = [...rows.value, { name: "", kind: "investor", share: "" }]; }}><${Icon} n="plus" s />${t("equity.more")}</button><span class=${sum > 10000 ? "bad" : "sub"} role="status">${t("equity.sum", { part: part(sum) })}</span></p>
    ${wrong ? html`<p class="err"><${Icon} n="stop" s />${wrong}</p>` : null}
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button></div></form>`;
}

/** @param {{ s: any }} props */
function Accounts({ s }) {
  const list = useOne(`/startups/${s.id}/accounts`, { on: ["bank_accounts"] }), { ask, dialog } = useAsk();
  const fields = [{ name: "bank", label: t("account.bank_of"), required: true, maxlength: 120 }, { name: "holder", label: t("account.holder_of"), required: true, maxlength: 120 }, { name: "number", label: t("account.number_of"), required: true, inputmode: "numeric", autocomplete: "off" }];
  const told = (/** @type {string} */ word) => async () => { say(t(word)); await list.reload(); };
  const add = () => ask({ title: t("account.add"), why: t("account.why"), act: t("account.add"), start: { purpose: "" }, fields: [{ name: "purpose", as: "select", label: t("account.purpose_of"), required: true, options: purposes.map((p) => ({ value: p, label: t(`account.for_${p}`) })) }, ...fields], send: (v, key) => call("POST", `/startups/${s.id}/accounts`, v, { key }), done: told("account.kept") });
  const change = (/** @type {any} */ a) => ask({ title: t("account.change"), why: t("account.change_why"), act: t("state.save"), start: { bank: a.bank, holder: a.holder, number: "" }, fields, send: (v, key) => call("PATCH", `/accounts/${a.id}`, { ...v, rev: a.rev }, { key }), done: told("account.kept") });
  const drop = (/** @type {any} */ a) => ask({ title: t("account.drop"), why: t("account.drop_why"), act: t("account.drop"), bad: true, send: (_, key) => call("DELETE", `/accounts/${a.id}`, null, { key }), done: told("account.dropped") });
  return html`<${Panel} title=${t("account.title")} side=${s.may_admin ? html`<button class="btn line sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("account.add")}</button>` : null}><p class="sub sm">${t("account.why")}</p>
    <${Frame} of=${list}>${(/** @type {any} */ x) => html`${x.sealed ? null : html`<${Note} tone="w">${t("account.no_key")}<//>`}${x.rows.length ? html`<ul class="stack s3">${x.rows.map((/** @type {any} */ a) => html`<li key=${a.id} class="row nowrap sb"><span class="grow"><b>${t(`account.for_${a.purpose}`)}</b><br />${a.readable ? html`<small class="sub">${a.bank} · ${a.holder}</small><br /><${AccountNumber} a=${a} />` : html`<${Badge} tone="bad">${t("account.other_key")}<//>`}</span>${x.may_admin ? html`<${Menu} label=${t("account.more")} items=${[{ label: t("account.change"), icon: "edit", act: () => change(a) }, { label: t("account.drop"), icon: "trash", bad: true, act: () => drop(a) }]} />` : null}</li>`)}</ul>` : html`<${Empty} icon="lock" title=${t("account.none")} why=${t("account.none_why")} />`}`}<//>${dialog}<//>`;
}

/** A number that shows its end, and all of it for half a minute when it is asked for. @param {{ a: any }} props */
export function AccountNumber({ a }) {
  const whole = useSignal("");
  useEffect(() => { if (!whole.value) return undefined; const timer = setTimeout(() => { whole.value = ""; }, 30_000); return () => clearTimeout(timer); }, [whole.value]);
  const reveal = () => call("POST", `/accounts/${a.id}/reveal`).then((f) => { whole.value = f.number; }, (e) => say(asRefusal(e).message, { bad: true }));
  return html`<span class="row nowrap"><span class="tn">${whole.value || a.masked}</span><button class="btn ghost sm" type="button" onClick=${whole.value ? () => { whole.value = ""; } : reveal}>${t(whole.value ? "account.cover" : "account.reveal")}</button></span>`;
}
