/** Play, step, ends; the day shown in large; the range with its ends included. */

import { useEffect, useState } from "preact/hooks";
import { longDate, t, tn, weekday } from "../i18n";
import { change, useView } from "../state/store";
import { useWorld } from "../ui/context";
import { dayOf, isoOf } from "./days";
import { type Player, type Step, STEPS } from "./player";

export function Transport({ player }: { player: Player }) {
  const { chronicle } = useWorld();
  const { first, last } = chronicle.meta;
  const day = useView((view) => view.day)!;
  const range = useView((view) => view.range);
  const [, redraw] = useState(0);
  useEffect(() => player.watch(() => redraw((n) => n + 1)), []);
  const button = (label: string, sign: string, act: () => void, off = false) => (
    <button type="button" class="icon" aria-label={label} title={label} disabled={off} onClick={act}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  const [from, to] = range ?? [first, last];
  const setRange = (next: readonly [number, number]) => change({ range: next[0] <= next[1] ? next : [next[1], next[0]], scope: "range" });
  return (
    <div class="transport">
      <div class="transport-buttons" role="group" aria-label={t("time.day")} dir="ltr">
        {button(t("time.first"), "⏮", () => player.go(player.ends[0]), day === player.ends[0])}
        {button(t("time.previous"), "◂", () => player.move(-1), day <= first)}
        <button type="button" class="icon play" aria-label={t(player.playing ? "time.pause" : "time.play")} title={t(player.playing ? "time.pause" : "time.play")} onClick={() => player.toggle()}>
          <span aria-hidden="true">{player.playing ? "❚❚" : "▶"}</span>
        </button>
        {button(t("time.next"), "▸", () => player.move(1), day >= last)}
        {button(t("time.last"), "⏭", () => player.go(player.ends[1]), day === player.ends[1])}
        <label class="step">
          <span class="hidden">{t("time.step")}</span>
          <select value={player.step} title={t("time.step")} onChange={(event) => player.setStep(event.currentTarget.value as Step)}>
            {STEPS.map((step) => (
              <option key={step} value={step}>
                {t(`step.${step}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="today">
        <time dateTime={isoOf(day)}>{longDate(day)}</time>
        <span>{weekday(day)}</span>
      </div>
      <fieldset class="range">
        <legend class="hidden">{t("time.range")}</legend>
        <DayField label={t("time.from")} day={from} first={first} last={last} set={(value) => setRange([value, to])} />
        <DayField label={t("time.to")} day={to} first={first} last={last} set={(value) => setRange([from, value])} />
        <span class="range-note">
          {tn("unit.days", to - from + 1)}, {t("time.inclusive")}
        </span>
        {range ? (
          <button type="button" class="chip" onClick={() => change({ range: null, scope: "day" })}>
            {t("time.clear")}
          </button>
        ) : null}
      </fieldset>
    </div>
  );
}

interface DayFieldProps {
  label: string;
  day: number;
  first: number;
  last: number;
  set: (day: number) => void;
}

function DayField({ label, day, first, last, set }: DayFieldProps) {
  return (
    <label class="day-field">
      <span>{label}</span>
      <input
        type="text"
        inputMode="numeric"
        dir="ltr"
        size={10}
        placeholder="2012-08-08"
        value={isoOf(day)}
        onChange={(event) => {
          const told = dayOf(event.currentTarget.value.trim());
          if (told !== null && told >= first && told <= last) set(told);
          else event.currentTarget.value = isoOf(day);
        }}
      />
    </label>
  );
}
