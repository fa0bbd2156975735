// @ts-check
// Saved views of a list: its address, by name. One of a page can be the one it opens with; one of an intake's page can be
// shared with whoever works over the intake.
import { html, say, useEffect, useRef } from "../lib/ui.js";
import { asRefusal, call } from "../lib/api.js";
import { useList } from "../lib/list.js";
import { t } from "../lib/words.js";
import { Menu, useAsk } from "../lib/forms.js";
import { Icon } from "./parts.js";

/**
 * @param {{ page: string, query: string, open: (query: string) => unknown, sharable?: boolean, eager?: boolean }} props page: address without /app;
 *   query: how the list is seen now; open: sees it otherwise; sharable: the page is of an intake; eager: somebody wants
 *   to see them now
 */
export function Views({ page, query, open, sharable, eager }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const list = useList("/views", { params: { page }, inURL: false });
  const { ask, dialog } = useAsk();
  const views = list.rows.value, state = list.state.value;
  useEffect(() => { if (eager && state === "ready") box.current?.querySelector("button")?.click(); }, [state === "ready"]);
  useEffect(() => { // whoever comes without a wish of their own sees what they chose to
    const standing = views.find((v) => v.standing);
    if (state === "ready" && standing && !query && !location.search) open(standing.query);
  }, [state]);
  /** @param {() => Promise<any>} verb @param {string} told @param {() => unknown} [undo] */
  const act = async (verb, told, undo) => {
    try { await verb(); say(told, undo ? { undo } : {}); await list.reload(); } catch (e) { say(asRefusal(e).message, { bad: true }); }
  };
  /** @param {any} v null: a new one */
  const edit = (v) => ask({
    title: t(v ? "view.edit" : "view.save"), act: t(v ? "view.keep" : "view.save"), why: v ? undefined : t("view.why"),
    start: { title: v?.title ?? "", standing: v?.standing ?? false, shared: v?.shared ?? false },
    fields: [{ name: "title", label: t("view.name"), required: true, maxlength: 80 }, { name: "standing", as: "check", label: t("view.standing") }, ...(sharable ? [{ name: "shared", as: "check", label: t("view.share") }] : [])],
    send: (values, key) => (v ? call("PATCH", `/views/${v.id}`, { ...values, rev: v.rev }, { key }) : call("POST", "/views", { ...values, page, query }, { key })),
    done: async (kept) => { say(t("view.kept", { title: kept.title })); await list.reload(); },
  });
  const now = views.find((v) => v.query === query);
  const put = (/** @type {any} */ v) => act(() => call("POST", "/views", { page, title: v.title, query: v.query, shared: v.shared, standing: v.standing }), t("view.kept", { title: v.title }));
  const items = [
    ...views.map((v) => ({ label: html`${v.title}${v.mine ? null : html` <small class="muted">${t("view.of", { name: v.owner })}</small>`}`, icon: v === now ? "check" : v.standing ? "star" : v.shared ? "users" : "eye", act: () => open(v.query) })),
    { label: t("view.save"), icon: "plus", act: () => edit(null) },
    ...(now?.mine ? [
      { label: t("view.edit"), icon: "edit", act: () => edit(now) },
      { label: t("view.drop"), icon: "x", bad: true, act: () => act(() => call("DELETE", `/views/${now.id}`), t("view.dropped", { title: now.title }), () => put(now)) },
    ] : []),
    ...(views.some((v) => v.mine && v !== now && query) && now === undefined ? views.filter((v) => v.mine).slice(0, 5).map((v) => ({ label: t("view.replace", { title: v.title }), icon: "sync", act: () => act(() => call("PATCH", `/views/${v.id}`, { query, rev: v.rev }), t("view.kept", { title: v.title })) })) : []),
  ];
  return html`<span ref=${box}><${Menu} label=${t("view.menu")} title=${t("view.menu")} class="btn line" items=${items}><${Icon} n="eye" /><span class="cut">${now ? now.title : t("view.menu")}</span><//></span>${dialog}`;
}
