import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
MODULES = sorted((CHECKOUT / "planner").rglob("*.py"))
TEXTS = [
    file
    for folder in ("planner", "inventory", "templates", "tests", ".ci", ".lock")
    for file in sorted((CHECKOUT / folder).rglob("*"))
    if file.suffix in {"", ".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".json", ".j2", ".html", ".css", ".csv"}
    and file.is_file()
]


def lines_with(pattern: str, files: list[Path]) -> list[str]:
    """Every line that the pattern is found in, with its place."""
    return [
        f"{file.relative_to(CHECKOUT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if re.search(pattern, line)
    ]


def test_nothing_in_the_product_is_left_open() -> None:
    assert lines_with(r"\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplemented(Error)?\b|pragma: no cover", MODULES) == []


def test_no_file_knows_the_machine_that_it_was_written_on() -> None:
    # In two pieces, so that this file does not name what it looks for.
    assert lines_with(r"(^|[^a-z.\w])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me)/", TEXTS) == []


def test_no_file_of_the_product_is_too_long_to_be_one_concept() -> None:
    lengths = {str(file.relative_to(CHECKOUT)): len(file.read_text(encoding="utf-8").splitlines()) for file in MODULES}

    assert {name: length for name, length in lengths.items() if length > 350} == {}


@pytest.mark.parametrize("folder", ["planner", "tests"])
def test_no_file_is_named_after_nothing(folder: str) -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

    assert [file.name for file in (CHECKOUT / folder).rglob("*.py") if file.stem in vague] == []
