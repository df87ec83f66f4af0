/** Probabilities of each holder by place and day, a month at a time; and shares of the drawn area for the whole time. */

import { isoOf, monthStart } from "../time/days";
import type { Chronicle } from "./chronicle";
import { bytes } from "./loader";

/** A month of one version: `at(day)` is places by states, each 0 to 255; all zeros where nobody said anything. */
export interface ControlMonth {
  first: number;
  days: number;
  at: (day: number) => Uint8Array;
}

const months = new Map<string, ControlMonth>();
const MOST_MONTHS = 64;

export function monthName(day: number): string {
  return isoOf(day).slice(0, 7);
}

/** The month if it is here already: a day step must not wait. */
export function monthNow(version: string, day: number): ControlMonth | null {
  return months.get(`${version}/${monthName(day)}`) ?? null;
}

export async function monthOf(chronicle: Chronicle, version: string, day: number): Promise<ControlMonth> {
  const key = `${version}/${monthName(day)}`;
  const known = months.get(key);
  if (known) return known;
  const first = monthStart(day);
  const days = monthStart(day, 1) - first;
  const size = chronicle.places.id.length * chronicle.meta.states.length;
  const raw = new Uint8Array((await bytes(`control/${key}.bin`)).slice(0));
  if (raw.length !== size * days) throw new Error(`control/${key}.bin holds ${raw.length} bytes, not ${size * days}`);
  for (let at = size; at < raw.length; at += 1) raw[at] = (raw[at]! + raw[at - size]!) & 255;
  const month: ControlMonth = { first, days, at: (of) => raw.subarray((of - first) * size, (of - first + 1) * size) };
  months.set(key, month);
  if (months.size > MOST_MONTHS) months.delete(months.keys().next().value!);
  return month;
}

/** Fetch the months before and after, so that playing does not wait. */
export function prefetch(chronicle: Chronicle, version: string, day: number): void {
  for (const step of [1, -1, 2]) {
    const other = monthStart(day, step);
    if (chronicle.meta.months.includes(monthName(other)) && !monthNow(version, other)) {
      void monthOf(chronicle, version, other).catch(() => undefined);
    }
  }
}

/** The likeliest state and its probability 0 to 1; state -1 where nobody said anything. */
export function holderOf(row: Uint8Array, place: number, states: number): { state: number; probability: number } {
  let state = -1;
  let most = 0;
  for (let k = 0; k < states; k += 1) {
    const value = row[place * states + k]!;
    if (value > most) {
      most = value;
      state = k;
    }
  }
  return { state, probability: most / 255 };
}

/** Half the sum of absolute differences of two rows: 0 the same, 1 nothing in common. */
export function distance(a: Uint8Array, b: Uint8Array, place: number, states: number): number {
  let sum = 0;
  for (let k = 0; k < states; k += 1) sum += Math.abs(a[place * states + k]! - b[place * states + k]!);
  return sum / 510;
}

/** Shares of the drawn area by day: low, mean and high of each state, and what nobody spoke of. 0 to 1. */
export interface Shares {
  first: number;
  days: number;
  states: number;
  value: (day: number, state: number, part: 0 | 1 | 2) => number;
}

export async function sharesOf(chronicle: Chronicle, version: string): Promise<Shares> {
  const { first, last, states } = chronicle.meta;
  const raw = new Uint16Array(await bytes(`control/${version}/shares.bin`));
  const row = (states.length + 1) * 3;
  return {
    first,
    days: last - first + 1,
    states: states.length,
    value: (day, state, part) => raw[(day - first) * row + state * 3 + part]! / 65535,
  };
}
