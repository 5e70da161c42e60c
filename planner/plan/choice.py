"""Several verified plans of one inventory to choose from; no alternative is beaten by another plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.plan.comparison import Tally
from planner.plan.plan import Plan

CHOSEN = "plan"
"""The id of the plan by the policy's own weights; the others have the ids of their aims."""

DOWNTIME = "downtime"
"""All outage minutes x criticality, inside service hours or not."""

AXES: Mapping[str, str] = {
    "least-downtime": DOWNTIME,
    "least-bridge": "bridge_sum",
    "least-overtime": "person_hours",
    "earliest-end": "end_day",
    "lowest-peak": "bridge_peak",
}
"""What a plan of each aim is to be best in; that with few waves, ``waves-3``, has the number in its id."""


class Why(StrEnum):
    """Why an alternative is not offered."""

    NONE = "none"  # no plan was found for the aim
    EQUAL = "equal"  # its values are those of ``by``
    WORSE = "worse"  # ``by`` is better in something and worse in nothing
    UNSAFE = "unsafe"  # the verifier rejects it
    SURPLUS = "surplus"  # there are as many as were asked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verified plan with what it comes to; ``better``: than the chosen plan in something, worse in nothing."""

    id: str
    plan: Plan
    tally: Tally
    better: bool = False

    @property
    def values(self) -> Mapping[str, int]:
        """What plans are compared by, less is better, in hundredths of the policy's weights.

        The terms of the objective by their ids; of the outages not those outside service hours but all, as `DOWNTIME`,
        so that nothing is won by being out in service hours instead.
        """
        found = {term.id: term.value for term in self.plan.objective}
        inside = found.get("service_minutes", 0) * self.plan.inventory.policy.weights.outage_minute // 100
        return {
            DOWNTIME if id == "outage_minutes" else id: value + inside * (id == "outage_minutes")
            for id, value in found.items()
        }

    @property
    def score(self) -> tuple[int, int]:
        """What plans are judged by: the first term of the objective, then the sum of the others."""
        return self.tally.service, self.tally.value


@dataclass(frozen=True, slots=True)
class Dropped:
    """An alternative that is not offered, and the id of the one that stands for it, if any does."""

    id: str
    why: Why
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen plan first, then its alternatives by what they are best in; ``stopped``: not all was looked for."""

    offered: tuple[Candidate, ...]
    dropped: tuple[Dropped, ...] = ()
    stopped: bool = False

    @property
    def chosen(self) -> Candidate:
        """The plan by the policy's own weights."""
        return self.offered[0]

    def best(self) -> Mapping[str, int]:
        """The least value of each kind, for the kinds in which the plans differ."""
        every = [candidate.values for candidate in self.offered]
        least = {id: min(values[id] for values in every) for id in self.chosen.values}
        return {id: value for id, value in least.items() if any(values[id] != value for values in every)}
