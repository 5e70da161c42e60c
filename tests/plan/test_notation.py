"""Plans in short lines."""

from datetime import date

import pytest

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.notation import read
from planner.plan.plan import Outage
from planner.plan.shorthand import NotANotation
from planner.plan.wave import Gate
from planner.units.clock import Clock
from planner.units.span import Span
from tests.safety.estates import asset, carried, estate, system, works

CLOCK = Clock("Asia/Tokyo")
CHAIN = works(stop=5, unmount=10, carry=20, mount=15, start=10, check=10)


def at(hour: int, minute: int = 0, day: int = 1) -> int:
    """A minute of 1970, the year in which the horizon of these tests begins."""
    return CLOCK.minute(date(1970, 1, day), hour * 60 + minute)


@pytest.fixture
def inventory() -> Inventory:
    boxes = carried("a", works=CHAIN), carried("b", works=CHAIN), asset("c", works=works(stop=5, start=10))
    return estate(*boxes, system("s", "a", works=works(stop=5, start=5, accept=10)))


def test_a_move_is_the_whole_chain_as_long_as_its_work(inventory: Inventory) -> None:
    (wave,) = read("01-01 09:00-20:00 wave w/1\n01-01 09:00 move a -> new by p/1, p/2", inventory).waves

    assert [(s.id, s.start - at(9), s.end - at(9)) for s in wave.steps] == [
        ("a/stop", 0, 5),
        ("a/unmount", 5, 15),
        ("a/carry", 15, 35),
        ("a/mount", 35, 50),
        ("a/start", 50, 60),
        ("a/check", 60, 70),
    ]
    assert {s.people for s in wave.steps} == {("p/1", "p/2")}
    assert [s.kind for s in wave.steps if s.to == {"a": Position("new")}] == [StepKind.CARRY, StepKind.MOUNT]


def test_what_is_mounted_together_is_mounted_one_by_one(inventory: Inventory) -> None:
    (wave,) = read("01-01 09:00-20:00 wave w/1\n01-01 09:00 move a b -> new", inventory).waves

    minutes = {step.kind.value: step.end - step.start for step in wave.steps}
    assert minutes == {"stop": 5, "unmount": 20, "carry": 20, "mount": 30, "start": 10, "check": 10}


def test_a_restart_leaves_out_what_takes_no_time(inventory: Inventory) -> None:
    kinds = [s.kind.value for s in read("01-01 09:00 restart c\n01-01 10:00 restart s", inventory).preparation]

    assert kinds == ["stop", "start", "stop", "start", "accept"]


def test_what_stands_before_the_first_wave_is_preparation_and_each_wave_is_one_turn(inventory: Inventory) -> None:
    plan = read(
        """
        01-01 09:00-09:10 back_up a
        01-02 08:00-20:00 wave w/1
        01-02 09:00-09:10 stop c
        01-03 08:00-01-04 20:00 wave w/2
        01-03 23:50-24:10 stop c
        """,
        inventory,
    )

    assert [step.id for step in plan.preparation] == ["a/back_up"]
    assert [(w.id, w.window_id, w.window) for w in plan.waves] == [
        ("w1", "w/1", Span(at(8, day=2), at(20, day=2))),
        ("w2", "w/2", Span(at(8, day=3), at(20, day=4))),
    ]
    assert [(s.id, s.end) for w in plan.waves for s in w.steps] == [
        ("c/stop", at(9, 10, day=2)),
        ("c/stop/2", at(0, 10, day=4)),
    ]
    assert [(t.id, t.assets, t.start) for w in plan.waves for t in w.turns] == [
        ("t1", ("c",), at(9, day=2)),
        ("t1", ("c",), at(23, 50, day=3)),
    ]


def test_outages_state_their_minutes_and_those_inside_the_hours(inventory: Inventory) -> None:
    text = "01-01 09:00-10:00 outage s\n01-02 09:00-10:00 outage s of 50 minutes, 40 open"

    assert read(text, inventory).outages == (
        Outage("s", Span(at(9), at(10)), 60, 0),
        Outage("s", Span(at(9, day=2), at(10, day=2)), 50, 40),
    )


def test_a_check_point_has_its_deadline_and_its_rollback(inventory: Inventory) -> None:
    text = """
    01-01 08:00-20:00 wave w/1
    01-01 09:00-09:10 stop a
    01-01 09:10-15:00 point after a/stop bound by window
    back 0-10 start a
    back 10 restart c
    """
    (point,) = read(text, inventory).waves[0].check_points

    assert (point.after, point.planned, point.deadline, point.bound_by) == (("a/stop",), at(9, 10), at(15), "window")
    assert [(s.kind.value, s.assets, s.offset, s.minutes) for s in point.rollback] == [
        ("start", ("a",), 0, 10),
        ("stop", ("c",), 10, 5),
        ("start", ("c",), 15, 10),
    ]
    assert point.minutes == 25


def test_a_gate_names_who_decides_and_the_wave_its_point_of_no_return(inventory: Inventory) -> None:
    text = """
    01-01 08:00-20:00 wave w/1
    01-01 09:00 gate before a/dispose by p/1 or p/2
    01-01 09:00 no_return a/dispose
    01-01 09:00-09:10 dispose a
    """
    (wave,) = read(text, inventory).waves

    assert wave.gates == (Gate("g1", at(9), "a/dispose", "p/1", "p/2", ()),)
    assert wave.point_of_no_return == "a/dispose"


@pytest.mark.parametrize(
    "line", ["tomorrow: move a", "01-01 09:00 stop a", "01-01 09:00 gate a", "01-01 09:00-10:00 outage", "back 5"]
)
def test_a_line_that_says_nothing_is_quoted(inventory: Inventory, line: str) -> None:
    with pytest.raises(NotANotation):
        read(f"01-01 08:00-20:00 wave w/1\n{line}", inventory)
