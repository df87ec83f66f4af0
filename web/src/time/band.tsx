/** The time band: claims per day, shares of the drawn area, and cumulative deaths, above one axis. Click a day, drag a range. */

import { useMemo, useRef, useState } from "preact/hooks";
import { tollSeries } from "../data/chronicle";
import { sharesOf } from "../data/control";
import { direction, longDate, number, rangeLabel, t } from "../i18n";
import { change, useView, view } from "../state/store";
import { versionsOf } from "../map/paint";
import { useLoaded, useSize, useWorld } from "../ui/context";
import { Axis } from "./axis";
import { clamp } from "./days";
import { ClaimsLane, SharesLane, TollLane } from "./lanes";
import type { Player } from "./player";
import { claimBins, GROUPS } from "./series";

export interface Scale {
  x: (day: number) => number;
  day: (x: number) => number;
  width: number;
}

const SIDE = 10;

export function scaleOf(first: number, last: number, width: number): Scale {
  const room = Math.max(1, width - 2 * SIDE);
  const days = last - first + 1;
  return {
    width,
    x: (day) => SIDE + ((day - first) / days) * room,
    day: (x) => clamp(Math.floor(first + ((x - SIDE) / room) * days), first, last),
  };
}

export function Band({ player }: { player: Player }) {
  const { chronicle } = useWorld();
  const { meta } = chronicle;
  const body = useRef<HTMLDivElement>(null);
  const [width, height] = useSize(body);
  const scale = useMemo(() => scaleOf(meta.first, meta.last, width), [width]);
  return (
    <section class="band" aria-label={t("time.band")} dir="ltr">
      <div class="band-body" ref={body}>
        {width > 0 ? <Lanes scale={scale} height={height} /> : null}
        {width > 0 ? <Pointer scale={scale} player={player} /> : null}
        <BandKey />
      </div>
    </section>
  );
}

/** Lanes are drawn again when filters or the size change, never for a day step. */
function Lanes({ scale, height }: { scale: Scale; height: number }) {
  const { chronicle } = useWorld();
  const { meta } = chronicle;
  const sources = useView((now) => now.sources);
  const types = useView((now) => now.types);
  const place = useView((now) => now.place);
  const extent = useView((now) => now.extent);
  const pane = useView((now) => now.panes[0]!);
  const language = useView((now) => now.language);
  const version = versionsOf(pane)[0];
  const shares = useLoaded(() => (meta.states.length ? sharesOf(chronicle, version) : Promise.reject(new Error())), [version]).value;
  const tolls = useLoaded(tollSeries, []).value;
  const perBin = Math.max(1, Math.ceil(((meta.last - meta.first + 1) / scale.width) * 3));
  const bins = useMemo(() => claimBins(chronicle, { sources, types, place, extent }, perBin), [sources, types, place, extent, perBin]);
  const lane = Math.floor((height - 22) / 3);
  return useMemo(
    () => (
      <>
      <svg width={scale.width} height={height} aria-hidden="true" class="lanes">
        <ClaimsLane scale={scale} top={0} height={lane} bins={bins} perBin={perBin} first={meta.first} />
        {shares ? <SharesLane scale={scale} top={lane} height={lane} shares={shares} /> : null}
        {tolls ? <TollLane scale={scale} top={lane * 2} height={lane} tolls={tolls} /> : null}
        <Axis scale={scale} top={lane * 3} first={meta.first} last={meta.last} />
      </svg>
      <LaneTitle top={0} title={perBin > 1 ? t("lane.claims.each", { n: number(perBin) }) : t("lane.claims")} />
      <LaneTitle top={lane} title={t("lane.shares")} note={t("lane.shares.note")} />
      <LaneTitle top={lane * 2} title={t("lane.toll")} note={t("lane.toll.note")} />
      </>
    ),
    [scale, height, bins, shares, tolls, language],
  );
}

function LaneTitle({ top, title, note }: { top: number; title: string; note?: string }) {
  return (
    <p class="lane-title" style={{ top: `${top}px` }} dir="auto">
      <bdi>{title}</bdi> {note ? <bdi class="lane-note">{note}</bdi> : null}
    </p>
  );
}

function BandKey() {
  const language = useView((now) => now.language);
  return (
    <ul class="band-key" dir={direction(language)}>
      {GROUPS.map((group) => (
        <li key={group}>
          <i class={`swatch group-${group}`} />
          {t(`group.${group}`)}
        </li>
      ))}
    </ul>
  );
}

/** The day line, the range, and the hand on them. */
function Pointer({ scale, player }: { scale: Scale; player: Player }) {
  const { chronicle } = useWorld();
  const { first, last } = chronicle.meta;
  const day = useView((now) => now.day)!;
  const range = useView((now) => now.range);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const shown = drag && drag.from !== drag.to ? ([Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] as const) : range;
  const dayAt = (event: PointerEvent) => scale.day(event.clientX - (event.currentTarget as HTMLElement).getBoundingClientRect().left);
  const keys: Record<string, () => void> = {
    ArrowLeft: () => player.move(-1),
    ArrowRight: () => player.move(1),
    ArrowDown: () => player.move(-1),
    ArrowUp: () => player.move(1),
    PageDown: () => player.move(-1, "week"),
    PageUp: () => player.move(1, "week"),
    Home: () => player.go(first),
    End: () => player.go(last),
  };
  return (
    <div
      class="band-hand"
      title={t("time.hint")}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: dayAt(event), to: dayAt(event) });
      }}
      onPointerMove={(event) => {
        const at = dayAt(event);
        setOver(at);
        if (drag && event.buttons) setDrag({ from: drag.from, to: at });
      }}
      onPointerUp={(event) => {
        if (!drag) return;
        const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
        if (scale.x(to) - scale.x(from) < 5) change({ day: dayAt(event), claim: null });
        else change({ range: [from, to], day: clamp(view().day!, from, to), scope: "range", claim: null });
        setDrag(null);
      }}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={() => setOver(null)}
    >
      {shown ? (
        <div class="band-range" style={{ left: `${scale.x(shown[0])}px`, width: `${scale.x(shown[1] + 1) - scale.x(shown[0])}px` }} />
      ) : null}
      {over !== null ? (
        <div class={`band-over${scale.x(over) > scale.width - 130 ? " back" : ""}`} style={{ left: `${scale.x(over + 0.5)}px` }}>
          <span>{drag && shown ? rangeLabel(shown[0], shown[1]) : longDate(over)}</span>
        </div>
      ) : null}
      <div
        class="band-day"
        id="day-slider"
        role="slider"
        tabIndex={0}
        aria-label={t("time.day")}
        aria-valuemin={first}
        aria-valuemax={last}
        aria-valuenow={day}
        aria-valuetext={longDate(day)}
        style={{ left: `${scale.x(day + 0.5)}px` }}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          event.stopPropagation();
          if (event.shiftKey && event.key.startsWith("Arrow")) player.move(event.key === "ArrowLeft" || event.key === "ArrowDown" ? -1 : 1, "week");
          else act();
        }}
      />
    </div>
  );
}
