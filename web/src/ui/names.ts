/** Names of things for people. */

import type { Chronicle } from "../data/chronicle";
import { nameIn, t, word } from "../i18n";
import { RECONCILED } from "../state/view";
import { versionsOf } from "../map/paint";

export function placeName(chronicle: Chronicle, place: number): string {
  return nameIn(chronicle.places.names[place] ?? {}, chronicle.places.id[place] ?? "");
}

export function sideName(chronicle: Chronicle, id: string): string {
  if (id === "contested") return t("holder.contested");
  const side = chronicle.meta.sides[chronicle.sideAt.get(id) ?? -1];
  if (id === "all") return t("tolls.all");
  if (id === "unknown") return t("side.unknown");
  if (id === "civ" && !Object.keys(side?.names ?? {}).length) return t("side.civ");
  return side ? nameIn(side.names, side.id) : id;
}

export function sourceName(chronicle: Chronicle, position: number): string {
  const source = chronicle.meta.sources[position];
  if (!source) return t("claim.text");
  if (source.id === "text") return t("claim.text");
  if (source.id === "unnamed") return t("claim.unnamed");
  return nameIn(source.names, source.id.replace(/^x:/, ""));
}

export function versionName(chronicle: Chronicle, id: string): string {
  if (id === RECONCILED) return t("pane.reconciled");
  const version = chronicle.meta.views.find((candidate) => candidate.id === id);
  if (!version) return id;
  if (version.kind === "side") return t("pane.side", { name: sideName(chronicle, version.key) });
  const source = chronicle.sourceAt.get(version.key);
  return source === undefined ? nameIn(version.names, version.key) : sourceName(chronicle, source);
}

/** A version's name without the word that says it is a side's. */
function shortName(chronicle: Chronicle, id: string): string {
  const version = chronicle.meta.views.find((candidate) => candidate.id === id);
  return version?.kind === "side" ? sideName(chronicle, version.key) : versionName(chronicle, id);
}

/** How the reconciled version is worked out, in words. */
export function methodName(chronicle: Chronicle): string {
  return chronicle.meta.method ? word("method", chronicle.meta.method.replaceAll(" ", "_")) : "";
}

/** The label of a pane: what it shows and, for the reconciled version, by which method. */
export function paneName(chronicle: Chronicle, pane: string): string {
  const versions = versionsOf(pane);
  if (versions.length === 2) {
    return t("pane.difference.of", { a: shortName(chronicle, versions[0]), b: shortName(chronicle, versions[1]) });
  }
  return versionName(chronicle, pane);
}

/** The chronicle's name, without the ending of a file. */
export function titleOf(chronicle: Chronicle): string {
  return chronicle.meta.title;
}
