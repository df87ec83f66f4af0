/** The label of a pane, which is also where its version is chosen, and the panes beside each other. */

import { t, tn } from "../i18n";
import { change, useView, view } from "../state/store";
import { MOST_PANES, RECONCILED } from "../state/view";
import { useWorld } from "../ui/context";
import { methodName, paneName, versionName } from "../ui/names";
import { versionsOf } from "./paint";

export function PaneHead({ pane, index, count }: { pane: string; index: number; count: number }) {
  const { chronicle } = useWorld();
  const { meta } = chronicle;
  const panes = useView((now) => now.panes);
  const version = meta.views.find((candidate) => candidate.id === pane);
  const set = (value: string) => change({ panes: view().panes.map((other, at) => (at === index ? value : other)) });
  return (
    <header class="pane-head">
      <label>
        <span class="hidden">{t("pane.version")}</span>
        <select value={pane} onChange={(event) => set(event.currentTarget.value)}>
          <option value={RECONCILED}>{t("pane.reconciled")}</option>
          <Group label={t("pane.sides")} kind="side" />
          <Group label={t("pane.sources")} kind="source" />
          {versionsOf(pane).length === 2 || pairsOf(panes).length ? (
            <optgroup label={t("pane.differences")}>
              {[...new Set([...pairsOf(panes), ...(versionsOf(pane).length === 2 ? [pane] : [])])].map((pair) => (
                <option key={pair} value={pair}>
                  {paneName(chronicle, pair)}
                </option>
              ))}
            </optgroup>
          ) : null}
        </select>
      </label>
      <span class="pane-note">
        {pane === RECONCILED ? methodName(chronicle) : version ? tn("unit.claims", version.claims) : null}
      </span>
      {count > 1 ? (
        <button type="button" class="quiet" aria-label={`${t("pane.remove")}: ${paneName(chronicle, pane)}`} title={t("pane.remove")} onClick={() => change({ panes: view().panes.filter((_, at) => at !== index) })}>
          ×
        </button>
      ) : null}
    </header>
  );
}

function Group({ label, kind }: { label: string; kind: "side" | "source" }) {
  const { chronicle } = useWorld();
  const views = chronicle.meta.views.filter((candidate) => candidate.kind === kind);
  if (!views.length) return null;
  return (
    <optgroup label={label}>
      {views.map((candidate) => (
        <option key={candidate.id} value={candidate.id}>
          {versionName(chronicle, candidate.id)}
        </option>
      ))}
    </optgroup>
  );
}

/** The differences of two that the versions shown allow. */
export function pairsOf(panes: readonly string[]): string[] {
  const single = [...new Set(panes.filter((pane) => versionsOf(pane).length === 1))];
  return single.flatMap((a, at) => single.slice(at + 1).map((b) => `${a}~${b}`));
}

/** Put one more version beside those shown: the next one with most claims that is not there yet. */
export function addPane(views: readonly { id: string; claims: number; kind: string }[]): void {
  const shown = view().panes;
  if (shown.length >= MOST_PANES) return;
  const next = views.find((candidate) => candidate.kind !== "all" && !shown.includes(candidate.id)) ?? views.find((candidate) => !shown.includes(candidate.id));
  if (next) change({ panes: [...shown, next.id] });
}
