"""Every broken inventory of this folder is refused with exactly the faults that its first comment names.

A case is a file, or a folder of files whose ``expect.txt`` holds the comment. It is read together with ``base.yaml``,
unless the comment says ``alone``.
"""

import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from planner.errors import Fault, Faults, render
from planner.pipeline.check import check_inventory
from planner.sources import load

HERE = Path(__file__).parent
EXPECTED = re.compile(r"(?:(\S+\.ya?ml) )?([EW]\d{3}) (\d+):(\d+)")
CASES = sorted(path for path in HERE.iterdir() if re.match(r"[EW]\d{3}_", path.name))


def header(case: Path) -> str:
    first = (case / "expect.txt" if case.is_dir() else case).read_bytes().split(b"\n")[0].decode("ascii")
    assert first.startswith("# expect: ")
    return first


def expected(case: Path) -> set[tuple[str, str, int, int]]:
    found = EXPECTED.findall(header(case))
    return {(file or case.name, code, int(line), int(column)) for file, code, line, column in found}


@cache
def read(case: Path) -> tuple[Fault, ...]:
    """Return the faults or warnings of the case, read beside the base."""
    with TemporaryDirectory() as folder:
        for file in sorted(case.glob("*.yaml")) if case.is_dir() else [case]:
            shutil.copy(file, folder)
        if "alone" not in header(case):
            shutil.copy(HERE / "base.yaml", folder)
        try:
            return check_inventory(Path(folder)).loaded.warnings
        except Faults as faults:
            return faults.faults


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_broken_inventory_is_refused_with_exactly_the_expected_faults(case: Path) -> None:
    found = {(Path(f.file).name, f.code, f.line, f.column) for f in read(case)}
    assert found == expected(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_fault_is_told_in_both_languages_and_no_secret_is_echoed(case: Path) -> None:
    for fault in read(case):
        told = {lang: render(fault, lang).splitlines() for lang in ("ja", "en")}
        assert all(lines[0].startswith(f"{fault.severity}[{fault.code}]: ") for lines in told.values())
        assert told["ja"][0] != told["en"][0]
        assert not re.search(r"hunter2|: public|MIIEow", "".join(told["ja"] + told["en"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_broken_inventory_is_named_after_a_code_that_it_raises(case: Path) -> None:
    assert case.name[:4] in {code for _, code, _, _ in expected(case)}


def test_the_base_of_the_broken_inventories_is_not_broken(tmp_path: Path) -> None:
    shutil.copy(HERE / "base.yaml", tmp_path)
    assert load(tmp_path).warnings == ()


def test_at_least_sixty_broken_inventories_are_tried() -> None:
    assert len(CASES) >= 60
