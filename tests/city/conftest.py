"""The shipped example and its plan."""

from pathlib import Path

import pytest

from tests.kept import CHECKOUT, kept_plan

INVENTORY = CHECKOUT / "inventory"


@pytest.fixture(scope="session")
def city() -> Path:
    """The shipped inventory."""
    return INVENTORY


@pytest.fixture(scope="session")
def city_plan(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its plan as a file."""
    return kept_plan(request, tmp_path_factory, INVENTORY)
