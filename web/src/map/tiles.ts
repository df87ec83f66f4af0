/**
 * The user's own basemap, a PMTiles archive, quiet beneath and between our layers. The server answers parts of the archive; a
 * published folder holds it in pieces, since no part of a file can be asked of a folder.
 */

import type * as MapLibre from "maplibre-gl";
import type * as PMTiles from "pmtiles";
import { bytes, byScript, forgetAllBut } from "../data/loader";
import type { TileArchive } from "../data/types";
import type { Paper } from "./palette";

declare global {
  interface Window {
    pmtiles?: typeof PMTiles;
  }
}

export const TILES = "tiles";
const NAME = "basemap";
const MOST_PIECES = 200;

let shown: TileArchive | null = null;
let loading: Promise<void> | null = null;

/** The archive that maps draw: none before `prepareTiles` is done, or where there is none. */
export const tilesShown = (): TileArchive | null => shown;

/** Teach MapLibre to read the archive; without one nothing is loaded. A map without its basemap is better than no map. */
export function prepareTiles(library: typeof MapLibre, archive: TileArchive | null): Promise<void> {
  if (!archive) return Promise.resolve();
  loading ??= script("assets/pmtiles.js").then(() => {
    const { PMTiles: Archive, Protocol, FetchSource } = window.pmtiles!;
    const served = new FetchSource(new URL("basemap.pmtiles", document.baseURI).href);
    served.getKey = () => NAME;
    const protocol = new Protocol();
    protocol.add(new Archive(byScript ? piecesOf(archive) : served));
    library.addProtocol("pmtiles", protocol.tile);
    shown = archive;
  }).catch((problem: Error) => console.warn(`No basemap: ${problem.message}`));
  return loading;
}

function script(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${address} is not there`));
    document.head.append(element);
  });
}

function piecesOf({ size, piece }: TileArchive): PMTiles.Source {
  return {
    getKey: () => NAME,
    getBytes: async (offset, length) => {
      const end = Math.min(offset + length, size);
      const wanted = new Uint8Array(Math.max(0, end - offset));
      const numbers: number[] = [];
      for (let number = Math.floor(offset / piece); number * piece < end; number += 1) numbers.push(number);
      forgetAllBut("tiles/", MOST_PIECES);
      const found = await Promise.all(numbers.map((number) => bytes(`tiles/${number}.bin`)));
      numbers.forEach((number, at) => {
        const [from, to] = [Math.max(offset, number * piece), Math.min(end, (number + 1) * piece)];
        wanted.set(new Uint8Array(found[at]!, from - number * piece, to - from), from - offset);
      });
      return { data: wanted.buffer };
    },
  };
}

export function tileSource(archive: TileArchive): MapLibre.SourceSpecification {
  const common = {
    tiles: [`pmtiles://${NAME}/{z}/{x}/{y}`],
    minzoom: archive.zooms[0],
    maxzoom: archive.zooms[1],
    ...(archive.bounds ? { bounds: [...archive.bounds] as [number, number, number, number] } : {}),
  };
  return archive.kind === "raster" ? { type: "raster", tileSize: 256, ...common } : { type: "vector", ...common };
}

type Role = "land" | "water" | "buildings" | "roads" | "borders" | "other";

/** What a vector layer holds, by the names that the common schemas give: OpenMapTiles, Protomaps, Shortbread. */
const ROLES: readonly (readonly [RegExp, Role | null])[] = [
  [/label|name|place|poi|point|address|housenum|symbol|junction|peak/, null],
  [/^(water|ocean|lake|sea|river|stream|marine|dam)/, "water"],
  [/^(building|structure)/, "buildings"],
  [/^(transport|road|street|highway|rail|transit|path|bridge|tunnel|aero|ferr|pier|cable)/, "roads"],
  [/^(boundar|border|admin)/, "borders"],
  [/^(earth|land|park|site|natural|green|wood|forest|glob)/, "land"],
];

function roleOf(layer: string): Role | null {
  const found = ROLES.find(([names]) => names.test(layer.toLowerCase()));
  return found ? found[1] : "other";
}

/** Whether the archive draws this itself, so that the theatre's own coarse lines would only double it. */
export function tilesDraw(archive: TileArchive, role: Role): boolean {
  return archive.kind === "raster" || archive.layers.some((layer) => roleOf(layer) === role);
}

const MAJOR = ["motorway", "trunk", "primary", "secondary", "highway", "major_road"];

/** Layers below the places: grounds, waters, buildings, pictures. */
export function tileGrounds(archive: TileArchive, paper: Paper, dark: boolean): MapLibre.LayerSpecification[] {
  if (archive.kind === "raster") {
    const paint = dark
      ? { "raster-saturation": -0.75, "raster-brightness-max": 0.42, "raster-contrast": -0.1 }
      : { "raster-saturation": -0.65, "raster-brightness-min": 0.12, "raster-contrast": -0.15 };
    return [{ id: "tiles", type: "raster", source: TILES, paint: { ...paint, "raster-opacity": 0.85 } }];
  }
  const fills: readonly (readonly [Role, string, number])[] = [
    ["land", paper.built, 0.45],
    ["water", paper.water, 0.75],
    ["buildings", paper.builtEdge, 0.7],
  ];
  return [
    ...fills.flatMap(([role, color, opacity]) =>
      layersOf(archive, role).map((layer): MapLibre.LayerSpecification => ({
        id: `tiles-${layer}`,
        type: "fill",
        source: TILES,
        "source-layer": layer,
        filter: ["==", "$type", "Polygon"],
        paint: { "fill-color": color, "fill-opacity": opacity },
      })),
    ),
    ...layersOf(archive, "water").map((layer) => lineLayer(layer, paper.water, widening(0.4, 3))),
  ];
}

/** Lines above the places' colours, so that streets can be followed through them; none of a picture. */
export function tileLines(archive: TileArchive, paper: Paper): MapLibre.LayerSpecification[] {
  if (archive.kind === "raster") return [];
  const major: MapLibre.ExpressionSpecification = ["match", ["coalesce", ["get", "class"], ["get", "kind"], ""], MAJOR, 1.9, 0.8];
  return [
    ...layersOf(archive, "roads").map((layer) => lineLayer(layer, paper.street, widening(0.35, 2.2, major), 0.6)),
    ...layersOf(archive, "borders").map((layer) => lineLayer(layer, paper.faint, widening(0.6, 1.4), 0.7, [4, 2])),
    ...layersOf(archive, "other").map((layer) => lineLayer(layer, paper.faint, widening(0.4, 1), 0.5)),
  ];
}

const layersOf = (archive: TileArchive, role: Role): readonly string[] => archive.layers.filter((layer) => roleOf(layer) === role);

/** A width that grows from zoom 9 to 16, times what `by` says of the feature. */
function widening(least: number, most: number, by: MapLibre.ExpressionSpecification | number = 1): MapLibre.ExpressionSpecification {
  return ["interpolate", ["exponential", 1.4], ["zoom"], 9, ["*", least, by], 16, ["*", most, by]];
}

function lineLayer(layer: string, color: string, width: MapLibre.ExpressionSpecification, opacity = 1, dash?: number[]): MapLibre.LayerSpecification {
  return {
    id: `tiles-${layer}-lines`,
    type: "line",
    source: TILES,
    "source-layer": layer,
    filter: ["!=", "$type", "Point"],
    layout: { "line-join": "round" },
    paint: { "line-color": color, "line-width": width, "line-opacity": opacity, ...(dash ? { "line-dasharray": dash } : {}) },
  };
}
