// @ts-check
// What stands in the menu of whom. A person sees what one of their roles, or a startup of theirs, lets them use.

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
  { to: "/app/applications", icon: "file", key: "menu.applications", for: either(founds, stranger) },
  { to: "/app/figures", icon: "target", key: "menu.figures", for: either(staff, any("official")) },
  { to: "/app/alerts", icon: "warn", key: "menu.alerts", for: staff },
  { to: "/startups", icon: "leaf", key: "menu.directory", for: any("mentor", "judge", "chair", "investor", "partner", "official", "finance") },
  { to: "/impact", icon: "grid", key: "menu.clusters", for: any("official", "partner") },
  { to: "/app/people", icon: "users", key: "menu.people", for: staff },
  { to: "/app/data-requests", icon: "shield", key: "menu.data_requests", for: any("privacy") },
  { to: "/app/outbox", icon: "mail", key: "menu.outbox", group: "house", for: staff },
  { to: "/app/jobs", icon: "clock", key: "menu.jobs", group: "house", for: staff },
  { to: "/app/journal", icon: "file", key: "menu.journal", group: "house", for: any("manager") },
  { to: "/app/centre", icon: "gear", key: "menu.centre", group: "house", for: any("manager") },
];

/** What this person may use, in order. @param {Standing} s @returns {Entry[]} */
export function menu(s) {
  const seen = new Set();
  return entries.filter((e) => e.for(s) && !seen.has(e.to) && seen.add(e.to));
}

/** Whether an entry is where we are: itself or something below it. @param {Entry} e @param {string} path */
export const here = (e, path) => (e.to === "/app/" ? path === "/app/" : path === e.to || path.startsWith(`${e.to}/`));
