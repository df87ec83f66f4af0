/** Which names stand on the map, and where: the most told-of places first, none over another. */

import type { Chronicle } from "../data/chronicle";
import { localName, nameIn } from "../i18n";
import type { Camera } from "../state/view";
import { projector } from "./camera";
import type { Geometry } from "./geometry";

export interface Label {
  place: number;
  x: number;
  y: number;
  name: string;
  local: { text: string; language: string } | null;
  /** 0 quiet, 1 ordinary, 2 prominent. */
  rank: number;
}

/** Left, top, right and bottom in pixels. */
export type Box = readonly [number, number, number, number];

const MOST = 70;
const PROMINENT = new Set(["city"]);

/** Order in which places get their name: selected, then by how many claims name them. */
export function labelOrder(chronicle: Chronicle, geometry: Geometry): number[] {
  const { places } = chronicle;
  const weight = (index: number) => {
    const { place } = geometry.anchors[index]!;
    const imprecise = !geometry.schematic && (places.precision_m[place] ?? Infinity) > 3000;
    return (places.claims[place] ?? 0) + (places.cell[place] ? 4 : 0) - (imprecise ? 1e6 : 0);
  };
  return geometry.anchors.map((_, index) => index).sort((a, b) => weight(b) - weight(a));
}

export function placeLabels(
  chronicle: Chronicle,
  geometry: Geometry,
  order: readonly number[],
  camera: Camera,
  width: number,
  height: number,
  selected: number,
  kept: readonly Box[] = [],
): Label[] {
  const project = projector(camera, width, height);
  const taken: Box[] = [...kept];
  const labels: Label[] = [];
  const { places } = chronicle;
  const dotted = new Set(geometry.dots.filter((dot) => !places.cell[dot.place]).map((dot) => dot.place));
  const most = Math.min(MOST, Math.round((width * height) / 12_000));
  const consider = (index: number): void => {
    const { place, lon, lat } = geometry.anchors[index]!;
    const [x, y] = project(lon, lat);
    if (x < 8 || y < 8 || x > width - 8 || y > height - 8) return;
    const name = nameIn(places.names[place] ?? {}, places.id[place]!);
    const local = localName(places.names[place] ?? {}, name);
    const claims = places.claims[place] ?? 0;
    const rank = PROMINENT.has(places.kind[place]!) ? 2 : claims >= 5 ? 1 : 0;
    const half = Math.max(textWidth(name, rank === 2 ? 13 : 11.5), local ? textWidth(local.text, 10) : 0) / 2 + 3;
    const at = dotted.has(place) ? y + 13 : y;
    const box: Box = [x - half, at - 8, x + half, at + (local ? 19 : 8)];
    const hits = taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    const cut = box[0] < 0 || box[2] > width;
    if ((hits || cut) && place !== selected) return;
    taken.push(box);
    labels.push({ place, x, y: at, name, local, rank });
  };
  const chosen = geometry.anchors.findIndex((anchor) => anchor.place === selected);
  if (chosen >= 0) consider(chosen);
  for (const index of order) {
    if (labels.length >= most) break;
    const place = geometry.anchors[index]!.place;
    const claims = places.claims[place] ?? 0;
    const imprecise = !geometry.schematic && (places.precision_m[place] ?? Infinity) > 3000;
    if (index !== chosen && !imprecise && (claims > 0 || camera.zoom > 12.5)) consider(index);
  }
  return labels;
}

/** Width of a text in pixels, near enough to keep names apart. */
function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += character > "\u2e80" ? size : size * 0.56;
  return width;
}
