"""What the form of a plan breaks is told in full: key, subjects, interval, steps and values (S21, S13)."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model import canonical
from planner.model.asset import AssetKind, Cluster, Stage
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position, Rack
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep
from planner.plan.wave import CheckPoint, Gate, Turn
from planner.safety.completeness import by_subject, stages_of
from planner.safety.context import Context
from planner.safety.readable import readable
from planner.safety.rules.s21_complete_and_consistent import RULE
from planner.safety.sequence import Block, Match, match
from planner.safety.wellformed import form_faults
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import asset, carried, estate, link, moved, outage, plan, steps, system, vm, works

K = StepKind
MOVE = works(stop=10, unmount=10, carry=10, mount=10, start=10, check=10)
Row = tuple[str, tuple[str, ...], tuple[int, int] | None]


def town() -> Inventory:
    racks = {"N1": Rack("N1", "N1", "new"), "O1": Rack("O1", "O1", "old")}
    return estate(
        carried("a", works=MOVE), asset("b"), link("l"), link("br", bridge=True), system("s", "b"), racks=racks
    )


def with_step(number: int = 0, **changes: Any) -> Plan:
    """The move of `a` from minute 60 to 120, one step of it changed."""
    inventory, done = town(), [*steps(*moved("a", 60))]
    done[number] = replace(done[number], **changes)
    return replace(plan(inventory, tuple(done)), inventory_hash=canonical.digest(inventory))


def told(of: Plan) -> list[Row]:
    found = form_faults(of.inventory, of)
    return [(f.key.removeprefix("s21."), f.subjects, (f.span.start, f.span.end) if f.span else None) for f in found]


def values(of: Plan) -> list[dict[str, str]]:
    return [dict(f.values) for f in form_faults(of.inventory, of)]


FIRST, THIRD = (60, 70), (80, 90)


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({}, []),
        ({"assets": ("a", "ghost")}, [("unknown_subject", ("ghost",), FIRST)]),
        ({"kind": K.UPDATE, "holder": "b"}, []),
        ({"kind": K.UPDATE, "holder": "ghost"}, [("unknown_subject", ("ghost",), FIRST)]),
        ({"assets": ("a", "l")}, [("no_such_work", ("l",), FIRST)]),
        ({"assets": ("br",), "kind": K.TEST}, []),
        ({"assets": ("br",), "kind": K.CLOSE}, []),
        ({"assets": ()}, [("no_subject", ("s001",), FIRST)]),
        ({"assets": ("a", "a")}, [("subject_twice", ("a", "a"), FIRST)]),
        ({"end": 60}, [("no_length", ("a",), (60, 61))]),
        ({"end": 50}, [("no_length", ("a",), (50, 60))]),
        ({"start": -1}, [("outside_horizon", ("a",), (-1, 70))]),
        ({"start": 0}, []),
        ({"end": 10_000}, []),
        ({"end": 10_001}, [("outside_horizon", ("a",), (60, 10_001))]),
        ({"to": {"b": Position("new")}}, [("not_in_step", ("b",), FIRST)]),
        ({"hosts": {"b": "a"}}, [("not_in_step", ("b",), FIRST)]),
        ({"hosts": {"a": "ghost"}}, [("unknown_host", ("a", "ghost"), FIRST)]),
        ({"to": {"a": Position("nowhere")}}, [("unknown_room", ("a", "nowhere"), FIRST)]),
        ({"to": {"a": Position("new", "X9")}}, [("unknown_rack", ("a", "X9"), FIRST)]),
        ({"to": {"a": Position("new", "O1")}}, [("rack_elsewhere", ("a", "O1"), FIRST)]),
        ({"to": {"a": Position("new", "N1")}}, []),
        ({"id": "s002"}, [("id_twice", ("s002",), (60, 80))]),
    ],
)
def test_a_step_is_read_as_it_stands_or_told_with_what_is_wrong_with_it(
    changes: dict[str, Any], rows: list[Row]
) -> None:
    assert told(with_step(**changes)) == rows


def test_a_step_that_is_wrong_tells_what_was_found() -> None:
    assert values(with_step(end=50)) == [{"minutes": "-10"}]
    assert values(with_step(hosts={"a": "ghost"})) == [{"host": "ghost"}]
    assert values(with_step(to={"a": Position("new", "X9")})) == [{"place": "X9"}]
    assert values(with_step(assets=("l",))) == [{"kind": "stop"}]
    assert values(with_step(id="s002")) == [{"id": "s002"}]


def test_nothing_is_done_before_the_day_of_the_plan() -> None:
    of = with_step()
    dawn = of.inventory.clock.minute(of.inventory.project.as_of)
    early = replace(of.inventory, project=replace(of.inventory.project, horizon=Span(dawn - 100, 10_000)))

    def at(minute: int) -> list[Row]:
        changed = replace(with_step(start=minute), inventory=early)
        return [row for row in told(changed) if row[0] == "before_as_of"]

    assert at(dawn) == []
    assert at(dawn - 1) == [("before_as_of", ("a",), (dawn - 1, 70))]


def in_wave(**changes: Any) -> Plan:
    of = with_step()
    return replace(of, waves=(replace(of.waves[0], **changes),))


def point(id: str = "c1", **changes: Any) -> CheckPoint:
    return replace(CheckPoint(id, ("s006",), 120), **changes)


def gate(id: str, before: str) -> Gate:
    return Gate(id, 60, before, "x", "y", ("c",))


def test_gates_and_check_points_are_named_once_and_name_steps_and_turns_of_their_wave() -> None:
    whole = (0, 10_000)
    turns = (Turn("t1", ("a",), 60, 120),)

    assert told(in_wave(check_points=(point(),), gates=(gate("g", "s001"),), point_of_no_return="s001")) == []
    assert told(in_wave(check_points=(point(after=("s006", "x")),))) == [("unknown_step", ("c1", "x"), whole)]
    assert told(in_wave(gates=(gate("g", "x"),))) == [("unknown_step", ("g", "x"), whole)]
    assert told(in_wave(point_of_no_return="x")) == [("unknown_step", ("w1", "x"), whole)]
    assert told(in_wave(check_points=(point(anchor="t1"),), turns=turns)) == []
    assert told(in_wave(check_points=(point(anchor="t2"),), turns=turns)) == [("unknown_turn", ("c1", "t2"), whole)]
    assert told(in_wave(check_points=(point(), point()))) == [("id_twice", ("c1",), None)]
    assert told(in_wave(check_points=(point("w1"),))) == [("id_twice", ("w1",), None)]
    assert told(in_wave(gates=(gate("c1", "s001"),), check_points=(point(),))) == [("id_twice", ("c1",), None)]


def test_a_rollback_lies_within_a_horizons_length_and_names_what_exists() -> None:
    def of(*rows: tuple[int, int, str]) -> list[Row]:
        back = tuple(RollbackStep(K.STOP, (id,), offset, minutes) for offset, minutes, id in rows)
        return told(in_wave(check_points=(point(rollback=back),)))

    minute = (120, 121)
    assert of((0, 10, "a"), (10_000, 10_000, "a"), (-10_000, 5, "s")) == []
    far = ("s13.witness_form", ("c1", "a"), minute)
    assert of((10_001, 10, "a")) == of((0, 10_001, "a")) == of((-10_001, 1, "a")) == [far]
    assert of((0, 10, "ghost"), (10, 10, "ghost")) == [("unknown_subject", ("ghost", "c1"), minute)]
    told_values = values(in_wave(check_points=(point(rollback=(RollbackStep(K.STOP, ("a",), 20_000, 1),)),)))
    assert told_values == [{"check_point": "c1", "wave": "w1", "number": "1"}]


def test_outages_and_placements_name_what_exists() -> None:
    of = with_step()

    assert told(replace(of, outages=(outage("s", 60, 70),))) == []
    assert told(replace(of, outages=(outage("x", 60, 70),))) == [("unknown_subject", ("x",), (60, 70))]
    assert told(replace(of, placements={"a": Position("new", "N1", 3)})) == []
    assert told(replace(of, placements={"x": Position("new")})) == [("unknown_subject", ("x",), None)]
    assert told(replace(of, placements={"a": Position("new", "O1")})) == [("rack_elsewhere", ("a", "O1"), None)]


def test_what_cannot_be_read_is_left_out_and_the_rest_is_kept() -> None:
    of = with_step(assets=("a", "ghost", "l", "a"), to={"a": Position("new", "O1"), "x": Position("new")})
    kept = readable(of.inventory, of)

    assert kept.waves[0].steps[0].assets == ("a",)
    assert kept.waves[0].steps[0].to == {}
    assert kept.waves[0].steps[1:] == of.waves[0].steps[1:]
    assert [len(readable(of.inventory, with_step(**c)).waves[0].steps) for c in ({"end": 60}, {"assets": ()})] == [5, 5]
    assert readable(of.inventory, replace(of, outages=(outage("x", 1, 2), outage("s", 1, 2)))).outages == (
        outage("s", 1, 2),
    )
    far = point(rollback=(RollbackStep(K.STOP, ("a", "ghost"), 0, 1), RollbackStep(K.STOP, ("a",), 20_000, 1)))
    (read,) = readable(of.inventory, in_wave(check_points=(far,))).waves[0].check_points
    assert [step.assets for step in read.rollback] == [("a",)]


def test_a_vm_is_read_to_migrate_to_hosts_of_its_cluster_only() -> None:
    hosts = [asset(id, AssetKind.HYPERVISOR) for id in ("h", "i", "j")]
    inventory = estate(*hosts, Cluster("c", "c", ("h", "i")), vm("v", "h", cluster="c"), asset("b"))

    def read(id: str, host: str) -> dict[str, str]:
        (step,) = steps(f"10 20 migrate {id} -> {host}")
        return dict(readable(inventory, plan(inventory, (step,))).waves[0].steps[0].hosts)

    assert read("v", "i") == {"v": "i"}
    assert read("v", "j") == read("b", "i") == {}


def found(of: Plan) -> list[tuple[str, dict[str, str]]]:
    """What S21 finds of the destinations."""
    keys = ("s21.wrong_place", "s21.place_open", "s21.two_destinations")
    findings = RULE.check(Context.of(of.inventory, of)).findings
    return [(f.key.removeprefix("s21."), dict(f.values)) for f in findings if f.key in keys]


def carried_to(carry: Position | None, mount: Position | None, target: Position, **more: Any) -> Plan:
    box = carried("a", works=MOVE, stages=(Stage(target),), **more)
    inventory = replace(town(), assets={"a": box, "b": asset("b")})
    places = {K.CARRY: carry, K.MOUNT: mount}
    done = tuple(
        replace(s, to={"a": place} if (place := places[s.kind]) else {}) if s.to else s for s in steps(*moved("a", 60))
    )
    return plan(inventory, done)


NEW, RACKED, UNIT = Position("new"), Position("new", "N1"), Position("new", "N1", 5)


def test_an_asset_ends_where_its_stage_says_and_what_that_leaves_open_is_chosen() -> None:
    assert found(carried_to(NEW, UNIT, UNIT)) == found(carried_to(UNIT, UNIT, NEW)) == []
    wrong = {"due": "new/N1/5", "found": "new/N1/6"}
    assert found(carried_to(NEW, Position("new", "N1", 6), UNIT)) == [("wrong_place", wrong)]
    other = {"due": "new/N1", "found": "new"}
    assert found(carried_to(NEW, NEW, RACKED)) == [("wrong_place", other)]
    old = {"due": "new", "found": "old"}
    assert found(carried_to(Position("old"), Position("old"), NEW)) == [("wrong_place", old)]
    assert found(carried_to(Position("old"), NEW, NEW)) == [("two_destinations", {"due": "new", "found": "new"})]


def test_what_has_a_height_gets_a_rack_and_a_unit_where_the_room_has_racks() -> None:
    def place_open(place: Position, **more: Any) -> bool:
        return [key for key, _ in found(carried_to(NEW, place, NEW, **more))] == ["place_open"]

    assert place_open(NEW, height=2)
    assert place_open(RACKED, height=2)
    assert not place_open(UNIT, height=2)
    assert not place_open(NEW)
    assert not place_open(NEW, height=2, chassis="b")


def test_whoever_carries_or_mounts_is_told_where_to_unless_it_goes_with_what_holds_it() -> None:
    silent = ("place_open", {"found": "-"})

    assert found(carried_to(None, NEW, NEW)) == found(carried_to(NEW, None, NEW)) == [silent]
    assert found(carried_to(None, None, NEW)) == [silent, silent]
    assert found(carried_to(None, NEW, NEW, chassis="b")) == []


S, U, C, M = K.STOP, K.UNMOUNT, K.CARRY, K.MIGRATE


def test_a_sequence_follows_its_blocks_in_order_each_once_and_free_ones_as_often_as_wanted() -> None:
    once, either, free = Block(((S, U),)), Block(((S,), (C,))), Block(((M,), (S, C)), free=True)

    assert match((S, U), [once]) == Match(complete=True, reached=2, parts=((0, 2),))
    assert match((), [once]) == Match(complete=False, reached=0)
    assert match((S,), [once]) == Match(complete=False, reached=1)
    assert match((S, C), [once]) == Match(complete=False, reached=1)
    assert match((S, U, S), [once]) == Match(complete=False, reached=2)
    assert match((C,), [either]) == Match(complete=True, reached=1, parts=((0, 1),))
    assert match((M, S, C, M, S, U), [free, once]) == Match(complete=True, reached=6, parts=((4, 6),))
    assert match((S, U), [free, once, free]) == Match(complete=True, reached=2, parts=((0, 2),))
    assert match((), [free]) == Match(complete=True, reached=0)
    assert match((S, U), [Block(((S, U), ())), once]) == Match(complete=True, reached=2, parts=((0, 2),))
    assert match((S, U, C, M), [once, either, free]) == Match(complete=True, reached=4, parts=((0, 2), (2, 3)))


def test_the_steps_of_a_subject_are_found_in_order_each_once() -> None:
    of = plan(town(), steps("10 20 stop a b", "20 30 start a a"))

    assert {id: [s.id for s in own] for id, own in by_subject(of).items()} == {"a": ["s001", "s002"], "b": ["s001"]}


def test_the_chain_of_each_stage_is_told_apart_from_restarts_and_the_switch_over() -> None:
    twice = carried("a", works=MOVE, stages=(Stage(NEW), Stage(Position("old"))))
    row = [
        *steps(*moved("a", 60)),
        *steps("200 210 stop a", "210 220 start a", "220 230 check a"),
        *steps(*moved("a", 300)),
    ]
    assert [[s.start for s in chain][:1] for chain in stages_of(twice, row)] == [[60], [300]]
    assert stages_of(twice, row[:4]) == ()

    fresh = works(mount=10, start=10, check=10, switch_over=5)
    new = asset("n", room=None, method=Method.INSTALL, replaces="b", stages=(Stage(NEW),), works=fresh)
    own = [*steps("10 20 mount n", "20 30 start n", "30 40 check n", "50 55 switch_over n")]
    assert [[s.kind for s in chain] for chain in stages_of(new, own)] == [[K.MOUNT, K.START, K.CHECK]]


def test_only_a_bridge_is_tested_and_closed_and_in_that_order() -> None:
    inventory = replace(town(), links={"br": link("br", bridge=True, test=Duration.fixed(10)), "l": link("l")})

    def keys(*lines: str) -> list[str]:
        of = plan(inventory, steps(*lines))
        return [f.key for f in RULE.check(Context.of(inventory, of)).findings if f.key == "s21.link_steps"]

    assert keys("0 10 test br") == keys("10 20 close br") == keys("0 10 test br", "10 20 close br") == []
    assert keys("0 10 test br", "20 30 test br") == keys("0 10 test l") == keys("0 5 close br", "10 20 test br")
    assert keys("0 10 test l") == ["s21.link_steps"]
