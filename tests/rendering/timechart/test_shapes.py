"""The single marks of a chart: bars, hatches, texts that keep to their room, check points, lines with words."""

import pytest

from planner.model.people import Person, Team
from planner.rendering import palette, typeface
from planner.rendering.drawing import Path
from planner.rendering.timechart.axis import Axis
from planner.rendering.timechart.bars import bar, hatch, inside
from planner.rendering.timechart.description import Bar, Livery, Pole, PoleKind
from planner.rendering.timechart.lettering import listed, shortened, wrapped
from planner.rendering.timechart.lines import placed
from planner.rendering.timechart.liveries import COLOURS, liveries
from planner.rendering.timechart.marks import spread
from planner.units.span import Span, Spans
from tests.rendering.estate import StepKind, box, estate, plan_of, replace, step

PLAIN, DASHED = Livery("a", "A", "#8FC5EC"), Livery("b", "B", "#F2E07A", 3)


def test_a_bar_of_two_teams_has_two_stripes_under_one_border():
    *stripes, border = (s for s in bar(Bar(Span(0, 1), liveries=(PLAIN, DASHED), critical=True), 10, 50, 20, 8)
                        if not isinstance(s, Path))  # fmt: skip

    assert [(s.y, s.height, s.fill) for s in stripes] == [(20, 4, "#8FC5EC"), (24, 4, "#F2E07A")]
    assert (border.x, border.y, border.width, border.height, border.stroke) == (10, 20, 40, 8, palette.INK)


@pytest.mark.parametrize("number", range(4))
def test_a_hatch_stays_inside_its_box(number):
    points = [point for line in hatch(replace(PLAIN, hatch=number), 10, 20, 33, 9) for point in line.points]

    assert bool(points) == bool(number)
    assert all(10 <= x <= 43 and 20 <= y <= 29 for x, y in points)


def test_a_text_on_a_hatch_has_a_plain_ground():
    ground, text = inside(Bar(Span(0, 1), "0:20", (DASHED,)), 0, 60, 10, 8.0)

    assert ground.fill == DASHED.colour
    assert ground.width > typeface.width(text.text, 8.0)


def test_a_text_that_is_too_long_ends_in_dots():
    assert shortened("サーバ室移転", 10, 60) == "サーバ室移転"
    assert shortened("サーバ室移転", 10, 45) == "サーバ…"
    assert shortened("サーバ室移転", 10, 5) == ""


def test_names_that_have_no_room_are_counted():
    names = ("db1", "db2", "db3", "db4")

    assert listed("停止", names, 10, 500, "、") == "停止 db1、db2、db3、db4"
    assert listed("停止", names, 10, 105, "、") == "停止 db1、db2 +2"
    assert listed("停止", names, 10, 65, "、") == "停止 db1 +3"
    assert listed("", ("db1",), 10, 65, "、") == "db1"


def test_a_tab_breaks_its_name_at_spaces_and_else_anywhere():
    assert wrapped("check point", 8, 40, 2) == ["check", "point"]
    assert wrapped("選挙管理委員会", 8, 40, 2) == ["選挙管理委", "員会"]
    assert wrapped("選挙管理委員会", 8, 40, 1) == ["選挙管理…"]


def test_check_points_at_nearly_one_instant_stand_side_by_side():
    assert spread([10, 12, 50], [12, 12, 12], 100) == [10, pytest.approx(22.6), 50]
    assert spread([95, 96], [12, 12], 100) == [pytest.approx(87.4), 100]


def pole(at, text, kind=PoleKind.GATE):
    return Pole(at, text, kind)


def test_words_of_near_lines_stand_in_lanes_below_each_other():
    axis = Axis(Spans((Span(0, 600),)), 0, 600)
    first, second = placed([pole(100, "Go/No-Go 1"), pole(110, "Go/No-Go 2")], axis)

    assert (first.lane, second.lane) == (0, 1)
    assert not first.crosses(second)


def test_words_at_the_end_of_the_axis_stand_left_of_their_line():
    axis = Axis(Spans((Span(0, 600),)), 0, 600)
    (found,) = placed([pole(590, "期限 09:50", PoleKind.DEADLINE)], axis)

    assert found.before
    assert found.text == "期限 09:50"


def test_words_that_have_no_room_on_either_side_are_cut_not_lost():
    axis = Axis(Spans((Span(0, 60),)), 0, 60)
    (found,) = placed([pole(30, "とても長い判定の名前")], axis)

    assert found.text.endswith("…")


def test_more_teams_than_colours_are_told_apart_by_a_hatch():
    teams = {f"t{n}": Team(f"t{n}", f"班{n}", (Person(f"t{n}/1", "1"),)) for n in range(len(COLOURS) + 15)}
    steps = tuple(step(StepKind.STOP, "a", day=n, people=(f"{team}/1",)) for n, team in enumerate(teams))
    inventory = estate(box("a", 1), teams=teams)

    found = liveries(inventory, plan_of(inventory, steps)).values()

    assert len({(livery.colour, livery.hatch) for livery in found}) == len(teams)
    assert [livery.letter for livery in found][:2] == ["A", "B"]
    assert len({livery.letter for livery in found}) == len(teams)


def test_no_team_has_the_colour_of_a_warning():
    assert palette.LATE not in COLOURS
    for colour in COLOURS:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red - blue < 60 or green > 0.9 * red
