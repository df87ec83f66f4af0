"""The island and the maker of claims as fixtures."""

import pytest
from invented_island import Make, build_theatre, maker

from zubda.model import Theatre


@pytest.fixture
def theatre() -> Theatre:
    return build_theatre()


@pytest.fixture
def make() -> Make:
    return maker()
