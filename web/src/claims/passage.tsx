/** The document around a claim, with its sentence marked. Text is only ever text: nothing in it can become markup. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { documentAt } from "../data/chronicle";
import type { Block, Claim, DocumentText } from "../data/types";
import { number, t } from "../i18n";
import { openClaim } from "../state/open-claim";
import { useLoaded, useWorld } from "../ui/context";
import { pieces, type Span, unitOffset } from "./offsets";

const AROUND = 8;
const MORE = 30;
/** Marks of sentences that carry other claims; the claim's position follows. */
const OTHER = "claim ";

export function Passage({ claim, fired }: { claim: Claim; fired: readonly Span[] }) {
  const { chronicle } = useWorld();
  const summary = chronicle.meta.documents[claim.document];
  const loaded = useLoaded(() => documentAt(claim.document), [claim.document]);
  const [raw] = claim.raw_spans;
  if (loaded.error) return <p class="empty">{t("state.failed", { why: loaded.error.message })}</p>;
  return (
    <section class="passage" aria-label={t("claim.document")}>
      <h3>{t("claim.document")}</h3>
      <p class="passage-origin">
        <bdi>{summary?.title}</bdi>
        {raw ? <span> · {t("claim.raw", { start: number(raw[0]), end: number(claim.raw_spans[claim.raw_spans.length - 1]![1]) })}</span> : null}
      </p>
      {loaded.value ? <Blocks key={claim.id} document={loaded.value} claim={claim} fired={fired} /> : <p class="empty">…</p>}
    </section>
  );
}

function Blocks({ document, claim, fired }: { document: DocumentText; claim: Claim; fired: readonly Span[] }) {
  const box = useRef<HTMLDivElement>(null);
  const holds = (block: Block) => claim.spans.some(([start, end]) => block.start < end && start < block.end);
  const at = Math.max(0, document.blocks.findIndex(holds));
  const [window, setWindow] = useState<readonly [number, number]>([at - AROUND, at + AROUND]);
  const [from, to] = [Math.max(0, window[0]), Math.min(document.blocks.length - 1, window[1])];
  const [begin, end] = [document.blocks[from]?.start ?? 0, document.blocks[to]?.end ?? 0];
  const others = document.claims.filter(([, start, stop]) => start < end && stop > begin);
  const units = ([start, end]: Span): Span => [unitOffset(document.astral, start), unitOffset(document.astral, end)];
  const marks = useMemo(
    () => [
      ...claim.spans.map((span) => ({ name: "told", span: units(span) })),
      ...fired.map((span) => ({ name: "fired", span: units(span) })),
      ...others.map(([position, start, end]) => ({ name: `${OTHER}${position}`, span: units([start, end]) })),
    ],
    [claim, fired, from, to],
  );
  useEffect(() => {
    const mark = box.current?.querySelector("mark");
    if (mark && box.current) box.current.scrollTop = mark.offsetTop - box.current.offsetTop - box.current.clientHeight / 3;
  }, []);
  return (
    <div class="document" ref={box} lang={document.language} dir="auto" tabIndex={0} role="region" aria-label={document.title}>
      {from > 0 ? (
        <button type="button" class="chip" onClick={() => setWindow([window[0] - MORE, window[1]])}>
          {t("claim.more")}
        </button>
      ) : null}
      {document.blocks.slice(from, to + 1).map((block) => (
        <BlockText key={block.start} document={document} block={block} marks={marks} />
      ))}
      {to < document.blocks.length - 1 ? (
        <button type="button" class="chip" onClick={() => setWindow([window[0], window[1] + MORE])}>
          {t("claim.more")}
        </button>
      ) : null}
    </div>
  );
}

function BlockText({ document, block, marks }: { document: DocumentText; block: Block; marks: readonly { name: string; span: Span }[] }) {
  const { chronicle } = useWorld();
  const start = unitOffset(document.astral, block.start);
  const text = document.text.slice(start, unitOffset(document.astral, block.end));
  const content = pieces(text, start, marks).map((piece, at) => {
    const shown = piece.marks.filter((name) => !name.startsWith(OTHER));
    if (shown.length) {
      return (
        <mark key={at} class={shown.join(" ")}>
          {piece.text}
        </mark>
      );
    }
    const other = piece.marks[0];
    if (!other) return piece.text;
    return (
      <a key={at} href="#" class="other" onClick={(event) => { event.preventDefault(); void openClaim(chronicle, Number(other.slice(OTHER.length))); }}>
        {piece.text}
      </a>
    );
  });
  return (
    <p class={`block block-${block.kind}`} dir="auto">
      {content}
    </p>
  );
}
