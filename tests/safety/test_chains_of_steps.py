"""Which rows of steps each method of moving allows (S21), and what may follow what when turning back (S13)."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import Asset, Stage
from planner.model.chain import Method, StepKind
from planner.model.place import Position
from planner.plan.step import Step
from planner.safety.progression import carriage_faults, progression_faults
from planner.safety.replay import Replay
from planner.safety.sequence import match, of_asset, of_system, takes_time
from tests.safety.estates import asset, carried, estate, stages, steps, system, vm, works

K = StepKind
ALL = works(stop=1, unmount=1, carry=1, mount=1, warm_up=1, start=1, renumber=1, check=1, dispose=1, switch_over=1)
MOVE = "stop unmount carry mount warm_up start check"
RESTART = "stop start check"
ADDRESS = {"address": "1", "new_address": "2"}


def fits(subject: Asset, row: str) -> bool:
    return match([StepKind(kind) for kind in row.split()], of_asset(subject)).complete


def box(method: Method, **more: Any) -> Asset:
    return asset("a", method=method, **{"stages": stages("new"), "works": ALL, **more})


@pytest.mark.parametrize("row", [MOVE, f"{RESTART} {MOVE}", f"{MOVE} {RESTART}", f"{RESTART} {RESTART} {MOVE}"])
def test_what_is_carried_is_carried_once_with_restarts_before_and_after(row: str) -> None:
    assert fits(box(Method.CARRY), row)


@pytest.mark.parametrize(
    "row", ["", RESTART, f"{MOVE} {MOVE}", MOVE.replace(" mount", ""), f"{MOVE} stop start", "check"]
)
def test_what_is_carried_is_not_carried_twice_nor_in_part(row: str) -> None:
    assert not fits(box(Method.CARRY), row)


def test_what_is_carried_twice_may_be_restarted_in_between() -> None:
    twice = box(Method.CARRY, stages=stages("new", "old"))

    assert fits(twice, f"{MOVE} {RESTART} {MOVE}")
    assert not fits(twice, MOVE)


def test_what_is_carried_to_a_new_address_gets_it_between_its_start_and_its_check() -> None:
    moved = box(Method.CARRY, **ADDRESS)

    assert fits(moved, MOVE.replace("check", "renumber check"))
    assert not fits(moved, MOVE)
    untimed = replace(moved, works={kind: work for kind, work in ALL.items() if kind is not K.RENUMBER})
    assert fits(untimed, MOVE)


def test_only_the_last_of_several_stages_brings_the_new_address() -> None:
    twice = box(Method.CARRY, stages=stages("new", "old"), **ADDRESS)
    with_address = MOVE.replace("check", "renumber check")

    assert fits(twice, f"{MOVE} {with_address}")
    assert not fits(twice, f"{with_address} {MOVE}")


@pytest.mark.parametrize("method", [Method.STAY, Method.FOLLOW, Method.RENUMBER])
def test_what_is_renumbered_is_so_by_itself_or_in_a_restart(method: Method) -> None:
    there = box(method, stages=(), **ADDRESS)

    assert fits(there, "renumber check")
    assert fits(there, "stop start renumber check")
    assert fits(there, f"{RESTART} renumber check {RESTART}")
    assert not fits(there, "renumber check renumber check")
    assert not fits(there, "")


def test_what_stays_is_only_restarted() -> None:
    still = box(Method.STAY, stages=())

    assert fits(still, "")
    assert fits(still, RESTART)
    assert not fits(still, "stop start")
    assert not fits(still, MOVE)
    assert not fits(still, "renumber check")


def test_what_is_new_is_mounted_first_and_switched_over_once_if_it_replaces_something() -> None:
    new, heir = box(Method.INSTALL, at=None), box(Method.INSTALL, at=None, replaces="b")
    racked = "mount start check"

    assert fits(new, racked)
    assert fits(new, f"{racked} {RESTART}")
    assert not fits(new, f"{RESTART} {racked}")
    assert not fits(new, f"{racked} switch_over")
    assert fits(heir, f"{racked} switch_over")
    assert fits(heir, f"{racked} {RESTART} switch_over {RESTART}")
    assert not fits(heir, racked)
    later = replace(heir, stages=stages("new", "old"))
    assert fits(later, f"{racked} switch_over {MOVE}")
    assert not fits(later, f"{racked} switch_over")


def test_what_retires_ends_with_its_disposal() -> None:
    old = box(Method.RETIRE, stages=())

    assert fits(old, "stop dispose")
    assert fits(old, f"{RESTART} stop dispose")
    assert not fits(old, f"stop dispose {RESTART}")
    assert not fits(old, "stop")
    assert not fits(old, "")


def test_what_leaves_for_the_cloud_may_stay_until_then() -> None:
    leaving = box(Method.CARRY, leaves=500)

    assert fits(leaving, "")
    assert fits(leaving, MOVE)
    assert not fits(leaving, f"{MOVE} {MOVE}")


def test_a_vm_migrates_as_often_as_needed_and_a_box_never() -> None:
    hosted = vm("v", "h", works=works(stop=1, start=1, check=1))

    assert fits(hosted, f"migrate migrate {RESTART} migrate")
    assert fits(replace(hosted, host=None, cluster="c"), "migrate")
    assert not fits(box(Method.STAY, stages=()), "migrate")


def test_a_system_only_restarts_with_what_takes_time() -> None:
    def restarts(row: str, **minutes: int) -> bool:
        return match([StepKind(kind) for kind in row.split()], of_system(system("s", works=works(**minutes)))).complete

    whole = {"stop": 1, "start": 1, "accept": 1}
    assert restarts("", **whole)
    assert restarts("stop start accept stop start accept", **whole)
    assert not restarts("stop start", **whole)
    assert restarts("stop start", stop=1, start=1)
    assert restarts("")
    assert not restarts("stop")


def test_work_takes_time_if_the_inventory_gives_it_some() -> None:
    some = carried("a", works=works(stop=1, start=0))

    assert [takes_time(some, kind) for kind in (K.STOP, K.START, K.CHECK)] == [True, False, False]


def left_out(done: tuple[str, ...], at: int, *witness: str, **more: Any) -> list[tuple[str, str]]:
    inventory = estate(carried("a", works=ALL, **more), system("s", works=works(stop=1, start=1, accept=1)))
    own: dict[str, list[Step]] = {}
    for step in steps(*done):
        own.setdefault(step.assets[0], []).append(step)
    found = progression_faults(inventory, own, at, steps(*witness, to="old"))
    return [(f.steps[0], f.values["kind"]) for f in found]


DOWN = ("10 20 stop a", "20 30 unmount a", "30 40 carry a")


@pytest.mark.parametrize(
    ("done", "at", "witness", "missing"),
    [
        (DOWN, 40, ("40 50 carry a", "50 60 mount a", "60 70 warm_up a", "70 80 start a", "80 90 check a"), []),
        (DOWN, 40, ("40 50 mount a",), []),
        (DOWN, 30, ("40 50 mount a",), []),  # out of the rack, and not carried yet
        (DOWN, 20, ("40 50 mount a",), [("s001", "carry")]),
        (DOWN, 35, ("40 50 start a",), [("s001", "mount")]),
        (DOWN, 10, ("40 50 carry a",), []),  # nothing was begun
        (DOWN, 11, ("40 50 carry a",), [("s001", "unmount")]),
        (DOWN, 20, ("40 50 start a", "50 60 check a"), []),
        (DOWN, 20, ("40 50 check a",), [("s001", "start")]),
        (DOWN, 20, ("40 50 stop a", "50 60 start a"), []),  # what was broken off may be done again
        (DOWN, 40, ("40 50 back_up a", "50 60 carry a"), []),
        (DOWN, 40, ("50 60 start a", "40 50 mount a"), []),  # by time, not as listed
        (("10 20 stop s",), 20, ("20 30 accept s",), [("s001", "start")]),
        (("10 20 stop s",), 20, ("20 30 start s", "30 40 accept s", "40 50 stop s"), []),
    ],
)
def test_a_step_back_follows_what_may_come_before_it(
    done: tuple[str, ...], at: int, witness: tuple[str, ...], missing: list[tuple[str, str]]
) -> None:
    assert left_out(done, at, *witness) == missing


def test_what_takes_no_time_may_be_left_out_when_turning_back() -> None:
    quick = {kind: work for kind, work in ALL.items() if kind is not K.MOUNT}

    inventory = estate(carried("a", works=quick))
    own = {"a": [*steps(*DOWN)]}
    assert list(progression_faults(inventory, own, 40, steps("40 50 start a"))) == []


def test_nothing_stands_in_a_rack_of_a_room_to_which_nobody_carried_it() -> None:
    def kinds(*witness: str, carry: int = 1, to: str = "old") -> list[str]:
        timed = {**ALL, **works(carry=carry)}
        inventory = estate(carried("a", works=timed, stages=(Stage(Position("new")),)))
        replay = Replay.of(inventory, (*steps(*DOWN), *steps(*witness, to=to)))
        mounting = tuple(step for step in steps(*witness, to=to))
        return [f.values["kind"] for f in carriage_faults(inventory, replay, mounting)]

    assert kinds("50 60 mount a") == ["carry"]  # it has come to the new room
    assert kinds("50 60 mount a", to="new") == []
    assert kinds("40 50 carry a", "50 60 mount a") == []
    assert kinds("35 39 mount a") == ["carry"]  # it is on the way
    assert kinds("50 60 mount a", carry=0) == []
