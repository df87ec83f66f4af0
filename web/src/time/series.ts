/** What the time band draws, from columns: claims per day by kind, and days that have claims. */

import type { Chronicle } from "../data/chronicle";
import { type Filters, passing } from "../data/query";
import { NO_DAY } from "../data/types";

export const GROUPS = ["fighting", "bombardment", "people", "territory", "other"] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Record<string, Group> = {
  clash: "fighting",
  suicide_bomb: "bombardment",
  bomb: "bombardment",
  airstrike: "bombardment",
  shelling: "bombardment",
  chemical: "bombardment",
  destruction: "bombardment",
  execution: "people",
  attack_on_civilians: "people",
  abduction: "people",
  arrest: "people",
  casualties: "people",
  displacement: "people",
  territory: "territory",
  control: "territory",
  siege: "territory",
  supply: "territory",
  withdrawal: "territory",
};

export function groupOf(type: string): Group {
  return GROUP_OF[type] ?? "other";
}

/** A claim about a longer time than this says nothing of a day and is left out of the bars. */
const LONGEST_DAYS = 62;

/** Claims per bin of `width` days from `first`, by group: a claim about several days is shared among them. */
export function claimBins(chronicle: Chronicle, filters: Filters, width: number): Float32Array[] {
  const { claims, meta } = chronicle;
  const bins = Math.ceil((meta.last - meta.first + 1) / width);
  const series = GROUPS.map(() => new Float32Array(bins));
  const groups = meta.types.map((type) => GROUPS.indexOf(groupOf(type)));
  const [first, last, type] = [claims.column("first"), claims.column("last"), claims.column("type")];
  const pass = passing(chronicle, filters);
  for (let claim = 0; claim < claims.count; claim += 1) {
    if (first[claim] === NO_DAY || !pass(claim)) continue;
    const [from, to] = [first[claim]!, last[claim]!];
    if (to - from >= LONGEST_DAYS) continue;
    const into = series[groups[type[claim]!]!]!;
    const part = 1 / (to - from + 1);
    for (let day = from; day <= to; day += 1) {
      const bin = Math.floor((day - meta.first) / width);
      if (bin >= 0 && bin < bins) into[bin] = into[bin]! + part;
    }
  }
  return series;
}

/** Days on which a claim that passes begins, ascending, each once. */
export function eventDays(chronicle: Chronicle, filters: Filters): number[] {
  const { claims } = chronicle;
  const [first, last] = [claims.column("first"), claims.column("last")];
  const pass = passing(chronicle, filters);
  const days: number[] = [];
  for (let claim = 0; claim < claims.count; claim += 1) {
    const day = first[claim]!;
    if (day !== NO_DAY && last[claim]! - day < 3 && day !== days[days.length - 1] && pass(claim)) days.push(day);
  }
  return days;
}
