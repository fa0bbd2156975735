// @ts-check
// Figures over time, drawn at the width there is: letters never shrink, a missing month is a gap, and a table says the same.
import { html, useEffect, useRef, useState } from "../lib/ui.js";
import { num, t } from "../lib/words.js";
import { Icon } from "./parts.js";

/** @typedef {{ x: string, y: number | null }} Point y null: not reported */

/** The width of a box, measured and measured again. @returns {[any, number]} */
function useWidth() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [width, set] = useState(0);
  useEffect(() => {
    const seen = new ResizeObserver(([e]) => set(Math.floor(e?.contentRect.width ?? 0)));
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return [box, width];
}

/** The round number above v; of a few things whole quarters of it. @param {number} v @param {boolean} whole */
function ceiling(v, whole) {
  if (whole && v <= 10) return [4, 8].find((c) => c >= v * 1.04) ?? 12;
  const p = 10 ** Math.floor(Math.log10(v || 1));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((k) => k * p).find((c) => c >= v * 1.04) ?? 10 * p;
}

/**
 * @param {object} props
 * @param {string} props.label what is drawn
 * @param {Point[]} props.points
 * @param {"line" | "bar"} [props.kind]
 * @param {(v: number) => string} [props.write] a figure, at the axis and in the table
 * @param {number} [props.target]
 * @param {string} [props.targetLabel]
 * @param {[string, string]} [props.heads] of the table
 */
export function Chart({ label, points, kind = "line", write = (v) => num(v), target, targetLabel = "", heads }) {
  const [box, width] = useWidth();
  if (points.every((p) => p.y === null)) return html`<p class="sub">${t("chart.none")}</p>`;
  return html`<figure class="chart"><div class="plot" ref=${box}>${width ? html`<${Drawing} label=${label} points=${points} kind=${kind} write=${write} target=${target} targetLabel=${targetLabel} W=${Math.max(120, width)} />` : null}</div>
  <details><summary><${Icon} n="chev" s />${t("chart.table")}</summary><table class="tbl compact"><thead><tr><th scope="col">${heads?.[0] ?? t("chart.period")}</th><th scope="col" class="end">${heads?.[1] ?? label}</th></tr></thead>
    <tbody>${points.map((p) => html`<tr><th scope="row">${p.x}</th><td class="end">${p.y === null ? html`<span class="muted">${t("state.unreported")}</span>` : write(p.y)}</td></tr>`)}</tbody></table></details></figure>`;
}

/** @param {{ label: string, points: Point[], kind: string, write: (v: number) => string, target: number | undefined, targetLabel: string, W: number }} props */
function Drawing({ label, points, kind, write, target, targetLabel, W }) {
  const H = W < 480 ? 210 : 250, right = 18, top = 22, bottom = 30;
  const known = points.flatMap((p) => (p.y === null ? [] : [p.y])), high = ceiling(Math.max(0, ...known, target ?? 0), [...known, target ?? 0].every(Number.isInteger));
  const left = Math.max(44, ...[high, high / 4].map((v) => write(v).length * 7.5 + 12));
  const step = (W - left - right) / Math.max(1, points.length), every = Math.ceil(54 / step), last = points.length - 1;
  const x = (/** @type {number} */ i) => left + step * (i + 0.5), y = (/** @type {number} */ v) => top + (H - top - bottom) * (1 - v / high);
  /** @type {[number, number][][]} */
  const runs = [];
  points.forEach((p, i) => {
    if (p.y === null) return;
    if (i === 0 || points[i - 1]?.y === null) runs.push([]);
    runs.at(-1)?.push([x(i), y(p.y)]);
  });
  const end = points[last]?.y ?? null, bar = Math.min(34, step * 0.62);
  const line = (/** @type {[number, number][]} */ run) => `M${run.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join("L")}`;
  return html`<svg width=${W} height=${H} viewBox=${`0 0 ${W} ${H}`} role="img" aria-label=${label}>
    ${[0, 1, 2, 3, 4].map((g) => html`<line class="gl" x1=${left} x2=${W - right} y1=${y((high * g) / 4)} y2=${y((high * g) / 4)} /><text x=${left - 8} y=${y((high * g) / 4) + 4} text-anchor="end">${write((high * g) / 4)}</text>`)}
    ${points.map((p, i) => ((last - i) % every ? null : html`<text x=${x(i)} y=${H - 8} text-anchor="middle">${p.x}</text>`))}
    ${target ? html`<line class="tg" x1=${left} x2=${W - right} y1=${y(target)} y2=${y(target)} /><text class="lab" x=${left + 4} y=${y(target) - 7}>${targetLabel} ${write(target)}</text>` : null}
    ${kind === "bar" ? points.map((p, i) => (p.y === null ? html`<text x=${x(i)} y=${y(0) - 8} text-anchor="middle">–</text>` : html`<rect class=${i < last ? "br p" : "br"} x=${x(i) - bar / 2} y=${y(p.y)} width=${bar} height=${Math.max(1, y(0) - y(p.y))} rx="2" />`))
      : runs.map((run, k) => html`<path class="ar" d=${`${line(run)}V${y(0)}H${run[0]?.[0]}Z`} /><path class="ln" d=${line(run)} />${runs[k + 1] ? html`<path class="gap" d=${`M${run.at(-1)}L${runs[k + 1]?.[0]}`} />` : null}${run.length === 1 ? html`<circle class="pt" cx=${run[0]?.[0]} cy=${run[0]?.[1]} r="3" />` : null}`)}
    ${end === null ? null : html`${kind === "line" ? html`<circle class="pt" cx=${x(last)} cy=${y(end)} r="5" />` : null}<text class="lab" x=${x(last)} y=${y(end) - 11} text-anchor="middle">${write(end)}</text>`}</svg>`;
}

/** A line without axes, beside a figure that says the number. @param {{ ys: (number | null)[], tone?: "" | "w" | "r" }} props */
export function Spark({ ys, tone = "" }) {
  const known = ys.flatMap((v) => (v === null ? [] : [v]));
  if (known.length < 2) return null;
  const high = Math.max(...known), low = Math.min(...known);
  let pen = "M";
  const d = ys.map((v, i) => { if (v === null) { pen = "M"; return ""; } const at = `${pen}${((i / (ys.length - 1)) * 96).toFixed(1)},${(29 - ((v - low) / (high - low || 1)) * 26).toFixed(1)}`; pen = "L"; return at; }).join("");
  return html`<svg class=${`spark ${tone}`} viewBox="0 0 96 32" preserveAspectRatio="none" aria-hidden="true"><path d=${d} /></svg>`;
}
