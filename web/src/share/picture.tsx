/** The view as one SVG that stands alone: title and date, the panes with their labels, the legend, the sources, the address. */

import { render } from "preact";
import type { World } from "../ui/context";
import { monthsFor, paintDay, paintDifference, type Paint, versionsOf } from "../map/paint";
import { routesOf } from "../data/chronicle";
import { direction, longDate, t } from "../i18n";
import { labelOrder, placeLabels } from "../map/labels";
import { paperOf } from "../map/palette";
import { camera as sharedCamera } from "../map/shared-camera";
import { ClassPattern, SvgMap } from "../map/svg-map";
import type { View } from "../state/view";
import { methodName, paneName, sideName, sourceName, titleOf } from "../ui/names";
import { fitting } from "../map/camera";
import { claimsInView } from "../claims/in-view";

const WIDTH = 1200;
const MARGIN = 28;
const HEAD = 76;
const FOOT = 132;
const GAP = 12;
const PANE_HEAD = 26;
const FONT = "'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif";

async function paintOf(world: World, pane: string, day: number): Promise<Paint> {
  const [a, b] = await monthsFor(world.chronicle, pane, day);
  if (b) return paintDifference(world.chronicle, a!, b, day);
  return paintDay(world.chronicle, a!, await routesOf(versionsOf(pane)[0]).catch(() => null), day);
}

/** The picture as SVG text. `address` is written at its foot. */
export async function pictureOf(world: World, view: View, dark: boolean, address: string): Promise<string> {
  const paints = await Promise.all(view.panes.map((pane) => paintOf(world, pane, view.day!)));
  const holder = document.createElement("div");
  render(<Picture world={world} view={view} dark={dark} address={address} paints={paints} />, holder);
  const svg = holder.querySelector("svg")!;
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const text = new XMLSerializer().serializeToString(svg);
  render(null, holder);
  return text;
}

interface PictureProps {
  world: World;
  view: View;
  dark: boolean;
  address: string;
  paints: readonly Paint[];
}

function Picture({ world, view, dark, address, paints }: PictureProps) {
  const { chronicle, geometry } = world;
  const paper = paperOf(dark);
  const columns = paints.length === 1 ? 1 : paints.length <= 4 ? 2 : 3;
  const rows = Math.ceil(paints.length / columns);
  const width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns;
  const height = columns === 1 ? 640 : columns === 2 ? 460 : 340;
  const total = HEAD + rows * (height + PANE_HEAD + GAP) + FOOT;
  const camera = sharedCamera() ?? fitting(geometry.home, width, height);
  const order = labelOrder(chronicle, geometry);
  const rtl = direction(view.language) === "rtl";
  const side = rtl ? WIDTH - MARGIN : MARGIN;
  const text = { "font-family": FONT, fill: paper.text, "text-anchor": "start" as const, direction: direction(view.language) };
  return (
    <svg width={WIDTH} height={total} viewBox={`0 0 ${WIDTH} ${total}`}>
      <rect width={WIDTH} height={total} fill={dark ? "#101315" : "#fbf9f5"} />
      <g {...text}>
        <text x={side} y={40} font-size={24} font-weight={600}>
          {longDate(view.day!)}
        </text>
        <text x={side} y={62} font-size={14} fill={paper.faint}>
          {titleOf(chronicle)}
        </text>
      </g>
      {paints.map((paint, at) => {
        const column = rtl ? columns - 1 - (at % columns) : at % columns;
        const x = MARGIN + column * (width + GAP);
        const y = HEAD + Math.floor(at / columns) * (height + PANE_HEAD + GAP);
        const labels = placeLabels(chronicle, geometry, order, camera, width, height, -1);
        const pane = view.panes[at]!;
        return (
          <g key={at} transform={`translate(${x} ${y})`}>
            <text {...text} x={rtl ? width : 0} y={16} font-size={13} font-weight={600}>
              {paneName(chronicle, pane)}
              {pane === "all" && chronicle.meta.method ? ` · ${methodName(chronicle)}` : ""}
            </text>
            <svg y={PANE_HEAD} width={width} height={height}>
              <SvgMap chronicle={chronicle} geometry={geometry} paint={paint} camera={camera} width={width} height={height} dark={dark} prefix={`x${at}-`} selected={-1} labels={labels} />
            </svg>
            <rect y={PANE_HEAD} width={width} height={height} fill="none" stroke={paper.builtEdge} />
          </g>
        );
      })}
      <Foot {...{ world, view, dark, address, text, side, rtl }} top={total - FOOT + 16} />
    </svg>
  );
}

function Foot({ world, view, dark, address, text, side, rtl, top }: Omit<PictureProps, "paints"> & { text: object; side: number; rtl: boolean; top: number }) {
  const { chronicle, geometry } = world;
  const paper = paperOf(dark);
  const entries = [...chronicle.meta.states.map((id, cls) => ({ cls, name: id === "contested" ? t("legend.contested") : sideName(chronicle, id) })), { cls: -1, name: t("legend.unsaid") }];
  const lines = [
    { name: t("legend.road.open"), stroke: paper.open },
    { name: t("legend.road.contested"), stroke: paper.contestedLine, dash: "7 4" },
    { name: t("legend.road.cut"), stroke: paper.cut, dash: "2 4" },
    { name: t("legend.siege"), stroke: paper.siege, dash: "1 4.5", round: true },
  ];
  const step = Math.min(200, (WIDTH - 2 * MARGIN) / entries.length);
  return (
    <g {...text} font-size={12.5}>
      {entries.map(({ cls, name }, at) => {
        const x = rtl ? WIDTH - MARGIN - at * step : MARGIN + at * step;
        return (
          <g key={cls}>
            <defs>{cls >= 0 ? <ClassPattern id={`foot${cls}`} chronicle={chronicle} cls={cls} dark={dark} /> : null}</defs>
            <rect x={rtl ? x - 26 : x} y={top - 12} width={26} height={15} fill={cls < 0 ? "none" : `url(#foot${cls})`} fill-opacity={0.88} stroke={cls < 0 ? paper.faint : "none"} />
            <text x={rtl ? x - 34 : x + 34} y={top}>
              {name}
            </text>
          </g>
        );
      })}
      {lines.map(({ name, stroke, dash, round }, at) => {
        const x = rtl ? WIDTH - MARGIN - at * 280 : MARGIN + at * 280;
        return (
          <g key={name} font-size={11.5}>
            <path d={`M${rtl ? x - 26 : x} ${top + 20}h26`} stroke={stroke} stroke-width={2.4} stroke-dasharray={dash} stroke-linecap={round ? "round" : undefined} />
            <text x={rtl ? x - 34 : x + 34} y={top + 24}>
              {name}
            </text>
          </g>
        );
      })}
      <text x={side} y={top + 48} font-size={11} fill={paper.faint}>
        {t("legend.title")}. {t("legend.sure")}: {t("legend.sure.low")} → {t("legend.sure.high")}. {geometry.cells.length ? t(geometry.schematic ? "map.schematic" : geometry.approximate ? "map.approximate" : "map.areas") : ""}
      </text>
      <text x={side} y={top + 66} font-size={11} fill={paper.faint}>
        {t("nav.sources")}: {sourcesOf(world, view)}
      </text>
      <text x={side} y={top + 86} font-size={10.5} fill={paper.faint} direction="ltr" text-anchor={rtl ? "end" : "start"}>
        {address.length > 190 ? `${address.slice(0, 190)}…` : address} · Zubda {chronicle.meta.program_version} · {chronicle.meta.content.slice(0, 12)}
      </text>
    </g>
  );
}

/** The sources of the claims in view, most heard first; of the whole chronicle where nobody spoke that day. */
function sourcesOf({ chronicle }: World, view: View): string {
  const counts = new Map<number, number>();
  const source = chronicle.claims.column("source");
  for (const claim of claimsInView(chronicle, view)) counts.set(source[claim]!, (counts.get(source[claim]!) ?? 0) + 1);
  if (!counts.size) chronicle.meta.sources.forEach((one, at) => one.claims && counts.set(at, one.claims));
  const order = [...counts].sort((a, b) => b[1] - a[1]).map(([at]) => sourceName(chronicle, at));
  return order.slice(0, 10).join(", ") + (order.length > 10 ? " …" : "");
}

/** The same picture as pixels, twice as fine as on the screen. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}
