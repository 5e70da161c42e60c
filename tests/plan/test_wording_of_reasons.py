import re
from pathlib import Path

import pytest

from planner.plan.refusal import Reason
from planner.plan.wording import cure, word
from planner.plan.wording_facts import FACTS
from planner.plan.wording_reasons import REASONS


def keys_given() -> set[str]:
    rooms = [Path(__file__).parents[2] / "planner" / room for room in ("scheduling", "conflicts")]
    texts = [file.read_text(encoding="utf-8") for room in rooms for file in room.rglob("*.py")]
    given = r'"(no_alternative|(?:job|placement|no_people|no_time|no_way|host_not|fact|preparation)_[a-z_]+)"'
    return {key for text in texts for key in re.findall(given, text)} - {"fact_", "placement_"}


def test_every_reason_that_is_given_has_a_sentence() -> None:
    assert keys_given() == REASONS.keys() | FACTS.keys()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_reason_is_said_with_its_values_and_its_cure(lang: str) -> None:
    reason = Reason("job_finds_no_window", ("db1",), {"affected": "jumin", "longest": "450"})

    assert {"db1", "jumin", "450"} <= set(re.findall(r"[a-z0-9]+", word(reason, lang)))
    assert cure(reason, lang)
