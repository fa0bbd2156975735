// @ts-check
// The phone at the door: comes in with a code, looks at tickets with its camera, a scanner or by hand, and says yes or no so that
// nobody has to read it twice.
import { html, render, signal, useEffect, useRef, useSignal } from "../app/lib/ui.js";
import { clock, lang, learn, num, pair, speak, t } from "../app/lib/words.js";
import { bends, isToken, tidy } from "./decide.js";
import { openEye, ring } from "./eye.js";
import { counted, enrol, guests, leave, look, own, stayAt, sync, wake } from "./house.js";

/** @typedef {import("./house.js").Seen} Seen */

const turn = signal(0); // whoever reads it is drawn again when the house was heard
const seen = signal(/** @type {Seen | null} */ (null));
const last = signal(/** @type {Seen[]} */ ([]));
const list = signal("");
const kind = signal(/** @type {"entry" | "exit"} */ ("entry"));
const news = signal(/** @type {ServiceWorker | null} */ (null));

const invited = signal(location.hash.slice(1)); // a code that came with the address

/** What a verdict is known by from afar. */
const signs = { yes: "M4 13l5.5 5.5L20 6.5", ask: "M12 4v11M12 19.6v.2", no: "M5.5 5.5l13 13M18.5 5.5l-13 13" };

/** @type {string[]} */
const waiting = [];
let busy = false;
let shown = 0;
let recent = { text: "", at: 0 };

/** One after the other: a scanner types faster than the house answers, and one bad ticket stops none. @param {string} typed @param {boolean} [forced] */
async function take(typed, forced = false) {
  const text = tidy(typed);
  if (!text || !list.value) return;
  waiting.push((forced ? "!" : "") + text);
  if (busy) return;
  busy = true;
  try {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const s = await look(next.replace(/^!/, ""), list.value, kind.value, next.startsWith("!"));
      show(s);
    }
  } finally { busy = false; turn.value++; }
}

/** @param {Seen} s */
function show(s) {
  shown++;
  seen.value = s;
  last.value = [s, ...last.value].slice(0, 5);
  ring(s.result === "ok");
  const region = document.getElementById("live");
  if (region) region.textContent = `${said(s)}. ${s.name}`;
}

/** @param {Seen} s */
const said = (s) => (s.result === "ok" ? t(s.kind === "exit" ? "scan_result.out" : "scan_result.ok") : t(`scan_result.${s.result}`));

/** What the camera sees: the same code again counts once in three seconds. @param {string} text */
function spotted(text) {
  if (text === recent.text && Date.now() - recent.at < 3000) { recent.at = Date.now(); return; }
  recent = { text, at: Date.now() };
  take(text);
}

function Enrol() {
  const code = useSignal(invited.value);
  const wrong = useSignal("");
  const sending = useSignal(false);
  const settled = () => { invited.value = ""; history.replaceState(null, "", location.pathname); };
  /** @param {Event} e */
  const send = async (e) => {
    e.preventDefault();
    sending.value = true;
    try {
      if (own.session) await leave();
      if (!own.out.length) { // else what is still to tell is another event's, and is told first
        await enrol(code.value);
        settled();
        pick();
      }
    } catch (x) { wrong.value = /** @type {any} */ (x).code ? /** @type {Error} */ (x).message : t("checkin.no_network"); }
    sending.value = false;
    turn.value++;
  };
  return html`<main class="door-card"><h1>${t("checkin.title")}</h1>
    ${own.gone ? html`<p class="door-note bad" role="alert">${t(own.gone)}</p>` : null}
    ${own.out.length ? html`<p class="door-note bad">${t("checkin.untold", { n: own.out.length })} <button class="door-small" onClick=${hear}>${t("checkin.tell_now")}</button></p>` : null}
    <p>${t("checkin.enrol_why")}</p>
    <form onSubmit=${send}><label for="code">${t("checkin.code")}</label>
      <input id="code" autocomplete="off" autocapitalize="characters" spellcheck=${false} required value=${code.value} aria-invalid=${wrong.value ? "true" : "false"}
        aria-describedby="code-wrong" onInput=${(/** @type {any} */ e) => { code.value = e.target.value; }} />
      <p id="code-wrong" class="door-wrong" role="alert">${wrong.value}</p>
      <button class="door-go" disabled=${sending.value}>${t("checkin.enrol")}</button>
      ${own.state ? html`<button class="door-small" type="button" onClick=${settled}>${t("checkin.stay", { event: pair(own.state.event, "title") })}</button>` : null}</form>
    <${Tongue} /></main>`;
}

function Tongue() {
  const other = lang.value === "vi" ? "en" : "vi";
  return html`<p><button class="door-small" lang=${other} onClick=${() => speak(other)}>${other === "en" ? "English" : "Tiếng Việt"}</button></p>`;
}

/** How a scan looks, at once and among the last. @param {{ result: string }} s @returns {"yes" | "ask" | "no"} */
const lookOf = (s) => (s.result === "ok" ? "yes" : bends.includes(s.result) ? "ask" : "no");

/** @param {{ s: Seen }} props */
function Verdict({ s }) {
  const good = s.result === "ok", look = lookOf(s);
  return html`<section class=${`door-verdict ${look}`} aria-label=${said(s)}>
    <p class="door-word"><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${signs[look]} /></svg>${said(s)}</p>
    ${s.name ? html`<p class="door-name">${s.name}</p>` : null}
    ${s.type_vi || s.code ? html`<p>${[pair(s, "type"), s.code].filter(Boolean).join(" · ")}</p>` : null}
    ${s.answers.map((a) => html`<p>${pair(a, "label")}: <b>${a.says}</b></p>`)}
    ${s.result === "already" && s.first_at ? html`<p><b>${t("checkin.first", { clock: clock(s.first_at), gate: s.gate ?? "" })}</b></p>` : null}
    ${good && s.offline && !s.name ? html`<p>${t("checkin.ask_name")}</p>` : null}
    ${s.offline ? html`<p class="door-type">${t("checkin.by_phone")}</p>` : null}
    ${look === "ask" ? html`<button class="door-small" onClick=${() => take(s.text, true)}>${t("checkin.force")}</button>` : null}
  </section>`;
}

function Camera() {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const eye = useRef(/** @type {import("./eye.js").Eye | null} */ (null));
  const on = useSignal(false);
  const wrong = useSignal("");
  useEffect(() => () => eye.current?.stop(), []);
  const open = async () => {
    if (on.value) { eye.current?.stop(); on.value = false; return; }
    on.value = true;
    wrong.value = "";
    try { eye.current = await openEye(/** @type {HTMLVideoElement} */ (video.current), spotted); } catch { on.value = false; wrong.value = t(isSecureContext ? "checkin.no_camera" : "checkin.needs_https"); }
    turn.value++;
  };
  return html`<div class="door-eye"><video ref=${video} hidden=${!on.value} muted playsinline aria-label=${t("checkin.camera")}></video>
    <div class="door-row"><button class="door-go" aria-pressed=${on.value} onClick=${open}>${t(on.value ? "checkin.camera_off" : "checkin.camera_on")}</button>
      ${on.value && eye.current?.torch ? html`<button class="door-small" onClick=${eye.current.torch}>${t("checkin.torch")}</button>` : null}</div>
    ${wrong.value ? html`<p class="door-note bad" role="alert">${wrong.value}</p>` : null}</div>`;
}

/** Where a scanner types, and people: a token, the code of a ticket, or a name. */
function Hand() {
  const typed = useSignal("");
  const found = useSignal(/** @type {any[] | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  /** @param {Event} e */
  const send = async (e) => {
    e.preventDefault();
    const text = typed.value.trim();
    typed.value = "";
    found.value = null;
    if (!text) return;
    if (isToken(text.toUpperCase()) || /^[A-Z0-9-]{6,12}$/i.test(text) && /\d/.test(text)) await take(text);
    else if (own.online && navigator.onLine) {
      seen.value = null;
      const some = await guests(text, list.value).catch(() => []);
      if (some.some((g) => g.code === text.toUpperCase())) await take(text); // a code may look like a name
      else found.value = some;
    }
    else await take(text);
    field.current?.focus();
  };
  return html`<form class="door-hand" onSubmit=${send}><label for="typed">${t("checkin.typed")}</label>
    <div class="door-row"><input id="typed" ref=${field} autocomplete="off" spellcheck=${false} value=${typed.value} onInput=${(/** @type {any} */ e) => { typed.value = e.target.value; }} />
      <button class="door-small">${t("checkin.check")}</button></div></form>
    ${found.value ? html`<ul class="door-found" aria-label=${t("checkin.found")}>${found.value.length ? found.value.map((g) => html`<li key=${g.code}><button onClick=${() => { found.value = null; take(g.code); }}>
      <b>${g.name || g.buyer}</b><span>${g.code} · ${typeName(g.type)}${g.inside ? ` · ${t("checkin.is_in")}` : ""}</span></button></li>`) : html`<li>${t("checkin.nobody")}</li>`}</ul>` : null}`;
}

/** @param {string} id */
const typeName = (id) => pair(own.state?.types.find((/** @type {any} */ y) => y.id === id), "name");

function Door() {
  turn.value;
  const state = own.state;
  const n = counted(list.value);
  const gate = state.gates.find((/** @type {any} */ g) => g.id === state.device.gate);
  return html`<main class="door-work">
    <header class="door-head"><h1>${pair(state.event, "title")}</h1>
      <p>${[gate?.name, state.device.name].filter(Boolean).join(" · ")}
        <span class=${own.online && navigator.onLine ? "door-line on" : "door-line off"}>${t(own.online && navigator.onLine ? "checkin.online" : "checkin.offline")}</span>
        ${own.out.length ? html`<span class="door-line off" id="left">${t("checkin.left", { n: own.out.length })}</span>` : null}</p></header>
    ${news.value ? html`<p class="door-note">${t("checkin.newer")} <button class="door-small" onClick=${() => news.value?.postMessage("now")}>${t("checkin.renew")}</button></p>` : null}
    ${own.gone ? html`<p class="door-note bad" role="alert">${t(own.gone)}</p>` : null}
    <div class="door-row door-pick"><label class="vh" for="list">${t("checkin.list")}</label>
      <select id="list" value=${list.value} onChange=${(/** @type {any} */ e) => { list.value = e.target.value; seen.value = null; stayAt(list.value); }}>${state.lists.map((/** @type {any} */ l) => html`<option value=${l.id} selected=${l.id === list.value}>${l.name}</option>`)}</select>
      <div class="door-kinds" role="group" aria-label=${t("checkin.way")}>${(/** @type {const} */ (["entry", "exit"])).map((k) => html`<button aria-pressed=${kind.value === k} onClick=${() => { kind.value = k; }}>${t(k === "entry" ? "checkin.way_in" : "checkin.way_out")}</button>`)}</div></div>
    ${state.lists.length ? null : html`<p class="door-note bad">${t("checkin.no_list")}</p>`}
    <div class="door-body"><${Camera} />
    ${seen.value ? html`<${Verdict} key=${shown} s=${seen.value} />` : html`<section class="door-verdict still"><p class="door-word">${t("checkin.ready")}</p></section>`}
    <p class="door-count"><b id="came">${num(n.came)}</b> / ${num(n.expects)} ${t("checkin.came")} · <b>${num(n.inside)}</b> ${t("checkin.inside")}</p>
    <${Hand} />
    ${last.value.length ? html`<section class="door-past"><h2>${t("checkin.last")}</h2><ol class="door-last">${last.value.map((s) => html`<li class=${lookOf(s)}><b>${said(s)}</b> <span>${[clock(s.at), s.name || s.code].filter(Boolean).join(" · ")}</span></li>`)}</ol></section>` : null}
    <footer class="door-row door-foot"><button class="door-small" onClick=${hear}>${t("checkin.sync")}</button>
      <button class="door-small" onClick=${async () => { if (confirm(t("checkin.leave_sure"))) { await leave(); turn.value++; } }}>${t("checkin.leave")}</button><${Tongue} /></footer></div></main>`;
}

function pick() {
  const lists = own.state?.lists ?? [];
  if (!lists.some((/** @type {any} */ l) => l.id === list.value)) list.value = lists.find((/** @type {any} */ l) => l.id === own.list)?.id ?? lists[0]?.id ?? "";
}

async function hear() {
  await sync();
  if (own.session && own.gone) await leave(own.gone);
  pick();
  turn.value++;
}

function App() {
  turn.value;
  return own.session && own.state && !invited.value ? html`<${Door} />` : html`<${Enrol} />`;
}

async function install() {
  if (!("serviceWorker" in navigator)) return;
  const worker = await navigator.serviceWorker.register("/checkin/sw.js", { scope: "/checkin/" }).catch(() => null);
  worker?.addEventListener("updatefound", () => {
    const fresh = worker.installing;
    fresh?.addEventListener("statechange", () => { if (fresh.state === "installed" && navigator.serviceWorker.controller) news.value = fresh; });
  });
  let first = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (!first) location.reload(); first = false; });
}

const tongue = /(?:^|; )lang=(vi|en)/.exec(document.cookie)?.[1]; // the page that is kept may be in another language than was chosen since
if (tongue) { lang.value = /** @type {import("../app/lib/words.js").Lang} */ (tongue); document.documentElement.lang = tongue; }
await learn("../checkin/main");
await wake();
pick();
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
root.textContent = "";
render(html`<${App} />`, root);
install();
hear();
setInterval(hear, 20000);
addEventListener("hashchange", () => { invited.value = location.hash.slice(1); });
addEventListener("online", () => { own.online = true; hear(); });
addEventListener("offline", () => { own.online = false; turn.value++; });
document.addEventListener("visibilitychange", () => { if (!document.hidden) hear(); });
