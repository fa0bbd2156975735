// @ts-check
// The dialog in which staff write a round: its criteria, its judges, its hours, and who goes on from it. What judges judge by
// stands still once the round is open.
import { html, useSignal } from "../../lib/ui.js";
import { call } from "../../lib/api.js";
import { num, t } from "../../lib/words.js";
import { Dialog, Field, Stale, Summary, useForm } from "../../lib/forms.js";
import { Icon, Note } from "../../components/parts.js";
import { fromField, toField } from "./parts.js";

/** @typedef {{ key: string, label_vi: string, label_en: string, weight: number, min: number, max: number, step: number, anchors?: any[] }} Line weight in percent */

/** What a round begins with, where nobody has written another. @returns {Line[]} */
const first = () => [["problem", 30], ["solution", 25], ["team", 25], ["feasibility", 20]].map(([key, weight]) => ({ key: String(key), label_vi: t(`stage.first_${key}`), label_en: "", weight: Number(weight), min: 1, max: 5, step: 1 }));

/** @param {any} r */
const start = (r) => ({
  title_vi: r?.title_vi ?? "", title_en: r?.title_en ?? "", per_subject: r?.per_subject ?? 2, blind: r?.blind ?? false, after_own: r?.after_own ?? false,
  closes_at: toField(r?.closes_at ?? ""), grace_min: r?.grace_min ?? 0, top: r?.advance_rule?.top || null, mean: r?.advance_rule?.mean ?? "", above: r?.advance_rule?.above ?? "",
  sheets: r?.advance_rule?.sheets || null, ties: r?.advance_rule?.ties || "chain",
});

/** Points as a person types them; null for none. @param {any} v */
const points = (v) => (String(v ?? "").trim() === "" ? undefined : String(v).trim());

/** @param {{ path: string, method: "POST" | "PATCH", round: any, done: () => any, close: () => void }} props */
export function Terms({ path, method, round, done, close }) {
  const frozen = Boolean(round?.frozen);
  const lines = useSignal(/** @type {Line[]} */ (round ? round.rubric.map((/** @type {any} */ c) => ({ ...c, weight: c.weight / 100 })) : first()));
  const total = lines.value.reduce((sum, c) => sum + (Number(c.weight) || 0), 0);
  const form = useForm({
    start: start(round), rev: round?.rev ?? 0,
    check: (v) => ({ ...(v["title_vi"].trim() ? {} : { title_vi: t("round.title") }), ...(frozen || Math.round(total * 100) === 10000 ? {} : { rubric: t("stage.sum", { n: num(total, 0) }) }) }),
    send: (v, key, rev) => call(method, path, {
      title_vi: v["title_vi"], title_en: v["title_en"], rev,
      ...(frozen ? {} : {
        per_subject: Number(v["per_subject"]), blind: v["blind"], others_visible: v["after_own"] ? "after_own" : "never", grace_min: Number(v["grace_min"]) || 0,
        ...(v["closes_at"] ? { closes_at: fromField(v["closes_at"]) } : {}), rubric: lines.value.map((c) => ({ ...c, weight: Math.round(Number(c.weight) * 100), anchors: (c.anchors ?? []).filter((a) => a.text_vi.trim() && steps(c).includes(Number(a.at))) })),
        ...(v["top"] || points(v["mean"]) || points(v["above"]) || v["sheets"] ? { advance_rule: { top: Number(v["top"]) || 0, mean: points(v["mean"]), above: points(v["above"]), sheets: Number(v["sheets"]) || 0, ties: v["ties"] } } : {}),
      }),
    }, { key }),
    async done() { close(); await done(); },
  });
  return html`<${Dialog} title=${t(round ? "stage.edit" : "stage.add")} close=${close}><form class="stack" novalidate onSubmit=${form.submit}><${Stale} form=${form} theirs=${async () => { close(); await done(); }} /><${Summary} form=${form} />
    <${Field} form=${form} name="title_vi" label=${t("stage.name_vi")} required maxlength="200" /><${Field} form=${form} name="title_en" label=${t("stage.name_en")} maxlength="200" />
    ${frozen ? html`<${Note}>${t("round.frozen")}<//>` : html`<${Rubric} lines=${lines} total=${total} wrong=${form.problems.value["rubric"]} />
    <${Field} form=${form} name="per_subject" as="amount" label=${t("stage.per_subject")} required />
    <${Field} form=${form} name="blind" as="check" label=${t("stage.blind_on")} help=${t("stage.blind_help")} />
    <${Field} form=${form} name="after_own" as="check" label=${t("stage.after_own")} help=${t("stage.after_own_help")} />
    <${Field} form=${form} name="closes_at" type="datetime-local" label=${t("gate.round_until")} help=${t("gate.round_until_help")} />
    <${Field} form=${form} name="grace_min" as="amount" label=${t("stage.grace")} help=${t("stage.grace_help")} unit=${t("stage.minutes")} />
    <fieldset class="stack s3"><legend class="lbl">${t("stage.rule")}</legend><p class="hint">${t("stage.rule_help")}</p>
      <${Field} form=${form} name="top" as="amount" label=${t("stage.rule_top")} /><${Field} form=${form} name="mean" label=${t("stage.rule_mean")} inputmode="decimal" />
      <${Field} form=${form} name="above" label=${t("stage.rule_above")} inputmode="decimal" /><${Field} form=${form} name="sheets" as="amount" label=${t("stage.rule_sheets")} />
      <${Field} form=${form} name="ties" as="options" label=${t("stage.ties")} required options=${["chain", "all", "none"].map((v) => ({ value: v, label: t(`stage.ties_${v}`) }))} /></fieldset>`}
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t("stage.save")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}

/** The points that a criterion gives, while there are few enough to be explained. @param {Line} c */
const steps = ({ min, max, step }) => (max > min && (max - min) / step <= 10 ? Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, i) => min + i * step) : []);

/** What so many points mean, in words: judges read it beside the keys. @param {{ c: Line, n: number, put: (anchors: any[]) => void }} props */
function Anchors({ c, n, put }) {
  const all = c.anchors ?? [], at = (/** @type {number} */ p) => all.find((a) => Number(a.at) === p) ?? { at: p, text_vi: "", text_en: "" };
  const set = (/** @type {number} */ p, /** @type {any} */ more) => put([...all.filter((a) => Number(a.at) !== p), { ...at(p), ...more }].toSorted((a, b) => a.at - b.at));
  return html`<details><summary><${Icon} n="chev" s />${t("stage.anchors", { n })}</summary><div class="stack s2 gap-t"><p class="hint">${t("stage.anchors_why")}</p>${steps(c).map((p) => html`<fieldset class="stack s2" key=${p}><legend class="lbl sm">${t("stage.anchor", { n: p })}</legend>
    <input aria-label=${t("stage.anchor_vi", { at: num(p) })} placeholder=${t("stage.in_vi")} maxlength="300" value=${at(p).text_vi} onInput=${(/** @type {any} */ e) => set(p, { text_vi: e.currentTarget.value })} />
    <input aria-label=${t("stage.anchor_en", { at: num(p) })} placeholder=${t("stage.in_en")} maxlength="300" value=${at(p).text_en} onInput=${(/** @type {any} */ e) => set(p, { text_en: e.currentTarget.value })} /></fieldset>`)}</div></details>`;
}

/** Criteria with their weights, which sum to the whole. @param {{ lines: { value: Line[] }, total: number, wrong: any }} props */
function Rubric({ lines, total, wrong }) {
  /** @param {number} i @param {Partial<Line>} more */
  const put = (i, more) => { lines.value = lines.value.map((c, n) => (n === i ? { ...c, ...more } : c)); };
  const add = () => { lines.value = [...lines.value, { key: `c${Date.now().toString(36)}`, label_vi: "", label_en: "", weight: Math.max(100 - total, 0), min: 1, max: 5, step: 1 }]; };
  return html`<fieldset class="stack s3"><legend class="lbl">${t("stage.rubric")}</legend>${lines.value.map((c, i) => html`<div class="crit stack s2" key=${c.key}>
      <label class="lbl sm">${t("stage.criterion", { n: i + 1 })}<input value=${c.label_vi} required maxlength="200" onInput=${(/** @type {any} */ e) => put(i, { label_vi: e.currentTarget.value })} /></label>
      <label class="lbl sm">${t("stage.criterion_en")}<input value=${c.label_en} maxlength="200" onInput=${(/** @type {any} */ e) => put(i, { label_en: e.currentTarget.value })} /></label>
      <div class="cols trio"><label class="lbl sm">${t("stage.weight")}<input type="number" min="1" max="100" value=${c.weight} onInput=${(/** @type {any} */ e) => put(i, { weight: Number(e.currentTarget.value) })} /></label>
      <label class="lbl sm">${t("stage.min")}<input type="number" min="0" value=${c.min} onInput=${(/** @type {any} */ e) => put(i, { min: Number(e.currentTarget.value) })} /></label>
      <label class="lbl sm">${t("stage.max")}<input type="number" min="1" value=${c.max} onInput=${(/** @type {any} */ e) => put(i, { max: Number(e.currentTarget.value) })} /></label></div>
      <${Anchors} c=${c} n=${i + 1} put=${(/** @type {any[]} */ anchors) => put(i, { anchors })} />
      ${lines.value.length > 1 ? html`<button class="btn ghost sm" type="button" onClick=${() => { lines.value = lines.value.filter((x) => x !== c); }}><${Icon} n="x" s />${t("stage.drop", { n: i + 1 })}</button>` : null}</div>`)}
    <p class="row"><button class="btn line sm" type="button" onClick=${add}><${Icon} n="plus" s />${t("stage.more")}</button><span class=${Math.round(total) === 100 ? "sub" : "bad"}>${t("stage.sum", { n: num(total, 0) })}</span></p>${wrong ? html`<p class="err"><${Icon} n="stop" s />${wrong}</p>` : null}</fieldset>`;
}
