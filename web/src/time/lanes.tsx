/** The three lanes of the time band. */

import type { Shares } from "../data/control";
import type { Tolls, TollSeries } from "../data/types";
import { number } from "../i18n";
import { stateInk } from "../map/paint";
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

/** The series that the band and the toll page begin with: everyone killed, reconciled. */
export function mainSeries(tolls: Tolls, what = "killed"): TollSeries | undefined {
  const reconciled = tolls.series.filter((series) => series.what === what && series.source === null);
  return reconciled.find((series) => series.side === "all") ?? reconciled[0];
}

export function TollLane({ scale, top, height, tolls }: Lane & { tolls: Tolls }) {
  const { chronicle } = useWorld();
  const series = mainSeries(tolls);
  if (!series) return null;
  const room = height - HEAD - 2;
  const bottom = top + height - 1;
  const most = Math.max(1, ...series.high.map((value, at) => value ?? series.best[at] ?? 0), ...series.best.map((value) => value ?? 0));
  const last = chronicle.meta.last;
  const y = (value: number) => (bottom - (value / most) * room).toFixed(1);
  const steps = (values: readonly (number | null)[]) => {
    const points: string[] = [];
    let before = 0;
    series.days.forEach((day, at) => {
      const x = scale.x(Math.min(last, Math.max(chronicle.meta.first, day))).toFixed(1);
      points.push(`${x} ${y(before)}`);
      before = values[at] ?? before;
      points.push(`${x} ${y(before)}`);
    });
    points.push(`${scale.x(last + 1).toFixed(1)} ${y(before)}`);
    return points;
  };
  const highs = series.high.map((value, at) => value ?? series.best[at] ?? null);
  return (
    <g class="toll-lane">
      <Top scale={scale} y={top + HEAD} label={number(most)} />
      <path class="toll-band" d={`M${steps(series.low).join("L")}L${steps(highs).reverse().join("L")}Z`} />
      <path class="toll-best" d={`M${steps(series.best).join("L")}`} fill="none" />
    </g>
  );
}
