"""What is judged only where something changed is what judging everything again would say."""

from collections.abc import Callable

import pytest

from planner.model.inventory import Inventory
from planner.model.place import Position, Rack
from planner.plan.plan import Plan
from planner.safety.cause import causes
from planner.safety.change import Change
from planner.safety.condition import State
from planner.safety.context import Context
from planner.safety.crossing import crossings
from planner.safety.effects import effects
from planner.safety.ledger import Ledger
from planner.safety.moment import Moment
from planner.safety.question import Question, asked
from planner.safety.reach import Network
from planner.safety.redundancy import counts
from planner.safety.replay import Replay, replay_from
from planner.safety.rules import s17_rooms_and_racks
from planner.safety.standing import lacks
from planner.safety.stretches import stretches
from planner.safety.told import Told
from planner.safety.writing import write
from planner.units.span import Span
from tests.safety import komachi
from tests.safety.chance import chance, nested
from tests.safety.estates import carried, estate, steps, works
from tests.safety.estates import plan as plan_of

SEEDS = range(20_000, 20_080)
JUDGES: dict[str, Callable[[Moment, str], object]] = {
    "lacks": lambda moment, id: tuple(lacks(moment, id)),
    "counts": lambda moment, id: tuple(counts(moment, id)),
    "crossings": lambda moment, id: tuple(crossings(moment, id)),
}


def afresh(replay: Replay, moment: Moment) -> Moment:
    """The same moment, judged without any other."""
    return Moment.alone(replay.world, moment.state, moment.minute)


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
        assert_same(nested(seed) if seed % 2 else chance(seed))
    assert_same(komachi.plan())


def test_moments_written_one_after_the_other_are_judged_as_by_themselves_and_stay_what_they_were() -> None:
    for seed in SEEDS[:20]:
        plan = chance(seed)
        replay = Replay.of(plan.inventory, plan.steps())
        begin = State.start(plan.inventory)
        changes: dict[int, list[Change]] = {moment.minute: [] for moment in replay.moments}
        for timed in effects(plan.inventory, plan.steps(), begin):
            changes.setdefault(timed.minute, []).append(timed.change)
        ledger, before, moments, networks = Ledger(begin), None, [], dict[object, Network]()
        for minute, written in sorted(changes.items()):
            page = ledger.page if before is None else ledger.follow(before.page)
            dirty = write(ledger, written, replay.world.timed)
            before = Moment(replay.world, minute, ledger, page)
            before.judge(
                moments[-1] if moments else None, {*dirty, *replay.world.timed, *plan.inventory.links}, networks
            )
            moments.append(before)
        for moment in reversed(moments):
            fresh = afresh(replay, moment)
            assert moment.truths == fresh.truths
            assert moment.counted == fresh.counted


def answers(replay: Replay, question: Question[object]) -> dict[tuple[str, int], object]:
    """What is answered of each subject at each moment."""
    found = stretches(replay, question)
    return {(id, moment.minute): answer for id, span, answer in found for moment in replay.between(span)}


def assert_answered(replay: Replay, question: Question[object], judge: Callable[[Moment, str], object]) -> None:
    """The answers of a question are those of its judge, asked at every moment; false ones are left out."""
    told = answers(replay, question)
    for moment in replay.moments:
        for id in question.ids:
            assert told.get((id, moment.minute), ()) == judge(moment, id), (id, moment.minute)


@pytest.mark.parametrize("name", JUDGES)
def test_judgements_are_the_same_when_only_changes_are_judged(name: str) -> None:
    for seed in SEEDS:
        plan = nested(seed) if seed % 2 else chance(seed)
        replay = Replay.of(plan.inventory, plan.steps())
        assert_answered(replay, asked(name, replay.world.subjects, JUDGES[name]), JUDGES[name])


def test_causes_are_the_same_when_only_changes_are_judged() -> None:
    for seed in SEEDS:
        plan = nested(seed) if seed % 2 else chance(seed)
        replay = Replay.of(plan.inventory, plan.steps())
        assert_answered(replay, asked("causes", plan.inventory.systems, causes, deep=True), causes)


def test_a_branch_is_judged_as_a_replay_of_its_own_from_the_same_state() -> None:
    for seed in SEEDS:
        plan = chance(seed)
        replay = Replay.of(plan.inventory, plan.steps())
        minute = 3 + seed % 40
        span = Span(minute, minute + 10)
        again = tuple(step for step in chance(seed + 1_000).steps() if minute <= step.start)
        known = tuple(step for step in again if set(step.assets) <= plan.inventory.assets.keys() and not step.hosts)
        branch = replay.branch(plan.inventory, minute, known, span)
        alone = replay_from(plan.inventory, replay.state_at(minute), known, span)
        for moment, same in zip(branch.moments, alone.moments, strict=True):
            assert moment.minute == same.minute
            assert moment.truths == same.truths
            assert moment.counted == same.counted
            assert moment.state == same.state
        for name, judge in JUDGES.items():
            assert answers(branch, asked(name, replay.world.subjects, judge)) == answers(
                alone, asked(name, replay.world.subjects, judge)
            )


def test_a_cause_is_at_fault_by_itself_and_a_chain_ends_in_its_effect() -> None:
    for seed in SEEDS:
        plan = chance(seed)
        for moment in Replay.of(plan.inventory, plan.steps()).moments:
            for id in plan.inventory.systems:
                for chain in causes(moment, id):
                    assert chain.ids[-1] == id
                    assert len(chain.facts) == len(chain.ids) - 1
                    assert chain.why != "not_up" or not moment.up(chain.ids[0])


def test_what_is_found_in_racks_before_a_branch_is_found_in_the_branch_too() -> None:
    places = {id: Position("old", "r", 1) for id in ("a", "b")}
    things = [carried(id, at=at, height=1, kg=1.0, works=works(stop=10)) for id, at in places.items()]
    inventory = estate(*things, racks={"r": Rack("r", "r", "old")})
    replay = Replay.of(inventory, steps("10 20 stop a"))

    branch = replay.branch(inventory, 40, steps("50 60 stop b"), Span(40, 100))

    clash = ("s17.same_unit", ("a", "b", "r"), (40, 100))
    assert clash in found_in_racks(inventory, branch)
    assert clash in found_in_racks(inventory, replay_from(inventory, replay.state_at(40), branch.steps, branch.span))


def found_in_racks(inventory: Inventory, replay: Replay) -> list[tuple[str, tuple[str, ...], tuple[int, int]]]:
    """Key, subjects and interval of what S17 finds."""
    nothing = plan_of(inventory)
    context = Context(inventory, nothing, replay, Told(nothing, replay))
    found = s17_rooms_and_racks.RULE.check(context).findings
    return [(f.key, f.subjects, (f.span.start, f.span.end)) for f in found if f.span is not None]
