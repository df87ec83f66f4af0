/** The words with which a view or a claim is cited. */

import type { Chronicle } from "../data/chronicle";
import type { OpenClaim } from "../state/open-claim";
import type { View } from "../state/view";
import { longDate, number, t } from "../i18n";
import { methodName, paneName, sourceName, titleOf } from "../ui/names";
import { isoOf } from "../time/days";

export function today(): number {
  const now = new Date();
  return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000);
}

/** One line: what is shown, of which chronicle and content, made by what, when it was read, where. */
export function citation(chronicle: Chronicle, view: View, open: OpenClaim | null, address: string): string {
  const { meta } = chronicle;
  const parts = [titleOf(chronicle)];
  if (open) {
    const { claim } = open;
    const document = meta.documents[claim.document];
    const at = claim.raw_spans.map(([start, end]) => `${number(start)}–${number(end)}`).join(", ");
    parts.push(`${t("claim.title")} ${claim.id} (${sourceName(chronicle, claim.source)}): “${claim.text}”`);
    if (document) parts.push(`${document.title}, ${document.origin}${at ? `, ${at}` : ""}`);
  } else if (view.page === "map") {
    parts.push(longDate(view.day!), view.panes.map((pane) => paneName(chronicle, pane)).join(" / "));
  }
  parts.push(["Zubda " + meta.program_version, methodName(chronicle), meta.content].filter(Boolean).join(", "));
  parts.push(t("cite.accessed", { date: longDate(today()) }), address);
  return parts.join(". ").replace(/\.\. /g, ". ");
}

/** A name for files: the chronicle, what it is, and the days. */
export function fileName(chronicle: Chronicle, view: View, ending: string): string {
  const title = titleOf(chronicle).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "zubda";
  const days = view.scope === "range" && view.range ? `${isoOf(view.range[0])}-${isoOf(view.range[1])}` : isoOf(view.day!);
  return `${title}-${days}.${ending}`;
}
