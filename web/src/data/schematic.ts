/** A chart in the place of a map, where nobody knows where any place is: a tile for each place, those told of most first. */

import type { Cells, Places } from "./types";

const SIDE = 0.1;
const GAP = 0.006;
const WIDE = 1.6;
const MOST = 120;

/** Square cells in rows on empty ground; null where some place has a point, so that there is a map. */
export function schematicCells(places: Places): Cells | null {
  if (places.longitude.some((degrees) => degrees !== null)) return null;
  const told = places.claims
    .map((claims, place) => ({ claims, place }))
    .filter(({ claims }) => claims > 0)
    .sort((a, b) => b.claims - a.claims)
    .slice(0, MOST);
  const across = Math.max(1, Math.ceil(Math.sqrt(told.length * WIDE)));
  return {
    type: "FeatureCollection",
    approximate: true,
    schematic: true,
    origin: "",
    features: told.map(({ place }, at) => ({ type: "Feature", properties: { place }, geometry: tile(at % across, Math.floor(at / across)) })),
  };
}

function tile(column: number, row: number): GeoJSON.Polygon {
  const [west, south] = [column * SIDE + GAP, -row * SIDE + GAP];
  const [east, north] = [west + SIDE - 2 * GAP, south + SIDE - 2 * GAP];
  return { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] };
}
