"""What becomes of a plan when facts are otherwise: the answers of `planner whatif`."""

from dataclasses import dataclass
from enum import StrEnum

from planner.plan.contingency import Case
from planner.plan.difference import PlanDifference
from planner.plan.finding import Finding, Verdict
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.units.span import Minute


class Asked(StrEnum):
    """What is asked of a scenario."""

    HOLDS = "holds"  # the same steps under the changed facts
    LEAST = "least"  # the plan that changes least
    NEW = "new"  # the best plan, whatever there was before


@dataclass(frozen=True, slots=True)
class WaveTime:
    """A wave from its first start to its last end."""

    id: str
    window: str
    start: Minute
    end: Minute


@dataclass(frozen=True, slots=True)
class Tally:
    """What a plan comes to.

    ``outage`` and ``inside`` are computed minutes of all systems, in all and inside service hours, ``weighted`` the
    former times the weight of each system's criticality. ``people_nights`` counts for each person the shifts with work
    outside office hours. ``value`` and ``bound`` are the weighted sum of the objective and what no plan is below, in
    hundredths, without its first term; ``service`` and ``service_bound`` are that term. ``stopped``: the search was.
    """

    plan: str
    waves: tuple[WaveTime, ...]
    outage: int
    inside: int
    weighted: int
    people_nights: int
    end: Minute
    value: int
    bound: int
    service: int
    service_bound: int
    stopped: bool = False

    @property
    def share(self) -> str:
        """The gap as tables and pictures show it."""
        return "-" if self.gap is None else f"{self.gap}%"

    @property
    def gap(self) -> int | None:
        """By how much the sum is above its bound, in percent of it, at most 100; None where that says nothing.

        That is where the first term is above its bound: then a plan with a greater sum may be better.
        """
        if self.service > self.service_bound:
            return None
        return round(100 * (self.value - self.bound) / self.value) if self.value else 0


@dataclass(frozen=True, slots=True)
class Break:
    """A rule that the same steps break under the changed facts: its first violation, and how many there are."""

    rule: str
    first: Finding
    count: int
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether the same steps still keep the rules; ``breaks`` by their first instants.

    ``losses`` is what comes of each asset that is dead on arrival. ``rearranged`` says that the steps were put into the
    order that was asked for before they were judged.
    """

    breaks: tuple[Break, ...]
    losses: tuple[Case, ...] = ()
    rearranged: bool = False

    @property
    def holds(self) -> bool:
        """Whether no rule is broken and nobody notices an asset that is lost."""
        return not self.breaks and all(case.harmless for case in self.losses)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan that was looked for: what it comes to and what it changes, or why there is none.

    ``plan`` is the plan itself with its ``verdict``, where it is one of the changed inventory as it is.
    """

    tally: Tally | None
    refusal: Refusal | None = None
    changes: PlanDifference | None = None
    unsafe: tuple[Finding, ...] = ()
    plan: Plan | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out about one scenario; what was not asked, or not reached, is None."""

    scenario: str
    holding: Holding | None = None
    least: Outcome | None = None
    new: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The base plan and every scenario beside it, in the order in which they were asked."""

    base: Tally
    answers: tuple[Answer, ...]
