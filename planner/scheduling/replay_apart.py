"""The replay of the steps of many communities, each by itself: nobody in one sees what happens in another."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.scheduling.draft import DraftTurn
from planner.scheduling.objective import Course
from planner.scheduling.outages import Replayed, replay
from planner.scheduling.quarter import Quarter
from planner.scheduling.transition import Transitions
from planner.scheduling.truth import Truth
from planner.units.span import Minute, Spans


@dataclass(frozen=True, slots=True)
class ReplayedApart:
    """``unavailable`` has every system; ``crossing`` are minutes with how many needs cross a bridge in them."""

    unavailable: Mapping[str, Spans]
    crossing: tuple[tuple[int, int], ...]

    def over_bridges(self, _: Inventory) -> tuple[tuple[int, int], ...]:
        """For how many minutes how many hard or live needs cross a bridge."""
        return self.crossing


def course(transitions: Transitions, truth: Truth, steps: Sequence[Step]) -> Course:
    """The replay of all steps, each community by itself where that is as good as all at once."""
    inventory = transitions.inventory
    if transitions.apart and transitions.communities.only_tests:
        return replay_apart(inventory, transitions, steps)
    return replay(inventory, truth, steps)


def quarter_of(transitions: Transitions, turn: DraftTurn) -> Quarter | None:
    """The part of the estate that has a say in a turn; None where that is all of it."""
    return None if turn.outcome.evacuation else transitions.around(turn.jobs)


def replay_apart(inventory: Inventory, transitions: Transitions, steps: Sequence[Step]) -> ReplayedApart:
    """What the replay of all steps on the whole estate comes to, where `Transitions.apart` holds."""
    found: dict[str, Spans] = {}
    changes: Counter[Minute] = Counter()
    for own, replayed in _parts(inventory, transitions, steps):
        found |= {id: spans for id, spans in replayed.unavailable.items() if id in own}
        for span, needs in replayed.bridged(inventory):
            count = sum(need.dependent in own for need in needs)
            changes[span.start] += count
            changes[span.end] -= count
    unavailable = {id: found[id] for id in inventory.systems}
    return ReplayedApart(unavailable, tuple(_stretches(changes)))


def _parts(
    inventory: Inventory, transitions: Transitions, steps: Sequence[Step]
) -> Iterator[tuple[frozenset[str], Replayed]]:
    """By community its members, and the replay of its quarter; last all who are in none."""
    communities, names = transitions.communities, transitions.truth.numbering.subjects
    numbers = sorted(communities.jobs.keys() - {-1})
    members = {n: frozenset(names[i] for i in communities.members(n)) for n in numbers}
    by_subject: dict[str, list[Step]] = {}
    for step in steps:
        for subject in dict.fromkeys(step.assets):
            by_subject.setdefault(subject, []).append(step)
    for number in numbers:
        quarter = transitions.nearby(number)[0].inventory
        there = (*quarter.assets, *quarter.systems, *quarter.links)
        own = {step.id: step for id in there for step in by_subject.get(id, ())}
        yield members[number], replay(quarter, transitions.nearby(number)[0].truth, list(own.values()))
    known = frozenset().union(*members.values())
    rest = [step for step in steps if known.isdisjoint(step.assets)]
    yield frozenset(names) - known, replay(inventory, transitions.truth, rest)


def _stretches(changes: Mapping[Minute, int]) -> Iterator[tuple[int, int]]:
    """The minutes between changes with what has added up until then, without those with nothing."""
    now, since = 0, None
    for at in sorted(changes):
        if now and since is not None:
            yield at - since, now
        now, since = now + changes[at], at
