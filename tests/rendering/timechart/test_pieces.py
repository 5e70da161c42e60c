"""How a wave is cut into sheets."""

import pytest

from planner.model.chain import StepKind
from planner.rendering.documents.words import read_words
from planner.rendering.timechart.division import divided
from planner.rendering.timechart.phases import PHASE_OF
from planner.rendering.timechart.telling import Telling
from planner.resources import templates_folder
from tests.rendering.timechart.night import crowd, night


def cut(made, most):
    """Turns and numbers of the steps of every sheet."""
    telling = Telling(*made, read_words("ja", (templates_folder(),)))
    return [
        [(piece.turn.id if piece.turn else "", *(cluster.numbers for cluster in piece.clusters)) for piece in sheet]
        for sheet in divided(telling, most)
    ]


def test_turns_of_two_nights_stand_on_two_sheets():
    assert [[piece[0] for piece in sheet] for sheet in cut(night(), 44)] == [["t1"], ["t2"]]


def test_a_turn_that_is_too_long_is_cut_into_equal_parts_in_the_order_of_time():
    sheets = cut(crowd(10), 4)

    assert [sheet[0][1:] for sheet in sheets] == [("1", "2", "3", "4"), ("5", "6", "7", "8"), ("9", "10")]


def test_only_neighbours_of_one_kind_time_and_team_are_one_row():
    assert cut(crowd(6, together=3), 44) == [[("t1", "1-3", "4-6")]]


def test_a_check_point_goes_with_the_last_step_that_it_comes_after():
    telling = Telling(*night(), read_words("ja", (templates_folder(),)))
    pieces = [piece for sheet in divided(telling, 9) for piece in sheet]

    assert [[point.id for point in piece.points] for piece in pieces] == [["c1", "c2"], ["c3"], ["c4"]]


@pytest.mark.parametrize("kind", StepKind)
def test_every_kind_of_step_has_a_phase_and_every_phase_a_name(kind):
    for language in ("ja", "en"):
        assert read_words(language, (templates_folder(),))["phases"][PHASE_OF[kind]]
