/** Cite and download: the address, the citation, the claims in view, the picture. */

import { useEffect, useState } from "preact/hooks";
import { claimsInView } from "../claims/in-view";
import { number, t } from "../i18n";
import { useOpenClaim } from "../state/open-claim";
import { view, writeAddress } from "../state/store";
import { useDark, useWorld } from "../ui/context";
import { Dialog } from "../ui/dialog";
import { say } from "../ui/live";
import { citation, fileName } from "./cite";
import { pictureOf, pngOf } from "./picture";
import { copy, save } from "./save";
import { csvOf, geojsonOf } from "./tables";

export function ShareDialog({ onClose }: { onClose: () => void }) {
  const world = useWorld();
  const { chronicle } = world;
  const dark = useDark();
  const open = useOpenClaim()?.open ?? null;
  const [address] = useState(writeAddress);
  const [claims] = useState(() => claimsInView(chronicle, view()));
  const [state, setState] = useState("");
  const cited = citation(chronicle, view(), open, address);
  const work = async (ending: string, make: () => Promise<Blob>) => {
    setState(t("share.working"));
    try {
      save(fileName(chronicle, view(), ending), await make());
      setState("");
    } catch (problem) {
      setState(t("share.failed", { why: (problem as Error).message }));
    }
  };
  const text = (type: string, content: string) => new Blob([content], { type: `${type};charset=utf-8` });
  const picture = () => pictureOf(world, view(), dark, address);
  const onMap = view().page === "map";
  return (
    <Dialog title={t("share.title")} onClose={onClose}>
      <CopyField label={t("share.link")} text={address} />
      <CopyField label={t("share.citation")} text={cited} tall />
      <section>
        <h3>{t("share.data", { n: number(claims.length) })}</h3>
        <div class="row">
          <button type="button" class="chip" onClick={() => void work("csv", async () => text("text/csv", await csvOf(chronicle, claims)))}>
            {t("share.csv")}
          </button>
          <button type="button" class="chip" onClick={() => void work("geojson", async () => text("application/geo+json", await geojsonOf(chronicle, claims)))}>
            {t("share.geojson")}
          </button>
        </div>
      </section>
      {onMap && chronicle.meta.states.length ? (
        <section>
          <h3>{t("share.picture")}</h3>
          <div class="row">
            <button type="button" class="chip" onClick={() => void work("svg", async () => text("image/svg+xml", await picture()))}>
              {t("share.svg")}
            </button>
            <button type="button" class="chip" onClick={() => void work("png", async () => pngOf(await picture()))}>
              {t("share.png")}
            </button>
          </div>
        </section>
      ) : null}
      <p role="status" class="quiet-text">
        {state}
      </p>
    </Dialog>
  );
}

function CopyField({ label, text, tall }: { label: string; text: string; tall?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => setCopied(false), [text]);
  return (
    <section class="copy-field">
      <label>
        <span>{label}</span>
        {tall ? <textarea readOnly rows={4} value={text} dir="auto" /> : <input readOnly value={text} dir="ltr" onFocus={(event) => event.currentTarget.select()} />}
      </label>
      <button
        type="button"
        class="chip"
        onClick={() => {
          void copy(text).then(() => {
            setCopied(true);
            say(t("share.copied"));
          });
        }}
      >
        {copied ? t("share.copied") : t("share.copy")}
      </button>
    </section>
  );
}
