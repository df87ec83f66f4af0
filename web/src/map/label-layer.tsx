/** Names above the map. They are buttons: one stop for the Tab key, arrows walk from name to name, Enter opens the place. */

import { useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { change } from "../state/store";
import type { Camera } from "../state/view";
import { useWorld } from "../ui/context";
import type { Pointed } from "./shared-pointer";
import { type Box, type Label, labelOrder, placeLabels } from "./labels";

interface Props {
  camera: Camera;
  width: number;
  height: number;
  selected: number;
  /** What stands on the map already. */
  kept: readonly Box[];
  onHover: (pointed: Pointed | null) => void;
}

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function LabelLayer({ camera, width, height, selected, kept, onHover }: Props) {
  const { chronicle, geometry } = useWorld();
  const order = useMemo(() => labelOrder(chronicle, geometry), []);
  const labels = useMemo(
    () => placeLabels(chronicle, geometry, order, camera, width, height, selected, kept),
    [camera, width, height, selected],
  );
  const [stop, setStop] = useState(-1);
  const layer = useRef<HTMLDivElement>(null);
  const tabbed = labels.some((label) => label.place === stop) ? stop : (labels[0]?.place ?? -1);

  const walk = (event: KeyboardEvent, from: Label) => {
    const towards = DIRECTIONS[event.key];
    if (!towards) return;
    event.preventDefault();
    event.stopPropagation();
    const next = nearest(labels, from, towards);
    if (!next) return;
    setStop(next.place);
    layer.current?.querySelector<HTMLElement>(`[data-label="${next.place}"]`)?.focus();
  };

  return (
    <div class="labels" ref={layer} role="group" aria-label={t("place.nearby")}>
      {labels.map((label) => (
        <button
          key={label.place}
          type="button"
          data-label={label.place}
          class={`label rank-${label.rank}${label.place === selected ? " on" : ""}`}
          style={{ transform: `translate(${label.x.toFixed(1)}px, ${label.y.toFixed(1)}px) translate(-50%, -9px)` }}
          tabIndex={label.place === tabbed ? 0 : -1}
          aria-current={label.place === selected ? "true" : undefined}
          onClick={() => change({ place: chronicle.places.id[label.place]!, claim: null })}
          onKeyDown={(event) => walk(event, label)}
          onFocus={() => onHover({ place: label.place, x: label.x, y: label.y })}
          onBlur={() => onHover(null)}
          onMouseEnter={() => onHover({ place: label.place, x: label.x, y: label.y })}
          onMouseLeave={() => onHover(null)}
        >
          <bdi>{label.name}</bdi>
          {label.local ? (
            <bdi class="local" lang={label.local.language}>
              {label.local.text}
            </bdi>
          ) : null}
        </button>
      ))}
    </div>
  );
}

/** The nearest label in a direction: as near as possible, and not too far aside. */
function nearest(labels: readonly Label[], from: Label, [dx, dy]: readonly [number, number]): Label | null {
  let best: Label | null = null;
  let least = Infinity;
  for (const label of labels) {
    const ahead = (label.x - from.x) * dx + (label.y - from.y) * dy;
    const aside = Math.abs((label.x - from.x) * dy) + Math.abs((label.y - from.y) * dx);
    if (label === from || ahead <= 1 || ahead + 2 * aside >= least) continue;
    least = ahead + 2 * aside;
    best = label;
  }
  return best;
}
