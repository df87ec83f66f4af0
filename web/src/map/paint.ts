/** What a pane shows on a day: a class and a strength for each place, the state of each road, and the sieges. */

import type { Chronicle } from "../data/chronicle";
import { type ControlMonth, distance, holderOf, monthOf } from "../data/control";
import type { RoadSpan, Routes, Siege } from "../data/types";
import { contestedInk, type Ink, inkOf, strengthStep } from "./palette";

/** Classes: 0 … S-1 the states; S "both versions agree"; S+1+a*S+b "one says a, the other b". -1 nobody said. */
export interface Paint {
  classOf: Int16Array;
  strength: Float32Array;
  roads: ReadonlyMap<string, readonly RoadSpan[]>;
  sieges: readonly Siege[];
}

/** The rim of a dot: its own colour, or the darker line where the fill is as pale as paper. */
export function dotEdge(chronicle: Chronicle, cls: number, dark: boolean): string {
  const { ink } = classStyle(chronicle, cls, dark);
  return ink.texture === "hatch" ? ink.line : ink.fill;
}

export interface ClassStyle {
  ink: Ink;
  /** The other version's ink, where two versions name different holders. */
  other: Ink | null;
}

export function agreeClass(states: number): number {
  return states;
}

export function pairClass(states: number, a: number, b: number): number {
  return states + 1 + a * states + b;
}

export function stateInk(chronicle: Chronicle, state: number, dark: boolean): Ink {
  const id = chronicle.meta.states[state];
  const side = id === undefined ? undefined : chronicle.sideAt.get(id);
  return side === undefined || id === "contested" ? contestedInk(dark) : inkOf(chronicle.meta.sides[side]!.hue, dark);
}

export function classStyle(chronicle: Chronicle, cls: number, dark: boolean): ClassStyle {
  const states = chronicle.meta.states.length;
  if (cls < states) return { ink: stateInk(chronicle, cls, dark), other: null };
  if (cls === states) return { ink: { fill: dark ? "#565d62" : "#b9b4a8", line: "#777777", texture: "solid" }, other: null };
  const pair = cls - states - 1;
  return {
    ink: stateInk(chronicle, Math.floor(pair / states), dark),
    other: stateInk(chronicle, pair % states, dark),
  };
}

const NO_ROADS: ReadonlyMap<string, readonly RoadSpan[]> = new Map();

export function emptyPaint(places: number): Paint {
  return {
    classOf: new Int16Array(places).fill(-1),
    strength: new Float32Array(places),
    roads: NO_ROADS,
    sieges: [],
  };
}

/** The paint of one version on a day. */
export function paintDay(chronicle: Chronicle, month: ControlMonth, routes: Routes | null, day: number): Paint {
  const states = chronicle.meta.states.length;
  const paint = emptyPaint(chronicle.places.id.length);
  const row = month.at(day);
  for (let place = 0; place < paint.classOf.length; place += 1) {
    const { state, probability } = holderOf(row, place, states);
    paint.classOf[place] = state;
    paint.strength[place] = state < 0 ? 0 : strengthStep(probability);
  }
  return routes ? { ...paint, ...routesOn(routes, day) } : paint;
}

/** Where two versions differ on a day: pairs of holders, as strong as the distributions are apart. */
export function paintDifference(chronicle: Chronicle, a: ControlMonth, b: ControlMonth, day: number): Paint {
  const states = chronicle.meta.states.length;
  const paint = emptyPaint(chronicle.places.id.length);
  const [first, second] = [a.at(day), b.at(day)];
  for (let place = 0; place < paint.classOf.length; place += 1) {
    const one = holderOf(first, place, states);
    const other = holderOf(second, place, states);
    if (one.state < 0 || other.state < 0) continue;
    const same = one.state === other.state;
    paint.classOf[place] = same ? agreeClass(states) : pairClass(states, one.state, other.state);
    const apart = distance(first, second, place, states);
    paint.strength[place] = same ? 0.2 + Math.round(apart * 6) / 10 : 0.5 + Math.round(apart * 4) / 10;
  }
  return paint;
}

/** Roads and sieges less likely than this are not drawn: they would be told as if they were so. */
const LIKELY = 0.5;

export function routesOn(routes: Routes, day: number): Pick<Paint, "roads" | "sieges"> {
  const on = (span: { first: number; last: number; probability: number }) =>
    span.first <= day && day <= span.last && span.probability >= LIKELY;
  const roads = new Map<string, readonly RoadSpan[]>();
  for (const road of routes.roads) {
    const spans = road.spans.filter(on);
    if (spans.length) roads.set(road.route, spans);
  }
  return { roads, sieges: routes.sieges.filter(on) };
}

/** A pane's name of what it shows: one version, or `a~b`, the difference of two. */
export function versionsOf(pane: string): readonly [string] | readonly [string, string] {
  const [a, b] = pane.split("~");
  return a && b ? [a, b] : [pane];
}

export async function monthsFor(chronicle: Chronicle, pane: string, day: number): Promise<ControlMonth[]> {
  return Promise.all(versionsOf(pane).map((version) => monthOf(chronicle, version, day)));
}

/** Road state to draw: the sides that have it open, or cut, or contested. */
export interface RoadState {
  status: "open" | "cut" | "contested";
  side: string;
  probability: number;
}

export function roadState(spans: readonly RoadSpan[] | undefined): RoadState | null {
  if (!spans?.length) return null;
  const best = (status: RoadSpan["status"]) =>
    spans.filter((span) => span.status === status).sort((a, b) => b.probability - a.probability)[0];
  return best("open") ?? best("contested") ?? best("cut") ?? null;
}
