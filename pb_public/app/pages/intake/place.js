// @ts-check
// Somebody asks to write an application together. Whoever holds the address that was asked says yes, or no.
import { go, html, say } from "../../lib/ui.js";
import { asRefusal, call, me } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { deadline, moment, pair, t } from "../../lib/words.js";
import { Frame, Head, Panel, Status } from "../../components/parts.js";

export const title = () => t("place.title");

/** @param {{ id: string }} props of the place */
export function Page({ id }) {
  const one = useOne(`/application-members/${id}`);
  return html`<${Head} title=${t("place.title")} /><${Frame} of=${one}>${(/** @type {any} */ p) => html`<${Answer} p=${p} />`}<//>`;
}

/** @param {{ p: any }} props */
function Answer({ p }) {
  const form = useForm({
    start: { consent: false },
    send: (v, key) => call("POST", `/application-members/${p.id}/accept`, v, { key }),
    done(answer) { say(t("place.joined")); go(`/app/applications/${answer.application}`, { replace: true }); },
  });
  const decline = async () => {
    try { await call("POST", `/application-members/${p.id}/decline`); say(t("place.declined")); go("/app/", { replace: true }); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  return html`<${Panel}><div class="stack"><p class="as-h1">${t("place.what", { name: p.from || t("place.somebody"), intake: pair(p.intake, "title") })}</p>
    <p class="sub">${p.title ? html`<b>${p.title}</b> · ` : null}${t(`place_role.${p.role}`)} · ${t("call.until", { at: moment(p.intake.closes_at), left: deadline(p.intake.closes_at) })}</p>
    ${p.open ? html`<form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><p>${t("place.why")}</p><${Field} form=${form} name="consent" as="check" label=${t("place.consent")} required />
      <div class="row"><button class="btn lg" disabled=${form.busy.value}>${t("place.accept")}</button><button class="btn ghost" type="button" onClick=${decline}>${t("place.decline")}</button><span class="sub">${t("accept.as", { email: me.value?.email ?? "" })}</span></div></form>`
    : html`<p><${Status} of="application_members" is=${p.status} /></p><p class="sub">${p.status === "accepted" ? html`<a href=${`/app/applications/${p.application}`}>${t("place.open")}</a>` : t("place.over")}</p>`}</div><//>`;
}
