/** A place: who held it when and by whose word, who said what, and all claims that name it. */

import { placeForms, placeRecord } from "../data/chronicle";
import type { PlaceRecord } from "../data/types";
import { localName, number, percent, rangeLabel, shortDate, t, tn, word } from "../i18n";
import { strengthOf } from "../map/palette";
import { ClassPattern } from "../map/svg-map";
import { openClaim, showPlace } from "../state/open-claim";
import { change, useView } from "../state/store";
import { useDark, useLoaded, useWorld } from "../ui/context";
import { placeName, sideName, sourceName } from "../ui/names";
import { PlaceLink } from "../claims/detail";
import { ClaimLink, ClaimLinks } from "./claim-links";
import { PageFrame } from "./frame";

export function PlacePage() {
  const { chronicle } = useWorld();
  const id = useView((view) => view.place);
  const place = id === null ? -1 : (chronicle.placeAt.get(id) ?? -1);
  const record = useLoaded(() => (place < 0 ? Promise.resolve(null) : placeRecord(place)), [place]);
  const forms = useLoaded(placeForms, []).value?.[place] ?? [];
  if (place < 0) return <PageFrame name="place" title={id ?? ""}>{null}</PageFrame>;
  const name = placeName(chronicle, place);
  const local = localName(chronicle.places.names[place] ?? {}, name);
  return (
    <PageFrame
      name={`place ${id}`}
      title={
        <>
          <bdi>{name}</bdi> {local ? <bdi class="local" lang={local.language}>{local.text}</bdi> : null}
        </>
      }
      lead={<PlaceLead place={place} />}
    >
      <p>
        <button type="button" class="chip" onClick={() => { change({ page: "map" }); showPlace(chronicle, place); }}>
          {t("place.show")}
        </button>
      </p>
      {record.value && record.value.place === place ? <Record record={record.value} /> : null}
      {forms.length ? (
        <section>
          <h2>{t("place.spelling")}</h2>
          <p class="spellings">
            {forms.map((form) => (
              <bdi key={form}>{form}</bdi>
            ))}
          </p>
        </section>
      ) : null}
    </PageFrame>
  );
}

function PlaceLead({ place }: { place: number }) {
  const { chronicle } = useWorld();
  const { places } = chronicle;
  const precision = places.precision_m[place];
  const parent = places.parent[place] ?? -1;
  const known = typeof precision === "number" && typeof places.latitude[place] === "number";
  return (
    <>
      {word("ground", places.kind[place] ?? "")}
      {parent >= 0 ? (
        <>
          {" · "}
          {t("place.inside")} <PlaceLink place={parent} />
        </>
      ) : null}
      {" · "}
      {known ? (
        <>
          <bdi>
            {places.latitude[place]!.toFixed(4)}, {places.longitude[place]!.toFixed(4)}
          </bdi>{" "}
          ({t(precision > 3000 ? "place.imprecise" : "place.precision", { m: number(precision) })}; {places.origin[place]})
        </>
      ) : (
        t("place.unknown")
      )}
    </>
  );
}

function Record({ record }: { record: PlaceRecord }) {
  return (
    <>
      <section>
        <h2>{t("place.changes")}</h2>
        {record.changes.length ? <Strip record={record} /> : <p class="empty">{t("place.none")}</p>}
        <ol class="changes">
          {record.changes.map((span, at) => (
            <Change key={at} span={span} />
          ))}
        </ol>
      </section>
      {record.said.length ? <Said record={record} /> : null}
      <section>
        <h2>
          {t("place.claims")} <small>{number(record.claims.length)}</small>
        </h2>
        <ClaimLinks claims={record.claims} />
      </section>
    </>
  );
}

/** The likeliest holder of each day as one strip over the whole time, as strong as on the map. */
function Strip({ record }: { record: PlaceRecord }) {
  const { chronicle } = useWorld();
  const dark = useDark();
  const { first, last, states } = chronicle.meta;
  const at = (day: number) => ((Math.min(last + 1, Math.max(first, day)) - first) / (last - first + 1)) * 100;
  const said = record.changes.map((span) => `${sideName(chronicle, span.holder ?? "")}: ${shortDate(span.began[0])}`).join("; ");
  return (
    <svg class="strip" direction="ltr" role="img" aria-label={said}>
      <defs>
        {states.map((id, state) => (
          <ClassPattern key={id} id={`strip-${state}`} chronicle={chronicle} cls={state} dark={dark} />
        ))}
      </defs>
      {record.course.map(([begins, state, probability], index) => {
        const [from, to] = [at(begins), at(record.course[index + 1]?.[0] ?? last + 1)];
        return to > from ? <rect key={index} x={`${from}%`} width={`${to - from}%`} height="100%" fill={`url(#strip-${state})`} fill-opacity={strengthOf(probability)} /> : null;
      })}
    </svg>
  );
}

function Change({ span }: { span: PlaceRecord["changes"][number] }) {
  const { chronicle } = useWorld();
  const state = chronicle.meta.states.indexOf(span.holder ?? "");
  const day = span.began[1];
  return (
    <li>
      <div class="change-head">
        <svg width="16" height="12" aria-hidden="true">
          <rect width="16" height="12" fill={state < 0 ? "none" : `url(#strip-${state})`} />
        </svg>
        <strong>{span.holder === null ? t("holder.unsaid") : sideName(chronicle, span.holder)}</strong>
        <button type="button" class="link" onClick={() => change({ page: "map", day: Math.min(chronicle.meta.last, Math.max(chronicle.meta.first, day)) })}>
          {rangeLabel(span.began[0], span.began[1])}
        </button>
        {span.ended ? <span class="note">{t("place.until", { when: rangeLabel(span.ended[0], span.ended[1]) })}</span> : null}
        <span class="note">{percent(span.probability)}</span>
      </div>
      <ul class="claim-links">
        {span.claims.slice(0, 5).map(([claim, bits]) => (
          <li key={claim}>
            <ClaimLink claim={claim} note={t("place.bits", { n: number(bits, { maximumFractionDigits: 1, signDisplay: "exceptZero" }) })} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Said({ record }: { record: PlaceRecord }) {
  const { chronicle } = useWorld();
  return (
    <section>
      <h2>
        {t("place.said")} <small>{tn("unit.claims", record.said.length)}</small>
      </h2>
      <div class="table-box" tabIndex={0} role="region" aria-label={t("place.said")}>
        <table>
          <tbody>
            {record.said.map((row) => (
              <tr key={row.claim}>
                <td>{rangeLabel(row.first, row.last)}</td>
                <td>
                  <bdi>{sourceName(chronicle, row.source)}</bdi>
                </td>
                <td>
                  <button type="button" class="link" onClick={() => void openClaim(chronicle, row.claim)}>
                    {sideName(chronicle, row.holder)}, {word("change", row.change)}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
