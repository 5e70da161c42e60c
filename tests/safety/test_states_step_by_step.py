"""What each step makes of its subject, from its start and from its end on (planner/README.md, "State of an asset")."""

from dataclasses import replace

import pytest

from planner.model.asset import AssetKind, Cluster, Stage
from planner.model.chain import Method, StepKind
from planner.model.need import Need
from planner.model.network import Separation, SeparationBy
from planner.model.place import Circuit, Position, Rack
from planner.plan.step import Step
from planner.safety.condition import Condition
from planner.safety.replay import Replay
from planner.safety.rules import s05_shared_fate, s17_rooms_and_racks
from planner.safety.tiers import separation
from planner.units.duration import Duration
from tests.safety.estates import (
    HORIZON,
    asset,
    carried,
    estate,
    findings,
    hard,
    link,
    live,
    plan,
    segment,
    soft,
    stages,
    steps,
    system,
    vm,
    works,
)

C = Condition
RACKS = {"O1": Rack("O1", "O1", "old"), "N1": Rack("N1", "N1", "new")}
START, GOAL = Position("old", "O1", 3), Position("new", "N1", 5)
WORK = works(stop=10, unmount=10, carry=10, mount=10, warm_up=10, start=10, check=10, renumber=10, dispose=10)

State = tuple[Condition, Position | None]


def to_goal(done: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(replace(s, to=dict.fromkeys(s.to, GOAL)) if s.to else s for s in done)


def states(replay: Replay, id: str, *minutes: int) -> list[State]:
    moments = [replay.at(minute) for minute in minutes]
    return [(moment.condition[id], moment.place.get(id)) for moment in moments]


def around(*lines: str, method: Method = Method.CARRY) -> list[State]:
    """Before the first step, at the start of each step, and at its end, when the next one has not begun."""
    inventory = estate(asset("a", at=START, method=method, stages=(Stage(GOAL),), works=WORK), racks=RACKS)
    done = to_goal(steps(*lines))
    replay = Replay.of(inventory, done)
    return states(replay, "a", 0, *(minute for step in done for minute in (step.start, step.end)))


def test_a_move_goes_from_rack_to_rack_over_the_floors_of_two_rooms() -> None:
    lines = ("10 20 stop a", "30 40 unmount a", "50 60 carry a", "70 80 mount a", "90 95 warm_up a")
    rows = around(*lines, "100 110 start a", "120 130 check a")

    old, new = Position("old"), Position("new")
    assert rows == [
        (C.UP, START),
        *((C.STOPPING, START), (C.DOWN, START)),
        *((C.DOWN, START), (C.DOWN, old)),
        *((C.MOVING, None), (C.DOWN, new)),
        *((C.DOWN, GOAL), (C.DOWN, GOAL)),
        *((C.DOWN, GOAL), (C.DOWN, GOAL)),
        *((C.STARTING, GOAL), (C.STARTING, GOAL)),
        *((C.STARTING, GOAL), (C.UP, GOAL)),
    ]


def test_what_is_disposed_of_is_gone_from_its_start_on() -> None:
    assert around("10 20 stop a", "30 40 dispose a", method=Method.RETIRE)[2:] == [
        (C.DOWN, START),
        (C.GONE, None),
        (C.GONE, None),
    ]


def test_what_is_renumbered_serves_again_from_the_end_of_the_next_check() -> None:
    rows = around("10 20 renumber a", "30 40 check a", method=Method.RENUMBER)

    assert [condition for condition, _ in rows] == [C.UP, C.STARTING, C.STARTING, C.STARTING, C.UP]


def test_a_check_of_what_is_on_leaves_it_on_and_one_of_what_is_off_starts_it() -> None:
    assert [condition for condition, _ in around("10 20 check a")] == [C.UP, C.UP, C.UP]
    assert [c for c, _ in around("10 20 stop a", "30 40 check a")] == [C.UP, C.STOPPING, C.DOWN, C.STARTING, C.UP]


def test_what_is_new_is_absent_until_it_is_mounted() -> None:
    new = asset("n", room=None, method=Method.INSTALL, stages=stages("new"), works=works(mount=10, start=10, check=10))
    replay = Replay.of(estate(new, racks=RACKS), to_goal(steps("10 20 mount n", "30 40 start n", "50 60 check n")))

    assert states(replay, "n", 0, 10, 20, 30, 50, 60) == [
        (C.ABSENT, None),
        (C.DOWN, GOAL),
        (C.DOWN, GOAL),
        (C.STARTING, GOAL),
        (C.STARTING, GOAL),
        (C.UP, GOAL),
    ]


@pytest.mark.parametrize(
    ("kept", "lines", "minute", "state"),
    [
        ("stop carry mount start check", ("10 20 stop a", "30 40 carry a"), 20, (C.DOWN, Position("old"))),
        ("stop unmount carry start check", ("10 20 stop a", "20 30 unmount a", "30 40 carry a"), 40, (C.DOWN, GOAL)),
        ("stop unmount carry mount start", ("10 20 carry a", "20 30 mount a", "30 40 start a"), 40, (C.UP, GOAL)),
        ("stop unmount carry mount", ("10 20 carry a", "20 30 mount a"), 30, (C.UP, GOAL)),
        ("stop unmount carry", ("10 20 carry a",), 20, (C.UP, GOAL)),
        ("stop unmount carry start", ("10 20 carry a",), 20, (C.DOWN, GOAL)),
        ("stop unmount carry warm_up", ("10 20 carry a",), 20, (C.DOWN, GOAL)),
        ("stop unmount carry check", ("10 20 carry a", "20 30 start a"), 30, (C.STARTING, GOAL)),
    ],
)
def test_work_that_takes_no_time_is_done_at_the_end_of_the_step_before(
    kept: str, lines: tuple[str, ...], minute: int, state: State
) -> None:
    work = {StepKind(kind): WORK[StepKind(kind)] for kind in kept.split()}
    box = carried("a", at=START, stages=(Stage(GOAL),), works=work)

    assert states(Replay.of(estate(box, racks=RACKS), to_goal(steps(*lines))), "a", minute) == [state]


def test_a_step_that_does_not_say_where_goes_where_the_inventory_says() -> None:
    box = carried("a", at=START, stages=(Stage(GOAL),), works=WORK)
    silent = tuple(replace(s, to={}) for s in steps("10 20 carry a", "30 40 mount a"))

    assert states(Replay.of(estate(box, racks=RACKS), silent), "a", 20, 30) == [
        (C.DOWN, Position("new")),
        (C.DOWN, GOAL),
    ]


def test_a_system_stops_starts_and_is_accepted() -> None:
    def conditions(minutes: int) -> list[Condition]:
        inventory = estate(system("s", works=works(stop=10, start=10, accept=minutes)))
        replay = Replay.of(inventory, steps("10 20 stop s", "30 40 start s", "50 60 accept s"))
        return [replay.at(minute).condition["s"] for minute in (0, 10, 20, 30, 40, 50, 60)]

    stopped = [C.UP, C.STOPPING, C.DOWN, C.STARTING]
    assert conditions(10) == conditions(0) == [*stopped, C.STARTING, C.STARTING, C.UP]


def test_a_system_without_an_acceptance_is_back_at_the_end_of_its_start() -> None:
    done = steps("10 20 stop s", "30 40 start s")
    quick, slow = (estate(system("s", works=works(start=10, **more))) for more in ({}, {"accept": 10}))

    assert Replay.of(quick, done).at(40).condition["s"] is C.UP
    assert Replay.of(slow, done).at(40).condition["s"] is C.STARTING
    again = (*done, *steps("50 60 stop s", "70 80 start s", "80 90 accept s"))
    assert Replay.of(quick, again).at(40).condition["s"] is C.UP


def test_a_vm_changes_its_host_at_the_end_of_its_migration_and_is_up_throughout() -> None:
    hosts = asset("h", AssetKind.HYPERVISOR), asset("i", AssetKind.HYPERVISOR, room="new")
    inventory = estate(*hosts, vm("v", "h", cluster="c"), Cluster("c", "c", ("h", "i"), live_migration=True))
    replay = Replay.of(inventory, steps("10 20 migrate v -> i"))

    found = [(m.condition["v"], m.host["v"], m.room("v"), m.state.target.get("v")) for m in map(replay.at, (9, 10, 20))]
    assert found == [(C.UP, "h", "old", None), (C.UP, "h", "old", "i"), (C.UP, "i", "new", None)]


def test_a_bridge_is_open_from_the_end_of_its_test_to_the_start_of_its_closing_within_its_dates() -> None:
    def open_at(**dates: int) -> list[bool]:
        inventory = estate(link("br", bridge=True, test=Duration.fixed(10), **dates))
        replay = Replay.of(inventory, steps("10 20 test br", "100 110 close br"))
        return ["br" in replay.at(minute).links for minute in (19, 20, 30, 50, 99, 100, 110)]

    assert open_at() == [False, True, True, True, True, False, False]
    assert open_at(since=30, until=99) == [False, False, True, True, False, False, False]


def test_a_unit_is_free_for_the_next_one_from_the_end_of_the_unmounting_on() -> None:
    facts = {"height": 1, "kg": 1.0, "va": 1, "works": WORK}
    a = carried("a", at=START, stages=(Stage(GOAL),), **facts)
    b = asset("b", at=Position("old"), method=Method.CARRY, stages=(Stage(START),), **facts)

    def clashes(begin: int) -> list[tuple[int, int]]:
        done = (*to_goal(steps("10 20 stop a", "20 30 unmount a")), *steps(f"{begin} {begin + 10} mount b"))
        done = tuple(replace(s, to={"b": START}) if s.kind is StepKind.MOUNT else s for s in done)
        found = findings(s17_rooms_and_racks.RULE, plan(estate(a, b, racks=RACKS), done))
        return [span for key, _, span in found if key == "s17.same_unit"]

    assert clashes(30) == []
    assert clashes(25) == [(25, 30)]


def test_a_gateway_pair_is_void_for_its_segment_only_while_both_stand_in_one_rack() -> None:
    racks = {id: Rack(id, id, "old", feeds=(f"c{id}",)) for id in ("O1", "O2")}
    circuits = {f"c{id}": Circuit(f"c{id}", "old", 200, 30) for id in racks}
    firewalls = [
        asset("f", AssetKind.FIREWALL, at=Position("old", "O1", 1)),
        asset("g", AssetKind.FIREWALL, at=Position("old", "O1", 9)),
    ]
    member = asset("a", at=Position("old", "O2", 1), segments=("x",))
    inventory = estate(*firewalls, member, segment("x", "f", "g"), racks=racks, circuits=circuits)
    done = steps("100 110 stop g", "110 120 carry g -> old", "120 130 mount g -> old", "130 140 start g")
    apart = tuple(replace(s, to={"g": Position("old", "O2", 9)}) if s.to else s for s in done)

    def voids(done: tuple[Step, ...]) -> list[tuple[str, tuple[int, int]]]:
        found = findings(s05_shared_fate.RULE, plan(inventory, done))
        return [(subjects[0], span) for key, subjects, span in found if key == "s05.void"]

    assert sorted(voids(apart)) == [("O1", (0, 100)), ("cO1", (0, 100))]
    assert sorted(voids(())) == [("O1", (0, HORIZON.end)), ("cO1", (0, HORIZON.end))]


def test_how_tiers_are_kept_apart_is_asked_of_a_pair_in_either_order() -> None:

    logical, physical = (Separation(("B", "A"), by) for by in (SeparationBy.LOGICAL, SeparationBy.PHYSICAL))
    one, both, none = (replace(estate(), separations=each) for each in ((logical,), (logical, physical), ()))
    assert separation(one, ("A", "B")) is SeparationBy.LOGICAL
    assert separation(both, ("A", "B")) is SeparationBy.PHYSICAL
    assert separation(none, ("A", "B")) is None


@pytest.mark.parametrize(
    ("need", "void"), [(live("1 of f, g"), True), (hard("1 of f, g"), True), (soft("1 of f, g"), False)]
)
def test_a_redundancy_that_an_asset_needs_can_be_void_and_one_that_it_only_likes_to_have_cannot(
    need: Need, void: bool
) -> None:
    boxes = [asset(id, at=Position("old", "O1", n)) for id, n in (("f", 1), ("g", 9))]
    inventory = estate(*boxes, asset("x", needs=(need,)), racks={"O1": Rack("O1", "O1", "old")})

    found = findings(s05_shared_fate.RULE, plan(inventory))
    assert [subjects for key, subjects, _ in found if key == "s05.void"] == ([("O1", "f", "g")] if void else [])


def test_a_line_and_a_link_serve_while_one_of_several_ends_is_up_in_its_room() -> None:
    ends = asset("r1", AssetKind.ROUTER), asset("r2", AssetKind.ROUTER), asset("r3", AssetKind.ROUTER, room="new")
    line = asset("x", AssetKind.LINE, ends={"old": ("r1", "r2", "r3")})
    way = link("l", ends_on={"old": ("r1", "r2", "r3")})
    replay = Replay.of(estate(*ends, line, way), steps("10 20 stop r1", "30 40 stop r2"))

    assert [(m.up("x"), "l" in m.links) for m in map(replay.at, (0, 10, 29, 30, 40))] == [
        *([(True, True)] * 3),
        *([(False, False)] * 2),
    ]
