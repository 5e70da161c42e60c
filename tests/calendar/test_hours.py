from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendar import blackout_spans, holidays_of, hours, working_spans
from planner.model.timetable import Blackout, DailyHours, DaySet, DayType, Hours, Timetable
from planner.units.clock import DAY, Clock
from planner.units.span import Span, Spans

TOKYO = Clock("Asia/Tokyo")
NOT_AT_NEW_YEAR = DaySet(yearly=(((1, 4), (12, 28)),))
CITY = Timetable(
    holidays=holidays_of(range(2026, 2029)),
    closed_yearly=(((12, 29), (1, 3)),),
    hours={
        "cvs": Hours("cvs", (DailyHours(NOT_AT_NEW_YEAR, 6 * 60 + 30, 23 * 60),)),
        "counter": Hours("counter", (DailyHours(DaySet(type=DayType.OPEN), 510, 1035),)),
        "batch": Hours("batch", (DailyHours(DaySet(weekdays=frozenset({4})), 22 * 60, 25 * 60 + 30),)),
        "round": Hours("round", (DailyHours(DaySet(), 0, 720), DailyHours(DaySet(), 720, DAY))),
        "never": Hours("never", ()),
    },
)


def at(text: str, zone: Clock = TOKYO) -> int:
    day, _, time = text.partition(" ")
    hour, minute = time.split(":")
    return zone.minute(date.fromisoformat(day), int(hour) * 60 + int(minute))


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


def shown(spans: Spans) -> list[tuple[str, str]]:
    return [(TOKYO.iso(s.start)[:16], TOKYO.iso(s.end)[:16]) for s in spans]


def test_friday_2300_to_saturday_0900_with_service_hours_from_0630_counts_150_minutes() -> None:
    outage = span("2027-01-08 23:00", "2027-01-09 09:00")

    assert hours(CITY, TOKYO, "cvs", outage).minutes == 150


def test_certificates_at_convenience_stores_have_no_hours_over_new_year() -> None:
    new_year = span("2026-12-29 00:00", "2027-01-04 00:00")

    assert hours(CITY, TOKYO, "cvs", new_year) == Spans()


def test_the_first_service_minute_after_new_year_is_0630_on_january_4th() -> None:
    found = hours(CITY, TOKYO, "cvs", span("2026-12-28 12:00", "2027-01-04 12:00"))

    assert shown(found) == [("2026-12-28T12:00", "2026-12-28T23:00"), ("2027-01-04T06:30", "2027-01-04T12:00")]


def test_the_counter_has_no_hours_on_a_substitute_holiday() -> None:
    found = hours(CITY, TOKYO, "counter", span("2027-03-19 00:00", "2027-03-24 00:00"))

    assert shown(found) == [("2027-03-19T08:30", "2027-03-19T17:15"), ("2027-03-23T08:30", "2027-03-23T17:15")]


def test_hours_until_2530_belong_to_the_day_on_which_they_begin() -> None:
    found = hours(CITY, TOKYO, "batch", span("2027-01-09 00:00", "2027-01-10 00:00"))

    assert shown(found) == [("2027-01-09T00:00", "2027-01-09T01:30")]


def test_hours_that_touch_are_one_span() -> None:
    two_days = span("2027-01-09 00:00", "2027-01-11 00:00")

    assert hours(CITY, TOKYO, "round", two_days) == Spans((two_days,))


def test_no_hours_named_is_always_and_hours_without_parts_are_never() -> None:
    some = span("2027-01-09 03:00", "2027-01-09 04:00")

    assert hours(CITY, TOKYO, None, some) == Spans((some,))
    assert hours(CITY, TOKYO, "never", some) == Spans()


def test_hours_that_the_timetable_does_not_know_are_a_key_error() -> None:
    with pytest.raises(KeyError, match="nights"):
        hours(CITY, TOKYO, "nights", span("2027-01-09 03:00", "2027-01-09 04:00"))


def test_whole_days_are_whole_local_days() -> None:
    found = working_spans(CITY, TOKYO, DaySet(type=DayType.OPEN), span("2027-01-08 12:00", "2027-01-13 00:00"))

    assert shown(found) == [("2027-01-08T12:00", "2027-01-09T00:00"), ("2027-01-12T00:00", "2027-01-13T00:00")]


def test_a_day_of_23_hours_is_blacked_out_as_a_whole() -> None:
    berlin = Clock("Europe/Berlin")
    spring_forward = date(2027, 3, 28)
    blackout = Blackout("day", "why", days=(DaySet(dates=((spring_forward, spring_forward),)),))

    found = blackout_spans(
        Timetable(), berlin, blackout, Span(at("2027-03-27 00:00", berlin), at("2027-03-30 00:00", berlin))
    )

    assert found.minutes == 23 * 60


def test_hours_that_a_clock_leaps_over_are_left_out() -> None:
    berlin = Clock("Europe/Berlin")
    night = Timetable(hours={"night": Hours("night", (DailyHours(DaySet(), 130, 180),))})
    around = Span(at("2027-03-27 00:00", berlin), at("2027-03-30 00:00", berlin))

    assert hours(night, berlin, "night", around).minutes == 2 * 50


def test_a_blackout_joins_its_days_and_its_extra_spans() -> None:
    called = span("2027-01-30 12:00", "2027-02-01 12:00")
    election = Blackout(
        "election", "called", days=(DaySet(dates=((date(2027, 2, 1), date(2027, 2, 1)),)),), extra=(called,)
    )

    found = blackout_spans(CITY, TOKYO, election, span("2027-01-01 00:00", "2027-03-01 00:00"))

    assert shown(found) == [("2027-01-30T12:00", "2027-02-02T00:00")]


def test_a_horizon_of_sixteen_months_expands_in_milliseconds() -> None:
    horizon = span("2026-12-01 00:00", "2028-04-01 00:00")
    fresh = Timetable(holidays=CITY.holidays, closed_yearly=CITY.closed_yearly, hours=CITY.hours)

    start = perf_counter()
    found = hours(fresh, TOKYO, "counter", horizon)
    taken = perf_counter() - start

    assert found.minutes == 525 * sum(1 for _ in found)
    assert taken < 0.1


INSTANTS = st.integers(at("2026-06-01 00:00"), at("2028-06-01 00:00"))
LENGTHS = st.integers(1, 20 * DAY)
NAMES = st.sampled_from(["cvs", "counter", "batch", "round"])


@given(NAMES, INSTANTS, LENGTHS, st.data())
def test_hours_of_a_span_are_the_hours_of_its_two_halves(
    name: str, start: int, length: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(start + 1, start + length))
    whole = hours(CITY, TOKYO, name, Span(start, start + length + 1))

    left, right = hours(CITY, TOKYO, name, Span(start, cut)), hours(CITY, TOKYO, name, Span(cut, start + length + 1))

    assert left.union(right) == whole


@given(INSTANTS)
def test_each_minute_is_in_the_counter_hours_as_its_wall_clock_says(minute: int) -> None:
    local = TOKYO.local(minute)
    day = local.date()
    closed = (
        day.weekday() >= 5 or day in CITY.holidays or (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    )
    expected = not closed and 510 <= local.hour * 60 + local.minute < 1035

    assert (minute in hours(CITY, TOKYO, "counter", Span(minute - 60, minute + 60))) == expected


@given(INSTANTS, LENGTHS)
def test_hours_stay_inside_the_span_asked_about(start: int, length: int) -> None:
    asked = Span(start, start + length)

    assert all(asked.covers(part) for part in hours(CITY, TOKYO, "cvs", asked))
    assert hours(CITY, TOKYO, "cvs", asked).minutes <= timedelta(minutes=length).total_seconds() // 60
