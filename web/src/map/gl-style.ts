/** The quiet basemap and the layers of control, as a MapLibre style. No glyphs or sprites, and tiles only of a user's own archive. */

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Chronicle } from "../data/chronicle";
import { edgeWidth, type Geometry } from "./geometry";
import { classStyle, dotEdge } from "./paint";
import { inkOf, type Paper, paperOf } from "./palette";
import { tileGrounds, tileLines, TILES, tilesDraw, tileSource, tilesShown } from "./tiles";

export const CELLS = "cells";
export const DOTS = "dots";
export const ROADS = "roads";

const state = (name: string, otherwise: string | number | boolean): ExpressionSpecification =>
  ["coalesce", ["feature-state", name], otherwise] as ExpressionSpecification;

export function styleOf(chronicle: Chronicle, geometry: Geometry, dark: boolean): StyleSpecification {
  const paper = paperOf(dark);
  const tiles = tilesShown();
  const doubled = (role: "water" | "roads") => tiles !== null && tilesDraw(tiles, role);
  const lines = tiles ? tileLines(tiles, paper) : [];
  const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: "FeatureCollection", features });
  const dots = geometry.dots
    .filter((dot) => !chronicle.places.cell[dot.place])
    .map((dot): GeoJSON.Feature => ({
      type: "Feature",
      properties: { place: dot.place, radius: dot.radius, hollow: dot.hollow },
      geometry: { type: "Point", coordinates: [dot.lon, dot.lat] },
    }));
  return {
    version: 8,
    transition: { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160, delay: 0 },
    metadata: { overCells: lines[0]?.id ?? "cell-edges" },
    sources: {
      ...(tiles ? { [TILES]: tileSource(tiles) } : {}),
      built: { type: "geojson", data: collection(geometry.outlines.slice(0, 1)) },
      inner: { type: "geojson", data: collection(geometry.outlines.slice(1)) },
      rivers: { type: "geojson", data: collection(geometry.rivers) },
      [ROADS]: { type: "geojson", data: collection(numbered(geometry)), promoteId: "at" },
      [CELLS]: { type: "geojson", data: collection(geometry.cells), promoteId: "place", tolerance: 0.1 },
      [DOTS]: { type: "geojson", data: collection(dots), promoteId: "place" },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": paper.ground } },
      ...(tiles ? tileGrounds(tiles, paper, dark) : []),
      { id: "built", type: "fill", source: "built", paint: { "fill-color": paper.built, "fill-opacity": tiles ? 0.3 : 1 } },
      ...(doubled("water") ? [] : [riverLayer(paper)]),
      ...lines,
      ...cellLines(geometry, paper),
      ...roadLayers(chronicle, paper, dark, doubled("roads")),
      {
        id: "inner",
        type: "line",
        source: "inner",
        paint: { "line-color": paper.faint, "line-width": 1, "line-dasharray": [1, 3] },
      },
      ...cellMarks(paper),
      dotLayer(chronicle, paper, dark),
    ],
  };
}

function riverLayer(paper: Paper): LayerSpecification {
  return { id: "rivers", type: "line", source: "rivers", paint: { "line-color": paper.water, "line-width": 2.5 } };
}

function numbered(geometry: Geometry): GeoJSON.Feature[] {
  return geometry.roads.map((road, at) => ({ ...road, properties: { at } }));
}

function cellLines(geometry: Geometry, paper: Paper): LayerSpecification[] {
  const held: ExpressionSpecification = [">=", state("c", -1), 0];
  return [
    {
      id: "cell-edges",
      type: "line",
      source: CELLS,
      paint: {
        "line-color": ["case", held, paper.edge, paper.builtEdge],
        "line-width": ["case", held, edgeWidth(geometry), 0.6],
        "line-opacity": 0.75,
      },
    },
    // Invisible, so that a click on a cell that nobody spoke of finds it too.
    { id: "cell-touch", type: "fill", source: CELLS, paint: { "fill-color": paper.ground, "fill-opacity": 0 } },
  ];
}

/** Roads and their states; of `doubled` ones, which the basemap draws better, only the states. */
function roadLayers(chronicle: Chronicle, paper: Paper, dark: boolean, doubled: boolean): LayerSpecification[] {
  const shown = (status: string): ExpressionSpecification => ["case", ["==", state("status", ""), status], 1, 0];
  const sides: (string | ExpressionSpecification)[] = chronicle.meta.sides.flatMap((side) => [side.id, inkOf(side.hue, dark).fill]);
  const bySide = (sides.length ? ["match", state("side", ""), ...sides, paper.open] : paper.open) as ExpressionSpecification;
  const line = (id: string, paint: Extract<LayerSpecification, { type: "line" }>["paint"]): LayerSpecification => ({
    id,
    type: "line",
    source: ROADS,
    layout: { "line-join": "round" },
    paint: paint ?? {},
  });
  return [
    ...(doubled
      ? []
      : [
          line("road-edge", { "line-color": paper.roadEdge, "line-width": 3.4 }),
          line("road", { "line-color": paper.road, "line-width": 2 }),
        ]),
    line("road-open", { "line-color": bySide, "line-width": 2.2, "line-opacity": shown("open") }),
    line("road-contested", { "line-color": paper.contestedLine, "line-width": 2, "line-dasharray": [3.5, 2], "line-opacity": shown("contested") }),
    line("road-cut", { "line-color": paper.cut, "line-width": 2.6, "line-dasharray": [0.9, 1.6], "line-opacity": shown("cut") }),
  ];
}

function cellMarks(paper: Paper): LayerSpecification[] {
  return [
    {
      id: "siege",
      type: "line",
      source: CELLS,
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": paper.siege, "line-width": 2.8, "line-dasharray": [0.1, 1.8], "line-opacity": ["case", state("siege", false), 1, 0] },
    },
    {
      id: "selected",
      type: "line",
      source: CELLS,
      layout: { "line-join": "round" },
      paint: { "line-color": paper.text, "line-width": 2.4, "line-opacity": ["case", state("on", false), 1, 0] },
    },
  ];
}

function dotLayer(chronicle: Chronicle, paper: Paper, dark: boolean): LayerSpecification {
  const fills = chronicle.meta.states.flatMap((_, at) => [at, classStyle(chronicle, at, dark).ink.fill]);
  const byClass = (fills.length ? ["match", state("c", -1), ...fills, paper.ground] : paper.ground) as ExpressionSpecification;
  const edges = chronicle.meta.states.flatMap((_, at) => [at, dotEdge(chronicle, at, dark)]);
  const edge = (edges.length ? ["match", state("c", -1), ...edges, paper.faint] : paper.faint) as ExpressionSpecification;
  return {
    id: "dots",
    type: "circle",
    source: DOTS,
    paint: {
      "circle-radius": ["get", "radius"],
      "circle-color": byClass,
      "circle-opacity": ["case", ["get", "hollow"], 0.35, 1],
      "circle-stroke-color": ["case", state("on", false), paper.text, edge],
      "circle-stroke-width": ["case", state("on", false), 2.4, 1.2],
    },
  };
}
