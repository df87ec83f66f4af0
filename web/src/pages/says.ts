/** What a dispute is about and what each position says, from the codebook's words to the reader's language. */

import type { Chronicle } from "../data/chronicle";
import type { Dispute } from "../data/types";
import { longDate, number, t, word } from "../i18n";
import { dayOf } from "../time/days";
import { sideName } from "../ui/names";

/** What it is about, besides the question itself: a kind of harm and a side, a type of event. Empty where the places say it. */
export function topicOf(chronicle: Chronicle, { about, topic }: Dispute): string {
  if (about === "holder") return "";
  if (about === "count") {
    const [what, side] = topic.split(", ");
    return [word("count", coded(what ?? "")), side ? sideName(chronicle, side) : ""].filter(Boolean).join(", ");
  }
  const [, question, subject] = /^(who did it|against whom|with whom): (.*)$/.exec(topic) ?? [];
  if (question === "against whom") return t("topic.against", { type: word("type", coded(subject!)) });
  if (question === "with whom") return t("topic.with", { side: sideName(chronicle, subject!) });
  return word("type", coded(subject ?? topic));
}

/** One position: a holder and a change, sides, bounds of a number, days, or an event with who did it to whom. */
export function positionOf(chronicle: Chronicle, about: string, says: string): string {
  const sides = (text: string) => text.split(/\+|, | and /).map((side) => sideName(chronicle, side)).join(" + ");
  const held = /^(.+?) (gained|lost|holds|partial|contested|withdrew)(?: (\d+%) to (\d+%))?$/.exec(says);
  if (held) {
    const share = held[3] ? (held[3] === held[4] ? `, ${held[3]}` : `, ${held[3]}–${held[4]}`) : "";
    return `${sideName(chronicle, held[1]!)}: ${word("change", held[2]!)}${share}`;
  }
  if (about === "count") return countOf(says);
  if (about === "when") return says.split(" to ").map((day) => (dayOf(day) === null ? day : longDate(dayOf(day)!))).join(" – ");
  const together = /^(.+) with (.+)$/.exec(says);
  if (together) return t("says.with", { who: sides(together[1]!), whom: sides(together[2]!) });
  const told = /^(denied: )?(.*?)(?: by (.+?))?(?:(?:^| )against (.+))?$/.exec(says)!;
  const [, denied, what, who, whom] = told;
  const key = coded(what ?? "");
  const known = what === "" ? "" : about === "who" && !who && !whom ? sides(what!) : word("says", key) === what ? word("type", key) : word("says", key);
  const done = who ? t("says.by", { what: known, who: sides(who) }) : known;
  const whole = [done, whom ? t("says.against", { whom: sides(whom) }) : ""].filter(Boolean).join(", ");
  return denied ? t("says.denial", { what: whole }) : whole;
}

function countOf(says: string): string {
  const least = /^at least (\d+)$/.exec(says);
  if (least) return t("count.atLeast", { n: number(Number(least[1])) });
  return says.split(" to ").map((bound) => (/^\d+$/.test(bound) ? number(Number(bound)) : bound)).join("–");
}

const coded = (words: string): string => words.replaceAll(" ", "_");
