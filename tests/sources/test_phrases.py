from datetime import date

import pytest

from planner.model.timetable import DailyHours, DaySet, DayType
from planner.sources.nodes import ScalarNode, Source
from planner.sources.phrases import Years, days_of, hours_of
from planner.sources.unfit import Unfit

YEARS = Years(2026, 2027)
SOURCE = Source("a.yaml", ("",))


def node(text: str) -> ScalarNode:
    return ScalarNode(SOURCE, 1, 1, 1, text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("every day", DaySet()),
        ("weekdays", DaySet(DayType.OPEN)),
        ("closed days", DaySet(DayType.CLOSED)),
        ("Sundays", DaySet(weekdays=frozenset({6}))),
        ("2nd sunday", DaySet(weekdays=frozenset({6}), nth=frozenset({2}))),
        ("last fri", DaySet(weekdays=frozenset({4}), nth=frozenset({-1}))),
        ("first 2 opening days", DaySet(first_open=2)),
        ("last 2 opening days", DaySet(last_open=2)),
        ("days 15..21", DaySet(month_days=((15, 21),))),
        ("12-29..01-03", DaySet(yearly=(((12, 29), (1, 3)),))),
        ("03-31", DaySet(yearly=(((3, 31), (3, 31)),))),
        ("2026-12-01..2026-12-18", DaySet(dates=((date(2026, 12, 1), date(2026, 12, 18)),))),
        ("令和8年12月1日", DaySet(dates=((date(2026, 12, 1), date(2026, 12, 1)),))),
    ],
)
def test_each_phrase_of_days_means_its_days(text: str, days: DaySet):
    assert days_of(node(text), YEARS) == days


def test_exceptions_are_dates_taken_out_and_put_in():
    days = days_of(node("4th sunday except 2027-01-24 also 2027-01-17, 2027-01-18"), YEARS)
    assert days.but == {date(2027, 1, 24)}
    assert days.also == {date(2027, 1, 17), date(2027, 1, 18)}


def test_a_yearly_exception_is_written_out_over_the_years_of_the_project():
    but = days_of(node("every day except 12-29..01-03"), YEARS).but
    assert date(2026, 12, 28) not in but
    assert {date(2025, 12, 31), date(2026, 12, 29), date(2027, 1, 3), date(2028, 1, 1)} <= but


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("weekdays 08:30-17:15", 510, 1035), ("every day 00:00-24:00", 0, 1440), ("saturday 22:00-29:00", 1320, 1740)],
)
def test_hours_are_days_and_two_times(text: str, start: int, end: int):
    hours = hours_of(node(text), YEARS)
    assert (hours.start, hours.end) == (start, end)


def test_always_is_every_minute():
    assert hours_of(node("always"), YEARS) == DailyHours(DaySet(), 0, 1440)


def test_exceptions_may_follow_the_times():
    assert date(2027, 1, 1) in hours_of(node("every day 06:30-23:00 except 12-29..01-03"), YEARS).days.but


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("business days 9:00-17:00", "E410"),
        ("weekdays", "E410"),
        ("weekdays 22:00-05:00", "E402.time"),
        ("weekdays 08:30-49:00", "E205"),
        ("weekdays 08:30-17:15 except someday", "E410"),
        ("2027-02-30 08:00-09:00", "E405"),
    ],
)
def test_what_is_no_phrase_is_refused(text: str, key: str):
    with pytest.raises(Unfit) as caught:
        hours_of(node(text), YEARS)
    assert caught.value.key == key


def test_hours_over_midnight_are_cured_by_the_time_on_the_next_day():
    with pytest.raises(Unfit) as caught:
        hours_of(node("weekdays 22:00-05:00"), YEARS)
    assert caught.value.arguments["suggestion"] == "29:00"
