import re

import pytest

from planner.resources.rule_page import LANGUAGES, RULE_IDS, rule_page

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
TEXTS = ("name", "sentence", "why", "passes", "breaks", "remedy")


def test_there_is_a_page_for_each_of_the_23_rules() -> None:
    assert RULE_IDS[0] == "S01"
    assert RULE_IDS[-1] == "S23"
    assert [rule_page(id).id for id in RULE_IDS] == list(RULE_IDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", RULE_IDS)
def test_a_page_is_whole_in_both_languages(id: str, language: str) -> None:
    texts = {name: getattr(rule_page(id), name)[language] for name in TEXTS}

    assert {name for name, text in texts.items() if not text.strip()} == set()
    japanese = {name for name, text in texts.items() if JAPANESE.search(text)}
    assert japanese == (set(TEXTS) if language == "ja" else set())
    assert all(text[-1] in "。." for name, text in texts.items() if name != "name")
    assert all(text == " ".join(text.split()) for text in texts.values())


@pytest.mark.parametrize("id", RULE_IDS)
def test_both_languages_name_the_same_rules_and_settings(id: str) -> None:
    """A sentence that is translated keeps its numbers of days, its rules and its keys."""

    def named(text: str) -> set[str]:
        found = re.findall(
            r"S\d\d|as_of|policy\.\w+|same_room|handled_by|longest_elapsed|restore_test_days|\d\d+", text
        )
        return set(found)

    sentence = rule_page(id).sentence
    assert named(sentence["ja"]) == named(sentence["en"])


@pytest.mark.parametrize("id", RULE_IDS)
def test_the_broken_example_differs_in_one_place_of_at_most_two_lines(id: str) -> None:
    page = rule_page(id)
    broken = page.broken()

    (change,) = page.changes
    assert (page.inventory != broken.inventory, page.plan != broken.plan).count(True) == 1
    assert max(change.old.count("\n"), change.new.count("\n")) <= 1


@pytest.mark.parametrize("id", RULE_IDS)
def test_an_example_fits_the_page(id: str) -> None:
    page = rule_page(id)

    assert [line for line in f"{page.inventory}\n{page.plan}".splitlines() if len(line) > 76] == []


def test_a_rule_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(ValueError, match=r"no rule 'S24'; there are: S01, .*, S23"):
        rule_page("S24")
