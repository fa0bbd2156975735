// @ts-check
// One startup. What there is of it stands in tabs: each is a module that exports Part({ s, after, staff }) and comes when it is
// opened.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal } from "../../lib/api.js";
import { useOne } from "../../lib/list.js";
import { bring, pair, t } from "../../lib/words.js";
import { Crumbs, Frame, Head, Loading, Status, atCurrent, usePaper } from "../../components/parts.js";
import { standing } from "../../shell/shell.js";

export const title = () => t("startup.one_title");

/** The tabs and their modules. @type {Record<string, string>} */
const tabs = { overview: "startup-overview", life: "startup-life", milestones: "startup-milestones", team: "startup-team", cohort: "startup-cohort", papers: "startup-papers", raising: "startup-raising", private: "startup-private", alerts: "startup-alerts" };

/** A tab's module with its words; those of the first come with the page. @param {string} name */
const fetchTab = async (name) => (await (name === tabs["overview"] ? import("./startup-overview.js") : bring(`pages/startups/${name}`))).Part;

/** What a tab's module draws, once it is here. @param {{ name: string, s: any, after: () => Promise<void>, staff: boolean }} props */
function Later({ name, ...props }) {
  const late = useSignal(/** @type {{ Part: any, of: string } | null} */ (null));
  useEffect(() => { fetchTab(name).then((Part) => { late.value = { Part, of: name }; }, (e) => say(asRefusal(e).message, { bad: true })); }, [name]);
  return late.value?.of === name ? html`<${late.value.Part} ...${props} />` : html`<div class="panel"><${Loading} /></div>`;
}

/** @param {{ id: string }} props */
export function Page({ id }) {
  const one = useOne(`/startups/${id}`, { on: ["startups", "startup_members", "enrolments", "report_requests"] });
  const staff = standing().roles.some((r) => ["staff", "manager"].includes(r));
  return html`${staff ? html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }]} />` : null}
    <${Frame} of=${one} loading=${html`<${Head} title=${t("startup.one_title")} /><div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ s) => html`<${Whole} s=${s} after=${one.reload} staff=${staff} />`}<//>`;
}

/** @param {{ s: any, after: () => Promise<void>, staff: boolean }} props */
function Whole({ s, after, staff }) {
  const tab = useSignal(new URLSearchParams(location.search).get("tab") ?? "overview"), at = tab.value in tabs ? tab.value : "overview";
  const turn = (/** @type {string} */ to) => { tab.value = to; history.replaceState(null, "", `${location.pathname}${to === "overview" ? "" : `?tab=${to}`}`); };
  const shown = s.visibility === "public" && s.status !== "closed";
  const paper = usePaper({ about: t(`startup.tab_${at}`), source: t("paper.from_startup"), ...(staff ? { left: t("paper.maker"), right: t("paper.leader") } : {}) });
  return html`${paper.head}<${Head} title=${s.name} sub=${pair(s, "one_liner") || t("startup.no_line")}><${Status} of="startups" is=${s.status} />${shown ? html`<a class="btn line" href=${`/startups/${s.slug}`} target="_blank" rel="noopener">${t("startup.public_page")}</a>` : null}${paper.button}<//>${paper.lines}
  <nav class="tabs" ref=${atCurrent} aria-label=${t("startup.tabs")}>${Object.keys(tabs).map((x) => html`<button type="button" key=${x} aria-current=${at === x ? "true" : undefined} onClick=${() => turn(x)}>${t(`startup.tab_${x}`)}</button>`)}</nav>
  <${Later} name=${tabs[at]} s=${s} after=${after} staff=${staff} />${paper.end}`;
}
