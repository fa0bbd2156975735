// Every page a visitor or a signed-in person can reach, and the looks it is looked at in.

/**
 * Public pages by their Vietnamese path; the English one stands below /en. A path that ends in * is the first link below
 * it on the page named by from, or in a mail of the demo. The sitemap may name no page that is missing here.
 * @type {{ path: string, from?: string, demo?: boolean }[]} demo: no other house has it
 */
export const open = [
  { path: "/" },
  { path: "/accessibility" },
  { path: "/demo/mail", demo: true },
  { path: "/events" },
  { path: "/events?past=1" },
  { path: "/events/*", from: "/events?past=1", demo: true },
  { path: "/intakes" },
  { path: "/intakes/*", from: "/intakes" },
  { path: "/intakes/khoa-5/apply", demo: true },
  { path: "/privacy" },
  { path: "/startups" },
  { path: "/startups?sector=energy&q=khong-co" },
  { path: "/startups/*", from: "/startups" },
  { path: "/u/*", from: "/demo/mail.json", demo: true },
];

/**
 * Pages of the workspace that no menu leads to, and who goes there. Everybody's home and whatever the menus name are
 * walked without standing here. from and * as above; query is what stands behind the address, a tab for instance.
 * @type {{ who: import("./people.mjs").Role, path: string, from?: string, query?: string }[]}
 */
export const inside = [
  { who: "founder", path: "/app/account/notices" },
  { who: "founder", path: "/app/applications/*", from: "/app/applications" },
  { who: "founder", path: "/app/inbox" },
  { who: "founder", path: "/app/tickets?when=past" },
  { who: "founder", path: "/app/intakes/khoa-5" },
  { who: "founder", path: "/app/reports/*", from: "/app/reports" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups", query: "?tab=team" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups", query: "?tab=life" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups", query: "?tab=milestones" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups", query: "?tab=cohort" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups", query: "?tab=papers" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups", query: "?tab=raising" },
  { who: "founder", path: "/app/startups/*", from: "/app/startups", query: "?tab=private" },
  { who: "founder", path: "/app/intakes/khoa-5/apply" },
  { who: "member", path: "/app/intakes/nong-nghiep-so/apply" },
  { who: "investor", path: "/app/deals/*", from: "/app/deals" },
  { who: "judge", path: "/app/judging/*", from: "/app/judging" },
  { who: "manager", path: "/app/account/notices" },
  { who: "manager", path: "/app/notices/digest" },
  { who: "manager", path: "/app/notices/report_due" },
  { who: "staff", path: "/app/inbox" },
  { who: "staff", path: "/app/forms/*", from: "/app/forms" },
  { who: "staff", path: "/app/feedback-texts" },
  { who: "staff", path: "/app/intakes/nong-nghiep-so/rules" },
  { who: "staff", path: "/app/intakes/khoa-4" },
  { who: "staff", path: "/app/intakes/khoa-4/applications" },
  { who: "staff", path: "/app/applications/*", from: "/app/intakes/khoa-4/applications" },
  { who: "staff", path: "/app/applications/*", from: "/app/intakes/nong-nghiep-so/applications" },
  { who: "staff", path: "/app/intakes/khoa-4/board" },
  { who: "staff", path: "/app/intakes/khoa-4/chase" },
  { who: "staff", path: "/app/appeals" },
  { who: "staff", path: "/app/appeals/*", from: "/app/appeals" },
  { who: "manager", path: "/app/intakes/khoa-4/outcomes" },
  { who: "staff", path: "/app/intakes/khoa-4/rounds" },
  { who: "staff", path: "/app/rounds/*", from: "/app/intakes/khoa-4/rounds" },
  { who: "staff", path: "/app/intakes/khoa-4/interviews" },
  { who: "staff", path: "/app/enrolments" },
  { who: "staff", path: "/app/cohorts/*", from: "/app/enrolments" },
  { who: "staff", path: "/app/cohorts/*", from: "/app/enrolments", query: "?tab=news" },
  { who: "staff", path: "/app/cohorts/*", from: "/app/enrolments", query: "?tab=pulses" },
  { who: "manager", path: "/app/cohorts/*", from: "/app/enrolments", query: "?tab=given" },
  { who: "staff", path: "/app/workshops/*", from: "/app/cohorts/cohort000000003" },
  { who: "staff", path: "/app/recognitions" },
  { who: "finance", path: "/app/payments" },
  { who: "finance", path: "/app/receipts" },
  { who: "finance", path: "/app/receipts/*", from: "/app/receipts" },
  { who: "finance", path: "/app/refunds" },
  { who: "staff", path: "/app/milestones" },
  { who: "staff", path: "/app/imports" },
  { who: "staff", path: "/app/alerts/*", from: "/app/alerts" },
  { who: "staff", path: "/app/kpis" },
  { who: "staff", path: "/app/figures/revenue" },
  { who: "staff", path: "/app/portfolio/survival" },
  { who: "staff", path: "/app/reports/*", from: "/app/reports?status=accepted" },
  { who: "staff", path: "/app/startups/*", from: "/app/startups" },
  { who: "staff", path: "/app/events/new" },
  { who: "staff", path: "/app/events/*", from: "/app/events" },
  { who: "staff", path: "/app/events/*", from: "/app/events", query: "?tab=tickets" },
  { who: "staff", path: "/app/events/*", from: "/app/events", query: "?tab=orders" },
  { who: "staff", path: "/app/events/*", from: "/app/events", query: "?tab=messages" },
  { who: "staff", path: "/app/events/*", from: "/app/events?when=past", query: "?tab=attendees" },
  { who: "staff", path: "/app/events/*", from: "/app/events?when=past", query: "?tab=door" },
  { who: "staff", path: "/app/events/*", from: "/app/events?when=past", query: "?tab=after" },
  { who: "manager", path: "/app/events/*", from: "/app/events", query: "?tab=edit" },
  { who: "manager", path: "/app/calendar?year=2027" },
  { who: "manager", path: "/app/admin-units?q=phu" },
];

/** @typedef {import("./browser.mjs").Look} Look */

/** @type {Look[]} */
export const full = /** @type {const} */ ([390, 1280]).flatMap((width) =>
  /** @type {const} */ (["vi", "en"]).flatMap((lang) =>
    /** @type {const} */ (["light", "dark"]).map((theme) => ({ width, lang, theme }))));

/**
 * The one look in which a page is opened in the short run: a phone where people come with phones, a desk where they work at
 * desks. Languages and themes take turns, so that every fourth page has the same. turned says in what it is looked at besides,
 * without being loaded again.
 * @param {"phone" | "desk"} home
 * @param {number} turn
 * @returns {Look}
 */
export const turn = (home, turn) => ({
  width: home === "phone" ? 390 : 1280,
  lang: turn % 2 ? "en" : "vi",
  theme: turn % 4 < 2 ? "light" : "dark",
});

/** Who works at a desk; everybody else has a phone in their hand. @type {Set<string>} */
export const desks = new Set(["official", "staff", "manager", "finance"]);

/** The narrowest screen we promise: a page on a desk at 400 %. @type {Look} */
export const narrow = { width: 320, lang: "vi", theme: "light" };

/**
 * The address of a public page in a language.
 * @param {string} path
 * @param {"vi" | "en"} lang
 */
export const address = (path, lang) => (lang === "vi" ? path : `/en${path}`);

/**
 * Whether a path is the one that the list names, or one of those it stands for.
 * @param {string} listed
 * @param {string} path
 */
export function covers(listed, path) {
  const [bare = ""] = listed.split("?");
  if (!bare.endsWith("*")) return bare === path;
  const rest = path.startsWith(bare.slice(0, -1)) ? path.slice(bare.length - 1) : "";
  return rest !== "" && !rest.includes("/");
}
