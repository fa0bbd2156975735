// @ts-check
// The sheets over one application: criterion by criterion, judge beside judge, with the gap between them.
import { html, say } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { moment, num, pair, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Avatar, Badge, Icon, Note, Panel, Status } from "../../components/parts.js";
import { Paragraphs } from "./answers.js";
import { apart } from "./desk.js";

/** @param {{ staff: any, intake: any, reload: () => any }} props intake null: still on its way */
export function Sheets({ staff, intake, reload }) {
  const seats = /** @type {any[]} */ (staff.assignments).toSorted((a, b) => Number(Boolean(b.sheet)) - Number(Boolean(a.sheet))), there = seats.filter((s) => s.sheet && !s.excluded_because);
  const name = (/** @type {string} */ id) => staff.people[id] || id, short = (/** @type {string} */ id) => name(id).trim().split(/\s+/).at(-1) ?? "";
  const rubric = /** @type {any[]} */ (intake?.rounds?.find((/** @type {any} */ r) => r.id === there[0]?.round)?.rubric ?? intake?.criteria ?? []);
  const gap = (/** @type {number[]} */ vs) => (vs.length > 1 ? Math.max(...vs) - Math.min(...vs) : null);
  const total = gap(there.map((s) => s.sheet.total));
  return html`<${Panel} title=${t("sheets.title")} side=${html`<span class="tag">${t("sheets.count", { done: num(staff.sheets.done), asked: num(staff.sheets.asked) })}</span>`}>
  ${there.length ? html`<div class="tw" tabindex="0" role="region" aria-label=${t("sheets.title")}><table class="tbl compact"><thead><tr><th scope="col">${t("sheets.criterion")}</th>${there.map((s) => html`<th scope="col" class="end" key=${s.id} title=${name(s.judge)}>${short(s.judge)}</th>`)}${there.length > 1 ? html`<th scope="col" class="end">${t("sheets.gap")}</th>` : null}</tr></thead>
    <tbody>${rubric.map((c) => { const g = gap(there.map((s) => s.sheet.scores[c.key] ?? 0)); return html`<tr key=${c.key}><th scope="row">${pair(c, "label")}</th>${there.map((s) => html`<td class="end" key=${s.id}>${s.sheet.scores[c.key] === undefined ? "–" : num(s.sheet.scores[c.key], 1)}</td>`)}${g === null ? null : html`<td class="end"><${Gap} n=${g} from=${apart.criterion} /></td>`}</tr>`; })}
    <tr><th scope="row"><b>${t("sheets.weighted")}</b></th>${there.map((s) => html`<td class="end" key=${s.id}><b>${num(s.sheet.total, 1)}</b></td>`)}${total === null ? null : html`<td class="end"><b><${Gap} n=${total} from=${apart.sheet} /></b></td>`}</tr></tbody></table></div>` : html`<p class="muted">${t(seats.length ? "sheets.none_yet" : "sheets.nobody")}</p>`}
  <div class="gap-t">${seats.map((s) => html`<div class="crit" key=${s.id}><div class="row"><${Avatar} name=${name(s.judge)} small /><b>${name(s.judge)}</b>${s.sheet ? html`<span class="muted sm">${moment(s.sheet.submitted_at)}</span>${s.sheet.recommendation ? html`<${Badge} tone=${{ yes: "ok", maybe: "warn", no: "bad" }[/** @type {string} */ (s.sheet.recommendation)]}>${t(`judging.say_${s.sheet.recommendation}`)}<//>` : null}` : html`<${Status} of="assignments" is=${s.status} />`}</div>
    ${s.excluded_because || s.declined_because ? html`<p class="sub sm">${s.excluded_because ? t("sheets.excluded") : ""} ${s.declined_because ?? ""}</p>` : null}
    ${s.sheet?.comment ? html`<p class="lbl sm">${t("judging.comment")}</p><${Paragraphs} text=${s.sheet.comment} />` : null}
    ${s.sheet?.note ? html`<p class="lbl sm">${t("judging.note")}</p><${Paragraphs} text=${s.sheet.note} />` : null}</div>`)}</div>
  <${Conflicts} conflicts=${staff.conflicts} name=${name} reload=${reload} /><//>`;
}

/** @param {{ n: number, from: number }} props from where on it is worth a look */
const Gap = ({ n, from }) => (n >= from ? html`<${Badge} tone="warn">${num(n, 1)}<span class="vh"> ${t("sheets.look")}</span><//>` : html`${num(n, 1)}`);

/** @param {{ conflicts: any[], name: (id: string) => string, reload: () => any }} props */
function Conflicts({ conflicts, name, reload }) {
  const { ask, dialog } = useAsk();
  if (conflicts.length === 0) return html`<div class="gap-t"><${Note}>${t("sheets.no_conflict")}<//></div>`;
  /** @param {any} c @param {string} verb @param {any[]} [fields] */
  const act = (c, verb, fields = []) => ask({
    title: t(`sheets.${verb}_title`), why: t(`sheets.${verb}_why`), act: t(`sheets.${verb}_do`), fields,
    send: (v, key) => call("POST", `/conflicts/${c.id}/${verb}`, v, { key }), done: async () => { say(t("sheets.settled")); await reload(); },
  });
  const reason = [{ name: "reason", label: t("desk.reason"), as: "area", rows: 3, required: true }];
  return html`<div class="gap-t stack s2"><h3>${t("sheets.conflicts")}</h3>${conflicts.map((c) => html`<div class="row nowrap" key=${c.id}><${Icon} n="warn" class="wn" /><span class="grow"><b>${name(c.judge)}</b> <${Status} of="conflicts" is=${c.status} /><br /><small class="muted">${c.note || (c.basis ? t(`sheets.basis_${c.basis}`) : t(`sheets.kind_${c.kind}`))}</small></span>
    ${c.status === "raised" ? html`<${Menu} label=${t("sheets.more", { name: name(c.judge) })} items=${[{ label: t("sheets.confirm_do"), icon: "check", act: () => act(c, "confirm") }, { label: t("sheets.dismiss_do"), icon: "x", act: () => act(c, "dismiss", reason) }]} />` : null}</div>`)}</div>${dialog}`;
}
