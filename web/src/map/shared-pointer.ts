/** One pointer for all panes: what one version says of a place is read beside what the others say of it. */

import { useEffect, useState } from "preact/hooks";

export interface Pointed {
  place: number;
  x: number;
  y: number;
}

let current: Pointed | null = null;
const listeners = new Set<() => void>();

export function point(next: Pointed | null): void {
  if (current === next || (current && next && current.place === next.place && current.x === next.x && current.y === next.y)) return;
  current = next;
  for (const listener of [...listeners]) listener();
}

export function usePointed(): Pointed | null {
  const [pointed, setPointed] = useState(current);
  useEffect(() => {
    const listen = () => setPointed(current);
    listeners.add(listen);
    return () => {
      listeners.delete(listen);
    };
  }, []);
  return pointed;
}
