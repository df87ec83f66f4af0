/** Cumulative figures: the reconciled series with its low–high band, and each source's own as a thin step line. */

import { useRef } from "preact/hooks";
import type { TollSeries } from "../data/types";
import { number, shortDate, t, word } from "../i18n";
import { Axis } from "../time/axis";
import { scaleOf } from "../time/band";
import { useDark, useSize, useWorld } from "../ui/context";
import { inkOf } from "../map/palette";
import { sideName, sourceName } from "../ui/names";

const HEIGHT = 300;
const SOURCES = 5;

export function TollPlot({ what, series }: { what: string; series: readonly TollSeries[] }) {
  const { chronicle } = useWorld();
  const box = useRef<HTMLDivElement>(null);
  const [width] = useSize(box);
  const main = series.find((one) => one.source === null && one.side === "all") ?? series.find((one) => one.source === null);
  const sides = series.filter((one) => one.source === null && one !== main);
  const rest = series.filter((one) => one.source !== null && (one.side === "all" || series.every((other) => other.source !== one.source || other.side !== "all")));
  const top = (one: TollSeries) => Math.max(0, ...one.high.map((value, at) => value ?? one.best[at] ?? one.low[at] ?? 0));
  const others = [...rest].sort((a, b) => top(b) - top(a)).slice(0, SOURCES);
  const title = t("tolls.series", { what: word("count", what) });
  return (
    <figure class="plot">
      <figcaption>
        {title} <span class="quiet-text">{t("lane.toll.note")}</span>
      </figcaption>
      <div ref={box} dir="ltr" class="plot-box">
        {width > 0 ? <Plot width={width} main={main} sides={sides} others={others} label={`${title}. ${main ? spoken(main) : ""}`} /> : null}
      </div>
      {others.length ? (
        <ul class="plot-key">
          {main ? (
            <li>
              <i class="key-main" /> {t("tolls.reconciled")}
            </li>
          ) : null}
          {others.map((one, at) => (
            <li key={at}>
              <i class={`key-line dash-${at}`} /> <bdi>{sourceName(chronicle, one.source!)}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
    </figure>
  );
}

function spoken(series: TollSeries): string {
  const at = series.days.length - 1;
  if (at < 0) return "";
  const value = (values: readonly (number | null)[]) => (values[at] === null || values[at] === undefined ? "–" : number(values[at]));
  return `${shortDate(series.days[at]!)}: ${t("tolls.low")} ${value(series.low)}, ${t("tolls.best")} ${value(series.best)}, ${t("tolls.high")} ${value(series.high)}`;
}

interface PlotProps {
  width: number;
  main: TollSeries | undefined;
  sides: readonly TollSeries[];
  others: readonly TollSeries[];
  label: string;
}

function Plot({ width, main, sides, others, label }: PlotProps) {
  const { chronicle } = useWorld();
  const dark = useDark();
  const { first, last } = chronicle.meta;
  const scale = scaleOf(first, last, width);
  const drawn = [...(main ? [main] : []), ...others];
  const most = nice(Math.max(1, ...drawn.flatMap((one) => one.days.map((_, at) => one.high[at] ?? one.best[at] ?? one.low[at] ?? 0))));
  const bottom = HEIGHT - 24;
  const y = (value: number) => bottom - (value / most) * (bottom - 14);
  const steps = (one: TollSeries, values: readonly (number | null)[]) => {
    const points: string[] = [];
    let before = 0;
    one.days.forEach((day, at) => {
      const x = scale.x(Math.min(last, Math.max(first, day))).toFixed(1);
      points.push(`${x} ${y(before).toFixed(1)}`);
      before = values[at] ?? before;
      points.push(`${x} ${y(before).toFixed(1)}`);
    });
    points.push(`${scale.x(last + 1).toFixed(1)} ${y(before).toFixed(1)}`);
    return points;
  };
  const high = (one: TollSeries) => one.high.map((value, at) => value ?? one.best[at] ?? one.low[at] ?? null);
  const best = (one: TollSeries) => one.best.map((value, at) => value ?? one.low[at] ?? null);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={label}>
      {[0.25, 0.5, 0.75, 1].map((part) => (
        <g key={part} class="grid">
          <line x1={10} x2={width - 10} y1={y(most * part)} y2={y(most * part)} />
          <text x={12} y={y(most * part) - 4}>
            {number(most * part)}
          </text>
        </g>
      ))}
      {main ? <path class="toll-band" d={`M${steps(main, main.low).join("L")}L${steps(main, high(main)).reverse().join("L")}Z`} /> : null}
      {others.map((one, at) => (
        <path key={at} class={`toll-source dash-${at}`} fill="none" d={`M${steps(one, best(one)).join("L")}`} />
      ))}
      {sides.map((one) => {
        const side = chronicle.meta.sides[chronicle.sideAt.get(one.side) ?? -1];
        if (!side?.armed) return null;
        return <path key={one.side} fill="none" stroke={inkOf(side.hue, dark).fill} stroke-width={1.4} d={`M${steps(one, best(one)).join("L")}`} aria-label={sideName(chronicle, one.side)} />;
      })}
      {main ? <path class="toll-best" fill="none" d={`M${steps(main, best(main)).join("L")}`} /> : null}
      <Axis scale={scale} top={bottom} first={first} last={last} />
    </svg>
  );
}

/** The next round number above, so that grid lines read well. */
function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 8, 10].map((factor) => factor * power).find((candidate) => candidate >= value) ?? value;
}
