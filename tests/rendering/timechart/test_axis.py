import pytest

from planner.rendering.timechart.axis import BREAK, Axis, axis_times
from planner.units.clock import Clock
from planner.units.span import Span, Spans

TOKYO = Clock("Asia/Tokyo")
INDIA = Clock("Asia/Kolkata")
"""Five and a half hours before Greenwich."""


def test_a_minute_is_equally_long_in_all_parts_and_a_break_has_its_own_width():
    axis = Axis(Spans((Span(0, 60), Span(600, 660))), left=10, width=240 + BREAK)

    assert [axis.x(minute) for minute in (0, 30, 60, 600, 660)] == [10, 70, 130, 130 + BREAK, 250 + BREAK]
    assert axis.breaks() == (130 + BREAK / 2,)


def test_an_instant_in_a_break_stands_in_its_middle_and_one_outside_at_the_end():
    axis = Axis(Spans((Span(0, 60), Span(600, 660))), left=10, width=240 + BREAK)

    assert [axis.x(minute) for minute in (300, -5, 700)] == [130 + BREAK / 2, 10, 250 + BREAK]
    assert [axis.holds(minute) for minute in (0, 60, 61, 599, 600, 661)] == [True, True, False, False, True, False]


def test_labels_are_as_near_as_their_width_permits():
    axis = Axis(Spans((Span(0, 600),)), left=0, width=600)

    assert [axis.step(room) for room in (1, 6, 31, 400, 9999)] == [5, 10, 60, 720, 1440]


@pytest.mark.parametrize(("clock", "expected"), [(TOKYO, Span(0, 120)), (INDIA, Span(-30, 90))])
def test_an_axis_begins_and_ends_at_full_hours_of_its_own_zone(clock, expected):
    assert axis_times([Span(20, 75)], clock, unit=60, idle=90).parts == (expected,)


def test_only_long_idle_time_is_left_out():
    spans = [Span(0, 60), Span(120, 180), Span(300, 360)]

    assert axis_times(spans, TOKYO, unit=60, idle=90).parts == (Span(0, 180), Span(300, 360))
