"""The small print of stop points (S23): what is judged again, and what the plan's own replay has judged already."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.model.inventory import Inventory
from planner.model.policy import Policy
from planner.model.timetable import Phase, PowerCut, Timetable
from planner.safety.done import Done
from planner.safety.replay import Replay
from planner.safety.stop_point import KnownStates, StopPoint
from planner.safety.stopped import Stopped
from planner.safety.unrest import Unrest
from planner.units.span import Span
from tests.safety.estates import asset, carried, estate, link, live, outage, plan, steps, system

WHOLE = Span(100, 200)


def from_the_start(*lines: str, at: int = 500, done: int | None = None, **facts: Any) -> bool:
    """Whether the first steps (all, if nothing is said) are replayed from the start: nothing is branched off."""
    inventory = estate(carried("a"), carried("b", **facts), policy=Policy(shared_fate_after=30))
    replay = Replay.of(inventory, steps(*lines))
    point = StopPoint("p", Span(at, 900), 900, Done.of(replay.steps[:done]))
    return Stopped(replay).at(inventory, point).stem is None


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("100 130 carry a b", False),
        ("100 131 carry a b", True),
        ("100 131 carry a", False),
        ("100 131 stop a b", False),
    ],
)
def test_a_trip_of_several_that_takes_longer_than_the_stated_time_is_replayed_from_the_start(
    line: str, again: bool
) -> None:
    assert from_the_start(line) is again


@pytest.mark.parametrize(
    ("lines", "at", "done", "again"),
    [
        (("100 110 stop a", "500 510 start a"), 500, 1, True),
        (("100 110 check a", "500 510 stop a"), 500, 1, False),
        (("100 110 check a", "490 500 check b", "500 510 stop b"), 500, 2, False),
        (("100 110 check a", "490 501 check b"), 500, 2, True),
        (("100 110 check a", "480 490 check b"), 500, 1, True),
        (("100 110 check a", "480 490 back_up b"), 500, 1, False),
        (("100 110 stop a", "300 310 start a", "400 410 check a"), 500, None, False),
        (("100 110 stop a", "500 600 back_up a"), 500, 1, False),
    ],
)
def test_what_is_left_is_the_plans_own_state_where_exactly_the_steps_before_are_done_and_none_waits_for_one_after(
    lines: tuple[str, ...], at: int, done: int | None, again: bool
) -> None:
    assert from_the_start(*lines, at=at, done=done) is again


def test_a_check_of_what_takes_over_a_role_waits_for_its_next_step() -> None:
    lines = ("100 110 check b", "500 510 switch_over b")

    assert from_the_start(*lines, done=1, replaces="a")
    assert not from_the_start(*lines, done=1)


def with_room(**facts: int) -> Inventory:
    found = estate()
    return replace(found, rooms={**found.rooms, "new": replace(found.rooms["new"], **facts)})


EDGES: dict[str, Callable[[int], Inventory]] = {
    "a link comes": lambda m: estate(link("l", since=m)),
    "a link goes": lambda m: estate(link("l", until=m)),
    "a room opens": lambda m: with_room(opens=m),
    "a room closes": lambda m: with_room(closes=m),
    "a room is ready": lambda m: with_room(ready=m),
    "power goes": lambda m: estate(timetable=Timetable(power_cuts=(PowerCut("new", Span(m, 9000), "x"),))),
    "power is back": lambda m: estate(timetable=Timetable(power_cuts=(PowerCut("new", Span(0, m), "x"),))),
    "works begin": lambda m: estate(timetable=Timetable(phases=(Phase("p", "p", ("new",), Span(m, 9000)),))),
    "works end": lambda m: estate(timetable=Timetable(phases=(Phase("p", "p", ("new",), Span(0, m)),))),
    "a system leaves": lambda m: estate(asset("a"), system("s", "a", leaves=m)),
    "a system needs more": lambda m: estate(asset("a"), system("s", needs=(live("a", since=m),))),
    "a system needs less": lambda m: estate(asset("a"), system("s", needs=(live("a", until=m),))),
    "a system needs more in the cloud": lambda m: estate(asset("a"), system("s", cloud_needs=(live("a", since=m),))),
    "an asset leaves": lambda m: estate(asset("a", leaves=m)),
    "an asset needs more": lambda m: estate(asset("b"), asset("a", needs=(live("b", since=m),))),
    "an asset needs less": lambda m: estate(asset("b"), asset("a", needs=(live("b", until=m),))),
}


@pytest.mark.parametrize("edge", EDGES)
def test_a_state_is_judged_anew_where_something_begins_or_ends_to_be_valid_while_it_lasts(edge: str) -> None:
    inside = {minute: Unrest(EDGES[edge](minute)).within(WHOLE) for minute in (99, 100, 199, 200)}

    assert inside == {99: False, 100: True, 199: True, 200: False}


def test_nothing_changes_where_nothing_is_dated() -> None:
    assert not Unrest(estate(asset("a"), system("s", "a", needs=(live("a"),)), link("l"))).within(WHOLE)


def judged(*, resumes: int = 200, out: tuple[Span, ...] = (), told: tuple[Span, ...] = (), **facts: Any) -> bool:
    inventory = estate(asset("a"), system("s", "a", **facts), policy=Policy(shared_fate_after=60))
    of = plan(inventory, steps("0 1 stop a"), [outage("s", span.start, span.end) for span in told])
    return KnownStates(inventory, of, out).has(StopPoint("p", Span(100, 5000), resumes, Done.of(())))


def test_the_plans_own_replay_has_judged_a_gap_in_which_nothing_is_out_announced_or_dated() -> None:
    assert judged()
    assert judged(out=(Span(50, 100), Span(200, 300)), told=(Span(50, 100), Span(200, 300)))
    assert not judged(out=(Span(50, 101),))
    assert not judged(told=(Span(199, 300),))
    assert not judged(leaves=4999)
    assert judged(leaves=5000)


@pytest.mark.parametrize(("resumes", "whole"), [(160, False), (161, True), (90, False)])
def test_a_gap_that_is_no_longer_than_redundancy_may_hang_on_one_element_is_judged_anew(
    resumes: int, whole: bool
) -> None:
    assert judged(resumes=resumes) is whole
