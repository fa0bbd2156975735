// @ts-check
// One's own account: who one is, how one signs in, what one may do here, and what the house keeps.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal, call, enter, leave, Refusal, rename } from "../../lib/api.js";
import { Field, Stale, Summary, useAsk, useForm } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { date, given, lang, moment, pair, speak, t } from "../../lib/words.js";
import { Badge, Frame, Head, Icon, Panel, Status } from "../../components/parts.js";
import { today } from "../../shell/shell.js";

export const title = () => t("account.title");

export function Page() {
  const one = useOne("/account", { on: ["users", "role_grants", "invitations", "data_requests", "startup_members"] });
  const { ask, dialog } = useAsk();
  useEffect(() => { comeBack(one); }, []);
  return html`<${Head} title=${t("account.title")} sub=${t("account.lead")} /><${Frame} of=${one}>${(/** @type {any} */ a) => html`
    <div class="stack">${a.invitations?.map((/** @type {any} */ i) => html`<${Invited} key=${i.id} i=${i} a=${a} ask=${ask} one=${one} />`)}
    <div class="split"><div class="stack"><${Profile} key=${a.rev} a=${a} one=${one} /><${SignIn} a=${a} ask=${ask} one=${one} /><${Panel} title=${t("wish.panel")}><p><a class="btn line" href="/app/account/notices"><${Icon} n="bell" />${t("wish.link")}</a></p><//><${Mine} a=${a} ask=${ask} one=${one} /></div>
    <div class="stack"><${Parts} a=${a} /><${Recent} a=${a} ask=${ask} /></div></div></div>`}<//>${dialog}`;
}

/**
 * Ends what somebody began here who comes back from the provider of identities.
 * @param {import("../../lib/list.js").One} one
 */
async function comeBack(one) {
  const as = new URLSearchParams(location.search).get("identity");
  if (!as) return;
  history.replaceState(history.state, "", location.pathname); // a reload begins anew
  try {
    if (as !== "back") throw new Refusal(409, as, t(`identity.${["lost", "cancelled", "away"].includes(as) ? as : "refused"}`));
    await call("POST", "/account/identities", {});
    say(t("identity.linked"));
    one.reload();
  } catch (e) {
    say(asRefusal(e).message, { bad: true });
  }
}

/** @typedef {{ a: any, one: import("../../lib/list.js").One, ask: ReturnType<typeof useAsk>["ask"] }} Part */

/** @param {Pick<Part, "a" | "one">} props */
function Profile({ a, one }) {
  const form = useForm({
    start: { full_name: a.full_name, phone: a.phone, locale: a.locale || lang.value },
    rev: a.rev,
    send: (v, key, rev) => call("PATCH", "/account", { ...v, rev }, { key }),
    async done(answer) {
      rename({ full_name: answer.full_name, locale: answer.locale });
      if (answer.locale !== lang.value) await speak(answer.locale);
      say(t("account.saved"));
      one.reload();
    },
  });
  return html`<${Panel} title=${t("account.profile")}><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${one.reload} />
    <${Field} form=${form} name="full_name" label=${t("account.full_name")} required autocomplete="name" />
    <${Field} form=${form} name="phone" type="tel" label=${t("account.tel")} autocomplete="tel" help=${t("account.tel_help")} />
    <${Field} form=${form} name="locale" as="segments" required label=${t("account.locale")} options=${[{ value: "vi", label: "Tiếng Việt" }, { value: "en", label: "English" }]} />
    <p><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button></p></form><//>`;
}

/** Address and password. Both want a fresh sign-in or the password. @param {Part} props */
function SignIn({ a, ask, one }) {
  const current = a.has_password ? [{ name: "current", type: "password", label: t("account.current"), autocomplete: "current-password", help: t("account.current_help") }] : [];
  const newEmail = () => ask({
    title: t("account.email_change"), why: t("account.email_why"), act: t("sign_in.send"),
    fields: [{ name: "email", type: "email", label: t("account.email_new"), required: true, autocomplete: "email" }, ...current],
    send: (v, key) => call("POST", "/account/email", v, { key }).then((answer) => ({ ...answer, email: v["email"] })),
    done: (sent) => ask({
      title: t("sign_in.code"), why: t("sign_in.sent_to", { email: sent.email }), act: t("account.email_confirm"),
      fields: [{ name: "code", label: t("sign_in.code_label"), required: true, inputmode: "numeric", autocomplete: "one-time-code", class: "otp-field", maxlength: "6" }],
      send: (v, key) => call("POST", "/account/email/confirm", { id: sent.id, code: v["code"] }, { key }),
      done: (answer) => { enter(answer.token, answer.record); say(t("account.email_changed")); one.reload(); },
    }),
  });
  const newPassword = () => ask({
    title: t(a.has_password ? "account.password_change" : "account.password_set"), why: t("account.password_why"), act: t("state.save"),
    fields: [...current, { name: "password", type: "password", label: t("account.password_new"), required: true, autocomplete: "new-password", help: t("account.password_help") }],
    send: (v, key) => call("POST", "/account/password", v, { key }),
    done: (answer) => { enter(answer.token, answer.record); say(t("account.password_saved")); one.reload(); },
  });
  const provider = a.provider ? pair(a.provider, "name") : "";
  const mine = a.identities.find((/** @type {any} */ i) => i.here);
  const setOut = () => ask({
    title: t("identity.link", { provider }), why: t("identity.link_why", { provider }), act: t("identity.go_on"), fields: current,
    send: (v, key) => call("POST", "/account/identities/begin", v, { key }),
    done: (answer) => location.assign(answer.to),
  });
  /** @param {any} i */
  const unlink = (i) => ask({
    title: t("identity.unlink"), why: t("identity.unlink_why"), act: t("identity.unlink"), fields: current,
    send: (v, key) => call("POST", `/account/identities/${i.id}/unlink`, v, { key }),
    done: () => { say(t("identity.unlinked")); one.reload(); },
  });
  return html`<${Panel} title=${t("account.sign_in")}><dl class="kv"><dt>${t("sign_in.email")}</dt><dd>${a.email}</dd><dt>${t("sign_in.password")}</dt><dd>${a.has_password ? t("account.password_has") : t("account.password_none")}</dd>${provider && !mine ? html`<dt>${provider}</dt><dd>${t("identity.none")}</dd>` : null}
    ${a.identities.map((/** @type {any} */ i) => html`<dt>${i.here ? provider : t("identity.former")}</dt><dd>${t("identity.since", { date: date(i.linked_at) })}${given(i.last_at) ? ` · ${t("identity.last", { date: moment(i.last_at) })}` : ""}</dd>`)}</dl>
    <p class="row gap-t"><button class="btn line" type="button" onClick=${newEmail}><${Icon} n="mail" />${t("account.email_change")}</button><button class="btn line" type="button" onClick=${newPassword}><${Icon} n="key" />${t(a.has_password ? "account.password_change" : "account.password_set")}</button>${provider && !mine ? html`<button class="btn line" type="button" onClick=${setOut}><${Icon} n="shield" />${t("identity.link", { provider })}</button>` : null}${a.identities.map((/** @type {any} */ i) => html`<button class="btn line" type="button" onClick=${() => unlink(i)}><${Icon} n="x" />${t("identity.unlink")}</button>`)}</p><//>`;
}

/** Roles and teams. @param {{ a: any }} props */
function Parts({ a }) {
  const none = a.grants.length === 0 && a.startups.length === 0;
  return html`<${Panel} title=${t("account.parts")}>${none ? html`<p class="sub">${t("account.parts_none")}</p>` : html`<ul class="list">
    ${a.startups.map((/** @type {any} */ s) => html`<li><${Icon} n="leaf" /><span class="grow"><b><a href=${`/app/startups/${s.id}`}>${s.name}</a></b><small>${t(`member.${s.role}`)}</small></span></li>`)}
    ${a.grants.map((/** @type {any} */ g) => html`<li><${Icon} n="key" /><span class="grow"><b>${t(`role.${g.role}`)}</b><small>${pair(g, "title") || t(`scope.${g.scope.type}`)}${given(g.expires_at) ? ` · ${t("grant.until", { date: date(g.expires_at) })}` : ""}</small></span></li>`)}</ul>`}<//>`;
}

/** @param {{ i: any } & Part} props */
function Invited({ i, a, ask, one }) {
  const accept = () => ask({
    title: t("accept.title"), why: t("accept.what", { role: t(`role.${i.role}`), scope: pair(i, "title") || t(`scope.${i.scope.type}`) }), act: t("accept.go"),
    fields: a.has_password ? [] : [{ name: "password", type: "password", label: t("accept.password"), help: t("accept.password_help"), autocomplete: "new-password" }],
    send: (v, key) => call("POST", `/account/invitations/${i.id}/accept`, v, { key }),
    done(answer) { say(t("accept.done")); if (answer.sign_in_again) leave(); else { one.reload(); today.value?.reload(); } },
  });
  return html`<div class="alert b"><${Icon} n="mail" /><div class="row sb grow"><span><b>${t("accept.waits")}</b><br />${t("accept.what", { role: t(`role.${i.role}`), scope: pair(i, "title") || t(`scope.${i.scope.type}`) })}</span><button class="btn sm" type="button" onClick=${accept}>${t("accept.go")}</button></div></div>`;
}

/** @param {Pick<Part, "a" | "ask">} props */
function Recent({ a, ask }) {
  const all = useSignal(false);
  const shown = all.value ? a.sign_ins : a.sign_ins.slice(0, 5);
  const everywhere = () => ask({ title: t("account.everywhere"), why: t("account.everywhere_why"), act: t("account.everywhere"), send: (_, key) => call("POST", "/account/sign-out-everywhere", {}, { key }), done: () => leave() });
  return html`<${Panel} title=${t("account.recent")}><ul class="list">${shown.map((/** @type {any} */ s) => html`<li><${Icon} n=${/mobile|android|iphone/i.test(s.agent) ? "phone" : "globe"} /><span class="grow"><b class="fw4">${device(s.agent)}</b><small>${moment(s.at)} · ${t(`account.by_${s.method}`)}</small></span></li>`)}</ul>
    ${a.sign_ins.length > 5 && !all.value ? html`<p><button class="btn ghost sm" type="button" onClick=${() => { all.value = true; }}>${t("state.more")}</button></p>` : null}
    <p class="gap-t"><button class="btn line" type="button" onClick=${everywhere}><${Icon} n="out" />${t("account.everywhere")}</button></p><//>`;
}

/** A browser and a system, out of what a browser says of itself. @param {string} agent */
function device(agent) {
  const browser = /Edg\//.test(agent) ? "Edge" : /OPR\//.test(agent) ? "Opera" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : "";
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Windows/.test(agent) ? "Windows" : /Mac OS/.test(agent) ? "macOS" : /Linux/.test(agent) ? "Linux" : "";
  return [browser, system].filter(Boolean).join(", ") || t("account.device");
}

/** What the house keeps of this person, and what they may ask about it. @param {Part} props */
function Mine({ a, ask, one }) {
  const request = () => ask({
    title: t("data_request.new"), why: t("data_request.why"), act: t("data_request.send"),
    fields: [{ name: "kind", as: "options", label: t("data_request.what"), required: true, options: ["access", "rectify", "delete", "withdraw", "restrict", "object"].map((k) => ({ value: k, label: t(`data_request.kind_${k}`) })) },
      { name: "note", as: "area", label: t("data_request.note"), max: 2000 }],
    send: (v, key) => call("POST", "/account/data-requests", v, { key }),
    done: () => { say(t("data_request.sent")); one.reload(); },
  });
  /** @param {any} r */
  const drop = (r) => call("POST", `/data-requests/${r.id}/drop`).then(() => { say(t("data_request.dropped")); one.reload(); }, (e) => say(asRefusal(e).message, { bad: true }));
  return html`<${Panel} title=${t("account.data")}><p class="sub">${t("account.data_why")} <a href="/privacy">${t("nav.privacy")}</a></p>
    ${a.requests.length ? html`<ul class="list gap-t">${a.requests.map((/** @type {any} */ r) => html`<li><span class="grow"><b>${t(`data_request.kind_${r.kind}`)}</b><small>${moment(r.received_at)}${given(r.due) ? ` · ${t("data_request.due", { date: date(r.due) })}` : ""}</small>${r.answer ? html`<small>${r.answer}</small>` : null}</span><${Status} of="data_requests" is=${r.status} />${r.status === "received" ? html`<button class="btn ghost sm" type="button" onClick=${() => drop(r)}>${t("data_request.take_back")}</button>` : null}</li>`)}</ul>` : null}
    ${a.consents.length ? html`<h3 class="sm gap-t">${t("account.consents")}</h3><ul class="list">${a.consents.map((/** @type {any} */ c) => html`<li><span class="grow">${t(`consent.${c.purpose}`)}<small>${moment(c.given_at)}</small></span>${given(c.withdrawn_at) ? html`<${Badge} tone="idle">${t("consent.withdrawn")}<//>` : html`<${Badge} tone="ok">${t("consent.given")}<//>`}</li>`)}</ul>` : null}
    <p class="gap-t"><button class="btn line" type="button" onClick=${request}><${Icon} n="shield" />${t("data_request.new")}</button></p><//>`;
}

