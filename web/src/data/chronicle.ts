/** The chronicle in the browser: what is loaded at the start, and what is asked for when it comes into view. */

import { forgetAllBut, json, table } from "./loader";
import { schematicCells } from "./schematic";
import {
  type Basemap,
  type Cells,
  type Claim,
  type Dispute,
  type DocumentText,
  type EventRow,
  type Meta,
  type PlaceRecord,
  type Places,
  type Routes,
  type SourceRecord,
  type Table,
  type Tolls,
  type TollSeries,
} from "./types";

export interface Chronicle {
  meta: Meta;
  places: Places;
  cells: Cells;
  basemap: Basemap;
  claims: Table;
  /** No rows until `linked`; so `eventOf` is −1 for every claim, and `disputes` 0. */
  events: Table;
  eventOf: (claim: number) => number;
  disputes: number;
  linked: boolean;
  placeAt: ReadonlyMap<string, number>;
  sourceAt: ReadonlyMap<string, number>;
  sideAt: ReadonlyMap<string, number>;
}

export async function loadChronicle(): Promise<Chronicle> {
  const [meta, places, cells, basemap, claims] = await Promise.all([
    json<Meta>("meta.json"),
    json<Places>("places.json"),
    json<Cells>("cells.json"),
    json<Basemap>("basemap.json"),
    table("claims/index"),
  ]);
  const positions = (ids: readonly string[]) => new Map(ids.map((id, at) => [id, at]));
  return {
    meta,
    places,
    cells: schematicCells(places) ?? cells,
    basemap,
    claims,
    events: NO_EVENTS,
    eventOf: () => -1,
    disputes: 0,
    linked: false,
    placeAt: positions(places.id),
    sourceAt: positions(meta.sources.map((source) => source.id)),
    sideAt: positions(meta.sides.map((side) => side.id)),
  };
}

const NO_EVENTS: Table = { count: 0, chunk: 1, column: () => new Uint8Array(0) };

/** The chronicle with its events: they come after the first view, since linking the claims of a large war takes a while. */
export async function linked(chronicle: Chronicle): Promise<Chronicle> {
  const [ofClaims, events, disputes] = await Promise.all([
    table("claims/events"),
    table("events/index"),
    json<{ count: number }>("disputes/index.json"),
  ]);
  const event = ofClaims.column("event");
  return { ...chronicle, events, eventOf: (claim) => event[claim]! - 1, disputes: disputes.count, linked: true };
}

/** Chunks of one kind that are kept: scrolling through a large war must not fill the memory. */
const MOST_CHUNKS = 80;

async function inChunk<Row>(folder: string, chunk: number, position: number): Promise<Row> {
  forgetAllBut(`${folder}/`, MOST_CHUNKS);
  const rows = await json<Row[]>(`${folder}/${Math.floor(position / chunk)}.json`);
  const row = rows[position % chunk];
  if (row === undefined) throw new Error(`${folder} has no row ${position}`);
  return row;
}

export const claimAt = (chronicle: Chronicle, position: number): Promise<Claim> =>
  inChunk<Claim>("claims", chronicle.claims.chunk, position);

export const eventAt = (chronicle: Chronicle, position: number): Promise<EventRow> =>
  inChunk<EventRow>("events", chronicle.events.chunk, position);

export const disputesAt = (chunk: number): Promise<Dispute[]> => json<Dispute[]>(`disputes/${chunk}.json`);
export const documentAt = (position: number): Promise<DocumentText> => json<DocumentText>(`documents/${position}.json`);
export const placeRecord = (position: number): Promise<PlaceRecord> => json<PlaceRecord>(`places/${position}.json`);
export const sourceRecord = (position: number): Promise<SourceRecord> => json<SourceRecord>(`sources/${position}.json`);
export const tollSeries = async (): Promise<Tolls> => ({ rows: [], series: await json<TollSeries[]>("tolls/series.json") });
export const allTolls = (): Promise<Tolls> => json<Tolls>("tolls.json");
export const routesOf = (version: string): Promise<Routes> => json<Routes>(`routes/${version}.json`);
export const ruleTexts = (): Promise<Record<string, string>> => json<Record<string, string>>("rules.json");
export const placeForms = (): Promise<string[][]> => json<string[][]>("places/forms.json");
export const claimIds = (): Promise<string[]> => json<string[]>("claims/ids.json");

/** Position of the claim with this id, -1 if there is none. */
export async function claimPosition(id: string): Promise<number> {
  return (await claimIds()).indexOf(id);
}
