/** Which claims are in view: by day or range, place, ground, source and type. Reads columns only, so that 100,000 claims take a moment. */

import type { Bounds } from "../map/camera";
import type { View } from "../state/view";
import { extentOf } from "../map/geometry";
import type { Chronicle } from "./chronicle";
import { NO_DAY } from "./types";

export type Filters = Pick<View, "sources" | "types" | "place" | "extent">;

/** A test of one claim by its position, for the filters. */
export function passing(chronicle: Chronicle, filters: Filters): (claim: number) => boolean {
  const { claims, meta } = chronicle;
  const tests: ((claim: number) => boolean)[] = [];
  if (filters.types.length) {
    const wanted = new Set(filters.types.map((type) => meta.types.indexOf(type)));
    const column = claims.column("type");
    tests.push((claim) => wanted.has(column[claim]!));
  }
  if (filters.sources.length) {
    const wanted = sourcesOf(chronicle, filters.sources);
    const column = claims.column("source");
    tests.push((claim) => wanted.has(column[claim]!));
  }
  const place = filters.place === null ? undefined : chronicle.placeAt.get(filters.place);
  if (place !== undefined) {
    const [starts, places] = [claims.column("places_at"), claims.column("places")];
    tests.push((claim) => {
      for (let at = starts[claim]!; at < starts[claim + 1]!; at += 1) if (places[at] === place) return true;
      return false;
    });
  }
  if (filters.extent) {
    const [starts, places] = [claims.column("places_at"), claims.column("places")];
    const within = placesWithin(chronicle, filters.extent);
    tests.push((claim) => {
      for (let at = starts[claim]!; at < starts[claim + 1]!; at += 1) if (within[places[at]!]) return true;
      return false;
    });
  }
  return (claim) => tests.every((test) => test(claim));
}

/** Which places a box touches: their point lies in it, or the box around their cell reaches into it. */
function placesWithin({ places, cells }: Chronicle, [west, south, east, north]: Bounds): Uint8Array {
  const within = new Uint8Array(places.id.length);
  places.id.forEach((_, place) => {
    const [lon, lat] = [places.longitude[place], places.latitude[place]];
    if (typeof lon !== "number" || typeof lat !== "number") return;
    if (west <= lon && lon <= east && south <= lat && lat <= north) within[place] = 1;
  });
  for (const cell of cells.features) {
    const around = extentOf(cell.geometry);
    if (around[0] <= east && around[2] >= west && around[1] <= north && around[3] >= south) within[cell.properties.place] = 1;
  }
  return within;
}

/** Positions of the sources that a filter names; `side:x` is every source aligned with x. */
function sourcesOf(chronicle: Chronicle, named: readonly string[]): Set<number> {
  const wanted = new Set<number>();
  for (const name of named) {
    const at = chronicle.sourceAt.get(name);
    if (at !== undefined) wanted.add(at);
    else if (name.startsWith("side:")) {
      chronicle.meta.sources.forEach((source, position) => {
        if (source.alignment === name.slice(5)) wanted.add(position);
      });
    }
  }
  return wanted;
}

/** Claims that pass and touch the days `from` to `to`; with `undated`, those without a day too, last. In order of the index. */
export function claimsWithin(chronicle: Chronicle, filters: Filters, from: number, to: number, undated: boolean): number[] {
  const { claims } = chronicle;
  const [first, last] = [claims.column("first"), claims.column("last")];
  const pass = passing(chronicle, filters);
  const found: number[] = [];
  // In order of their first day: from the first claim that begins after the days, only those without a day are left.
  let claim = 0;
  for (; claim < claims.count && first[claim] !== NO_DAY && first[claim]! <= to; claim += 1) {
    if (last[claim]! >= from && pass(claim)) found.push(claim);
  }
  if (undated) for (; claim < claims.count; claim += 1) if (first[claim] === NO_DAY && pass(claim)) found.push(claim);
  return found;
}

/** A row of the list: a heading, an event with several claims, or a claim. */
export type Row =
  | { kind: "section"; key: string }
  | { kind: "event"; event: number; claims: number }
  | { kind: "claim"; claim: number; grouped: boolean };

/** Longer than this and a claim tells of a period, not of a day. */
const PERIOD_DAYS = 11;

/** The claims as rows, those of one event together; on a single day, periods that merely include it come after. */
export function rowsOf(chronicle: Chronicle, found: readonly number[], day: number | null): Row[] {
  const { claims } = chronicle;
  const [first, last] = [claims.column("first"), claims.column("last")];
  const sections: [string, number[]][] = [["", []], ["claims.covering", []], ["claims.undated", []]];
  for (const claim of found) {
    const undated = first[claim] === NO_DAY;
    const period = day !== null && last[claim]! - first[claim]! >= PERIOD_DAYS;
    sections[undated ? 2 : period ? 1 : 0]![1].push(claim);
  }
  const rows: Row[] = [];
  for (const [key, members] of sections) {
    if (!members.length) continue;
    if (key) rows.push({ kind: "section", key });
    rows.push(...grouped(chronicle.eventOf, members));
  }
  return rows;
}

function grouped(eventOf: (claim: number) => number, members: readonly number[]): Row[] {
  const together = new Map<number, number[]>();
  for (const claim of members) {
    const event = eventOf(claim);
    const key = event >= 0 ? event : -claim - 1;
    const group = together.get(key);
    if (group) group.push(claim);
    else together.set(key, [claim]);
  }
  const rows: Row[] = [];
  for (const [key, group] of together) {
    const several = group.length > 1;
    if (several) rows.push({ kind: "event", event: key, claims: group.length });
    for (const claim of group) rows.push({ kind: "claim", claim, grouped: several });
  }
  return rows;
}
