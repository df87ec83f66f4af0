"""Why every field of a claim is what it is, in words."""

from __future__ import annotations

from zubda.model import Claim, Document

__all__ = ["RULES", "explain"]

RULES: dict[str, str] = {
    "attempt": "an attempt is a clash, not the thing attempted (codebook rule 7)",
    "subject": "the parties before the verb, governed by no other word, act",
    "shared_subject": "no party of its own: the subject of the clause before goes on",
    "passive_agent": "in a passive the party between the passive word and the verb acts",
    "passive_subject": "in a passive the subject is acted upon",
    "toward_whom": "a word of direction governs the party: it is acted upon",
    "with_whom": "fought with, agreed with: the party is the other side",
    "fight_between": "two sides joined in a fight: the first one named attacks",
    "relative_subject": "a relative pronoun: what it points back to acts",
    "type_by_object": "what is taken or moved tells the type: a place, weapons, people",
    "accused": "the accused party did what it is accused of (rule 6)",
    "object": "the party after the verb is acted upon",
    "speaker_acts": "a side that tells what was done, and names nobody, did it itself (rule 2)",
    "target_is_civilian": "an attack on civilians alone (type table)",
    "artillery_named": "bombing with artillery named is shelling (rule 10)",
    "place_after_verb": "places after the verb in its clause",
    "place_in_clause": "places in the clause",
    "place_falls": "the subject of a word of falling is the place",
    "place_of_clause_before": "no place of its own: that of the nearest clause before",
    "place_of_sentence_before": "no place in the sentence: that of the sentence before (field `places`)",
    "holder_in_passing": "a holder told in passing fills an empty control (rule 12), and is whom an attack on the place was done to",
    "hearsay": "reported by somebody who is not named",
    "according_to": "according to a source: it covers the sentence (rule 2)",
    "speech": "the party before the verb of saying is the source",
    "begins": "a word of beginning tells when the fight began",
    "set_against": "a word of contrast sets this source against what was said before",
    "speech_by_role": "a person named by role is the source",
    "speech_by_pronoun": "a pronoun before the verb of saying: the source of the sentence before (rule 16)",
    "speech_goes_on": "a verb of saying without a subject: the source goes on (rule 16)",
    "attack_told_before": "a demonstrative: the attack told before, with its type",
    "repelled": "the attack is told to have been beaten off: the defender holds (rule 7)",
    "opponent": "the defender is not named: whom the attackers were last seen fighting",
    "summed": "a sum of casualties is that of a period (type table)",
    "attempt_failed": "what was attempted failed: a clash (rule 7)",
    "subject_of_sentence_before": "no party in the sentence: the subject of the sentence before",
    "place_of_clause_after": "no place before it: the list, or the aim, in the clause after",
    "place_of_road": "the road to a place, where only the road is named",
    "made_up_of": "told what a force is made up of: its strength (rule 15)",
    "share_of_place": "a share of a place: who holds what (field `control`)",
    "subject_of_main_clause": "the background has the subject of the clause it is told with",
    "aircraft_named": "an explosion that aircraft made",
    "people_leave": "people who leave are displaced",
    "managed_to_hold": "managed to take hold: a capture",
    "arms_taken": "what was taken are arms",
    "on_the_way": "entering towards a place, without a place entered: on the way",
    "taken_up": "confirmed or denied without being told again (rule 6)",
    "speaks_for_itself": "who demands, threatens or condemns is the source of it",
    "fell_to": "the party to which the place fell took it",
    "named_beside": "a party that the sentence names beside the verb",
    "denied": "the source denies it (rule 6)",
    "of_a_piece": "a thing without a name in the place, or one part of it, is meant: not the whole place",
    "control_gained": "the place was taken",
    "control_lost": "the place was lost",
    "control_holds": "who is in control, or kept the place",
    "control_partial": "a part of the place, or entered and not taken whole (rule 11)",
    "control_contested": "fought over, nobody holds it",
    "control_withdrew": "its holder left the place",
    "counted": "a number with what it counts",
    "holder_struck": "who holds the place that is struck is the target",
    "target_is_armed": "fire on an armed party is fighting",
    "owner": "whose stronghold it is told to be",
    "actor_goes_on": "a toll of blows told before, without a place or doer of its own: who dealt them goes on",
    "both_sides": "a toll of both sides together is that of the fighting between them",
    "suffers_in_it": "the subject is told to have died or been hurt in the event: it is acted upon",
    "toll": "a toll that no event of the sentence takes",
}


def explain(claim: Claim, document: Document) -> list[tuple[str, str, str, str]]:
    """``(field, rule, quoted characters, what the rule does)`` for every rule that fired for the claim, in the order of the text."""
    rows = []
    for fired in sorted(claim.rules, key=lambda rule: (rule.start, rule.field, rule.rule)):
        what = RULES.get(fired.rule) or _by_class(fired.rule, fired.field, claim)
        rows.append((fired.field, fired.rule, document.raw[fired.start : fired.end], what))
    return rows


def _by_class(rule: str, field: str, claim: Claim) -> str:
    """What a rule does that is named after the class of words that it found."""
    if rule.startswith("harm_"):
        return f"a word of the harm `{rule.removeprefix('harm_')}` tells what is counted"
    if field == "date":
        return f"the days that the rule `{rule}` works out"
    return f"a word of the class `{rule}`: type {claim.type}"
