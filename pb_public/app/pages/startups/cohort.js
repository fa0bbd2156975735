// @ts-check
// One cohort, for whoever looks after it. What it does together stands in tabs: each is a module that exports Part({ cohort, after })
// and comes when it is opened.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { bring, num, pair, t } from "../../lib/words.js";
import { Crumbs, Frame, Head, Loading, usePaper } from "../../components/parts.js";

export const title = () => t("startup.cohort");

/** The tabs and their modules. @type {Record<string, string>} */
const tabs = { workshops: "cohort-workshops", news: "cohort-news", pulses: "cohort-pulses", given: "cohort-given" };

/** A tab's module with its words. @param {string} name */
const fetchTab = async (name) => (await bring(`pages/startups/${name}`)).Part;

/** What a tab's module draws, once it is here. @param {{ name: string, cohort: any, after: () => Promise<void> }} props */
function Later({ name, ...props }) {
  const late = useSignal(/** @type {{ Part: any, of: string } | null} */ (null));
  useEffect(() => { fetchTab(name).then((Part) => { late.value = { Part, of: name }; }, (e) => say(asRefusal(e).message, { bad: true })); }, [name]);
  return late.value?.of === name ? html`<${late.value.Part} ...${props} />` : html`<div class="panel"><${Loading} /></div>`;
}

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/cohorts/${id}/summary`, { on: ["workshops", "pulses", "supports", "announcements", "enrolments", "startup_members"] });
  return html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }, { to: `/app/enrolments?cohort=${id}`, label: t("enrolment.title") }]} />
    <${Frame} of=${one} loading=${html`<${Head} title=${t("startup.cohort")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ c) => html`<${Whole} c=${c} after=${one.reload} />`}<//>`;
}

/** @param {{ c: any, after: () => Promise<void> }} props */
function Whole({ c, after }) {
  const tab = useSignal(new URLSearchParams(location.search).get("tab") ?? "workshops"), at = tab.value in tabs ? tab.value : "workshops";
  const turn = (/** @type {string} */ to) => { tab.value = to; history.replaceState(null, "", `${location.pathname}${to === "workshops" ? "" : `?tab=${to}`}`); };
  const paper = usePaper({ about: t(`together.tab_${at}`), source: t("paper.from_centre"), left: t("paper.maker"), right: t("paper.leader") });
  return html`${paper.head}<${Head} title=${pair(c, "title")} sub=${t("together.size", { startups: num(c.startups), people: num(c.people) })}>${paper.button}<//>${paper.lines}
    <nav class="tabs" aria-label=${t("together.tabs")}>${Object.keys(tabs).map((x) => html`<button type="button" key=${x} aria-current=${at === x ? "true" : undefined} onClick=${() => turn(x)}>${t(`together.tab_${x}`)}</button>`)}</nav>
    <${Later} name=${tabs[at]} cohort=${c} after=${after} />${paper.end}`;
}
