import re
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def command(number: int, language: str) -> str:
    """The one line of README's command in the shell's language."""
    section = README.split(f"\n**{number}. ")[1]
    found = re.search(rf"```{language}\n(.+)\n```", section)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("number", [1, 2])
def test_both_systems_are_told_the_same(number: int) -> None:
    linux = command(number, "sh")

    windows = (
        linux.replace(
            "{ test -x .venv/bin/pip || python3 -m venv .venv; }",
            "(if not exist .venv\\Scripts\\pip.exe py -3 -m venv .venv)",
        )
        .replace(".venv/bin/", ".venv\\Scripts\\")
        .replace(".lock/", ".lock\\")
    )
    assert command(number, "bat") == windows


def test_command_1_is_the_main_job_and_command_2_the_tests() -> None:
    assert command(1, "sh").endswith(" && .venv/bin/planner plan inventory -o out")
    assert command(2, "sh").endswith(" && .venv/bin/python -m pytest -n 2")


def test_every_page_that_the_readme_points_at_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert linked
    assert [page for page in linked if not (Path(__file__).parents[2] / page).is_file()] == []
