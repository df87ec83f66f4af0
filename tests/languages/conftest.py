"""Puts `dated`, which the tests of both languages use, on the path."""
