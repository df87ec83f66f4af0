"""The reader: a document to claims, sentence by sentence, with what each sentence leaves for the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from zubda.extraction.accounting import claim_of
from zubda.extraction.attribution import Voice, find_voices, has_no_part, set_against, voice_at
from zubda.extraction.building import Draft, control_of
from zubda.extraction.carrying import ToldBefore
from zubda.extraction.clausal import read_clauses
from zubda.extraction.counting import Counted, find_counted
from zubda.extraction.dating import RunningDate
from zubda.extraction.echoes import accusations, echoes, one_for_each_source, own_words
from zubda.extraction.frames import Frame, find_frames
from zubda.extraction.holding import held_in_passing
from zubda.extraction.inflected import find_inflected_frames
from zubda.extraction.locating import PIECE, WIDE, extent, find_places, takes_a_piece
from zubda.extraction.marks import Sentence
from zubda.extraction.memory import Memory, Scene
from zubda.extraction.merging import absorb, continues, merge, names_its_doer
from zubda.extraction.parties import find_groups
from zubda.extraction.placing import choose_places
from zubda.extraction.pointing import Pointing
from zubda.extraction.possessives import own_people
from zubda.extraction.settling import settle
from zubda.extraction.sides import admitted_losses, called_before, imply_sides, one_side_each, suffered_by_holders
from zubda.extraction.speaking import find_inflected_voices
from zubda.extraction.splitting import sentences
from zubda.extraction.statements import addressed, spoken_alone, without_heralds
from zubda.extraction.tables import OWN_PLACE, Row, TableReader, in_order, settled
from zubda.extraction.tolls import attach_counts, fold_losses, told_by_number, tolls_alone
from zubda.extraction.tongues import Tongue, read_in, vocabulary_of
from zubda.extraction.untold import untold
from zubda.extraction.vocabulary import Lexeme, Vocabulary
from zubda.extraction.when import SentenceDates, date_line, lasted, lasts_beyond
from zubda.gazetteer import Gazetteer
from zubda.languages import load_language
from zubda.languages.detection import passages
from zubda.languages.interface import Trigger
from zubda.model import Block, Claim, Document, PlaceMention, Theatre, Unknown

__all__ = ["Reader"]

OF_A_PIECE = "of_a_piece"

GOING_ON = frozenset({"speech_goes_on", "speech_by_pronoun", "speech_shares_subject", "row"})
FOUND = frozenset({"light_find", "bound"})
SET_AGAINST, BEGINS = "set_against", "begins"
SECTION = 2
NEXT_REACH, AGAIN_REACH = 1, 3
PAIR = 2


class Reader:
    """Reads one document in its main language, with the sides and names of one theatre."""

    def __init__(
        self,
        document: Document,
        theatre: Theatre | None,
        main: Tongue,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
    ) -> None:
        self.document = document
        self.theatre = theatre
        self.main = main
        self.language = language = main.language
        self.gazetteer = gazetteer
        self.dates = RunningDate(document.published)
        self.dates.sectioned = any(block.kind == "heading" and block.level == SECTION for block in document.blocks)
        self.memory = Memory()
        self.tables = TableReader(document, theatre, language, vocabulary, gazetteer)
        self.row = Row()
        self.claims: list[Claim] = []
        self.recent: list[tuple[int, Draft, int]] = []
        self.number = 0
        self.tongues: dict[str, Tongue] = {}
        self.pointing = Pointing()
        self.unknown: dict[str, tuple[str, int, tuple[int, int]]] = {}

    def read(self) -> tuple[tuple[Claim, ...], tuple[Unknown, ...]]:
        """The claims in the order of the text, and the places that the theatre does not know."""
        main = self.main
        for number, block in enumerate(self.document.blocks):
            if block.kind == "table_row" and block.level:
                self.tables.head(block, main.folded)
            if not block.narrative:
                continue
            if block.kind == "table_row":
                self.language = main.language
                self._row(block, main.folded, main.inside(block))
                continue
            if self._is_date_line(number, block, main.folded):
                continue
            topical = main.language.topical
            self.dates.paragraph(any(main.language.fold(name).startswith(topical) for name in block.section if topical))
            for part, tongue in self._passages(block, main):
                self.language = tongue.language
                for sentence in sentences(self.document, part, tongue.folded, tongue.inside(part), self.language):
                    self._sentence(sentence)
            self.language = main.language
        return tuple(self.claims), self._unknowns()

    def _passages(self, block: Block, main: Tongue) -> Iterator[tuple[Block, Tongue]]:
        """The parts of a block that are in one language each, with that language."""
        text = self.document.text[block.start : block.end]
        for start, end, code in passages(text, main.language.code):
            if code == main.language.code:
                tongue = main
            else:
                if code not in self.tongues:
                    language = load_language(code)
                    self.tongues[code] = read_in(self.document, language, vocabulary_of(language, self.theatre))
                tongue = self.tongues[code]
            part = (
                block if end - start == len(text) else replace(block, start=block.start + start, end=block.start + end)
            )
            yield part, tongue

    def _row(self, block: Block, folded: str, found: Sequence[tuple[int, int, Lexeme]]) -> None:
        """A row of a table: what its columns say, then its cells as sentences about the row's place, under its day."""
        row = self.tables.row(block, folded, found)
        for mention in row.places:
            if mention.place is not None and mention.place.startswith("x:"):
                self._met(mention, block.start, block.start + len(mention.surface))
        first = len(self.claims)
        self.claims += row.claims
        before = self.dates, self.memory
        self.row = row
        for part in row.parts:
            self.dates = RunningDate(self.document.published)
            self.dates.govern(row.days or before[0].current)
            self.memory, self.recent = Memory(places=row.places), []
            inside = [entry for entry in found if part.start <= entry[0] < part.end]
            for sentence in sentences(self.document, part, folded, inside, self.language):
                self._sentence(sentence)
        beginning = self.theatre.first if self.theatre else None
        told = in_order(self.claims[first + len(row.claims) :], beginning, row.claims)
        self.claims[first:] = [*(settled(claim, told) for claim in row.claims), *told]
        self.row = Row()
        self.dates, self.memory = before

    def _is_date_line(self, number: int, block: Block, folded: str) -> bool:
        """Headings, and lines that are nothing but a date, govern what follows and claim nothing themselves."""
        if date_line(self.document.blocks, number, folded, self.language, self.dates) is None:
            return False
        if block.kind == "heading":
            places = self.memory.places if block.level > 4 else ()
            self.memory = Memory(self.memory.context, places=places, taken=self.memory.taken, struck=self.memory.struck)
        return True

    def _sentence(self, sentence: Sentence) -> None:
        self.number += 1
        days = SentenceDates(sentence, self.dates)
        groups = find_groups(sentence, self.theatre, days.first.first if days.first else None, self.language.grammar)
        groups = own_people(sentence, groups, self.memory.context)
        reading = read_clauses(sentence, groups) if self.language.grammar.inflected else None
        if reading is not None:
            days.follow_clauses({predicate.clause for predicate in reading.predicates if predicate.finite})
            voices = find_inflected_voices(sentence, groups, reading, self.memory.voice)
            frames = find_inflected_frames(sentence, groups, self.memory.context, reading)
        else:
            ends = self.language.naming.ends if self.language.naming else frozenset()
            voices = find_voices(sentence, groups, self.memory.voice, ends)
            frames = find_frames(sentence, groups, self.memory.context, self.language.grammar)
        if self.row.voice is not None:
            voices.insert(0, self.row.voice)
        places = find_places(sentence, groups, self.gazetteer, self.language, self.memory.places)
        places = [self.pointing.as_named(sentence, place) for place in places]
        for place in places:
            if place.mention.place and place.mention.place.startswith("x:"):
                self._met(place.mention, place.start, place.end)
        scene = Scene(sentence, tuple(voices), days, tuple(groups), tuple(places))
        drafts = [self._draft(scene, frame) for frame in frames]
        counted = find_counted(sentence, groups, reading.predicates if reading is not None else None)
        kept = settle(sentence, drafts)
        left = attach_counts(kept, counted, voices)
        event = self.memory.event if self.number - self.memory.event_number == 1 else None
        if reading is not None:
            kept += untold(partial(self._bare_draft, scene), scene.voices, kept, left, event)
        else:
            summed = any(
                mark.has("throughout") or (mark.has("sum") and not mark.has("sum_bare")) for mark in sentence.marks
            )
            apart = summed or any(place.kind not in WIDE for place in places)
            tolls = tolls_alone(partial(self._toll_draft, scene), left, event, apart)
            kept = without_heralds(sentence, [*kept, *tolls])
        kept = [
            draft for draft in kept if (draft.counts or not draft.frame.weak) and not self.memory.taken_before(draft)
        ]
        kept = told_by_number(kept)
        if reading is None:
            kept = fold_losses(kept)
        kept, blamed = accusations(sentence, groups, kept, event)
        taken_up = [*echoes(sentence, groups, kept, event), *blamed]
        if reading is None or not (kept or taken_up):
            kept += [self._bare_statement(scene, voice) for voice in spoken_alone(scene, [*kept, *taken_up])]
        for draft in kept:
            own_words(draft)
        held = held_in_passing(sentence, groups, places, self.language)
        called_before(kept)
        self.memory.by_same_hand(kept)
        for before, draft in zip((None, *kept), kept, strict=False):
            imply_sides(draft, self.memory.context, before)
            admitted_losses(draft)
        suffered_by_holders(kept, held)
        one_side_each(kept)
        for draft in kept:
            draft.control = control_of(draft, held, kept)
        kept = merge(kept)
        told = [copy for draft in kept for copy in one_for_each_source(draft)]
        for draft in told + taken_up:
            self._enter(draft)
        self.memory.remember(scene, kept, self.number, self.theatre)
        self.pointing.remember(places)

    def _bare_statement(self, scene: Scene, voice: Voice) -> Draft:
        """What somebody says that tells of no event."""
        sentence = scene.sentence
        index = next((number for number, mark in enumerate(sentence.marks) if mark.end >= voice.at[1]), 0)
        mark, segment = sentence.marks[index], sentence.segment_of(voice.at[1] - 1)
        trigger = Trigger("statement", "statement")
        frame = Frame(index, trigger, "statement", segment.clause, mark.start, mark.end, segment)
        draft = self._draft(scene, frame)
        draft.agents = [voice.party] if voice.party else []
        draft.rules += [("statement", "type", *voice.at), ("speaker_acts", "actor", *voice.at)]
        return draft

    def _enter(self, draft: Draft) -> None:
        """Make a claim of the draft, or add it to the claim of a sentence before that it goes on with."""
        for place, (number, before, sentence) in reversed(list(enumerate(self.recent))):
            same = draft.carried_place and names_its_doer(draft) and names_its_doer(before)
            reach = AGAIN_REACH if draft.frame.again or same else NEXT_REACH
            if self.number - sentence <= reach and continues(before, draft):
                absorb(before, draft)
                self.claims[number] = self._claim(before)
                self.recent[place] = (number, before, self.number)
                return
        self.recent = [entry for entry in self.recent if self.number - entry[2] <= AGAIN_REACH]
        self.recent.append((len(self.claims), draft, self.number))
        self.claims.append(self._claim(draft))

    def _draft(self, scene: Scene, frame: Frame) -> Draft:
        sentence = scene.sentence
        voice = voice_at(scene.voices, frame.start)
        told = self._told(scene, frame, voice)
        chosen, rule, at = choose_places(frame, sentence, scene.places, self.theatre, told)
        if self.row.places and frame.type in OWN_PLACE:
            chosen, rule = self.row.places, "place_of_row"
        elif (
            rule == "place_of_sentence_before"
            and not told.pointed
            and takes_a_piece(sentence, frame.end, self.language)
        ):
            self._measure(frame, PIECE, at)
        else:
            self._measure(frame, extent(sentence, scene.places, at, self.language), at)
        cities = [place for place in scene.places if place.kind == "city" and place.mention in chosen]
        frame.of_city = bool(cities) or not self.language.grammar.inflected  # no form tells a capture from a state
        denied = voice.mode == "deny" or (voice.source is not None and has_no_part(sentence, frame))
        polarity = "deny" if denied else "affirm"
        agents, targets = list(frame.agents), list(frame.targets)
        day, dated_by, dated_at = scene.days.at(frame.start, frame.end, frame.region)
        if dated_by == "date_goes_on" and frame.region[1] and lasts_beyond(frame.type, day):
            day = None
        if frame.type == "siege" and (frame.passive or frame.nominal or frame.past):
            day = lasted(sentence, frame.clause, day)
        draft = Draft(
            frame,
            frame.type,
            day,
            chosen,
            agents,
            targets,
            voice,
            polarity,
            [(sentence.start, sentence.end)],
            rules=list(frame.rules),
            carried_place=rule == "place_of_sentence_before",
        )
        if day is not None:
            draft.rules.append((dated_by, "date", *dated_at))
        after = [place for place in scene.places if frame.end <= place.start < frame.segment.end]
        draft.located = bool(after)
        if rule:
            draft.rules.append((rule, "places", *at))
        if voice.rule:
            draft.rules.append((voice.rule, "source", *voice.at))
            against = set_against(sentence, voice) if voice.rule != "speech_goes_on" else None
            if against is not None:
                draft.rules.append((SET_AGAINST, "source", *against))
        begun = next((mark for mark in sentence.in_clause(frame.clause) if mark.has("begin")), None)
        if begun is not None and draft.type == "clash":
            draft.rules.append((BEGINS, "type", begun.start, begun.end))
        self._speak_for_oneself(draft, voice)
        if draft.type == "statement":
            draft.targets = draft.targets or addressed(scene, voice, sentence.marks[frame.index])
        return draft

    @staticmethod
    def _measure(frame: Frame, told: str, at: tuple[int, int]) -> None:
        """Note how much of its places a frame speaks of."""
        frame.partial = frame.partial or told == "part"
        if told == "whole":
            frame.share = (1.0, 1.0)
        if told == PIECE and frame.trigger.change:
            frame.rules.append((OF_A_PIECE, "control", *at))

    def _told(self, scene: Scene, frame: Frame, voice: Voice) -> ToldBefore:
        """What the text before leaves for the places of a frame."""
        last = self.memory
        pointed, clause = self.pointing.meant(scene.sentence, frame, scene.places, last.places)
        speaker = voice.party if voice.rule not in GOING_ON else None
        outside = speaker is not None and not voice.others and (speaker.source is not None or not speaker.armed)
        fresh = outside and voice.mode == "say" and voice.source != last.voice.source
        places = last.where_resumed(frame) or last.places
        return ToldBefore(places, last.block is scene.sentence.block, pointed, clause, fresh)

    def _speak_for_oneself(self, draft: Draft, voice: Voice) -> None:
        """A side that tells what was done and names nobody tells what it did itself (codebook rule 2)."""
        carried = any(rule == "subject_of_sentence_before" for rule, *_ in draft.rules)
        if (draft.agents and not carried) or voice.party is None or draft.frame.passive or draft.frame.nominal:
            return
        if draft.type == "casualties":
            return
        if voice.party.source is not None and voice.party.actor is None and draft.type != "territory":
            return  # an agency tells what its side did only where somebody must have taken the place
        if voice.party.side in ("civ", "other", "un") or voice.mode in ("deny", "accuse") or not voice.party.armed:
            return
        loses = draft.frame.trigger.change in ("fell", "lost") and voice.mode == "confirm"
        if draft.frame.repulse or loses:
            draft.targets = draft.targets or [voice.party]
            return
        if draft.type == "attack_on_civilians":
            return
        if {party.side for party in draft.targets} != {voice.party.side}:
            draft.agents = [voice.party]
            draft.rules.append(("speaker_acts", "actor", *voice.at))

    def _bare_draft(self, scene: Scene, at: tuple[int, int], type: str) -> Draft:
        """A draft without a predicate, at a plain range of the sentence."""
        sentence = scene.sentence
        segment = sentence.segment_of(at[0])
        index = next((number for number, mark in enumerate(sentence.marks) if mark.end > at[0]), 0)
        frame = Frame(index, Trigger(type, type), type, segment.clause, *at, segment, region=(at[1], segment.end))
        frame.nominal = True
        return self._draft(scene, frame)

    def _toll_draft(self, scene: Scene, entry: Counted, type: str) -> Draft:
        """A claim that is only a toll; where it belongs to the event told just before, with that event's places and sides."""
        sentence = scene.sentence
        mark = next(mark for mark in sentence.marks if mark.start >= entry.start)
        segment = sentence.segment_of(entry.start)
        frame = Frame(
            sentence.marks.index(mark), Trigger("toll", type), type, entry.clause, entry.start, entry.end, segment
        )
        draft = self._draft(scene, frame)
        if entry.count.what == "bodies_found" and type == "casualties" and sentence.flags & FOUND:
            draft.type = "execution"
        dated = any(mark.date for mark in sentence.marks)
        if type == "casualties" and "throughout" in sentence.flags and self.dates.whole is not None and not dated:
            draft.date, draft.places = self.dates.whole, ()
        draft.targets = [entry.party] if entry.party else []
        self._of_both(draft, sentence)
        return draft

    def _of_both(self, draft: Draft, sentence: Sentence) -> None:
        """ "Both sides lost 700 men together": the toll is that of the fighting between them."""
        fighting = self.memory.context.fighting
        told = any(mark.has("party_pronoun_both") for mark in sentence.in_clause(draft.frame.clause))
        if draft.type == "casualties" and told and len(fighting) == PAIR:
            draft.type, draft.agents, draft.targets = "clash", [fighting[0]], [fighting[1]]
            draft.rules.append(("both_sides", "type", draft.frame.start, draft.frame.end))

    def _claim(self, draft: Draft) -> Claim:
        return claim_of(draft, self.document, self.language.code)

    def _met(self, mention: PlaceMention, start: int, end: int) -> None:
        if mention.place is None:
            return
        surface, times, where = self.unknown.get(mention.place, (mention.surface, 0, (start, end)))
        self.unknown[mention.place] = (surface, times + 1, where)

    def _unknowns(self) -> tuple[Unknown, ...]:
        return tuple(
            Unknown(name, surface, "place", "", times, self.document.id, self.document.offsets.span(*where))
            for name, (surface, times, where) in self.unknown.items()
        )
