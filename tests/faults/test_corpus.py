"""Every broken inventory of this folder is refused with exactly the faults that its first comment names."""

import re
from pathlib import Path

import pytest

from planner.sources.folder import read_folder

HERE = Path(__file__).parent
EXPECTED = re.compile(r"(?:(\S+\.ya?ml) )?([EW]\d{3}) (\d+):(\d+)")
CASES = sorted(path for path in HERE.iterdir() if re.match(r"[EW]\d{3}_", path.name))


def expected(case: Path) -> set[tuple[str, str, int, int]]:
    header = (case / "expect.txt" if case.is_dir() else case).read_bytes().split(b"\n")[0].decode("ascii")
    assert header.startswith("# expect: ")
    return {(file or case.name, code, int(line), int(column)) for file, code, line, column in EXPECTED.findall(header)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_broken_inventory_is_refused_with_exactly_the_expected_faults(case: Path) -> None:
    found = {(Path(f.file).name, f.code, f.line, f.column) for f in read_folder(case).faults}
    assert found == expected(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_broken_inventory_is_named_after_a_code_that_it_raises(case: Path) -> None:
    assert case.name[:4] in {code for _, code, _, _ in expected(case)}
