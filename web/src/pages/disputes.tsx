/** Disputes: claims that cannot all be right, heaviest first, each position beside the others. */

import { useEffect, useState } from "preact/hooks";
import { disputesAt } from "../data/chronicle";
import { type Dispute, NO_DAY } from "../data/types";
import { number, rangeLabel, t, word } from "../i18n";
import { change } from "../state/store";
import { PlaceLink } from "../claims/detail";
import { useWorld } from "../ui/context";
import { sourceName } from "../ui/names";
import { ClaimLink } from "./claim-links";
import { PageFrame } from "./frame";
import { positionOf, topicOf } from "./says";

const CHUNK = 250;
const AT_ONCE = 20;

export function DisputesPage() {
  const { chronicle } = useWorld();
  const total = chronicle.disputes;
  const [most, setMost] = useState(AT_ONCE);
  const [about, setAbout] = useState("");
  const [all, setAll] = useState<Dispute[]>([]);
  const wanted = about ? all.filter((dispute) => dispute.about === about) : all;
  useEffect(() => {
    if (all.length < total && (about || all.length < most)) {
      void disputesAt(Math.floor(all.length / CHUNK)).then((more) => setAll((now) => (now.length === all.length ? [...now, ...more] : now)), () => undefined);
    }
  }, [all.length, total, most, about]);
  const kinds = ["what", "who", "holder", "count", "when"];
  return (
    <PageFrame name="disputes" title={<>{t("disputes.title")} <small>{number(total)}</small></>} lead={t("disputes.lead")}>
      {chronicle.linked && total === 0 ? <p class="empty">{t("disputes.none")}</p> : null}
      <div class="tabs" role="group" aria-label={t("disputes.title")}>
        {["", ...kinds].map((kind) => (
          <button key={kind} type="button" class={`chip${about === kind ? " on" : ""}`} aria-pressed={about === kind} onClick={() => setAbout(kind)}>
            {kind ? word("about", kind) : t("filter.all")}
          </button>
        ))}
      </div>
      <ol class="disputes">
        {wanted.slice(0, most).map((dispute) => (
          <DisputeItem key={dispute.id} dispute={dispute} />
        ))}
      </ol>
      {wanted.length > most || (!about && total > most) ? (
        <button type="button" class="chip" onClick={() => setMost(most + 2 * AT_ONCE)}>
          {t("tolls.more")}
        </button>
      ) : null}
    </PageFrame>
  );
}

function DisputeItem({ dispute }: { dispute: Dispute }) {
  const { chronicle } = useWorld();
  const dated = dispute.first !== NO_DAY;
  return (
    <li class="dispute">
      <header>
        <span class="dispute-about">{word("about", dispute.about)}</span>
        <span class="quiet-text">{topicOf(chronicle, dispute)}</span>
        {dispute.places.slice(0, 3).map((place) => (
          <PlaceLink key={place} place={place} />
        ))}
        {dated ? (
          <button type="button" class="link" onClick={() => change({ page: "map", day: Math.min(chronicle.meta.last, Math.max(chronicle.meta.first, dispute.first)) })}>
            {rangeLabel(dispute.first, dispute.last)}
          </button>
        ) : null}
      </header>
      <div class="positions">
        {dispute.positions.map((position, at) => (
          <div key={at} class="position">
            <h2>
              {positionOf(chronicle, dispute.about, position.says)}
            </h2>
            <p class="quiet-text">
              {position.sources.map((source, at) => (
                <span key={source}>
                  {at ? " · " : ""}
                  <bdi>{sourceName(chronicle, source)}</bdi>
                </span>
              ))}
            </p>
            <ul class="claim-links">
              {position.claims.slice(0, 3).map((claim) => (
                <li key={claim}>
                  <ClaimLink claim={claim} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </li>
  );
}
