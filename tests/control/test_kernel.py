"""The sparse kernel: against every path counted one by one, and both engines against each other."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from zubda.control.kernel import forward_backward

Floats = NDArray[np.float64]


def made_up(seed: int, lengths: list[int], states: int) -> dict[str, NDArray[np.float64] | NDArray[np.int64]]:
    """A problem with random evidence, spans and chances of change."""
    random = np.random.default_rng(seed)
    pointer = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    knots = int(pointer[-1])
    stay = random.uniform(0.5, 1.0, (knots, 2))
    stay[pointer[:-1][np.diff(pointer) > 0]] = 1.0
    return {
        "log_emission": random.normal(0, 2, (knots, states)),
        "pointer": pointer,
        "stay": stay,
        "arrive": random.dirichlet(np.ones(states)),
        "stir": random.dirichlet(np.ones(states), knots) * random.uniform(0, 0.9, (knots, 1)),
        "initial": random.dirichlet(np.ones(states), len(lengths)),
    }


def every_path(problem: dict[str, NDArray], place: int) -> tuple[Floats, float]:
    """Marginals and log likelihood of one place by adding up all sequences of states."""
    start, stop = problem["pointer"][place], problem["pointer"][place + 1]
    states = len(problem["arrive"])
    marginal, total = np.zeros((stop - start, states)), 0.0
    identity = np.eye(states)
    for path in product(range(states), repeat=int(stop - start)):
        weight, known = 1.0, problem["initial"][place]
        for step, state in enumerate(path):
            at = start + step
            if step:
                stay = problem["stay"][at, int(path[step - 1] == states - 1)]
                known = stay * identity[path[step - 1]] + (1 - stay) * problem["arrive"]
            stir = problem["stir"][at]
            chances = (1 - stir.sum()) * known + stir
            weight *= chances[state] * np.exp(problem["log_emission"][at, state])
        total += weight
        for step, state in enumerate(path):
            marginal[step, state] += weight
    return marginal / total, float(np.log(total))


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_marginals_are_those_of_all_paths(engine: str) -> None:
    problem = made_up(1, [4, 1, 3], 3)
    result = forward_backward(**problem, engine=engine)
    expected = [every_path(problem, place) for place in range(3)]
    assert np.allclose(result.marginal, np.concatenate([marginal for marginal, _ in expected]), atol=1e-12)
    assert result.log_likelihood == pytest.approx(sum(log for _, log in expected), abs=1e-10)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 6), min_size=1, max_size=6), st.integers(2, 5))
def test_both_engines_agree(seed: int, lengths: list[int], states: int) -> None:
    problem = made_up(seed, lengths, states)
    one, other = (forward_backward(**problem, engine=engine) for engine in ("numpy", "numba"))
    for name in ("forward", "before", "marginal", "landed", "settled"):
        assert np.allclose(getattr(one, name), getattr(other, name), atol=1e-10), name
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_chances_are_chances(seed: int, lengths: list[int]) -> None:
    result = forward_backward(**made_up(seed, lengths, 4), engine="numpy")
    for table in (result.forward, result.before, result.marginal):
        assert np.allclose(table.sum(axis=1), 1.0)
        assert (table >= 0).all()
    assert (result.landed >= -1e-12).all()
    assert (result.landed.sum(axis=1) <= 1 + 1e-9).all()
    assert (result.settled <= result.landed.sum(axis=1) + 1e-9).all()


def test_evidence_with_no_doubt_is_followed() -> None:
    problem = made_up(3, [5], 3)
    problem["log_emission"][:] = -500.0
    problem["log_emission"][np.arange(5), [0, 0, 2, 2, 1]] = 0.0
    result = forward_backward(**problem, engine="numpy")
    assert result.marginal.argmax(axis=1).tolist() == [0, 0, 2, 2, 1]
    assert result.marginal.max(axis=1).min() > 0.999999
