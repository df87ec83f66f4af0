/** One pane: the map of one version, or the difference of two, on the day shown, with its label. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { monthNow, prefetch } from "../data/control";
import { routesOf } from "../data/chronicle";
import { direction, longDate, t } from "../i18n";
import { useOpenClaim } from "../state/open-claim";
import { change, useView, view } from "../state/store";
import type { Camera } from "../state/view";
import { useDark, useLoaded, useSize, useWorld } from "../ui/context";
import { paneName } from "../ui/names";
import { dragged, fitting } from "./camera";
import { GlMap } from "./gl-map";
import { LabelLayer } from "./label-layer";
import type { Box } from "./labels";
import { hasWebGl, mapLibrary } from "./library";
import { emptyPaint, monthsFor, type Paint, paintDay, paintDifference, versionsOf } from "./paint";
import { PaneHead } from "./pane-head";
import { beginCamera, camera as sharedCamera, measured, moveCamera, watchCamera } from "./shared-camera";
import { point, usePointed } from "./shared-pointer";
import { SvgMap } from "./svg-map";
import { PlaceCard } from "./place-card";
import { prepareTiles, tilesShown } from "./tiles";

/** The paint of a pane on a day, worked out at once where the month is here, else when it comes. */
function usePaint(pane: string, day: number): Paint {
  const { chronicle } = useWorld();
  const versions = versionsOf(pane);
  const routes = useLoaded(() => routesOf(versions[0]), [pane]).value;
  const [, arrived] = useState(0);
  const last = useRef<Paint | null>(null);
  const here = versions.map((version) => monthNow(version, day));
  const ready = chronicle.meta.states.length > 0 && here.every(Boolean);
  const paint = useMemo(() => {
    if (!ready) return null;
    const [a, b] = here;
    return b ? paintDifference(chronicle, a!, b, day) : paintDay(chronicle, a!, routes, day);
  }, [ready, pane, day, routes]);
  if (paint) last.current = paint;
  useEffect(() => {
    if (chronicle.meta.states.length === 0) return;
    let wanted = true;
    if (!ready) void monthsFor(chronicle, pane, day).then(() => wanted && arrived((n) => n + 1), () => undefined);
    for (const version of versions) prefetch(chronicle, version, day);
    return () => {
      wanted = false;
    };
  }, [pane, day, ready]);
  return paint ?? last.current ?? (last.current = emptyPaint(chronicle.places.id.length));
}

export function MapPane({ pane, index, count }: { pane: string; index: number; count: number }) {
  const { chronicle, geometry } = useWorld();
  const day = useView((view) => view.day)!;
  const language = useView((view) => view.language);
  const placeId = useView((view) => view.place);
  const told = useOpenClaim()?.open?.claim.places.find((mention) => mention.place >= 0)?.place ?? -1;
  const selected = told >= 0 ? told : placeId === null ? -1 : (chronicle.placeAt.get(placeId) ?? -1);
  const dark = useDark();
  const paint = usePaint(pane, day);
  const body = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const gl = useRef<GlMap | null>(null);
  const me = useRef({}).current;
  const [width, height] = useSize(body);
  const [drawn, setDrawn] = useState(false);
  const [tilesFailed, setTilesFailed] = useState(false);
  const [camera, setCamera] = useState<Camera | null>(sharedCamera());
  const pointed = usePointed();
  const label = t("map.label", { date: longDate(day), version: paneName(chronicle, pane) });

  useEffect(() => {
    if (width && height && !sharedCamera()) {
      const { extent } = view();
      setCamera(beginCamera(extent ? fitting(extent, width, height, 0) : fitting(geometry.home, width, height, count > 1 ? 14 : 30)));
    }
    if (!camera && sharedCamera()) setCamera(sharedCamera());
    if (width && height && index === 0) measured(width, height);
    gl.current?.resize();
  }, [width, height]);

  useEffect(
    () =>
      watchCamera((next, by) => {
        setCamera(next);
        if (by !== me) gl.current?.look(next);
      }),
    [],
  );

  const started = camera !== null && width > 0;
  useEffect(() => {
    if (!started || !hasWebGl()) return;
    let wanted = true;
    const prepared = mapLibrary().then((library) => prepareTiles(library, chronicle.meta.tiles).then(() => library));
    void prepared.then((library) => {
      if (!wanted || !host.current) return;
      gl.current = new GlMap(library, host.current, chronicle, geometry, dark, sharedCamera() ?? camera!, label, {
        onMove: (next) => moveCamera(next, me),
        onPlace: (place) => change({ place: chronicle.places.id[place]!, claim: null }),
        onHover: (place, x, y) => point(place < 0 ? null : { place, x, y }),
        onReady: () => wanted && setDrawn(true),
        onTilesFailed: () => wanted && setTilesFailed(true),
        onLost: () => wanted && setDrawn(false),
      });
      gl.current.paint(latest.current.paint);
      gl.current.select(latest.current.selected);
    }, () => undefined);
    return () => {
      wanted = false;
      setDrawn(false);
      gl.current?.remove();
      gl.current = null;
    };
  }, [started, dark]);

  const latest = useRef({ paint, selected });
  latest.current = { paint, selected };
  useEffect(() => gl.current?.paint(paint), [paint]);
  useEffect(() => gl.current?.select(selected), [selected, drawn]);
  useEffect(() => gl.current?.label(`${label}. ${t("map.keys")}`), [label, drawn]);

  const look = (next: Camera) => moveCamera(next, null);
  // Kept as they are while only the day changes: a day step draws no more than it must.
  const head = useMemo(() => <PaneHead pane={pane} index={index} count={count} />, [pane, index, count, language, chronicle]);
  const names = useMemo(
    () => (camera && width > 0 ? <LabelLayer key={language} camera={camera} width={width} height={height} selected={selected} kept={index === count - 1 ? buttonsOn(width, height, count) : []} onHover={point} /> : null),
    [camera, width, height, selected, language, index === count - 1],
  );
  return (
    <section class="pane" aria-label={count > 1 ? `${index + 1}. ${paneName(chronicle, pane)}` : paneName(chronicle, pane)} data-pane={pane} data-drawn={drawn ? "gl" : "svg"}>
      {head}
      <div class="pane-body" ref={body}>
        <div class="gl" ref={host} hidden={!hasWebGl()} />
        {!drawn && camera && width > 0 ? (
          <PlainMap label={label} camera={camera} look={look}>
            <SvgMap
              chronicle={chronicle}
              geometry={geometry}
              paint={paint}
              camera={camera}
              width={width}
              height={height}
              dark={dark}
              prefix={`m${index}-`}
              selected={selected}
              onPlace={(place) => change({ place: chronicle.places.id[place]!, claim: null })}
              onPoint={(place, event) => point(place < 0 ? null : { place, x: event.offsetX, y: event.offsetY })}
            />
          </PlainMap>
        ) : null}
        {names}
        {pointed ? <PlaceCard pane={pane} day={day} {...pointed} width={width} height={height} /> : null}
        {index === count - 1 ? <MapButtons look={look} width={width} height={height} /> : null}
        {drawn && index === count - 1 ? <TileCredit failed={tilesFailed} /> : null}
        {geometry.schematic && index === 0 ? <p class="tile-credit">{t("map.schematic")}</p> : null}
        {hasWebGl() || geometry.schematic ? null : <p class="plain-note">{t("map.plain")}</p>}
      </div>
    </section>
  );
}

const BUTTONS = { width: 50, height: 128 };
const ADD = { width: 170, height: 46 };

/** Where the buttons of the last pane are, so that no name hides beneath them. */
function buttonsOn(width: number, height: number, count: number): Box[] {
  const from = (across: number): readonly [number, number] => (direction(view().language) === "rtl" ? [0, across] : [width - across, width]);
  const [left, right] = from(BUTTONS.width);
  const [start, end] = from(count > 1 ? 2 * ADD.width : ADD.width);
  return [[left, 0, right, BUTTONS.height], [start, height - ADD.height, end, height]];
}

/** Whose basemap it is, in the words of the archive. */
function TileCredit({ failed }: { failed: boolean }) {
  const parts = tilesShown()?.attribution ?? [];
  if (failed) return <p class="tile-credit" role="status">{t("map.tilesFailed")}</p>;
  if (!parts.length) return null;
  return (
    <p class="tile-credit" dir="auto">
      {parts.map(([words, leads], at) => (leads ? <a key={at} href={leads} target="_blank" rel="noopener noreferrer">{words}</a> : <span key={at}>{words}</span>)).flatMap((part) => [part, " "])}
    </p>
  );
}

function MapButtons({ look, width, height }: { look: (camera: Camera) => void; width: number; height: number }) {
  const { geometry } = useWorld();
  const zoom = (by: number) => {
    const now = sharedCamera();
    if (now) look({ ...now, zoom: Math.max(1, Math.min(17, now.zoom + by)) });
  };
  return (
    <div class="map-buttons" role="group" aria-label={t("nav.map")}>
      <button type="button" onClick={() => zoom(0.6)} aria-label={t("map.zoomIn")} title={t("map.zoomIn")}>+</button>
      <button type="button" onClick={() => zoom(-0.6)} aria-label={t("map.zoomOut")} title={t("map.zoomOut")}>−</button>
      <button type="button" onClick={() => look(fitting(geometry.home, width, height))} aria-label={t("map.home")} title={t("map.home")}>⌂</button>
    </div>
  );
}

/** The plain picture, movable by hand and by keys. */
function PlainMap({ label, camera, look, children }: { label: string; camera: Camera; look: (camera: Camera) => void; children: preact.ComponentChildren }) {
  const held = useRef<{ x: number; y: number } | null>(null);
  const moved = useRef(false);
  const keys: Record<string, () => Camera> = {
    ArrowLeft: () => dragged(camera, 60, 0),
    ArrowRight: () => dragged(camera, -60, 0),
    ArrowUp: () => dragged(camera, 0, 60),
    ArrowDown: () => dragged(camera, 0, -60),
    "+": () => ({ ...camera, zoom: Math.min(17, camera.zoom + 0.5) }),
    "=": () => ({ ...camera, zoom: Math.min(17, camera.zoom + 0.5) }),
    "-": () => ({ ...camera, zoom: Math.max(1, camera.zoom - 0.5) }),
  };
  return (
    <div
      class="plain-map"
      role="application"
      tabIndex={hasWebGl() ? -1 : 0}
      aria-label={`${label}. ${t("map.keys")}`}
      onKeyDown={(event) => {
        const next = keys[event.key];
        if (!next) return;
        event.preventDefault();
        event.stopPropagation();
        look(next());
      }}
      onPointerDown={(event) => {
        held.current = { x: event.clientX, y: event.clientY };
        moved.current = false;
      }}
      onClickCapture={(event) => {
        if (moved.current) event.stopPropagation();
      }}
      onPointerMove={(event) => {
        if (!held.current || event.buttons === 0) return;
        const [dx, dy] = [event.clientX - held.current.x, event.clientY - held.current.y];
        if (Math.abs(dx) + Math.abs(dy) < 4 && !moved.current) return;
        moved.current = true;
        look(dragged(camera, dx, dy));
        held.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerUp={() => (held.current = null)}
      onWheel={(event) => {
        event.preventDefault();
        look({ ...camera, zoom: Math.max(1, Math.min(17, camera.zoom - event.deltaY / 400)) });
      }}
    >
      {children}
    </div>
  );
}
