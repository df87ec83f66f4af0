/** The whole page. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { closeClaim } from "./claims/detail";
import { Panel } from "./claims/panel";
import { direction, t } from "./i18n";
import { Legend } from "./map/legend";
import { PaneGrid } from "./map/pane-grid";
import { addPane } from "./map/pane-head";
import { DisputesPage } from "./pages/disputes";
import { PlacePage } from "./pages/place";
import { PlacesPage } from "./pages/places";
import { SourcePage, SourcesPage } from "./pages/sources";
import { TollsPage } from "./pages/tolls";
import { ShareDialog } from "./share/dialog";
import { useView } from "./state/store";
import { Band } from "./time/band";
import { Player } from "./time/player";
import { Transport } from "./time/transport";
import { useDark, type World, WorldContext } from "./ui/context";
import { Header } from "./ui/header";
import { Help } from "./ui/help";
import { listenToKeys } from "./ui/keyboard";
import { LiveRegion } from "./ui/live";
import { titleOf } from "./ui/names";

export function App({ world }: { world: World }) {
  const { chronicle } = world;
  const page = useView((view) => view.page);
  const language = useView((view) => view.language);
  const dark = useDark();
  const [dialog, setDialog] = useState<"help" | "share" | null>(null);
  const [legend, setLegend] = useState(false);
  const player = useMemo(() => new Player(chronicle), []);

  useEffect(
    () =>
      listenToKeys(player, {
        help: () => setDialog("help"),
        share: () => setDialog("share"),
        legend: () => setLegend((shown) => !shown),
        addPane: () => addPane(chronicle.meta.views),
        closeClaim,
      }),
    [],
  );
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = direction(language);
    document.title = `${titleOf(chronicle)} – ${t(`nav.${page === "place" ? "places" : page === "source" ? "sources" : page}`)}`;
  }, [language, page]);
  useEffect(() => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [dark]);

  return (
    <WorldContext.Provider value={world}>
      <div class={`app on-${page === "map" ? "map" : "page"}`}>
        <Header onHelp={() => setDialog("help")} onShare={() => setDialog("share")} />
        {page === "map" ? (
          <main class="stage" id="main">
            <h1 class="hidden">{titleOf(chronicle)}</h1>
            <div class="maps">
              <PaneGrid />
              <Legend open={legend} toggle={setLegend} />
            </div>
            <div class="times">
              <Transport player={player} />
              <Band player={player} />
            </div>
            <Panel />
          </main>
        ) : null}
        {page === "tolls" ? <TollsPage /> : null}
        {page === "disputes" ? <DisputesPage /> : null}
        {page === "sources" ? <SourcesPage /> : null}
        {page === "source" ? <SourcePage /> : null}
        {page === "places" ? <PlacesPage /> : null}
        {page === "place" ? <PlacePage /> : null}
        {dialog === "help" ? <Help onClose={() => setDialog(null)} /> : null}
        {dialog === "share" ? <ShareDialog onClose={() => setDialog(null)} /> : null}
        <LiveRegion />
      </div>
    </WorldContext.Provider>
  );
}
