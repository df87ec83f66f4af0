"""The forms of English verbs and nouns from their lemmas, so that a lexicon lists each word once."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["noun_forms", "verb_forms"]

VOWELS = "aeiou"

IRREGULAR = {
    "be": ("was", "been"), "beat": ("beat", "beaten"), "become": ("became", "become"), "begin": ("began", "begun"),
    "bind": ("bound", "bound"), "blow": ("blew", "blown"), "break": ("broke", "broken"), "bring": ("brought", "brought"),
    "build": ("built", "built"), "burn": ("burnt", "burnt"), "burst": ("burst", "burst"), "buy": ("bought", "bought"),
    "catch": ("caught", "caught"), "choose": ("chose", "chosen"), "come": ("came", "come"), "cost": ("cost", "cost"),
    "cut": ("cut", "cut"), "deal": ("dealt", "dealt"), "dig": ("dug", "dug"), "do": ("did", "done"), "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"), "fall": ("fell", "fallen"), "feed": ("fed", "fed"), "feel": ("felt", "felt"),
    "fight": ("fought", "fought"), "find": ("found", "found"), "flee": ("fled", "fled"), "fly": ("flew", "flown"),
    "forbid": ("forbade", "forbidden"), "get": ("got", "got"), "give": ("gave", "given"), "go": ("went", "gone"),
    "grow": ("grew", "grown"), "hang": ("hanged", "hanged"), "have": ("had", "had"), "hear": ("heard", "heard"),
    "hide": ("hid", "hidden"), "hit": ("hit", "hit"), "hold": ("held", "held"), "keep": ("kept", "kept"),
    "know": ("knew", "known"), "lay": ("laid", "laid"), "lead": ("led", "led"), "leave": ("left", "left"),
    "lie": ("lay", "lain"), "lose": ("lost", "lost"), "make": ("made", "made"), "mean": ("meant", "meant"),
    "meet": ("met", "met"), "mislead": ("misled", "misled"), "overcome": ("overcame", "overcome"), "over-run": ("over-ran", "over-run"),
    "overrun": ("overran", "overrun"), "overtake": ("overtook", "overtaken"), "overthrow": ("overthrew", "overthrown"),
    "pay": ("paid", "paid"), "put": ("put", "put"), "read": ("read", "read"), "rebuild": ("rebuilt", "rebuilt"),
    "retake": ("retook", "retaken"), "re-take": ("re-took", "re-taken"), "ride": ("rode", "ridden"), "rise": ("rose", "risen"),
    "run": ("ran", "run"), "say": ("said", "said"), "see": ("saw", "seen"), "seek": ("sought", "sought"), "sell": ("sold", "sold"),
    "send": ("sent", "sent"), "set": ("set", "set"), "shoot": ("shot", "shot"), "show": ("showed", "shown"), "shut": ("shut", "shut"),
    "sink": ("sank", "sunk"), "slay": ("slew", "slain"), "speak": ("spoke", "spoken"), "spend": ("spent", "spent"),
    "split": ("split", "split"), "spread": ("spread", "spread"), "stand": ("stood", "stood"), "steal": ("stole", "stolen"),
    "strike": ("struck", "struck"), "swear": ("swore", "sworn"), "sweep": ("swept", "swept"), "swim": ("swam", "swum"),
    "take": ("took", "taken"), "teach": ("taught", "taught"), "tear": ("tore", "torn"), "tell": ("told", "told"),
    "think": ("thought", "thought"), "throw": ("threw", "thrown"), "undertake": ("undertook", "undertaken"),
    "upset": ("upset", "upset"), "wear": ("wore", "worn"), "win": ("won", "won"), "withdraw": ("withdrew", "withdrawn"),
    "withstand": ("withstood", "withstood"), "write": ("wrote", "written"), "leap": ("leapt", "leapt"), "understand": ("understood", "understood"),
}  # fmt: skip
DOUBLED = frozenset(
    [
        "abet",
        "admit",
        "begin",
        "blot",
        "brag",
        "commit",
        "compel",
        "control",
        "cut",
        "defer",
        "dig",
        "drop",
        "dub",
        "expel",
        "fit",
        "forbid",
        "get",
        "hit",
        "jam",
        "let",
        "man",
        "nab",
        "occur",
        "omit",
        "patrol",
        "permit",
        "pin",
        "plan",
        "plot",
        "propel",
        "put",
        "quit",
        "ram",
        "rebel",
        "refer",
        "repel",
        "rid",
        "rob",
        "rub",
        "run",
        "set",
        "shut",
        "sit",
        "slip",
        "snap",
        "split",
        "spot",
        "stab",
        "stem",
        "step",
        "stop",
        "strip",
        "submit",
        "swim",
        "tap",
        "top",
        "transfer",
        "transmit",
        "trap",
        "trim",
        "win",
        "wrap",
        "overrun",
        "over-run",
        "concur",
        "incur",
        "regret",
        "acquit",
    ]
)
KEEP_E = ("ee", "oe", "ye")
IRREGULAR_NOUNS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "serviceman": "servicemen", "militiaman": "militiamen",
    "policeman": "policemen", "gunman": "gunmen", "spokesman": "spokesmen", "airman": "airmen", "tribesman": "tribesmen",
    "aircraft": "aircraft", "helicraft": "helicraft", "headquarters": "headquarters", "personnel": "personnel", "wife": "wives",
    "life": "lives", "half": "halves", "infantry": "infantry", "artillery": "artillery", "police": "police", "staff": "staff",
    "cameraman": "cameramen", "businessman": "businessmen", "clergyman": "clergymen", "fisherman": "fishermen", "rifleman": "riflemen",
    "crisis": "crises", "spokeswoman": "spokeswomen", "policewoman": "policewomen", "servicewoman": "servicewomen", "seaman": "seamen",
    "ammunition": "ammunition", "weaponry": "weaponry", "spacecraft": "spacecraft", "offspring": "offspring", "statesman": "statesmen",
}  # fmt: skip


def verb_forms(lemma: str) -> Iterator[tuple[str, str]]:
    """Every form of a verb with its name: ``base``, ``third``, ``past``, ``participle``, ``gerund``.

    Only the first word of a phrase changes (``take control of``). One form may come twice, as past and as participle.
    """
    head, _, rest = lemma.partition(" ")
    rest = f" {rest}" if rest else ""
    prefix, stem = _prefix(head)
    past, participle = IRREGULAR.get(stem) or ("", "")
    if past:
        past, participle = prefix + past, prefix + participle
    else:
        past = participle = _past(head)
    forms = {"base": head, "third": _third(head), "past": past, "participle": participle, "gerund": _gerund(head)}
    for name, form in forms.items():
        yield form + rest, name
    if stem == "be":
        yield "are" + rest, "third"
        yield "were" + rest, "past"
    if stem == "sink":
        yield "sunk" + rest, "past"
    if stem in ("burn", "leap"):
        yield _past(head) + rest, "past"
        yield _past(head) + rest, "participle"


def noun_forms(lemma: str) -> Iterator[tuple[str, str]]:
    """The ``singular`` and ``plural`` of a noun; only the last word of a phrase changes, or the first before "of" or "to"."""
    for link in (" of ", " to ", " on "):
        if link in lemma:
            head, rest = lemma.split(link, 1)
            for form, name in noun_forms(head):
                yield form + link + rest, name
            return
    before, _, last = lemma.rpartition(" ")
    before = f"{before} " if before else ""
    yield lemma, "singular"
    yield before + _plural(last), "plural"


def _prefix(head: str) -> tuple[str, str]:
    """``re-`` and its kin before an irregular verb."""
    if head in IRREGULAR:
        return "", head
    for prefix in ("re-", "re", "counter-", "counter", "co-"):
        if head.startswith(prefix) and head[len(prefix) :] in IRREGULAR:
            return prefix, head[len(prefix) :]
    return "", head


def _third(head: str) -> str:
    if head == "be":
        return "is"
    if head == "have":
        return "has"
    return _plural(head, verb=True)


def _plural(word: str, verb: bool = False) -> str:
    if not verb and word in IRREGULAR_NOUNS:
        return IRREGULAR_NOUNS[word]
    if word.endswith(("s", "x", "z", "ch", "sh")) or (
        word.endswith("o") and word in ("go", "do", "hero", "torpedo", "veto")
    ):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(head: str) -> str:
    if head.endswith("e"):
        return head + "d"
    if head.endswith("y") and head[-2:-1] not in VOWELS:
        return head[:-1] + "ied"
    if head in DOUBLED:
        return head + head[-1] + "ed"
    if head.endswith("c"):
        return head + "ked"
    return head + "ed"


def _gerund(head: str) -> str:
    if head == "be":
        return "being"
    if head.endswith("ie"):
        return head[:-2] + "ying"
    if head.endswith("e") and not head.endswith(KEEP_E):
        return head[:-1] + "ing"
    if head in DOUBLED:
        return head + head[-1] + "ing"
    if head.endswith("c"):
        return head + "king"
    return head + "ing"
