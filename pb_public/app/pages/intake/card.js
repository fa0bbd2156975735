// @ts-check
// What staff write on the card of an application: a proposal for whoever decides, a rank, a note.
import { html, useEffect } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { Saved, StaleSave, useAutosave } from "../../lib/autosave.js";
import { Field, Summary } from "../../lib/forms.js";
import { t } from "../../lib/words.js";
import { Panel } from "../../components/parts.js";

/** @param {{ card: any, reload: () => any }} props */
export function Card({ card, reload }) {
  const form = useAutosave({
    id: `card.${card.id}`, rev: card.rev, start: words(card),
    send: (v, rev, key) => call("PATCH", `/screenings/${card.id}`, { proposal: v["proposal"], rank: v["rank"] ?? 0, note: v["note"], rev }, { key }),
  });
  useEffect(() => { if (form.saver.meet(card.rev)) form.values.value = words(card); }, [card.rev]); // moved, or written on by a colleague
  const settled = card.status === "settled";
  return html`<${Panel} title=${t("card.title")} side=${html`<${Saved} form=${form} />`} class="stack"><${StaleSave} form=${form} reload=${reload} /><${Summary} form=${form} />
    <${Field} form=${form} name="proposal" as="segments" marked=${false} label=${t("card.proposal")} options=${["admit", "waitlist", "reject"].map((p) => ({ value: p, label: t(`screening.proposal_${p}`), disabled: settled }))} />
    <${Field} form=${form} name="rank" as="amount" marked=${false} label=${t("card.rank")} help=${t("card.rank_help")} disabled=${settled} />
    <${Field} form=${form} name="note" as="area" marked=${false} label=${t("card.note")} help=${t("card.note_help")} rows="4" disabled=${settled} /><//>`;
}

/** @param {any} card */
const words = ({ proposal, rank, note }) => ({ proposal, rank: rank || null, note });
