/** Tolls: cumulative plots with their band, and every figure with the claim and the rule behind it. */

import { useMemo, useState } from "preact/hooks";
import { allTolls } from "../data/chronicle";
import type { SourceFigure, TollRow, Tolls } from "../data/types";
import { number, rangeLabel, t, word } from "../i18n";
import { openClaim } from "../state/open-claim";
import { useView } from "../state/store";
import { boundsText, PlaceLink } from "../claims/detail";
import { useLoaded, useWorld } from "../ui/context";
import { sideName, sourceName } from "../ui/names";
import { PageFrame } from "./frame";
import { reconciledSeries } from "../time/lanes";
import { TollPlot } from "./toll-plot";

const AT_ONCE = 25;
const MOST_PLOTS = 6;
const ALL = "all";

export function TollsPage() {
  const tolls = useLoaded(allTolls, []).value;
  return (
    <PageFrame name="tolls" title={t("tolls.title")} lead={t("tolls.lead")}>
      {tolls ? tolls.rows.length || tolls.series.length ? <Content tolls={tolls} /> : <p class="empty">{t("tolls.none")}</p> : null}
    </PageFrame>
  );
}

function Content({ tolls }: { tolls: Tolls }) {
  const kinds = useMemo(() => kindsOf(tolls), [tolls]);
  const [what, setWhat] = useState(kinds[0] ?? "killed");
  const sides = reconciledSeries(tolls, what);
  return (
    <>
      <div class="tabs" role="group" aria-label={t("tolls.harm")}>
        {kinds.map((kind) => (
          <button key={kind} type="button" class={`chip${what === kind ? " on" : ""}`} aria-pressed={what === kind} onClick={() => setWhat(kind)}>
            {word("count", kind)}
          </button>
        ))}
      </div>
      {sides.length ? (
        <section>
          <h2>{t("tolls.series", { what: word("count", what) })}</h2>
          <div class="plots">
            {sides.slice(0, MOST_PLOTS).map((main) => (
              <TollPlot key={main.side} what={what} main={main} sources={tolls.series.filter((one) => one.what === what && one.side === main.side && one.source !== null)} />
            ))}
          </div>
        </section>
      ) : null}
      <TollTable key={what} rows={tolls.rows.filter((row) => row.what === what)} />
    </>
  );
}

const THINGS = new Set(["vehicles", "tanks", "aircraft", "weapons", "buildings", "villages"]);

/** Kinds of harm that figures tell of: to people before to things, most told first. How large a force is, is no harm. */
function kindsOf(tolls: Tolls): string[] {
  const counts = new Map<string, number>();
  for (const { what } of tolls.rows) if (what !== "fighters") counts.set(what, (counts.get(what) ?? 0) + (THINGS.has(what) ? 1 : 1000));
  return [...counts].sort((a, b) => b[1] - a[1]).map(([what]) => what);
}

/** Rows without the sum over all sides where it says no more than its only part. */
function tellingRows(rows: readonly TollRow[]): TollRow[] {
  const parts = new Map<number, number>();
  for (const row of rows) if (row.side !== ALL && !row.group) parts.set(row.event, (parts.get(row.event) ?? 0) + 1);
  return rows.filter((row) => row.side !== ALL || (parts.get(row.event) ?? 0) !== 1);
}

function TollTable({ rows }: { rows: readonly TollRow[] }) {
  const [most, setMost] = useState(AT_ONCE);
  const [inRange, setInRange] = useState(false);
  const range = useView((view) => view.range);
  const shown = useMemo(() => {
    const size = (row: TollRow) => row.best ?? row.high ?? row.low ?? 0;
    const within = (row: TollRow) => !inRange || !range || (row.first <= range[1] && row.last >= range[0]);
    return tellingRows(rows).filter(within).sort((a, b) => size(b) - size(a));
  }, [rows, inRange, range]);
  return (
    <section>
      <h2>
        {t("tolls.table")} <small>{number(shown.length)}</small>
      </h2>
      {range ? (
        <label class="check">
          <input type="checkbox" checked={inRange} onChange={() => setInRange(!inRange)} /> {t("tolls.inRange")} ({rangeLabel(range[0], range[1])})
        </label>
      ) : null}
      <div class="table-box" tabIndex={0} role="region" aria-label={t("tolls.table")}>
        <table class="wide tolls">
          <thead>
            <tr>
              <th scope="col">{t("tolls.when")}</th>
              <th scope="col">{t("tolls.where")}</th>
              <th scope="col">{t("tolls.side")}</th>
              <th scope="col" class="numeric">{t("tolls.low")}</th>
              <th scope="col" class="numeric">{t("tolls.best")}</th>
              <th scope="col" class="numeric">{t("tolls.high")}</th>
              <th scope="col">{t("tolls.rule")}</th>
              <th scope="col">{t("tolls.sources")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map((row, at) => (
              <TollLine key={at} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length > most ? (
        <button type="button" class="chip" onClick={() => setMost(most + 4 * AT_ONCE)}>
          {t("tolls.more")} ({number(shown.length - most)})
        </button>
      ) : null}
    </section>
  );
}

function TollLine({ row }: { row: TollRow }) {
  const { chronicle } = useWorld();
  return (
    <tr>
      <td class="when">{rangeLabel(row.first, row.last)}</td>
      <td>
        {row.places.slice(0, 2).map((place) => (
          <span key={place} class="part">
            <PlaceLink place={place} />
          </span>
        ))}
        {row.places.length > 2 ? ` +${row.places.length - 2}` : null}
      </td>
      <td>
        {row.side === ALL ? t("tolls.all") : sideName(chronicle, row.side)}
        {row.group ? <bdi class="said"> {row.group}</bdi> : null}
      </td>
      <Figure value={row.low} claim={row.low_claim} />
      <Figure value={row.best} claim={row.best_claim} strong />
      <Figure value={row.high} claim={row.high_claim} open={row.low !== null} />
      <td class="rule-name">{word("rule", row.rule.replaceAll(" ", "_"))}</td>
      <td>
        <ul class="figures">
          {row.sources.map((figure, at) => (
            <li key={at}>
              <SourceFigureLink figure={figure} />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

function Figure({ value, claim, strong, open }: { value: number | null; claim: number | null; strong?: boolean; open?: boolean }) {
  const { chronicle } = useWorld();
  const text = value === null ? (open ? t("tolls.open") : "–") : number(value);
  return (
    <td class={`numeric${strong ? " strong" : ""}`}>
      {claim !== null && claim >= 0 && value !== null ? (
        <button type="button" class="link" onClick={() => void openClaim(chronicle, claim)}>
          {text}
        </button>
      ) : (
        <span class={value === null ? "absent" : undefined}>{text}</span>
      )}
    </td>
  );
}

function SourceFigureLink({ figure }: { figure: SourceFigure }) {
  const { chronicle } = useWorld();
  const name = typeof figure.source === "number" ? sourceName(chronicle, figure.source) : sourceName(chronicle, chronicle.sourceAt.get(figure.source) ?? 0);
  return (
    <button type="button" class="link" onClick={() => void openClaim(chronicle, figure.claim)}>
      <bdi>{name}</bdi> <bdi>{boundsText(figure.low, figure.high)}</bdi>
    </button>
  );
}
