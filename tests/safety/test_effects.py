"""Which changes of state the steps of each kind make, and when: all of them, in the order in which they are applied."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import AssetKind, Reference, Stage, Work
from planner.model.chain import Method
from planner.model.place import Position
from planner.safety.change import (
    Aim,
    Become,
    Change,
    CloseBridge,
    HandOver,
    Inform,
    LeaveRack,
    OpenBridge,
    Readdress,
    Relocate,
    Stand,
)
from planner.safety.condition import State
from planner.safety.effects import effects
from planner.units.duration import Duration
from tests.safety.estates import asset, carried, estate, link, stages, steps, system, works


def _where(position: Position | None) -> str:
    return "nowhere" if position is None else position.room


WORDS: dict[type, Callable[[Any], str]] = {
    Become: lambda c: f"{c.id} {c.condition}" + (" if off" if c.only_from else ""),
    Stand: lambda c: f"{c.id} in {_where(c.position)}",
    LeaveRack: lambda c: f"{c.id} out of its rack",
    Relocate: lambda c: f"{c.id} in {_where(c.there)} or back in {_where(c.home)}",
    Aim: lambda c: f"{c.id} {'on' if c.arrived else 'to'} {c.target}",
    HandOver: lambda c: f"{c.old} served by {(c.old if c.back else c.new) if c.done else 'nobody'}",
    OpenBridge: lambda c: f"{c.id} open",
    CloseBridge: lambda c: f"{c.id} closed",
    Readdress: lambda c: f"{c.id} unknown to {' '.join(c.holders)}",
    Inform: lambda c: f"{c.id} known to {c.holder}",
}


def said(change: Change) -> str:
    """A change in a few words."""
    return WORDS[type(change)](change)


def made(thing: Any, *lines: str, **begin: dict[str, Any]) -> list[str]:
    inventory = estate(thing, asset("o"))
    state = State.start(inventory)
    for name, value in begin.items():
        getattr(state, name).update(value)
    found = effects(inventory, steps(*lines), state)
    return [f"{timed.minute}{'-+'[timed.phase]} {said(timed.change)}" for timed in found]


TOLD = (Reference("x", "script", Work(Duration.fixed(5))), Reference("y", "rule", Work(Duration.fixed(5))))
NEW: dict[str, Any] = {"stages": stages("new")}
SLOW = {"works": works(switch_over=9)}
THINGS: dict[str, Any] = {
    "box": carried("a"),
    "timed": carried("a", works=works(stop=1, unmount=1, carry=1, mount=1, warm_up=1, start=1, check=1)),
    "heir": asset("a", room=None, method=Method.INSTALL, replaces="o", **NEW),
    "slow heir": asset("a", room=None, method=Method.INSTALL, replaces="o", **NEW, **SLOW),
    "line": asset("a", AssetKind.LINE, method=Method.RELAY, **NEW),
    "dual": asset("a", AssetKind.LINE, method=Method.RELAY, dual_lay=True, **NEW),
    "slow line": asset("a", AssetKind.LINE, method=Method.RELAY, **NEW, **SLOW),
    "known": asset("a", method=Method.RENUMBER, references=TOLD),
    "system": system("a", "o"),
    "slow system": system("a", "o", works=works(accept=9)),
    "bridge": link("a", bridge=True, test=Duration.fixed(9)),
}
TABLE = """\
box: 10 20 stop a
    10+ a stopping; 20- a down
box: 10 20 stop a; 20 30 start a
    10+ a stopping; 20- a down; 20+ a starting; 30- a up
box: 10 20 stop a; 20 30 start a; 30 40 check a
    10+ a stopping; 20- a down; 20+ a starting; 30+ a starting if off; 40- a up
box: 10 20 stop a; 30 40 carry a
    10+ a stopping; 20- a down; 20- a out of its rack; 30+ a moving; 30+ a in nowhere; 40- a down
    40- a in new; 40- a in new; 40- a up
box: 10 20 stop a; 30 40 mount a
    10+ a stopping; 20- a down; 20- a out of its rack; 30+ a down; 30+ a in new; 40- a up
box: 10 20 unmount a; 30 40 carry a; 40 50 mount a; 50 60 check a
    10+ a down; 20- a out of its rack; 30+ a moving; 30+ a in nowhere; 40- a down; 40- a in new; 40+ a down
    40+ a in new; 50+ a starting if off; 60- a up
box: 10 20 carry a; 20 30 start a; 40 50 carry a -> old
    10+ a moving; 10+ a in nowhere; 20- a down; 20- a in new; 20- a in new; 20+ a starting; 30- a up
    40+ a moving; 40+ a in nowhere; 50- a down; 50- a in old; 50- a in old; 50- a up
box: 10 20 mount a; 20 30 warm_up a; 30 40 start a
    10+ a down; 10+ a in new; 30+ a starting; 40- a up
box: 10 20 stop a; 20 30 dispose a
    10+ a stopping; 20- a down; 20+ a gone; 20+ a in nowhere
timed: 10 20 stop a; 30 40 carry a
    10+ a stopping; 20- a down; 30+ a moving; 30+ a in nowhere; 40- a down; 40- a in new
timed: 10 20 carry a; 20 30 start a
    10+ a moving; 10+ a in nowhere; 20- a down; 20- a in new; 20+ a starting
timed: 10 20 carry a; 20 30 mount a; 30 40 warm_up a
    10+ a moving; 10+ a in nowhere; 20- a down; 20- a in new; 20+ a down; 20+ a in new
timed: 10 20 start a; 20 30 check a; 30 40 back_up a
    10+ a starting; 20+ a starting if off; 30- a up
heir: 10 20 mount a; 20 30 start a
    10+ a down; 10+ a in new; 20+ a starting; 30- a up; 30- o served by a
heir: 10 20 mount a; 20 30 start a; 40 50 switch_over a
    10+ a down; 10+ a in new; 20+ a starting; 30- a up; 40+ o served by nobody; 50- o served by a
slow heir: 10 20 mount a; 20 30 check a
    10+ a down; 10+ a in new; 20+ a starting if off; 30- a up
slow heir: 10 20 switch_over a; 30 40 switch_over a
    10+ o served by nobody; 20- o served by a; 30+ o served by nobody; 40- o served by o
line: 10 20 lay a
    10+ a down; 20- a up; 20- a in new or back in old
line: 10 20 lay a; 20 30 test a
    10+ a down; 30- a up; 30- a in new or back in old
line: 10 20 lay a; 20 30 switch_over a
    10+ a down; 20+ a down; 30- a up; 30- a in new
dual: 10 20 lay a; 20 30 test a; 30 40 switch_over a
    30+ a down; 40- a up; 40- a in new
slow line: 10 20 lay a; 20 30 test a
    10+ a down
known: 10 20 renumber a
    10+ a unknown to x y; 10+ a starting; 20- a up
known: 10 20 renumber a; 20 30 check a; 30 40 update a -> x
    10+ a unknown to x y; 10+ a starting; 20+ a starting if off; 30- a up; 40- a known to x
box: 10 20 renumber a; 20 30 check a
    10+ a starting; 20+ a starting if off; 30- a up
box: 10 20 migrate a -> h
    10+ a to h; 20- a on h
system: 10 20 stop a; 20 30 start a
    10+ a stopping; 20- a down; 20+ a starting; 30- a up
system: 10 20 stop a; 20 30 start a; 30 40 accept a
    10+ a stopping; 20- a down; 20+ a starting; 30+ a starting if off; 40- a up
slow system: 10 20 stop a; 20 30 start a
    10+ a stopping; 20- a down; 20+ a starting
bridge: 10 20 test a; 20 30 close a
    20- a open; 20+ a closed
"""
"""A thing and its steps, then the changes: at the end (-) or the start (+) of a step in this minute."""


def rows() -> list[tuple[str, str, str]]:
    """Name of the thing, its steps, and what is expected."""
    blocks = re.findall(r"^(\S[^:]*): (.*)\n((?:    .*\n)+)", TABLE, re.MULTILINE)
    return [(name, row, "; ".join(line.strip() for line in changes.splitlines())) for name, row, changes in blocks]


@pytest.mark.parametrize(("thing", "row", "changes"), rows())
def test_steps_make_these_changes_and_no_others(thing: str, row: str, changes: str) -> None:
    assert made(THINGS[thing], *row.split("; ")) == changes.split("; ")


def test_turning_back_after_a_switch_over_gives_the_role_back() -> None:
    assert made(THINGS["slow heir"], "10 20 switch_over a", role={"o": "a"}) == [
        "10+ o served by nobody",
        "20- o served by o",
    ]
    assert made(THINGS["slow heir"], "10 20 switch_over a", role={"o": None}) == [
        "10+ o served by nobody",
        "20- o served by o",
    ]


def test_what_is_carried_stands_in_the_room_and_what_is_mounted_in_the_rack_that_step_or_inventory_says() -> None:
    there = Position("new", "N1", 3)
    for inventory, to in ((estate(carried("a")), {"a": there}), (estate(carried("a", stages=(Stage(there),))), {})):
        done = [replace(step, to=to) for step in steps("10 20 carry a", "20 30 mount a")]
        stands = [
            t.change.position for t in effects(inventory, done, State.start(inventory)) if isinstance(t.change, Stand)
        ]
        assert stands == [None, Position("new"), there]


def test_at_one_instant_ends_come_before_starts_whatever_the_order_of_the_steps() -> None:
    inventory = estate(asset("a"), asset("b"))
    found = effects(inventory, steps("20 30 stop b", "10 20 stop a"), State.start(inventory))

    assert [(t.minute, said(t.change)) for t in found] == [
        (10, "a stopping"),
        (20, "a down"),
        (20, "b stopping"),
        (30, "b down"),
    ]
