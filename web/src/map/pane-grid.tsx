/** One to six panes beside each other, in step. */

import { t } from "../i18n";
import { change, useView } from "../state/store";
import { MOST_PANES } from "../state/view";
import { useWorld } from "../ui/context";
import { MapPane } from "./pane";
import { addPane, pairsOf } from "./pane-head";

export function PaneGrid() {
  const { chronicle } = useWorld();
  const panes = useView((now) => now.panes);
  const pairs = pairsOf(panes).filter((pair) => !panes.includes(pair));
  const room = panes.length < MOST_PANES;
  return (
    <div class={`panes count-${panes.length}`}>
      {panes.map((pane, index) => (
        <MapPane key={`${index}`} pane={pane} index={index} count={panes.length} />
      ))}
      {room && chronicle.meta.views.length > 1 ? (
        <div class="pane-tools">
          <button type="button" class="chip" onClick={() => addPane(chronicle.meta.views)}>
            + {t("pane.add")}
          </button>
          {pairs.length ? (
            <button type="button" class="chip" onClick={() => change({ panes: [...panes, pairs[0]!] })}>
              ◧ {t("pane.difference")}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
