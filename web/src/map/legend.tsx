/** What colours, textures, strength, lines and dots mean. */

import { routesOf } from "../data/chronicle";
import { longDate, nameIn, percent, t, word } from "../i18n";
import { useView } from "../state/store";
import { useDark, useLoaded, useWorld } from "../ui/context";
import { placeName, sideName } from "../ui/names";
import { ClassPattern } from "./svg-map";
import { paperOf } from "./palette";
import { agreeClass, pairClass, routesOn, versionsOf } from "./paint";

export function Legend({ open, toggle }: { open: boolean; toggle: (open: boolean) => void }) {
  const { chronicle } = useWorld();
  const dark = useDark();
  const panes = useView((view) => view.panes);
  const paper = paperOf(dark);
  const states = chronicle.meta.states;
  const differs = panes.some((pane) => versionsOf(pane).length === 2);
  if (!states.length) return <p class="legend legend-note">{t("pane.none")}</p>;
  return (
    <section class="legend" aria-label={t("legend.show")}>
      <ul>
        {states.map((id, at) => (
          <li key={id}>
            <Swatch cls={at} dark={dark} />
            {id === "contested" ? t("legend.contested") : sideName(chronicle, id)}
          </li>
        ))}
        <li>
          <svg width="26" height="16" aria-hidden="true">
            <rect x="0.5" y="0.5" width="25" height="15" fill="none" stroke={paper.faint} stroke-width="0.8" />
          </svg>
          {t("legend.unsaid")}
        </li>
        {differs && states.length > 2 ? (
          <>
            <li>
              <Swatch cls={agreeClass(states.length)} dark={dark} />
              {t("legend.agree")}
            </li>
            <li>
              <Swatch cls={pairClass(states.length, 0, 1)} dark={dark} />
              {t("legend.differ")}
            </li>
          </>
        ) : null}
      </ul>
      <details open={open} onToggle={(event) => toggle(event.currentTarget.open)}>
        <summary>{t("legend.more")}</summary>
        <More />
      </details>
    </section>
  );
}

function More() {
  const { geometry } = useWorld();
  const paper = paperOf(useDark());
  return (
    <div class="legend-more">
      <p>{t("legend.title")}</p>
      <p class="legend-sure">
        <span>{t("legend.sure")}:</span> {t("legend.sure.low")}
        <svg width="80" height="12" aria-hidden="true">
          {[0.2, 0.4, 0.6, 0.75, 0.88].map((opacity, at) => (
            <rect key={at} x={at * 16} width={15} height={12} fill={paper.text} fill-opacity={opacity} />
          ))}
        </svg>
        {t("legend.sure.high")}
      </p>
      <ul>
        <LineItem text={t("legend.road.open")} stroke={paper.open} />
        <LineItem text={t("legend.road.contested")} stroke={paper.contestedLine} dash="7 4" />
        <LineItem text={t("legend.road.cut")} stroke={paper.cut} dash="2 4" />
        <LineItem text={t("legend.siege")} stroke={paper.siege} dash="1 4.5" round />
        <li>
          <svg width="26" height="14" aria-hidden="true">
            <circle cx="7" cy="7" r="3.5" fill={paper.faint} />
            <circle cx="19" cy="7" r="5" fill={paper.faint} fill-opacity="0.35" stroke={paper.faint} />
          </svg>
          {t("legend.dot")}; {t("legend.dot.hollow")}
        </li>
      </ul>
      <Today />
      {geometry.cells.length ? <p class="legend-note">{t(geometry.schematic ? "map.schematic" : geometry.approximate ? "map.approximate" : "map.areas")}</p> : null}
    </div>
  );
}

function Swatch({ cls, dark }: { cls: number; dark: boolean }) {
  const { chronicle } = useWorld();
  return (
    <svg width="26" height="16" aria-hidden="true">
      <defs>
        <ClassPattern id={`legend-${cls}`} chronicle={chronicle} cls={cls} dark={dark} />
      </defs>
      <rect width="26" height="16" fill={`url(#legend-${cls})`} fill-opacity={0.88} />
    </svg>
  );
}

function LineItem({ text, stroke, dash, round }: { text: string; stroke: string; dash?: string; round?: boolean }) {
  return (
    <li>
      <svg width="26" height="10" aria-hidden="true">
        <path d="M1 5H25" stroke={stroke} stroke-width="2.4" stroke-dasharray={dash} stroke-linecap={round ? "round" : undefined} />
      </svg>
      {text}
    </li>
  );
}

/** Roads and sieges of the day in words, for those who do not see the lines. */
function Today() {
  const { chronicle } = useWorld();
  const day = useView((view) => view.day)!;
  const version = versionsOf(useView((view) => view.panes[0]!))[0];
  const routes = useLoaded(() => routesOf(version), [version]).value;
  if (!routes) return null;
  const { roads, sieges } = routesOn(routes, day);
  const names = new Map(chronicle.basemap.features.map((line) => [line.properties.id, line.properties.names]));
  if (!roads.size && !sieges.length) return null;
  return (
    <ul class="legend-today" aria-label={longDate(day)}>
      {[...roads].map(([id, spans]) => (
        <li key={id}>
          <bdi>{nameIn(names.get(id) ?? {}, id)}</bdi>:{" "}
          {spans.map((span) => t("road.state", { side: sideName(chronicle, span.side), status: word("road", span.status), p: percent(span.probability) })).join("; ")}
        </li>
      ))}
      {sieges.map((siege, at) => (
        <li key={at}>
          {t("legend.siege")}: {siege.places.slice(0, 4).map((place) => placeName(chronicle, place)).join(", ")} ({sideName(chronicle, siege.side)}, {percent(siege.probability)})
        </li>
      ))}
    </ul>
  );
}
