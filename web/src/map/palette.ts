/** Colours and textures of holders. Told apart without colour sight: hues differ in lightness too, and each has a texture. */

export type Texture = "solid" | "dots" | "bars" | "waves" | "rings" | "steps" | "plus" | "chevrons" | "hatch";

export interface Ink {
  /** Fill of cells. */
  fill: string;
  /** Lines of the texture, and text beside the fill. */
  line: string;
  texture: Texture;
}

const LIGHT: readonly Ink[] = [
  { fill: "#c8553d", line: "#7e2c1b", texture: "solid" },
  { fill: "#2a7f8e", line: "#0d4a55", texture: "dots" },
  { fill: "#e2b33c", line: "#8a6410", texture: "bars" },
  { fill: "#4a4458", line: "#17141f", texture: "plus" },
  { fill: "#8f6bb3", line: "#54357a", texture: "waves" },
  { fill: "#4472b8", line: "#1f4278", texture: "rings" },
  { fill: "#7b9440", line: "#46581c", texture: "steps" },
  { fill: "#cf7ba2", line: "#85365c", texture: "chevrons" },
];

const DARK: readonly Ink[] = [
  { fill: "#d9694f", line: "#ffc1b0", texture: "solid" },
  { fill: "#3d9dae", line: "#b4ecf5", texture: "dots" },
  { fill: "#d9ab3a", line: "#fff0c4", texture: "bars" },
  { fill: "#8b84a0", line: "#e6e2f2", texture: "plus" },
  { fill: "#a283c6", line: "#eadcfa", texture: "waves" },
  { fill: "#6391d6", line: "#d3e3fb", texture: "rings" },
  { fill: "#93ad56", line: "#e7f3c9", texture: "steps" },
  { fill: "#d98bb0", line: "#fbdcea", texture: "chevrons" },
];

export interface Paper {
  ground: string;
  built: string;
  builtEdge: string;
  water: string;
  road: string;
  /** Streets of a user's own basemap, seen through the colours of places. */
  street: string;
  roadEdge: string;
  text: string;
  halo: string;
  faint: string;
  cut: string;
  open: string;
  siege: string;
  contestedFill: string;
  contestedLine: string;
  edge: string;
}

const LIGHT_PAPER: Paper = {
  ground: "#f3f0e9",
  built: "#e7e2d7",
  builtEdge: "#cfc8b8",
  water: "#a9c4cf",
  road: "#ffffff",
  street: "#7d7566",
  roadEdge: "#c9c2b3",
  text: "#22282c",
  halo: "#f7f4ee",
  faint: "#8b8577",
  cut: "#9c1f1f",
  open: "#3f6b45",
  siege: "#1c1a17",
  contestedFill: "#efe9dc",
  contestedLine: "#57503f",
  edge: "#ffffff",
};

const DARK_PAPER: Paper = {
  ground: "#15191c",
  built: "#1f2529",
  builtEdge: "#39424a",
  water: "#2e4956",
  road: "#3a434a",
  street: "#0b0e10",
  roadEdge: "#0f1214",
  text: "#eceae4",
  halo: "#15191c",
  faint: "#9aa2a6",
  cut: "#ff8a7a",
  open: "#8fce9a",
  siege: "#f4efe6",
  contestedFill: "#2b2a26",
  contestedLine: "#cfc6b0",
  edge: "#101315",
};

export function inkOf(hue: number, dark: boolean): Ink {
  const inks = dark ? DARK : LIGHT;
  return inks[((hue % inks.length) + inks.length) % inks.length]!;
}

export function contestedInk(dark: boolean): Ink {
  const paper = paperOf(dark);
  return { fill: paper.contestedFill, line: paper.contestedLine, texture: "hatch" };
}

export function paperOf(dark: boolean): Paper {
  return dark ? DARK_PAPER : LIGHT_PAPER;
}

/** How strongly a holder is drawn, 0 to 1, for the probability of the holder. A coin toss is faint, certainty full. */
export function strengthOf(probability: number): number {
  const sure = Math.max(0, Math.min(1, (probability - 0.3) / 0.7));
  return 0.22 + 0.66 * sure;
}

/** Strength in five steps, which is what an eye can tell apart and a legend can show. */
export function strengthStep(probability: number): number {
  return Math.round(strengthOf(probability) * 10) / 10;
}
