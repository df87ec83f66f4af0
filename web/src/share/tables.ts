/** The claims in view as CSV and as GeoJSON: exactly what is filtered, each with its sentence and where it stands. */

import { type Chronicle, claimAt } from "../data/chronicle";
import { type Claim, NO_DAY } from "../data/types";
import { isoOf } from "../time/days";

const COLUMNS = [
  "id",
  "type",
  "first",
  "last",
  "source",
  "said_by",
  "polarity",
  "places",
  "place_ids",
  "latitude",
  "longitude",
  "precision_m",
  "actors",
  "actor_sides",
  "targets",
  "target_sides",
  "counts",
  "holder",
  "change",
  "event",
  "grade",
  "text",
  "document",
  "origin",
  "raw_spans",
] as const;

type Record = { [column in (typeof COLUMNS)[number]]: string | number | null };

async function records(chronicle: Chronicle, claims: readonly number[]): Promise<Record[]> {
  const rows: Record[] = [];
  for (const position of claims) rows.push(recordOf(chronicle, position, await claimAt(chronicle, position)));
  return rows;
}

function recordOf(chronicle: Chronicle, position: number, claim: Claim): Record {
  const event = chronicle.eventOf(position);
  const { places, meta, events } = chronicle;
  const located = claim.places.filter((mention) => mention.place >= 0).map((mention) => mention.place);
  const point = pointOf(chronicle, claim);
  const document = meta.documents[claim.document];
  const list = (values: readonly string[]) => values.join("|");
  const iso = (day: number) => (day === NO_DAY ? null : isoOf(day));
  return {
    id: claim.id,
    type: claim.type,
    first: iso(claim.first),
    last: iso(claim.last),
    source: meta.sources[claim.source]?.id ?? null,
    said_by: claim.said_by,
    polarity: claim.polarity,
    places: list(claim.places.map((mention) => mention.surface)),
    place_ids: list(located.map((place) => places.id[place]!)),
    latitude: point?.[1] ?? null,
    longitude: point?.[0] ?? null,
    precision_m: located.length ? (places.precision_m[located[0]!] ?? null) : null,
    actors: list(claim.actors.map((party) => party.surface)),
    actor_sides: list(claim.actors.map((party) => party.side)),
    targets: list(claim.targets.map((party) => party.surface)),
    target_sides: list(claim.targets.map((party) => party.side)),
    counts: list(claim.counts.map((count) => `${count.what}:${count.low ?? ""}-${count.high ?? ""}:${count.who}`)),
    holder: claim.control?.holder ?? null,
    change: claim.control?.change ?? null,
    event: event >= 0 ? event : null,
    grade: event >= 0 ? (meta.grades[events.column("grade")[event]!] ?? null) : null,
    text: claim.text,
    document: document?.title ?? null,
    origin: document?.origin ?? null,
    raw_spans: list(claim.raw_spans.map(([start, end]) => `${start}-${end}`)),
  };
}

/** Longitude and latitude of a claim: its own point, else that of its first place that has one. */
function pointOf(chronicle: Chronicle, claim: Claim): [number, number] | null {
  if (claim.coordinates) return [claim.coordinates[1], claim.coordinates[0]];
  for (const { place } of claim.places) {
    const [lon, lat] = [chronicle.places.longitude[place], chronicle.places.latitude[place]];
    if (typeof lon === "number" && typeof lat === "number") return [lon, lat];
  }
  return null;
}

export async function csvOf(chronicle: Chronicle, claims: readonly number[]): Promise<string> {
  const rows = await records(chronicle, claims);
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(","));
  return `\ufeff${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}

/** A cell, quoted where it must be. A text that a spreadsheet would run as a formula is kept a text by an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export async function geojsonOf(chronicle: Chronicle, claims: readonly number[]): Promise<string> {
  const features: GeoJSON.Feature<GeoJSON.Point | null>[] = [];
  for (const position of claims) {
    const claim = await claimAt(chronicle, position);
    const point = pointOf(chronicle, claim);
    features.push({
      type: "Feature",
      id: claim.id,
      properties: recordOf(chronicle, position, claim),
      geometry: point ? { type: "Point", coordinates: point } : null,
    });
  }
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}
