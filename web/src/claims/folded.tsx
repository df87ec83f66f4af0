/** Passages about the killing of people stay folded until the reader asks, once for each claim or once for all. */

import { useEffect, useState } from "preact/hooks";
import type { Chronicle } from "../data/chronicle";
import { t } from "../i18n";

const GRAPHIC_TYPES = new Set(["execution", "attack_on_civilians", "chemical", "abduction"]);
const ABOUT_HARM = 8;

/** Whether a claim tells of violence against people in words, and not of fighting with a number of dead. */
export function isGraphic(chronicle: Chronicle, claim: number): boolean {
  const { claims, meta } = chronicle;
  const type = meta.types[claims.column("type")[claim]!] ?? "";
  return (claims.column("flags")[claim]! & ABOUT_HARM) !== 0 && GRAPHIC_TYPES.has(type);
}

let open = false;
const listeners = new Set<() => void>();

export function unfoldAll(): void {
  open = true;
  for (const listener of [...listeners]) listener();
}

export function useUnfolded(): boolean {
  const [shown, setShown] = useState(open);
  useEffect(() => {
    const listen = () => setShown(open);
    listen();
    listeners.add(listen);
    return () => {
      listeners.delete(listen);
    };
  }, []);
  return shown;
}

export function Folded({ text, language, class: name }: { text: string; language: string; class: string }) {
  const shown = useUnfolded();
  if (shown) {
    return (
      <span class={name} lang={language} dir="auto">
        {text}
      </span>
    );
  }
  return <span class={`${name} folded`}>{t("claim.fold")}</span>;
}
