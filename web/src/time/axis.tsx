/** Years and, where there is room, months below the lanes. */

import { dateOf, monthStart, yearStart } from "./days";
import { monthLabel } from "../i18n";
import type { Scale } from "./band";

export function Axis({ scale, top, first, last }: { scale: Scale; top: number; first: number; last: number }) {
  const perMonth = scale.x(first + 30) - scale.x(first);
  const every = [1, 2, 3, 6].find((months) => perMonth * months > 34) ?? 12;
  const ticks: { day: number; label: string; year: boolean }[] = [];
  for (let day = monthStart(first); day <= last; day = monthStart(day, 1)) {
    const month = dateOf(day).getUTCMonth();
    if (day < first || month % every !== 0) continue;
    const year = day === yearStart(day);
    ticks.push({ day, label: year ? String(dateOf(day).getUTCFullYear()) : monthLabel(day), year });
  }
  return (
    <g class="axis">
      <line x1={scale.x(first)} x2={scale.x(last + 1)} y1={top + 0.5} y2={top + 0.5} />
      {ticks.map((tick) => (
        <g key={tick.day} class={tick.year ? "year" : "month"}>
          <line x1={scale.x(tick.day)} x2={scale.x(tick.day)} y1={tick.year ? 0 : top} y2={top + 5} />
          {scale.x(tick.day) < scale.width - 24 ? (
            <text x={scale.x(tick.day) + 3} y={top + 15}>
              {tick.label}
            </text>
          ) : null}
        </g>
      ))}
    </g>
  );
}
