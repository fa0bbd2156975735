// @ts-check
// What stands around every page: the menu of one's roles, the bell, the account, the demo's banner, the toast.
import { cls, effect, html, hush, keepToast, path, say, signal, toast, useEffect, useState } from "../lib/ui.js";
import { asRefusal, call, leave, me, rename } from "../lib/api.js";
import { liveOne, onChange } from "../lib/list.js";
import { lang, setNow, speak, t } from "../lib/words.js";
import { Avatar, Icon, Mark } from "../components/parts.js";

/** @typedef {{ roles: string[], startups: any[] }} Standing */
/** @typedef {{ to: string, icon: string, key: string, group?: "house", for: (s: Standing) => boolean }} Entry */

const any = (/** @type {string[]} */ ...roles) => (/** @type {Standing} */ s) => s.roles.some((r) => roles.includes(r));
const staff = any("staff", "manager");
const founds = (/** @type {Standing} */ s) => s.startups.length > 0;
/** Whoever has no part in the house yet: an applicant. */
const stranger = (/** @type {Standing} */ s) => s.roles.length === 0 && s.startups.length === 0;
const either = (/** @type {((s: Standing) => boolean)[]} */ ...some) => (/** @type {Standing} */ s) => some.some((f) => f(s));

/** In order of use; on a phone the first four stand at the foot of the screen. @type {Entry[]} */
const entries = [
  { to: "/app/", icon: "home", key: "menu.home", for: () => true },
  { to: "/app/reports", icon: "chart", key: "menu.reports", for: founds },
  { to: "/app/intakes", icon: "board", key: "menu.intakes", for: either(staff, stranger) },
  { to: "/app/judging", icon: "scale", key: "menu.judging", for: any("judge", "chair") },
  { to: "/app/startups", icon: "leaf", key: "menu.startups", for: staff },
  { to: "/app/reports", icon: "chart", key: "menu.reports_all", for: staff },
  { to: "/app/events", icon: "ticket", key: "menu.events", for: staff },
  { to: "/app/applications", icon: "file", key: "menu.applications", for: either(founds, stranger) },
  { to: "/app/portfolio", icon: "grid", key: "menu.portfolio", for: either(staff, any("official")) },
  { to: "/app/figures", icon: "target", key: "menu.figures", for: either(staff, any("official")) },
  { to: "/app/alerts", icon: "warn", key: "menu.alerts", for: staff },
  { to: "/app/deals", icon: "target", key: "menu.deals", for: any("investor") },
  { to: "/app/payments", icon: "money", key: "menu.payments", for: any("finance", "manager") },
  { to: "/app/refunds", icon: "undo", key: "menu.refunds", for: any("finance") },
  { to: "/app/receipts", icon: "file", key: "menu.receipts", for: any("finance") },
  { to: "/app/accounts", icon: "lock", key: "menu.accounts", for: any("finance", "manager") },
  { to: "/startups", icon: "leaf", key: "menu.directory", for: any("mentor", "judge", "chair", "investor", "partner", "official", "finance") },
  { to: "/impact", icon: "grid", key: "menu.clusters", for: any("official", "partner") },
  { to: "/app/people", icon: "users", key: "menu.people", for: staff },
  { to: "/app/data-requests", icon: "shield", key: "menu.data_requests", for: any("privacy") },
  { to: "/app/forms", icon: "edit", key: "menu.forms", group: "house", for: staff },
  { to: "/app/outbox", icon: "mail", key: "menu.outbox", group: "house", for: staff },
  { to: "/app/calendar", icon: "cal", key: "menu.calendar", group: "house", for: staff },
  { to: "/app/admin-units", icon: "pin", key: "menu.units", group: "house", for: staff },
  { to: "/app/notices", icon: "bell", key: "menu.notices", group: "house", for: any("manager") },
  { to: "/app/hooks", icon: "link", key: "menu.hooks", group: "house", for: any("manager") },
  { to: "/app/jobs", icon: "clock", key: "menu.jobs", group: "house", for: staff },
  { to: "/app/journal", icon: "file", key: "menu.journal", group: "house", for: any("manager") },
  { to: "/app/centre", icon: "gear", key: "menu.centre", group: "house", for: any("manager") },
];

/** What this person may use, in order. @param {Standing} s @returns {Entry[]} */
function menu(s) {
  const seen = new Set();
  return entries.filter((e) => e.for(s) && !seen.has(e.to) && seen.add(e.to));
}

/** Whether an entry is where we are: itself or something below it. @param {Entry} e @param {string} path */
const here = (e, path) => (e.to === "/app/" ? path === "/app/" : path === e.to || path.startsWith(`${e.to}/`));

/** What the house has for this person today. The home page shows it; the shell needs roles and the count of the bell. */
export const today = signal(/** @type {import("../lib/list.js").One | null} */ (null));

/** Collections that move somebody's duties. */
const moving = ["alerts", "applications", "assignments", "data_requests", "decisions", "enrolments", "events", "inbox_items", "intakes", "invitations", "offers", "orders", "report_requests", "role_grants", "rounds", "screenings", "startup_members"];

/** Asks for today, once for each sign-in. */
export function ask() {
  today.value ??= liveOne("/today", { on: moving });
  return today.value;
}

/** Drops what belongs to the person who has left. */
export function forget() {
  today.peek()?.close();
  today.value = null;
}

/** Roles and startups of whoever is signed in. */
export const standing = () => ({ roles: /** @type {string[]} */ (today.value?.data.value?.roles ?? []), startups: /** @type {any[]} */ (today.value?.data.value?.startups ?? []) });

/** How many messages nobody has read. */
export const unread = () => Number(today.value?.data.value?.unread ?? 0);

effect(() => {
  const now = today.value?.data.value?.now;
  if (now) setNow(now);
});

const frame = /** @type {HTMLElement | null} */ (globalThis.document?.getElementById("app"));
const house = { short: frame?.dataset["short"] ?? "", name: frame?.dataset["centre"] ?? "", demo: frame?.dataset["demo"] !== undefined };

/** Light or dark; the cookie tells the public pages. */
function turnTheme() {
  const root = document.documentElement;
  const dark = root.dataset["theme"] ? root.dataset["theme"] === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const next = dark ? "light" : "dark";
  root.dataset["theme"] = next;
  document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
}

/** The other language, for this screen and for the mails to this person. */
async function turnLanguage() {
  const next = lang.value === "vi" ? "en" : "vi";
  await speak(next);
  if (!me.value) return;
  rename({ locale: next });
  const account = await call("GET", "/account").catch(() => null);
  if (account) await call("PATCH", "/account", { locale: next, rev: account.rev }).catch(() => null);
}

const Theme = () => html`<button class="btn ghost icon" type="button" aria-label=${t("page.theme")} onClick=${turnTheme}><${Icon} n="moon" /></button>`;

/** @param {{ class?: string }} props */
const Language = ({ class: more }) => html`<button class=${cls("btn ghost", more)} type="button" lang=${lang.value === "vi" ? "en" : "vi"} onClick=${turnLanguage}>${t("page.other_language")}</button>`;

/** @param {{ entries: Entry[] }} props */
const Links = ({ entries }) => entries.map((e) => html`<a href=${e.to} aria-current=${here(e, path.value) ? "page" : undefined}><${Icon} n=${e.icon} /><span>${t(e.key)}</span></a>`);

const Brand = () => html`<a class="brand" href="/"><${Mark} /><span><b>${house.short}</b>${house.name ? html`<small>${house.name}</small>` : null}</span></a>`;

/** Name and first role. */
function Who() {
  const person = me.value, { roles, startups } = standing();
  const part = startups[0]?.name ?? (roles[0] ? t(`role.${roles[0]}`) : person?.email);
  const name = person?.full_name || person?.email || "";
  return html`<${Avatar} name=${name} /><span class="grow"><b>${name}</b><small>${part}</small></span>`;
}

/** What one does with one's account. */
const Account = () => html`<a href="/app/account"><${Icon} n="user" />${t("menu.account")}</a>
  <a href="/app/tickets"><${Icon} n="ticket" />${t("menu.tickets")}</a>
  <button type="button" lang=${lang.value === "vi" ? "en" : "vi"} onClick=${(/** @type {any} */ e) => { e.currentTarget.closest("[popover]")?.hidePopover(); turnLanguage(); }}><${Icon} n="globe" />${t("page.other_language")}</button>
  <button type="button" onClick=${turnTheme}><${Icon} n="moon" />${t("page.theme")}</button>
  <button type="button" data-sign-out onClick=${() => { leave(); }}><${Icon} n="out" />${t("menu.sign_out")}</button>`;

/** The demo says that it is one, and offers its mailbox and its clock. */
function Demo() {
  const [busy, set] = useState("");
  /** @param {string} by */
  const later = async (by) => {
    set(by);
    await call("POST", "/demo/later", { [by]: 1 }).catch((e) => say(asRefusal(e).message, { bad: true }));
    location.reload();
  };
  return html`<aside class="demo" aria-label=${t("demo.title")}><span><${Icon} n="info" s />${t("demo.banner")}</span><a href="/demo/mail" target="_blank" rel="noopener">${t("demo.mail")}</a>
    ${["days", "months"].map((by) => html`<button class="linkish" type="button" disabled=${busy} aria-busy=${busy === by} onClick=${() => later(by)}>${t(busy === by ? "demo.busy" : `demo.later_${by}`)}</button>`)}</aside>`;
}

function ToastBox() {
  const said = toast.value;
  return html`<div class="toastbox">${said ? html`<div class=${cls("toast", said.bad && "bad")} onMouseEnter=${() => keepToast(true)} onMouseLeave=${() => keepToast(false)} onFocusIn=${() => keepToast(true)} onFocusOut=${() => keepToast(false)}>
    <span>${said.text}</span>${said.undo ? html`<button type="button" onClick=${() => { const undo = said.undo; hush(); undo?.(); }}>${t("state.undo")}</button>` : html`<button type="button" aria-label=${t("page.close")} onClick=${hush}><${Icon} n="x" s /></button>`}</div>` : null}</div>`;
}

/** The bell's sheet; what is in it is loaded when it is opened first. */
function InboxSheet() {
  const [Inbox, load] = useState(/** @type {any} */ (null));
  const opened = (/** @type {any} */ e) => { if (e.newState === "open" && !Inbox) import("./inbox.js").then((m) => load(() => m.Inbox)); };
  return html`<div class="sheet inbox" id="inbox" popover role="dialog" aria-label=${t("inbox.title")} onToggle=${opened}>
    <div class="sheet-head"><b>${t("inbox.title")}</b><button class="btn ghost icon" type="button" popovertarget="inbox" popovertargetaction="hide" aria-label=${t("page.close")}><${Icon} n="x" /></button></div>
    ${Inbox ? html`<${Inbox} />` : null}</div>`;
}

/** @param {{ bare: boolean, title: string, children?: any }} props bare: no menu, for guests and for pages that fill the screen */
export function Shell({ bare, title, children }) {
  if (bare || !me.value) return html`${house.demo ? html`<${Demo} />` : null}<div class="bare"><div class="tools"><${Language} class="sm" /><${Theme} /></div>${children}</div><${ToastBox} />`;
  return html`<${Inside} title=${title}>${children}<//>`;
}

/** @param {{ title: string, children?: any }} props */
function Inside({ title, children }) {
  useEffect(() => { ask(); }, []);
  useEffect(() => onChange((changes) => { if (changes?.some((c) => c.collection === "inbox_items")) ring(); }), []);
  useEffect(() => { document.querySelector(".side nav [aria-current]")?.scrollIntoView({ block: "nearest" }); }, [path.value, standing().roles.length]);
  const all = menu(standing()), main = all.filter((e) => !e.group), rest = all.filter((e) => e.group);
  const n = unread();
  const bell = n ? t("inbox.bell_new", { n }) : t("inbox.bell");
  const first = main.slice(0, 4), more = [...main.slice(4), ...rest];
  return html`<a class="skip" href="#main">${t("page.skip")}</a>${house.demo ? html`<${Demo} />` : null}
  <div class="shell"><aside class="side"><${Brand} />
    <nav aria-label=${t("menu.main")}><${Links} entries=${main} />${rest.length ? html`<p class="side-group">${t("menu.house")}</p><${Links} entries=${rest} />` : null}</nav>
    <div class="side-foot"><button class="side-bell" type="button" popovertarget="inbox"><${Icon} n="bell" /><span>${t("inbox.title")}</span>${n ? html`<span class="count"><span class="vh">${t("inbox.unread", { n })}</span><span aria-hidden="true">${n}</span></span>` : null}</button>
    <button class="who" type="button" popovertarget="me"><span class="vh">${t("menu.account")}</span><${Who} /><${Icon} n="dots" /></button></div></aside>
  <div class="main"><header class="mtop"><a href="/app/" aria-label=${t("menu.home")}><${Mark} /></a><b>${title}</b><button class="btn ghost icon" type="button" popovertarget="inbox" aria-label=${bell}><${Icon} n="bell" />${n ? html`<span class="pip" />` : null}</button></header>
  <main id="main" class="work" tabindex="-1">${children}</main></div>
  <nav class="tabbar" aria-label=${t("menu.quick")}><${Links} entries=${first} /><button type="button" popovertarget="more"><${Icon} n="menu" /><span>${t("menu.more")}</span></button></nav>
  <div class="sheet" id="more" popover role="dialog" aria-label=${t("menu.more")}><div class="sheet-head"><b>${t("menu.more")}</b><button class="btn ghost icon" type="button" popovertarget="more" popovertargetaction="hide" aria-label=${t("page.close")}><${Icon} n="x" /></button></div>
    ${more.length ? html`<nav class="sheet-nav" aria-label=${t("menu.rest")}><${Links} entries=${more} /></nav>` : null}<div class="who"><${Who} /></div><div class="menu stat"><${Account} /></div></div>
  <div class="menu me" id="me" popover role="dialog" aria-label=${t("menu.account")}><${Account} /></div><${InboxSheet} /></div><${ToastBox} />`;
}

/** The bell moves once when something new has come. */
function ring() {
  document.querySelectorAll(".side-bell .i, .mtop .btn .i").forEach((e) => { e.classList.remove("rings"); void e.getBoundingClientRect(); e.classList.add("rings"); });
}
