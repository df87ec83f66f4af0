/** The head of the page: whose chronicle it is, the pages, the language and colours, citing and help. */

import { LANGUAGE_NAMES, number, t, tn } from "../i18n";
import { change, useView } from "../state/store";
import type { Language, PageName, ThemeName } from "../state/view";
import { useWorld } from "./context";
import { titleOf } from "./names";

const PAGES: readonly (readonly [PageName, PageName])[] = [
  ["map", "map"],
  ["tolls", "tolls"],
  ["disputes", "disputes"],
  ["sources", "source"],
  ["places", "place"],
];

export function Header({ onHelp, onShare }: { onHelp: () => void; onShare: () => void }) {
  const { chronicle } = useWorld();
  const page = useView((view) => view.page);
  const language = useView((view) => view.language);
  const theme = useView((view) => view.theme);
  const { counts, documents, sources } = chronicle.meta;
  return (
    <header class="top">
      <a class="skip" href={page === "map" ? "#claims" : "#main"} onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>("#claims [tabindex='0'], #claims, #main")?.focus(); }}>
        {t("skip")}
      </a>
      <div class="brand">
        <p class="title">
          <bdi>{titleOf(chronicle)}</bdi>
        </p>
        <p class="subtitle">
          {tn("unit.claims", counts.claims)} · {tn("unit.sources", sources.filter((source) => source.claims > 0).length)} · {tn("unit.documents", documents.length)}
        </p>
      </div>
      <nav aria-label={t("nav.pages")}>
        {PAGES.map(([name, sub]) => (
          <button key={name} type="button" class={page === name || page === sub ? "on" : ""} aria-current={page === name ? "page" : undefined} onClick={() => change({ page: name, claim: null })}>
            {t(`nav.${name}` as "nav.map")}
            {name === "disputes" && chronicle.disputes ? <small>{number(chronicle.disputes)}</small> : null}
          </button>
        ))}
      </nav>
      <div class="tools">
        <label>
          <span class="hidden">{t("tool.language")}</span>
          <select value={language} title={t("tool.language")} onChange={(event) => change({ language: event.currentTarget.value as Language })}>
            {Object.entries(LANGUAGE_NAMES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="hidden">{t("tool.theme")}</span>
          <select value={theme} title={t("tool.theme")} onChange={(event) => change({ theme: event.currentTarget.value as ThemeName })}>
            {(["auto", "light", "dark"] as const).map((name) => (
              <option key={name} value={name}>
                {t(`theme.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="chip" onClick={onShare}>
          {t("tool.share")}
        </button>
        <button type="button" class="icon" aria-label={t("tool.help")} title={t("tool.help")} onClick={onHelp}>
          ?
        </button>
      </div>
    </header>
  );
}
