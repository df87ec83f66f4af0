"""Building plain text piece by piece, with the way back to the raw characters."""

from __future__ import annotations

from zubda.model import Block, Link, OffsetMap

__all__ = ["PlainText", "is_wide"]


def is_wide(character: str) -> bool:
    """Whether text on both sides of a line break at this character is joined without a space (Han, kana, wide punctuation)."""
    return bool(character) and ("\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef")


class PlainText:
    """Plain text under construction: characters copied from the raw text, characters made up, blocks and links over them."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.length = 0
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self._parts: list[str] = []
        self._plain: list[int] = []
        self._raw: list[int] = []
        self._lengths: list[int] = []

    def copy(self, start: int, end: int) -> None:
        """Append the raw characters from ``start`` up to ``end``."""
        if end <= start:
            return
        joined = (
            self._plain
            and self._raw[-1] + self._lengths[-1] == start
            and self._plain[-1] + self._lengths[-1] == self.length
        )
        if joined:
            self._lengths[-1] += end - start
        else:
            self._plain.append(self.length)
            self._raw.append(start)
            self._lengths.append(end - start)
        self._parts.append(self.raw[start:end])
        self.length += end - start

    def substitute(self, text: str, start: int) -> None:
        """Append one character that stands for the raw ones at ``start`` (an entity, say); longer text is cut to its first."""
        self._plain.append(self.length)
        self._raw.append(start)
        self._lengths.append(1)
        self._parts.append(text[:1])
        self.length += 1

    def insert(self, text: str) -> None:
        """Append characters that stand nowhere in the raw text: a joining space, the break between two blocks."""
        self._parts.append(text)
        self.length += len(text)

    def cut(self, length: int) -> None:
        """Take back everything from the plain offset ``length`` on; links over it are shortened or dropped."""
        while self.length > length:
            part = self._parts.pop()
            self.length -= len(part)
            if self.length < length:
                self._parts.append(part[: length - self.length])
                self.length = length
        while self._plain and self._plain[-1] >= length:
            for run in (self._plain, self._raw, self._lengths):
                run.pop()
        if self._plain:
            self._lengths[-1] = min(self._lengths[-1], length - self._plain[-1])
        while self.links and self.links[-1].end > length:
            last = self.links.pop()
            if last.start < length:
                self.links.append(Link(last.start, length, last.target))

    def join(self) -> None:
        """Join what follows to what stands, as two lines of one paragraph: with a space unless it is a script without spaces."""
        if self.last() not in ("", " ", "\n"):
            self.insert("" if is_wide(self.last()) else " ")

    def text(self) -> str:
        """All of it so far."""
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def text_from(self, start: int) -> str:
        """What was appended since the plain offset ``start``."""
        parts: list[str] = []
        at = self.length
        for part in reversed(self._parts):
            if at <= start:
                break
            parts.append(part[max(0, start - (at - len(part))) :])
            at -= len(part)
        return "".join(reversed(parts))

    def last(self) -> str:
        """The last character, or nothing."""
        for part in reversed(self._parts):
            if part:
                return part[-1]
        return ""

    def offsets(self) -> OffsetMap:
        """The way back."""
        return OffsetMap(tuple(self._plain), tuple(self._raw), tuple(self._lengths))
