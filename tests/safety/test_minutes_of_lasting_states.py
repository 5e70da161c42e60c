"""Shared fate and stop points agree with the simulation that looks at every minute by itself."""

from dataclasses import replace

import pytest

from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.replay import Replay
from planner.safety.rules.s23_every_stop_point_survives import RULE
from planner.safety.void import Voids
from planner.units.span import Span
from tests.safety.chance import chance
from tests.safety.fates import picture_at, voids

EVERYDAY, LONG = 100, 2_000
Marks = set[tuple[str, str, int]]


def fates_agree(seed: int) -> int:
    """How many (system, minute) pairs have a redundancy that something can void."""
    plan = chance(seed)
    replay, found = Replay.of(plan.inventory, plan.steps()), 0
    judge = Voids(replay)
    for moment in replay.moments:
        picture = picture_at(plan, moment.minute)
        for system in plan.inventory.systems:
            expected = voids(picture, system)
            actual = {(void.element.id, void.members) for void, _ in judge.of(moment, system)}
            assert actual == expected, (seed, moment.minute, system)
            found += bool(expected)
    return found


def test_what_one_element_can_void_agrees_with_taking_each_away_in_turn() -> None:
    assert sum(fates_agree(seed) for seed in range(EVERYDAY)) > 50


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(LONG // 100))
def test_what_one_element_can_void_agrees_on_two_thousand_plans(hundred: int) -> None:
    for seed in range(20_000 + hundred * 100, 20_000 + hundred * 100 + 100):
        fates_agree(seed)


def parted(seed: int) -> Plan | None:
    """A random plan in two waves: what begins before minute 24, and the rest."""
    plan = chance(seed)
    early = tuple(step for step in plan.steps() if step.start < 24)
    late = tuple(step for step in plan.steps() if step.start >= max((s.end for s in early), default=24))
    if not early or not late:
        return None
    (wave,) = plan.waves
    return replace(plan, waves=(replace(wave, id="w1", steps=early), replace(wave, id="w2", steps=late)))


def simulated(plan: Plan, begin: int) -> Marks:
    """What is out or broken at each minute if only the first wave is done, and was not before the first step."""
    alone = replace(plan, waves=plan.waves[:1], outages=())
    start, marks = picture_at(replace(plan, waves=()), 0), set[tuple[str, str, int]]()
    for minute in range(begin, 48):
        picture = picture_at(alone, minute)
        marks |= {("out", id, minute) for id in plan.inventory.systems if not picture.available(id)}
    last = picture_at(alone, 47)
    marks |= {("S04", id, 47) for id in last.short()} | {("S09", id, 47) for id in last.stretched()}
    fine = {id for id in plan.inventory.systems if start.available(id)}
    old = {("S04", id) for id in start.short()} | {("S09", id) for id in start.stretched()}
    return {m for m in marks if (m[0] == "out" and m[1] in fine) or (m[0] != "out" and m[:2] not in old)}


def verified(plan: Plan) -> Marks:
    start = picture_at(replace(plan, waves=()), 0)
    old = {("S04", id) for id in start.short()} | {("S09", id) for id in start.stretched()}
    marks: Marks = set()
    for f in RULE.check(Context.of(plan.inventory, plan)).findings:
        assert isinstance(f.span, Span)
        if f.key == "s23.unavailable":
            marks |= {("out", f.subjects[0], minute) for minute in range(f.span.start, f.span.end)}
        elif f.values["inner"] in ("s04.too_few", "s04.spare_missing", "s09.stretched") and 47 in f.span:
            marks.add((f.values["rule"], f.subjects[0], 47))
    systems = plan.inventory.systems
    return {m for m in marks if m[:2] not in old and (m[0] != "S04" or m[1] in systems)}


def stops_agree(seed: int) -> int:
    plan = parted(seed)
    if plan is None:
        return 0
    begin = max(step.end for step in plan.waves[0].steps)
    expected = simulated(plan, begin)
    assert verified(plan) == expected, seed
    return bool(expected)


def test_the_state_between_two_waves_agrees_with_the_minutes() -> None:
    assert sum(stops_agree(seed) for seed in range(EVERYDAY)) > 15


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(LONG // 100))
def test_the_state_between_two_waves_agrees_on_two_thousand_plans(hundred: int) -> None:
    for seed in range(30_000 + hundred * 100, 30_000 + hundred * 100 + 100):
        stops_agree(seed)
