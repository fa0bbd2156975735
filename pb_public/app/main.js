// @ts-check
// Boots the workspace: words, shell, and the page of the address. The server reads `routes` as well, to name a page's
// module in the first answer: keep one `"/app/…": "room/page"` a line.
import { effect, html, match, path, render, signal, toHeading, untracked } from "./lib/ui.js";
import { asRefusal, me, prolong, Refusal } from "./lib/api.js";
import { hangUp, listen } from "./lib/list.js";
import { bring, lang, speaking, t } from "./lib/words.js";
import { Failed, Loading } from "./components/parts.js";
import { forget, Shell } from "./shell/shell.js";

/** Address → module under pages/. The first that fits is taken; ":id" stands for one part. @type {Record<string, string>} */
const routes = {
  "/app/": "home/home",
  "/app/account": "people/account",
  "/app/account/notices": "notify/wishes",
  "/app/accounts": "startups/accounts",
  "/app/alerts": "startups/alerts",
  "/app/alerts/:id": "startups/alert",
  "/app/alumni-links/:token": "startups/alumni-link",
  "/app/appeals": "intake/appeals",
  "/app/appeals/:id": "intake/hearing",
  "/app/applications": "intake/applications",
  "/app/applications/:id": "intake/application",
  "/app/applications/:id/receipt": "intake/receipt",
  "/app/applications/places/:id": "intake/place",
  "/app/admin-units": "site/units",
  "/app/calendar": "site/calendar",
  "/app/centre": "site/centre",
  "/app/cohorts/:id": "startups/cohort",
  "/app/data-requests": "people/data-requests",
  "/app/deals": "startups/deals",
  "/app/deals/:id": "startups/deal",
  "/app/enrolments": "startups/enrolments",
  "/app/events": "events/events",
  "/app/events/new": "events/event-new",
  "/app/events/:id": "events/event",
  "/app/events/:id/door": "events/event",
  "/app/events/:id/orders/:order": "events/order",
  "/app/feedback-texts": "intake/feedback-texts",
  "/app/figures": "startups/figures",
  "/app/figures/:kpi": "startups/figure",
  "/app/forms": "intake/forms",
  "/app/forms/:id": "intake/form",
  "/app/hooks": "notify/hooks",
  "/app/imports": "startups/imports",
  "/app/inbox": "notify/inbox",
  "/app/intakes": "intake/intakes",
  "/app/intakes/:id": "intake/intake",
  "/app/intakes/:id/applications": "intake/handed",
  "/app/intakes/:id/apply": "intake/apply",
  "/app/intakes/:id/board": "intake/board",
  "/app/intakes/:id/chase": "intake/chase",
  "/app/intakes/:id/interviews": "intake/interviews",
  "/app/intakes/:id/outcomes": "intake/outcomes",
  "/app/intakes/:id/rounds": "intake/rounds",
  "/app/intakes/:id/rules": "intake/rules",
  "/app/invitations": "people/invitations",
  "/app/invitations/:token": "people/accept",
  "/app/jobs": "site/jobs",
  "/app/journal": "site/journal",
  "/app/judging": "judging/queue",
  "/app/judging/:id": "judging/sheet",
  "/app/milestones": "startups/milestones",
  "/app/notices": "notify/texts",
  "/app/notices/:kind": "notify/text",
  "/app/orgs": "people/orgs",
  "/app/outbox": "notify/outbox",
  "/app/payments": "payment/payments",
  "/app/people": "people/people",
  "/app/people/:id": "people/person",
  "/app/portfolio": "startups/portfolio",
  "/app/portfolio/:of": "startups/portfolio-rows",
  "/app/report-links/:token": "startups/report-link",
  "/app/kpis": "startups/kpis",
  "/app/recognitions": "startups/recognitions",
  "/app/receipts": "payment/receipts",
  "/app/receipts/:id": "payment/receipt",
  "/app/refunds": "payment/refunds",
  "/app/reports": "startups/reports",
  "/app/reports/:id": "startups/report",
  "/app/reset": "people/reset",
  "/app/resume": "intake/resume",
  "/app/rounds/:id": "intake/round",
  "/app/sign-in": "people/sign-in",
  "/app/startups": "startups/startups",
  "/app/startups/:id": "startups/startup",
  "/app/tickets": "events/own",
  "/app/workshops/:id": "startups/workshop",
};

/** Pages that need nobody signed in. At any other address a guest is asked to sign in, and then is where they wanted to be. */
const guests = new Set(["people/accept", "people/reset", "people/sign-in", "startups/report-link", "startups/alumni-link", "intake/resume"]);

/** @typedef {{ title: (params: Record<string, string>) => string, Page: any, bare?: boolean }} PageModule bare: without the shell */
/** @typedef {{ at: string, page: PageModule, params: Record<string, string> }} Shown */

const current = signal(/** @type {Shown | null} */ (null));
const failure = signal(/** @type {import("./lib/api.js").Refusal | null} */ (null));
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const short = root.dataset["short"] ?? "";
let turn = 0;

/** Loads the page of the address and puts it on the screen. */
async function open() {
  const mine = ++turn;
  const at = path.value;
  const found = match(routes, at) ?? { module: "site/missing", params: {} };
  const name = me.value || guests.has(found.module) ? found.module : "people/sign-in";
  const first = !current.value;
  try {
    const page = await bring(`pages/${name}`);
    if (mine !== turn) return;
    failure.value = null;
    current.value = { at: `${at} ${name} ${me.value?.id ?? ""}`, page, params: found.params };
    if (!first) requestAnimationFrame(focusHeading);
  } catch (e) {
    if (mine !== turn) return;
    console.error(e);
    if (!speaking()) root.textContent = root.dataset["lost"] ?? "";
    failure.value = e instanceof TypeError ? new Refusal(0, "offline", t("error.offline")) : asRefusal(e); // a module that did not come
  }
}

/** What waits for the heading of a page that is still loading. @type {MutationObserver | undefined} */
let waiting;

/**
 * A new page begins where a reader begins: at its heading, and at the one that takes its place once the page has loaded, unless
 * somebody has begun to do something by then.
 */
function focusHeading() {
  let there = toHeading();
  waiting?.disconnect();
  const mine = waiting = new MutationObserver(() => { if (!there || document.activeElement === document.body) there = toHeading(); });
  mine.observe(root, { childList: true, subtree: true });
  for (const begun of ["keydown", "pointerdown"]) addEventListener(begun, () => mine.disconnect(), { once: true, capture: true });
}

function App() {
  const shown = current.value;
  if (failure.value) return html`<main class="work" id="main"><${Failed} refusal=${failure.value} retry=${() => { location.reload(); }} /></main>`;
  if (!shown) return html`<main class="work" id="main"><${Loading} /></main>`;
  const body = html`<${shown.page.Page} key=${shown.at} ...${shown.params} />`;
  return html`<${Shell} bare=${shown.page.bare || !me.value} title=${shown.page.title(shown.params)}>${body}<//>`;
}

effect(() => { path.value; me.value?.id; untracked(open); });
effect(() => {
  lang.value;
  if (current.value) document.title = `${current.value.page.title(current.value.params)} · ${short}`;
});
effect(() => {
  const person = me.value?.id;
  untracked(() => { if (person) { listen(person); prolong(); } else { hangUp(); forget(); } });
});
// Nothing is drawn before there are words; until then the server's own line stands there.
effect(() => {
  if (!speaking() || !(current.value || failure.value) || root.dataset["drawn"]) return;
  root.dataset["drawn"] = "yes";
  root.textContent = "";
  untracked(() => render(html`<${App} />`, root));
});
