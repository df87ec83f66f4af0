/** The claims in view, worked out once for the list, the downloads and the spoken count. */

import { useMemo } from "preact/hooks";
import type { Chronicle } from "../data/chronicle";
import { claimsWithin, type Row, rowsOf } from "../data/query";
import { useView } from "../state/store";
import type { View } from "../state/view";
import { useWorld } from "../ui/context";

/** First and last day that the list tells of. */
export function spanInView(chronicle: Chronicle, view: View): readonly [number, number] {
  if (view.scope === "day") return [view.day!, view.day!];
  return view.range ?? [chronicle.meta.first, chronicle.meta.last];
}

export function claimsInView(chronicle: Chronicle, view: View): number[] {
  const [from, to] = spanInView(chronicle, view);
  return claimsWithin(chronicle, view, from, to, view.scope === "range" && !view.range);
}

export interface InView {
  claims: number[];
  rows: Row[];
}

export function useInView(): InView {
  const { chronicle } = useWorld();
  const view = useView((now) => now);
  const day = view.scope === "day" ? view.day : null;
  return useMemo(() => {
    const claims = claimsInView(chronicle, view);
    return { claims, rows: rowsOf(chronicle, claims, day) };
  }, [chronicle, day, view.scope, view.scope === "range" ? view.range : null, view.sources, view.types, view.place, view.extent]);
}
