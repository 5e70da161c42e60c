"""What the terms of the objective will come to for a draft, before its turns have their final times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planner.calendar import hours
from planner.scheduling.bounds import days_to
from planner.scheduling.construct import Construction
from planner.scheduling.draft import DraftTurn
from planner.units.span import Minute, Span, Spans


@dataclass(slots=True)
class Foresight:
    """A service counts as out for the whole of a turn that takes it down, a turn as done when it ends."""

    construction: Construction
    office: Spans = field(init=False)
    _across: dict[tuple[frozenset[str], int], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        facts = self.construction.inventory
        self.office = hours(facts.timetable, facts.clock, facts.policy.staff.office, facts.project.horizon)

    def terms(self, turns: Sequence[DraftTurn]) -> Mapping[str, int]:
        """The terms by id, in hundredths of the policy's weights (as in `planner.scheduling.objective`)."""
        inventory = self.construction.inventory
        weights = inventory.policy.weights
        inside, outside = self._out(turns)
        bridged = list(self._bridged(turns))
        end = max((turn.end for turn in turns), default=inventory.project.horizon.start)
        return {
            "service_minutes": 100 * inside,
            "outage_minutes": weights.outage_minute * outside,
            "waves": weights.wave * len({turn.window.id for turn in turns}),
            "bridge_sum": weights.bridge_minute * sum(minutes * needs for minutes, needs in bridged),
            "bridge_peak": weights.bridge_peak * max((needs for _, needs in bridged), default=0),
            "person_hours": weights.person_hour * sum(map(self._at_night, turns)) // 60,
            "end_day": weights.day * days_to(inventory, end),
        }

    def _out(self, turns: Sequence[DraftTurn]) -> tuple[int, int]:
        """Minutes x factor of criticality inside and outside service hours."""
        systems, factors = self.construction.inventory.systems, self.construction.inventory.policy.weights.criticality
        inside = outside = 0
        for turn in turns:
            span = Span(turn.start, turn.end)
            for id in turn.outcome.affected:
                factor = factors[systems[id].criticality]
                within = self.construction.times.service_hours(id).within(span).minutes
                inside += factor * within
                outside += factor * (span.minutes - within)
        return inside, outside

    def _bridged(self, turns: Sequence[DraftTurn]) -> Sequence[tuple[int, int]]:
        """Between the ends of turns, from the first to the last day: minutes, and needs that cross a bridge."""
        horizon = self.construction.inventory.project.horizon
        ends = [horizon.start, *(turn.end for turn in turns), horizon.end]
        done, found = frozenset[str](), []
        for (start, end), jobs in zip(pairwise(ends), [*(turn.jobs for turn in turns), ()], strict=True):
            found.append((end - start, self._crossing(done, start)))
            done |= frozenset(jobs)
        return found

    def _crossing(self, done: frozenset[str], at: Minute) -> int:
        """How many needs cross a bridge after these jobs."""
        transitions = self.construction.transitions
        key = (done, transitions.era(at))
        if key not in self._across:
            links = self.construction.inventory.links.values()
            bridges = frozenset(link.id for link in links if link.bridge)
            found = transitions.truth.evaluate(transitions.world(done), at).crossings if bridges else ()
            self._across[key] = sum(c.counts and not bridges.isdisjoint(c.links) for c in found)
        return self._across[key]

    def _at_night(self, turn: DraftTurn) -> int:
        """Person-minutes outside office hours."""
        total = 0
        for task in turn.tasks:
            span = Span(turn.starts[task.key], turn.starts[task.key] + task.minutes)
            people = sum(demand.count for demand in task.demands)
            total += people * (span.minutes - self.office.within(span).minutes)
        return total
