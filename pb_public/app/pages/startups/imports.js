// @ts-check
// Tables in and out: a file is chosen, what it would do is looked through, and only what was seen goes in.
import { html, say, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, download, newKey } from "../../lib/api.js";
import { date, dong, num, pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Head, Icon, Panel } from "../../components/parts.js";
import { when, write } from "./kpi.js";

export const title = () => t("imports.title");

/** What may be taken in, and the heads of its tables. @type {Record<string, string[]>} */
const kinds = { startups: ["name", "tax_code", "founded_on", "revenue_vnd", "jobs", "website"], readings: ["startup", "period", "kpi", "value"] };

export function Page() {
  const kind = useSignal("startups");
  const save = (/** @type {string} */ format) => download(`/exports/${kind.value}`, { format }, `${kind.value}.${format}`).catch((e) => say(asRefusal(e).message, { bad: true }));
  return html`<${Crumbs} trail=${[{ to: "/app/startups", label: t("startup.all_title") }]} /><${Head} title=${t("imports.title")} sub=${t("imports.lead")} />
  <nav class="tabs" aria-label=${t("imports.kinds")}>${Object.keys(kinds).map((k) => html`<button type="button" key=${k} aria-current=${kind.value === k ? "true" : undefined} onClick=${() => { kind.value = k; }}>${t(`imports.kind_${k}`)}</button>`)}</nav>
  <div class="stack"><${Taking} key=${kind.value} kind=${kind.value} />
    <${Panel} title=${t("imports.out")}><p class="sub gap-b">${t(`imports.out_${kind.value}`)}</p><div class="row">${["xlsx", "csv"].map((f) => html`<button key=${f} class="btn line" type="button" onClick=${() => save(f)}><${Icon} n="down" />${f.toUpperCase()}</button>`)}</div><//></div>`;
}

/** A file as text that JSON carries. @param {File} file @returns {Promise<string>} */
const packed = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});

/** @param {{ kind: string }} props */
function Taking({ kind }) {
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const file = useSignal(/** @type {{ name: string, text: string } | null} */ (null)), plan = useSignal(/** @type {any} */ (null)), wrong = useSignal(""), busy = useSignal(false);
  /** Asks what the file would do, or with the seal of what was seen does it. @param {string} [seal] */
  async function ask(seal = "") {
    if (!file.value) return;
    busy.value = true;
    wrong.value = "";
    try {
      plan.value = await call("POST", `/imports/${kind}`, { file: file.value.text, seal }, { key: newKey() });
      if (plan.value.done) say(t("imports.done", { n: num(plan.value.created + plan.value.updated, 0) }));
    } catch (e) {
      const no = asRefusal(e);
      wrong.value = no.fields["file"]?.message ?? no.message;
      if (!seal) plan.value = null;
      else if (no.code === "import.changed") { busy.value = false; const why = wrong.value; await ask(); wrong.value = why; }
    }
    busy.value = false;
  }
  /** @param {File | undefined} chosen */
  async function choose(chosen) {
    if (!chosen) return;
    try { file.value = { name: chosen.name, text: await packed(chosen) }; } catch { wrong.value = t("imports.unread"); return; }
    if (picker.current) picker.current.value = ""; // the same file may be mended and chosen again
    await ask();
  }
  const p = plan.value, n = p ? p.created + p.updated : 0;
  return html`<${Panel} title=${t("imports.in")}><div class="stack s3"><p class="sub">${t(`imports.in_${kind}`)}</p><p class="sub sm">${t("imports.columns")} <code>${(kinds[kind] ?? []).join(", ")}</code></p>
      <input class="vh" type="file" tabindex="-1" aria-hidden="true" ref=${picker} accept=".csv,.xlsx,text/csv" onChange=${(/** @type {any} */ e) => choose(e.currentTarget.files?.[0])} />
      <div class="row"><button class=${p && !p.done && n ? "btn line" : "btn"} type="button" disabled=${busy.value} onClick=${() => picker.current?.click()}><${Icon} n="up" />${t(file.value ? "imports.choose_other" : "imports.choose")}</button>${file.value ? html`<span class="sub">${file.value.name}</span>` : null}</div>
      <div role="status">${busy.value ? html`<p class="sub">${t("imports.reading")}</p>` : null}</div><div role="alert">${wrong.value ? html`<p class="err">${wrong.value}</p>` : null}</div></div><//>
    ${p ? html`<${Seen} p=${p} n=${n} busy=${busy.value} go=${() => ask(p.seal)} />` : null}`;
}

/** What a file would do, or has done. @param {{ p: any, n: number, busy: boolean, go: () => unknown }} props */
function Seen({ p, n, busy, go }) {
  const counts = [["created", p.created], ["updated", p.updated], ["unchanged", p.unchanged], ["faults", p.faults.length]].filter(([, c]) => c > 0);
  return html`<${Panel} title=${t(p.done ? "imports.was" : "imports.would")} side=${p.done ? html`<${Badge} tone="ok">${t("imports.in_now")}<//>` : null}><div class="stack s3">
      <div class="row"><span>${t("imports.rows", { n: num(p.rows, 0) })}</span>${counts.map(([key, c]) => html`<${Badge} key=${key} tone=${key === "faults" ? "bad" : key === "unchanged" ? "idle" : "info"}>${t(`imports.n_${key}`, { n: num(c, 0) })}<//>`)}</div>
      ${p.done ? null : n ? html`<div class="row"><button class="btn" type="button" disabled=${busy} onClick=${go}>${t("imports.go", { n: num(n, 0) })}</button>${p.faults.length ? html`<span class="sub">${t("imports.without")}</span>` : null}</div>` : html`<p class="sub">${t("imports.nothing")}</p>`}</div><//>
    ${p.faults.length ? html`<${Panel} title=${t("imports.faults")}><${Rows} label=${t("imports.faults")} heads=${[t("imports.row"), t("imports.column"), t("imports.why")]}>${p.faults.slice(0, 200).map((/** @type {any} */ f) => html`<tr key=${f.row}><th scope="row" class="tn">${t("import.row", { row: f.row })}</th><td data-l=${t("imports.column")}>${f.field ? column(f.field) : "–"}</td><td class="full" data-l=${t("imports.why")}>${pair(f, "message")}</td></tr>`)}<//>${p.faults.length > 200 ? html`<p class="sub sm">${t("imports.more", { n: num(p.faults.length - 200, 0) })}</p>` : null}<//>` : null}
    ${p.changes.length ? html`<${Panel} title=${t("imports.differs")}><${Rows} label=${t("imports.differs")} heads=${[t("imports.row"), t("imports.whose"), t("imports.what")]}>${p.changes.map((/** @type {any} */ c) => html`<tr key=${c.row}><th scope="row" class="tn">${t("import.row", { row: c.row })}</th><td data-l=${t("imports.whose")}>${c.startup.id ? html`<a href=${`/app/startups/${c.startup.id}`}>${c.startup.name}</a>` : html`${c.startup.name} <${Badge} tone="info">${t("imports.new")}<//>`}</td>
      <td class="full" data-l=${t("imports.what")}><ul class="stack s2">${c.differs.map((/** @type {any} */ d) => html`<li key=${d.field}>${d.kpi ? `${pair(d.kpi, "label")}, ${when(d.period_key)}` : column(d.field)}: ${d.old === null ? null : html`<del>${shown(d, d.old)}</del> → `}<b class="tn">${shown(d, d.new)}</b></li>`)}</ul></td></tr>`)}<//>${n > p.changes.length ? html`<p class="sub sm">${t("imports.more", { n: num(n - p.changes.length, 0) })}</p>` : null}<//>` : null}`;
}

/** @param {{ label: string, heads: string[], children?: any }} props */
const Rows = ({ label, heads, children }) => html`<div class="tw" tabindex="0" role="region" aria-label=${label}><table class="tbl cards"><thead><tr>${heads.map((h) => html`<th scope="col" key=${h}>${h}</th>`)}</tr></thead><tbody>${children}</tbody></table></div>`;

/** @param {string} field */
const column = (field) => t(`import.column_${field}`);

/** @param {any} d @param {string | number} v */
const shown = (d, v) => (typeof v === "number" ? (d.field === "revenue_vnd" ? dong(v) : write(d.kpi?.unit ?? "count", v)) : d.field === "founded_on" ? date(v) : v);
