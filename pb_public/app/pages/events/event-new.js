// @ts-check
// A new event: written as a draft, which nobody sees until it is published.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/words.js";
import { Crumbs, Head } from "../../components/parts.js";
import { Part } from "./event-edit.js";

export const title = () => t("event_page.new");

export const Page = () => html`<${Crumbs} trail=${[{ to: "/app/events", label: t("event_page.title_all") }]} /><${Head} title=${t("event_page.new")} sub=${t("event_page.new_lead")} /><${Part} event=${null} after=${async () => {}} />`;
