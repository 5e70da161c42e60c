"""S23: whoever stops at a gate or between waves is left with a state that may last."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import AssetKind, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.policy import Policy, Severity, SeverityChoice, Waiver
from planner.model.timetable import Phase, Timetable
from planner.plan.plan import Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import Gate, Turn, Wave
from planner.safety.rules.s23_every_stop_point_survives import RULE
from planner.safety.verify import verify
from planner.units.span import Span
from tests.safety.estates import (
    asset,
    carried,
    estate,
    findings,
    link,
    live,
    moved,
    outage,
    plan,
    sentences,
    stages,
    steps,
    system,
    works,
)

DAY = 1440
FIRST, SECOND = 1000, 4000
"""When the two waves of these plans begin; the horizon ends at 10,000."""
ONE_DAY = Policy(stop_point_days=1)


def waves(inventory: Inventory, *rows: tuple[Step, ...], told: tuple[Outage, ...] = (), **more: Any) -> Plan:
    """A wave for each row of steps, in a window of its own that ends ten hours after it begins."""
    made, parts = plan(inventory, (), told), []
    for number, row in enumerate(rows, 1):
        own = tuple(replace(s, id=f"w{number}-{s.id}") for s in row)
        parts.append(Wave(f"w{number}", "any", Span(own[0].start, own[0].start + 600), (), own, **more))
    return replace(made, waves=tuple(parts))


def gate(at: int, before: str) -> tuple[Gate, ...]:
    return (Gate("g", at, before, "p/1", "p/2", ("all is well",)),)


def keys(of: Plan) -> list[tuple[str, tuple[str, ...], tuple[int, int]]]:
    return findings(RULE, of)


def two(*things: Any, policy: Policy = ONE_DAY, **more: Any) -> Inventory:
    """Two servers that move in two waves, and what else stands around."""
    return estate(carried("a"), carried("b"), *things, policy=policy, **more)


MOVES = (steps(*moved("a", FIRST)), steps(*moved("b", SECOND)))


def test_a_state_between_waves_that_changes_nothing_for_anybody_survives() -> None:
    assert keys(waves(two(link("l"), system("s", "a", needs=(live("b"),))), *MOVES)) == []


def test_a_system_that_is_only_back_after_the_next_wave_does_not_survive() -> None:
    """People were told of one outage over both waves; whoever stops between them leaves the system out."""
    apart = two(system("s", "a", needs=(live("b"),)))
    told = (outage("s", FIRST, SECOND + 60),)

    assert keys(waves(apart, *MOVES, told=told)) == [
        ("s23.unavailable", ("s",), (FIRST + 60, SECOND + DAY)),
        ("s23.state", ("s", "a", "b"), (FIRST + 60, SECOND + DAY)),  # S06: no way between the rooms
    ]


def test_it_does_not_survive_either_where_nobody_was_told_of_any_outage() -> None:
    apart = two(system("s", "a", needs=(live("b"),)))

    assert keys(waves(apart, *MOVES))[0] == ("s23.unavailable", ("s",), (FIRST + 60, SECOND + DAY))


def test_the_state_has_to_last_for_the_days_of_the_policy_after_the_next_wave_begins() -> None:
    def closing(minute: int, days: int) -> Plan:
        rooms = Room("old", "old", RoomKind.SERVER_ROOM, closes=minute)
        return waves(two(rooms, policy=Policy(stop_point_days=days)), *MOVES)

    (late,) = keys(closing(SECOND + DAY - 1, 1))
    assert late == ("s23.state", ("b", "old"), (SECOND + DAY - 1, SECOND + DAY))
    assert keys(closing(SECOND + DAY, 1)) == []
    assert [span for _, _, span in keys(closing(SECOND + DAY, 2))] == [(SECOND + DAY, SECOND + 2 * DAY)]


def test_twenty_eight_days_are_asked_for_unless_the_policy_says_otherwise() -> None:
    inventory = two(Room("old", "old", RoomKind.SERVER_ROOM, closes=SECOND + 28 * DAY - 1), policy=Policy())
    long = replace(inventory, project=replace(inventory.project, horizon=Span(0, 60 * DAY)))

    assert [span for _, _, span in keys(waves(long, *MOVES))] == [(SECOND + 28 * DAY - 1, SECOND + 28 * DAY)]


def test_a_construction_phase_that_begins_after_the_next_wave_takes_the_room_from_who_is_late() -> None:
    phase = Phase("p", "p", ("old",), Span(SECOND + 700, 9000))
    inventory = two(timetable=Timetable(phases=(phase,)))

    assert keys(waves(inventory, *MOVES)) == [("s23.state", ("b", "old"), (SECOND + 700, SECOND + DAY))]


def test_a_link_that_ends_before_what_depends_on_it_has_followed_leaves_systems_out() -> None:
    apart = two(link("l", until=SECOND + 100), system("s", "a", needs=(live("b"),)))

    found = keys(waves(apart, *MOVES))
    assert ("s23.unavailable", ("s",), (SECOND + 100, SECOND + DAY)) in found
    assert {subjects for key, subjects, _ in found if key == "s23.state"} == {("s", "a", "b")}  # S06: no way


def pair(**more: Any) -> Inventory:
    """Two members of a service meet in one rack between the waves; then one moves on."""
    racks = {id: Rack(id, id, "old" if id[0] == "O" else "new", feeds=(f"c{id}",)) for id in ("O1", "O2", "N1", "N2")}
    circuits = {f"c{id}": Circuit(f"c{id}", rack.room, 200, 30) for id, rack in racks.items()}
    there = Position("new", "N1", 1)
    a = carried("a", at=Position("old", "O1"), stages=(Stage(there),))
    b = asset("b", at=Position("new", "N1", 5))
    return estate(a, b, system("s", "1 of a, b"), racks=racks, circuits=circuits, **more)


def test_a_pair_that_meets_in_one_rack_for_one_night_would_stay_there_if_the_project_stopped() -> None:
    inventory = pair(policy=Policy(stop_point_days=1))
    assets = dict(inventory.assets)
    assets["b"] = carried("b", at=Position("new", "N1", 5), stages=(Stage(Position("new", "N2", 5)),))
    inventory = replace(inventory, assets=assets)
    to_n1 = tuple(replace(s, to={"a": Position("new", "N1", 1)} if s.to else {}) for s in steps(*moved("a", FIRST)))
    to_n2 = tuple(
        replace(s, to={"b": Position("new", "N2", 5)} if s.to else {}) for s in steps(*moved("b", FIRST + 300))
    )

    of = waves(inventory, to_n1, to_n2)
    assert {subjects for key, subjects, _ in keys(of)} == {("N1", "a", "b"), ("cN1", "a", "b")}
    assert [f for f in verify(inventory, of).failures if f.rule == "S05"] == []


def turned(at: int, *, gates: tuple[Gate, ...] = ()) -> Plan:
    """One wave of two turns: `a` moves, then `b`; whoever lives on both is told of one outage over both turns."""
    inventory = two(system("s", "a", needs=(live("b"),)))
    row = (*steps(*moved("a", FIRST)), *(replace(s, id=f"b{s.id}") for s in steps(*moved("b", FIRST + 200))))
    turns = (Turn("t1", ("a",), FIRST, FIRST + 60), Turn("t2", ("b",), FIRST + 200, FIRST + 260))
    wave = Wave("w1", "any", Span(FIRST, FIRST + 600), turns, row, gates=gates or gate(at, "bs001"))
    return replace(plan(inventory, (), (outage("s", FIRST, FIRST + 260),)), waves=(wave,))


def left_out(of: Plan) -> list[tuple[tuple[str, ...], tuple[int, int]]]:
    return [(subjects, span) for key, subjects, span in keys(of) if key == "s23.unavailable"]


def test_stopping_at_a_gate_leaves_the_turns_that_are_over_and_undoes_the_one_under_way() -> None:
    assert keys(turned(FIRST)) == []  # before anything: all is as it was
    assert keys(turned(FIRST + 30)) == []  # the first turn is undone
    assert left_out(turned(FIRST + 60)) == [(("s",), (FIRST + 60, FIRST + 600 + DAY))]
    assert left_out(turned(FIRST + 230)) == [(("s",), (FIRST + 230, FIRST + 600 + DAY))]


def test_after_the_point_of_no_return_stopping_is_carrying_on() -> None:
    of = turned(FIRST + 60)
    final = replace(of.inventory.assets["a"], irreversible=frozenset({of.waves[0].steps[0].kind}))
    inventory = replace(of.inventory, assets={**of.inventory.assets, "a": final})

    assert keys(replace(of, inventory=inventory)) == []


def test_what_was_wrong_before_the_first_step_is_not_the_fault_of_stopping() -> None:
    old = Room("old", "old", RoomKind.SERVER_ROOM, closes=0)

    assert keys(waves(two(old), *MOVES)) == []


def test_a_system_that_was_out_before_the_first_step_is_not_out_for_stopping() -> None:
    new = asset("n", room=None, method=Method.INSTALL)
    apart = two(new, system("s", "n"), system("t", "a", needs=(live("b"),)))
    told = (outage("t", FIRST, SECOND + 60), outage("s", 0, 10_000))

    found = keys(waves(apart, *MOVES, told=told))
    assert [subjects for key, subjects, _ in found if key == "s23.unavailable"] == [("t",)]


def test_a_state_that_is_waived_in_writing_may_last_as_well() -> None:
    closing = Room("old", "old", RoomKind.SERVER_ROOM, closes=SECOND + 100)
    waiver = Waiver("S17", frozenset({"b", "old"}), "the landlord waits", "the CIO")

    assert keys(waves(two(closing), *MOVES)) != []
    assert keys(waves(two(closing, policy=replace(ONE_DAY, waivers=(waiver,))), *MOVES)) == []


def test_stopping_weighs_as_much_as_the_rule_that_it_breaks() -> None:
    choice = {"S17": SeverityChoice(Severity.WARNING, "the floor is looked at")}
    closing = Room("old", "old", RoomKind.SERVER_ROOM, closes=SECOND + 100)
    inventory = two(closing, policy=replace(ONE_DAY, severities=choice))

    found = [f for f in verify(inventory, waves(inventory, *MOVES)).findings if f.rule == "S23"]
    assert [(f.key, f.severity) for f in found] == [("s23.state", Severity.WARNING)]


def test_after_the_last_wave_the_end_state_is_judged_by_the_rules_themselves() -> None:
    closing = Room("old", "old", RoomKind.SERVER_ROOM, closes=FIRST + 200)

    assert keys(waves(two(closing), steps(*moved("a", FIRST)))) == []


def test_what_is_prepared_between_the_waves_counts_as_done() -> None:
    inventory = two(
        asset("c", AssetKind.LINE, method=Method.RELAY, stages=stages("new"), works=works(lay=10, switch_over=5)),
        system("s", needs=(live("c"),)),
    )
    laying = steps("3000 3010 lay c")

    gone = replace(waves(inventory, *MOVES), preparation=laying)  # without dual-lay it is down from then on
    assert ("s23.unavailable", ("s",), (3000, SECOND + DAY)) in keys(replace(gone, outages=(outage("s", 3000, 9000),)))


@pytest.mark.parametrize(
    ("lang", "what"),
    [("en", "a device stands in room old while the room is not open"), ("ja", "部屋 old が使えない期間")],
)
def test_the_finding_says_where_the_project_stops_and_what_breaks(lang: str, what: str) -> None:
    closing = Room("old", "old", RoomKind.SERVER_ROOM, closes=SECOND + 100)
    inventory = two(closing)

    (sentence,) = sentences(RULE, waves(inventory, *MOVES), lang)
    assert all(part in sentence for part in ("w1", "S17", what, inventory.clock.iso(SECOND + DAY)))


def in_turns(inventory: Inventory, at: int, turns: tuple[Turn, ...], *lines: str) -> list[tuple[str, ...]]:
    """Who is left out when the one wave is stopped at its gate."""
    wave = Wave("w1", "any", Span(FIRST, FIRST + 600), turns, steps(*lines), gates=gate(at, "s001"))
    of = replace(plan(inventory, (), (outage("s", FIRST, FIRST + 600),)), waves=(wave,))
    return [subjects for subjects, _ in left_out(of)]


def test_a_move_that_is_over_is_undone_with_the_turn_that_it_belongs_to() -> None:
    inventory = two(system("s", "a", needs=(live("b"),)))
    one, both = Turn("t1", ("a",), FIRST, FIRST + 60), Turn("t1", ("a", "b"), FIRST, FIRST + 260)

    assert in_turns(inventory, FIRST + 70, (one,), *moved("a", FIRST)) == [("s",)]
    assert in_turns(inventory, FIRST + 70, (both,), *moved("a", FIRST)) == []


def test_a_step_that_is_under_way_at_the_gate_is_undone() -> None:
    inventory = two(system("s", "b"))
    turns = (Turn("t1", ("a",), FIRST, FIRST + 60), Turn("t2", ("b",), FIRST + 60, FIRST + 500))
    lines = (*moved("a", FIRST), f"{FIRST + 60} {FIRST + 200} stop b")

    assert in_turns(inventory, FIRST + 100, turns, *lines) == []


def test_a_carried_machine_that_needs_no_start_is_up_if_the_project_stops_before_it_is_started_all_the_same() -> None:
    """In the plan the carry is not the last step of the chain, and leaves the machine off until its start."""
    inventory = two(system("s", "a"))
    ready = FIRST + 20
    turns = (Turn("t1", ("a",), FIRST, ready), Turn("t2", ("a",), ready, FIRST + 500))
    lines = (f"{FIRST} {FIRST + 10} stop a", f"{FIRST + 10} {ready} carry a", f"{ready} {ready + 100} start a")

    assert in_turns(inventory, ready, turns, *lines) == []
