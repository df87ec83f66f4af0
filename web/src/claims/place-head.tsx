/** Above the list, when a place is chosen: who holds it on the day shown, and the way to its page. */

import { useEffect, useState } from "preact/hooks";
import { holderOf, monthNow, monthOf } from "../data/control";
import { localName, percent, t } from "../i18n";
import { versionsOf } from "../map/paint";
import { change, useView } from "../state/store";
import { useWorld } from "../ui/context";
import { placeName, sideName, versionName } from "../ui/names";

export function PlaceHead({ place }: { place: number }) {
  const { chronicle } = useWorld();
  const { meta, places } = chronicle;
  const day = useView((view) => view.day)!;
  const pane = useView((view) => view.panes[0]!);
  const version = versionsOf(pane)[0];
  const [, arrived] = useState(0);
  const month = meta.states.length ? monthNow(version, day) : null;
  useEffect(() => {
    if (meta.states.length && !month) void monthOf(chronicle, version, day).then(() => arrived((n) => n + 1), () => undefined);
  }, [version, day, month]);
  const held = month ? holderOf(month.at(day), place, meta.states.length) : null;
  const name = placeName(chronicle, place);
  const local = localName(places.names[place] ?? {}, name);
  return (
    <section class="place-head" aria-label={name}>
      <p class="place-name">
        <bdi>{name}</bdi> {local ? <bdi class="local" lang={local.language}>{local.text}</bdi> : null}
      </p>
      {held ? (
        <p>
          {held.state < 0 ? t("legend.unsaid") : `${sideName(chronicle, meta.states[held.state]!)}, ${percent(held.probability)}`} · {versionName(chronicle, version)}
        </p>
      ) : null}
      <button type="button" class="link" onClick={() => change({ page: "place" })}>
        {t("place.changes")}
      </button>
    </section>
  );
}
