/** Rows of the list: a heading, an event that several claims tell of, a claim. */

import { claimAt } from "../data/chronicle";
import type { Claim } from "../data/types";
import { rangeLabel, t, tn, word } from "../i18n";
import type { Key } from "../i18n/en";
import { groupOf } from "../time/series";
import { useLoaded, useWorld } from "../ui/context";
import { placeName, sourceName } from "../ui/names";
import { Folded, isGraphic } from "./folded";

export function SectionRow({ name }: { name: string }) {
  return <h3 class="section-row">{t(name as Key)}</h3>;
}

export function EventRow({ event, claims }: { event: number; claims: number }) {
  const { chronicle } = useWorld();
  const { events, meta } = chronicle;
  const grade = meta.grades[events.column("grade")[event]!] ?? "none";
  return (
    <div class="event-row">
      <span class="event-type">{word("type", meta.types[events.column("type")[event]!] ?? "other")}</span>
      <span class="event-when">{rangeLabel(events.column("first")[event]!, events.column("last")[event]!)}</span>
      <span class="event-count">
        {tn("unit.claims", claims)}, {tn("unit.witnesses", events.column("witnesses")[event]!)}
      </span>
      <Grade grade={grade} />
    </div>
  );
}

export function Grade({ grade }: { grade: string }) {
  return <span class={`grade grade-${grade}`}>{word("grade", grade)}</span>;
}

interface ClaimRowProps {
  claim: number;
  grouped: boolean;
  row: number;
  tabbed: boolean;
  onFocus: () => void;
  onOpen: () => void;
}

export function ClaimRow({ claim, grouped, row, tabbed, onFocus, onOpen }: ClaimRowProps) {
  const { chronicle } = useWorld();
  const { claims, events, meta } = chronicle;
  const loaded = useLoaded(() => claimAt(chronicle, claim), [claim]).value;
  const type = meta.types[claims.column("type")[claim]!] ?? "other";
  const event = chronicle.eventOf(claim);
  const grade = !grouped && event >= 0 ? meta.grades[events.column("grade")[event]!] : undefined;
  const denied = (claims.column("flags")[claim]! & 1) !== 0;
  const places = placesOf(chronicle.claims.column("places_at"), chronicle.claims.column("places"), claim);
  return (
    <button type="button" class={`claim-row${grouped ? " grouped" : ""}`} data-row={row} data-claim={claim} tabIndex={tabbed ? 0 : -1} onFocus={onFocus} onClick={onOpen}>
      <span class="claim-head">
        <span class="claim-type">
          <i class={`swatch group-${groupOf(type)}`} aria-hidden="true" />
          {word("type", type)}
        </span>
        <span class="claim-source">
          <bdi>{sourceName(chronicle, claims.column("source")[claim]!)}</bdi>
        </span>
        {denied ? <span class="denied">{t("claim.denies")}</span> : null}
        {grade ? <Grade grade={grade} /> : null}
      </span>
      <ClaimText claim={loaded} graphic={isGraphic(chronicle, claim)} />
      <span class="claim-foot">
        <span>{rangeLabel(claims.column("first")[claim]!, claims.column("last")[claim]!)}</span>
        {places.length ? (
          <span class="claim-places">
            {places.slice(0, 3).map((place) => (
              <bdi key={place}>{placeName(chronicle, place)}</bdi>
            ))}
            {places.length > 3 ? <span>+{places.length - 3}</span> : null}
          </span>
        ) : null}
      </span>
    </button>
  );
}

function ClaimText({ claim, graphic }: { claim: Claim | null; graphic: boolean }) {
  if (!claim) return <span class="claim-text waiting">…</span>;
  if (graphic) return <Folded class="claim-text" text={claim.text} language={claim.language} />;
  return (
    <span class="claim-text" lang={claim.language} dir="auto">
      {claim.text}
    </span>
  );
}

export function placesOf(starts: ArrayLike<number>, places: ArrayLike<number>, claim: number): number[] {
  const found: number[] = [];
  for (let at = starts[claim]!; at < starts[claim + 1]!; at += 1) found.push(places[at]!);
  return found;
}
