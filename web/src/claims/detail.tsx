/** One claim, whole: who says what, when, where, with which numbers; its event; the rules that fired; its sentence in its document. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { eventAt, ruleTexts } from "../data/chronicle";
import type { Claim, Count, FiredRule, Party } from "../data/types";
import { number, percent, rangeLabel, t, word } from "../i18n";
import { openClaim, useOpenClaim } from "../state/open-claim";
import { change } from "../state/store";
import { groupOf } from "../time/series";
import { useLoaded, useWorld } from "../ui/context";
import { placeName, sideName, sourceName } from "../ui/names";
import { isGraphic, unfoldAll, useUnfolded } from "./folded";
import type { InView } from "./in-view";
import type { Span } from "./offsets";
import { Passage } from "./passage";
import { Grade } from "./row";

const STACKED = "(max-width: 760px)";

export function ClaimPanel({ inView }: { inView: InView }) {
  const { chronicle } = useWorld();
  const state = useOpenClaim();
  const heading = useRef<HTMLHeadingElement>(null);
  const position = state?.open?.position ?? -1;
  // Below the map, as on a phone, the claim has to be brought into view; beside it, the page stays where it is.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    if (matchMedia(STACKED).matches) heading.current?.scrollIntoView({ block: "start" });
  }, [position]);
  if (!state) return null;
  const order = inView.rows.flatMap((row) => (row.kind === "claim" ? [row.claim] : []));
  const at = order.indexOf(position);
  const beside = (by: number) => (at < 0 ? undefined : order[at + by]);
  const step = (by: number, sign: string, label: string) => {
    const to = beside(by);
    return (
      <button type="button" class="icon" disabled={to === undefined} aria-label={label} title={label} onClick={() => to !== undefined && void openClaim(chronicle, to)}>
        <span aria-hidden="true">{sign}</span>
      </button>
    );
  };
  return (
    <article class="claim-panel" aria-labelledby="claim-heading">
      <header class="panel-head">
        <button type="button" class="chip back" onClick={closeClaim}>
          {t("tool.back")}
        </button>
        <h2 id="claim-heading" tabIndex={-1} ref={heading}>
          {t("claim.title")} <code>{state.id}</code>
        </h2>
        <span class="panel-tools">
          {step(-1, "↑", t("claim.previous"))}
          {step(1, "↓", t("claim.next"))}
        </span>
      </header>
      {state.missing ? <p class="empty">{t("claim.missing", { id: state.id })}</p> : null}
      {state.open ? <ClaimBody key={state.id} claim={state.open.claim} position={position} /> : null}
    </article>
  );
}

/** Back to the list, at the row one came from. */
export function closeClaim(): void {
  const position = document.querySelector(".claim-panel [data-position]")?.getAttribute("data-position");
  change({ claim: null });
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-claim="${position}"]`) ?? document.querySelector<HTMLElement>("#claims [tabindex='0']");
    row?.focus();
  });
}

function ClaimBody({ claim, position }: { claim: Claim; position: number }) {
  const { chronicle } = useWorld();
  const graphic = isGraphic(chronicle, position);
  const unfolded = useUnfolded();
  const [rule, setRule] = useState<FiredRule | null>(null);
  const shown = !graphic || unfolded;
  const fired: readonly Span[] = rule?.spans ?? [];
  return (
    <div class="claim-body" data-position={position}>
      <p class="claim-line">
        <i class={`swatch group-${groupOf(claim.type)}`} aria-hidden="true" />
        <strong>{word("type", claim.type)}</strong>
        <span class="claim-by">
          <SourceLink position={claim.source} said={claim.said_by} /> {t(claim.polarity === "deny" ? "claim.denies" : "claim.said")}
        </span>
      </p>
      {claim.text === "" ? <p class="quiet-text">{t("claim.coded")}</p> : null}
      {shown ? (
        <blockquote lang={claim.language} dir="auto" hidden={claim.text === ""}>
          {claim.text}
        </blockquote>
      ) : (
        <button type="button" class="chip fold" onClick={unfoldAll}>
          {t("claim.fold")}
        </button>
      )}
      <Fields claim={claim} />
      <SameEvent position={position} />
      {shown && claim.document >= 0 && claim.spans.length ? <Passage claim={claim} fired={fired} /> : null}
      <Rules claim={claim} rule={rule} setRule={setRule} />
    </div>
  );
}

function SourceLink({ position, said }: { position: number; said: string | null }) {
  const { chronicle } = useWorld();
  const source = chronicle.meta.sources[position];
  const name = sourceName(chronicle, position);
  return (
    <>
      <button type="button" class="link" onClick={() => source && change({ page: "source", source: source.id, claim: null })}>
        <bdi>{name}</bdi>
      </button>
      {said && said !== name && said !== "unnamed" ? <bdi class="said"> ({said})</bdi> : null}
    </>
  );
}

function Field({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Fields({ claim }: { claim: Claim }) {
  const { chronicle } = useWorld();
  const { control } = claim;
  return (
    <dl class="fields">
      <Field name={t("claim.when")}>{rangeLabel(claim.first, claim.last)}</Field>
      {claim.places.length ? (
        <Field name={t("claim.where")}>
          {claim.places.map((mention, at) => (
            <span key={at} class="part">
              {mention.place >= 0 ? <PlaceLink place={mention.place} /> : null}
              <bdi class="said"> {mention.place >= 0 ? `(${mention.surface})` : mention.surface}</bdi>
            </span>
          ))}
        </Field>
      ) : null}
      {claim.actors.length ? <Field name={t("claim.who")}>{claim.actors.map(partyText)}</Field> : null}
      {claim.targets.length ? <Field name={t("claim.whom")}>{claim.targets.map(partyText)}</Field> : null}
      {control ? (
        <Field name={t("claim.holder")}>
          {sideName(chronicle, control.holder)}, {word("change", control.change)}
          {control.share ? `, ${t("claim.share", { low: percent(control.share[0]), high: percent(control.share[1]) })}` : ""}
        </Field>
      ) : null}
      {claim.counts.length ? <Field name={t("claim.counts")}>{claim.counts.map((count, at) => <span key={at} class="part">{countText(count)}</span>)}</Field> : null}
    </dl>
  );

  function partyText(party: Party, at: number) {
    return (
      <span key={at} class="part">
        <bdi>{party.surface}</bdi>
        <span class="said"> {sideName(chronicle, party.side)}</span>
      </span>
    );
  }
}

export function PlaceLink({ place }: { place: number }) {
  const { chronicle } = useWorld();
  return (
    <button type="button" class="link" onClick={() => change({ page: "place", place: chronicle.places.id[place]!, claim: null })}>
      <bdi>{placeName(chronicle, place)}</bdi>
    </button>
  );
}

/** A number as the claim gives it: exact, a range, "at least", "about". */
export function boundsText(low: number | null, high: number | null, approximate = false): string {
  if (low === null && high === null) return "–";
  if (high === null) return t("count.atLeast", { n: number(low!) });
  if (low === null) return t("count.upTo", { n: number(high) });
  const text = low === high ? number(low) : `${number(low)}–${number(high)}`;
  return approximate ? t("count.about", { n: text }) : text;
}

function countText(count: Count) {
  return (
    <>
      <bdi>{boundsText(count.low, count.high, count.approximate)}</bdi> {word("count", count.what)} <bdi class="said">{count.who}</bdi>
    </>
  );
}

function SameEvent({ position }: { position: number }) {
  const { chronicle } = useWorld();
  const at = chronicle.eventOf(position);
  const event = useLoaded(() => (at >= 0 ? eventAt(chronicle, at) : Promise.resolve(null)), [at]).value;
  if (!event) return null;
  const others = event.claims.filter((other) => other !== position);
  const type = chronicle.claims.column("type");
  return (
    <section class="same-event">
      <h3>
        {t("claim.event")} <Grade grade={event.grade} />
      </h3>
      {others.length === 0 ? <p class="quiet-text">{t("claims.alone")}</p> : null}
      <ul>
        {others.slice(0, 12).map((other) => {
          const reason = event.reasons.find((found) => (found.a === position && found.b === other) || (found.b === position && found.a === other));
          return (
            <li key={other}>
              <button type="button" class="link" onClick={() => void openClaim(chronicle, other)}>
                <bdi>{sourceName(chronicle, chronicle.claims.column("source")[other]!)}</bdi>
              </button>{" "}
              {word("type", chronicle.meta.types[type[other]!] ?? "")}
              {event.against.includes(other) ? <span class="denied"> {t("claim.denies")}</span> : null}
              {reason ? <Weights reason={reason} /> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Weights below this say nothing either way. */
const TELLING_BITS = 0.05;

/** Why two claims are one event: bits for and against, field by field. */
function Weights({ reason }: { reason: { weights: readonly (readonly [string, number])[]; total: number } }) {
  return (
    <span class="weights" dir="ltr">
      {reason.weights.filter(([, bits]) => Math.abs(bits) >= TELLING_BITS).map(([field, bits]) => (
        <span key={field} class={bits < 0 ? "less" : "more"}>
          {field} {bits > 0 ? "+" : "−"}
          {number(Math.abs(bits), { maximumFractionDigits: 1 })}
        </span>
      ))}
    </span>
  );
}

function Rules({ claim, rule, setRule }: { claim: Claim; rule: FiredRule | null; setRule: (rule: FiredRule | null) => void }) {
  const texts = useLoaded(ruleTexts, []).value ?? {};
  return (
    <section class="rules">
      <h3>{t("claim.rules")}</h3>
      <p class="quiet-text">
        {t("claim.extractor")}: <code>{claim.extractor}</code>
      </p>
      <ul>
        {claim.rules.map((fired, at) => (
          <li key={at}>
            <button type="button" class={`rule${rule === fired ? " on" : ""}`} aria-pressed={rule === fired} onClick={() => setRule(rule === fired ? null : fired)}>
              <span class="rule-field">{fired.field}</span>
              <code>{fired.rule}</code>
              {fired.characters ? <q dir="auto">{fired.characters}</q> : null}
              {texts[fired.rule] ? <span class="rule-text">{texts[fired.rule]}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
