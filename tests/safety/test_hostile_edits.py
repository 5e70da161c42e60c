"""Edits of a plan that keeps every rule, made to deceive the verifier: each breaks one sentence, in an unusual way."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from planner.model import canonical
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.model.policy import Severity, SeverityChoice
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep, Step
from planner.safety.verify import verify
from tests.safety.estates import asset, link
from tests.safety.weekend import BACK, MINUTES, UNITS, WINDOW, at, inventory, plan

K = StepKind
TOWN = inventory()
WAVE = plan().waves[0]


def judged(answer: Plan, town: Inventory = TOWN) -> list[tuple[str, tuple[str, ...]]]:
    """Key and subjects of every failure; the plan belongs to the town."""
    told = replace(answer, inventory=town, inventory_hash=canonical.digest(town))
    return [(f.values.get("because", f.key), f.subjects) for f in verify(town, told).failures]


def keys(answer: Plan, town: Inventory = TOWN) -> set[str]:
    return {key for key, _ in judged(answer, town)}


def with_wave(**more: Any) -> Plan:
    return replace(plan(), waves=(replace(WAVE, **more),))


def with_point(id: str, **more: Any) -> Plan:
    return with_wave(check_points=tuple(replace(c, **more) if c.id == id else c for c in WAVE.check_points))


def with_witness(id: str, rollback: tuple[RollbackStep, ...]) -> Plan:
    """The check point has this witness, and tells its length and deadline."""
    minutes = max(step.offset + step.minutes for step in rollback)
    return with_point(id, rollback=rollback, minutes=minutes, deadline=WINDOW.end - 30 - minutes)


def back(server: str, offsets: Iterable[int], people: Iterable[str]) -> tuple[RollbackStep, ...]:
    place = {server: Position("old", "O1", UNITS[server])}
    return tuple(
        RollbackStep(kind, (server,), offset, MINUTES[kind], (who,), to=place if kind in (K.CARRY, K.MOUNT) else {})
        for kind, offset, who in zip(BACK, offsets, people, strict=True)
    )


def on_link(kind: StepKind) -> Plan:
    return with_wave(steps=(*WAVE.steps, Step("link", kind, ("backbone",), at("9 08:00"), at("9 08:10"))))


def test_the_town_without_an_edit_is_safe() -> None:
    assert judged(plan()) == []


def test_the_first_check_point_is_the_instant_of_the_first_disconnection_and_no_earlier_one() -> None:
    early = at("9 08:00")
    nothing: dict[str, Any] = {"after": (), "rollback": (), "minutes": 0, "deadline": early}
    assert judged(with_point("c0", planned=early, **nothing)) == [("s13.missing_first", ("w1",))]


@pytest.mark.parametrize("kind", [K.CARRY, K.MOUNT])
def test_whoever_carries_or_mounts_something_is_told_where_to(kind: StepKind) -> None:
    silent = tuple(replace(s, to={}) if s.id == f"web2/{kind.value}" else s for s in WAVE.steps)
    assert judged(with_wave(steps=silent)) == [("s21.place_open", ("web2",))]


def test_the_steps_of_a_rollback_follow_each_other() -> None:
    hasty = back("web2", (0, 10, 11, 41, 42, 62), ("ict/1", "ict/1", "ict/2", "ict/1", "ict/2", "ict/2"))
    assert keys(with_witness("c2", hasty)) == {"s21.overlap"}


def test_nothing_is_mounted_in_a_room_to_which_nobody_carried_it() -> None:
    hasty = tuple(s for s in back("web2", (0, 10, 30, 30, 60, 80), ["ict/1"] * 6) if s.kind is not K.CARRY)
    assert judged(with_witness("c2", hasty)) == [("s13.step_left_out", ("c2", "web2"))]


def test_a_rollback_that_takes_longer_than_the_horizon_is_a_finding() -> None:
    first, *rest = next(c.rollback for c in WAVE.check_points if c.id == "c2")
    assert "s13.witness_form" in keys(with_point("c2", rollback=(replace(first, offset=10**18), *rest)))


def test_two_check_points_do_not_have_one_id() -> None:
    assert judged(with_wave(check_points=(*WAVE.check_points, WAVE.check_points[0]))) == [("s21.id_twice", ("c0",))]


@pytest.mark.parametrize(("kind", "found"), [(K.CLOSE, "s21.link_steps"), (K.STOP, "s21.no_such_work")])
def test_nothing_is_done_to_a_permanent_link(kind: StepKind, found: str) -> None:
    assert judged(on_link(kind), replace(TOWN, links={"backbone": link("backbone")})) == [(found, ("backbone",))]


def test_what_the_policy_only_warns_of_may_be_there_from_start_to_end() -> None:
    doubled = {id: asset(id, at=Position("old", "O1", 30), height=1, kg=1.0, va=1) for id in ("x", "y")}
    town = replace(TOWN, assets={**TOWN.assets, **doubled})
    lenient = {"S17": SeverityChoice(Severity.WARNING, "the rack is emptied anyway")}

    assert keys(plan(), town) == {"s22.still_there"}
    assert keys(plan(), replace(town, policy=replace(town.policy, severities=lenient))) == set()
