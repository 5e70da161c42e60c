"""The shipped example, and variants of it that differ in a few words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planner import sources
from planner.model.inventory import Inventory

SHIPPED = Path(__file__).parents[2] / "inventory"
Vary = Callable[[str, str, str], Inventory]


@pytest.fixture(scope="session")
def city() -> Inventory:
    return sources.load(SHIPPED).inventory


@pytest.fixture
def vary(tmp_path: Path) -> Vary:
    """Return a function that loads the example with ``old`` replaced by ``new`` in one of its files."""
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "inventory"))

    def loaded(file: str, old: str, new: str) -> Inventory:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return sources.load(folder).inventory

    return loaded
