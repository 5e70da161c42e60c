"""The verifier's expansion of the calendar rules."""

from dataclasses import replace
from datetime import date

import pytest

from planner.model.inventory import Inventory, Project
from planner.model.place import Room, RoomKind
from planner.model.timetable import (
    Blackout,
    DailyHours,
    DaySet,
    DayType,
    Hours,
    Phase,
    PowerCut,
    Timetable,
    WindowPattern,
    WindowShape,
)
from planner.safety.timetable import Almanac, hours, is_open, matches, opening
from planner.units.clock import Clock
from planner.units.span import Span, Spans

CLOCK = Clock("Asia/Tokyo")
YEAR_END = (((12, 29), (1, 3)),)
HOLIDAYS = {date(2027, 1, 1): "元日", date(2027, 1, 11): "成人の日"}


def at(text: str) -> int:
    return CLOCK.parse(f"{text}+09:00")


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


def inventory(**timetable) -> Inventory:
    project = Project("p", "p", date(2026, 8, 31), span("2026-12-01T00:00", "2027-03-01T00:00"))
    rooms = {"new": Room("new", "new", RoomKind.SERVER_ROOM, opens=at("2026-12-10T00:00"))}
    kept = {"holidays": HOLIDAYS, "closed_yearly": YEAR_END, **timetable}
    return Inventory(project, rooms=rooms, timetable=Timetable(**kept))


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2027, 1, 4), True),
        (date(2027, 1, 9), False),  # Saturday
        (date(2027, 1, 11), False),  # holiday
        (date(2026, 12, 31), False),  # the year end passes the end of the year
        (date(2027, 1, 10), True),  # a Sunday that is opened by exception
        (date(2027, 1, 5), False),  # a Tuesday that is shut by exception
    ],
)
def test_the_office_opens_on_weekdays_but_for_holidays_the_year_end_and_exceptions(day, opens):
    timetable = Timetable(
        holidays=HOLIDAYS,
        closed_yearly=YEAR_END,
        opened=frozenset({date(2027, 1, 10)}),
        shut=frozenset({date(2027, 1, 5)}),
    )
    assert is_open(timetable, day) is opens


@pytest.mark.parametrize(
    ("days", "first_two"),
    [
        (DaySet(weekdays=frozenset({6}), nth=frozenset({2, 4})), [date(2027, 1, 10), date(2027, 1, 24)]),
        (DaySet(weekdays=frozenset({4}), nth=frozenset({-1})), [date(2027, 1, 29), date(2027, 2, 26)]),
        (DaySet(yearly=(((12, 29), (1, 3)),)), [date(2027, 1, 1), date(2027, 1, 2)]),
        (DaySet(dates=((date(2027, 1, 20), date(2027, 1, 21)),)), [date(2027, 1, 20), date(2027, 1, 21)]),
        (DaySet(last_open=1, first_open=1), [date(2027, 1, 4), date(2027, 1, 29)]),
        (DaySet(type=DayType.CLOSED, weekdays=frozenset({0})), [date(2027, 1, 11)]),
        (DaySet(month_days=((25, 25), (-1, -1))), [date(2027, 1, 25), date(2027, 1, 31)]),
        (DaySet(weekdays=frozenset({0}), but=frozenset({date(2027, 1, 4)})), [date(2027, 1, 11), date(2027, 1, 18)]),
        (DaySet(month_days=((15, 15),), also=frozenset({date(2027, 1, 2)})), [date(2027, 1, 2), date(2027, 1, 15)]),
    ],
)
def test_a_day_belongs_to_a_set_when_every_condition_holds(days, first_two):
    timetable = inventory().timetable
    every = [date(2027, month, day) for month, last in ((1, 31), (2, 28)) for day in range(1, last + 1)]
    assert [day for day in every if matches(timetable, days, day)][:2] == first_two


def test_hours_past_midnight_reach_into_the_next_day():
    late = Hours("late", (DailyHours(DaySet(type=DayType.OPEN), 22 * 60, 25 * 60 + 30),))
    found = hours(inventory(hours={"late": late}), "late", span("2027-01-05T00:00", "2027-01-06T00:00"))
    expected = [span("2027-01-05T00:00", "2027-01-05T01:30"), span("2027-01-05T22:00", "2027-01-06T00:00")]
    assert list(found) == expected


def test_no_hours_means_always():
    asked = span("2027-01-05T03:00", "2027-01-05T04:00")
    assert hours(inventory(), None, asked) == Spans((asked,))


def test_a_run_of_closed_days_gives_one_window_named_after_its_first_day():
    weekend = WindowPattern("weekend", "週末", WindowShape.CLOSED_RUN, 8 * 60, 20 * 60, run_days=2)
    windows = Almanac(inventory(windows=(weekend,))).windows
    assert list(windows["weekend/2027-01-09"]) == [span("2027-01-09T08:00", "2027-01-11T20:00")]
    assert list(windows["weekend/2026-12-29"]) == [span("2026-12-29T08:00", "2027-01-03T20:00")]
    assert "weekend/2027-01-10" not in windows
    begun = inventory(windows=(weekend,))
    begun = replace(begun, project=replace(begun.project, horizon=span("2026-12-01T00:00", "2027-02-28T12:00")))
    assert "weekend/2027-02-27" in Almanac(begun).windows  # the horizon ends in it


def test_a_window_may_begin_on_the_evening_before():
    friday = WindowPattern("weekend", "週末", WindowShape.CLOSED_RUN, -60, 20 * 60, run_days=2, run_days_max=2)
    windows = Almanac(inventory(windows=(friday,))).windows
    assert list(windows["weekend/2027-01-16"]) == [span("2027-01-15T23:00", "2027-01-17T20:00")]
    assert "weekend/2027-01-09" not in windows


def test_a_blackout_for_everyone_cuts_windows_and_removes_those_that_it_covers():
    night = WindowPattern("night", "夜", WindowShape.DAILY, 22 * 60, 29 * 60, DaySet(type=DayType.OPEN))
    council = Blackout("council", "定例会", (DaySet(dates=((date(2026, 12, 1), date(2026, 12, 18)),)),), everyone=True)
    windows = Almanac(inventory(windows=(night,), blackouts=(council,))).windows
    assert list(windows["night/2026-12-18"]) == [span("2026-12-19T00:00", "2026-12-19T05:00")]
    assert "night/2026-12-17" not in windows


def test_a_tagged_blackout_leaves_the_windows_and_binds_its_tag():
    night = WindowPattern("night", "夜", WindowShape.DAILY, 22 * 60, 29 * 60, DaySet(type=DayType.OPEN))
    month_end = Blackout("month_end", "月末", (DaySet(last_open=1),))
    almanac = Almanac(inventory(windows=(night,), blackouts=(month_end,)))
    assert "night/2027-01-29" in almanac.windows
    assert almanac.blackout(frozenset({"month_end"})).covers(span("2027-01-29T00:00", "2027-01-30T00:00"))
    assert not almanac.blackout(frozenset({"council"}))


def test_only_a_freeze_binds_preparation():
    freeze = Blackout("lines", "回線凍結", extra=(span("2026-12-20T00:00", "2027-01-05T00:00"),), freeze=True)
    soft = Blackout("lines", "繁忙期", extra=(span("2027-02-01T00:00", "2027-02-02T00:00"),))
    almanac = Almanac(inventory(blackouts=(freeze, soft)))
    assert list(almanac.freeze(frozenset({"lines"}))) == [span("2026-12-20T00:00", "2027-01-05T00:00")]


def test_a_room_is_usable_between_its_dates_outside_phases_and_power_cuts():
    cut = PowerCut("new", span("2026-12-28T00:00", "2027-01-05T00:00"), "年次点検")
    phase = Phase("stage", "工事", ("new",), span("2027-02-01T00:00", "2027-02-11T00:00"))
    almanac = Almanac(inventory(power_cuts=(cut,), phases=(phase,)))
    assert list(almanac.usable("new", powered=False)) == [
        span("2026-12-10T00:00", "2027-02-01T00:00"),
        span("2027-02-11T00:00", "2027-03-01T00:00"),
    ]
    assert at("2027-01-01T00:00") not in almanac.usable("new")
    assert at("2027-01-05T00:00") in almanac.usable("new")


def test_notice_counts_whole_days_from_as_of():
    assert Almanac(inventory()).notice_over(30) == at("2026-09-30T00:00")


def test_the_opening_days_of_a_span_leave_out_the_day_that_it_only_ends_on():
    found = opening(inventory(), span("2027-01-08T12:00", "2027-01-13T00:00"))
    assert found == (date(2027, 1, 8), date(2027, 1, 12))
