// @ts-check
// What only few may read of a startup: the enterprise behind it, who owns it, and where its money goes.
import { html, say, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Dialog, Field, Summary, useForm } from "../../lib/forms.js";
import { t } from "../../lib/words.js";
import { Icon, Panel } from "../../components/parts.js";
import { Accounts, Owners } from "./startup-purse.js";

const fields = ["legal_name", "legal_form", "tax_code", "reg_no", "address", "phone"];
const label = (/** @type {string} */ k) => t(k === "tax_code" ? "startup.tax_number" : `startup.${k}`);

/** @param {{ s: any, after: () => Promise<void> }} props */
export function Part({ s, after }) {
  const editing = useSignal(false);
  const close = () => { editing.value = false; };
  const saved = async () => { close(); say(t("startup.saved")); await after(); };
  return html`<div class=${s.may_hold ? "split e" : undefined}><${Panel} title=${t("startup.private")} side=${s.may_edit ? html`<button class="btn ghost sm" type="button" onClick=${() => { editing.value = true; }}><${Icon} n="edit" s />${t("startup.edit")}</button>` : null}><p class="sub sm">${t("startup.private_why")}</p>
    <dl class="kv sm">${fields.map((k) => html`<dt>${label(k)}</dt><dd>${s.private[k] || "–"}</dd>`)}${s.private.notes ? html`<dt>${t("startup.notes")}</dt><dd>${s.private.notes}</dd>` : null}</dl><//>
    ${s.may_hold ? html`<div class="stack"><${Owners} s=${s} /><${Accounts} s=${s} /></div>` : null}</div>
    ${editing.value ? html`<${Dialog} title=${t("startup.private")} close=${close} wide><${PrivateForm} s=${s} done=${saved} /><//>` : null}`;
}

/** @param {{ s: any, done: () => unknown }} props */
function PrivateForm({ s, done }) {
  const form = useForm({ start: Object.fromEntries([...fields, "notes"].map((k) => [k, s.private[k]])), send: (v, key) => call("PATCH", `/startups/${s.id}/private`, { ...v, rev: s.private.rev }, { key }), done });
  return html`<form class="stack" novalidate onSubmit=${form.submit}><p class="sub">${t("startup.private_why")}</p><${Summary} form=${form} />
    ${fields.map((k) => html`<${Field} key=${k} form=${form} name=${k} label=${label(k)} help=${k === "tax_code" ? t("startup.tax_code_help") : undefined} />`)}<${Field} form=${form} name="notes" as="area" label=${t("startup.notes")} />
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button></div></form>`;
}
