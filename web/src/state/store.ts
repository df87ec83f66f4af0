/** One value that the whole page watches: the view. Changes are written to the address without a new history entry. */

import { useEffect, useState } from "preact/hooks";
import { addressOf, type View, viewOf } from "./view";

type Listener = (view: View, before: View) => void;

let current: View = viewOf(location.hash);
const listeners = new Set<Listener>();
let pending = 0;
/** The address as this page last knew it: another one means that the reader is on the way somewhere, which is not to be written over. */
let known = location.hash;

export function view(): View {
  return current;
}

export function change(part: Partial<View>): void {
  const before = current;
  current = { ...current, ...part };
  for (const listener of [...listeners]) listener(current, before);
  if (!pending) pending = window.setTimeout(writeAddress, 120);
}

/** Write the address now, for whoever is about to read it. */
export function writeAddress(): string {
  clearTimeout(pending);
  pending = 0;
  const address = `#${addressOf(current)}`;
  if (location.hash === known && address !== known) {
    history.replaceState(null, "", address);
    known = location.hash;
  }
  return location.href;
}

export function watch(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The part of the view that a component draws; it is drawn again only when that part is another value. */
export function useView<Part>(select: (view: View) => Part): Part {
  const [part, setPart] = useState(() => select(current));
  useEffect(() => {
    setPart(() => select(current));
    return watch((now) => setPart(() => select(now)));
  }, []);
  return part;
}

window.addEventListener("hashchange", () => {
  known = location.hash;
  const told = viewOf(location.hash);
  if (addressOf(told) !== addressOf(current)) change(told);
});
