"""One name across scripts and spellings."""

from zubda.names.keys import letter_key, name_similarity, skeleton_key

__all__ = ["letter_key", "name_similarity", "skeleton_key"]
