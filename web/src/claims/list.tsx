/** The list of claims in view. Only the rows on the screen exist, so that 100,000 claims scroll like ten. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Row } from "../data/query";
import { openClaim } from "../state/open-claim";
import { useSize, useWorld } from "../ui/context";
import { ClaimRow, EventRow, SectionRow } from "./row";

const HEIGHTS: Record<Row["kind"], number> = { section: 36, event: 42, claim: 98 };
const AHEAD = 600;

export function ClaimList({ rows, none }: { rows: readonly Row[]; none: ComponentChildren }) {
  const { chronicle } = useWorld();
  const box = useRef<HTMLDivElement>(null);
  const [, height] = useSize(box);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(-1);
  const focusing = useRef(false);
  const tops = useMemo(() => topsOf(rows), [rows]);
  const total = tops[rows.length]!;

  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0;
    setTop(0);
    setActive(-1);
  }, [rows]);

  useEffect(() => {
    if (!focusing.current) return;
    focusing.current = false;
    box.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus();
  });

  const first = Math.max(0, rowAt(tops, top - AHEAD));
  const last = Math.min(rows.length, rowAt(tops, top + Math.max(height, 200) + AHEAD) + 1);
  const stop = active >= 0 && active < rows.length ? active : nextClaim(rows, -1, 1);

  const go = (to: number) => {
    if (to < 0 || to >= rows.length || !box.current) return;
    const [from, until] = [tops[to]!, tops[to + 1]!];
    const node = box.current;
    if (from < node.scrollTop) node.scrollTop = from - (to > 0 ? 8 : 0);
    else if (until > node.scrollTop + node.clientHeight) node.scrollTop = until - node.clientHeight;
    focusing.current = true;
    setActive(to);
    setTop(node.scrollTop);
  };

  const keys: Record<string, (row: number) => number> = {
    ArrowDown: (row) => nextClaim(rows, row, 1),
    ArrowUp: (row) => nextClaim(rows, row, -1),
    Home: () => nextClaim(rows, -1, 1),
    End: () => nextClaim(rows, rows.length, -1),
    PageDown: (row) => nextClaim(rows, Math.min(rows.length - 1, row + 5) - 1, 1),
    PageUp: (row) => nextClaim(rows, Math.max(0, row - 5) - 1, 1),
  };

  const shown = [];
  for (let at = first; at < last; at += 1) shown.push(at);
  if (stop >= 0 && (stop < first || stop >= last)) shown.push(stop);

  return (
    <div
      class="list"
      id="claims"
      ref={box}
      tabIndex={-1}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => {
        const step = keys[event.key];
        if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        go(step(stop));
      }}
    >
      {rows.length === 0 ? <div class="empty">{none}</div> : null}
      <div class="list-body" role={rows.length ? "list" : undefined} style={{ height: `${total}px` }}>
        {shown.map((at) => {
          const row = rows[at]!;
          return (
            <div key={keyOf(row)} role="listitem" aria-setsize={rows.length} aria-posinset={at + 1} class={`slot slot-${row.kind}`} style={{ transform: `translateY(${tops[at]}px)`, height: `${HEIGHTS[row.kind]}px` }}>
              {row.kind === "section" ? <SectionRow name={row.key} /> : null}
              {row.kind === "event" ? <EventRow event={row.event} claims={row.claims} /> : null}
              {row.kind === "claim" ? (
                <ClaimRow claim={row.claim} grouped={row.grouped} row={at} tabbed={at === stop} onFocus={() => setActive(at)} onOpen={() => void openClaim(chronicle, row.claim)} />
              ) : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function keyOf(row: Row): string {
  return row.kind === "section" ? `s${row.key}` : row.kind === "event" ? `e${row.event}` : `c${row.claim}`;
}

function topsOf(rows: readonly Row[]): Float64Array {
  const tops = new Float64Array(rows.length + 1);
  rows.forEach((row, at) => (tops[at + 1] = tops[at]! + HEIGHTS[row.kind]));
  return tops;
}

/** The row at a height: the last one that begins at or above it. */
function rowAt(tops: Float64Array, height: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle]! <= height) low = middle;
    else high = middle - 1;
  }
  return Math.min(low, tops.length - 2);
}

/** The next row that is a claim, from `row` in steps of `by`; `row` itself if there is none. */
function nextClaim(rows: readonly Row[], row: number, by: 1 | -1): number {
  for (let at = row + by; at >= 0 && at < rows.length; at += by) if (rows[at]!.kind === "claim") return at;
  return row >= 0 && row < rows.length ? row : -1;
}
