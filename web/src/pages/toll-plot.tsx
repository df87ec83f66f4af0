/** Cumulative figures of one side's people: the reconciled series with its low–high band, each source's own as a thin step line. */

import { useRef } from "preact/hooks";
import type { TollSeries } from "../data/types";
import { number, shortDate, t, word } from "../i18n";
import { Axis } from "../time/axis";
import { scaleOf } from "../time/band";
import { drawable, sideColour, stepPoints, topOf } from "../time/lanes";
import { useDark, useSize, useWorld } from "../ui/context";
import { sideName, sourceName } from "../ui/names";

const HEIGHT = 190;
const SOURCES = 4;

interface Props {
  what: string;
  main: TollSeries;
  sources: readonly TollSeries[];
}

export function TollPlot({ what, main, sources }: Props) {
  const { chronicle } = useWorld();
  const dark = useDark();
  const box = useRef<HTMLDivElement>(null);
  const [width] = useSize(box);
  const others = [...sources].sort((a, b) => topOf(b) - topOf(a)).slice(0, SOURCES);
  const side = sideName(chronicle, main.side);
  return (
    <figure class="plot" style={{ "--side": sideColour(chronicle, main.side, dark) }}>
      <figcaption>
        {side} <span class="quiet-text">{spoken(main)}</span>
      </figcaption>
      <div ref={box} dir="ltr" class="plot-box">
        {width > 0 ? <Plot width={width} main={main} others={others} label={`${t("tolls.series", { what: word("count", what) })}, ${side}. ${spoken(main)}`} /> : null}
      </div>
      <ul class="plot-key">
        <li>
          <i class="key-main" /> {t("tolls.reconciled")}, {t("lane.toll.note")}
        </li>
        {others.map((one, at) => (
          <li key={at}>
            <i class={`key-line dash-${at}`} /> <bdi>{sourceName(chronicle, one.source!)}</bdi>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** The last figures in words. */
function spoken(series: TollSeries): string {
  const at = series.days.length - 1;
  if (at < 0) return "";
  const [low, best, high] = [series.low[at] ?? null, series.best[at] ?? null, series.high[at] ?? null];
  const value = best === null ? "–" : number(best);
  const known = low !== null && high !== null && low !== high ? `${number(low)}–${number(high)}` : "";
  const bounds = series.at_least && low !== null ? t("count.atLeast", { n: number(low) }) : known;
  return `${value}${bounds ? ` (${bounds})` : ""}, ${shortDate(series.days[at]!)}`;
}

function Plot({ width, main, others, label }: { width: number; main: TollSeries; others: readonly TollSeries[]; label: string }) {
  const { chronicle } = useWorld();
  const { first, last } = chronicle.meta;
  const scale = scaleOf(first, last, width);
  const most = nice(Math.max(1, ...[main, ...others].map(topOf)));
  const bottom = HEIGHT - 22;
  const height = (value: number) => bottom - (value / most) * (bottom - 16);
  const steps = (one: TollSeries, values: readonly (number | null)[]) => stepPoints(scale, first, last, one.days, values, (value) => height(value).toFixed(1));
  const { low, best, high } = drawable(main);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={label}>
      {[0.5, 1].map((part) => (
        <g key={part} class="grid">
          <line x1={10} x2={width - 10} y1={height(most * part)} y2={height(most * part)} />
          <text x={12} y={height(most * part) - 4}>
            {number(most * part)}
          </text>
        </g>
      ))}
      <path class="side-band" d={`M${steps(main, low).join("L")}L${steps(main, high).reverse().join("L")}Z`} />
      {others.map((one, at) => (
        <path key={at} class={`toll-source dash-${at}`} fill="none" d={`M${steps(one, drawable(one).best).join("L")}`} />
      ))}
      <path class="side-best" fill="none" d={`M${steps(main, best).join("L")}`} />
      <Axis scale={scale} top={bottom} first={first} last={last} />
    </svg>
  );
}

/** The next round number above, so that grid lines read well. */
function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * power).find((candidate) => candidate >= value) ?? value;
}
