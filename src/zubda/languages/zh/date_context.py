"""What the words around a date in Chinese text make of it: since, until, so far, before, already, planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zubda.extraction.values import DateMention

__all__ = ["in_context"]

CLAUSE = re.compile(r"[,，。;；:!?！？\n]")
END = re.compile(r"[。!?！？\n]")
FROM = re.compile(r"(?:自从?|从|早在|自打)$")
SINCE = re.compile(r"[^,，。;]{0,14}?(?:以来|至今|爆发以来)|起(?!来|义|火|飞|诉|初|源|事)")
UNTIL = re.compile(r"(?:持续|延续|坚持|进行|一直|激战|僵持|战斗|维持|延长|拖)了?(?:直?至|直?到)了?$")
SO_FAR = re.compile(r"截[止至]到?(?:了|当地时间)?$")
TO = re.compile(r"(?:直?到了?|直?至)$")
TOLLED = re.compile(
    r"[^,，。;\d]{0,4}?[,，]?[^,，。;\d]{0,6}?(?:共|总共|总计|累计|已有|已经有|至少有|超过|死亡人数|死于|伤亡|合计)"
)
FAILED = re.compile(r"[^,，。;\d]{0,8}?(?:被?击退|受挫|失败|挫败|瓦解|被打退)")
BEFORE = re.compile(
    r"(?:的?(?:凌晨|清晨|黎明|早晨|中午|下午|傍晚|晚上))?(?:之前|以前|前(?!线|方|往|面|进|后|来|总|首|苏|政府|夕|去|沿|哨))"
)
PAST = re.compile(r"[^,，。;]{0,10}?曾(?!经?祖)")
ALREADY = re.compile(r"[^,，。;]{0,10}?已")
PLANNED = re.compile(
    r"(?<!按原)(?<!按)(?:定于|将于|将在|拟于|拟在|计划于|计划在|预计于?|预定于?|原定于?|打算在|打算于|安排在|推迟[至到])$"
)
BORN = re.compile(r"[^,，。;]{0,3}(?:出生|生于|成立于|建于|建立|革命|出厂|生产)")
BEGINS = re.compile(r"(?:战役|战争|会战|之战|内战)[^,，。;]{0,12}?(?:爆发|开始|打响|拉开)(?!前|之前|时|后|以前|以来)")
LASTING = re.compile(r"(?:持续|长达|历时|为期|经过|激战|围困|战斗|达|近|约)了?(?:近|约|长达|超过)?$")
ADVERBS = re.compile(
    r"^(?:但是?|而|并|于是|随后|然而|不过|仅|只|就|又|再|在|于|到了?|过了?|约|大约|近|短短|最终|仅仅|刚刚|了)+"
)
REPORT = re.compile(r"[^,，。;]{0,14}?(?:报告|调查|研究|文章|著作|回忆录|采访|访谈|纪录片|判决)(?![团员组队])")
MADE = re.compile(r"[^,，。;]{0,6}?(?:签署|签订|达成|通过|缔结|成立|建立|建成|修建|颁布|生效)的")
"""What only tells when a thing was made that the sentence, dated before, is about."""
OPENED = '“「『"'
QUOTED = re.compile(r"[^”」』\"。]{0,20}[”」』\"]的")
EVENT_LENGTH = 4


def in_context(folded: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """The mentions with ``bound``, ``background``, ``event`` and ``begins`` set by what stands around them in ``folded``."""
    found = [_one(folded, mention) for mention in mentions]
    for number, mention in enumerate(found):
        dated = number > 0 and not END.search(folded, found[number - 1].end, mention.start)
        if dated and mention.kind == "calendar" and MADE.match(folded, mention.end):
            found[number] = replace(mention, kind="duration", moves=False)
    return found


def _one(folded: str, mention: DateMention) -> DateMention:
    if mention.kind == "duration":
        return mention
    left = folded[max(0, mention.start - 12) : mention.start]
    clause = CLAUSE.split(folded[max(0, mention.start - 60) : mention.start])[-1]
    if mention.rule == "days_after":
        return _after_event(mention, clause)
    if mention.kind == "calendar" and mention.first is not None:
        return _calendar(folded, mention, left, clause)
    if mention.rule == "beginning":
        return replace(mention, moves=not ADVERBS.sub("", clause.strip()))
    if TO.search(left) and _fails(folded, mention.end):
        return replace(mention, bound="until")
    if mention.rule == "next_day" and BEFORE.match(folded, mention.end):
        return replace(mention, bound="before")
    return mention


def _after_event(mention: DateMention, clause: str) -> DateMention:
    """``持续三天之后`` is a length; ``袭击车队一天之后`` dates the raid, one day before the governing date."""
    if LASTING.search(clause):
        return replace(mention, kind="duration", moves=False)
    told = ADVERBS.sub("", clause.strip())
    if len(told) >= EVENT_LENGTH and mention.offset is not None:
        low, high = mention.offset
        return replace(mention, offset=(-high, -low), event=True, moves=False)
    return mention


def _calendar(folded: str, mention: DateMention, left: str, clause: str) -> DateMention:
    end = mention.end
    if left[-1:] in OPENED and left and QUOTED.match(folded, end):
        return replace(mention, kind="duration", moves=False)
    if mention.first is not None and mention.first.month is None and mention.last is None and REPORT.match(folded, end):
        return replace(mention, kind="duration", moves=False)  # the year of a report is not that of what it tells
    since = SINCE.match(folded, end)
    if since and (FROM.search(left) or since.start() == since.end() - 2 or since.group() == "起"):
        return replace(mention, bound="since", background=True)
    if BORN.match(folded, end) or PLANNED.search(left):
        return replace(mention, background=True)
    if UNTIL.search(left) or (TO.search(left) and _fails(folded, end)):
        return replace(mention, bound="until")
    if SO_FAR.search(left) or (TO.search(left) and TOLLED.match(folded, end)):
        return replace(mention, bound="so_far")
    if BEFORE.match(folded, end):
        return replace(mention, bound="before")
    if PAST.match(folded, end) or (len(ADVERBS.sub("", clause.strip())) >= 2 and ALREADY.match(folded, end)):
        return replace(mention, bound="past")
    if mention.first is not None and mention.first.day is not None and _begins(folded, mention):
        return replace(mention, begins=True)
    return mention


def _fails(folded: str, end: int) -> bool:
    """Whether an attack fails at the date, perhaps named between ("by the 18th, the counter-attack was beaten off")."""
    return FAILED.match(folded, end + (folded[end : end + 1] in ",，")) is not None


def _begins(folded: str, mention: DateMention) -> bool:
    start = max((match.end() for match in END.finditer(folded, 0, mention.start)), default=0)
    closing = END.search(folded, mention.end)
    return BEGINS.search(folded, start, closing.start() if closing else len(folded)) is not None
