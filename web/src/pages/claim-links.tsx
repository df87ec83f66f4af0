/** Claims named on a page, each one step from its sentence. */

import { useState } from "preact/hooks";
import { claimAt } from "../data/chronicle";
import { number, rangeLabel, t, word } from "../i18n";
import { openClaim } from "../state/open-claim";
import { isGraphic, Folded } from "../claims/folded";
import { useLoaded, useWorld } from "../ui/context";
import { sourceName } from "../ui/names";

/** One line that opens a claim: source, type, day, and how it begins. `note` stands at its end. */
export function ClaimLink({ claim, note }: { claim: number; note?: string }) {
  const { chronicle } = useWorld();
  const { claims, meta } = chronicle;
  const loaded = useLoaded(() => claimAt(chronicle, claim), [claim]).value;
  return (
    <button type="button" class="claim-link" onClick={() => void openClaim(chronicle, claim)}>
      <span class="claim-link-head">
        <bdi>{sourceName(chronicle, claims.column("source")[claim]!)}</bdi>
        <span>{word("type", meta.types[claims.column("type")[claim]!] ?? "")}</span>
        <span>{rangeLabel(claims.column("first")[claim]!, claims.column("last")[claim]!)}</span>
        {note ? <span class="note">{note}</span> : null}
      </span>
      {loaded ? (
        isGraphic(chronicle, claim) ? (
          <Folded class="claim-link-text" text={loaded.text} language={loaded.language} />
        ) : (
          <span class="claim-link-text" lang={loaded.language} dir="auto">
            {loaded.text}
          </span>
        )
      ) : null}
    </button>
  );
}

const AT_ONCE = 20;

export function ClaimLinks({ claims }: { claims: readonly number[] }) {
  const [most, setMost] = useState(AT_ONCE);
  return (
    <>
      <ul class="claim-links">
        {claims.slice(0, most).map((claim) => (
          <li key={claim}>
            <ClaimLink claim={claim} />
          </li>
        ))}
      </ul>
      {claims.length > most ? (
        <button type="button" class="chip" onClick={() => setMost(most + 5 * AT_ONCE)}>
          {t("tolls.more")} ({number(claims.length - most)})
        </button>
      ) : null}
    </>
  );
}
