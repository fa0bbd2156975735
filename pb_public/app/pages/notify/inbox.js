// @ts-check
// The bell's sheet as a page.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/words.js";
import { Head, Panel } from "../../components/parts.js";
import { Inbox } from "../../shell/inbox.js";

export const title = () => t("inbox.title");
export const Page = () => html`<${Head} title=${t("inbox.title")} /><${Panel} class="narrow"><${Inbox} page /><//>`;
