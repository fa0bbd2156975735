// @ts-check
// What a judge was asked to judge: how far they are, what is due, where to go on.
import { html, useEffect, useSignal } from "../../lib/ui.js";
import { useList } from "../../lib/list.js";
import { deadline, given, moment, ms, now, num, pair, t } from "../../lib/words.js";
import { Badge, Empty, Frame, Head, Icon, Next, Panel } from "../../components/parts.js";
import { done, Dots } from "./rubric.js";

export const title = () => t("menu.judging");

export function Page() {
  const list = useList("/assignments", { on: ["assignments", "score_sheets", "rounds"] });
  const rows = list.rows.value, n = rows.filter(done).length;
  return html`<${Head} title=${t("judging.queue")} sub=${rows.length ? t("judging.progress", { n, of: num(rows.length) }) : undefined} /><${Panels} />
  <${Frame} of=${list} empty=${html`<${Empty} tile=${9} title=${t("home.free_judge")} why=${t("home.free_judge_why")} />`}>${(/** @type {any[]} */ all) => html`<div class="stack"><${Dots} tasks=${all} /><${First} tasks=${all} /><${Panel}><div class="list">${all.map((task) => html`<${Row} key=${task.id} task=${task} />`)}</div><//></div>`}<//>`;
}

/** The panels onto which somebody was asked. Most judges sit on one, and answer once: the module comes when there is any. */
function Panels() {
  const all = useList("/commitments", { inURL: false, on: ["judge_commitments", "assignments", "rounds"] }), late = useSignal(/** @type {{ Part: any } | null} */ (null));
  const some = all.rows.value.length > 0;
  useEffect(() => { if (some) import("./panel.js").then((m) => { late.value = { Part: m.Pledges }; }, () => {}); }, [some]);
  return late.value && some ? html`<div class="gap-b"><${late.value.Part} rows=${all.rows.value} reload=${all.reload} /></div>` : null;
}

/** The next sheet that can be written. @param {{ tasks: any[] }} props */
function First({ tasks }) {
  const left = tasks.filter((task) => task.open && !done(task));
  const next = left.find((task) => task.progress.n) ?? left[0];
  if (!next) return null;
  return html`<${Next} eyebrow=${given(next.due_at) ? t("judging.due", { at: moment(next.due_at), left: deadline(next.due_at) }) : t("judging.next")} title=${next.title} why=${next.progress.n ? t("judging.filled", { n: next.progress.n, of: num(next.progress.of) }) : t("judging.minutes")} link=${`/app/judging/${next.id}`} act=${t(next.progress.n ? "judging.go_on" : "judging.begin")} />`;
}

/** @param {{ task: any }} props */
function Row({ task }) {
  const late = given(task.due_at) && !done(task) && ms(task.due_at) < now();
  return html`<a href=${`/app/judging/${task.id}`}><span class="grow"><b>${task.title}</b><small><span class="row"><span class="muted">${pair(task, "round")}</span>${done(task) ? html`<${Badge} tone="ok">${t("judging.sent")}<//>` : !task.open ? html`<${Badge} tone="idle" icon="lock">${t("judging.shut")}<//>` : task.progress.n ? html`<${Badge} tone="info" icon="edit">${t("judging.filled", { n: task.progress.n, of: num(task.progress.of) })}<//>` : html`<${Badge} tone="idle">${t("judging.untouched")}<//>`}
    ${given(task.due_at) && !done(task) ? html`<span class=${late ? "bad" : undefined}>${t("judging.due", { at: moment(task.due_at), left: deadline(task.due_at) })}</span>` : null}</span></small></span><${Icon} n="chev" /></a>`;
}
