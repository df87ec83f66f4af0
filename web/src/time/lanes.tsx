/** The three lanes of the time band. */

import type { Chronicle } from "../data/chronicle";
import type { Shares } from "../data/control";
import type { Tolls, TollSeries } from "../data/types";
import { number } from "../i18n";
import { stateInk } from "../map/paint";
import { inkOf } from "../map/palette";
import { useDark, useWorld } from "../ui/context";
import type { Scale } from "./band";
import { GROUPS } from "./series";

const HEAD = 17;

interface Lane {
  scale: Scale;
  top: number;
  height: number;
}

export function ClaimsLane({ scale, top, height, bins, perBin, first }: Lane & { bins: Float32Array[]; perBin: number; first: number }) {
  const room = height - HEAD - 2;
  const count = bins[0]?.length ?? 0;
  const totals = Array.from({ length: count }, (_, bin) => bins.reduce((sum, series) => sum + series[bin]!, 0));
  const most = Math.max(1, ...totals);
  const base = new Float32Array(count);
  return (
    <g>
      {GROUPS.map((group, at) => {
        let d = "";
        for (let bin = 0; bin < count; bin += 1) {
          const value = bins[at]![bin]!;
          if (value === 0) continue;
          const x = scale.x(first + bin * perBin);
          const wide = Math.max(1, scale.x(first + (bin + 1) * perBin) - x - 0.6);
          const y = top + height - (base[bin]! / most) * room;
          const high = (value / most) * room;
          d += `M${x.toFixed(1)} ${y.toFixed(1)}h${wide.toFixed(1)}v${(-high).toFixed(1)}h${(-wide).toFixed(1)}Z`;
          base[bin] = base[bin]! + value;
        }
        return <path key={group} d={d} class={`group-${group}`} />;
      })}
      <Top scale={scale} y={top + HEAD} label={number(Math.round(most))} />
    </g>
  );
}

function Top({ scale, y, label }: { scale: Scale; y: number; label: string }) {
  return (
    <g class="lane-top">
      <line x1={10} x2={scale.width - 10} y1={y} y2={y} />
      <text x={scale.width - 12} y={y - 3} text-anchor="end">
        {label}
      </text>
    </g>
  );
}

/** Mean share of each holder as an area from the ground, with its interval as a paler band around the mean. */
export function SharesLane({ scale, top, height, shares }: Lane & { shares: Shares }) {
  const { chronicle } = useWorld();
  const dark = useDark();
  const room = height - HEAD - 2;
  const bottom = top + height - 1;
  const step = Math.max(1, Math.round((shares.days / scale.width) * 2));
  const days = Array.from({ length: Math.ceil(shares.days / step) }, (_, at) => shares.first + at * step);
  const y = (value: number) => (bottom - value * room).toFixed(1);
  const line = (state: number, part: 0 | 1 | 2, order = days) =>
    order.map((day) => `${scale.x(day + 0.5).toFixed(1)} ${y(shares.value(day, state, part))}`).join("L");
  const backwards = [...days].reverse();
  const states = chronicle.meta.states.map((_, state) => state).filter((state) => days.some((day) => shares.value(day, state, 1) > 0.02));
  const left = scale.x(days[0]! + 0.5).toFixed(1);
  const right = scale.x(days[days.length - 1]! + 0.5).toFixed(1);
  return (
    <g>
      <Top scale={scale} y={top + HEAD} label={number(1, { style: "percent" })} />
      {states.map((state) => {
        const ink = stateInk(chronicle, state, dark);
        const contested = chronicle.meta.states[state] === "contested";
        return (
          <g key={state}>
            <path d={`M${left} ${bottom}L${line(state, 1)}L${right} ${bottom}Z`} fill={contested ? ink.line : ink.fill} fill-opacity={contested ? 0.05 : 0.13} />
            <path d={`M${line(state, 0)}L${line(state, 2, backwards)}Z`} fill={contested ? ink.line : ink.fill} fill-opacity={0.28} />
            <path d={`M${line(state, 1)}`} fill="none" stroke={contested ? ink.line : ink.fill} stroke-width={1.4} stroke-dasharray={contested ? "2 2" : undefined} />
          </g>
        );
      })}
    </g>
  );
}

/** The reconciled series of a kind of harm, one a side, those with most first. Sides are never added up here. */
export function reconciledSeries(tolls: Tolls, what = "killed"): TollSeries[] {
  const size = (series: TollSeries) => series.best[series.best.length - 1] ?? series.low[series.low.length - 1] ?? 0;
  return tolls.series.filter((series) => series.what === what && series.source === null).sort((a, b) => size(b) - size(a));
}

/** Points of a series that stays as it is until its next day, as SVG coordinates. */
export function stepPoints(scale: Scale, first: number, last: number, days: readonly number[], values: readonly (number | null)[], y: (value: number) => string): string[] {
  const points: string[] = [];
  let before = 0;
  days.forEach((day, at) => {
    const x = scale.x(Math.min(last, Math.max(first, day))).toFixed(1);
    points.push(`${x} ${y(before)}`);
    before = values[at] ?? before;
    points.push(`${x} ${y(before)}`);
  });
  points.push(`${scale.x(last + 1).toFixed(1)} ${y(before)}`);
  return points;
}

/** Best and highest figures with the next known bound where one is absent, so that a line can be drawn. */
export function drawable(series: TollSeries): { low: (number | null)[]; best: (number | null)[]; high: (number | null)[] } {
  const at = series.days.map((_, index) => ({ low: series.low[index] ?? null, best: series.best[index] ?? null, high: series.high[index] ?? null }));
  return {
    low: at.map(({ low, best }) => low ?? best),
    best: at.map(({ low, best, high }) => best ?? low ?? high),
    high: at.map(({ low, best, high }) => high ?? best ?? low),
  };
}

export function topOf(series: TollSeries): number {
  return Math.max(0, ...drawable(series).high.map((value) => value ?? 0));
}

const LANE_SIDES = 4;

export function TollLane({ scale, top, height, tolls }: Lane & { tolls: Tolls }) {
  const { chronicle } = useWorld();
  const dark = useDark();
  const sides = reconciledSeries(tolls).slice(0, LANE_SIDES);
  if (!sides.length) return null;
  const { first, last } = chronicle.meta;
  const room = height - HEAD - 2;
  const bottom = top + height - 1;
  const most = Math.max(1, ...sides.map(topOf));
  const y = (value: number) => (bottom - (value / most) * room).toFixed(1);
  return (
    <g>
      <Top scale={scale} y={top + HEAD} label={number(most)} />
      {sides.map((series) => {
        const colour = sideColour(chronicle, series.side, dark);
        const { low, best, high } = drawable(series);
        const points = (values: readonly (number | null)[]) => stepPoints(scale, first, last, series.days, values, y);
        return (
          <g key={series.side} style={{ color: colour }}>
            <path fill="currentColor" fill-opacity={0.18} d={`M${points(low).join("L")}L${points(high).reverse().join("L")}Z`} />
            <path fill="none" stroke="currentColor" stroke-width={1.4} stroke-dasharray={series.side === "unknown" ? "3 2" : undefined} d={`M${points(best).join("L")}`} />
          </g>
        );
      })}
    </g>
  );
}

/** Colour of a side's dead: armed sides have their own, all others a quiet one. */
export function sideColour(chronicle: Chronicle, id: string, dark: boolean): string {
  const side = chronicle.meta.sides[chronicle.sideAt.get(id) ?? -1];
  if (side?.armed && id !== "unknown") return inkOf(side.hue, dark).fill;
  return id === "civ" ? "var(--people)" : "var(--ink-3)";
}
