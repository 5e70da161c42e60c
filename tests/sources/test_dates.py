from datetime import date

import pytest

from planner.sources.dates import Weekday, read_day, read_moment, read_time
from planner.sources.nodes import ScalarNode, Source
from planner.sources.unfit import Unfit
from planner.units.clock import Clock

SOURCE = Source("a.yaml", ("",))
TOKYO = Clock("Asia/Tokyo")


def node(text: str) -> ScalarNode:
    return ScalarNode(SOURCE, 1, 1, 1, text)


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(Unfit) as caught:
        read_day(node(text))
    return caught.value.key, caught.value.arguments.get("suggestion", "")


@pytest.mark.parametrize(
    "text", ["2027-03-20", "令和9年3月20日", "２０２７-０３-２０", "2027年3月20日", "R9.3.20", "2027-03-20(土)"]
)
def test_a_date_is_read_in_each_of_its_forms(text: str):
    assert read_day(node(text)) == date(2027, 3, 20)


def test_the_first_year_of_an_era_is_gannen():
    assert read_day(node("令和元年5月1日")) == date(2019, 5, 1)


@pytest.mark.parametrize(
    ("text", "key", "suggestion"),
    [
        ("2027-02-30", "E405", "2027-02-28"),
        ("2027/03/20", "E405.form", "2027-03-20"),
        ("03/20/2027", "E405.form", "2027-03-20"),
        ("20/03/2027", "E405.form", "2027-03-20"),
        ("2027-13-01", "E405.form", "2027-01-09"),
        ("tomorrow", "E405.form", "2027-01-09"),
        ("平成39年3月20日", "E404", ""),
        ("H39.3.20", "E404", ""),
    ],
)
def test_a_date_in_doubt_is_refused_with_what_it_may_mean(text: str, key: str, suggestion: str):
    assert refusal(text) == (key, suggestion)


def test_a_weekday_that_is_not_the_dates_is_remarked():
    remarks: list[Weekday] = []
    assert read_day(node("2027-03-20(日)"), remarks) == date(2027, 3, 20)
    assert [(remark.written, remark.right) for remark in remarks] == [("日", "土")]
    read_day(node("2027-03-20 (Sat)"), remarks)
    assert len(remarks) == 1


def test_a_time_reaches_into_the_next_day_and_no_further_than_two():
    assert [read_time(node(text)) for text in ("22:30", "25:30", "48:00", "-02:00")] == [1350, 1530, 2880, -120]
    for text, key in (("48:01", "E205"), ("22:60", "E203"), ("22", "E203"), ("10pm", "E203")):
        with pytest.raises(Unfit) as caught:
            read_time(node(text))
        assert caught.value.key == key


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2027-01-09 22:00", "2027-01-09T22:00+09:00"),
        ("2027-01-09T22:00", "2027-01-09T22:00+09:00"),
        ("2027-01-09 25:30", "2027-01-10T01:30+09:00"),
        ("2027-01-09 24:00", "2027-01-10T00:00+09:00"),
        ("2027-01-09 22:00Z", "2027-01-10T07:00+09:00"),
        ("2027-01-09 22:00+01:00", "2027-01-10T06:00+09:00"),
        ("2027-01-09", "2027-01-09T00:00+09:00"),
        ("令和9年1月9日 22:00", "2027-01-09T22:00+09:00"),
    ],
)
def test_an_instant_is_read_in_the_projects_zone_or_with_its_offset(text: str, iso: str):
    assert TOKYO.iso(read_moment(node(text), TOKYO)) == iso


@pytest.mark.parametrize("text", ["2027-10-31 02:30", "2027-03-28 02:30"])
def test_a_time_that_a_zone_has_twice_or_never_is_refused(text: str):
    with pytest.raises(Unfit) as caught:
        read_moment(node(text), Clock("Europe/Berlin"))
    assert caught.value.key == "E401"
    assert "2027-" in caught.value.arguments["first"]
