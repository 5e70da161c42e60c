"""Why the planner decided as it did is a key in the plan and a sentence in the language of the document."""

from pathlib import Path

import pytest

from planner.model.place import Position
from planner.plan.plan import GIVEN_UP, Decision
from planner.rendering.documents.reasons import said
from planner.rendering.documents.words import read_words
from planner.scheduling.decision import decisions
from planner.units.clock import DAY
from tests.scheduling.estate import box, estate

TEMPLATES = Path(__file__).parents[3] / "templates"
JA, EN = (read_words(language, [TEMPLATES]) for language in ("ja", "en"))


def test_what_leaves_for_the_cloud_stays_for_a_reason_that_has_words_in_both_languages() -> None:
    inventory = estate([box("zei", at=Position("old"), leaves=5 * DAY), box("web", to="new")])
    (decision,) = decisions(inventory)

    assert decision == Decision("zei", "stay", GIVEN_UP, {"day": "1970-01-06"})
    assert said(decision, JA).startswith("部屋を閉じる前の 1970-01-06 に役目を終えるため")
    assert said(decision, EN).startswith("is given up on 1970-01-06, before its room closes")


@pytest.mark.parametrize("decision", [Decision("zei", "stay", "asked for"), Decision("zei", "stay", GIVEN_UP)])
def test_a_reason_without_words_or_without_what_they_speak_of_is_shown_as_it_stands(decision: Decision) -> None:
    assert said(decision, JA) == decision.why
