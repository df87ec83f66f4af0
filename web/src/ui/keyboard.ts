/** Keys that work anywhere on the page, except where one types or chooses. */

import { toggleExtent } from "../map/shared-camera";
import type { Player } from "../time/player";
import { change, view } from "../state/store";
import type { PageName } from "../state/view";

export interface Commands {
  help: () => void;
  share: () => void;
  legend: () => void;
  addPane: () => void;
  closeClaim: () => void;
}

const PAGES: readonly PageName[] = ["map", "tolls", "disputes", "sources", "places"];

export function listenToKeys(player: Player, commands: Commands): () => void {
  const onMap = (act: () => void) => () => {
    if (view().page === "map") act();
  };
  const keys: Record<string, (event: KeyboardEvent) => void> = {
    "?": commands.help,
    " ": onMap(() => player.toggle()),
    ArrowLeft: (event) => onMap(() => player.move(-1, event.shiftKey ? "week" : player.step))(),
    ArrowRight: (event) => onMap(() => player.move(1, event.shiftKey ? "week" : player.step))(),
    ",": onMap(() => player.move(-1, "event")),
    ".": onMap(() => player.move(1, "event")),
    Home: onMap(() => player.go(player.ends[0])),
    End: onMap(() => player.go(player.ends[1])),
    t: onMap(() => focusOn("#day-slider")),
    m: onMap(() => focusOn(".pane .maplibregl-canvas, .pane .plain-map")),
    c: onMap(() => focusOn("#claims [tabindex='0']", "#claim-heading")),
    i: onMap(toggleExtent),
    v: onMap(commands.addPane),
    l: onMap(commands.legend),
    s: commands.share,
    "/": () => {
      change({ page: "places" });
      requestAnimationFrame(() => focusOn("#find-place"));
    },
    Escape: () => {
      if (view().claim) commands.closeClaim();
      else if (view().page !== "map") change({ page: "map" });
      else if (view().place) change({ place: null });
    },
  };
  PAGES.forEach((page, at) => (keys[String(at + 1)] = () => change({ page, claim: null })));

  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const on = event.target as HTMLElement;
    if (on.closest("input, select, textarea, dialog, [contenteditable]")) return;
    if (event.key === " " && on.closest("button, summary, a")) return;
    if (on.closest(".maplibregl-canvas")) {
      if (event.key.startsWith("Arrow")) return;
      if (event.key === "Enter") {
        event.preventDefault();
        on.closest(".pane")?.querySelector<HTMLElement>(".label[tabindex='0']")?.focus();
        return;
      }
    }
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

function focusOn(...selectors: string[]): void {
  for (const selector of selectors) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) {
      found.focus();
      return;
    }
  }
}
