// @ts-check
// Whose house this is: what stands in the head and foot of every page, and on every mail.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Stale, Summary, useForm } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { t } from "../../lib/words.js";
import { Frame, Head, Panel } from "../../components/parts.js";

export const title = () => t("centre.title");

export function Page() {
  const one = useOne("/centre", { on: ["centre"] });
  return html`<${Head} title=${t("centre.title")} sub=${t("centre.lead")}><a class="btn line" href="/app/calendar">${t("calendar.title")}</a><//><${Frame} of=${one}>${(/** @type {any} */ c) => html`<${Form} key=${c.rev} c=${c} one=${one} />`}<//>`;
}

/** @param {{ c: any, one: import("../../lib/list.js").One }} props */
function Form({ c, one }) {
  const form = useForm({
    start: c,
    rev: c.rev,
    send: (v, key, rev) => call("PATCH", "/centre", { ...v, rev }, { key }),
    done() { say(t("centre.saved")); one.reload(); },
  });
  const field = (/** @type {string} */ name, /** @type {Record<string, any>} */ more = {}) => html`<${Field} form=${form} name=${name} label=${t(`centre.${name}`)} ...${more} />`;
  return html`<form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${one.reload} />
    <${Panel} title=${t("centre.names")}><div class="cols w3">${field("name_vi", { required: true })}${field("name_en")}${field("short", { help: t("centre.short_help") })}</div>
      <div class="cols w3 gap-t">${field("tagline_vi", { as: "area" })}${field("tagline_en", { as: "area" })}</div><//>
    <${Panel} title=${t("centre.place")}><div class="cols w3">${field("area_vi")}${field("area_en")}${field("address_vi")}${field("address_en")}</div><//>
    <${Panel} title=${t("centre.contact")}><div class="cols w3">${field("email", { type: "email" })}${field("phone", { type: "tel" })}${field("website", { type: "url" })}</div><//>
    <p><button class="btn lg" disabled=${form.busy.value}>${t("state.save")}</button></p></form>`;
}
