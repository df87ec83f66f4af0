/** The side of the map: the claims in view, or the one that is open. */

import { useEffect } from "preact/hooks";
import { longDate, number, rangeLabel, t, tn } from "../i18n";
import { change, useView, view } from "../state/store";
import { eventDays } from "../time/series";
import { useWorld } from "../ui/context";
import { say } from "../ui/live";
import { ClaimPanel } from "./detail";
import { Filters } from "./filters";
import { useInView } from "./in-view";
import { ClaimList } from "./list";
import { PlaceHead } from "./place-head";

export function Panel() {
  const { chronicle } = useWorld();
  const claim = useView((view) => view.claim);
  const scope = useView((view) => view.scope);
  const day = useView((view) => view.day)!;
  const range = useView((view) => view.range);
  const place = useView((view) => view.place);
  const extent = useView((view) => view.extent) !== null;
  const inView = useInView();
  const count = inView.claims.length;
  const at = place === null ? undefined : chronicle.placeAt.get(place);
  const when = scope === "day" ? t("claims.of.day", { date: longDate(day) }) : range ? rangeLabel(range[0], range[1]) : t("claims.of.all");
  useEffect(() => say(`${when}${extent ? `, ${t("filter.extent")}` : ""}: ${tn("unit.claims", count)}`), [when, extent, count]);
  return (
    <aside class="panel" aria-label={t("claims.title")}>
      {claim ? <ClaimPanel inView={inView} /> : null}
      <div class="list-panel" hidden={claim !== null}>
        <header class="panel-head">
          <h2>
            {t("claims.title")} <small>{number(count)}</small>
          </h2>
          <div class="scope" role="group" aria-label={t("time.range")}>
            {(["day", "range"] as const).map((name) => (
              <button key={name} type="button" aria-pressed={scope === name} class={scope === name ? "on" : ""} onClick={() => change({ scope: name })}>
                {t(name === "range" && !range ? "scope.all" : `scope.${name}`)}
              </button>
            ))}
          </div>
        </header>
        <Filters />
        {at !== undefined ? <PlaceHead place={at} /> : null}
        <ClaimList rows={inView.rows} none={<NoClaims />} />
      </div>
    </aside>
  );
}

/** Nothing is in view: say so, and lead to the nearest days that have claims. */
function NoClaims() {
  const { chronicle } = useWorld();
  const day = useView((view) => view.day)!;
  const scope = useView((view) => view.scope);
  const days = scope === "day" ? eventDays(chronicle, view()) : [];
  const near = [days.findLast((other) => other < day), days.find((other) => other > day)];
  return (
    <>
      <p>{t("claims.none")}</p>
      <p class="nearby">
        {near.map((other) =>
          other === undefined ? null : (
            <button key={other} type="button" class="chip" onClick={() => change({ day: other })}>
              {longDate(other)}
            </button>
          ),
        )}
      </p>
    </>
  );
}
