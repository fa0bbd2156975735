// @ts-check
// One version of a form. A draft is written here and saves itself; beside it stands what applicants will see, and at each
// question what keeps it from being published. What is published is read only: the next version begins as its copy.
import { cls, go, html, say, useMemo, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { Saved, StaleSave, useAutosave } from "../../lib/autosave.js";
import { Menu, newForm, useAsk } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { pair, t } from "../../lib/words.js";
import { Badge, Crumbs, Empty, Frame, Head, Icon, Loading, Note, Panel, Segments, Status } from "../../components/parts.js";
import { Ask, nameOf, shown } from "./question.js";

/** @typedef {import("./parts.js").Question} Question */
/** @typedef {{ field: string, code: string, slots?: Record<string, string> }} Fault */

export const title = () => t("form.one");

/** @param {{ id: string }} props of the version */
export function Page({ id }) {
  const version = useOne(`/form-versions/${id}`), round = useSignal(0);
  const anew = async () => { await version.reload(); round.value++; };
  return html`<${Frame} of=${version} loading=${html`<${Head} title=${t("form.one")} /><div class="split e"><div class="panel"><${Loading} /></div><div class="panel"><${Loading} /></div></div>`}>${(/** @type {any} */ v) => html`<${Version} key=${`${id}${round.value}${v.status}`} v=${v} anew=${anew} />`}<//>`;
}

/** @param {{ v: any, anew: () => Promise<void> }} props */
function Version({ v, anew }) {
  const draft = v.status === "draft", { ask, dialog } = useAsk(), faults = useSignal(/** @type {Fault[]} */ (v.faults)), view = useSignal("write");
  const form = useAutosave({
    id: `form.${v.id}`, rev: v.rev, start: { schema: v.schema ?? [] },
    async send({ schema }, rev, key) {
      const answer = await call("PATCH", `/form-versions/${v.id}`, { schema, rev }, { key });
      faults.value = answer.faults;
      return answer;
    },
  });
  const schema = /** @type {Question[]} */ (form.values.value["schema"]);
  const verb = async (/** @type {string} */ to, /** @type {string} */ told) => {
    try {
      await form.saver.flush();
      await call("POST", to);
      say(told);
      await anew();
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const publish = () => ask({ title: t("form.publish"), why: t("form.publish_why"), act: t("form.publish_do"), send: async (_, key) => { await form.saver.flush(); return call("POST", `/form-versions/${v.id}/publish`, {}, { key }); }, done: async () => { say(t("form.publish_done")); await anew(); } });
  const next = async () => { try { go(`/app/forms/${(await call("POST", `/forms/${v.form}/versions`)).id}`); } catch (e) { say(asRefusal(e).message, { bad: true }); } };
  const rename = () => ask({ title: t("form.rename"), act: t("terms.save"), start: { title_vi: v.title_vi, title_en: v.title_en }, fields: [{ name: "title_vi", label: t("forms.title_vi"), required: true, maxlength: 200 }, { name: "title_en", label: t("forms.title_en"), maxlength: 200 }], send: (w, key) => call("PATCH", `/forms/${v.form}`, { ...w, rev: v.form_rev }, { key }), done: anew });
  const items = [{ label: t("form.rename"), icon: "edit", act: rename }, ...(v.status === "published" ? [{ label: t("form.retire"), icon: "stop", act: () => verb(`/form-versions/${v.id}/retire`, t("form.retire_done")) }] : [])];
  return html`<${Crumbs} trail=${[{ to: "/app/forms", label: t("forms.title") }]} /><${Head} title=${pair(v, "title")} sub=${t("forms.version", { n: v.number })}><${Status} of="form_versions" is=${v.status} tag />
    ${draft ? html`<button class="btn" type="button" disabled=${faults.value.length > 0} onClick=${publish}>${t("form.publish_do")}</button>` : html`<button class="btn line" type="button" onClick=${next}><${Icon} n="plus" />${t("forms.next")}</button>`}<${Menu} label=${t("form.more")} items=${items} /><//>
  ${draft ? null : html`<div class="gap-b"><${Note}>${t("form.frozen")}${v.intakes.length ? ` ${t("forms.asked_by", { intakes: v.intakes.map((/** @type {any} */ i) => pair(i, "title")).join(", ") })}` : ""}<//></div>`}
  ${draft ? html`<div class="row sb gap-b"><${Segments} class="only-narrow" label=${t("form.view")} value=${view.value} set=${(/** @type {string} */ to) => { view.value = to; }} options=${[{ value: "write", label: t("form.write") }, { value: "look", label: t("form.look") }]} /><${Saved} form=${form} /></div><${StaleSave} form=${form} reload=${anew} />` : null}
  <div class=${draft ? "split e" : undefined}>${draft ? html`<div class=${cls("stack", view.value === "look" && "only-wide")}><${Questions} form=${form} schema=${schema} faults=${faults.value} /></div>` : null}
    <div class=${cls("stack", draft && view.value === "write" && "only-wide")}><${Preview} schema=${schema} /></div></div>${dialog}`;
}

/** The questions, one open at a time. @param {{ form: any, schema: Question[], faults: Fault[] }} props */
function Questions({ form, schema, faults }) {
  const open = useSignal(-1), dragged = useSignal(-1), over = useSignal(-1), edit = useSignal(/** @type {{ Part: any } | null} */ (null));
  const set = (/** @type {Question[]} */ to) => form.set("schema", to);
  const show = async (/** @type {number} */ n) => {
    try { edit.value ??= { Part: (await import("./ask-edit.js")).Edit }; open.value = n; } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  const focus = (/** @type {number} */ n) => requestAnimationFrame(() => document.getElementById(`ask-${n}`)?.focus());
  const add = async () => { set([...schema, { key: free(schema, "cau_hoi"), type: "text", label_vi: "", label_en: "", help_vi: "", help_en: "", required: true, reviewer_visible: true }]); await show(schema.length); };
  /** @param {number} from @param {number} to */
  const move = (from, to) => {
    if (to < 0 || to >= schema.length || from === to) return;
    const rest = schema.toSpliced(from, 1);
    set(rest.toSpliced(to, 0, /** @type {Question} */ (schema[from])));
    open.value = -1;
    say(t("form.moved", { n: to + 1 }), { silent: true });
    focus(to);
  };
  const double = (/** @type {number} */ n) => { const q = /** @type {Question} */ (schema[n]); set(schema.toSpliced(n + 1, 0, { ...structuredClone(q), key: free(schema, q.key), maps_to: "" })); show(n + 1); };
  const drop = (/** @type {number} */ n) => { const was = schema; set(schema.toSpliced(n, 1)); open.value = -1; say(t("form.dropped", { n: n + 1 }), { undo: () => set(was) }); focus(Math.max(0, n - 1)); };
  const keys = (/** @type {KeyboardEvent} */ e, /** @type {number} */ n) => { const to = { ArrowUp: n - 1, ArrowDown: n + 1 }[e.key]; if (!e.altKey || to === undefined) return; e.preventDefault(); move(n, to); };
  const whole = faults.filter((f) => !/^schema\.\d/.test(f.field) && schema.length > 0);
  return html`${whole.map((f) => html`<${Note} key=${f.code} tone="w">${t(`form.${f.code.slice(5)}`, f.slots ?? {})}<//>`)}
  ${schema.length ? html`<p class="sub sm">${t("form.keys")}</p><ol class="stack s3">${schema.map((q, n) => {
    const wrong = faults.filter((f) => f.field.startsWith(`schema.${n}.`)), name = pair(q, "label") || t("ask.unnamed"), there = open.value === n && edit.value;
    return html`<li class=${cls("panel", over.value === n && dragged.value >= 0 && "drop")} key=${n} onDragOver=${(/** @type {DragEvent} */ e) => { if (dragged.value >= 0) { e.preventDefault(); over.value = n; } }} onDrop=${(/** @type {DragEvent} */ e) => { e.preventDefault(); move(dragged.value, n); dragged.value = -1; over.value = -1; }}>
      <div class="row sb nowrap" draggable=${!there} onDragStart=${(/** @type {DragEvent} */ e) => { dragged.value = n; e.dataTransfer?.setData("text/plain", q.key); }} onDragEnd=${() => { dragged.value = -1; over.value = -1; }}>
        <button class="btn ghost grow lead" type="button" id=${`ask-${n}`} aria-expanded=${Boolean(there)} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onKeyDown=${(/** @type {KeyboardEvent} */ e) => keys(e, n)} onClick=${() => (there ? (open.value = -1) : show(n))}><span class="tag">${n + 1}</span><span class="grow">${name}${q.required ? null : html` <span class="fw4 muted">${t("form.optional")}</span>`}<br /><small class="muted fw4">${t(`ask.type_${q.type}`)}${q.show_if ? ` · ${t("form.sometimes")}` : ""}</small></span></button>
        <span class="row nowrap">${wrong.length ? html`<${Badge} tone="bad"><span class="vh">${t("form.faults", { n: wrong.length })}</span><//>` : null}<${Menu} label=${t("form.question_more", { question: name })} items=${[{ label: t("form.up"), icon: "rise", disabled: n === 0, act: () => move(n, n - 1) }, { label: t("form.down"), icon: "fall", disabled: n === schema.length - 1, act: () => move(n, n + 1) }, { label: t("form.double"), icon: "file", act: () => double(n) }, { label: t("form.drop"), icon: "trash", bad: true, act: () => drop(n) }]} /></span></div>
      ${there ? html`<${there.Part} q=${q} before=${schema.slice(0, n)} faults=${Object.fromEntries(wrong.map((f) => [f.field.split(".")[2], t(`form.${f.code.slice(5)}`, f.slots ?? {})]))} set=${(/** @type {Question} */ to) => set(renamed(schema, n, to))} />`
        : wrong.length ? html`<ul class="stack s2">${wrong.map((f) => html`<li class="err" key=${f.field}><${Icon} n="stop" s />${t(`form.${f.code.slice(5)}`, f.slots ?? {})}</li>`)}</ul>` : null}</li>`;
  })}</ol>` : html`<${Empty} icon="edit" title=${t("form.blank")} why=${t("form.blank_why")} />`}
  <p><button class="btn line" type="button" onClick=${add}><${Icon} n="plus" />${t("form.add")}</button></p>`;
}

/** A key that no question has. @param {Question[]} schema @param {string} wish */
function free(schema, wish) {
  const taken = new Set(schema.map((q) => q.key)), root = wish.replace(/_\d+$/, "").slice(0, 36) || "cau_hoi";
  for (let n = 1; ; n++) { const key = n === 1 ? root : `${root}_${n}`; if (!taken.has(key)) return key; }
}

/** The questions with one of them changed: whatever pointed at its old key points at the new one. @param {Question[]} schema @param {number} n @param {Question} to */
function renamed(schema, n, to) {
  const was = schema[n]?.key;
  return schema.map((q, i) => (i === n ? to : q.show_if && q.show_if.key === was ? { ...q, show_if: { ...q.show_if, key: to.key } } : q));
}

/** The form as applicants see it. Nothing that is typed here is kept. @param {{ schema: Question[] }} props */
function Preview({ schema }) {
  const form = useMemo(() => newForm({}), []);
  return html`<${Panel} title=${t("form.look")} class="stack s5">${schema.length ? shown(schema, form.values.value).map((q) => html`<${Ask} key=${nameOf(q)} form=${form} q=${q} />`) : html`<p class="muted">${t("form.blank")}</p>`}<//>`;
}
