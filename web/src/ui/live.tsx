/** What a screen reader is told when something changes that is only seen: the day, the number of claims. */

import { useEffect, useState } from "preact/hooks";

type Listener = (text: string) => void;
const listeners = new Set<Listener>();

export function say(text: string): void {
  for (const listener of [...listeners]) listener(text);
}

/** Spoken only when it rests, so that playing does not chatter. */
export function LiveRegion() {
  const [text, setText] = useState("");
  useEffect(() => {
    let timer = 0;
    const listen: Listener = (next) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => setText(next), 700);
    };
    listeners.add(listen);
    return () => {
      clearTimeout(timer);
      listeners.delete(listen);
    };
  }, []);
  return (
    <div class="hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
