"""One name across scripts and spellings."""

from zubda.names.keys import letter_key, name_similarity, skeleton_key
from zubda.names.sounds import sound_key, sound_similarity

__all__ = ["letter_key", "name_similarity", "skeleton_key", "sound_key", "sound_similarity"]
