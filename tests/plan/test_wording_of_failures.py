"""Single failures and stops can be told in both languages, each sentence with the same values."""

import string
from collections.abc import Mapping
from enum import StrEnum

import pytest

from planner.model.chain import StepKind
from planner.plan.contingency import Case, Cover, CoverKind, Failure, Obstacle, Reaction
from planner.plan.stop import Stopping
from planner.plan.wording_contingency import COVERS, FAILURES, KINDS_JA, OBSTACLES, REACTIONS, covered, fails, reaction
from planner.plan.wording_stops import STOPPINGS
from planner.rendering.contingency.wording import WORDING
from planner.rendering.documents.words import read_words
from planner.resources import templates_folder
from tests.safety import weekend

TABLES: list[tuple[type[StrEnum], Mapping[StrEnum, Mapping[str, str]]]] = [
    (Failure, FAILURES),
    (Reaction, REACTIONS),
    (Obstacle, OBSTACLES),
    (CoverKind, COVERS),
    (Stopping, STOPPINGS),
]
PLAN = weekend.plan()
STEPS = {step.id: step for step in PLAN.steps()}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize(("words", "table"), TABLES, ids=[words.__name__ for words, _ in TABLES])
def test_every_word_of_the_answers_stands_in_both_languages_with_the_same_values(
    words: type[StrEnum], table: Mapping[StrEnum, Mapping[str, str]]
) -> None:
    assert set(table) == set(words)
    for entry in table.values():
        assert set(entry) == {"ja", "en"}
        assert fields(entry["ja"]) == fields(entry["en"])


def test_the_words_of_the_picture_have_the_same_values_in_both_languages() -> None:
    for name in WORDING["ja"].__slots__:
        assert fields(getattr(WORDING["ja"], name)) == fields(getattr(WORDING["en"], name)), name


def test_kinds_of_steps_are_called_what_the_runbook_calls_them() -> None:
    runbook = read_words("ja", (templates_folder(),))["kinds"]

    assert {kind.value for kind in StepKind} == set(KINDS_JA)
    assert {kind: KINDS_JA[kind] for kind in KINDS_JA} == {kind: runbook[kind] for kind in KINDS_JA}


@pytest.mark.parametrize(
    ("case", "english", "japanese"),
    [
        (
            Case(Failure.ASSET, "db", "w1", "db/check", 0, Reaction.TURN_BACK),
            "db does not come up again",
            "db が起動しない",
        ),
        (
            Case(Failure.TEAM, "ict", "w1", None, 0, Reaction.CARRY_ON, missing="ict/1"),
            "ict: one person less (ict/1)",
            "ict が1人足りない (ict/1)",
        ),
        (
            Case(Failure.STEP, "db/check", "w1", "db/check", 0, Reaction.CARRY_ON, late=30),
            "db/check check db ends 30 minutes late",
            "db/check 動作確認 db が 30 分遅れる",
        ),
    ],
)
def test_a_failure_is_told_in_one_clause(case: Case, english: str, japanese: str) -> None:
    assert fails(case, PLAN.inventory, STEPS, "en") == english
    assert fails(case, PLAN.inventory, STEPS, "ja") == japanese


def test_why_a_wave_is_put_off_is_told_with_the_reaction() -> None:
    case = Case(Failure.TEAM, "ict", "w1", "db/stop", 0, Reaction.NOT_BEGUN, obstacle=Obstacle.NOBODY)

    assert reaction(case, "en") == "put off: nobody else can do db/stop"
    assert reaction(case, "ja") == "着手せず延期: db/stop を代われる人がいない"


def test_what_covers_a_failure_is_told_by_name() -> None:
    assert covered(Cover(CoverKind.REDUNDANCY, ("a", "b"), "s"), "en") == "redundant: a, b"
    assert covered(Cover(CoverKind.FALLBACK, subject="s", text="紙"), "ja") == "s: 紙"
