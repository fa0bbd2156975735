// @ts-check
// Other systems that are called when something happens here: what each is told, how its calls went, and another try. A secret
// is on the screen once, when it is made.
import { html, say, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList } from "../../lib/list.js";
import { moment, relative, given, day, now, t } from "../../lib/words.js";
import { Dialog, Field, Menu, Stale, Summary, useAsk, useForm } from "../../lib/forms.js";
import { Empty, Frame, Head, Icon, More, Status, Table } from "../../components/parts.js";

export const title = () => t("hooks.title");

/** @typedef {{ id: string, title: string, url: string, topics: string[], status: string, failures: number, failing_since: string | null, last_ok_at: string | null, waiting: number, failed: number, rev: number, secret?: string }} Hook */

/** @param {string} status */
const tone = (status) => /** @type {const} */ ({ active: "ok", paused: "idle", disabled: "bad" })[status];

export function Page() {
  const list = useList("/hooks", { on: ["hooks"], inURL: false });
  const { ask, dialog } = useAsk();
  const edited = useSignal(/** @type {Hook | {} | null} */ (null)), shown = useSignal(/** @type {Hook | null} */ (null)), opened = useSignal(/** @type {Hook | null} */ (null));
  const told = (/** @type {any} */ h, /** @type {string} */ key) => { say(t(key)); if (h?.secret) shown.value = h; list.reload(); };
  const verb = (/** @type {Hook} */ h, /** @type {string} */ act, /** @type {string} */ key) => call("POST", `/hooks/${h.id}/${act}`, {}).then((a) => told(a, key), (e) => say(asRefusal(e).message, { bad: true }));
  const ping = (/** @type {Hook} */ h) => verb(h, "ping", "hooks.pinged").then(() => { opened.value = h; });
  const rotate = (/** @type {Hook} */ h) => ask({ title: t("hooks.rotate_of", { title: h.title }), why: t("hooks.rotate_why"), act: t("hooks.rotate"), send: () => call("POST", `/hooks/${h.id}/rotate`, {}), done: (a) => told(a, "hooks.rotated") });
  const remove = (/** @type {Hook} */ h) => ask({ title: t("hooks.remove_of", { title: h.title }), why: t("hooks.remove_why"), act: t("hooks.remove"), bad: true, send: (_, key) => call("DELETE", `/hooks/${h.id}`, undefined, { key }), done: () => told(null, "hooks.removed") });
  const replay = (/** @type {Hook} */ h) => ask({
    title: t("hooks.replay_failed"), why: t("hooks.replay_why"), act: t("hooks.replay_failed"), start: { since: day(now()) },
    fields: [{ name: "since", type: "date", label: t("hooks.replay_since"), required: true }],
    send: (v, key) => call("POST", `/hooks/${h.id}/replay`, { since: `${v["since"]}T00:00:00+07:00` }, { key }), done: (a) => { say(t("hooks.replay_n", { n: a.calls })); list.reload(); },
  });
  const items = (/** @type {Hook} */ h) => [
    { label: t("hooks.edit"), icon: "edit", act: () => { edited.value = h; } },
    ...(h.status === "active" ? [{ label: t("hooks.ping"), icon: "sync", act: () => ping(h) }, { label: t("hooks.pause"), icon: "clock", act: () => verb(h, "pause", "hook.pause") }] : [{ label: t("hooks.resume"), icon: "sync", act: () => verb(h, "resume", "hook.resume") }]),
    { label: t("hooks.replay_failed"), icon: "sync", act: () => replay(h), disabled: !h.failed },
    { label: t("hooks.rotate"), icon: "key", act: () => rotate(h) },
    { label: t("hooks.remove"), icon: "trash", act: () => remove(h), bad: true },
  ];
  const columns = [
    { title: t("hooks.name"), cell: (/** @type {Hook} */ h) => html`${h.title}<br /><span class="fw4 muted">${h.url}</span>` },
    { title: t("hooks.topics"), cell: (/** @type {Hook} */ h) => t("hooks.topics_n", { n: h.topics.length }) },
    { title: t("people.status"), full: true, cell: (/** @type {Hook} */ h) => html`<${Status} of="hooks" is=${h.status} tone=${tone(h.status)} />${lines(h).map((x) => html`<br /><span class="muted">${x}</span>`)}` },
    { title: "", full: true, cell: (/** @type {Hook} */ h) => html`<span class="row nowrap"><button class="btn line sm" type="button" aria-label=${t("hooks.calls_of", { title: h.title })} onClick=${() => { opened.value = h; }}>${t("hooks.calls")}</button><${Menu} label=${t("hooks.more_of", { title: h.title })} items=${items(h)} /></span>` },
  ];
  const button = html`<button class="btn" type="button" onClick=${() => { edited.value = {}; }}><${Icon} n="plus" />${t("hooks.add")}</button>`;
  const secret = shown.value;
  return html`<${Head} title=${t("hooks.title")} sub=${t("hooks.lead")}>${list.rows.value.length ? button : null}<//>
    <${Table} list=${list} columns=${columns} label=${t("hooks.title")} empty=${html`<${Empty} icon="link" title=${t("hooks.none")} why=${t("hooks.none_why")}>${button}<//>`} />
    ${edited.value ? html`<${Edit} hook=${edited.value} topics=${list.answer.value?.topics ?? []} close=${() => { edited.value = null; }} done=${told} again=${() => { edited.value = null; list.reload(); }} />` : null}
    ${opened.value ? html`<${Calls} hook=${opened.value} close=${() => { opened.value = null; list.reload(); }} />` : null}
    ${secret ? html`<${Dialog} title=${t("hooks.secret", { title: secret.title })} close=${() => { shown.value = null; }}><p class="sub">${t("hooks.secret_why")}</p><p class="copy any"><code>${secret.secret}</code></p>
      <div class="row"><button class="btn" type="button" onClick=${async () => { await navigator.clipboard.writeText(secret.secret ?? ""); say(t("hooks.copied")); }}>${t("hooks.copy")}</button><button class="btn line" type="button" onClick=${() => { shown.value = null; }}>${t("hooks.secret_kept")}</button></div><//>` : null}${dialog}`;
}

/** How its calls go. @param {Hook} h */
function lines(h) {
  return [
    given(h.failing_since) ? t("hooks.failing", { when: relative(h.failing_since ?? ""), n: h.failures }) : given(h.last_ok_at) ? t("hooks.last_ok", { when: relative(h.last_ok_at ?? "") }) : t("hooks.never_ok"),
    h.waiting && t("hooks.waiting", { n: h.waiting }), h.failed && t("hooks.failed", { n: h.failed }),
  ].filter(Boolean);
}

/** @param {{ hook: any, topics: { key: string, says: string }[], close: () => void, done: (a: any, key: string) => void, again: () => void }} props hook: {} for a new one */
function Edit({ hook, topics, close, done, again }) {
  const fresh = !hook.id;
  const form = useForm({
    start: { title: hook.title ?? "", url: hook.url ?? "", ...Object.fromEntries((hook.topics ?? []).map((/** @type {string} */ k) => [`topic:${k}`, true])) }, rev: hook.rev,
    send: (/** @type {any} */ v, /** @type {string} */ key, /** @type {number} */ rev) => {
      const chosen = [...topics.map((x) => x.key).filter((k) => v[`topic:${k}`]), ...(hook.topics ?? []).filter((/** @type {string} */ k) => !topics.some((x) => x.key === k))];
      return fresh ? call("POST", "/hooks", { title: v.title, url: v.url, topics: chosen }) : call("PATCH", `/hooks/${hook.id}`, { title: v.title, topics: chosen, rev }, { key });
    },
    done: (/** @type {any} */ a) => { close(); done(a, fresh ? "hooks.added" : "hooks.edited"); },
  });
  return html`<${Dialog} title=${fresh ? t("hooks.add") : t("hooks.edit_of", { title: hook.title })} close=${close} wide><form class="stack" novalidate onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${again} />
    <${Field} form=${form} name="title" label=${t("hooks.name")} help=${t("hooks.name_help")} required maxlength="120" />
    ${fresh ? html`<${Field} form=${form} name="url" type="url" label=${t("hooks.url")} help=${t("hooks.url_help")} required maxlength="500" />` : html`<p class="sub">${hook.url}</p>`}
    <fieldset class="field"><legend class="lbl">${t("hooks.topics")}</legend>${topics.map((x) => html`<${Field} key=${x.key} form=${form} as="check" name=${`topic:${x.key}`} label=${html`${x.says} <code class="muted">${x.key}</code>`} />`)}</fieldset>
    <div class="row"><button class="btn" disabled=${form.busy.value}>${t(fresh ? "hooks.add_act" : "hooks.save")}</button><button class="btn line" type="button" onClick=${close}>${t("state.cancel")}</button></div></form><//>`;
}

/** @param {{ hook: Hook, close: () => void }} props */
function Calls({ hook, close }) {
  const list = useList(`/hooks/${hook.id}/calls`, { inURL: false, limit: 20 });
  const again = (/** @type {any} */ c) => call("POST", `/hook-calls/${c.id}/replay`, {}).then(() => { say(t("hooks.replayed")); list.reload(); }, (e) => say(asRefusal(e).message, { bad: true }));
  const how = (/** @type {any} */ c) => [t("hooks.attempts", { n: c.attempts }), c.error && t(`hook_trouble.${c.error}`, { answer: c.answer }), c.status === "again" && given(c.next_at) && t("hooks.next", { when: relative(c.next_at) })].filter(Boolean).join(" · ");
  return html`<${Dialog} title=${t("hooks.calls_of", { title: hook.title })} close=${close} wide>
    <p class="row"><button class="btn line sm" type="button" disabled=${list.busy.value} onClick=${list.reload}><${Icon} n="sync" s />${t("hooks.reload")}</button></p>
    <${Frame} of=${list} empty=${html`<${Empty} icon="clock" title=${t("hooks.no_calls")} why=${t("hooks.no_calls_why")} />`}>${(/** @type {any[]} */ rows) => html`<ol class="list">${rows.map((c) => html`<li key=${c.id}><div class="stack s2 grow"><div class="row sb"><b>${c.says}</b><${Status} of="hook_calls" is=${c.status} tone=${c.status === "again" ? "warn" : undefined} /></div>
      <div class="row sb"><p class="sub sm">${moment(c.at)}${c.attempts ? ` · ${how(c)}` : ""}</p>${c.status === "done" || c.status === "failed" ? html`<button class="btn ghost sm" type="button" onClick=${() => again(c)}>${t("hooks.replay")}</button>` : null}</div></div></li>`)}</ol><${More} list=${list} />`}<//><//>`;
}
