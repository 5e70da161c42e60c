"""What changed between two plans; waves belong together by what they do, not by their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.model.chain import StepKind
from planner.plan.difference import (
    AssetChange,
    BridgeChange,
    CheckChange,
    FactChange,
    Mark,
    OutageChange,
    PlanDifference,
    TermChange,
    Visit,
    WaveChange,
)
from planner.plan.fact_values import changes
from planner.plan.file import identity
from planner.plan.plan import Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.scheduling.kept import turns_of
from planner.units.span import Span
from planner.whatif.details import details, every_detail
from planner.whatif.shifts import people_changes


def difference(before: Plan, after: Plan) -> PlanDifference:
    """Return what changed from ``before`` to ``after``; both may be of any inventory."""
    successors = matched(before.waves, after.waves)
    found = PlanDifference(
        before=identity(before),
        after=identity(after),
        waves=tuple(_waves(before, after, successors)),
        assets=tuple(_assets(before, after, successors)),
        outages=tuple(_outages(before, after)),
        people=tuple(people_changes(before, after)),
        bridges=tuple(_bridges(before, after)),
        checks=tuple(_checks(before, after, successors)),
        terms=tuple(_terms(before, after)),
        facts=tuple(FactChange(*row) for row in changes(before.inventory, after.inventory)),
        steps=_steps(before, after),
        successors=successors,
        details=details(before, after, successors),
    )
    return replace(found, details=every_detail(before, after)) if found.same_work else found


def matched(before: Sequence[Wave], after: Sequence[Wave]) -> dict[str, str]:
    """The waves that do most of the same, by their ids, each at most once; the most in common first."""
    pairs = [
        (-len(_subjects(old) & _subjects(new)), old.window != new.window, abs(i - j), i, j)
        for i, old in enumerate(before)
        for j, new in enumerate(after)
        if _subjects(old) & _subjects(new)
    ]
    found: dict[int, int] = {}
    for *_, i, j in sorted(pairs):
        if i not in found and j not in found.values():
            found[i] = j
    return {before[i].id: after[j].id for i, j in sorted(found.items())}


def _subjects(wave: Wave) -> frozenset[str]:
    return frozenset(id for turn in turns_of(wave) for id in turn.assets)


def _waves(before: Plan, after: Plan, successors: Mapping[str, str]) -> Iterator[WaveChange]:
    """Every wave of both plans in order of the time at which the later plan, or else the earlier one, has it."""
    left, pairs = list(after.waves), list[tuple[Wave, Wave | None]]()
    for wave in before.waves:  # an edited plan may have an id twice: each wave has one successor, and is one
        next_one = next((new for new in left if new.id == successors.get(wave.id)), None)
        if next_one is not None:
            left.remove(next_one)
        pairs.append((wave, next_one))
    found = [((new or old).window, _wave(old, new)) for old, new in pairs]
    found += [(wave.window, _wave(None, wave)) for wave in left]
    yield from (change for _, change in sorted(found, key=lambda row: row[0]))


def _wave(left: Wave | None, right: Wave | None) -> WaveChange:
    then, now = (_subjects(wave) if wave else frozenset[str]() for wave in (left, right))
    return WaveChange(
        left.id if left else None,
        right.id if right else None,
        left.window if left else None,
        right.window if right else None,
        _span(left.steps) if left else None,
        _span(right.steps) if right else None,
        tuple(sorted(now - then)),
        tuple(sorted(then - now)),
    )


def _span(steps: Iterable[Step]) -> Span | None:
    every = tuple(steps)
    return Span(min(s.start for s in every), max(s.end for s in every)) if every else None


def _assets(before: Plan, after: Plan, successors: Mapping[str, str]) -> Iterator[AssetChange]:
    old, new = visits(before), visits(after)
    for id in dict.fromkeys((*old, *new, *before.placements, *after.placements)):
        then, now = old.get(id, ()), new.get(id, ())
        places = before.placements.get(id), after.placements.get(id)
        waves = [successors.get(visit.wave) for visit in then] != [visit.wave for visit in now]
        if not waves and [v.span for v in then] == [v.span for v in now] and places[0] == places[1]:
            continue
        days = [before.inventory.clock.day(v.span.start) for v in then]
        other_day = days != [after.inventory.clock.day(v.span.start) for v in now]
        yield AssetChange(id, then, now, *places, other_wave=waves, other_day=other_day)


def visits(plan: Plan) -> dict[str, tuple[Visit, ...]]:
    """For each subject of a turn when it is worked on there, in order of time."""
    found: defaultdict[str, list[Visit]] = defaultdict(list)
    for wave in plan.waves:
        own: defaultdict[str, list[Step]] = defaultdict(list)
        for step in wave.steps:
            for id in step.assets:
                own[id].append(step)
        for turn in turns_of(wave):
            for id in turn.assets:
                span = _span(s for s in own[id] if turn.start <= s.start and s.end <= turn.end)
                found[id].append(Visit(wave.id, turn.id, span or Span(turn.start, turn.end)))
    return {id: tuple(sorted(every, key=lambda visit: visit.span)) for id, every in found.items()}


def _outages(before: Plan, after: Plan) -> Iterator[OutageChange]:
    old, new = _by_system(before.outages), _by_system(after.outages)
    for id in sorted(old.keys() | new.keys()):
        then, now = old.get(id, ()), new.get(id, ())
        if then != now:
            yield OutageChange(
                id,
                tuple(outage.span for outage in then),
                tuple(outage.span for outage in now),
                sum(outage.computed for outage in then),
                sum(outage.computed for outage in now),
                sum(outage.inside for outage in then),
                sum(outage.inside for outage in now),
            )


def _by_system(outages: Iterable[Outage]) -> dict[str, tuple[Outage, ...]]:
    found: defaultdict[str, list[Outage]] = defaultdict(list)
    for outage in outages:
        found[outage.system].append(outage)
    return {id: tuple(every) for id, every in found.items()}


def _bridges(before: Plan, after: Plan) -> Iterator[BridgeChange]:
    old, new = lives(before), lives(after)
    for id in sorted(old.keys() | new.keys()):
        if old.get(id) != new.get(id):
            yield BridgeChange(id, old.get(id), new.get(id))


def lives(plan: Plan) -> dict[str, Span]:
    """From when to when each bridge may be used, for those that the plan tests."""
    inventory, found = plan.inventory, {}
    tested = _ends(plan, StepKind.TEST)
    closed = {id: step.start for step in plan.steps() if step.kind is StepKind.CLOSE for id in step.assets}
    for link in inventory.links.values():
        begin = tested.get(link.id) if link.test.likely else inventory.project.horizon.start
        if not link.bridge or begin is None:
            continue
        begin = max(begin, link.since or begin)
        end = min(closed.get(link.id, inventory.project.horizon.end), link.until or inventory.project.horizon.end)
        if begin < end:
            found[link.id] = Span(begin, end)
    return found


def _ends(plan: Plan, kind: StepKind) -> dict[str, int]:
    return {id: step.end for step in plan.steps() if step.kind is kind for id in step.assets}


def _checks(before: Plan, after: Plan, successors: Mapping[str, str]) -> Iterator[CheckChange]:
    """The check points after the same work; what is left in the same wave goes with what follows most of the same."""
    old, new = _points(before), _points(after)
    pairs: list[tuple[_Point | None, _Point | None]] = []
    for point in old.copy():
        same = next((other for other in new if other.work == point.work), None)
        if same is not None:
            pairs.append((point, same))
            old.remove(point)
            new.remove(same)
    for point in old:
        near = [other for other in new if other.wave == successors.get(point.wave) and point.common(other)]
        best = max(near, key=point.common, default=None)
        pairs.append((point, best))
        if best is not None:
            new.remove(best)
    pairs += [(None, point) for point in new]
    for then, now in pairs:
        marks = then.mark if then else None, now.mark if now else None
        if _timed(marks[0]) != _timed(marks[1]):
            kind, subjects = (now or then or _NOTHING).work[:2]
            yield CheckChange(kind, subjects, *marks)


@dataclass(frozen=True, slots=True)
class _Point:
    """A check point by its wave and by what it follows; the last of ``work`` counts points after the same."""

    wave: str
    work: tuple[StepKind | None, tuple[str, ...], int]
    mark: Mark

    def common(self, other: _Point) -> int:
        """How many subjects both follow."""
        return len(set(self.work[1]) & set(other.work[1]))


_NOTHING = _Point("", (None, (), 0), Mark("", 0, None, None))


def _timed(mark: Mark | None) -> tuple[int | None, ...] | None:
    """What counts of a check point: not its number."""
    return (mark.planned, mark.deadline, mark.minutes) if mark else None


def _points(plan: Plan) -> list[_Point]:
    """The check points, each by the steps that it follows, or by what the wave is about where there are none."""
    found: list[_Point] = []
    steps = {step.id: step for step in plan.steps()}
    count: Counter[tuple[StepKind | None, tuple[str, ...]]] = Counter()
    for wave in plan.waves:
        for point in wave.check_points:
            work = [steps[id] for id in point.after if id in steps]
            ids = tuple(sorted({id for step in work for id in step.assets} if work else _subjects(wave)))
            kind = work[0].kind if work else None
            mark = Mark(point.id, point.planned, point.deadline, point.minutes)
            found.append(_Point(wave.id, (kind, ids, count[kind, ids]), mark))
            count[kind, ids] += 1
    return found


def _terms(before: Plan, after: Plan) -> Iterator[TermChange]:
    old, new = ({term.id: term for term in plan.objective} for plan in (before, after))
    for id in dict.fromkeys((*old, *new)):
        then, now = old.get(id), new.get(id)
        values = (then.value if then else None, now.value if now else None)
        bounds = (then.bound if then else None, now.bound if now else None)
        if values[0] != values[1] or bounds[0] != bounds[1]:
            yield TermChange(id, *values, *bounds)


def _steps(before: Plan, after: Plan) -> tuple[int, int]:
    old, new = (Counter(_work(step) for step in plan.steps()) for plan in (before, after))
    return (old - new).total(), (new - old).total()


def _work(step: Step) -> tuple[object, ...]:
    """What a step comes to, without its number."""
    to = tuple(sorted((id, place) for id, place in step.to.items()) if step.to else ())
    hosts = tuple(sorted(step.hosts.items()))
    return step.kind, step.assets, step.start, step.end, step.people, step.witness, to, hosts, step.holder
