/** Starts the page: loads the chronicle, puts a day into the view if the address told none, and draws. */

import "./styles/base.css";
import "./styles/stage.css";
import "./styles/claims.css";
import "./styles/pages.css";
import { render } from "preact";
import { App } from "./app";
import { linked, loadChronicle } from "./data/chronicle";
import { monthOf } from "./data/control";
import { t } from "./i18n";
import { geometryOf } from "./map/geometry";
import { hasWebGl, mapLibrary } from "./map/library";
import { versionsOf } from "./map/paint";
import { followAddress } from "./state/open-claim";
import { change, view } from "./state/store";
import { clamp } from "./time/days";

const root = document.getElementById("page")!;

async function start(): Promise<void> {
  const chronicle = await loadChronicle();
  const { first, last, busiest, states, views } = chronicle.meta;
  const told = view();
  const known = new Set(views.map((version) => version.id));
  const panes = told.panes.filter((pane) => versionsOf(pane).every((version) => known.has(version)));
  change({
    day: clamp(told.day ?? told.range?.[0] ?? busiest, first, last),
    range: told.range ? [clamp(told.range[0], first, last), clamp(told.range[1], first, last)] : null,
    panes: panes.length ? panes : ["all"],
  });
  if (states.length) {
    await Promise.all(view().panes.flatMap(versionsOf).map((version) => monthOf(chronicle, version, view().day!).catch(() => null)));
  }
  followAddress(chronicle);
  const geometry = geometryOf(chronicle);
  root.replaceChildren();
  render(<App world={{ chronicle, geometry }} />, root);
  performance.mark("first-view");
  linked(chronicle).then((whole) => render(<App world={{ chronicle: whole, geometry }} />, root), console.error);
  if (hasWebGl()) requestIdleCallback(() => void mapLibrary().catch(() => undefined), { timeout: 200 });
}

root.textContent = t("state.loading");
root.className = "opening";
start().then(
  () => (root.className = ""),
  (problem: Error) => {
    console.error(problem);
    const line = document.createElement("p");
    line.setAttribute("role", "alert");
    line.textContent = t("state.failed", { why: problem.message });
    const again = document.createElement("button");
    again.textContent = t("state.retry");
    again.onclick = () => location.reload();
    root.replaceChildren(line, again);
  },
);
