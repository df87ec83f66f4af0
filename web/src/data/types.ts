/** What the resources hold; the contract is docs/page-data.md. Things are named by their position, days are days since 1970. */

export type Names = Readonly<Record<string, string>>;

export const NO_DAY = -2147483648;

export interface Side {
  id: string;
  names: Names;
  hue: number;
  holds: boolean;
  armed: boolean;
}

export interface Source {
  id: string;
  names: Names;
  kind: string;
  alignment: string | null;
  claims: number;
  control_claims: number;
}

export interface DocumentSummary {
  id: string;
  title: string;
  origin: string;
  language: string;
  published: number | string | null;
  characters: number;
  claims: number;
  warnings: readonly string[];
}

export interface Version {
  id: string;
  kind: "all" | "side" | "source";
  key: string;
  names: Names;
  claims: number;
}

/** The user's own basemap: `layers` of vector tiles, `attribution` in parts that may lead somewhere, `piece` bytes to a piece. */
export interface TileArchive {
  kind: "vector" | "raster";
  zooms: readonly [number, number];
  bounds: readonly [number, number, number, number] | null;
  layers: readonly string[];
  attribution: readonly (readonly [string, string | null])[];
  size: number;
  piece: number;
}

export interface Meta {
  format: number;
  content: string;
  program_version: string;
  method: string | null;
  title: string;
  theatre: { id: string; version: string; names: Names } | null;
  tiles: TileArchive | null;
  first: number;
  last: number;
  busiest: number;
  months: readonly string[];
  states: readonly string[];
  sides: readonly Side[];
  sources: readonly Source[];
  documents: readonly DocumentSummary[];
  views: readonly Version[];
  types: readonly string[];
  changes: readonly string[];
  count_kinds: readonly string[];
  grades: readonly string[];
  counts: { claims: number; dated: number; places: number };
}

export interface Places {
  id: readonly string[];
  names: readonly Names[];
  kind: readonly string[];
  latitude: readonly (number | null)[];
  longitude: readonly (number | null)[];
  precision_m: readonly (number | null)[];
  origin: readonly string[];
  parent: readonly number[];
  dot: readonly boolean[];
  cell: readonly boolean[];
  claims: readonly number[];
}

export type Cells = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, { place: number }> & {
  approximate: boolean;
  origin: string;
  /** Tiles of a chart, and no ground: made by the page where no place has a point. */
  schematic?: boolean;
};

export interface BasemapProperties {
  id: string;
  kind: "outline" | "road" | "river" | "border";
  names: Names;
  precision_m: number;
  origin: string;
}

export type Basemap = GeoJSON.FeatureCollection<GeoJSON.Geometry, BasemapProperties>;

export interface RoadSpan {
  side: string;
  status: "open" | "cut" | "contested";
  first: number;
  last: number;
  probability: number;
}

export interface Siege {
  places: readonly number[];
  side: string;
  by: string | readonly string[] | null;
  first: number;
  last: number;
  probability: number;
}

export interface Routes {
  roads: readonly { route: string; spans: readonly RoadSpan[] }[];
  sieges: readonly Siege[];
}

export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array;

export interface Table {
  count: number;
  chunk: number;
  column: (name: string) => Column;
}

export interface Party {
  surface: string;
  side: string;
  actor: string | null;
}

export interface Count {
  what: string;
  who: string;
  side: string;
  low: number | null;
  high: number | null;
  approximate: boolean;
  part_of: number | null;
}

export interface FiredRule {
  rule: string;
  field: string;
  spans: readonly (readonly [number, number])[];
  characters: string;
}

export interface Claim {
  id: string;
  type: string;
  first: number;
  last: number;
  document: number;
  text: string;
  spans: readonly (readonly [number, number])[];
  raw_spans: readonly (readonly [number, number])[];
  places: readonly { surface: string; place: number; score: number }[];
  actors: readonly Party[];
  targets: readonly Party[];
  source: number;
  said_by: string | null;
  polarity: string;
  counts: readonly Count[];
  control: { holder: string; change: string; share: readonly [number, number] | null } | null;
  rules: readonly FiredRule[];
  language: string;
  extractor: string;
  coordinates: readonly [number, number] | null;
}

export interface Block {
  kind: "heading" | "paragraph" | "list_item" | "table_row" | "quote" | "caption";
  start: number;
  end: number;
  level: number;
  narrative: boolean;
  section: string | null;
}

export interface DocumentText {
  title: string;
  origin: string;
  language: string;
  published: number | string | null;
  sha256: string;
  text: string;
  astral: readonly number[];
  blocks: readonly Block[];
  claims: readonly (readonly [number, number, number])[];
}

export interface SourceFigure {
  source: number | string;
  low: number | null;
  high: number | null;
  claim: number;
}

export interface TollRow {
  event: number;
  what: string;
  side: string;
  /** A part of the side in the words of the text; empty for all of it. */
  group: string;
  first: number;
  last: number;
  places: readonly number[];
  low: number | null;
  best: number | null;
  high: number | null;
  rule: string;
  low_claim: number | null;
  best_claim: number | null;
  high_claim: number | null;
  parts: readonly string[];
  sources: readonly SourceFigure[];
}

export interface TollSeries {
  what: string;
  side: string;
  source: number | null;
  days: readonly number[];
  low: readonly (number | null)[];
  best: readonly (number | null)[];
  high: readonly (number | null)[];
  /** Some figure in it has no upper bound. */
  at_least: boolean;
}

export interface Tolls {
  rows: readonly TollRow[];
  series: readonly TollSeries[];
}

export interface Reason {
  a: number;
  b: number;
  weights: readonly (readonly [string, number])[];
  total: number;
  decided: string;
}

export interface EventRow {
  id: string;
  type: string;
  first: number;
  last: number;
  places: readonly number[];
  sides: readonly string[];
  claims: readonly number[];
  against: readonly number[];
  witnesses: number;
  grade: string;
  toll: readonly TollRow[];
  reasons: readonly Reason[];
}

export interface Dispute {
  id: string;
  about: string;
  topic: string;
  weight: number;
  event: number;
  first: number;
  last: number;
  places: readonly number[];
  positions: readonly { says: string; sources: readonly number[]; claims: readonly number[] }[];
}

export interface PlaceRecord {
  place: number;
  /** Runs of the likeliest holder: first day, state, probability in tenths. */
  course: readonly (readonly [number, number, number])[];
  changes: readonly {
    holder: string | null;
    began: readonly [number, number];
    ended: readonly [number, number] | null;
    probability: number;
    claims: readonly (readonly [number, number])[];
  }[];
  said: readonly { source: number; holder: string; change: string; first: number; last: number; claim: number }[];
  claims: readonly number[];
}

export interface SourceRecord {
  source: number;
  claims: readonly number[];
  types: Readonly<Record<string, number>>;
  denials: number;
  leanings: readonly { kind: string; rate: number; low: number; high: number; claims: number }[];
}
