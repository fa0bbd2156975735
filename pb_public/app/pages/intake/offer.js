// @ts-check
// The place that was offered: until when, under which name, yes or no.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Summary, useAsk, useForm } from "../../lib/forms.js";
import { deadline, moment, pair, t } from "../../lib/words.js";
import { Icon, Note, Panel, Status } from "../../components/parts.js";

/** @param {{ paper: any, after: () => Promise<void> }} props */
export function Offer({ paper, after }) {
  const offer = paper.offer, { ask, dialog } = useAsk();
  const form = useForm({
    start: { startup_name: paper.startup ? "" : paper.title },
    send: (v, key) => call("POST", `/offers/${offer.id}/accept`, paper.startup ? {} : v, { key }),
    async done() { say(t("offer.welcome")); await after(); },
  });
  const decline = () => ask({
    title: t("offer.decline_title"), why: t("offer.decline_why"), act: t("offer.decline"), bad: true,
    send: (_, key) => call("POST", `/offers/${offer.id}/decline`, null, { key }), done: after,
  });
  if (offer.status === "accepted") return html`<${Note} tone="b"><b>${t("offer.accepted", { cohort: pair(offer.cohort, "title") })}</b><p>${t("offer.accepted_why")}</p><p><a href="/app/reports">${t("offer.accepted_go")}</a></p><//>`;
  if (!offer.stands) return html`<${Note} tone="w"><${Status} of="offers" is=${offer.status === "sent" ? "expired" : offer.status} /><//>`;
  return html`<${Panel} class="stack s3"><div class="ph m0"><h2>${t("offer.title", { cohort: pair(offer.cohort, "title") })}</h2><span class="tag w"><${Icon} n="clock" />${deadline(offer.expires_at)}</span></div>
    <p>${t("offer.why", { at: moment(offer.expires_at) })}</p>
    <form class="stack s3" novalidate onSubmit=${form.submit}><${Summary} form=${form} />${paper.startup ? null : html`<${Field} form=${form} name="startup_name" label=${t("offer.name")} help=${t("offer.name_help")} required maxlength="120" />`}
      <div class="row"><button class="btn lg" disabled=${form.busy.value}>${t("offer.accept")}</button><button class="btn ghost" type="button" onClick=${decline}>${t("offer.decline")}</button></div></form>${dialog}<//>`;
}
