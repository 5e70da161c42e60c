from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendar import Daybook, UnknownCountry, holidays_of
from planner.model.timetable import DaySet, DayType, Timetable

YEAR_END = (((12, 29), (1, 3)),)
CITY = Timetable(holidays=holidays_of(range(2026, 2029)), closed_yearly=YEAR_END)
BOOK = Daybook(CITY)


def days(of: DaySet, first: str, last: str) -> list[str]:
    return [day.isoformat() for day in BOOK.days(of, date.fromisoformat(first), date.fromisoformat(last))]


def test_the_substitute_holiday_after_the_vernal_equinox_of_2027_is_a_holiday() -> None:
    assert CITY.holidays[date(2027, 3, 21)] == "春分の日"
    assert CITY.holidays[date(2027, 3, 22)] == "振替休日"


def test_a_day_between_two_holidays_is_a_national_holiday() -> None:
    assert CITY.holidays[date(2026, 9, 22)] == "国民の休日"


@pytest.mark.parametrize(("year", "number"), [(2026, 18), (2027, 17), (2028, 16)])
def test_each_year_has_its_number_of_national_holidays(year: int, number: int) -> None:
    assert len(holidays_of([year])) == number


def test_holidays_are_in_order_of_date_and_stay_within_the_years_asked_for() -> None:
    found = list(holidays_of(range(2026, 2029)))

    assert found == sorted(found)
    assert {day.year for day in found} == {2026, 2027, 2028}


def test_holiday_names_are_in_the_language_of_the_country_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "th_TH.UTF-8")
    monkeypatch.setenv("LANGUAGE", "th")

    assert holidays_of([2027])[date(2027, 1, 1)] == "元日"


def test_a_country_without_known_holidays_is_refused_by_name() -> None:
    with pytest.raises(UnknownCountry, match="'XX'"):
        holidays_of([2027], "XX")


def test_the_year_end_closing_passes_the_end_of_the_year() -> None:
    closed = [d.isoformat() for d in BOOK.days(DaySet(type=DayType.CLOSED), date(2027, 12, 27), date(2028, 1, 5))]

    assert closed == ["2027-12-29", "2027-12-30", "2027-12-31", "2028-01-01", "2028-01-02", "2028-01-03"]


def test_the_second_and_fourth_sunday_of_january_2027_are_the_10th_and_the_24th() -> None:
    second_and_fourth = DaySet(weekdays=frozenset({6}), nth=frozenset({2, 4}))

    assert days(second_and_fourth, "2027-01-01", "2027-01-31") == ["2027-01-10", "2027-01-24"]


def test_the_last_sunday_is_found_in_months_with_four_and_with_five() -> None:
    last = DaySet(weekdays=frozenset({6}), nth=frozenset({-1}))

    assert days(last, "2027-01-01", "2027-02-28") == ["2027-01-31", "2027-02-28"]


def test_the_last_two_opening_days_of_december_lie_before_the_year_end_closing() -> None:
    assert days(DaySet(last_open=2), "2026-12-01", "2026-12-31") == ["2026-12-25", "2026-12-28"]


def test_the_last_and_the_first_two_opening_days_are_joined_over_the_months() -> None:
    turn_of_month = DaySet(last_open=2, first_open=2)

    assert days(turn_of_month, "2026-12-20", "2027-01-10") == ["2026-12-25", "2026-12-28", "2027-01-04", "2027-01-05"]


def test_a_yearly_range_may_pass_the_end_of_the_year() -> None:
    freeze = DaySet(yearly=(((12, 30), (1, 2)),))

    assert days(freeze, "2026-12-01", "2027-02-01") == ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]


def test_days_of_the_month_are_inclusive() -> None:
    assert days(DaySet(month_days=((15, 17),)), "2027-02-10", "2027-02-20") == [
        "2027-02-15",
        "2027-02-16",
        "2027-02-17",
    ]


def test_all_conditions_that_are_set_have_to_hold() -> None:
    open_mondays = DaySet(type=DayType.OPEN, weekdays=frozenset({0}), dates=((date(2027, 1, 1), date(2027, 1, 20)),))

    assert days(open_mondays, "2027-01-01", "2027-01-31") == ["2027-01-04", "2027-01-18"]


def test_a_shifted_sunday_is_taken_out_and_another_put_in() -> None:
    shifted = DaySet(
        weekdays=frozenset({6}),
        nth=frozenset({2}),
        but=frozenset({date(2027, 1, 10)}),
        also=frozenset({date(2027, 1, 17)}),
    )

    assert days(shifted, "2027-01-01", "2027-01-31") == ["2027-01-17"]


def test_an_exception_opens_a_closed_day_and_shuts_an_opening_day() -> None:
    book = Daybook(Timetable(opened=frozenset({date(2027, 1, 9)}), shut=frozenset({date(2027, 1, 12)})))

    assert book.is_open(date(2027, 1, 9))
    assert not book.is_open(date(2027, 1, 12))


def test_between_december_2026_and_march_2028_the_city_has_11_closed_runs_of_three_days_or_more() -> None:
    runs = [(a, b) for a, b in BOOK.closed_runs(date(2026, 12, 1), date(2028, 3, 31)) if (b - a).days + 1 >= 3]

    assert [first.isoformat() for first, _ in runs] == [
        "2026-12-29",
        "2027-01-09",
        "2027-03-20",
        "2027-05-01",
        "2027-07-17",
        "2027-09-18",
        "2027-10-09",
        "2027-12-29",
        "2028-01-08",
        "2028-02-11",
        "2028-03-18",
    ]
    assert len(runs) == 11


def test_an_office_that_never_opens_does_not_keep_the_search_for_a_run_going_for_ever() -> None:
    never = Daybook(Timetable(closed_weekdays=frozenset(range(7))))

    ((first, last),) = never.closed_runs(date(2027, 1, 1), date(2027, 1, 31))

    assert first < date(2027, 1, 1) < date(2027, 1, 31) < last


@given(st.dates(date(2026, 1, 1), date(2028, 12, 1)), st.integers(0, 60))
def test_every_closed_day_lies_in_exactly_one_maximal_run(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    runs = list(BOOK.closed_runs(first, last))
    closed = list(BOOK.days(DaySet(type=DayType.CLOSED), first, last))

    assert all(sum(a <= day <= b for a, b in runs) == 1 for day in closed)
    assert all(BOOK.is_open(a - timedelta(days=1)) and BOOK.is_open(b + timedelta(days=1)) for a, b in runs)
    assert not any(BOOK.is_open(a + timedelta(days=n)) for a, b in runs for n in range((b - a).days + 1))
