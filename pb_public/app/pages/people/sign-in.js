// @ts-check
// The door: a code by mail first, a password for those who have one, and a second step for those who must. It stands at
// whatever address somebody wanted; they are there as soon as they are in.
import { go, html, path, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal, call, enter, Refusal } from "../../lib/api.js";
import { Field, Summary, useForm } from "../../lib/forms.js";
import { lang, speak, t } from "../../lib/words.js";
import { Icon, Mark, Note, Tile } from "../../components/parts.js";

export const title = () => t("sign_in.title");

/** The twelve tiles, as they lie in the picture. */
const tiles = [3, 8, 2, 4, 11, 1, 9, 6, 12, 5, 10, 7];

const frame = /** @type {HTMLElement} */ (document.getElementById("app"));

/** What the provider of identities is called by which people may sign in; "" where there is none. */
const known = () => frame.dataset[lang.value === "en" ? "identityEn" : "identityVi"] ?? frame.dataset["identityVi"] ?? "";

/** What can become of somebody who was at the provider. */
const became = ["lost", "cancelled", "away", "refused"];

/** @typedef {"back" | "mail" | "code" | "second" | "secret" | "forgot" | "sent"} View */
/** @typedef {{ email: string, full_name: string }} Joins whom the provider named, and who is to prove an address */

export function Page() {
  const view = useSignal(/** @type {View} */ (new URLSearchParams(location.search).get("identity") === "back" ? "back" : "mail"));
  const email = useSignal("");
  const id = useSignal(""); // of the code that was sent
  const mfa = useSignal(""); // of a first step that was right
  const half = useSignal(false); // which was an identity: a code is due
  const joins = useSignal(/** @type {Joins | null} */ (null));
  const trouble = useSignal("");
  useEffect(() => { if (view.value !== "mail" || half.value || joins.value) /** @type {HTMLElement | null} */ (document.querySelector("main h1"))?.focus(); }, [view.value, half.value, joins.value]);
  /** @param {any} answer */
  const inside = async (answer) => {
    enter(answer.token, answer.record);
    if (answer.record.locale && answer.record.locale !== lang.value) await speak(answer.record.locale);
    const to = new URLSearchParams(location.search).get("to") ?? "/app/";
    if (path.value === "/app/sign-in") go(to.startsWith("/app/") ? to : "/app/", { replace: true });
  };
  const props = { view, email, id, mfa, half, joins, trouble, inside };
  useEffect(() => { comeBack(props); }, []);
  const body = { back: Back, mail: Mail, code: Code, second: Code, secret: Secret, forgot: Forgot, sent: Sent }[view.value];
  return html`<div class="auth"><aside class="auth-side lac crackle" aria-label=${t("sign_in.about")}><a class="brand" href="/"><${Mark} /><span><b>${frame.dataset["short"]}</b>${frame.dataset["centre"] ? html`<small>${frame.dataset["centre"]}</small>` : null}</span></a>
    <div class="hide"><p class="promise">${t("sign_in.promise")}</p></div><div class="mosaic" role="img" aria-label=${t("sign_in.mosaic")}>${tiles.map((n) => html`<${Tile} n=${n} />`)}</div></aside>
  <main class="auth-main" id="main" tabindex="-1"><div class="auth-box"><${body} key=${joins.value ? "joins" : half.value ? "half" : ""} ...${props} /></div></main></div>`;
}

/** @typedef {{ view: any, email: any, id: any, mfa: any, half: any, joins: any, trouble: any, inside: (answer: any) => Promise<void> }} Step */

/** Goes to the provider of identities. @param {Step} s */
const setOut = (s) => call("POST", "/sign-in/identity/begin", { way: new URLSearchParams(location.search).get("to") ?? location.pathname + location.search, locale: lang.value })
  .then((answer) => location.assign(answer.to), (e) => { s.trouble.value = asRefusal(e).message; });

/** Takes in somebody who comes back from there: they are inside, or a code is due, or they prove an address. @param {Step} s */
async function comeBack(s) {
  const as = new URLSearchParams(location.search).get("identity");
  if (!as) return;
  const rest = new URLSearchParams(location.search);
  rest.delete("identity");
  history.replaceState(history.state, "", location.pathname + (rest.size ? `?${rest}` : "")); // a reload begins anew
  if (as !== "back") { s.trouble.value = t(`identity.${became.includes(as) ? as : "refused"}`); return; }
  try {
    await s.inside(await call("POST", "/sign-in/identity", {}));
  } catch (e) {
    const no = asRefusal(e);
    if (no.shown["mfaId"]) {
      s.mfa.value = no.shown["mfaId"];
      s.half.value = true;
    } else if (no.code === "identity.prove") {
      s.joins.value = no.shown["joins"];
      s.email.value = s.joins.value.email;
    } else s.trouble.value = no.message;
    s.view.value = "mail";
  }
}

const Back = () => html`<h1 tabindex="-1" aria-busy="true">${t("identity.coming", { provider: known() })}</h1>`;

/** The beginning again, with nothing of the provider's. @param {Step} s */
const anew = (s) => { s.half.value = false; s.joins.value = null; s.mfa.value = ""; s.trouble.value = ""; s.view.value = "mail"; };

/** Sends a code; the answer is the same for an address nobody knows. @param {Step} s @param {string} key */
async function sendCode(s, key) {
  const answer = await call("POST", "/sign-in/code", { email: s.email.value, locale: lang.value }, { key });
  s.id.value = answer.id;
}

/** Signs in by password; the answer of a first step of two holds an mfaId. @param {Step} s @param {string} password */
async function withPassword(s, password) {
  const first = s.mfa.value ? { mfaId: s.mfa.value } : {};
  try {
    return await call("POST", "/api/collections/users/auth-with-password", { identity: s.email.value, password, ...first });
  } catch (e) {
    if (e instanceof Refusal && e.shown["mfaId"]) return e.shown;
    if (e instanceof Refusal && e.status === 400 && !e.fields["identity"]) throw new Refusal(400, e.code, t("sign_in.wrong"));
    throw e;
  }
}

/** @param {Step} s */
function Mail(s) {
  const byCode = useForm({
    start: { email: s.email.value },
    async send({ email }, key) { s.email.value = email.trim(); s.trouble.value = ""; if (!s.half.value) s.mfa.value = ""; await sendCode(s, key); },
    done() { s.view.value = s.half.value ? "second" : "code"; },
  });
  const byPassword = useForm({
    start: { password: "" },
    check: () => (byCode.values.value["email"] ? /** @type {Record<string, string>} */ ({}) : { password: t("sign_in.mail_first") }),
    async send({ password }) {
      s.email.value = byCode.values.value["email"].trim();
      s.mfa.value = "";
      return withPassword(s, password);
    },
    async done(/** @type {any} */ answer) {
      if (!answer.mfaId) return s.inside(answer);
      s.mfa.value = answer.mfaId;
      await sendCode(s, "");
      s.view.value = "second";
    },
  });
  const came = s.half.value || s.joins.value;
  const says = s.half.value ? [t("sign_in.second"), t("identity.code_too")] : s.joins.value ? [t("identity.prove_title"), t("identity.prove_why", { provider: known() })] : [t("sign_in.title"), t("sign_in.lead")];
  const form = html`<div class="stack s2"><h1 tabindex="-1">${says[0]}</h1><p class="sub">${says[1]}</p></div>
  ${s.trouble.value ? html`<div class="alert w" role="alert"><${Icon} n="info" /><p>${s.trouble.value}</p></div>` : null}
  <form class="stack" novalidate onSubmit=${byCode.submit}><${Summary} form=${byCode} /><${Field} form=${byCode} name="email" type="email" label=${t("sign_in.email")} required autocomplete="username" placeholder=${t("sign_in.example")} />
    <button class="btn lg full" disabled=${byCode.busy.value}>${t("sign_in.send")}</button></form>`;
  if (came) return html`${form}<button class="btn ghost" type="button" onClick=${() => anew(s)}><${Icon} n="left" />${t("sign_in.back")}</button>`;
  return html`${form}
  ${known() ? html`<button class="btn line full" type="button" data-way="identity" onClick=${() => setOut(s)}><${Icon} n="shield" />${t("identity.go", { provider: known() })}</button>` : null}
  <details><summary data-way="password"><${Icon} n="chev" s />${t("sign_in.by_password")}</summary><form class="stack" novalidate onSubmit=${byPassword.submit}><${Summary} form=${byPassword} />
    <${Field} form=${byPassword} name="password" type="password" label=${t("sign_in.password")} required autocomplete="current-password" />
    <button class="btn line full" disabled=${byPassword.busy.value}>${t("sign_in.go_password")}</button>
    <button class="btn ghost full" type="button" onClick=${() => { s.email.value = byCode.values.value["email"]; s.view.value = "forgot"; }}>${t("sign_in.forgot")}</button></form></details>
  <hr /><div class="stack s2"><p class="lbl">${t("sign_in.new")}</p><p class="sub sm">${t("sign_in.new_why")}</p><a class="btn soft full" href="/intakes">${t("sign_in.intakes")}</a><a class="btn ghost full" href="/startups">${t("sign_in.startups")}</a></div>`;
}

/** The six digits: the whole sign-in, or its second step. @param {Step} s */
function Code(s) {
  const second = s.view.value === "second";
  const again = useSignal("");
  const form = useForm({
    start: { code: "" },
    send: ({ code }) => call("POST", "/sign-in", { id: s.id.value, code: code.replace(/\D/g, ""), locale: lang.value, ...(s.mfa.value ? { mfaId: s.mfa.value } : {}), ...(s.joins.value ? { identity: true } : {}) })
      .catch((e) => { if (e instanceof Refusal && e.shown["mfaId"]) return e.shown; throw e; }),
    done(/** @type {any} */ answer) {
      if (answer.token) return s.inside(answer);
      s.mfa.value = answer.mfaId; // the code was right, and a password is due as well
      s.view.value = "secret";
    },
  });
  const code = form.values.value["code"];
  useEffect(() => { if (/^\d{6}$/.test(code)) form.submit(); }, [code]); // a full code sends itself
  const resend = () => sendCode(s, "").then(() => { again.value = t("sign_in.sent_again"); }, (e) => { again.value = asRefusal(e).message; });
  return html`<div class="stack s2"><h1 tabindex="-1">${t(second ? "sign_in.second" : "sign_in.code")}</h1><p class="sub">${t("sign_in.sent_to", { email: s.email.value })} ${t(s.half.value ? "identity.code_why" : second ? "sign_in.second_why" : "sign_in.patience")}</p></div>
  <form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Field} form=${form} name="code" class="otp-field" label=${t("sign_in.code_label")} required inputmode="numeric" autocomplete="one-time-code" maxlength="6" pattern="[0-9]*" />
    <button class="btn lg full" disabled=${form.busy.value}>${t("sign_in.enter")}</button>
    <p class="sub sm row sb"><span>${t("sign_in.valid")}</span><button class="btn ghost sm" type="button" onClick=${resend}>${t("sign_in.resend")}</button></p>
    ${again.value ? html`<div role="status"><${Note}>${again.value}<//></div>` : null}</form>
  <button class="btn ghost" type="button" onClick=${() => { s.view.value = "mail"; }}><${Icon} n="left" />${t("sign_in.other")}</button>`;
}

/** The password as the second step, after a code. @param {Step} s */
function Secret(s) {
  const form = useForm({ start: { password: "" }, send: ({ password }) => withPassword(s, password), done: s.inside });
  return html`<div class="stack s2"><h1 tabindex="-1">${t("sign_in.secret")}</h1><p class="sub">${t("sign_in.secret_why")} ${s.joins.value ? t("identity.link_later", { provider: known() }) : ""}</p></div>
  <form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Field} form=${form} name="password" type="password" label=${t("sign_in.password")} required autocomplete="current-password" />
    <button class="btn lg full" disabled=${form.busy.value}>${t("sign_in.enter")}</button></form>
  <button class="btn ghost" type="button" onClick=${() => { s.view.value = "mail"; }}><${Icon} n="left" />${t("sign_in.other")}</button>`;
}

/** @param {Step} s */
function Forgot(s) {
  const form = useForm({
    start: { email: s.email.value },
    async send({ email }) { s.email.value = email.trim(); await call("POST", "/api/collections/users/request-password-reset", { email: s.email.value }); },
    done() { s.view.value = "sent"; },
  });
  return html`<div class="stack s2"><h1 tabindex="-1">${t("sign_in.forgot_title")}</h1><p class="sub">${t("sign_in.forgot_why")}</p></div>
  <form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Field} form=${form} name="email" type="email" label=${t("sign_in.email")} required autocomplete="username" />
    <button class="btn lg full" disabled=${form.busy.value}>${t("sign_in.forgot_send")}</button></form>
  <button class="btn ghost" type="button" onClick=${() => { s.view.value = "mail"; }}><${Icon} n="left" />${t("sign_in.back")}</button>`;
}

/** @param {Step} s */
const Sent = (s) => html`<div class="stack s2"><h1 tabindex="-1">${t("sign_in.forgot_sent")}</h1><p class="sub">${t("sign_in.forgot_sent_why", { email: s.email.value })}</p></div>
  <button class="btn line" type="button" onClick=${() => { s.view.value = "mail"; }}><${Icon} n="left" />${t("sign_in.back")}</button>`;
