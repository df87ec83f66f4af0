/** All places that claims name, found in any spelling. */

import { useMemo, useState } from "preact/hooks";
import { placeForms } from "../data/chronicle";
import { localName, number, t } from "../i18n";
import { change } from "../state/store";
import { useLoaded, useWorld } from "../ui/context";
import { placeName } from "../ui/names";
import { PageFrame } from "./frame";

const MOST = 150;

export function PlacesPage() {
  const { chronicle } = useWorld();
  const [find, setFind] = useState("");
  const forms = useLoaded(placeForms, []).value;
  const { places } = chronicle;
  const folded = useMemo(
    () => places.id.map((id, at) => fold([id, ...Object.values(places.names[at] ?? {}), ...(forms?.[at] ?? [])].join("\n"))),
    [forms],
  );
  const wanted = fold(find);
  const found = useMemo(
    () =>
      places.id
        .map((_, at) => at)
        .filter((at) => (wanted ? folded[at]!.includes(wanted) : places.claims[at]! > 0))
        .sort((a, b) => places.claims[b]! - places.claims[a]!),
    [wanted, folded],
  );
  return (
    <PageFrame name="places" title={t("nav.places")}>
      <input type="search" class="find" id="find-place" value={find} placeholder={t("place.find")} aria-label={t("place.find")} onInput={(event) => setFind(event.currentTarget.value)} />
      <ul class="place-list">
        {found.slice(0, MOST).map((at) => {
          const name = placeName(chronicle, at);
          const local = localName(places.names[at] ?? {}, name);
          return (
            <li key={at}>
              <button type="button" onClick={() => change({ page: "place", place: places.id[at]! })}>
                <bdi>{name}</bdi>
                {local ? <bdi class="local" lang={local.language}>{local.text}</bdi> : null}
                <span class="note">{number(places.claims[at]!)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </PageFrame>
  );
}

/** Letters alone, without marks and case, so that Sha'ar finds Shaar. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f'’ʿʾ`-]/g, "").toLowerCase().trim();
}
