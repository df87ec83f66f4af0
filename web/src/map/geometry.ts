/** What does not change from day to day: cells, dots, lines, and where a place's name stands. */

import type { Chronicle } from "../data/chronicle";
import type { BasemapProperties } from "../data/types";
import type { Bounds } from "./camera";

export interface Anchor {
  place: number;
  lon: number;
  lat: number;
}

export interface Dot extends Anchor {
  /** Radius in pixels; less precise points are larger and hollow. */
  radius: number;
  hollow: boolean;
}

export type Line = GeoJSON.Feature<GeoJSON.Geometry, BasemapProperties>;

export interface Geometry {
  cells: GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, { place: number }>[];
  approximate: boolean;
  /** Cells are tiles of a chart, since nobody knows where the places are. */
  schematic: boolean;
  cellsOrigin: string;
  dots: Dot[];
  anchors: Anchor[];
  outlines: Line[];
  roads: Line[];
  rivers: Line[];
  home: Bounds;
}

/** A point known worse than this is never drawn as a dot. */
export const WORST_DOT_M = 3000;

export function geometryOf(chronicle: Chronicle): Geometry {
  const { places, cells, basemap } = chronicle;
  const dots: Dot[] = [];
  const anchors: Anchor[] = [];
  const middles = new Map(cells.features.map((cell) => [cell.properties.place, middleOf(cell.geometry)]));
  for (let place = 0; place < places.id.length; place += 1) {
    const lon = places.longitude[place];
    const lat = places.latitude[place];
    const precision = places.precision_m[place];
    const middle = middles.get(place);
    if (middle) anchors.push({ place, lon: middle[0], lat: middle[1] });
    if (typeof lon !== "number" || typeof lat !== "number") continue;
    if (places.dot[place] && typeof precision === "number" && precision <= WORST_DOT_M) {
      dots.push({ place, lon, lat, ...dotShape(precision) });
    }
    if (!middle) anchors.push({ place, lon, lat });
  }
  const kind = (name: string) => basemap.features.filter((feature) => feature.properties.kind === name);
  const outlines = kind("outline");
  return {
    cells: cells.features,
    approximate: cells.approximate,
    schematic: cells.schematic ?? false,
    cellsOrigin: cells.origin,
    dots,
    anchors,
    outlines,
    roads: kind("road"),
    rivers: [...kind("river"), ...kind("border")],
    home: homeOf(chronicle, outlines, cells.features, anchors),
  };
}

function dotShape(precision: number): { radius: number; hollow: boolean } {
  if (precision <= 300) return { radius: 3, hollow: false };
  if (precision <= 1000) return { radius: 4, hollow: false };
  return { radius: 5.5, hollow: true };
}

function middleOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): [number, number] {
  let largest: { area: number; at: [number, number] } = { area: -1, at: [0, 0] };
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  for (const [ring] of polygons) {
    if (!ring) continue;
    const found = centroid(ring);
    if (found.area > largest.area) largest = found;
  }
  return largest.at;
}

function centroid(ring: GeoJSON.Position[]): { area: number; at: [number, number] } {
  let area = 0;
  let x = 0;
  let y = 0;
  const [ox, oy] = ring[0] as [number, number];
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = [ring[i - 1]![0]! - ox, ring[i - 1]![1]! - oy];
    const [bx, by] = [ring[i]![0]! - ox, ring[i]![1]! - oy];
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (Math.abs(area) < 1e-14) return { area: 0, at: [ox, oy] };
  return { area: Math.abs(area), at: [ox + x / (6 * area), oy + y / (6 * area)] };
}

/** Where the map looks at first: the cells, else the largest outline, else all places; but where claims tell of quite another ground, that. */
function homeOf(chronicle: Chronicle, outlines: Line[], cells: Geometry["cells"], anchors: Anchor[]): Bounds {
  const around = new Extent();
  for (const cell of cells) around.addGeometry(cell.geometry);
  if (around.empty) for (const outline of outlines) around.addGeometry(outline.geometry);
  if (around.empty) for (const anchor of anchors) around.add(anchor.lon, anchor.lat);
  const { told, inside } = toldOf(chronicle, cells, anchors, around);
  const other = !told.empty && (inside < 0.5 || told.across * OTHER_GROUND < around.across);
  return other ? told.bounds(ROOM) : around.bounds(0.02);
}

const OTHER_GROUND = 2.5;
const ROOM = 0.25;
/** The first view holds this share of the claims; those about places far away do not widen it. */
const MOST_CLAIMS = 0.8;
/** What is known worse than this, a province or a country, does not say where a battle is. */
const WORST_HOME_M = 10_000;

/** The ground that most claims are about, around the middle of the places that they name; and their share inside of `ground`. */
function toldOf(chronicle: Chronicle, cells: Geometry["cells"], anchors: readonly Anchor[], ground: Extent): { told: Extent; inside: number } {
  const { claims, precision_m } = chronicle.places;
  const named = anchors.filter(({ place }) => claims[place]! > 0 && (precision_m[place] ?? Infinity) <= WORST_HOME_M);
  const sum = (some: readonly Anchor[]) => some.reduce((all, { place }) => all + claims[place]!, 0);
  const total = sum(named);
  const median = (axis: "lon" | "lat"): number => {
    let before = 0;
    const middle = named.toSorted((a, b) => a[axis] - b[axis]).find(({ place }) => (before += claims[place]!) * 2 >= total);
    return middle?.[axis] ?? 0;
  };
  const [lon, lat] = [median("lon"), median("lat")];
  const far = (anchor: Anchor) => Math.hypot((anchor.lon - lon) * Math.cos((lat * Math.PI) / 180), anchor.lat - lat);
  let before = 0;
  const kept = named.toSorted((a, b) => far(a) - far(b)).filter(({ place }) => {
    const wanted = before < total * MOST_CLAIMS;
    before += claims[place]!;
    return wanted;
  });
  const told = new Extent();
  const places = new Set(kept.map(({ place }) => place));
  for (const anchor of kept) told.add(anchor.lon, anchor.lat);
  for (const cell of cells) if (places.has(cell.properties.place)) told.addGeometry(cell.geometry);
  return { told, inside: sum(named.filter((anchor) => ground.has(anchor))) / Math.max(1, total) };
}

/** The box around a shape. */
export function extentOf(geometry: GeoJSON.Geometry): Bounds {
  const known = extents.get(geometry);
  if (known) return known;
  const around = new Extent();
  around.addGeometry(geometry);
  const bounds = around.tight();
  extents.set(geometry, bounds);
  return bounds;
}

const extents = new WeakMap<GeoJSON.Geometry, Bounds>();

class Extent {
  private west = Infinity;
  private south = Infinity;
  private east = -Infinity;
  private north = -Infinity;

  get empty(): boolean {
    return this.west > this.east;
  }

  add(lon: number, lat: number): void {
    this.west = Math.min(this.west, lon);
    this.east = Math.max(this.east, lon);
    this.south = Math.min(this.south, lat);
    this.north = Math.max(this.north, lat);
  }

  addGeometry(geometry: GeoJSON.Geometry): void {
    const walk = (value: unknown): void => {
      if (!Array.isArray(value)) return;
      if (typeof value[0] === "number" && typeof value[1] === "number") this.add(value[0], value[1]);
      else value.forEach(walk);
    };
    if ("coordinates" in geometry) walk(geometry.coordinates);
  }

  tight(): Bounds {
    return [this.west, this.south, this.east, this.north];
  }

  has({ lon, lat }: Anchor): boolean {
    return this.west <= lon && lon <= this.east && this.south <= lat && lat <= this.north;
  }

  /** The longer of its two sides, in degrees. */
  get across(): number {
    return Math.max(this.east - this.west, this.north - this.south);
  }

  /** With room around, a share of the longer side; a single place is shown with its surroundings. */
  bounds(room: number): Bounds {
    if (this.empty) return [-10, -10, 10, 10];
    const pad = Math.max(this.across > 0 ? 0.002 : 0.05, this.across * room);
    return [this.west - pad, this.south - pad, this.east + pad, this.north + pad];
  }
}

const MANY_CELLS = 400;

/** Width of the lines between cells: thinner where there are so many that lines would hide them. */
export function edgeWidth(geometry: Geometry): number {
  return geometry.cells.length > MANY_CELLS ? 0.4 : 0.9;
}
