/** Steps through the days, by day, week or event, alone or one after the other. */

import type { Chronicle } from "../data/chronicle";
import { change, view, watch } from "../state/store";
import { clamp } from "./days";
import { eventDays } from "./series";

export type Step = "day" | "week" | "event";
export const STEPS: readonly Step[] = ["day", "week", "event"];

const MS_PER_STEP: Record<Step, number> = { day: 260, week: 420, event: 700 };

type Listener = () => void;

export class Player {
  private timer = 0;
  private listeners = new Set<Listener>();
  private kept: { key: string; days: number[] } | null = null;
  step: Step = "day";

  constructor(private readonly chronicle: Chronicle) {
    watch((now, before) => {
      if (now.page !== before.page && now.page !== "map") this.pause();
    });
  }

  get playing(): boolean {
    return this.timer !== 0;
  }

  watch(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** First and last day that may be shown: the range if there is one, else the whole time. */
  get ends(): readonly [number, number] {
    const { first, last } = this.chronicle.meta;
    return view().range ?? [first, last];
  }

  setStep(step: Step): void {
    this.step = step;
    if (this.playing) {
      this.pause();
      this.play();
    }
    this.tell();
  }

  /** The day one step on (`by` 1) or back (−1), no further than the ends. */
  next(by: 1 | -1, step: Step = this.step): number {
    const day = view().day!;
    const [first, last] = [this.chronicle.meta.first, this.chronicle.meta.last];
    if (step === "event") {
      const days = this.days();
      const found = by > 0 ? days.find((other) => other > day) : days.findLast((other) => other < day);
      return clamp(found ?? day, first, last);
    }
    return clamp(day + by * (step === "week" ? 7 : 1), first, last);
  }

  private days(): number[] {
    const now = view();
    const key = JSON.stringify([now.sources, now.types, now.place, now.extent]);
    if (this.kept?.key !== key) this.kept = { key, days: eventDays(this.chronicle, now) };
    return this.kept.days;
  }

  move(by: 1 | -1, step: Step = this.step): void {
    change({ day: this.next(by, step), claim: null });
  }

  go(day: number): void {
    change({ day: clamp(day, this.chronicle.meta.first, this.chronicle.meta.last), claim: null });
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    const [first, last] = this.ends;
    const day = view().day!;
    if (day >= last || day < first) change({ day: first });
    change({ claim: null });
    this.timer = window.setInterval(() => this.tick(), MS_PER_STEP[this.step]);
    this.tell();
  }

  pause(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.tell();
  }

  private tick(): void {
    const next = this.next(1);
    const end = this.ends[1];
    if (next > end || next === view().day) {
      if (view().day! < end && next > end) change({ day: end });
      this.pause();
      return;
    }
    change({ day: next });
  }
}
