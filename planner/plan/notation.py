"""Plans in short lines, one thing that happens each, as the pages of the rules show them.

::

    01-09 08:00-20:00 wave weekend/2027-01-09
    01-09 09:00 move db -> N1/10 by ict/1
    01-09 12:00-12:10 stop web with ict/2
    01-09 08:55-11:00 outage register of 115 minutes, 10 open
    01-09 09:00-11:00 turn db web
    01-09 13:00 gate before web/dispose by ict/1 or ict/2
    01-09 13:00 no_return web/dispose
    01-09 11:00-15:20 point after db/check bound by register
    back 0-10 stop db

Days are of the horizon's first year, times of day count up to 48:00. ``move`` and ``restart`` stand for the whole chain
of steps, each as long as its work is likely to take. What stands before the first ``wave`` is preparation; a wave
without a ``turn`` is one. A ``point`` lasts from the decision to its deadline, ``back`` lines are its rollback. A step
is named after what it is about and its kind: ``db/stop``; a second one is ``db/stop/2``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.plan.plan import Making, Outage, Plan
from planner.plan.shorthand import NotANotation, doing
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Gate, Turn, Wave
from planner.units.span import Minute, Span

_TIMES = re.compile(r"(\d\d)-(\d\d) (\d\d):(\d\d)(?:-(?:(\d\d)-(\d\d) )?(\d\d):(\d\d))? (\w+) ?(.*)")
_BACK = re.compile(r"back (\d+)(?:-(\d+))? (\w+) (.*)")
_OUTAGE = re.compile(r"(?P<system>\S+)(?: of (?P<computed>\d+) minutes)?(?:, (?P<inside>\d+) open)?")
_GATE = re.compile(r"before (?P<before>\S+) by (?P<decider>\S+) or (?P<deputy>\S+)")
_POINT = re.compile(r"(?:after (?P<after>\S+) )?bound by (?P<bound>\S+)")


def read(text: str, inventory: Inventory) -> Plan:
    """Return the plan of this inventory that the lines describe.

    Raises
    ------
    NotANotation
        If a line cannot be read.
    """
    reader = _Reader(inventory)
    for line in filter(None, map(str.strip, text.splitlines())):
        reader.line(line)
    return reader.plan()


@dataclass(slots=True)
class _Reader:
    """Takes line after line; what belongs to a wave is added to the last one."""

    inventory: Inventory
    preparation: list[Step] = field(default_factory=list)
    waves: list[Wave] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)

    def plan(self) -> Plan:
        """What the lines have said."""
        steps = sorted(self._steps(), key=lambda step: step.start)
        return Plan(
            inventory=self.inventory,
            inventory_hash=canonical.digest(self.inventory),
            making=Making("planner", "by hand"),
            preparation=_in_order(self.preparation),
            waves=tuple(_in_one_turn(replace(wave, steps=_in_order(wave.steps))) for wave in self.waves),
            outages=tuple(sorted(self.outages, key=lambda outage: (outage.span.start, outage.system))),
            placements={id: place for step in steps for id, place in step.to.items()},
        )

    def line(self, line: str) -> None:
        """Take one line."""
        if back := _BACK.fullmatch(line):
            self._back(back)
            return
        found = _TIMES.fullmatch(line)
        if not found:
            raise NotANotation(f"not a line of a plan: {line!r}")
        month, day, hour, minute, to_month, to_day, to_hour, to_minute, word, rest = found.groups()
        start = self._minute(f"{month}-{day}", hour, minute)
        end = self._minute(f"{to_month or month}-{to_day or day}", to_hour, to_minute) if to_hour else None
        self._add(word, start, end, rest)

    def _add(self, word: str, start: Minute, end: Minute | None, rest: str) -> None:
        span = Span(start, end) if end is not None and end > start else None
        if word == "gate":
            self._gate(start, rest)
        elif word == "point":
            self._point(start, end, rest)
        elif word == "no_return":
            self.waves[-1] = replace(self.waves[-1], point_of_no_return=rest)
        elif span and word == "wave":
            self.waves.append(Wave(f"w{len(self.waves) + 1}", rest, span, (), ()))
        elif span and word == "turn":
            turn = Turn(f"t{len(self.waves[-1].turns) + 1}", tuple(rest.split()), span.start, span.end)
            self.waves[-1] = replace(self.waves[-1], turns=(*self.waves[-1].turns, turn))
        elif span and word == "outage":
            self._outage(span, rest)
        else:
            for step in doing(self.inventory, rest).steps(word, start, end):
                self._step(step)

    def _step(self, step: Step) -> None:
        alike = sum(other.id.startswith(step.id) for other in self._steps())
        named = replace(step, id=f"{step.id}/{alike + 1}") if alike else step
        if self.waves:
            self.waves[-1] = replace(self.waves[-1], steps=(*self.waves[-1].steps, named))
        else:
            self.preparation.append(named)

    def _steps(self) -> list[Step]:
        return [*self.preparation, *(step for wave in self.waves for step in wave.steps)]

    def _outage(self, span: Span, text: str) -> None:
        found = _matched(_OUTAGE, text)
        computed = int(found["computed"] or span.minutes)
        self.outages.append(Outage(found["system"], span, computed, int(found["inside"] or 0)))

    def _gate(self, at: Minute, text: str) -> None:
        """A gate with the policy's criteria before a step; if nobody comes back from there, it is named so."""
        found, wave = _matched(_GATE, text), self.waves[-1]
        criteria = self.inventory.policy.criteria
        gate = Gate(f"g{len(wave.gates) + 1}", at, found["before"], found["decider"], found["deputy"], criteria)
        self.waves[-1] = replace(wave, gates=(*wave.gates, gate))

    def _point(self, at: Minute, deadline: Minute | None, text: str) -> None:
        found, wave = _matched(_POINT, text), self.waves[-1]
        after = (found["after"],) if found["after"] else ()
        point = CheckPoint(f"c{len(wave.check_points) + 1}", after, at, deadline=deadline, bound_by=found["bound"])
        self.waves[-1] = replace(wave, check_points=(*wave.check_points, point))

    def _back(self, said: re.Match[str]) -> None:
        """Steps of the last check point's rollback."""
        wave = self.waves[-1]
        *others, point = wave.check_points
        end = int(said[2]) if said[2] else None
        steps = [_undoing(step) for step in doing(self.inventory, said[4]).steps(said[3], int(said[1]), end)]
        length = max(point.minutes or 0, *(step.offset + step.minutes for step in steps))
        longer = replace(point, minutes=length, rollback=(*point.rollback, *steps))
        self.waves[-1] = replace(wave, check_points=(*others, longer))

    def _minute(self, day: str, hour: str, minute: str) -> Minute:
        clock = self.inventory.clock
        year = clock.day(self.inventory.project.horizon.start).year
        return clock.minute(date.fromisoformat(f"{year}-{day}"), int(hour) * 60 + int(minute))


def _in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda step: (step.start, step.id)))


def _in_one_turn(wave: Wave) -> Wave:
    """The wave with one turn of everything, if it has steps and names no turns."""
    if wave.turns or not wave.steps:
        return wave
    subjects = tuple(dict.fromkeys(id for step in wave.steps for id in step.assets))
    turn = Turn("t1", subjects, wave.steps[0].start, max(step.end for step in wave.steps))
    return replace(wave, turns=(turn,))


def _undoing(step: Step) -> RollbackStep:
    """The same step, its times counted from the decision to turn back."""
    facts = (step.people, step.witness, step.to, step.hosts, step.holder)
    return RollbackStep(step.kind, step.assets, step.start, step.end - step.start, *facts)


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if not found:
        raise NotANotation(f"not a line of a plan: {text!r}")
    return found
