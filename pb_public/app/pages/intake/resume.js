// @ts-check
// Back to an application by the link of a mail. Programs that look for danger in mails open it too: it changes nothing until
// somebody presses the button. Whoever comes straight from entering a code has pressed already.
import { go, html, useEffect, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, enter, Refusal } from "../../lib/api.js";
import { lang, pair, speak, t } from "../../lib/words.js";
import { Empty, Icon, Loading, Note } from "../../components/parts.js";

export const title = () => t("resume.title");
export const bare = true;

export function Page() {
  const held = useRef(location.hash.slice(1));
  const at = useSignal(/** @type {"look" | "ready" | "busy" | "over" | "two" | "sent" | "none"} */ ("look")), why = useSignal("");
  const ahead = useSignal(/** @type {any} */ (null));
  const token = held.current.replace(/^now\./, "");
  const to = () => (ahead.value.status === "draft" ? `/app/intakes/${ahead.value.intake.id}/apply` : `/app/applications/${ahead.value.application}`);
  /** @param {unknown} e */
  const refused = (e) => {
    const r = e instanceof Refusal ? e : asRefusal(e);
    why.value = r.message;
    at.value = r.status === 410 ? "over" : r.status === 403 && r.code === "sign_in.two_factors" ? "two" : "ready";
  };
  const press = async () => {
    at.value = "busy";
    why.value = "";
    try {
      const answer = await call("POST", "/resume", { token });
      enter(answer.token, answer.record);
      if (answer.record.locale && answer.record.locale !== lang.value) await speak(answer.record.locale);
      go(to(), { replace: true });
    } catch (e) { refused(e); }
  };
  const again = async () => {
    try { await call("POST", "/resume/again", { token }); at.value = "sent"; } catch (e) { why.value = asRefusal(e).message; }
  };
  useEffect(() => {
    if (!token) { at.value = "none"; return; }
    history.replaceState(null, "", location.pathname); // the token stays in no address bar
    call("POST", "/resume/look", { token }).then((answer) => { ahead.value = answer; if (held.current.startsWith("now.")) press(); else at.value = "ready"; }, refused);
  }, []);
  const trouble = why.value ? html`<div role="alert"><${Note} tone="w">${why.value}<//></div>` : null;
  const body = {
    look: () => html`<h1 tabindex="-1" class="vh">${t("resume.title")}</h1><${Loading} />`,
    busy: () => html`<h1 tabindex="-1" class="vh">${t("resume.title")}</h1><${Loading} />`,
    ready: () => html`<h1 tabindex="-1">${t("resume.title")}</h1>${ahead.value ? html`<p class="lead">${t("resume.to", { intake: pair(ahead.value.intake, "title") })}</p>` : null}${trouble}
      <p><button class="btn lg" type="button" onClick=${press}>${t("resume.go")} <${Icon} n="right" /></button></p><p class="hint">${t("resume.hint")}</p>`,
    two: () => html`<h1 tabindex="-1">${t("resume.title")}</h1>${trouble}<p><a class="btn lg" href=${`/app/sign-in?to=${encodeURIComponent(to())}`}>${t("resume.sign_in")} <${Icon} n="right" /></a></p>`,
    over: () => html`<h1 tabindex="-1" class="vh">${t("resume.title")}</h1><${Empty} icon="link" title=${t("resume.over")} why=${why.value}><button class="btn" type="button" onClick=${again}>${t("resume.again")}</button><a class="btn line" href="/app/applications">${t("resume.sign_in")}</a><//>`,
    none: () => html`<h1 tabindex="-1" class="vh">${t("resume.title")}</h1><${Empty} icon="link" title=${t("resume.none")} why=${t("resume.none_why")}><a class="btn" href="/app/sign-in">${t("resume.sign_in")}</a><//>`,
    sent: () => html`<h1 tabindex="-1" class="vh">${t("resume.title")}</h1><${Empty} icon="mail" title=${t("resume.sent")} why=${t("resume.sent_why")} />`,
  }[at.value];
  return html`<main class="work narrow" id="main" tabindex="-1"><div class="stack">${body()}</div></main>`;
}
