"""Checks and acceptances have their needs held throughout; starts wait for checks, acceptances for acceptances."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.chain import StepKind
from planner.model.need import NeedKind
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety.context import Context
from planner.safety.hard_groups import Group, hard_groups
from planner.safety.moment import Moment
from planner.safety.replay import Replay
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import Almanac, almanac_of
from planner.safety.trial import Miss, misses, missing
from planner.safety.watch import Watch, at, seen

K = StepKind
TESTS = frozenset({K.CHECK, K.ACCEPT})
STARTED = frozenset({NeedKind.START})
TESTED = STARTED | {NeedKind.HARD, NeedKind.LIVE}
STARTING_UP = frozenset({K.START, K.CHECK, K.ACCEPT})


@dataclass(frozen=True, slots=True)
class Trial:
    """One subject in one step that starts or tests it."""

    step: Step
    id: str
    group: Group


def check(context: Context) -> Outcome:
    """Judge every start, check and acceptance of the plan at every moment of it."""
    watch, checks, almanac = Watch(), 0, context.replay.world.once(almanac_of)
    groups = context.replay.world.once(hard_groups)
    trials = [
        Trial(s, id, groups.get(id, ())) for s in context.replay.steps if s.kind in STARTING_UP for id in s.assets
    ]
    during = {
        step.id: tuple(context.replay.between(step.span)) for step in {t.step.id: t.step for t in trials}.values()
    }
    for trial in trials:
        moments = during[trial.step.id]
        checks += len(moments)
        for moment in missing(moments, trial.id, _kinds(trial)):
            for miss in _missed(moment, trial):
                span = moment.span.intersection(trial.step.span)
                if span is not None:
                    watch.see(span, _unheld(trial, miss))
    others = (
        *(f for step in context.replay.steps if step.kind is K.ACCEPT for f in _in_hours(context, almanac, step)),
        *(f for trial in trials if trial.step.kind is K.START for f in _untested(context, trial)),
        *(f for group in set(groups.values()) for f in _accepted_apart(context.replay, group)),
    )
    return Outcome((*watch.findings(), *others), checks)


def _missed(moment: Moment, trial: Trial) -> Iterator[Miss]:
    yield from misses(moment, trial.id, _kinds(trial), trial.group)


def _kinds(trial: Trial) -> frozenset[NeedKind]:
    """Start needs throughout; hard and live needs, and what a system runs on, through the tests."""
    return TESTED if trial.step.kind in TESTS else STARTED


def _unheld(trial: Trial, miss: Miss) -> Finding:
    key = {K.START: "s20.start_need", K.CHECK: "s20.check_need", K.ACCEPT: "s20.acceptance_need"}[trial.step.kind]
    first = miss.leaves[0] if miss.leaves else trial.id
    values = {"subject": trial.id, "needs": ", ".join(miss.leaves), "step": trial.step.id}
    return seen(key, (trial.id, *miss.leaves), cause=(first, trial.id), facts=(miss.fact,), values=values)


def _untested(context: Context, trial: Trial) -> Iterator[Finding]:
    """A start that no check or acceptance follows, although the inventory gives it time."""
    test = K.CHECK if trial.id in context.inventory.assets else K.ACCEPT
    work = context.inventory.subject(trial.id).works.get(test)
    own = (s for s in context.replay.of_subject.get(trial.id, ()) if s.start >= trial.step.end)
    following = next((s.kind for s in own if s.kind in (test, K.STOP)), None)
    if work is not None and work.duration.likely and following is not test:
        home = "assets" if test is K.CHECK else "systems"
        facts = (f"{home}.{trial.id}.works.{test}",)
        values = {"subject": trial.id, "kind": str(test)}
        yield at(trial.step.span, seen("s20.untested", (trial.id,), cause=(trial.id,), facts=facts, values=values))


def _in_hours(context: Context, almanac: Almanac, step: Step) -> Iterator[Finding]:
    for id in step.assets:
        system = context.inventory.systems.get(id)
        if system is None or system.accept_hours is None:
            continue
        possible = almanac.hours(system.accept_hours)
        facts = (f"systems.{id}.accept_hours",)
        if possible.covers(step.span):
            continue
        if not step.provisional:
            values = {"system": id, "hours": system.accept_hours}
            yield at(step.span, seen("s20.outside_hours", (id,), cause=(id,), facts=facts, values=values))
            continue
        first = next((max(part.start, step.end) for part in possible if part.end > step.end), None)
        yield from _unconfirmed(context, step, id, first)


def _unconfirmed(context: Context, step: Step, id: str, first: int | None) -> Iterator[Finding]:
    """A provisional acceptance: named people confirm it at the first testable minute, and there is a fallback."""
    own = context.replay.of_subject.get(id, ())
    confirmed = [s for s in own if s.kind is K.CONFIRM and s.start >= step.end]
    in_time = [s for s in confirmed if s.start == first]
    values = {"system": id, "first": "-" if first is None else context.when(first)}
    facts = (f"systems.{id}.accept_hours",)
    if not in_time:
        yield at(step.span, seen("s20.unconfirmed", (id,), cause=(id,), facts=facts, values=values))
    elif not any(s.people for s in in_time):
        yield at(in_time[0].span, seen("s20.confirmed_by_nobody", (id,), cause=(id,), facts=facts, values=values))
    if context.inventory.systems[id].fallback is None:
        facts = (f"systems.{id}.fallback",)
        yield at(step.span, seen("s20.no_fallback", (id,), cause=(id,), facts=facts, values=values))


def _accepted_apart(replay: Replay, group: Group) -> Iterator[Finding]:
    """A cycle is checked and accepted as one: each member's tests end at the same instants."""
    ends = {id: [s.end for s in replay.of_subject.get(id, ()) if s.kind in TESTS] for id in group}
    tested = {id: found for id, found in ends.items() if found}
    if len({tuple(found) for found in tested.values()}) > 1:
        last = max((s for s in replay.steps if s.kind in TESTS and set(s.assets) & set(group)), key=lambda s: s.end)
        yield at(last.span, seen("s20.accepted_apart", group, cause=group, values={"group": ", ".join(group)}))


RULE = Rule("S20", __doc__ or "", check)
