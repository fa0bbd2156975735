// @ts-check
// The door of an event: how many came, at which gate, what contradicts what, and the phones, gates and lists that it is made of. What
// is done with these comes when somebody does it.
import { html, say, useEffect, useSignal } from "../../lib/ui.js";
import { asRefusal, call } from "../../lib/api.js";
import { useList, useOne } from "../../lib/list.js";
import { bring, clock, given, moment, num, pair, relative, t } from "../../lib/words.js";
import { Menu, useAsk } from "../../lib/forms.js";
import { Badge, Choice, Empty, Figure, Frame, Icon, Loading, Note, Panel, Table } from "../../components/parts.js";

/** @type {Record<string, "ok" | "warn" | "bad" | "info" | "idle">} */
const looks = { waiting: "info", lapsed: "warn", here: "ok", silent: "warn", revoked: "bad", wiped: "idle" };

const ways = ["same_person", "let_in", "turned_away", "misuse"];

/** @param {{ event: any }} props */
export function Part({ event: e }) {
  const one = useOne(`/events/${e.id}/door`, { on: ["scans", "devices", "gates", "checkin_lists", "tickets"] }), { ask, dialog } = useAsk();
  const invited = useSignal(/** @type {any} */ (null)), tools = useSignal(/** @type {any} */ (null));
  useEffect(() => { const every = setInterval(() => { if (!document.hidden) one.reload(); }, 30000); return () => clearInterval(every); }, []); // a phone that only asks changes no row
  /** Does something that comes when it is wanted: door-furnish.js. @param {string} what @param {any[]} about */
  const act = async (what, ...about) => { try { tools.value ??= await bring("pages/events/door-furnish"); await tools.value[what]({ e, ask, one, invited }, ...about); } catch (err) { say(asRefusal(err).message, { bad: true }); } };

  const terms = (/** @type {any} */ p, /** @type {any} */ l) => [
    l.types.length ? l.types.map((/** @type {string} */ id) => pair(p.types.find((/** @type {any} */ y) => y.id === id), "name")).join(", ") : t("door_page.any_type"),
    l.max_entries ? t("door_page.times_in", { n: l.max_entries }) : t("door_page.any_times"), l.per_day ? t("door_page.by_day") : "",
    given(l.opens_at) ? t("door_page.opens_at", { at: moment(l.opens_at) }) : "", given(l.closes_at) ? t("door_page.closes_at", { at: moment(l.closes_at) }) : "",
  ].filter(Boolean).join(" · ");
  const seen = (/** @type {any} */ d) => [d.status === "waiting" ? t("door_page.code_until", { clock: clock(d.enrol_until) }) : given(d.seen_at) ? t("door_page.seen", { when: relative(d.seen_at) }) : "", d.waiting ? t("door_page.left", { n: d.waiting }) : ""].filter(Boolean).join(" · ");

  return html`<${Frame} of=${one} loading=${html`<div class="panel"><${Loading} /></div>`}>${(/** @type {any} */ p) => html`<div class="stack">
    ${p.lists.length ? html`<div class=${p.lists.length > 1 || !p.counts.length ? "stack" : "split t eq"}><div class=${p.lists.length > 1 || !p.counts.length ? "kpis" : undefined}>${p.lists.map((/** @type {any} */ l) => html`<${Figure} key=${l.id} label=${l.name} value=${num(l.came)} have=${l.came} of=${l.expects}><p class="sub">${t("door_page.inside", { n: l.inside })}</p><//>`)}</div>${p.counts.length ? html`<${Gates} p=${p} />` : null}</div>` : null}
    ${p.lists.length ? html`<${Scans} event=${e} open=${p.open_conflicts} />` : null}
    <div class="split e"><${Panel} title=${t("door_page.phones")} side=${p.lists.length ? html`<button class=${p.devices.length ? "btn line sm" : "btn sm"} type="button" onClick=${() => act("phone", p, null)}><${Icon} n="plus" s />${t("door_page.phone_add")}</button>` : null}>
        ${p.devices.length ? html`<ul class="list">${p.devices.map((/** @type {any} */ d) => html`<li key=${d.id}><div class="grow"><div class="row"><b>${d.name}</b><${Badge} tone=${looks[d.status] ?? "idle"}>${t(`door_page.phone_${d.status}`)}<//></div><small>${[p.gates.find((/** @type {any} */ g) => g.id === d.gate)?.name ?? t("door_page.no_gate"), seen(d)].filter(Boolean).join(" · ")}</small></div>
          ${d.status === "revoked" ? null : html`<${Menu} label=${t("door_page.phone_menu", d)} title=${d.name} items=${[{ label: t("door_page.phone_change"), icon: "edit", act: () => act("phone", p, d) }, { label: t("door_page.phone_again"), icon: "scan", act: () => act("invite", d) }, { label: t("door_page.revoke"), icon: "stop", bad: true, act: () => act("revoke", d) }]} />`}</li>`)}</ul>`
        : html`<${Empty} icon="phone" title=${t("door_page.no_phones")} why=${t(p.lists.length ? "door_page.no_phones_why" : "door_page.list_before")} />`}<//>
      <div class="stack"><${Panel} title=${t("door_page.lists")} side=${html`<button class=${p.lists.length ? "btn line sm" : "btn sm"} type="button" onClick=${() => act("list", p, null)}><${Icon} n="plus" s />${t("door_page.list_add")}</button>`}>
          ${p.lists.length ? html`<ul class="list">${p.lists.map((/** @type {any} */ l) => html`<li key=${l.id}><div class="grow"><b>${l.name}</b><small>${terms(p, l)}</small></div><${Menu} label=${t("door_page.list_menu", l)} title=${l.name} items=${[{ label: t("door_page.list_change"), icon: "edit", act: () => act("list", p, l) }, { label: t("door_page.list_drop"), icon: "trash", bad: true, act: () => act("drop", l) }]} /></li>`)}</ul>` : html`<${Empty} icon="clip" title=${t("door_page.no_lists")} why=${t("door_page.no_lists_why")} />`}<//>
        <${Panel} title=${t("door_page.gates")} side=${html`<button class="btn line sm" type="button" onClick=${() => act("gate", null)}><${Icon} n="plus" s />${t("door_page.gate_add")}</button>`}>
          ${p.gates.length ? html`<ul class="list">${p.gates.map((/** @type {any} */ g) => html`<li key=${g.id}><div class="grow"><b>${g.name}</b></div><button class="btn ghost icon" type="button" aria-label=${t("door_page.gate_menu", g)} onClick=${() => act("gate", g)}><${Icon} n="edit" /></button></li>`)}</ul>` : html`<p class="sub">${t("door_page.no_gates")}</p>`}
          ${p.decides ? html`<p class="gap-t"><button class="btn ghost sm" type="button" onClick=${() => act("retire")}><${Icon} n="key" s />${t("door_page.keys_go")}</button></p>` : null}<//></div></div></div>
    ${invited.value ? html`<${tools.value.Invite} at=${invited.value} phone=${p.devices.find((/** @type {any} */ d) => d.id === invited.value.id)} close=${() => { invited.value = null; }} />` : null}`}<//>${dialog}`;
}

/** How many went through each gate, list by list. @param {{ p: any }} props */
function Gates({ p }) {
  const rows = [...p.gates, ...(p.counts.some((/** @type {any} */ c) => !c.gate) ? [{ id: "", name: t("door_page.no_gate") }] : [])];
  const at = (/** @type {string} */ gate, /** @type {string} */ list) => p.counts.find((/** @type {any} */ c) => c.gate === gate && c.list === list);
  const last = (/** @type {string} */ gate) => p.counts.filter((/** @type {any} */ c) => c.gate === gate).map((/** @type {any} */ c) => c.last_at).sort().at(-1);
  return html`<${Panel} title=${t("door_page.by_gate")}><div class="tw" tabindex="0" role="region" aria-label=${t("door_page.by_gate")}><table class="tbl cards"><thead><tr><th scope="col">${t("door_page.gate")}</th>${p.lists.map((/** @type {any} */ l) => html`<th scope="col" class="end" key=${l.id}>${l.name}</th>`)}<th scope="col" class="end">${t("door_page.last")}</th></tr></thead>
    <tbody>${rows.map((g) => html`<tr key=${g.id}><th scope="row">${g.name}</th>${p.lists.map((/** @type {any} */ l) => html`<td class="end" data-l=${l.name} key=${l.id}>${((c) => (c ? html`${t("door_page.n_in", { n: c.in })}${c.out ? html` <span class="muted">· ${t("door_page.n_out", { n: c.out })}</span>` : null}` : "–"))(at(g.id, l.id))}</td>`)}<td class="end" data-l=${t("door_page.last")}>${last(g.id) ? relative(last(g.id)) : "–"}</td></tr>`)}</tbody></table></div><//>`;
}

/** What phones shout, for a table. @param {string} result */
const calm = (result) => { const words = t(`scan_result.${result}`); return words.slice(0, 1) + words.slice(1).toLocaleLowerCase(); };

/**
 * What was scanned, and above all what contradicts itself: two phones without a network let in with one ticket, or one of them let in
 * what the house knew to be void. Staff look into it and say what it was; no count changes by that.
 * @param {{ event: any, open: number }} props open: how many wait
 */
function Scans({ event: e, open }) {
  const list = useList(`/events/${e.id}/scans`, { params: { which: "open", q: "" }, on: ["scans"], inURL: false }), { ask, dialog } = useAsk();
  const settle = (/** @type {any} */ s) => ask({
    title: t("door_page.settle_title", { name: s.name || s.code || t("door_page.no_ticket") }), why: t("door_page.settle_why"), act: t("door_page.settle"), start: { resolution: "same_person" },
    fields: [{ name: "resolution", as: "options", label: t("door_page.settle_how"), required: true, options: ways.map((value) => ({ value, label: t(`scan_resolution.${value}`) })) }, { name: "note", as: "area", label: t("door_page.settle_note"), max: 500 }],
    send: (v, key) => call("POST", `/scans/${s.id}/settle`, v, { key }), done: async () => { say(t("door_page.settled")); await list.reload(); },
  });
  const how = (/** @type {any} */ s) => [s.offline ? t("door_page.offline") : "", s.forced ? t("door_page.forced") : ""].filter(Boolean).join(" · ");
  const columns = [
    { title: t("attendee.name"), cell: (/** @type {any} */ s) => html`${s.name || t("door_page.no_ticket")}${s.code ? html`<br /><small class="sub tn">${s.code}</small>` : null}` },
    { title: t("door_page.what"), full: true, cell: (/** @type {any} */ s) => html`<${Badge} tone=${s.conflict ? "warn" : s.result === "ok" ? "ok" : "bad"}>${s.result === "ok" && s.kind === "exit" ? calm("out") : calm(s.result)}<//>${s.finding ? html`<br /><small class="sub">${t("door_page.rather", { what: calm(s.finding) })}</small>` : null}${how(s) ? html`<br /><small class="sub">${how(s)}</small>` : null}` },
    { title: t("door_page.where"), full: true, cell: (/** @type {any} */ s) => html`${moment(s.scanned_at)}<br /><small class="sub">${[s.gate, s.device].filter(Boolean).join(" · ")}</small>` },
    { title: t("door_page.first"), full: true, cell: (/** @type {any} */ s) => (given(s.first_at) ? html`${moment(s.first_at)}<br /><small class="sub">${s.first_gate}</small>` : "–") },
    { title: t("door_page.settle_how"), full: true, cell: (/** @type {any} */ s) => (!s.conflict ? "–" : s.resolution ? html`<${Badge} tone="ok">${t(`scan_resolution.${s.resolution}`)}<//>${s.note ? html`<br /><small class="sub">${s.note}</small>` : null}` : html`<button class="btn line sm" type="button" onClick=${() => settle(s)}>${t("door_page.settle")}</button>`) },
  ];
  return html`<div class="stack s3">${open ? html`<${Note} tone="w">${t("door_page.conflicts", { n: open })}<//>` : null}
    <${Table} list=${list} columns=${columns} label=${t("door_page.scans")} search=${t("attendee.search")} csv="scans.csv"
      filters=${html`<${Choice} list=${list} name="which" label=${t("door_page.scans")} options=${["open", "conflict", "all"].map((value) => ({ value, label: t(`door_page.which_${value}`) }))} />`}
      empty=${html`<${Empty} icon="okc" title=${t("door_page.no_conflict")} why=${t("door_page.no_conflict_why")} />`} /></div>${dialog}`;
}
