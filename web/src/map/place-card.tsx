/** A small card beside the pointer: the place, and the probability of each holder in this pane. */

import { monthNow } from "../data/control";
import { localName, nameIn, percent, t } from "../i18n";
import { useDark, useWorld } from "../ui/context";
import { sideName, versionName } from "../ui/names";
import { stateInk, versionsOf } from "./paint";

interface Props {
  pane: string;
  day: number;
  place: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export function PlaceCard({ pane, day, place, x, y, width, height }: Props) {
  const { chronicle } = useWorld();
  const dark = useDark();
  const name = nameIn(chronicle.places.names[place] ?? {}, chronicle.places.id[place] ?? "");
  const local = localName(chronicle.places.names[place] ?? {}, name);
  const left = x > width / 2 ? { right: `${width - x + 14}px` } : { left: `${x + 14}px` };
  const top = y > height / 2 ? { bottom: `${height - y + 10}px` } : { top: `${y + 10}px` };
  return (
    <div class="place-card" style={{ ...left, ...top }} aria-hidden="true">
      <strong>
        <bdi>{name}</bdi>
      </strong>
      {local ? <bdi class="local" lang={local.language}>{local.text}</bdi> : null}
      {versionsOf(pane).map((version, _, all) => (
        <div key={version}>
          {all.length > 1 ? <div class="card-version">{versionName(chronicle, version)}</div> : null}
          <Bars place={place} day={day} version={version} dark={dark} />
        </div>
      ))}
    </div>
  );
}

function Bars({ place, day, version, dark }: { place: number; day: number; version: string; dark: boolean }) {
  const { chronicle } = useWorld();
  const states = chronicle.meta.states;
  const row = states.length ? monthNow(version, day)?.at(day) : undefined;
  const told = states
    .map((id, at) => ({ id, at, value: (row?.[place * states.length + at] ?? 0) / 255 }))
    .filter((entry) => entry.value >= 0.01)
    .sort((a, b) => b.value - a.value);
  if (!told.length) return <div class="unsaid">{t("legend.unsaid")}</div>;
  return (
    <ul class="bars">
      {told.map(({ id, at, value }) => (
        <li key={id}>
          <span class="bar-name">{sideName(chronicle, id)}</span>
          <span class="bar">
            <span style={{ width: `${value * 100}%`, background: stateInk(chronicle, at, dark).fill }} />
          </span>
          <span class="bar-value">{percent(value)}</span>
        </li>
      ))}
    </ul>
  );
}
