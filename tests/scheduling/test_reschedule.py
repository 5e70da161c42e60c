"""A plan made from another one keeps windows, then times and people, and changes only what has to be changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.model.inventory import Inventory
from planner.model.pin import Pin
from planner.pipeline.replan import Replanned, replan
from planner.plan.difference import PlanDifference
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.plan.wave import CheckPoint
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.reschedule import reschedule, restated
from planner.scheduling.schedule import schedule
from planner.sources import load
from planner.units.progress import silent
from planner.whatif.difference import difference
from tests.scheduling.small_estates import small_estate

TOWN = """\
version: 1
project: {id: t, name: t, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: old, kind: server_room}, {id: new, name: new, kind: server_room}]
links: [{id: fibre, between: [old, new], gbps: 10}]
teams: [{id: ict, name: ict, own: true, people: 7}]
policy: {decider: ict/1, deputy: ict/2, criteria: [nothing is on fire], critical_per_wave: 1}
servers: [{id: a, at: old, to: new}, {id: b, at: old, to: new}, {id: c, at: old, to: new}]
systems:
  - {id: r, name: r, runs_on: [a], criticality: S, hours: office}
  - {id: s, name: s, runs_on: [b], criticality: S, hours: office}
  - {id: t, name: t, runs_on: [c], criticality: B, hours: office}
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows: [{id: sat, days: saturday, start: "08:00", end: "20:00"}]
"""
OPTIONS = Options(0.3, 0)
RENAMED = tuple((f"runs_on: [{old}]", f"runs_on: [{new}]") for old, new in ("ax", "by", "cz"))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Inventory]:
    def read(*words: tuple[str, str]) -> Inventory:
        text, folder = TOWN, tmp_path_factory.mktemp("town")
        for old, new in words:
            assert old in text
            text = text.replace(old, new)
        (folder / "town.yaml").write_text(text, encoding="utf-8")
        return load(folder).inventory

    return read


@pytest.fixture(scope="module")
def before(town: Callable[..., Inventory]) -> Plan:
    """Two critical systems in two waves, because one wave may touch only one of them."""
    answer = schedule(town(), OPTIONS)
    assert isinstance(answer, Plan)
    assert len(answer.waves) == 2
    return answer


def kept(inventory: Inventory, before: Plan) -> tuple[Plan, PlanDifference]:
    """The plan that keeps most, never the old steps as they are, and what it changes."""
    answer = reschedule(inventory, before, OPTIONS, silent, lambda: False)
    assert isinstance(answer, Plan), answer
    assert verify(inventory, answer).failures == ()
    return answer, difference(before, answer)


def test_an_unchanged_inventory_gives_the_same_plan_though_every_turn_is_planned_again(before: Plan) -> None:
    answer, changes = kept(before.inventory, before)

    assert changes.equal
    assert (answer.waves, answer.outages, answer.objective) == (before.waves, before.outages, before.objective)


@pytest.mark.parametrize("seed", [4, 24])
def test_random_small_towns_come_back_the_same(seed: int, tmp_path: Path) -> None:
    (tmp_path / "town.yaml").write_text(small_estate(seed), encoding="utf-8")
    inventory = load(tmp_path).inventory
    made = schedule(inventory, OPTIONS)
    assert isinstance(made, Plan)

    assert kept(inventory, made)[1].same_work


def test_a_day_that_is_lost_puts_off_its_wave_and_leaves_the_other(
    town: Callable[..., Inventory], before: Plan
) -> None:
    first, second = (before.inventory.clock.day(wave.window.start) for wave in before.waves)
    lost = f'windows: [{{id: sat, days: "saturday except {first}", start: "08:00", end: "20:00"}}]'
    _, changes = kept(town(('windows: [{id: sat, days: saturday, start: "08:00", end: "20:00"}]', lost)), before)

    (moved,) = changes.changed_waves
    assert (moved.before, moved.came, moved.went) == (before.waves[0].id, (), ())
    assert {asset.subject for asset in changes.assets} == {id for turn in before.waves[0].turns for id in turn.assets}
    assert second in {before.inventory.clock.day(wave.to_span.start) for wave in changes.waves if wave.to_span}


def test_work_that_takes_longer_keeps_its_window_and_all_other_turns_their_times(
    town: Callable[..., Inventory], before: Plan
) -> None:
    last = before.waves[-1].turns[-1].assets[-1]
    slow = f"{{id: {last}, at: old, to: new"
    _, changes = kept(town((slow, f"{slow}, steps: {{carry: 50m}}")), before)

    assert [asset.subject for asset in changes.assets] == [last]
    assert [(wave.came, wave.went) for wave in changes.waves] == [((), ()), ((), ())]


def test_who_is_away_is_replaced_and_nobody_else_is_asked_at_another_time(
    town: Callable[..., Inventory], before: Plan
) -> None:
    inventory, wave = town(), before.waves[0]
    gone = wave.steps[0].people[0]
    team = inventory.teams["ict"]
    people = tuple(replace(p, absent=(wave.window,)) if p.id == gone else p for p in team.people)
    _, changes = kept(replace(inventory, teams={"ict": replace(team, people=people)}), before)

    assert (changes.changed_waves, changes.assets, changes.outages) == ((), (), ())
    assert gone in {person.person for person in changes.people if person.spared}


def test_what_is_new_joins_and_nothing_else_is_touched(town: Callable[..., Inventory], before: Plan) -> None:
    more = town(("{id: c, at: old, to: new}]", "{id: c, at: old, to: new}, {id: d, at: old, to: new}]"))
    _, changes = kept(more, before)

    assert [(asset.subject, asset.before) for asset in changes.assets] == [("d", ())]


def test_what_is_gone_from_the_inventory_is_left_out_and_nothing_else_is_touched(
    town: Callable[..., Inventory], before: Plan
) -> None:
    gone = town(
        (", {id: c, at: old, to: new}]", "]"),
        ("  - {id: t, name: t, runs_on: [c], criticality: B, hours: office}\n", ""),
    )
    answer = replan(gone, before, OPTIONS)

    assert isinstance(answer, Replanned)
    assert answer.verdict.failures == ()
    assert [(asset.subject, asset.after) for asset in answer.changes.assets] == [("c", ())]
    assert [outage.system for outage in answer.changes.outages] == ["t"]


def test_a_plan_of_quite_another_town_keeps_nothing(town: Callable[..., Inventory], before: Plan) -> None:
    other = town(*((f"id: {old}, at", f"id: {new}, at") for old, new in ("ax", "by", "cz")), *RENAMED)
    answer = replan(other, before, OPTIONS)

    assert isinstance(answer, Replanned)
    assert answer.verdict.failures == ()
    assert {asset.subject for asset in answer.changes.assets if asset.after} == {"x", "y", "z"}
    assert {asset.subject for asset in answer.changes.assets if asset.before} == {"a", "b", "c"}


def test_a_pin_moves_what_it_names_and_leaves_the_rest(town: Callable[..., Inventory], before: Plan) -> None:
    last = before.inventory.clock.day(before.waves[-1].window.start)
    alone = next(id for id in before.waves[0].turns[0].assets if id in "ab")
    pinned = replace(town(), pins=(Pin((alone,), not_before=date(last.year, last.month, last.day + 1)),))
    _, changes = kept(pinned, before)

    assert {asset.subject for asset in changes.assets if asset.other_day} == {alone}


def test_the_rest_of_a_turn_keeps_its_time_when_one_of_it_has_to_go_elsewhere(
    town: Callable[..., Inventory], before: Plan
) -> None:
    first = before.waves[0].turns[0]
    leaving, staying = first.assets
    day = before.inventory.clock.day(before.waves[0].window.end) + timedelta(days=1)
    _, changes = kept(replace(town(), pins=(Pin((leaving,), not_before=day),)), before)

    assert staying not in {asset.subject for asset in changes.assets}
    assert {asset.subject for asset in changes.assets if asset.other_day} == {leaving}


def test_the_steps_stay_as_they_are_where_the_verifier_accepts_them(
    town: Callable[..., Inventory], before: Plan
) -> None:
    """Another weight changes what the plan is judged by, and not one step."""
    answer = replan(town(("critical_per_wave: 1", "critical_per_wave: 1, weights: {wave: 100}")), before, OPTIONS)

    assert isinstance(answer, Replanned)
    assert answer.plan.waves == before.waves
    assert (answer.changes.same_work, [term.id for term in answer.changes.terms]) == (True, ["waves"])
    assert [fact.path for fact in answer.changes.facts] == ["policy.weights"]


def test_the_same_inventory_gives_the_very_plan(before: Plan) -> None:
    answer = replan(before.inventory, before, OPTIONS)

    assert isinstance(answer, Replanned)
    assert answer.plan is before
    assert answer.changes.equal


def test_what_no_plan_mends_is_refused_as_for_a_new_plan(town: Callable[..., Inventory], before: Plan) -> None:
    answer = replan(replace(town(), pins=(Pin(("a",), on=date(2026, 10, 4)),)), before, OPTIONS)

    assert isinstance(answer, Refusal)
    assert [reason.key for reason in answer.reasons] == ["pin_without_window"]


def test_a_plan_said_again_of_its_own_inventory_is_the_same(before: Plan) -> None:
    assert restated(before.inventory, before) == before


def test_the_gates_of_a_plan_said_again_ask_for_the_criteria_and_people_of_today(
    town: Callable[..., Inventory], before: Plan
) -> None:
    changed = restated(town(("nothing is on fire", "never on a Friday"), ("decider: ict/1", "decider: ict/3")), before)

    gates = [gate for wave in changed.waves for gate in wave.gates]
    assert {(gate.criteria, gate.decider, gate.deputy) for gate in gates} == {
        (("never on a Friday",), "ict/3", "ict/2")
    }
    assert verify(changed.inventory, changed).safe


@pytest.mark.parametrize(("margin", "later"), [("20m", 10), ("40m", -10)])
def test_deadlines_said_again_keep_the_margin_of_today(
    town: Callable[..., Inventory], before: Plan, margin: str, later: int
) -> None:
    changed = restated(town(("critical_per_wave: 1", f"critical_per_wave: 1, margin: {margin}")), before)

    moved = [(new.deadline or 0) - (old.deadline or 0) for old, new in paired(before, changed) if old.deadline]
    assert set(moved) == {later}
    assert verify(changed.inventory, changed).safe


def test_a_system_that_may_be_out_for_less_binds_the_deadline_said_again(
    town: Callable[..., Inventory], before: Plan
) -> None:
    short = "runs_on: [a], criticality: S, hours: office, longest_elapsed: 5h"
    changed = restated(town(("runs_on: [a], criticality: S, hours: office", short)), before)

    bound = {new.bound_by for old, new in paired(before, changed) if old != new}
    assert bound == {"r"}
    assert {finding.rule for finding in verify(changed.inventory, changed).failures} <= {"S05"}


def test_the_windows_of_a_plan_said_again_are_those_of_today(town: Callable[..., Inventory], before: Plan) -> None:
    changed = restated(town(('end: "20:00"', 'end: "19:00"')), before)

    assert [old.window.end - new.window.end for old, new in zip(before.waves, changed.waves, strict=True)] == [60, 60]
    assert {(old.deadline or 0) - (new.deadline or 0) for old, new in paired(before, changed) if old != new} == {60}


def paired(before: Plan, after: Plan) -> list[tuple[CheckPoint, CheckPoint]]:
    """The check points of both plans beside each other."""
    waves = zip(before.waves, after.waves, strict=True)
    return [pair for old, new in waves for pair in zip(old.check_points, new.check_points, strict=True)]
