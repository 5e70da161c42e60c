"""The shipped example and its plan."""

import shutil
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


@pytest.fixture(scope="session")
def tied_plan(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the variant in which koseki and jumin are hard in both directions."""
    folder = Path(shutil.copytree(INVENTORY, tmp_path_factory.mktemp("tied") / "inventory"))
    systems = folder / "systems.yaml"
    text = systems.read_text(encoding="utf-8")
    for old, new in (
        ("{soft: jumin, mbps: 20}]  # tests", "{hard: jumin, mbps: 20}]  # tests"),
        ("{soft: [jbat, koseki], mbps: 20}", "{hard: koseki, mbps: 20}, {soft: jbat, mbps: 20}"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    systems.write_text(text, encoding="utf-8")
    return kept_plan(request, tmp_path_factory, folder, effort=0.1)
