/** The keys of the page. */

import { t } from "../i18n";
import type { Key } from "../i18n/en";
import { Dialog } from "./dialog";

const KEYS: readonly (readonly [string[], Key])[] = [
  [["?"], "help.help"],
  [["Space"], "help.space"],
  [["←", "→"], "help.arrows"],
  [["Shift ←", "Shift →"], "help.shift"],
  [[",", "."], "help.event"],
  [["Home", "End"], "help.home"],
  [["T"], "help.t"],
  [["M"], "help.m"],
  [["C"], "help.c"],
  [["I"], "help.i"],
  [["V"], "help.v"],
  [["L"], "help.l"],
  [["/"], "help.slash"],
  [["S"], "help.s"],
  [["1", "2", "3", "4", "5"], "help.pages"],
  [["Esc"], "help.escape"],
];

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("help.title")} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt dir="ltr">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
