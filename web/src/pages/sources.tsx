/** Sources: all of them, and one with what it said and how it leans. */

import { sourceRecord } from "../data/chronicle";
import type { SourceRecord } from "../data/types";
import { number, percent, t, word } from "../i18n";
import { change, useView } from "../state/store";
import { useLoaded, useWorld } from "../ui/context";
import { sideName, sourceName } from "../ui/names";
import { ClaimLinks } from "./claim-links";
import { PageFrame } from "./frame";

export function SourcesPage() {
  const { chronicle } = useWorld();
  const { sources } = chronicle.meta;
  const order = sources.map((_, at) => at).filter((at) => sources[at]!.claims > 0).sort((a, b) => sources[b]!.claims - sources[a]!.claims);
  const most = Math.max(1, ...sources.map((source) => source.claims));
  return (
    <PageFrame name="sources" title={t("nav.sources")}>
      <table class="wide">
        <thead>
          <tr>
            <th scope="col">{t("claim.source")}</th>
            <th scope="col">{t("source.kind")}</th>
            <th scope="col">{t("source.aligned")}</th>
            <th scope="col" class="numeric">{t("source.claims")}</th>
          </tr>
        </thead>
        <tbody>
          {order.map((at) => {
            const source = sources[at]!;
            return (
              <tr key={source.id}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => change({ page: "source", source: source.id })}>
                    <bdi>{sourceName(chronicle, at)}</bdi>
                  </button>
                </th>
                <td>{word("kind", source.kind)}</td>
                <td>{source.alignment ? sideName(chronicle, source.alignment) : "–"}</td>
                <td class="numeric">
                  <span class="spark" style={{ width: `${(source.claims / most) * 90}px` }} />
                  {number(source.claims)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </PageFrame>
  );
}

export function SourcePage() {
  const { chronicle } = useWorld();
  const id = useView((view) => view.source);
  const at = id === null ? -1 : (chronicle.sourceAt.get(id) ?? -1);
  const record = useLoaded(() => (at < 0 ? Promise.resolve(null) : sourceRecord(at)), [at]).value;
  if (at < 0) return <PageFrame name="source" title={id ?? ""}>{null}</PageFrame>;
  const source = chronicle.meta.sources[at]!;
  const version = chronicle.meta.views.find((candidate) => candidate.kind === "source" && candidate.key === source.id);
  return (
    <PageFrame
      name={`source ${id}`}
      title={<bdi>{sourceName(chronicle, at)}</bdi>}
      lead={`${word("kind", source.kind)} · ${source.alignment ? `${t("source.aligned")} ${sideName(chronicle, source.alignment)}` : t("source.unaligned")}`}
    >
      <p>
        {version ? (
          <button type="button" class="chip" onClick={() => change({ page: "map", panes: ["all", version.id] })}>
            {t("source.view")}
          </button>
        ) : null}
      </p>
      {record && record.source === at ? <Record record={record} aligned={source.alignment !== null} /> : null}
    </PageFrame>
  );
}

/** A row that rests on fewer claims than this says what sources of its kind do, and nothing of this one. */
const LEAST_WORTH = 0.5;

function Record({ record, aligned }: { record: SourceRecord; aligned: boolean }) {
  const types = Object.entries(record.types).sort((a, b) => b[1] - a[1]);
  const leanings = record.leanings.filter((leaning) => leaning.claims >= LEAST_WORTH);
  const most = Math.max(1, ...types.map(([, count]) => count));
  return (
    <>
      <section>
        <h2>{t("source.leans")}</h2>
        {leanings.length ? (
          <>
            <p class="quiet-text">{t(aligned ? "source.leans.note" : "source.leans.unaligned")}</p>
            <ul class="leanings">
              {leanings.map((leaning) => (
                <li key={leaning.kind}>
                  <span class="leaning-name">{leaning.kind === "all" ? t("leaning.all") : word("change", leaning.kind)}</span>
                  <span class="leaning" dir="ltr">
                    <i class="interval" style={{ left: `${leaning.low * 100}%`, width: `${Math.max(0.5, (leaning.high - leaning.low) * 100)}%` }} />
                    <i class="rate" style={{ left: `${leaning.rate * 100}%` }} />
                  </span>
                  <bdi class="note">
                    {percent(leaning.rate)} ({percent(leaning.low)}–{percent(leaning.high)}), {t("source.from", { n: number(leaning.claims, { maximumFractionDigits: 1 }) })}
                  </bdi>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p class="empty">{t("source.leans.none")}</p>
        )}
      </section>
      <section>
        <h2>{t("source.says")}</h2>
        <ul class="type-bars">
          {types.map(([type, count]) => (
            <li key={type}>
              <span>{word("type", type)}</span>
              <span class="bar">
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span class="note">{number(count)}</span>
            </li>
          ))}
        </ul>
        <p class="quiet-text">
          {t("source.denials")}: {number(record.denials)}
        </p>
      </section>
      <section>
        <h2>{t("source.claims")}</h2>
        <ClaimLinks claims={record.claims} />
      </section>
    </>
  );
}
