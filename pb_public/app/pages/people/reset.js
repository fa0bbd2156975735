// @ts-check
// A link from a mail: a new password. The token stands behind the # of the address, where no log sees it.
import { html, useMemo, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { t } from "../../lib/words.js";
import { Empty, Head, Icon, Panel } from "../../components/parts.js";

export const title = () => t("reset.title");
export const bare = true;

export function Page() {
  const token = useMemo(() => location.hash.slice(1), []);
  const done = useSignal(false);
  const form = useForm({
    start: { password: "", again: "" },
    check: (v) => (v["again"] && v["again"] !== v["password"] ? { again: t("reset.differs") } : /** @type {Record<string, string>} */ ({})),
    send: (v) => call("POST", "/api/collections/users/confirm-password-reset", { token, password: v["password"], passwordConfirm: v["again"] }),
    done() { done.value = true; },
  });
  const body = !token ? html`<${Empty} icon="key" title=${t("reset.broken")} why=${t("reset.broken_why")}><a class="btn" href="/app/">${t("sign_in.back")}</a><//>`
    : done.value ? html`<${Empty} icon="okc" title=${t("reset.done")} why=${t("reset.done_why")}><a class="btn" href="/app/">${t("sign_in.title")}</a><//>`
    : html`<${Panel}><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Field} form=${form} name="password" type="password" label=${t("account.password_new")} help=${t("account.password_help")} required autocomplete="new-password" />
      <${Field} form=${form} name="again" type="password" label=${t("reset.again")} required autocomplete="new-password" /><p><button class="btn lg" disabled=${form.busy.value}><${Icon} n="key" />${t("state.save")}</button></p></form><//>`;
  return html`<main class="work" id="main" tabindex="-1"><${Head} title=${t("reset.title")} sub=${t("reset.lead")} />${body}</main>`;
}
