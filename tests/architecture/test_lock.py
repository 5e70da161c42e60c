import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
LOCKS = sorted((CHECKOUT / ".lock").iterdir())
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
RANGES = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["test"],
    *PROJECT["project"]["optional-dependencies"]["dev"],
    *PROJECT["build-system"]["requires"],
]


def pins(lock: Path) -> list[Requirement]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]


def all_pins() -> dict[str, str]:
    return {canonicalize_name(pin.name): next(iter(pin.specifier)).version for lock in LOCKS for pin in pins(lock)}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_exact_versions(lock: Path) -> None:
    loose = [str(pin) for pin in pins(lock) if [clause.operator for clause in pin.specifier] != ["=="]]

    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_no_place_on_a_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert re.findall(r"\S*(?:://|--index|--find-links|@ |file:|/home|/root|/tmp)\S*", text) == []


@pytest.mark.parametrize("wanted", [Requirement(text) for text in RANGES if "planner" not in text], ids=str)
def test_what_the_project_asks_for_is_locked_within_its_range(wanted: Requirement) -> None:
    assert wanted.specifier.contains(all_pins()[canonicalize_name(wanted.name)])


def test_no_package_is_locked_twice() -> None:
    names = [canonicalize_name(pin.name) for lock in LOCKS for pin in pins(lock)]

    assert len(names) == len(set(names))
