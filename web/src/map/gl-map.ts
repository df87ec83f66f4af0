/** A pane's map in MapLibre. A day step changes only the state of the cells whose class or strength changed. */

import type * as MapLibre from "maplibre-gl";
import type { Chronicle } from "../data/chronicle";
import type { Camera } from "../state/view";
import type { Geometry } from "./geometry";
import { CELLS, DOTS, ROADS, styleOf } from "./gl-style";
import { classStyle, type Paint, roadState } from "./paint";
import { TILES, tilesShown } from "./tiles";
import { strokeAlpha, strokesOf, TILE } from "./textures";

/** The basemap shows through the colours of places by this much. */
const OVER_TILES = 0.78;
const PATIENCE_MS = 1_500;

export interface GlMapEvents {
  onMove: (camera: Camera) => void;
  onPlace: (place: number) => void;
  onHover: (place: number, x: number, y: number) => void;
  onReady: () => void;
  onTilesFailed: () => void;
  onLost: () => void;
}

export class GlMap {
  private readonly map: MapLibre.Map;
  private readonly classes = new Set<number>();
  private readonly cells: ReadonlySet<number>;
  private shown: Paint | null = null;
  private waiting: Paint | null = null;
  private selected = -1;
  private besieged = new Set<number>();
  private readonly roads: string[] = [];
  private ready = false;
  private quiet = false;

  constructor(
    library: typeof MapLibre,
    host: HTMLElement,
    private readonly chronicle: Chronicle,
    private readonly geometry: Geometry,
    private readonly dark: boolean,
    camera: Camera,
    label: string,
    private readonly events: GlMapEvents,
  ) {
    this.cells = new Set(geometry.cells.map((cell) => cell.properties.place));
    this.map = new library.Map({
      container: host,
      style: styleOf(chronicle, geometry, dark),
      center: [camera.lon, camera.lat],
      zoom: camera.zoom,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      maxZoom: 17,
      renderWorldCopies: false,
      locale: { "Map.Title": label },
      validateStyle: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.listen();
  }

  private listen(): void {
    const { map, events } = this;
    // With a basemap neither "load" nor "idle" is waited for: a slow archive must not hold up what the claims say.
    map.once(tilesShown() ? "style.load" : "load", () => {
      this.ready = true;
      if (this.waiting) this.paint(this.waiting);
      this.select(this.selected);
      map.once("idle", () => events.onReady());
      if (tilesShown()) setTimeout(() => events.onReady(), PATIENCE_MS);
    });
    map.on("move", () => {
      if (this.quiet) return;
      const { lng, lat } = map.getCenter();
      events.onMove({ lon: lng, lat, zoom: map.getZoom() });
    });
    map.on("click", (event) => {
      const place = this.placeAt(event.point);
      if (place >= 0) events.onPlace(place);
    });
    map.on("mousemove", (event) => events.onHover(this.placeAt(event.point), event.point.x, event.point.y));
    map.on("mouseout", () => events.onHover(-1, 0, 0));
    map.on("error", (problem) => {
      if ("sourceId" in problem && problem.sourceId === TILES) events.onTilesFailed();
      else console.error(problem.error);
    });
    map.on("webglcontextlost", () => events.onLost());
  }

  private placeAt(point: MapLibre.Point): number {
    if (!this.ready) return -1;
    const near: [MapLibre.PointLike, MapLibre.PointLike] = [
      [point.x - 5, point.y - 5],
      [point.x + 5, point.y + 5],
    ];
    const dot = this.map.queryRenderedFeatures(near, { layers: ["dots"] })[0];
    const found = dot ?? this.map.queryRenderedFeatures(point, { layers: ["cell-touch"] })[0];
    return found ? Number(found.id) : -1;
  }

  /** Show a day. Before the map is there it waits; only the last one counts. */
  paint(paint: Paint): void {
    if (!this.ready) {
      this.waiting = paint;
      return;
    }
    const before = this.shown;
    for (const cls of new Set(paint.classOf)) this.ensureClass(cls);
    for (let place = 0; place < paint.classOf.length; place += 1) {
      const cls = paint.classOf[place]!;
      const strength = paint.strength[place]!;
      if (before && before.classOf[place] === cls && before.strength[place] === strength) continue;
      if (!before && cls < 0) continue;
      this.map.setFeatureState({ source: this.sourceOf(place), id: place }, { c: cls, o: strength });
    }
    this.paintRoads(paint);
    this.paintSieges(paint);
    this.shown = paint;
  }

  private sourceOf(place: number): string {
    return this.cells.has(place) ? CELLS : DOTS;
  }

  private paintRoads(paint: Paint): void {
    this.geometry.roads.forEach((road, at) => {
      const state = roadState(paint.roads.get(road.properties.id));
      const told = state ? `${state.status} ${state.side}` : "";
      if ((this.roads[at] ?? "") === told) return;
      this.roads[at] = told;
      this.map.setFeatureState({ source: ROADS, id: at }, { status: state?.status ?? "", side: state?.side ?? "" });
    });
  }

  private paintSieges(paint: Paint): void {
    const now = new Set(paint.sieges.flatMap((siege) => siege.places));
    for (const place of new Set([...now, ...this.besieged])) {
      if (now.has(place) !== this.besieged.has(place)) {
        this.map.setFeatureState({ source: this.sourceOf(place), id: place }, { siege: now.has(place) });
      }
    }
    this.besieged = now;
  }

  /** A layer for each class that is met: a pattern cannot depend on a feature's state, but its opacity can. */
  private ensureClass(cls: number): void {
    if (cls < 0 || this.classes.has(cls)) return;
    this.classes.add(cls);
    this.map.addImage(`class-${cls}`, classImage(this.chronicle, cls, this.dark), { pixelRatio: 2 });
    this.map.addLayer(
      {
        id: `class-${cls}`,
        type: "fill",
        source: CELLS,
        paint: {
          "fill-pattern": `class-${cls}`,
          "fill-opacity": [
            "case",
            ["==", ["coalesce", ["feature-state", "c"], -1], cls],
            ["*", ["coalesce", ["feature-state", "o"], 0], tilesShown() ? OVER_TILES : 1],
            0,
          ],
        },
      },
      (this.map.getStyle().metadata as { overCells: string }).overCells,
    );
  }

  look(camera: Camera): void {
    this.quiet = true;
    this.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    this.quiet = false;
  }

  select(place: number): void {
    if (this.ready) {
      if (this.selected >= 0) this.map.setFeatureState({ source: this.sourceOf(this.selected), id: this.selected }, { on: false });
      if (place >= 0) this.map.setFeatureState({ source: this.sourceOf(place), id: place }, { on: true });
    }
    this.selected = place;
  }

  label(text: string): void {
    this.map.getCanvas().setAttribute("aria-label", text);
  }

  focus(): void {
    this.map.getCanvas().focus();
  }

  resize(): void {
    this.map.resize();
  }

  remove(): void {
    this.map.remove();
  }
}

/** The tile of a class as pixels: fill and texture, or stripes of two holders. */
function classImage(chronicle: Chronicle, cls: number, dark: boolean): ImageData {
  const ratio = 2;
  const { ink, other } = classStyle(chronicle, cls, dark);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TILE * ratio;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.scale(ratio, ratio);
  context.fillStyle = ink.fill;
  context.fillRect(0, 0, TILE, TILE);
  const strokes = strokesOf(ink.texture);
  if (other) {
    context.strokeStyle = other.fill;
    context.lineWidth = 4.4;
    context.stroke(new Path2D("M-3 3L3 -3M-3 15L15 -3M9 15L15 9"));
  } else if (strokes) {
    context.globalAlpha = strokeAlpha(ink.texture);
    context.strokeStyle = ink.line;
    context.lineWidth = strokes.width;
    context.lineCap = "round";
    context.stroke(new Path2D(strokes.d));
  }
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
