/** Words, numbers and dates in the chosen language. Digits are always European, so that they read from left to right. */

import type { Names } from "../data/types";
import { view } from "../state/store";
import type { Language } from "../state/view";
import { dateOf, isoOf } from "../time/days";
import { NO_DAY } from "../data/types";
import { ar } from "./ar";
import { en, type Key, type Phrase } from "./en";
import { zh } from "./zh";

const WORDS: Record<Language, Record<Key, Phrase>> = { en, zh, ar };
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", zh: "中文", ar: "العربية" };
const LOCALES: Record<Language, string> = { en: "en-GB", zh: "zh-Hans-CN", ar: "ar-u-nu-latn" };

type Values = Record<string, string | number>;

export function t(key: Key, values: Values = {}, language: Language = view().language): string {
  const phrase = WORDS[language][key] ?? en[key];
  return filled(typeof phrase === "string" ? phrase : (phrase["other"] ?? ""), values);
}

/** A phrase with its number, in the form that the language has for that number. */
export function tn(key: Key, n: number, language: Language = view().language): string {
  const phrase = WORDS[language][key] ?? en[key];
  if (typeof phrase === "string") return filled(phrase, { n: number(n) });
  const category = new Intl.PluralRules(LOCALES[language]).select(n);
  return filled(phrase[category] ?? phrase["other"] ?? "", { n: number(n) });
}

/** The word for a code such as a claim's type, or the code itself where the page has no word for it. */
export function word(kind: string, code: string): string {
  const key = `${kind}.${code}` as Key;
  return key in en ? t(key) : code.replaceAll("_", " ");
}

function filled(phrase: string, values: Values): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function direction(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

export function locale(language: Language = view().language): string {
  return LOCALES[language];
}

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  let format = formats.get(key) as Intl.DateTimeFormat | undefined;
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC", calendar: "gregory" });
    formats.set(key, format);
  }
  return format;
}

export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = `n${locale()}${JSON.stringify(options)}`;
  let format = formats.get(key) as Intl.NumberFormat | undefined;
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale(), options)));
  return format.format(value).replace("-", "−");
}

export function percent(value: number): string {
  return number(value, { style: "percent", maximumFractionDigits: 0 });
}

export function longDate(day: number): string {
  return dates({ day: "numeric", month: "long", year: "numeric" }).format(dateOf(day));
}

export function shortDate(day: number): string {
  return dates({ day: "numeric", month: "short", year: "numeric" }).format(dateOf(day));
}

export function weekday(day: number): string {
  return dates({ weekday: "long" }).format(dateOf(day));
}

export function monthLabel(day: number): string {
  return dates({ month: "short" }).format(dateOf(day));
}

export function monthYear(day: number): string {
  return dates({ month: "long", year: "numeric" }).format(dateOf(day));
}

/** A range of days as one writes it: a day, a whole month, a whole year, or first and last day. */
export function rangeLabel(first: number, last: number): string {
  if (first === NO_DAY) return t("date.none");
  if (first === last) return shortDate(first);
  const [from, to] = [isoOf(first), isoOf(last)];
  if (from.endsWith("-01-01") && to.endsWith("-12-31") && from.slice(0, 4) === to.slice(0, 4)) return from.slice(0, 4);
  const monthEnds = isoOf(last + 1).endsWith("-01");
  if (from.endsWith("-01") && monthEnds && from.slice(0, 7) === to.slice(0, 7)) return monthYear(first);
  return `${shortDate(first)} – ${shortDate(last)}`;
}

/** The name in the chosen language, else in English, else any, else what stands in `otherwise`. */
export function nameIn(names: Names, otherwise: string): string {
  return names[view().language] || names["en"] || Object.values(names).find(Boolean) || otherwise;
}

const WORLD_LANGUAGES = new Set(["en", "zh", "fr", "de", "es", "und"]);

/** The name as people there write it, if the chosen language shows another. */
export function localName(names: Names, shown: string): { text: string; language: string } | null {
  for (const [language, text] of Object.entries(names)) {
    if (!WORLD_LANGUAGES.has(language) && text && text !== shown) return { text, language };
  }
  return null;
}
