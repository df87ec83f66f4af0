/** One camera for all panes: whoever moves tells the others; the address is told when the movement is over. */

import { change, view, watch } from "../state/store";
import type { Camera } from "../state/view";
import { sameCamera } from "./camera";

type Listener = (camera: Camera, by: unknown) => void;

const listeners = new Set<Listener>();
let current: Camera | null = view().camera;
let settling = 0;

export function camera(): Camera | null {
  return current;
}

/** Move all panes. `by` is who moved, and is not told again. */
export function moveCamera(next: Camera, by: unknown): void {
  if (sameCamera(current, next)) return;
  current = next;
  for (const listener of [...listeners]) listener(next, by);
  clearTimeout(settling);
  settling = window.setTimeout(() => change({ camera: current }), 200);
}

/** The camera to begin with; not told to the address, since the reader did not choose it. */
export function beginCamera(first: Camera): Camera {
  current ??= first;
  return current;
}

export function watchCamera(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

watch((now, before) => {
  if (now.camera !== before.camera && now.camera && !sameCamera(now.camera, current)) moveCamera(now.camera, null);
});
