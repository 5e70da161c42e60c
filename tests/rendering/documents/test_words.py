"""The words of papers: overridden word by word, and refused where no paper could use them."""

import tomllib
from pathlib import Path

import pytest

from planner.errors import Faults
from planner.errors.text import render
from planner.model.chain import StepKind
from planner.rendering.documents.words import read_words
from planner.resources import templates_folder
from tests.rendering.documents.night import runbooks


def own(folder: Path, text: str, language: str = "ja") -> Path:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / f"{language}.toml").write_text(text, encoding="utf-8")
    return folder


def sections(language: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((templates_folder() / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def test_both_languages_have_the_same_words() -> None:
    japanese, english = sections("ja"), sections("en")

    assert {s: sorted(words) for s, words in japanese.items()} == {s: sorted(words) for s, words in english.items()}


def test_every_kind_of_step_has_its_words_in_both_languages() -> None:
    for language in ("ja", "en"):
        words = sections(language)
        assert [kind for kind in StepKind if kind not in words["kinds"]] == []
        assert [kind for kind in StepKind if kind not in words["actions"]] == []
        assert [kind for kind in StepKind if kind not in words["expected"]] == []


def test_a_word_of_the_office_replaces_the_shipped_one_and_no_other(tmp_path: Path) -> None:
    found = read_words("ja", (templates_folder(), own(tmp_path, '[runbook]\ntitle = "移転作業手順書"\n')))

    assert found["runbook"]["title"] == "移転作業手順書"
    assert found["runbook"]["purpose"] == sections("ja")["runbook"]["purpose"]


def test_an_action_for_a_kind_of_asset_may_be_added(tmp_path: Path) -> None:
    folder = own(tmp_path, '[actions]\n"unmount.server" = "{names} を外す"\n')

    assert "| db を外す |" in runbooks(folder)["wave-1-runbook.md"]


BROKEN = {
    "not TOML": ("[runbook]\ntitle = \n", "E701", 2, ""),
    "a section that there is not": ('[runbok]\ntitle = "x"\n', "E702", 1, "did you mean `runbook`"),
    "a word that there is not": ('[general]\nwave = "w{number}"\n[runbook]\ntitel = "x"\n', "E702", 4, "`title`"),
    "an action of no kind of step": ('[actions]\n"stop.car" = "x"\n', "E702", 2, "stop.car"),
    "a name in braces that there is not": ('[general]\nwave = "{nummer}"\n', "E703", 2, "{nummer}"),
    "a way into an object": ('[general]\nwave = "{number.real}"\n', "E703", 2, "{number.real}"),
    "a brace that is not closed": ('[general]\nwave = "{"\n', "E703", 2, "Single '{'"),
    "a form that no text has": ('[general]\nwave = "{number:>999999999}"\n', "E703", 2, "{number:>999999999}"),
    "a number in place of a text": ("[general]\nwave = 1\n", "E703", 2, "another kind"),
    "too few weekdays": ('[general]\nweekdays = ["a"]\n', "E703", 2, "7 x"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_words_that_do_not_fit_are_told_with_code_line_and_cure(tmp_path: Path, case: str) -> None:
    text, code, line, said = BROKEN[case]

    with pytest.raises(Faults) as caught:
        read_words("ja", (templates_folder(), own(tmp_path, text)))
    (fault,) = caught.value.faults
    assert (fault.code, fault.file, fault.line) == (code, str(tmp_path / "words" / "ja.toml"), line)
    assert said in render(fault, "en")


def test_all_that_is_wrong_in_a_file_is_told_at_once(tmp_path: Path) -> None:
    folder = own(tmp_path, '[runbook]\ntitel = "x"\nif_not = "{whom}"\n[general]\nweekdays = "x"\n')

    with pytest.raises(Faults) as caught:
        read_words("ja", (templates_folder(), folder))
    assert [(fault.code, fault.line) for fault in caught.value.faults] == [("E702", 2), ("E703", 3), ("E703", 5)]
