"""Everybody's duties in a plan, judged as a whole or continued by a rollback (S13, S15)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint, crews, duty, presence, strain
from planner.safety.duty import Duty
from planner.safety.timetable import Almanac
from planner.units.clock import DAY
from planner.units.span import Minute, Span


class Rota:
    """The duties of each person, in order of time.

    ``inventory`` says how long work lasts and who does it; for rollbacks its works are those of undoing.
    """

    def __init__(self, inventory: Inventory, steps: Iterable[Step], almanac: Almanac) -> None:
        self.inventory = inventory
        self.almanac = almanac
        self.steps = tuple(steps)
        self.duties = duty.duties(self.steps)
        self._known = duty.roster(inventory)
        self._filled: set[object] = set()

    @property
    def checks(self) -> int:
        """One for each step, and for each person on it."""
        return len(self.steps) + sum(len(held) for held in self.duties.values())

    @cached_property
    def _critical(self) -> Mapping[str, str]:
        return crews.on_critical(self.inventory)

    @cached_property
    def _openings(self) -> tuple[Minute, ...]:
        return tuple(strain.openings(self.inventory, self.almanac))

    def faults(self) -> Iterator[Finding]:
        """Every violation of S15."""
        yield from self._steps(self.steps)
        for held in self.duties.values():
            yield from self._presence(held)
            yield from self._strain(held)
        yield from strain.fresh_faults(self.inventory, self._openings, self.duties)

    def after(self, at: Minute, steps: tuple[Step, ...]) -> Iterator[Finding]:
        """What ``steps`` violate if they follow, from ``at`` on, what everybody has done until then."""
        added = duty.duties(steps)
        yield from self._steps(steps)
        for held in added.values():
            yield from self._presence(held)
        rest = self.inventory.policy.staff.rest
        own = (person.id for team, person in self.inventory.people() if team.own and person.id not in added)
        together = {p: [*self._before(p, at, 32 * DAY), *held] for p, held in added.items()}
        together |= {p: [*self._before(p, at, rest + 8 * DAY)] for p in own}
        end = max((step.end for step in steps), default=at) + rest
        coming = self._openings[bisect_left(self._openings, at) : bisect_left(self._openings, end)]
        strained = (f for p in sorted(added) for f in self._strain(together[p]))
        ids = {step.id for step in steps}
        for finding in (*strained, *strain.fresh_faults(self.inventory, coming, together)):
            if ids.intersection(finding.steps):
                yield finding

    def _before(self, person: str, at: Minute, minutes: int) -> Iterator[Duty]:
        """What a person has done in the minutes before an instant; what is under way ends at that instant."""
        held = self.duties.get(person, [])
        first = bisect_left(held, at - minutes, key=lambda d: d.span.start)
        for each in held[first : bisect_left(held, at, key=lambda d: d.span.start)]:
            yield each if each.span.end <= at else replace(each, span=Span(each.span.start, at))

    def _steps(self, steps: tuple[Step, ...]) -> Iterator[Finding]:
        """What is wrong with each crew; of a crew with which nothing is wrong this is said once for the same work."""
        for step in steps:
            work = (step.kind, step.assets, step.people, step.witness, step.holder)
            if work in self._filled:
                continue
            found = [*crews.crew_faults(self.inventory, step, self._known)]
            found += crews.pair_faults(self.inventory, step, self._critical)
            self._filled.update(() if found else (work,))
            yield from found

    def _presence(self, held: list[Duty]) -> Iterator[Finding]:
        if held[0].person not in self._known:
            yield from (complaint.of_step("s15.unknown_person", (d.person,), d.step) for d in held)
            return
        team, person = self._known[held[0].person]
        yield from presence.one_place_faults(held)
        for each in held:
            yield from presence.presence_faults(self.almanac, each, team, person)
            if team.contract is not None:
                yield from presence.contract_faults(self.inventory, each, team, team.contract)

    def _strain(self, held: list[Duty]) -> Iterator[Finding]:
        if held[0].person in self._known:
            team, _ = self._known[held[0].person]
            yield from strain.shift_faults(self.inventory, held)
            yield from strain.month_faults(self.inventory, self.almanac, held, team)
