// @ts-check
// The files of an application: chosen, dropped or photographed, each on its way with its own bar, its own refusal and its own
// second try.
import { cls, html, say, useEffect, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call, get, refusal, Refusal, token } from "../../lib/api.js";
import { deadline, lang, moment, t } from "../../lib/words.js";
import { Icon, Note } from "../../components/parts.js";
import { mega, Named, take, weight } from "./kept.js";

/** @typedef {import("./kept.js").Kept} Kept */
/** @typedef {{ key: number, file: File, sent: number, why: string, xhr: XMLHttpRequest | null }} Going a file on its way; why: it was refused */

/** What the browser's own dialog offers; the server looks at the bytes. */
const offers = { pdf: "application/pdf,.pdf", image: "image/png,image/jpeg,image/webp", office: ".docx,.xlsx,.pptx" };

/**
 * Sends one file, telling how much of it has gone. Throws a Refusal; one without a status means that the way was broken.
 * @param {string} address
 * @param {Going} one
 * @param {(sent: number) => void} tell
 */
const send = (address, one, tell) => new Promise((done, fail) => {
  const x = (one.xhr = new XMLHttpRequest());
  x.open("POST", address);
  x.setRequestHeader("Authorization", token());
  x.setRequestHeader("Accept-Language", lang.value);
  x.setRequestHeader("Content-Type", "application/octet-stream");
  x.responseType = "json";
  x.upload.onprogress = (e) => tell(e.loaded);
  x.onload = () => (x.status < 300 ? done(x.response) : fail(refusal(x.status, x.response)));
  x.onerror = () => fail(new Refusal(0, "offline", t("files.lost")));
  x.onabort = () => fail(new Refusal(0, "stopped", ""));
  x.send(one.file);
});

/**
 * Where an applicant puts the files of one question. What it shows is what the server keeps; onChange only tells the form.
 * @param {object} props
 * @param {{ id: string }} props.application
 * @param {{ key: string, accept?: string[], max_files?: number, max_mb?: number }} props.question
 * @param {string[]} props.value ids
 * @param {(ids: string[]) => void} props.onChange
 * @param {boolean} [props.disabled]
 * @param {boolean} [props.late] after the deadline: one file may still be sent, and none be taken out
 */
export function Files({ application, question, value, onChange, disabled = false, late = false }) {
  const there = useSignal(/** @type {Kept[] | null} */ (null)), going = useSignal(/** @type {Going[]} */ ([])), over = useSignal(false), count = useSignal(0);
  const ticket = useSignal(/** @type {{ until: string } | null} */ (null)), trouble = useSignal("");
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null)), camera = useRef(/** @type {HTMLInputElement | null} */ (null)), box = useRef(/** @type {HTMLElement | null} */ (null));
  const way = `/applications/${application.id}/files`, most = question.max_files || 5, mb = question.max_mb || 20;
  const takes = /** @type {("pdf" | "image" | "office")[]} */ (question.accept?.length ? question.accept : ["pdf", "image", "office"]);

  /** @param {Kept[]} files */
  const show = (files) => {
    there.value = files;
    const ids = files.map((f) => f.id);
    if (ids.join() !== (value ?? []).join()) onChange(ids);
  };
  const load = async () => {
    try {
      const answer = await get(way);
      ticket.value = answer.ticket;
      trouble.value = "";
      show(answer.rows.filter((/** @type {Kept} */ f) => f.question === question.key));
    } catch (e) { trouble.value = asRefusal(e).message; }
  };
  useEffect(() => { load(); return () => going.value.forEach((g) => g.xhr?.abort()); }, [application.id, question.key]);

  /** @param {Going} one @param {Partial<Going>} change */
  const change = (one, change) => { Object.assign(one, change); going.value = [...going.value]; };
  /** @param {Going} one */
  const drop = (one) => { one.xhr?.abort(); going.value = going.value.filter((g) => g !== one); };

  /** @param {Going} one */
  async function go(one) {
    change(one, { why: "", sent: 0 });
    try {
      const { file, ticket: given } = await send(`/api/vuon${way}?${new URLSearchParams({ question: question.key, name: one.file.name })}`, one, (sent) => change(one, { sent }));
      going.value = going.value.filter((g) => g !== one);
      ticket.value = given;
      show([...(there.value ?? []).filter((f) => f.id !== file.id), file]);
      say(t("files.arrived", { name: file.name }), { silent: true });
    } catch (e) {
      const why = asRefusal(e);
      if (why.code !== "stopped") { change(one, { why: why.message, xhr: null }); say(`${one.file.name}: ${why.message}`, { silent: true }); }
    }
  }

  /** @param {FileList | null | undefined} chosen */
  function add(chosen) {
    let room = most - (there.value?.length ?? 0) - going.value.filter((g) => !g.why).length;
    for (const file of chosen ?? []) {
      const why = room <= 0 ? t("file.too_many", { max: most }) : file.size > mb * mega ? t("file.too_large", { mb }) : file.size === 0 ? t("file.empty") : "";
      const one = { key: count.value++, file, sent: 0, why, xhr: null };
      going.value = [...going.value, one];
      if (!why) { room--; go(one); }
    }
    for (const input of [picker.current, camera.current]) if (input) input.value = "";
  }

  /** @param {Kept} f */
  async function remove(f) {
    try {
      await call("DELETE", `${way}/${f.id}`);
      show((there.value ?? []).filter((x) => x.id !== f.id));
      say(t("files.removed", { name: f.name }));
      box.current?.querySelector("button")?.focus();
    } catch (e) { say(asRefusal(e).message, { bad: true }); }
  }

  const full = (there.value?.length ?? 0) >= most;
  return html`<div class="stack s2" ref=${box}>
    ${disabled ? null : html`<div class=${cls("drop", over.value && "over")} onDragOver=${(/** @type {DragEvent} */ e) => { e.preventDefault(); over.value = true; }} onDragLeave=${() => { over.value = false; }}
        onDrop=${(/** @type {DragEvent} */ e) => { e.preventDefault(); over.value = false; add(e.dataTransfer?.files); }}>
      <div class="row"><button class="btn line" type="button" disabled=${full} onClick=${() => picker.current?.click()}><${Icon} n="clip" />${t("files.choose")}</button>
        ${takes.includes("image") && matchMedia("(pointer: coarse)").matches ? html`<button class="btn ghost" type="button" disabled=${full} onClick=${() => camera.current?.click()}><${Icon} n="scan" />${t("files.photo")}</button>` : null}</div>
      <p class="sub sm">${full ? t("files.full", { n: most }) : t("files.drop")}</p>
      <input class="vh" type="file" tabindex="-1" aria-hidden="true" ref=${picker} multiple=${most > 1} accept=${takes.map((k) => offers[k]).join(",")} onChange=${(/** @type {any} */ e) => add(e.currentTarget.files)} />
      <input class="vh" type="file" tabindex="-1" aria-hidden="true" ref=${camera} accept="image/*" capture="environment" onChange=${(/** @type {any} */ e) => add(e.currentTarget.files)} /></div>`}
    ${ticket.value && !late ? html`<${Note} tone="w">${t("files.ticket", { at: moment(ticket.value.until), left: deadline(ticket.value.until) })}<//>` : null}
    ${trouble.value ? html`<p class="err"><${Icon} n="stop" s />${trouble.value} <button class="btn ghost sm" type="button" onClick=${load}>${t("files.again")}</button></p>` : null}
    ${there.value?.length || going.value.length ? html`<ul class="stack s2">${(there.value ?? []).map((f) => html`<li key=${f.id} class="fileitem"><${Icon} n="file" /><${Named} name=${f.name} note=${weight(f.size)} />
        <button class="btn ghost sm" type="button" aria-label=${t("files.take_one", { name: f.name })} onClick=${() => take(f)}><${Icon} n="down" /></button>
        ${disabled || late ? null : html`<button class="btn ghost sm" type="button" aria-label=${t("files.remove_one", { name: f.name })} onClick=${() => remove(f)}><${Icon} n="trash" /></button>`}</li>`)}
      ${going.value.map((g) => html`<li key=${`g${g.key}`} class="fileitem"><${Icon} n=${g.why ? "stop" : "up"} class=${g.why ? "bad" : undefined} /><span class="grow stack s2"><b>${g.file.name}</b>
          ${g.why ? html`<small class="bad" role="alert">${g.why}</small>` : html`<progress max=${g.file.size} value=${g.sent} aria-label=${t("files.sending", { name: g.file.name })}></progress><small class="muted">${g.sent < g.file.size ? t("files.sent", { n: weight(g.sent), of: weight(g.file.size) }) : t("files.looking")}</small>`}</span>
        ${g.why && g.file.size <= mb * mega && g.file.size > 0 ? html`<button class="btn line sm" type="button" onClick=${() => go(g)}><${Icon} n="sync" s />${t("files.again")}</button>` : null}
        <button class="btn ghost sm" type="button" aria-label=${t(g.why ? "files.dismiss" : "files.stop", { name: g.file.name })} onClick=${() => drop(g)}><${Icon} n="x" /></button></li>`)}</ul>` : null}</div>`;
}

/**
 * After the deadline, for whoever was sending a file when it came: the file, the time that is left, and handing in.
 * @param {{ paper: any, done: () => unknown }} props
 */
export function Late({ paper, done }) {
  const busy = useSignal(false), problem = useSignal("");
  const question = paper.form.find((/** @type {any} */ q) => q.key === paper.ticket.question);
  async function hand() {
    busy.value = true;
    problem.value = "";
    try { await call("POST", `/applications/${paper.id}/submit`, { rev: paper.rev }); done(); } catch (e) {
      const why = asRefusal(e);
      problem.value = [why.message, ...Object.values(why.fields).map((f) => f.message)].filter((m, i, all) => all.indexOf(m) === i).join(" ");
    } finally { busy.value = false; }
  }
  return html`<section class="panel stack"><h2>${t("files.late", { left: deadline(paper.ticket.until) })}</h2><p>${t("files.late_why", { name: paper.ticket.name, at: moment(paper.ticket.until) })}</p>
    ${question ? html`<${Files} application=${paper} question=${question} value=${paper.answers[question.key] ?? []} onChange=${() => {}} late />` : null}
    ${problem.value ? html`<div role="alert"><${Note} tone="r">${problem.value}<//></div>` : null}
    <p><button class="btn" type="button" disabled=${busy.value} onClick=${hand}>${t(paper.submit_no ? "apply.again" : "apply.send")}</button></p></section>`;
}
