"""What is judged only where something changed is what judging everything again would say."""

from collections.abc import Callable

import pytest

from planner.plan.plan import Plan
from planner.safety.cause import causes
from planner.safety.crossing import crossings
from planner.safety.moment import Moment
from planner.safety.redundancy import counts
from planner.safety.replay import Replay
from planner.safety.standing import lacks
from planner.safety.stretches import stretches
from tests.safety import komachi
from tests.safety.chance import chance

SEEDS = range(20_000, 20_080)
JUDGES: dict[str, Callable[[Moment, str], object]] = {
    "lacks": lambda moment, id: tuple(lacks(moment, id)),
    "counts": lambda moment, id: tuple(counts(moment, id)),
    "crossings": lambda moment, id: tuple(crossings(moment, id)),
}


def afresh(replay: Replay, moment: Moment) -> Moment:
    """The same moment, judged without any other."""
    fresh = Moment(replay.world, moment.state, moment.minute, {})
    fresh.judge(None, ())
    return fresh


def assert_same(plan: Plan) -> None:
    replay = Replay.of(plan.inventory, plan.steps())
    for moment in replay.moments:
        fresh = afresh(replay, moment)
        assert moment.truths == fresh.truths
        assert {id: moment.counting(id) for id in moment.world.members} == {
            id: fresh.counting(id) for id in fresh.world.members
        }


def test_truth_is_the_same_when_only_changes_are_judged() -> None:
    for seed in SEEDS:
        assert_same(chance(seed))
    assert_same(komachi.plan())


@pytest.mark.parametrize("name", JUDGES)
def test_judgements_are_the_same_when_only_changes_are_judged(name: str) -> None:
    for seed in SEEDS:
        plan = chance(seed)
        replay = Replay.of(plan.inventory, plan.steps())
        for id, span, found in stretches(replay, replay.world.subjects, JUDGES[name]):
            for moment in replay.between(span):
                assert JUDGES[name](moment, id) == found, (seed, id, moment.minute)


def test_causes_are_the_same_when_only_changes_are_judged() -> None:
    for seed in SEEDS:
        plan = chance(seed)
        replay = Replay.of(plan.inventory, plan.steps())
        for id, span, found in stretches(replay, plan.inventory.systems, causes, deep=True):
            for moment in replay.between(span):
                assert causes(moment, id) == found, (seed, id, moment.minute)


def test_a_cause_is_at_fault_by_itself_and_a_chain_ends_in_its_effect() -> None:
    for seed in SEEDS:
        plan = chance(seed)
        for moment in Replay.of(plan.inventory, plan.steps()).moments:
            for id in plan.inventory.systems:
                for chain in causes(moment, id):
                    assert chain.ids[-1] == id
                    assert len(chain.facts) == len(chain.ids) - 1
                    assert chain.why != "not_up" or not moment.up(chain.ids[0])
