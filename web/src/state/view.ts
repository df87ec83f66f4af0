/** What the page shows, and its address: every view can be written as the part of a URL behind the `#`, and read back. */

import type { Bounds } from "../map/camera";
import { dayOf, isoOf } from "../time/days";

export type PageName = "map" | "tolls" | "disputes" | "sources" | "places" | "place" | "source";
export type Language = "en" | "zh" | "ar";
export type Scope = "day" | "range";
export type ThemeName = "auto" | "light" | "dark";

const PAGES: readonly PageName[] = ["map", "tolls", "disputes", "sources", "places", "place", "source"];
const LANGUAGES: readonly Language[] = ["en", "zh", "ar"];
const THEMES: readonly ThemeName[] = ["auto", "light", "dark"];
export const MOST_PANES = 6;

/** Where the map looks: degrees and MapLibre's zoom. */
export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

export interface View {
  page: PageName;
  /** The day shown; null before the chronicle is known. */
  day: number | null;
  /** First and last day in view, both inclusive; null is the whole chronicle. */
  range: readonly [number, number] | null;
  place: string | null;
  source: string | null;
  claim: string | null;
  /** Ids of the versions shown side by side; `a~b` is the difference of two. */
  panes: readonly string[];
  sources: readonly string[];
  types: readonly string[];
  /** The ground that the list is limited to, which is what the map shows; null is all of it. */
  extent: Bounds | null;
  /** Whether the list tells of the day shown, or of the whole range. */
  scope: Scope;
  language: Language;
  theme: ThemeName;
  camera: Camera | null;
}

export const RECONCILED = "all";

export function emptyView(): View {
  return {
    page: "map",
    day: null,
    range: null,
    place: null,
    source: null,
    claim: null,
    panes: [RECONCILED],
    sources: [],
    types: [],
    extent: null,
    scope: "day",
    language: preferredLanguage(),
    theme: "auto",
    camera: null,
  };
}

/** The address of a view, without the `#`. Reads well, so that people can change a day by hand. */
export function addressOf(view: View): string {
  const parts: [string, string][] = [];
  const list = (values: readonly string[]) => values.map(encodeURIComponent).join(",");
  if (view.page !== "map") parts.push(["page", view.page]);
  if (view.day !== null) parts.push(["date", isoOf(view.day)]);
  if (view.range) parts.push(["range", `${isoOf(view.range[0])}..${isoOf(view.range[1])}`]);
  if (view.place) parts.push(["place", encodeURIComponent(view.place)]);
  if (view.source) parts.push(["source", encodeURIComponent(view.source)]);
  if (view.claim) parts.push(["claim", encodeURIComponent(view.claim)]);
  if (view.panes.length !== 1 || view.panes[0] !== RECONCILED) parts.push(["panes", list(view.panes)]);
  if (view.sources.length) parts.push(["sources", list(view.sources)]);
  if (view.types.length) parts.push(["types", list(view.types)]);
  if (view.extent) parts.push(["box", view.extent.map((degrees) => degrees.toFixed(4)).join(",")]);
  if (view.scope !== "day") parts.push(["list", view.scope]);
  if (view.camera) {
    const { lat, lon, zoom } = view.camera;
    parts.push(["at", `${lat.toFixed(4)},${lon.toFixed(4)},${zoom.toFixed(2)}`]);
  }
  parts.push(["lang", view.language]);
  if (view.theme !== "auto") parts.push(["theme", view.theme]);
  return parts.map(([key, value]) => `${key}=${value}`).join("&");
}

/** The view that an address tells; what it does not tell, or tells wrongly, is as in an empty view. */
export function viewOf(address: string): View {
  const view = emptyView();
  const told = new Map<string, string>();
  for (const part of address.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) told.set(part.slice(0, at), part.slice(at + 1));
  }
  const text = (key: string): string | null => decode(told.get(key));
  const list = (key: string): string[] =>
    (told.get(key) ?? "").split(",").map(decode).filter((value): value is string => Boolean(value));
  const page = told.get("page") as PageName | undefined;
  if (page && PAGES.includes(page)) view.page = page;
  view.day = dayOf(told.get("date"));
  view.range = rangeOf(told.get("range"));
  view.place = text("place");
  view.source = text("source");
  view.claim = text("claim");
  const panes = list("panes").slice(0, MOST_PANES);
  if (panes.length) view.panes = panes;
  view.sources = list("sources");
  view.types = list("types");
  view.extent = boxOf(told.get("box"));
  if (told.get("list") === "range") view.scope = "range";
  view.camera = cameraOf(told.get("at"));
  const language = told.get("lang") as Language | undefined;
  if (language && LANGUAGES.includes(language)) view.language = language;
  const theme = told.get("theme") as ThemeName | undefined;
  if (theme && THEMES.includes(theme)) view.theme = theme;
  return view;
}

function rangeOf(text: string | undefined): readonly [number, number] | null {
  const [from, to] = (text ?? "").split("..");
  const first = dayOf(from);
  const last = dayOf(to);
  if (first === null || last === null) return null;
  return first <= last ? [first, last] : [last, first];
}

function cameraOf(text: string | undefined): Camera | null {
  const [lat, lon, zoom] = (text ?? "").split(",").map(Number);
  if (lat === undefined || lon === undefined || zoom === undefined) return null;
  const sound = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 22;
  return sound ? { lat, lon, zoom } : null;
}

function boxOf(text: string | undefined): Bounds | null {
  const [west, south, east, north] = (text ?? "").split(",").map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  const sound = -180 <= west && west < east && east <= 180 && -90 <= south && south < north && north <= 90;
  return sound ? [west, south, east, north] : null;
}

function decode(text: string | undefined): string | null {
  if (!text) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function preferredLanguage(): Language {
  for (const tag of navigator.languages ?? []) {
    const language = tag.slice(0, 2).toLowerCase() as Language;
    if (LANGUAGES.includes(language)) return language;
  }
  return "en";
}
