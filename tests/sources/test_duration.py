import pytest

from planner.sources.duration import read_duration, read_minutes, read_seconds
from planner.sources.nodes import ScalarNode, Source
from planner.sources.unfit import Row, Unfit
from planner.units.duration import Duration

SOURCE = Source("a.yaml", ("",))


def node(text: str) -> ScalarNode:
    return ScalarNode(SOURCE, 1, 1, 1, text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90m", 90),
        ("2h", 120),
        ("1h30", 90),
        ("1h30m", 90),
        ("1.5h", 90),
        ("2d", 2880),
        ("1d 2h 3m", 1563),
        ("90分", 90),
        ("２時間半", 150),
        ("2時間30分", 150),
        ("3日", 4320),
        ("90 min", 90),
        ("0", 0),
        ("0m", 0),
    ],
)
def test_a_duration_is_read_in_each_of_its_forms(text: str, minutes: int):
    assert read_minutes(node(text)) == minutes


@pytest.mark.parametrize("text", ["90", "", "h", "1h-5m", "abc", "0.3m", "1:30", "m", "半", "1e3m"])
def test_what_is_no_duration_or_has_no_unit_is_refused(text: str):
    with pytest.raises(Unfit) as caught:
        read_minutes(node(text))
    assert caught.value.key == "E409"


def test_three_durations_are_minimum_likely_and_maximum():
    assert read_duration(Row([node("60m"), node("1h30"), node("150m")])) == Duration(60, 90, 150)
    assert read_duration(node("1h")) == Duration.fixed(60)


@pytest.mark.parametrize(
    ("parts", "key"), [(["60m", "90m"], "E409"), (["60m", "30m", "90m"], "E205.order"), (["60m", "x", "90m"], "E409")]
)
def test_three_durations_stand_in_rising_order(parts: list[str], key: str):
    row = Row(node(part) for part in parts)
    row.node = node("")
    with pytest.raises(Unfit) as caught:
        read_duration(row)
    assert caught.value.key == key


def test_a_stun_is_read_in_seconds():
    assert [read_seconds(node(text)) for text in ("2s", "30秒", "1m")] == [2, 30, 60]
