/**
 * One camera for all panes: whoever moves tells the others; the address, and the list that is limited to what the map shows, are told
 * when the movement is over.
 */

import { change, view, watch } from "../state/store";
import type { Camera } from "../state/view";
import { type Bounds, boundsOf, sameCamera } from "./camera";

type Listener = (camera: Camera, by: unknown) => void;

const listeners = new Set<Listener>();
let current: Camera | null = view().camera;
let settling = 0;
let size: readonly [width: number, height: number] | null = null;
/** Whether the reader moved the map or limited the list: until then the ground is the one that the address tells. */
let chosen = false;

export function camera(): Camera | null {
  return current;
}

/** Move all panes. `by` is who moved, and is not told again. */
export function moveCamera(next: Camera, by: unknown): void {
  if (sameCamera(current, next)) return;
  current = next;
  for (const listener of [...listeners]) listener(next, by);
  chosen = true;
  clearTimeout(settling);
  settling = window.setTimeout(() => change({ camera: current, ...followed() }), 200);
}

/** The camera to begin with; not told to the address, since the reader did not choose it. */
export function beginCamera(first: Camera): Camera {
  current ??= first;
  return current;
}

/** What the map shows now; null before there is one. */
function extentNow(): Bounds | null {
  return current && size ? boundsOf(current, ...size) : null;
}

const followed = (): { extent?: Bounds | null } => (view().extent ? { extent: extentNow() } : {});

/** Tell how large a pane is: a wider map shows more. */
export function measured(width: number, height: number): void {
  size = [width, height];
  if (chosen && view().extent) change(followed());
}

/** Limit the list to what the map shows, or no longer. */
export function toggleExtent(): void {
  chosen = true;
  change({ extent: view().extent ? null : extentNow() });
}

export function watchCamera(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

watch((now, before) => {
  if (now.camera !== before.camera && now.camera && !sameCamera(now.camera, current)) moveCamera(now.camera, null);
});
