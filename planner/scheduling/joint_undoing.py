"""The undoing of a circle of hard needs: one stop, starts in the order of the file, one test at the end (S03, S20)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from planner.model.asset import Crew, Demand
from planner.model.chain import StepKind
from planner.scheduling.hard_group import Group, shared_crew
from planner.scheduling.inverse import Action, Undoing

K = StepKind
TESTS = frozenset({K.CHECK, K.ACCEPT})


def join_groups(undoings: Sequence[Undoing], groups: Iterable[Group]) -> list[Undoing]:
    """The undoings, those of one group made one."""
    found = list(undoings)
    for group in groups:
        own = sorted((u for u in found if u.subjects[0] in group), key=lambda u: group.index(u.subjects[0]))
        if len(own) > 1:
            found = [u for u in found if u not in own]
            found.append(_joined(own))
    return found


def _joined(own: Sequence[Undoing]) -> Undoing:
    """Actions in the order: the stop of all, each member's way back, the test of all; starts wait for each other."""
    stops = [(u, u.actions[0]) for u in own if u.actions[0].kind is K.STOP]
    tests = [(u, u.actions[-1]) for u in own if u.actions[-1].kind in TESTS]
    actions = [_shared(stops[::-1], frozenset())] if stops else []
    begin = frozenset(range(len(actions)))
    ends, started = set(begin), begin
    for undoing in own:
        before = begin
        for action in _between(undoing):
            waits = before | started if action.kind is K.START else before
            actions.append(replace(action, subjects=undoing.subjects, after=waits))
            before = frozenset({len(actions) - 1})
            started = before if action.kind is K.START else started
        ends |= before
    if tests:
        actions.append(_shared(tests, frozenset(ends)))
    to = dict(chain.from_iterable(u.to.items() for u in own))
    hosts = dict(chain.from_iterable(u.hosts.items() for u in own))
    return Undoing(tuple(id for u in own for id in u.subjects), tuple(actions), to, hosts)


def _between(undoing: Undoing) -> tuple[Action, ...]:
    """The actions of a member between its stop and its test."""
    actions = undoing.actions[1:] if undoing.actions[0].kind is K.STOP else undoing.actions
    return actions[:-1] if actions and actions[-1].kind in TESTS else actions


def _shared(parts: Sequence[tuple[Undoing, Action]], after: frozenset[int]) -> Action:
    """One action of all the subjects: as long as the longest, with people for each of them."""
    crew, witness = shared_crew([_people(action) for _, action in parts])
    return Action(
        parts[0][1].kind,
        max(action.minutes for _, action in parts),
        (*crew, witness) if witness else crew,
        witnessed=witness is not None,
        subjects=tuple(id for undoing, _ in parts for id in undoing.subjects),
        after=after,
    )


def _people(action: Action) -> tuple[Crew, Demand | None]:
    return (action.demands[:-1], action.demands[-1]) if action.witnessed else (action.demands, None)
