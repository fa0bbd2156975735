// @ts-check
// Conflicts of interest over one application, and what staff make of them. Most have none, and never load this.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { t } from "../../lib/words.js";
import { Icon, Status } from "../../components/parts.js";

/** @param {{ conflicts: any[], name: (id: string) => string, reload: () => any }} props */
export function Conflicts({ conflicts, name, reload }) {
  const { ask, dialog } = useAsk();
  /** @param {any} c @param {string} verb @param {any[]} [fields] */
  const act = (c, verb, fields = []) => ask({
    title: t(`sheets.${verb}_title`), why: t(`sheets.${verb}_why`), act: t(`sheets.${verb}_do`), fields,
    send: (v, key) => call("POST", `/conflicts/${c.id}/${verb}`, v, { key }), done: async () => { say(t("sheets.settled")); await reload(); },
  });
  const reason = [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }];
  return html`<div class="gap-t stack s2"><h3>${t("sheets.conflicts")}</h3>${conflicts.map((c) => html`<div class="row nowrap" key=${c.id}><${Icon} n="warn" class="wn" /><span class="grow"><b>${name(c.judge)}</b> <${Status} of="conflicts" is=${c.status} /><br /><small class="muted">${c.note || (c.basis ? t(`sheets.basis_${c.basis}`) : t(`sheets.kind_${c.kind}`))}</small></span>
    ${c.status === "raised" ? html`<${Menu} label=${t("sheets.more", { name: name(c.judge) })} items=${[{ label: t("sheets.confirm_do"), icon: "check", act: () => act(c, "confirm") }, { label: t("sheets.dismiss_do"), icon: "x", act: () => act(c, "dismiss", reason) }]} />` : null}</div>`)}</div>${dialog}`;
}
