/** Offsets of documents count code points; strings of the browser count 16-bit units. */

export type Span = readonly [number, number];

/** From code points to places in the string: the offset plus the number of two-unit characters below it. */
export function unitOffset(astral: readonly number[], offset: number): number {
  let [low, high] = [0, astral.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (astral[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return offset + low;
}

export interface Piece {
  text: string;
  /** Names of the marks that cover the piece. */
  marks: string[];
}

/** Cut `text`, which begins at `start`, where marks begin and end. All offsets in the same count. */
export function pieces(text: string, start: number, marks: readonly { name: string; span: Span }[]): Piece[] {
  const end = start + text.length;
  const cuts = new Set([start, end]);
  const near = marks.filter(({ span }) => span[0] < end && span[1] > start);
  for (const { span } of near) {
    if (span[0] > start) cuts.add(span[0]);
    if (span[1] < end) cuts.add(span[1]);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const [from, to] = [edges[at]!, edges[at + 1]!];
    const covering = near.filter(({ span }) => span[0] <= from && span[1] >= to).map(({ name }) => name);
    found.push({ text: text.slice(from - start, to - start), marks: [...new Set(covering)] });
  }
  return found;
}
