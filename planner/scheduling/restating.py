"""What waves tell that follows from facts, told again where another inventory gives something else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from planner.calendar import Window, windows
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Gate, Wave
from planner.scheduling.assemble import deciders, gates
from planner.scheduling.beyond import fallback, permitted_delay
from planner.scheduling.check_point import CheckPoints, is_irreversible, world_at
from planner.scheduling.effects import Effects
from planner.scheduling.truth import Truth
from planner.scheduling.turning_back import Return
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True)
class Facts:
    """One inventory, and when each system is not available in it through the steps of the plan."""

    inventory: Inventory
    truth: Truth
    steps: tuple[Step, ...]
    out: Mapping[str, Spans]

    @cached_property
    def windows(self) -> Mapping[str, Window]:
        """The windows by their ids."""
        return {window.id: window for window in windows(self.inventory)}

    def span(self, wave: Wave) -> Span:
        """The wave's window by the calendar; the one that is told where the calendar has none of its id."""
        found = self.windows.get(wave.window_id)
        return found.span if found else wave.window

    def no_return(self, wave: Wave) -> str | None:
        """The first step of the wave that nothing undoes."""
        return next((step.id for step in wave.steps if is_irreversible(self.inventory, step)), None)

    def beyond(self, wave: Wave) -> tuple[str | None, int | None]:
        """What is done after the point of no return of the wave, and how much longer that may take."""
        first = next((step for step in wave.steps if step.id == wave.point_of_no_return), None)
        if first is None or first.start >= wave.window.end:
            return None, None
        left, end = Span(first.start, wave.window.end), max(step.end for step in wave.steps)
        return fallback(self.inventory, self.out, left), permitted_delay(self.inventory, self.out, left, end)

    def limit(self, wave: Wave, point: CheckPoint, *, exact: bool) -> tuple[Minute, str]:
        """The latest deadline of a check point; not ``exact``: as if turning back took out whom the turn takes out."""
        turn = _turn(wave, point)
        way = self._way(point) if exact or turn is None else None
        out = {id: spans for id, spans in self.out.items() if way or (turn and spans.within(turn))}
        finder = CheckPoints(self.inventory, self.truth, wave.window.end, {}, out)
        latest, bound = finder.limit(point.planned, way)
        return latest - self.inventory.policy.margin - _length(point), bound

    def _way(self, point: CheckPoint) -> Return:
        """The way back of a check point, with those that are out on it."""
        at, effects = point.planned, Effects(self.inventory)
        world = world_at(self.inventory, self.truth.start(), self.steps, at)
        events = [(at + s.offset + s.minutes, 0, s) for s in point.rollback]
        events += [(at + s.offset, 1, s) for s in point.rollback]
        instants = {at, *(when for when, _, _ in events)}
        instants |= {when for when in self.truth.boundaries if at < when < at + _length(point)}
        found: dict[str, int] = {}
        for now in sorted(instants):
            for when, begins, step in sorted(events, key=lambda event: event[:2]):
                if when == now:
                    (effects.begin if begins else effects.end)(world, step)
            if now < at + _length(point):
                for system in self.truth.evaluate(world, now).unavailable:
                    found.setdefault(system, now - at)
        return Return(_length(point), found, point.rollback)


@dataclass(frozen=True, slots=True)
class Restating:
    """Tells waves of the facts ``then`` as waves of the facts ``now``; what both give alike stays as it is told."""

    then: Facts
    now: Facts

    def waves(self, before: Plan) -> tuple[Wave, ...]:
        return tuple(self._wave(wave) for wave in before.waves)

    def _wave(self, wave: Wave) -> Wave:
        then, now = self.then.span(wave), self.now.span(wave)
        found = replace(wave, window=wave.window if then == now else now)
        if self.then.no_return(wave) != (last := self.now.no_return(wave)):
            made = tuple(gates(self.now.inventory, wave.id, wave.steps, last))
            found = replace(found, point_of_no_return=last, gates=made)
        found = replace(found, gates=tuple(self._gate(gate) for gate in found.gates))
        return replace(self._beyond(wave, found), check_points=tuple(self._points(wave, found)))

    def _gate(self, gate: Gate) -> Gate:
        old, new = self.then.inventory, self.now.inventory
        people = {person.id for team in new.teams.values() for person in team.people}
        pairs = zip((gate.decider, gate.deputy), deciders(old), deciders(new), strict=True)
        decider, deputy = (told if told in people and told != was else now for told, was, now in pairs)
        same = old.policy.criteria == new.policy.criteria
        criteria = gate.criteria if same else new.policy.criteria
        return replace(gate, decider=decider, deputy=deputy, criteria=criteria)

    def _beyond(self, wave: Wave, found: Wave) -> Wave:
        text, minutes = self.then.beyond(wave)
        other, later = self.now.beyond(found)
        return replace(
            found,
            fallback=wave.fallback if text == other else other,
            fallback_minutes=wave.fallback_minutes if minutes == later else later,
        )

    def _points(self, wave: Wave, found: Wave) -> Iterator[CheckPoint]:
        for point in wave.check_points:
            yield point if point.final or point.deadline is None else self._point(wave, found, point)

    def _point(self, wave: Wave, found: Wave, point: CheckPoint) -> CheckPoint:
        """The deadline by the same rule as before: the cautious one, where the told deadline comes from it."""
        was = self.then.limit(wave, point, exact=False)
        exact = was != (point.deadline, point.bound_by)
        was = self.then.limit(wave, point, exact=True) if exact else was
        now = self.now.limit(found, point, exact=exact)
        if was == now:
            return point
        return replace(point, minutes=_length(point), deadline=now[0], bound_by=now[1])


def _length(point: CheckPoint) -> int:
    return max((step.offset + step.minutes for step in point.rollback), default=0)


def _turn(wave: Wave, point: CheckPoint) -> Span | None:
    """The turn after the one that turning back leads to."""
    ids = [turn.id for turn in wave.turns]
    number = ids.index(point.anchor) + 1 if point.anchor in ids else 0
    return Span(wave.turns[number].start, wave.turns[number].end) if number < len(ids) else None
