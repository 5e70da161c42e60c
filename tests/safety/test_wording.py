"""Every sentence of the rules' catalogue can be said, in both languages, with its cure."""

import json
import random
import string
from typing import Any

import pytest

from planner.plan import file
from planner.plan.wording import CATALOGUE, cure, word
from planner.safety.verify import verify
from tests.safety.weekend import inventory, plan

ENTRIES = ("ja", "en", "cure_ja", "cure_en")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_a_sentence_stands_in_both_languages_and_speaks_of_the_same_values(key: str) -> None:
    entry = CATALOGUE[key]
    assert set(entry) == set(ENTRIES)
    assert fields(entry["ja"]) == fields(entry["en"])
    assert fields(entry["cure_ja"]) == fields(entry["cure_en"])
    assert "  " not in entry["en"]


def broken(seed: int) -> dict[str, Any]:
    """The plan's file after a few random edits of values, as a tired person at a keyboard makes them."""
    chance, data = random.Random(seed), json.loads(file.dump(plan()))
    own = {name: value for name, value in data.items() if name not in ("inventory", "format", "version")}
    for _ in range(chance.randint(1, 4)):
        holder, name = chance.choice(list(places(own)))
        holder[name] = edited(chance, holder[name])
    return {**data, **own}


def places(value: Any) -> Any:
    """Every place in JSON data that holds a plain value or a list."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, name
        if isinstance(inner, dict | list):
            yield from places(inner)


def edited(chance: random.Random, value: Any) -> Any:
    if isinstance(value, list):
        return chance.choice([[], value[1:], value[:-1], value[::-1], value + value[:1]])
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice([-1000, -1, 1, 1000])
    words = ("db", "web1", "reg", "old", "new", "O1", "N1", "ict/1", "ict/9", "stop", "carry", "accept", "t1", "ghost")
    times = ("2027-01-09T08:00+09:00", "2027-01-10T02:00+09:00", "2026-01-01T00:00+09:00", "2027-01-12T10:00+09:00")
    return chance.choice((*words, *times)) if isinstance(value, str) else value


@pytest.mark.parametrize("seed", range(300))
def test_no_hand_edit_ends_in_a_traceback_and_every_finding_can_be_said(seed: int) -> None:
    try:
        answer = file.parse(json.dumps(broken(seed)))
    except file.NotAPlan as error:
        assert str(error)  # noqa: PT017 - a refusal in words is as good an answer as a verdict
        return
    for finding in verify(inventory(), answer).findings:
        for language in ("ja", "en"):
            assert finding.key in CATALOGUE
            assert word(finding, language)
            assert cure(finding, language)
