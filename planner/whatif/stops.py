"""How long the project may stop at each gate and between waves, and what is violated first if it stops for longer.

Nothing more is done than what has been prepared by then: at a gate the turn under way is undone (after the point of no
return the wave is finished), between waves the next wave is not begun. The state that is left is judged by the rules of
S23 up to the end of the horizon, so that everything that begins or ends by its date has its say: rooms that open and
close, phases, power cuts, links and needs, departures to clouds. A blackout breaks no state, but nobody may go on in
it: it takes windows away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.stop import Stop, Stopping
from planner.plan.wave import Gate, Wave
from planner.safety.above import Above
from planner.safety.context import Context
from planner.safety.preparation import in_use, is_preparatory
from planner.safety.rules.s12_windows_and_blackouts import tags
from planner.safety.rules.s23_every_stop_point_survives import StateAtStart, judged
from planner.safety.stop_point import StopPoint, Work, every_stop_point, is_before_no_return
from planner.safety.timetable import Almanac
from planner.units.clock import DAY
from planner.units.progress import Progress
from planner.units.span import Minute, Span, Spans


def stops(inventory: Inventory, plan: Plan, progress: Progress) -> tuple[Stop, ...]:
    """Judge every gate and every gap between waves, in order of time. The plan is taken to be safe."""
    finder = _Finder(Context.of(inventory, plan))
    points = sorted(finder.points(), key=lambda found: (found[0].span.start, found[0].id))
    made = []
    for number, (point, how) in enumerate(points):
        progress("stops", number, len(points))
        made.append(finder.stop(point, how))
    progress("stops", len(points), len(points))
    return tuple(made)


class _Finder:
    """Judges the stops of one plan; what they share is worked out once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._almanac = Almanac(context.inventory)
        self._start = StateAtStart(context)
        self._use = in_use(context.inventory, context.plan.steps())
        self._work = Work(context.plan)

    def points(self) -> Iterator[tuple[StopPoint, Stopping]]:
        """Every stop with what stopping means there."""
        inventory, plan = self._context.inventory, self._context.plan
        gates = {gate.id: (wave, gate) for wave in self._work.waves for gate in wave.gates}
        for point in every_stop_point(inventory, plan):
            yield point, Stopping.TURN_BACK if point.id in gates else Stopping.PAUSE
        for wave, gate in gates.values():
            if not is_before_no_return(inventory, wave, gate):
                yield self._finished(wave, gate), Stopping.CARRY_ON

    def stop(self, point: StopPoint, how: Stopping) -> Stop:
        """What stopping there leads to, up to the end of the horizon."""
        horizon = self._context.horizon
        endless = replace(point, span=Span(point.span.start, max(horizon.end, point.span.start + 1)))
        found = judged(self._context, endless, self._start).findings
        breaks = tuple(sorted(found, key=_first))
        until = next((f.span.start for f in breaks if f.span is not None), horizon.end)
        gates = {gate.id: (wave, gate) for wave in self._work.waves for gate in wave.gates}
        wave, gate = gates.get(point.id, (None, None))
        left = self._left(point)
        return Stop(
            id=point.id,
            wave=wave.id if wave else point.id,
            how=how,
            at=gate.at if gate else point.span.start,
            begins=point.span.start,
            resumes=point.resumes,
            asked=point.span.end,
            breaks=breaks,
            windows=tuple(self._windows(left, point.resumes, until)),
        )

    def _finished(self, wave: Wave, gate: Gate) -> StopPoint:
        """A gate after the point of no return: everything up to the end of its wave is done."""
        number = self._work.waves.index(wave) + 1
        end, later = max(step.end for step in wave.steps), self._work.resumes(number)
        resumes = end if later is None else later
        asked = min(resumes + self._context.inventory.policy.stop_point_days * DAY, self._context.horizon.end)
        return StopPoint(gate.id, Span(end, max(asked, end + 1)), resumes, self._work.done(number, resumes))

    def _left(self, point: StopPoint) -> tuple[Step, ...]:
        """What would be done next: the steps of the first wave of which something is left that is no preparation."""
        done = {step.id for step in point.steps}
        for wave in self._work.waves:
            left = (step for step in wave.steps if step.id not in done)
            found = tuple(s for s in left if not is_preparatory(self._context.inventory, s, self._use))
            if found:
                return found
        return ()

    def _windows(self, left: tuple[Step, ...], since: Minute, until: Minute) -> Iterator[Minute]:
        """The starts of the windows that are long enough for all of it, outside its blackouts, its rooms usable."""
        if not left or since >= until:
            return
        length = max(step.end for step in left) - min(step.start for step in left)
        closed = self._closed(left)
        parts = (part for window in self._almanac.windows.values() for part in window.minus(closed))
        yield from sorted(p.start for p in parts if p.start >= since and p.end <= until and p.minutes >= length)

    def _closed(self, left: Iterable[Step]) -> Spans:
        """When one of these steps may not be done: blackouts of whom it affects (S12), rooms that are not usable."""
        inventory, replay = self._context.inventory, self._context.replay
        steps = tuple(left)
        subjects = {id for step in steps for id in step.assets}
        for step in steps:
            above, now = replay.world.once(Above), replay.at(step.start)
            subjects |= {system for id in step.assets for system in above.systems(now, id)}
        span = Span(min(step.start for step in steps), max(step.end for step in steps))
        subjects |= {system for system, out in replay.unavailable.items() if out.within(span)}
        closed = self._almanac.blackout(frozenset(tag for id in subjects for tag in tags(inventory, id)))
        for room in self._rooms(steps):
            closed = closed.union(self._almanac.usable(room).complement(self._context.horizon))
        return closed

    def _rooms(self, steps: Iterable[Step]) -> set[str]:
        """Where the subjects stand before these steps, and where they go."""
        replay, found = self._context.replay, set[str]()
        for step in steps:
            found |= {position.room for position in step.to.values()}
            placed = (id for id in step.assets if id in self._context.inventory.assets)
            found |= {room for id in placed if (room := replay.at(step.start - 1).room(id)) is not None}
        return found & self._context.inventory.rooms.keys()


def _first(finding: Finding) -> tuple[Minute, str, tuple[str, ...]]:
    return finding.span.start if finding.span else 0, finding.rule, finding.subjects
