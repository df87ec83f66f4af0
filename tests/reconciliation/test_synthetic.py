"""Duplicates of an invented war are found again."""

from benchmarks.linkage import pairwise, synthetic_claims

from zubda.reconciliation import link_claims


def test_duplicates_are_found_among_five_thousand_claims() -> None:
    data = synthetic_claims(5_000)
    precision, recall, f1 = pairwise(link_claims(data.claims, data.theatre).event, data.event)
    assert precision > 0.9
    assert recall > 0.95
    assert f1 > 0.94


def test_more_than_the_compiled_form_needs_gives_the_same_kind_of_answer() -> None:
    """At this size the joining is compiled; below it runs as Python. Both keep the same constraints."""
    data = synthetic_claims(25_000)
    linkage = link_claims(data.claims, data.theatre)
    assert len(linkage.links[0]) > 20_000
    assert pairwise(linkage.event, data.event)[2] > 0.95
