"""The plain hidden Markov model, beside hmmlearn."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from zubda.control.kernel.plain import PlainModel, fit_plain, posteriors
from zubda.errors import UsageError


def made_up(seed: int, states: int, symbols: int, count: int, steps: int) -> tuple[PlainModel, NDArray[np.int64]]:
    random = np.random.default_rng(seed)
    model = PlainModel(
        random.dirichlet(np.ones(states)),
        random.dirichlet(np.ones(states), states),
        random.dirichlet(np.ones(symbols), states),
    )
    return model, random.integers(0, symbols, (count, steps))


def peer(model: PlainModel, rounds: int = 1):  # type: ignore[no-untyped-def]
    hmmlearn = pytest.importorskip("hmmlearn.hmm", reason="hmmlearn is not installed")
    states, symbols = model.emission.shape
    other = hmmlearn.CategoricalHMM(states, n_iter=rounds, tol=-1e9, init_params="", implementation="scaling")
    other.n_features = symbols
    other.startprob_, other.transmat_, other.emissionprob_ = model.start, model.transition, model.emission
    return other


@pytest.mark.parametrize(
    ("engine", "states", "symbols", "count", "steps"),
    [
        ("numba", 4, 6, 5, 60),
        ("numba", 4, 3, 70, 25),
        ("numpy", 4, 6, 5, 60),
        ("numpy", 2, 3, 70, 25),
        ("numpy", 5, 4, 1, 40),
    ],
)
def test_posteriors_are_those_of_hmmlearn(engine: str, states: int, symbols: int, count: int, steps: int) -> None:
    model, observations = made_up(states, states, symbols, count, steps)
    found, log_likelihood = posteriors(model, observations, engine=engine)
    other, flat, lengths = peer(model), observations.reshape(-1, 1), [steps] * count
    assert np.abs(found.reshape(-1, states) - other.predict_proba(flat, lengths)).max() < 1e-6
    assert log_likelihood == pytest.approx(other.score(flat, lengths), abs=1e-6)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_what_is_learned_is_what_hmmlearn_learns(engine: str) -> None:
    model, observations = made_up(7, 4, 4, 12, 50)
    other = peer(model, rounds=5).fit(observations.reshape(-1, 1), [50] * 12)
    exact, _ = fit_plain(model, observations, rounds=5, single=False, engine=engine)
    quick, _ = fit_plain(model, observations, rounds=5, engine=engine)
    for name, mine in (("startprob_", "start"), ("transmat_", "transition"), ("emissionprob_", "emission")):
        assert np.abs(getattr(exact, mine) - getattr(other, name)).max() < 1e-6
        assert np.abs(getattr(quick, mine) - getattr(other, name)).max() < 1e-3


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 9999), st.integers(1, 3), st.integers(1, 30))
def test_learning_never_loses_likelihood(seed: int, count: int, steps: int) -> None:
    model, observations = made_up(seed, 3, 4, count, steps)
    _, history = fit_plain(model, observations, rounds=6, single=False, engine="numpy")
    assert all(later >= earlier - 1e-8 for earlier, later in itertools.pairwise(history))


def test_symbols_that_the_model_lacks_are_refused() -> None:
    model, _ = made_up(1, 2, 3, 1, 1)
    for wrong in (np.array([[3]]), np.array([[-1]]), np.array([0, 1])):
        with pytest.raises(UsageError):
            posteriors(model, wrong)
