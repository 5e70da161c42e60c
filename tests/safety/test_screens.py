"""Where nobody asks because nothing can be wrong, nothing is wrong."""

from collections.abc import Callable

import pytest

from planner.model.need import NeedKind
from planner.plan.plan import Plan
from planner.safety import replay as replays
from planner.safety.context import Context
from planner.safety.question import Question
from planner.safety.replay import Replay
from planner.safety.rules import (
    s03_clean_stop_and_start,
    s04_redundancy_kept,
    s05_shared_fate,
    s06_bridge_first,
    s07_bridge_load,
    s09_segments,
    s17_rooms_and_racks,
)
from planner.safety.stretches import stretches
from planner.safety.told import Told
from planner.safety.trial import may_miss, misses
from planner.safety.world import World
from planner.units.span import Span
from tests.safety.chance import chance, nested

SEEDS = range(31_000, 31_040)
SOME = SEEDS[:12]
QUESTIONS: dict[str, Callable[[World], Question[object]]] = {
    "hard trees": s03_clean_stop_and_start._running,
    "redundancy": s04_redundancy_kept._redundancies,
    "clusters": s04_redundancy_kept._clusters,
    "shared fate": s05_shared_fate._redundancies,
    "ways": s06_bridge_first._crossing,
    "migrations": s06_bridge_first._migrating,
    "traffic": s07_bridge_load._traffic,
    "one room": s07_bridge_load._separated,
    "segments": s09_segments._segments,
    "outages": replays._outages,
    "soft needs": replays._misses,
}
KINDS = (frozenset({NeedKind.START}), frozenset({NeedKind.START, NeedKind.HARD, NeedKind.LIVE}))


def some(seed: int) -> Plan:
    """A random plan; every other one of an estate with trees inside trees."""
    return nested(seed) if seed % 2 else chance(seed)


def replayed(seed: int) -> tuple[Replay, ...]:
    """A random plan, and two branches of it that are judged together."""
    plan, other = some(seed), chance(seed + 500)
    whole = Replay.of(plan.inventory, plan.steps())
    known = tuple(s for s in other.steps() if set(s.assets) <= plan.inventory.assets.keys() and not s.hosts)
    turns = [replays.Turn(plan.inventory, at, known, Span(at, 45)) for at in (seed % 7, 10 + seed % 20)]
    return (whole, *whole.branches(turns))


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_answer_that_a_close_look_gives_is_found_by_way_of_the_screen(name: str) -> None:
    for replay in (replay for seed in SEEDS for replay in replayed(seed)):
        question = QUESTIONS[name](replay.world)
        assert question.screen is not None
        found = stretches(replay, question)
        told = {(id, moment.minute): answer for id, span, answer in found for moment in replay.between(span)}
        judge = question.judging(replay)
        close = {(id, m.minute): answer for m in replay.moments for id in question.ids if (answer := judge(m, id))}
        assert told == close, name


def test_every_need_that_a_start_or_test_misses_is_found_by_way_of_the_screen() -> None:
    for replay in (replay for seed in SEEDS for replay in replayed(seed)):
        for moment in replay.moments:
            for id in replay.world.subjects:
                for kinds in KINDS:
                    assert may_miss(moment, id, kinds) or not list(misses(moment, id, kinds, ()))


def test_a_rule_that_is_silent_about_a_branch_finds_nothing_in_it() -> None:
    silent = 0
    for seed in SOME:
        whole, *branches = replayed(seed)
        for replay in branches:
            plan = some(seed)
            context = Context(plan.inventory, plan, replay, Told(plan, replay))
            for rule in (s07_bridge_load.RULE, s17_rooms_and_racks.RULE):
                assert rule.is_silent is not None
                assert not rule.is_silent(Context(plan.inventory, plan, whole, Told(plan, whole)))
                if rule.is_silent(context):
                    silent += 1
                    assert not [finding for finding in rule.check(context).findings if not finding.unknown]
    assert silent > len(SOME)


def test_the_state_before_the_first_step_is_the_beginning_of_the_plan() -> None:
    for seed in SOME:
        plan = some(seed)
        whole = Replay.of(plan.inventory, plan.steps())
        alone = replays.start_of(plan.inventory)
        for question in QUESTIONS.values():
            started, judged = (stretches(each, question(each.world)) for each in (whole.start(), alone))
            assert sorted(started, key=str) == sorted(judged, key=str)


def test_branches_that_are_judged_together_are_judged_as_each_by_itself() -> None:
    for seed in SEEDS:
        whole, *branches = replayed(seed)
        for branch in branches:
            alone = whole.branch(whole.inventory, branch.span.start, branch.steps, branch.span)
            assert [(m.minute, dict(m.truths), dict(m.counted)) for m in branch.moments] == [
                (m.minute, dict(m.truths), dict(m.counted)) for m in alone.moments
            ]
