// @ts-check
// Words, numbers and dates. The dictionary is one for Go and browser (i18n/vi.json, i18n/en.json); numbers and dates are
// written as package locale writes them, and both are held to the same examples.
import { signal } from "./ui.js";

/** @typedef {"vi" | "en"} Lang */
/** @typedef {Date | string | number} Instant Date, RFC 3339, milliseconds, or a local day YYYY-MM-DD */

/** The language of the screen. Whoever reads it in a component is drawn again when it changes. */
export const lang = signal(/** @type {Lang} */ (globalThis.document?.documentElement.lang === "en" ? "en" : "vi"));

/** @type {Record<string, string>} */
let dictionary = {};

/** Parts of the dictionary that are here: "main" for the shell's, else a page's. @type {Set<string>} */
const learnt = new Set();

/** Counts what was learnt, so that a word that came late is drawn. */
const lessons = signal(0);

/**
 * Replaces the words. Only tests need it; a page calls learn.
 * @param {Lang} language
 * @param {Record<string, string>} words
 */
export function teach(language, words) {
  dictionary = words;
  learnt.add(whole);
  lang.value = language;
}

/** The part that is everything. It is asked for when a key has no words in the parts that a page has named. */
const whole = "*";

/**
 * @param {string} part
 * @param {Lang} language
 * @param {"words" | "all"} [extent] all: the shell's words as well
 * @returns {Promise<Record<string, string>>}
 */
async function fetchPart(part, language, extent = "words") {
  const file = part === whole ? `../../i18n/${language}.json` : `../${part}.${extent}.${language}.json`;
  const answer = await fetch(new URL(file, import.meta.url));
  if (!answer.ok) throw new Error(`${file} answers ${answer.status}`);
  return draw(await answer.json());
}

/**
 * Hangs the drawings that came with words ("#i-bell") where every page finds them, each once.
 * @param {Record<string, string>} part
 */
function draw(part) {
  const place = document.getElementById("symbols");
  for (const [key, symbol] of Object.entries(part)) {
    if (key.startsWith("#") && !document.getElementById(key.slice(1))) place?.insertAdjacentHTML("beforeend", symbol);
  }
  return part;
}

/**
 * Fetches a part of the dictionary, once: what the module of that name says. The first part brings the shell's words too.
 * @param {string} part "pages/people/account"
 */
export async function learn(part) {
  if (learnt.has(part)) return;
  const first = learnt.size === 0;
  learnt.add(part);
  try {
    dictionary = { ...dictionary, ...(await fetchPart(part, lang.value, first ? "all" : "words")) };
    if (first) learnt.add("main");
    lessons.value++;
  } catch (e) {
    learnt.delete(part);
    throw e;
  }
}

/**
 * A module that comes when it is wanted, with its words. Named at run time, it adds nothing to the page that brings it.
 * @param {string} part "pages/intake/files"
 * @returns {Promise<any>}
 */
export const bring = (part) => Promise.all([import(`../${part}.js`), learn(part)]).then(([m]) => m);

/** Whether there are words at all. */
export const speaking = () => learnt.size > 0;

/**
 * Changes the language of the whole screen and remembers it for the public pages too.
 * @param {Lang} language
 */
export async function speak(language) {
  document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`; // first: whoever goes on before the words have come reads the next page in it
  const parts = await Promise.all([...learnt].map((p) => fetchPart(p, language)));
  dictionary = Object.assign({}, ...parts);
  document.documentElement.lang = language;
  lang.value = language;
}

/** A key that no part has: perhaps it was put together at run time. Ask for all words, once. @param {string} key */
function miss(key) {
  if (!learnt.has(whole) && /^[a-z_]+\.[a-z0-9_.]+$/.test(key)) learn(whole).catch(() => {});
  return key;
}

/**
 * The words of a key with each {slot} filled in. A key in two forms (key.one, key.other) takes the first where slots.n is 1.
 * Numbers are written in the language, and of a pair title_vi and title_en {title} takes its own. A key without words comes back as it is: a code is better than nothing.
 * @param {string} key
 * @param {Record<string, string | number>} [slots]
 */
export function t(key, slots) {
  const language = lang.value;
  lessons.value;
  let text = dictionary[key];
  if (text === undefined && slots && typeof slots["n"] === "number") {
    text = (slots["n"] === 1 ? dictionary[`${key}.one`] : undefined) ?? dictionary[`${key}.other`];
  }
  if (text === undefined) return miss(key);
  if (!slots) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = slots[name] ?? (slots[`${name}_${language}`] || slots[`${name}_vi`]);
    return value === undefined ? whole : typeof value === "number" ? num(value) : value;
  });
}

/** Whether a key has words. @param {string} key */
export const has = (key) => dictionary[key] !== undefined;

/**
 * What was written in both languages, in the reader's if there is such a text.
 * @param {Record<string, any> | undefined | null} row
 * @param {string} field without _vi and _en
 * @returns {string}
 */
export function pair(row, field) {
  const [first, second] = lang.value === "en" ? ["en", "vi"] : ["vi", "en"];
  return row?.[`${field}_${first}`] || row?.[`${field}_${second}`] || "";
}

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * A number with a fixed count of decimals: 11,2 in Vietnamese, 11.2 in English.
 * @param {number} v
 * @param {number} [decimals]
 */
export function num(v, decimals) {
  const key = `${lang.value}${decimals}`;
  let format = formats.get(key);
  if (!format) {
    const digits = decimals === undefined ? { maximumFractionDigits: 2 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    format = new Intl.NumberFormat(lang.value === "vi" ? "vi-VN" : "en-GB", { ...digits, signDisplay: "negative", useGrouping: "always" });
    formats.set(key, format);
  }
  return format.format(v);
}

/** A share: 0.083 is 8,3%. @param {number} share @param {number} [decimals] */
export const percent = (share, decimals = 1) => `${num(share * 100, decimals)}%`;

/** An amount in đồng to the last one. @param {number} amount */
export const dong = (amount) => `${num(amount, 0)}\u00a0₫`;

/** An amount for a headline: 86,4 tỷ đồng. Below a million it is written out. @param {number} amount */
export function dongShort(amount) {
  const size = Math.abs(amount);
  const short = (/** @type {number} */ v) => num(v, 1).replace(/[,.]0$/, "");
  if (size >= 1e9) return short(amount / 1e9) + (lang.value === "en" ? " bn VND" : " tỷ đồng");
  if (size >= 1e6) return short(amount / 1e6) + (lang.value === "en" ? " m VND" : " triệu đồng");
  return dong(amount);
}

/** Vietnam is seven hours ahead of UTC all year. */
const zone = 7 * 3600e3;
const dayLong = 24 * 3600e3;
const weekdays = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const daysEN = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const monthsEN = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const skew = signal(0); // whoever wrote a date by the wrong clock is drawn again

/**
 * Sets our clock after the house's: a demo may live a month ahead.
 * @param {Instant} instant what the house says is now
 */
export function setNow(instant) {
  const gap = ms(instant) - Date.now();
  skew.value = Math.abs(gap) > 60e3 ? gap : 0;
}

/** The house's now, in milliseconds. */
export const now = () => Date.now() + skew.value;

/** @param {Instant} v @returns {number} milliseconds; NaN for what is no instant */
export function ms(v) {
  if (v instanceof Date) return v.getTime();
  if (typeof v === "number") return v;
  if (/^\d{4}-\d\d-\d\d$/.test(v)) return Date.parse(v) - zone;
  return Date.parse(v.replace(" ", "T"));
}

/** The parts of an instant on a clock in Ho Chi Minh City. @param {Instant} v */
function local(v) {
  const d = new Date(ms(v) + zone);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return { y: d.getUTCFullYear(), m: d.getUTCMonth(), d: d.getUTCDate(), w: d.getUTCDay(), clock: `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`, dd: two(d.getUTCDate()), mm: two(d.getUTCMonth() + 1) };
}

/** Whether there is an instant at all. @param {Instant | null | undefined} v @returns {v is Instant} */
export const given = (v) => v !== undefined && v !== null && v !== "" && !String(v).startsWith("0001-") && !Number.isNaN(ms(v));

/** "10 tháng 12, 2026" or "10 December 2026". @param {Instant} v */
export function date(v) {
  const l = local(v);
  return lang.value === "en" ? `${l.d} ${monthsEN[l.m]} ${l.y}` : `${l.d} tháng ${l.m + 1}, ${l.y}`;
}

/** "Thứ Năm, 10 tháng 12, 2026" or "Thursday, 10 December 2026". @param {Instant} v */
export const longDate = (v) => `${(lang.value === "en" ? daysEN : weekdays)[local(v).w]}, ${date(v)}`;

/** 10/12/2026, the day first in both languages. @param {Instant} v */
export const shortDate = (v) => `${local(v).dd}/${local(v).mm}/${local(v).y}`;

/** 08:05. @param {Instant} v */
export const clock = (v) => local(v).clock;

/** 10/12/2026 08:05. @param {Instant} v */
export const moment = (v) => `${shortDate(v)} ${clock(v)}`;

/** "Thg 12" or "Dec". @param {Instant} v */
export const month = (v) => (lang.value === "en" ? (monthsEN[local(v).m] ?? "").slice(0, 3) : `Thg ${local(v).m + 1}`);

/** "Tháng 12, 2026" or "December 2026". @param {Instant} v */
export const monthYear = (v) => (lang.value === "en" ? `${monthsEN[local(v).m]} ${local(v).y}` : `Tháng ${local(v).m + 1}, ${local(v).y}`);

/** A period key as words: 2026-11 is "Tháng 11, 2026". @param {string} key */
export const period = (key) => (/^\d{4}-\d\d$/.test(key) ? monthYear(`${key}-01`) : key);

/** The local day as it is stored: 2026-12-06. @param {Instant} v */
export const day = (v) => `${local(v).y}-${local(v).mm}-${local(v).dd}`;

/** The day of the month, for a date box. @param {Instant} v */
export const dayOfMonth = (v) => local(v).dd;

/** From when to when, the day once where both ends lie on it. @param {Instant} from @param {Instant} [to] */
export function span(from, to) {
  if (!given(to)) return `${longDate(from)} · ${clock(from)}`;
  if (shortDate(from) === shortDate(to)) return `${longDate(from)} · ${clock(from)}–${clock(to)}`;
  return `${moment(from)} – ${moment(to)}`;
}

/** Midnights of Ho Chi Minh City between a and b. @param {Instant} a @param {Instant} b */
export const daysBetween = (a, b) => Math.floor((ms(b) + zone) / dayLong) - Math.floor((ms(a) + zone) / dayLong);

/** How far an instant lies from now: "20 phút trước", "ngày mai". Beyond 60 days it is the date. @param {Instant} v @param {Instant} [from] */
export function relative(v, from = now()) {
  const days = daysBetween(from, v);
  const gap = ms(from) - ms(v);
  if (gap >= 0 && gap < 60e3) return t("time.just_now");
  if (gap >= 0 && gap < 3600e3) return t("time.minutes_ago", { n: Math.floor(gap / 60e3) });
  if (gap >= 0 && days === 0) return t("time.hours_ago", { n: Math.floor(gap / 3600e3) });
  if (days === 0) return t("time.today");
  if (days === -1) return t("time.yesterday");
  if (days === 1) return t("time.tomorrow");
  if (days < 0 && days >= -60) return t("time.days_ago", { n: -days });
  if (days > 0 && days <= 60) return t("time.in_days", { n: days });
  return date(v);
}

/** How much time is left: "còn 4 ngày". @param {Instant} v @param {Instant} [from] */
export function deadline(v, from = now()) {
  const left = ms(v) - ms(from);
  if (left <= 0) return t("time.over");
  if (left < 3600e3) return t("time.minutes_left", { n: Math.ceil(left / 60e3) });
  if (left < dayLong) return t("time.hours_left", { n: Math.floor(left / 3600e3) });
  return t("time.days_left", { n: Math.floor(left / dayLong) });
}

/**
 * A text as it is searched: without marks, đ as d, small. "Đại học" and "dai hoc" are the same.
 * @param {string} text
 */
export const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim().replace(/\s+/g, " ");

/**
 * The slots of a notice or a duty, for the reader: a day is written out, and of a pair such as report_vi and report_en the one
 * that is theirs stands as report. Package notify does the same for mails.
 * @param {Record<string, string>} args
 */
export function slots(args) {
  /** @type {Record<string, string>} */
  const out = {};
  for (const [name, value] of Object.entries(args ?? {})) {
    const base = name.replace(/_(vi|en)$/, "");
    out[base] = base === name ? (/^\d{4}-\d\d-\d\d$/.test(value) ? date(value) : value) : pair(args, base);
  }
  return out;
}
