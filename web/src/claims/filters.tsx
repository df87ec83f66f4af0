/** Filters by source and type, and the ground or the place that the list is limited to. */

import { useState } from "preact/hooks";
import { number, t, tn, word } from "../i18n";
import { toggleExtent } from "../map/shared-camera";
import { change, useView } from "../state/store";
import { groupOf, GROUPS } from "../time/series";
import { useWorld } from "../ui/context";
import { placeName, sideName, sourceName } from "../ui/names";

interface Option {
  id: string;
  name: string;
  group: string;
  count: number | null;
}

export function Filters() {
  const { chronicle } = useWorld();
  const { meta } = chronicle;
  const sources = useView((now) => now.sources);
  const types = useView((now) => now.types);
  const place = useView((now) => now.place);
  const extent = useView((now) => now.extent);
  const at = place === null ? undefined : chronicle.placeAt.get(place);
  const sourceOptions = meta.sources
    .map((source, position): Option => ({ id: source.id, name: sourceName(chronicle, position), group: source.alignment ? sideName(chronicle, source.alignment) : "", count: source.claims }))
    .filter((option) => option.count)
    .sort((a, b) => b.count! - a.count!);
  const typeOptions = GROUPS.flatMap((group) =>
    meta.types.filter((type) => groupOf(type) === group).map((type): Option => ({ id: type, name: word("type", type), group: t(`group.${group}`), count: null })),
  );
  const some = sources.length || types.length || place !== null || extent !== null;
  return (
    <div class="filters">
      <Chooser label={t("filter.sources")} options={sourceOptions} chosen={sources} choose={(next) => change({ sources: next })} searched />
      <Chooser label={t("filter.types")} options={typeOptions} chosen={types} choose={(next) => change({ types: next })} />
      <button type="button" class={`chip${extent ? " on" : ""}`} aria-pressed={extent !== null} title={t("filter.extent.hint")} onClick={toggleExtent}>
        {t("filter.extent")}
      </button>
      {at !== undefined ? (
        <button type="button" class="chip on" onClick={() => change({ place: null })} title={t("filter.clear")}>
          {t("claims.at", { name: placeName(chronicle, at) })} <span aria-hidden="true">×</span>
        </button>
      ) : null}
      {some ? (
        <button type="button" class="link" onClick={() => change({ sources: [], types: [], place: null, extent: null })}>
          {t("filter.clear")}
        </button>
      ) : null}
    </div>
  );
}

interface ChooserProps {
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  choose: (chosen: string[]) => void;
  searched?: boolean;
}

function Chooser({ label, options, chosen, choose, searched }: ChooserProps) {
  const [open, setOpen] = useState(false);
  const [find, setFind] = useState("");
  const wanted = find.trim().toLowerCase();
  const shown = options.filter((option) => !wanted || option.name.toLowerCase().includes(wanted) || option.id.includes(wanted));
  const toggle = (id: string) => choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <details
      class="chooser"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        setOpen(false);
        event.currentTarget.querySelector<HTMLElement>("summary")?.focus();
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget as Node)) setOpen(false);
      }}
    >
      <summary class={`chip${chosen.length ? " on" : ""}`}>
        {label}: {chosen.length ? number(chosen.length) : t("filter.all")}
      </summary>
      <div class="chooser-body">
        {searched ? <input type="search" value={find} placeholder={t("filter.search")} aria-label={`${t("filter.search")}: ${label}`} onInput={(event) => setFind(event.currentTarget.value)} /> : null}
        <ul>
          {shown.map((option) => (
            <li key={option.id}>
              <label>
                <input type="checkbox" checked={chosen.includes(option.id)} onChange={() => toggle(option.id)} />
                <bdi>{option.name}</bdi>
                <span class="option-note">{option.count === null ? option.group : `${option.group ? `${option.group} · ` : ""}${tn("unit.claims", option.count)}`}</span>
              </label>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
