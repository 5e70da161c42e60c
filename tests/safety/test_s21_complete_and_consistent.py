"""S21: every change once, in order, in its time and place; nothing else; the plan of this inventory."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model import canonical
from planner.model.asset import AssetKind, Cluster, Stage
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position, Rack
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Gate, Turn
from planner.safety.context import Context
from planner.safety.readable import readable
from planner.safety.rules.s21_complete_and_consistent import RULE
from planner.safety.wellformed import form_faults
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import asset, carried, estate, hard, link, moved, plan, steps, system, vm, works

MOVE = works(stop=10, unmount=10, carry=10, mount=10, start=10, check=10)
RESTART = works(stop=10, start=10, check=10)


def made(inventory: Inventory, done: tuple[Step, ...], **more: Any) -> Plan:
    """One wave of one turn that names everything, made of exactly this inventory."""
    facts: dict[str, Any] = {"turns": (Turn("t1", tuple(inventory.assets), 0, 10_000),), **more}
    return replace(plan(inventory, done, **facts), inventory_hash=canonical.digest(inventory))


def judged(inventory: Inventory, answer: Plan) -> list[Finding]:
    context = Context.of(inventory, readable(inventory, answer))
    return [*form_faults(inventory, answer), *RULE.check(context).findings]


def found(inventory: Inventory, *lines: str, **more: Any) -> list[Finding]:
    return judged(inventory, made(inventory, steps(*lines), **more))


def keys(inventory: Inventory, *lines: str, **more: Any) -> list[str]:
    return [finding.key for finding in found(inventory, *lines, **more)]


def test_a_whole_chain_to_the_right_room_is_no_finding() -> None:
    assert keys(estate(carried("a", works=MOVE)), *moved("a", 60)) == []


def test_what_must_change_and_does_not_is_named() -> None:
    (finding,) = found(estate(carried("a", works=MOVE)))
    assert (finding.key, finding.subjects) == ("s21.unchanged", ("a",))
    assert finding.values["due"] == "stop unmount carry mount start check"


def test_a_removed_stop_is_named_with_asset_and_instant() -> None:
    finding, *_ = found(estate(carried("a", works=MOVE)), *moved("a", 60)[1:])
    assert (finding.rule, finding.key, finding.subjects) == ("S21", "s21.out_of_order", ("a",))
    assert finding.span == Span(70, 80)


def test_two_swapped_steps_are_named_where_the_order_breaks() -> None:
    stop, unmount, *rest = moved("a", 60)
    swapped = (stop.replace("stop", "unmount"), unmount.replace("unmount", "stop"))
    finding, *_ = found(estate(carried("a", works=MOVE)), *swapped, *rest)
    assert (finding.key, finding.span) == ("s21.out_of_order", Span(60, 70))


def test_a_chain_that_breaks_off_is_incomplete() -> None:
    assert keys(estate(carried("a", works=MOVE)), *moved("a", 60)[:-1])[0] == "s21.incomplete"


def test_a_change_is_made_once_per_stage() -> None:
    once = carried("a", works=MOVE)
    assert keys(estate(once), *moved("a", 60), *moved("a", 200)) == ["s21.out_of_order"]
    twice = replace(once, stages=(Stage(Position("new")), Stage(Position("old"))))
    assert keys(estate(twice), *moved("a", 60), *moved("a", 200, to="old")) == []
    assert keys(estate(twice), *moved("a", 60)) == ["s21.incomplete"]


def test_nothing_else_moves_but_restarts_are_free() -> None:
    stays = asset("b", works=MOVE)
    assert keys(estate(stays), "60 70 stop b", "80 90 start b", "90 100 check b") == []
    assert "s21.moves_unasked" in keys(estate(stays), *moved("b", 60))


def test_a_step_whose_work_takes_no_time_is_not_written() -> None:
    quick = carried("a", works=works(stop=10, carry=10, start=10))
    assert keys(estate(quick), "60 70 stop a", "70 80 carry a", "80 90 start a") == []


def test_a_step_lasts_as_long_as_the_inventory_says() -> None:
    lines = moved("a", 60)
    (finding,) = found(estate(carried("a", works=MOVE)), *lines[:-1], "110 125 check a")
    assert (finding.key, finding.values) == ("s21.duration", {"found": "15", "due": "10"})


def test_machines_are_stopped_together_in_the_longest_time_and_mounted_one_by_one() -> None:
    both = (asset("a", works=RESTART), asset("b", works={**RESTART, **works(stop=25)}))
    lines = ("60 85 stop a b", "90 100 start a b", "100 110 check a b")
    assert keys(estate(*both), *lines) == []
    assert keys(estate(*both), "60 70 stop a b", *lines[1:]) == ["s21.duration"]
    moving = (carried("a", works=MOVE), carried("b", works=MOVE))
    together = ("stop", "unmount", "carry", "mount", "start", "check")
    begin, rows = 60, []
    for kind in together:
        minutes = 20 if kind in ("unmount", "mount") else 10
        rows.append(f"{begin} {begin + minutes} {kind} a b")
        begin += minutes
    assert keys(estate(*moving), *rows) == []


def test_two_steps_of_one_asset_do_not_overlap() -> None:
    lines = list(moved("a", 60))
    lines[2] = "75 85 carry a"
    clashes = found(estate(carried("a", works=MOVE)), *lines)
    assert [(f.key, f.span) for f in clashes] == [("s21.overlap", Span(75, 80))]


def test_an_asset_ends_in_the_room_rack_and_unit_that_the_inventory_says() -> None:
    racks = {"N1": Rack("N1", "N1", "new")}
    there = Position("new", "N1", 7)
    a = carried("a", works=MOVE, height=1, stages=(Stage(there),))
    inventory = estate(a, racks=racks)

    def to(position: Position) -> list[str]:
        done = tuple(replace(s, to={"a": position}) if s.to else s for s in steps(*moved("a", 60)))
        return [f.key for f in judged(inventory, made(inventory, done))]

    assert to(there) == []
    assert to(Position("new", "N1", 8)) == ["s21.wrong_place"]
    assert to(Position("old")) == ["s21.wrong_place"]


def test_a_position_that_the_inventory_leaves_open_is_chosen_and_equals_the_placement() -> None:
    racks = {"N1": Rack("N1", "N1", "new")}
    inventory = estate(carried("a", works=MOVE, height=1), racks=racks)

    def to(position: Position, placement: Position) -> list[str]:
        done = tuple(replace(s, to={"a": position}) if s.to else s for s in steps(*moved("a", 60)))
        return [f.key for f in judged(inventory, replace(made(inventory, done), placements={"a": placement}))]

    chosen = Position("new", "N1", 7)
    assert to(chosen, chosen) == []
    assert to(chosen, Position("new", "N1", 8)) == ["s21.placement"]
    assert to(Position("new"), Position("new")) == ["s21.place_open"]


def test_the_steps_of_a_stage_lie_inside_its_dates() -> None:
    a = carried("a", works=MOVE, stages=(Stage(Position("new"), not_before=60, not_after=120),))
    assert keys(estate(a), *moved("a", 60)) == []
    assert keys(estate(a), *moved("a", 59)) == ["s21.stage_dates"]
    assert keys(estate(a), *moved("a", 61)) == ["s21.stage_dates"]


def test_a_vm_migrates_inside_its_cluster_as_often_as_needed() -> None:
    hosts = tuple(asset(h, AssetKind.HYPERVISOR) for h in ("h1", "h2", "h3"))
    v = vm("v", "h1", cluster="c", works=works(migrate=5))
    inventory = estate(*hosts, v, Cluster("c", "c", ("h1", "h2")))
    assert keys(inventory, "60 65 migrate v -> h2", "70 75 migrate v -> h1") == []
    assert keys(inventory, "60 65 migrate v -> h3") == ["s21.host"]


def test_retired_assets_are_off_and_nobody_needs_them() -> None:
    old = asset("a", method=Method.RETIRE, works=works(stop=10, dispose=10))
    off = ("60 70 stop a", "70 80 dispose a")
    assert keys(estate(old), *off) == []
    assert keys(estate(old), off[0]) == ["s21.incomplete"]
    (needed,) = found(estate(old, asset("b", needs=(hard("a"),))), *off)
    assert (needed.key, needed.subjects) == ("s21.retired_but_needed", ("a", "b"))
    assert keys(estate(old, asset("b", needs=(hard("a", until=60),))), *off) == []
    assert keys(estate(old, system("s", "a")), *off) == ["s21.retired_but_needed"]


def test_a_retired_asset_whose_role_is_taken_over_may_be_named() -> None:
    old = asset("a", method=Method.RETIRE, works=works(stop=10, dispose=10))
    heir = asset(
        "n", room=None, method=Method.INSTALL, replaces="a", works=works(mount=10, start=10, check=10, switch_over=10)
    )
    heir = replace(heir, stages=(Stage(Position("new")),))
    inventory = estate(old, heir, system("s", "a"))
    fresh = ("10 20 mount n", "20 30 start n", "30 40 check n", "40 50 switch_over n")
    turns = (Turn("t1", ("a", "n"), 0, 100),)
    assert keys(inventory, *fresh, "60 70 stop a", "70 80 dispose a", turns=turns) == []
    assert keys(
        inventory,
        "10 20 stop a",
        "20 30 dispose a",
        "30 40 mount n",
        "40 50 start n",
        "50 60 check n",
        "60 70 switch_over n",
        turns=turns,
    ) == ["s21.retired_but_needed"]


def test_what_leaves_for_the_cloud_may_stay_or_move() -> None:
    zei = carried("a", works=MOVE, leaves=9_000)
    assert keys(estate(zei)) == []
    assert keys(estate(zei), *moved("a", 60)) == []


def test_the_hash_is_that_of_this_inventory() -> None:
    inventory = estate(carried("a", works=MOVE))
    answer = replace(made(inventory, steps(*moved("a", 60))), inventory_hash="sha256:0")
    assert [f.key for f in judged(inventory, answer)] == ["s21.other_inventory"]


def test_a_chain_lies_in_one_turn_that_names_its_asset() -> None:
    inventory = estate(carried("a", works=MOVE))
    assert keys(inventory, *moved("a", 60), turns=(Turn("t1", ("a",), 60, 120),)) == []
    assert keys(inventory, *moved("a", 60), turns=(Turn("t1", ("a",), 60, 110),)) == ["s21.no_turn"]
    two = (Turn("t1", ("a",), 60, 120), Turn("t2", (), 110, 130))
    assert keys(inventory, *moved("a", 60), turns=two) == ["s21.turns_overlap"]


def test_a_bridge_is_tested_and_closed_once() -> None:
    inventory = estate(link("br", bridge=True, test=Duration.fixed(20)))
    assert keys(inventory, "10 30 test br", "100 110 close br") == []
    assert keys(inventory, "10 30 close br", "100 120 test br") == ["s21.link_steps"]
    assert keys(inventory, "10 20 test br") == ["s21.duration"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"assets": ("ghost",)}, "s21.unknown_subject"),
        ({"assets": ()}, "s21.no_subject"),
        ({"assets": ("a", "a")}, "s21.subject_twice"),
        ({"end": 30}, "s21.no_length"),
        ({"end": 60}, "s21.no_length"),
        ({"end": 99_999}, "s21.outside_horizon"),
        ({"kind": StepKind.CARRY, "to": {"a": Position("nowhere")}}, "s21.unknown_room"),
        ({"kind": StepKind.CARRY, "to": {"a": Position("new", "X9")}}, "s21.unknown_rack"),
        ({"kind": StepKind.CARRY, "to": {"a": Position("old", "N1")}}, "s21.rack_elsewhere"),
        ({"kind": StepKind.MIGRATE, "hosts": {"a": "ghost"}}, "s21.unknown_host"),
        ({"to": {"b": Position("new")}}, "s21.not_in_step"),
        ({"id": "s002"}, "s21.id_twice"),
        ({"kind": StepKind.UPDATE, "holder": "ghost"}, "s21.unknown_subject"),
        ({"kind": StepKind.ACCEPT}, "s21.no_such_work"),
    ],
)
def test_whatever_a_hand_edit_breaks_becomes_a_finding(change: dict[str, Any], expected: str) -> None:
    inventory = estate(carried("a", works=MOVE), asset("b"), racks={"N1": Rack("N1", "N1", "new")})
    first, *rest = steps(*moved("a", 60))
    answer = made(inventory, (replace(first, **change), *rest))
    assert expected in [finding.key for finding in judged(inventory, answer)]


def test_gates_check_points_and_outages_name_what_exists() -> None:
    inventory = estate(carried("a", works=MOVE))
    answer = made(inventory, steps(*moved("a", 60)))
    gate = Gate("g1", 60, "ghost", "x", "y", ("c",))
    point = CheckPoint("c1", ("ghost",), 60, anchor="t9")
    wave = replace(answer.waves[0], gates=(gate,), check_points=(point,), point_of_no_return="ghost")
    expected = ["s21.unknown_step", "s21.unknown_step", "s21.unknown_step", "s21.unknown_turn"]
    assert [f.key for f in judged(inventory, replace(answer, waves=(wave,)))] == expected
