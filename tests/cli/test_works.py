"""Progress is told in the language of the command."""

import re
from pathlib import Path

import pytest

from planner.cli.console import Console
from planner.cli.works import WORKS

PLANNER = Path(__file__).parents[2] / "planner"


def test_all_work_that_is_reported_has_a_name_in_both_languages() -> None:
    texts = (file.read_text(encoding="utf-8") for file in PLANNER.rglob("*.py"))
    reported = {key for text in texts for key in re.findall(r'progress\("([a-z_]+)"', text)}

    assert len(reported) > 8
    assert reported == set(WORKS["ja"]) == set(WORKS["en"])


@pytest.mark.parametrize(("language", "said"), [("ja", "計画を検証しています"), ("en", "verifying the plan")])
def test_progress_is_told_in_the_language_of_the_command(
    language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Console(language=language).progress() as progress:
        progress("verify", 0, 1)
        progress("verify", 1, 1)

    assert capsys.readouterr().err == f"{said}\n"
