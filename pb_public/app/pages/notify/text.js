// @ts-check
// The words of one kind of notice, beside the mail that they make. What a mail looks like only the server knows.
import { html, say, useEffect, useRef, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { Field, Stale, Summary, useForm } from "../../lib/forms.js";
import { useOne } from "../../lib/list.js";
import { lang as mine, t } from "../../lib/words.js";
import { Badge, Crumbs, Frame, Head, Icon, Note, Panel, Segments } from "../../components/parts.js";

export const title = () => t("text.title");

/** @param {{ kind: string }} props with - for a dot: an address with a dot is a file's */
export function Page({ kind }) {
  const one = useOne(`/notices/texts/${kind.replaceAll("-", ".")}`, { on: ["notice_texts"] });
  const language = useSignal(mine.value);
  return html`<${Crumbs} trail=${[{ to: "/app/notices", label: t("text.title") }]} /><${Frame} of=${one}>${(/** @type {any} */ k) => html`
    <${Head} title=${k.name} sub=${t(k.in_house ? "text.both" : "text.mail_only")}><${Segments} label=${t("text.language")} value=${language.value} set=${(/** @type {any} */ l) => { language.value = l; }} options=${[{ value: "vi", label: html`<span class="nb">Tiếng Việt</span>` }, { value: "en", label: "English" }]} /><//>
    <${Editor} key=${`${language.value} ${k[language.value].rev}`} k=${k} lang=${language.value} one=${one} />`}<//>`;
}

/** @param {{ k: any, lang: string, one: import("../../lib/list.js").One }} props */
function Editor({ k, lang, one }) {
  const text = k[lang], route = `/notices/texts/${k.kind}/${lang}`;
  const form = useForm({
    start: { subject: text.subject, body: text.body, button: text.button },
    rev: text.rev,
    send: (v, key, rev) => call("PATCH", route, { ...v, rev }, { key }),
    done() { say(t("text.saved")); one.reload(); },
  });
  /** @param {string} verb @param {string} words @param {object} body */
  const act = async (verb, words, body) => {
    try {
      await call("POST", `${route}/${verb}`, body);
      say(t(words));
      if (verb === "original") one.reload();
    } catch (e) {
      say(asRefusal(e).message, { bad: true });
    }
  };
  return html`<div class="split e"><${Panel} title=${t("text.words")} side=${text.changed ? html`<${Badge} tone="info" tag>${t("text.changed")}<//>` : null}>
    <form class="stack" novalidate lang=${lang} onSubmit=${form.submit}><${Summary} form=${form} /><${Stale} form=${form} theirs=${one.reload} />
      ${k.has_subject ? html`<${Field} form=${form} name="subject" label=${t("text.subject")} help=${t("text.subject_help")} required max=${120} />` : null}
      <${Field} form=${form} name="body" as="area" rows="7" label=${t("text.body")} help=${t("text.body_help")} required max=${2000} />
      ${k.has_button ? html`<${Field} form=${form} name="button" label=${t("text.button")} help=${t("text.button_help")} max=${40} />` : null}
      ${k.slots.length ? html`<p class="hint">${t("text.slots")} ${k.slots.map((/** @type {string} */ s) => html`<code>${s}</code> `)}</p>` : null}
      <div class="row"><button class="btn" disabled=${form.busy.value}>${t("state.save")}</button>
        <button class="btn line" type="button" onClick=${() => act("test", "text.tried", form.values.value)}><${Icon} n="mail" />${t("text.try")}</button>
        ${text.changed ? html`<button class="btn ghost" type="button" onClick=${() => act("original", "text.restored", { rev: text.rev })}>${t("text.restore")}</button>` : null}</div></form>
    ${text.changed ? html`<details class="gap-t"><summary><${Icon} n="chev" s />${t("text.original")}</summary><div class="stack s2 gap-t" lang=${lang}><p><b>${text.original.subject}</b></p>${text.original.body.split("\n\n").map((/** @type {string} */ p) => html`<p>${p}</p>`)}<p>${text.original.button}</p></div></details>` : null}<//>
    <${Preview} route=${route} values=${form.values.value} /></div>`;
}

/**
 * The mail as its reader sees it, a moment after the last letter. It stands in a frame of its own, which may run nothing; the
 * server shows in it only what it has written and signed itself.
 * @param {{ route: string, values: Record<string, any> }} props
 */
function Preview({ route, values }) {
  const mail = useSignal(/** @type {any} */ (null)), wrong = useSignal(""), plain = useSignal(false);
  const post = useRef(/** @type {HTMLFormElement | null} */ (null));
  const body = JSON.stringify(values);
  useEffect(() => {
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await call("POST", `${route}/preview`, JSON.parse(body), { key: "", signal: gone.signal });
        mail.value = { ...answer, n: (mail.value?.n ?? 0) + 1 };
        wrong.value = "";
      } catch (e) {
        if (!gone.signal.aborted) wrong.value = asRefusal(e).message;
      }
    }, mail.value ? 500 : 0);
    return () => { clearTimeout(timer); gone.abort(); };
  }, [route, body]);
  const shown = mail.value;
  useEffect(() => { if (shown && !plain.value) post.current?.submit(); }, [shown?.n, plain.value]);
  return html`<${Panel} title=${t("text.preview")} side=${html`<${Segments} label=${t("text.as")} value=${plain.value ? "text" : "html"} set=${(/** @type {string} */ v) => { plain.value = v === "text"; }} options=${[{ value: "html", label: "HTML" }, { value: "text", label: html`<span class="nb">${t("text.plain")}</span>` }]} />`}>
    ${wrong.value ? html`<${Note} tone="w">${wrong.value}<//>` : null}
    ${shown ? html`<p class="gap-b"><span class="muted">${t("text.subject")}:</span> <b>${shown.subject}</b></p>
      ${plain.value ? html`<pre class="mailview" tabindex="0">${shown.text}</pre>` : html`<iframe key=${shown.n} name=${`mail-${shown.n}`} class="mailview" sandbox="" title=${t("text.preview")}></iframe>`}
      <form ref=${post} hidden method="post" action="/notices/preview" target=${`mail-${shown.n}`}><input type="hidden" name="html" value=${shown.html} /><input type="hidden" name="seal" value=${shown.seal} /></form>` : null}
    <p class="hint gap-t">${t("text.preview_why")}</p><//>`;
}
