// @ts-check
// A page as a paper of the centre: the administrative head above it, what its figures are of and where they come from, and the
// room for two signatures below. None of it is seen on a screen; it comes when somebody prints.
import { html } from "../../lib/ui.js";
import { get } from "../../lib/api.js";
import { date, day, lang, moment, now, pair, t } from "../../lib/words.js";

/**
 * Fetches what a head says, and how a paper looks.
 * @returns {Promise<(what: { about?: any, source: string, left?: string, right?: string }) => { head: any, lines: any, end: any }>}
 */
export async function paper() {
  const look = document.createElement("link"), there = new Promise((done, fail) => { look.onload = done; look.onerror = fail; });
  Object.assign(look, { rel: "stylesheet", href: new URL("../../../css/paper.css", import.meta.url).href });
  document.head.append(look);
  const [of] = await Promise.all([get("/centre"), there]);
  return ({ about, source, left, right }) => ({
    head: html`<${Letterhead} of=${of} />`, lines: html`<${Lines} about=${about} source=${source} sample=${of.demo} />`,
    end: left && right ? html`<${Signed} left=${left} right=${right} />` : null,
  });
}

/** Who issues it, the state and its motto, and the day. @param {{ of: any }} props of: the centre */
function Letterhead({ of }) {
  const [year = "", month = "", today = ""] = day(now()).split("-"), named = lang.value === "vi" ? month : date(now()).split(" ")[1] ?? month;
  return html`<div class="only-print paper-head"><p><b>${pair(of, "name")}</b></p><p><b>${t("paper.state")}</b><br /><b class="motto">${t("paper.motto")}</b></p>
    <i>${t("paper.place_date", { place: pair(of, "area"), day: today, month: named, year })}</i></div>`;
}

/** Below the name of the paper. @param {{ about?: any, source: string, sample?: boolean }} props about: which time and whom its figures tell of */
const Lines = ({ about, source, sample }) => html`<div class="only-print paper-lines">${about ? html`<p><b>${about}</b></p>` : null}<p><i>${t("paper.source", { source, at: moment(now()) })}</i></p>${sample ? html`<p><b>${t("paper.sample")}</b></p>` : null}</div>`;

/** Room for two hands. @param {{ left: string, right: string }} props */
const Signed = ({ left, right }) => html`<div class="sign only-print">${[left, right].map((who) => html`<p><b>${who}</b><br /><i>${t("paper.sign")}</i></p>`)}</div>`;
