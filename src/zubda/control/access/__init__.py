"""Roads open, threatened or cut; places and pockets encircled: from who held what, and from what is said of roads and sieges."""

from zubda.control.access.answers import Access, AccessModel

__all__ = ["Access", "AccessModel"]
