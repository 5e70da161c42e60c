"""What became of the faults is kept, so that a run may be interrupted."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant
from tests.mutation.record import Fate, Record, interval
from tests.mutation.touched import Touched

CODE = {"code": "1", "tests": "1", "quick": 1}
FAULT = Mutant(Path("a/b.py"), 3, 10, "Lt to LtE", (8, 12), "")


def fate(number: int, by: str = "") -> Fate:
    return Fate.of(replace(FAULT, number=number), noticed=bool(by), by=by, seconds=1.0)


def test_what_was_tried_is_read_again_for_the_same_code_and_tests(tmp_path: Path) -> None:
    record = Record.at(tmp_path / "fates.json", CODE)
    record.add(fate(3, "t1"))
    record.add(fate(4))

    again = Record.at(tmp_path / "fates.json", CODE)
    assert again.fates == [fate(3, "t1"), fate(4)]
    assert (again.tried(FAULT), again.tried(replace(FAULT, number=5))) == (True, False)


def test_what_survived_is_tried_again_with_other_tests_and_everything_with_other_code(tmp_path: Path) -> None:
    record = Record.at(tmp_path / "fates.json", CODE)
    record.add(fate(3, "t1"))
    record.add(fate(4))

    assert Record.at(tmp_path / "fates.json", {**CODE, "tests": "2"}).fates == [fate(3, "t1")]
    assert Record.at(tmp_path / "fates.json", {**CODE, "code": "2"}).fates == []


def test_the_most_successful_tests_of_a_file_come_first() -> None:
    record = Record(None, CODE, [fate(1, "t1"), fate(2, "t2"), fate(3, "t2"), fate(4)])

    assert record.killers(Path("a/b.py")) == ["t2", "t1"]
    assert record.killers(Path("a/c.py")) == []


def test_the_interval_of_a_share_is_wilsons() -> None:
    """Of 10 of 10 the lower bound is n / (n + z^2) = 10 / 13.84."""
    assert interval(10, 10) == pytest.approx((10 / (10 + 1.96**2), 1.0))
    assert interval(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert interval(0, 0) == (0.0, 1.0)


def test_tests_that_call_nothing_are_asked_of_what_a_module_holds() -> None:
    called = {"a/b.py": {"t/x.py::one": [8]}, "a/c.py": {"t/x.py::two": [3]}}
    touched = Touched({"t/x.py::one": 0.1, "t/x.py::two": 0.1, "t/x.py::three": 0.1}, called)

    assert touched.by(Path("a/b.py"), 8, 12) == ["t/x.py::one"]
    assert touched.by(Path("a/b.py"), 1, 12) == ["t/x.py::one", "t/x.py::three"]


def test_only_tests_that_call_the_function_are_asked_and_files_that_changed_are_measured_again(tmp_path: Path) -> None:
    touched = Touched(
        {"t/x.py::one": 0.1, "t/y.py::two": 0.2},
        {"a/b.py": {"t/x.py::one": [8], "t/y.py::two": [8, 20]}},
        {"t/x.py": "1", "t/y.py": "1"},
    )
    touched.write(tmp_path / "touched.json", "code")
    read = Touched.read(tmp_path / "touched.json", "code")

    assert read.by(Path("a/b.py"), 8, 12) == ["t/x.py::one", "t/y.py::two"]
    assert read.by(Path("a/b.py"), 13, 20) == ["t/y.py::two"]
    assert read.of({"t/x.py": "1", "t/y.py": "2"}).by(Path("a/b.py"), 8, 12) == ["t/x.py::one"]
    assert Touched.read(tmp_path / "touched.json", "other").seconds == {}
