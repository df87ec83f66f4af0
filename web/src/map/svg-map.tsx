/** The map as SVG: the first picture before MapLibre is there, the map without WebGL, and the picture to download. */

import type { JSX } from "preact";
import type { Chronicle } from "../data/chronicle";
import type { Camera } from "../state/view";
import { projector } from "./camera";
import { edgeWidth, type Geometry } from "./geometry";
import type { Label } from "./labels";
import { type Paint, classStyle, dotEdge, type RoadState, roadState } from "./paint";
import { inkOf, type Paper, paperOf } from "./palette";
import { strokeAlpha, strokesOf, TILE } from "./textures";

export interface SvgMapProps {
  chronicle: Chronicle;
  geometry: Geometry;
  paint: Paint;
  camera: Camera;
  width: number;
  height: number;
  dark: boolean;
  /** Keeps the ids of patterns apart when several maps stand in one document. */
  prefix: string;
  selected: number;
  /** Names as SVG text, for pictures; on the page they are buttons above the map. */
  labels?: readonly Label[];
  onPlace?: (place: number) => void;
  onPoint?: (place: number, event: MouseEvent) => void;
}

type Project = (lon: number, lat: number) => [number, number];

export function SvgMap(props: SvgMapProps): JSX.Element {
  const { chronicle, geometry, paint, camera, width, height, dark, prefix } = props;
  const paper = paperOf(dark);
  const project = projector(camera, width, height);
  const classes = [...new Set(paint.classOf)].filter((cls) => cls >= 0);
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <defs>
        {classes.map((cls) => (
          <ClassPattern key={cls} id={`${prefix}${cls}`} chronicle={chronicle} cls={cls} dark={dark} />
        ))}
      </defs>
      <rect width={width} height={height} fill={paper.ground} />
      {geometry.outlines.slice(0, 1).map((line) => (
        <path key={line.properties.id} d={pathOf(line.geometry, project)} fill={paper.built} />
      ))}
      {geometry.rivers.map((line) => (
        <path key={line.properties.id} d={pathOf(line.geometry, project)} fill="none" stroke={paper.water} stroke-width={2.5} />
      ))}
      <g>
        {geometry.cells.map((cell) => {
          const place = cell.properties.place;
          const cls = paint.classOf[place] ?? -1;
          return (
            <path
              key={place}
              data-place={place}
              d={pathOf(cell.geometry, project)}
              fill={cls < 0 ? "transparent" : `url(#${prefix}${cls})`}
              fill-opacity={cls < 0 ? 0 : paint.strength[place]!}
              stroke={cls < 0 ? paper.builtEdge : paper.edge}
              stroke-width={cls < 0 ? 0.6 : edgeWidth(geometry)}
              stroke-opacity={cls < 0 ? 0.8 : 0.75}
              onClick={props.onPlace ? () => props.onPlace!(place) : undefined}
              onMouseMove={props.onPoint ? (event) => props.onPoint!(place, event) : undefined}
              onMouseLeave={props.onPoint ? (event) => props.onPoint!(-1, event) : undefined}
            />
          );
        })}
      </g>
      <Lines {...props} project={project} paper={paper} />
      <Dots {...props} project={project} paper={paper} />
      {props.labels ? <Names labels={props.labels} paper={paper} /> : null}
    </svg>
  );
}

function Lines({ geometry, paint, chronicle, dark, project, paper, selected }: SvgMapProps & { project: Project; paper: Paper }) {
  const besieged = new Set(paint.sieges.flatMap((siege) => siege.places));
  return (
    <g fill="none" stroke-linejoin="round">
      {geometry.outlines.slice(1).map((line) => (
        <path key={line.properties.id} d={pathOf(line.geometry, project)} stroke={paper.faint} stroke-width={1} stroke-dasharray="1 3" stroke-linecap="round" />
      ))}
      {geometry.roads.map((line) => {
        const d = pathOf(line.geometry, project);
        const state = roadState(paint.roads.get(line.properties.id));
        return (
          <g key={line.properties.id}>
            <path d={d} stroke={paper.roadEdge} stroke-width={3.4} />
            <path d={d} stroke={paper.road} stroke-width={2} />
            {state ? <path d={d} {...roadStroke(state, chronicle, dark, paper)} /> : null}
          </g>
        );
      })}
      {geometry.cells.map((cell) => {
        const place = cell.properties.place;
        const d = pathOf(cell.geometry, project);
        return [
          besieged.has(place) ? <path key={`s${place}`} d={d} stroke={paper.siege} stroke-width={2.6} stroke-dasharray="1 4.5" stroke-linecap="round" /> : null,
          place === selected ? <path key={`p${place}`} d={d} stroke={paper.text} stroke-width={2.4} /> : null,
        ];
      })}
    </g>
  );
}

export function roadStroke(state: RoadState, chronicle: Chronicle, dark: boolean, paper: Paper): JSX.IntrinsicElements["path"] {
  if (state.status === "cut") return { stroke: paper.cut, "stroke-width": 2.4, "stroke-dasharray": "2 4" };
  const side = chronicle.meta.sides[chronicle.sideAt.get(state.side) ?? -1];
  const stroke = side ? inkOf(side.hue, dark).fill : paper.open;
  if (state.status === "contested") return { stroke: paper.contestedLine, "stroke-width": 2, "stroke-dasharray": "7 4" };
  return { stroke, "stroke-width": 2.2 };
}

function Dots({ geometry, paint, chronicle, dark, project, paper, width, height, selected, onPlace }: SvgMapProps & { project: Project; paper: Paper }) {
  return (
    <g>
      {geometry.dots.map((dot) => {
        const [x, y] = project(dot.lon, dot.lat);
        if (x < -9 || y < -9 || x > width + 9 || y > height + 9) return null;
        const cls = paint.classOf[dot.place] ?? -1;
        const fill = cls < 0 ? paper.ground : classStyle(chronicle, cls, dark).ink.fill;
        const inside = chronicle.places.cell[dot.place];
        if (inside && dot.place !== selected) return null;
        return (
          <circle
            key={dot.place}
            data-place={dot.place}
            cx={x}
            cy={y}
            r={dot.radius}
            fill={fill}
            fill-opacity={dot.hollow ? 0.35 : 1}
            stroke={dot.place === selected ? paper.text : cls < 0 ? paper.faint : dotEdge(chronicle, cls, dark)}
            stroke-width={dot.place === selected ? 2.4 : 1.2}
            onClick={onPlace ? () => onPlace(dot.place) : undefined}
          />
        );
      })}
    </g>
  );
}

function Names({ labels, paper }: { labels: readonly Label[]; paper: Paper }) {
  const font = "'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC', system-ui, sans-serif";
  return (
    <g font-family={font} text-anchor="middle" fill={paper.text} stroke={paper.halo} stroke-width={3} paint-order="stroke" stroke-linejoin="round">
      {labels.map((label) => (
        <g key={label.place}>
          <text x={label.x} y={label.y + 4} font-size={label.rank === 2 ? 13 : 11.5} font-weight={label.rank ? 600 : 400}>
            {label.name}
          </text>
          {label.local ? (
            <text x={label.x} y={label.y + 17} font-size={10} opacity={0.8} lang={label.local.language} unicode-bidi="isolate">
              {label.local.text}
            </text>
          ) : null}
        </g>
      ))}
    </g>
  );
}

/** The tile of a class: the holder's fill and texture, or stripes of two holders where two versions differ. */
export function ClassPattern({ id, chronicle, cls, dark }: { id: string; chronicle: Chronicle; cls: number; dark: boolean }) {
  const { ink, other } = classStyle(chronicle, cls, dark);
  const strokes = strokesOf(ink.texture);
  if (other) {
    return (
      <pattern id={id} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
        <rect width={TILE} height={TILE} fill={ink.fill} />
        <path d="M-3 3L3 -3M-3 15L15 -3M9 15L15 9" stroke={other.fill} stroke-width={4.4} />
      </pattern>
    );
  }
  return (
    <pattern id={id} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
      <rect width={TILE} height={TILE} fill={ink.fill} />
      {strokes ? <path d={strokes.d} fill="none" stroke={ink.line} stroke-width={strokes.width} stroke-linecap="round" stroke-opacity={strokeAlpha(ink.texture)} /> : null}
    </pattern>
  );
}

export function pathOf(geometry: GeoJSON.Geometry, project: Project): string {
  const line = (points: GeoJSON.Position[], close: boolean) =>
    points.map(([lon, lat], at) => {
      const [x, y] = project(lon!, lat!);
      return `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    }).join("") + (close ? "Z" : "");
  switch (geometry.type) {
    case "Polygon":
      return geometry.coordinates.map((ring) => line(ring, true)).join("");
    case "MultiPolygon":
      return geometry.coordinates.flatMap((polygon) => polygon.map((ring) => line(ring, true))).join("");
    case "LineString":
      return line(geometry.coordinates, false);
    case "MultiLineString":
      return geometry.coordinates.map((part) => line(part, false)).join("");
    default:
      return "";
  }
}


