/** The claim that is open: found by its id, with time and map moved to it. */

import { useEffect, useState } from "preact/hooks";
import { type Chronicle, claimAt, claimPosition } from "../data/chronicle";
import { type Claim, NO_DAY } from "../data/types";
import { moveCamera, camera } from "../map/shared-camera";
import { change, view, watch } from "./store";

export interface OpenClaim {
  position: number;
  claim: Claim;
}

type State = { id: string; open: OpenClaim | null; missing: boolean } | null;

let state: State = null;
const listeners = new Set<() => void>();

function set(next: State): void {
  state = next;
  for (const listener of [...listeners]) listener();
}

/** Open the claim at a position: the day goes to it, the map shows its place. */
export async function openClaim(chronicle: Chronicle, position: number): Promise<void> {
  const claim = await claimAt(chronicle, position);
  set({ id: claim.id, open: { position, claim }, missing: false });
  const now = view();
  const dated = claim.first !== NO_DAY;
  const outside = dated && (now.day === null || now.day < claim.first || now.day > claim.last);
  const day = outside ? Math.min(chronicle.meta.last, Math.max(chronicle.meta.first, claim.last)) : now.day;
  const kept = now.range && day !== null && now.range[0] <= day && day <= now.range[1];
  change({ claim: claim.id, page: "map", day, range: kept ? now.range : null, scope: kept ? now.scope : "day" });
  showPlace(chronicle, claim.places.map((mention) => mention.place).find((place) => place >= 0) ?? -1);
}

/** Move the map so that a place stands well within it. */
export function showPlace(chronicle: Chronicle, place: number): void {
  const lon = chronicle.places.longitude[place];
  const lat = chronicle.places.latitude[place];
  const now = camera();
  if (typeof lon !== "number" || typeof lat !== "number" || !now) return;
  const box = view().extent;
  if (box && box[0] <= lon && lon <= box[2] && box[1] <= lat && lat <= box[3]) return;
  const across = 360 / 2 ** now.zoom;
  if (Math.abs(lon - now.lon) < across * 0.5 && Math.abs(lat - now.lat) < across * 0.28) return;
  moveCamera({ lon, lat, zoom: Math.min(13, Math.max(10.2, now.zoom)) }, null);
}

async function follow(chronicle: Chronicle, id: string): Promise<void> {
  set({ id, open: null, missing: false });
  const position = await claimPosition(id);
  if (view().claim !== id) return;
  if (position < 0) set({ id, open: null, missing: true });
  else await openClaim(chronicle, position);
}

/** Keep the open claim in step with the address. */
export function followAddress(chronicle: Chronicle): void {
  watch((now, before) => {
    if (now.claim === before.claim) return;
    if (now.claim === null) set(null);
    else if (state?.id !== now.claim) void follow(chronicle, now.claim);
  });
  const { claim } = view();
  if (claim) void follow(chronicle, claim);
}

export function useOpenClaim(): State {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    const listen = () => setShown(state);
    listen();
    listeners.add(listen);
    return () => {
      listeners.delete(listen);
    };
  }, []);
  return shown;
}
