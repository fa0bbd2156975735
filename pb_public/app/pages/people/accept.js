// @ts-check
// A link from a mail: somebody is asked to take a part. Whoever holds the address takes it, signed in.
import { go, html, say } from "../../lib/ui.js";
import { call, leave, me } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { date, pair, t } from "../../lib/words.js";
import { Frame, Head, Icon, Note, Panel } from "../../components/parts.js";
import { today } from "../../shell/shell.js";

export const title = () => t("accept.title");

/** @param {{ token: string }} props */
export function Page({ token }) {
  const one = useOne(`/invitations/link/${encodeURIComponent(token)}`);
  const body = html`<${Head} title=${t("accept.title")} /><${Frame} of=${one}>${(/** @type {any} */ i) => html`<${Invitation} i=${i} token=${token} />`}<//>`;
  return me.value ? body : html`<main class="work" id="main" tabindex="-1">${body}</main>`;
}

/** @param {{ i: any, token: string }} props */
function Invitation({ i, token }) {
  const form = useForm({
    start: { password: "" },
    send: (v, key) => call("POST", `/invitations/link/${encodeURIComponent(token)}/accept`, v["password"] ? v : {}, { key }),
    done(answer) {
      say(t("accept.done"));
      today.value?.reload();
      go("/app/", { replace: true });
      if (answer.sign_in_again) leave(); // the new role wants both, password and code
    },
  });
  const what = t("accept.what", { role: t(`role.${i.role}`), scope: pair(i, "title") || t(`scope.${i.scope.type}`) });
  return html`<${Panel}><div class="stack"><p class="as-h1">${what}</p><p class="sub">${t("accept.for", { email: i.email_masked })} ${t("accept.until", { date: date(i.expires_at) })}</p>
    ${me.value ? html`<form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} />${i.two_factors ? html`<${Note}>${t("accept.two_factors")}<//><${Field} form=${form} name="password" type="password" label=${t("accept.password")} help=${t("accept.password_help")} autocomplete="new-password" />` : null}
      <p class="row"><button class="btn lg" disabled=${form.busy.value}>${t("accept.go")}</button><span class="sub">${t("accept.as", { email: me.value.email })}</span></p></form>`
    : html`<p><a class="btn lg" href=${`/app/sign-in?to=${encodeURIComponent(location.pathname)}`}>${t("accept.sign_in")} <${Icon} n="right" /></a></p>`}</div><//>`;
}
