"""Blocs from a signed graph."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from zubda.extraction.blocs import claim_edges, find_blocs
from zubda.model import Claim, ControlStatement, Party, PlaceMention

SIZES = {"north": 30, "south": 20, "brigade": 5, "allies": 8, "raiders": 9, "onlookers": 3}


def claim(kind: str, actors: tuple[str, ...], targets: tuple[str, ...] = (), polarity: str = "affirm") -> Claim:
    return Claim(
        "c",
        "d",
        ((0, 1),),
        kind,
        actors=tuple(Party(side, side, side) for side in actors),
        targets=tuple(Party(side, side, side) for side in targets),
        polarity=polarity,
    )


def test_the_enemy_of_an_enemy_stands_on_ones_own_side() -> None:
    claims = [claim("clash", ("north",), ("south",)), claim("shelling", ("brigade",), ("south",))]
    blocs = find_blocs(claim_edges(claims, list(SIZES)), SIZES)
    assert blocs == {"north": 0, "brigade": 0, "south": 1}


def test_those_who_act_together_stand_together_and_onlookers_nowhere() -> None:
    claims = [claim("clash", ("north",), ("south",)), claim("airstrike", ("allies", "south"), ())]
    blocs = find_blocs(claim_edges(claims, list(SIZES)), SIZES)
    assert blocs["allies"] == blocs["south"] != blocs["north"]
    assert "onlookers" not in blocs


def test_who_fights_both_founds_a_bloc_of_its_own() -> None:
    claims = [claim("clash", ("north",), ("south",))] * 4 + [
        claim("clash", ("raiders",), (side,)) for side in ("north", "south") for _ in range(3)
    ]
    blocs = find_blocs(claim_edges(claims, list(SIZES)), SIZES)
    assert len({blocs["north"], blocs["south"], blocs["raiders"]}) == 3


def test_what_is_denied_tells_nothing_and_without_enmity_there_are_no_blocs() -> None:
    assert claim_edges([claim("clash", ("north",), ("south",), "deny")], list(SIZES)) == {}
    assert find_blocs({("north", "south"): 2.0}, SIZES) == {}


def test_who_takes_a_place_back_fights_who_took_it() -> None:
    def taken(side: str, place: str) -> Claim:
        return replace(
            claim("territory", (side,)),
            places=(PlaceMention(place, f"x:{place}", 1.0),),
            control=ControlStatement(side, "gained"),
        )

    edges = claim_edges([taken("north", "hill"), taken("brigade", "hill"), taken("allies", "bridge")], list(SIZES))
    assert edges[("brigade", "north")] < 0
    assert ("allies", "north") not in edges


PARTIES = st.sampled_from(sorted(SIZES))


@given(st.dictionaries(st.tuples(PARTIES, PARTIES).filter(lambda pair: pair[0] < pair[1]), st.floats(-9, 9)))
def test_any_graph_gives_the_same_blocs_in_any_order(edges: dict[tuple[str, str], float]) -> None:
    blocs = find_blocs(edges, SIZES)
    assert blocs == find_blocs(dict(reversed(edges.items())), dict(reversed(SIZES.items())))
    assert not blocs or set(blocs.values()) == set(range(max(blocs.values()) + 1))
