/** Textures as strokes on a small tile: the same strokes make the image for the map and the `<pattern>` of an SVG. */

import type { Texture } from "./palette";

export const TILE = 12;

/** Strokes of a texture on a tile of 12 by 12: SVG path data and line width. */
const STROKES: Record<Texture, { d: string; width: number } | null> = {
  solid: null,
  dots: { d: "M3 3h.01M9 9h.01", width: 2.1 },
  bars: { d: "M3 -1v14M9 -1v14", width: 1.1 },
  waves: { d: "M0 3q3 -3 6 0t6 0M0 9q3 -3 6 0t6 0", width: 1.1 },
  rings: { d: "M6 3.6a2.4 2.4 0 1 0 .01 0", width: 1 },
  steps: { d: "M-1 3h14M-1 9h14", width: 1.1 },
  plus: { d: "M3 1.2v3.6M1.2 3h3.6M9 7.2v3.6M7.2 9h3.6", width: 1.1 },
  chevrons: { d: "M0 4l3 -3 3 3 3 -3 3 3M0 10l3 -3 3 3 3 -3 3 3", width: 1 },
  hatch: { d: "M-2 2L2 -2M-2 8L8 -2M-2 14L14 -2M4 14L14 4M10 14L14 10", width: 1.7 },
};

export function strokesOf(texture: Texture): { d: string; width: number } | null {
  return STROKES[texture];
}

/** How visible the strokes are on top of the fill. */
export function strokeAlpha(texture: Texture): number {
  return texture === "hatch" ? 0.75 : 0.42;
}
