"""A wave of a plan with everything that is looked up while its chart is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.calendar import hours
from planner.model.inventory import Inventory
from planner.plan.plan import Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.rendering.documents.criticality import critical_steps
from planner.rendering.documents.moments import Moments
from planner.rendering.documents.naming import Naming
from planner.rendering.documents.words import Words
from planner.rendering.timechart.description import Livery
from planner.rendering.timechart.liveries import liveries, nobody, teams_of
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True, slots=True)
class Telling:
    """The wave with its ``number``, from 1; ``numbers`` are those of its steps, as in the runbook."""

    inventory: Inventory
    plan: Plan
    wave: Wave
    words: Words
    number: int = field(init=False)
    steps: tuple[Step, ...] = field(init=False)
    numbers: Mapping[str, int] = field(init=False)
    teams: Mapping[str, tuple[str, ...]] = field(init=False)
    critical: frozenset[str] = field(init=False)
    outages: tuple[Outage, ...] = field(init=False)
    naming: Naming = field(init=False)
    moments: Moments = field(init=False)
    _liveries: Mapping[str, Livery] = field(init=False)

    def __post_init__(self) -> None:
        steps = tuple(sorted(self.wave.steps, key=lambda step: (step.start, step.id)))
        found = {
            "number": [wave.id for wave in self.plan.waves].index(self.wave.id) + 1,
            "steps": steps,
            "numbers": {step.id: number for number, step in enumerate(steps, 1)},
            "teams": teams_of(self.inventory, steps),
            "critical": critical_steps(self.wave),
            "outages": tuple(outage for outage in self.plan.outages if outage.span.overlaps(self.wave.window)),
            "naming": Naming(self.inventory, self.words),
            "moments": Moments(self.inventory.clock, self.words),
            "_liveries": liveries(self.inventory, self.plan),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def dates(self, start: Minute, end: Minute) -> str:
        """Return both instants, the day of the second one only where it is another."""
        same = self.moments.day(start) == self.moments.day(end)
        last = self.moments.time(end) if same else self.moments.day_and_time(end)
        return f"{self.moments.day_and_time(start)} - {last}"

    def livery(self, team: str) -> Livery:
        return self._liveries[team]

    def liveries(self, step: Step) -> tuple[Livery, ...]:
        """Return the liveries of the teams that do a step; that of nobody where no hands are needed."""
        teams = self.teams[step.id]
        return tuple(map(self.livery, teams)) or (nobody(str(self.words["chart"]["no_team"])),)

    def all_teams(self) -> tuple[str, ...]:
        """Return the teams with work in this wave, in the order of the inventory."""
        busy = {team for teams in self.teams.values() for team in teams}
        return tuple(team for team in self._liveries if team in busy)

    def service_hours(self, systems: frozenset[str], span: Span) -> Spans:
        """Return when one of the systems is in service; those that always are do not count."""
        found = Spans()
        for id in sorted(systems):
            found = found.union(self.hours_of(id, span))
        return found

    def hours_of(self, system: str, span: Span) -> Spans:
        """Return the service hours of a system in a span, nothing when it is always in service."""
        named = self.inventory.systems[system].hours
        return hours(self.inventory.timetable, self.inventory.clock, named, span) if named else Spans()
