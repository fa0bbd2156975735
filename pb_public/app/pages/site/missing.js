// @ts-check
// An address of the workspace that means nothing.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/words.js";
import { Empty, Head } from "../../components/parts.js";

export const title = () => t("missing.title");

export const Page = () => html`<${Head} title=${t("missing.title")} /><${Empty} tile=${12} title=${t("missing.what")} why=${t("missing.why")}><a class="btn" href="/app/">${t("state.home")}</a><a class="btn line" href="/">${t("missing.site")}</a><//>`;
