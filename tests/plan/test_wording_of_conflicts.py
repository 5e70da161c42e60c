"""Every fact of a conflict and every change that may help has its words, in both languages, with the same values."""

import re
from pathlib import Path

from planner.plan.refusal import Fact
from planner.plan.wording import word_fact
from planner.plan.wording_conflicts import CONFLICTS

FOLDER = Path(__file__).parents[2] / "planner" / "conflicts"


def keys_given() -> set[str]:
    """Those that stand in the code whole, and those that are put together from the name of a limit or a date."""
    text = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.py"))
    names = ("budget", "longest", "longest_elapsed", "not_before", "not_after", "opens", "ready", "closes")
    return set(re.findall(r'"((?:has|relax)_[a-z_]+)"', text)) | {
        f"{kind}_{n}" for kind in ("has", "relax") for n in names
    }


def test_what_is_told_of_conflicts_has_words_and_nothing_else_has() -> None:
    assert keys_given() == CONFLICTS.keys()


def test_both_languages_tell_the_same_values() -> None:
    told = {key: [set(re.findall(r"{\w+}", said[lang])) for lang in ("ja", "en")] for key, said in CONFLICTS.items()}
    apart = {key for key, (japanese, english) in told.items() if japanese != english}
    assert apart == set()


def test_the_kinds_of_work_are_told_in_the_language_of_the_reader() -> None:
    fact = Fact("has_contract_kinds", "teams.maker.contract", {"team": "maker", "kinds": "carry, start"})
    assert word_fact(fact, "en") == "the contract of maker covers only: carry, start"
    assert word_fact(fact, "ja") == "maker の契約に含まれる作業は 搬送, 起動 だけ"
