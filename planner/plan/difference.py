"""What changed between two plans: the answers of `planner diff` and of a plan that is made from another one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planner.model.chain import StepKind
from planner.model.place import Position
from planner.units.span import Minute, Span


@dataclass(frozen=True, slots=True)
class WaveChange:
    """A wave and the wave of the other plan that does most of the same; None on one side: it is only in the other.

    ``came`` and ``went`` are the subjects of turns that only the later or only the earlier one has; ``came`` of a wave
    that is new and ``went`` of one that is gone are all of its subjects.
    """

    before: str | None
    after: str | None
    from_window: Span | None
    to_window: Span | None
    from_span: Span | None
    to_span: Span | None
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it happens at the same time and does the same."""
        return self.from_span == self.to_span and not self.came and not self.went


@dataclass(frozen=True, slots=True)
class Visit:
    """When one subject is worked on in one turn: its own first start to its own last end."""

    wave: str
    turn: str
    span: Span


@dataclass(frozen=True, slots=True)
class AssetChange:
    """A subject of a turn in both plans, visit by visit, and where it stands in the end.

    ``other_wave``: it moves in a wave that is not the one that its earlier wave became. ``other_day``: a visit begins
    on another date.
    """

    subject: str
    before: tuple[Visit, ...]
    after: tuple[Visit, ...]
    from_position: Position | None = None
    to_position: Position | None = None
    other_wave: bool = False
    other_day: bool = False

    @property
    def other_place(self) -> bool:
        """Whether it stands elsewhere in the end."""
        return self.from_position != self.to_position


@dataclass(frozen=True, slots=True)
class OutageChange:
    """The declared outages of one system, and its computed minutes out, in all and inside service hours."""

    system: str
    before: tuple[Span, ...]
    after: tuple[Span, ...]
    minutes_before: int
    minutes_after: int
    inside_before: int
    inside_after: int

    @property
    def longer(self) -> int:
        """How many more minutes it is out; negative: fewer, 0: only at other times."""
        return self.minutes_after - self.minutes_before


@dataclass(frozen=True, slots=True)
class PersonChange:
    """The days on which the shifts of a person begin, and the minutes of all of the person's steps."""

    person: str
    before: tuple[date, ...]
    after: tuple[date, ...]
    minutes_before: int
    minutes_after: int

    @property
    def given(self) -> tuple[date, ...]:
        """The days that only the later plan asks for."""
        return tuple(day for day in self.after if day not in self.before)

    @property
    def spared(self) -> tuple[date, ...]:
        """The days that only the earlier plan asks for."""
        return tuple(day for day in self.before if day not in self.after)


@dataclass(frozen=True, slots=True)
class BridgeChange:
    """From the end of a bridge's test to its closing, its last day or the end of the horizon; None: never tested."""

    link: str
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A check point of a plan: its id, when it is planned, its deadline, and how long turning back takes."""

    id: str
    planned: Minute
    deadline: Minute | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class CheckChange:
    """The check point after the same work in both plans; None on one side: it is only in the other.

    ``kind`` and ``subjects`` are those of the steps that it follows; without a kind it stands before the first work.
    """

    kind: StepKind | None
    subjects: tuple[str, ...]
    before: Mark | None
    after: Mark | None


@dataclass(frozen=True, slots=True)
class TermChange:
    """One term of the objective, value and bound in hundredths; None: the plan does not state it."""

    id: str
    before: int | None
    after: int | None
    bound_before: int | None
    bound_after: int | None

    @property
    def more(self) -> int:
        """By how much the later plan is dearer."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of the inventory: its path, and its value in both (None: not there), instants as ISO 8601."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """Everything that changed from one plan to the other, and how the waves of both belong together.

    ``waves`` has every wave of both plans, also those that did not change, in order of time; all else has only what
    changed. ``successors`` gives for waves of the earlier plan the id of the later one that does most of the same.
    ``steps`` counts the steps that only the earlier, only the later plan has, by kind, subjects, times and people.
    ``details`` are paths in the plans that differ and that nothing else tells (windows, gates, rollbacks, decisions).
    """

    before: str
    after: str
    waves: tuple[WaveChange, ...] = ()
    assets: tuple[AssetChange, ...] = ()
    outages: tuple[OutageChange, ...] = ()
    people: tuple[PersonChange, ...] = ()
    bridges: tuple[BridgeChange, ...] = ()
    checks: tuple[CheckChange, ...] = ()
    terms: tuple[TermChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    steps: tuple[int, int] = (0, 0)
    details: tuple[str, ...] = ()
    successors: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed_waves(self) -> tuple[WaveChange, ...]:
        """The waves that are new, gone, at another time, or of other work."""
        return tuple(wave for wave in self.waves if not wave.same)

    @property
    def same_work(self) -> bool:
        """Whether the same is done at the same times by the same people, whatever it is judged by."""
        told = (self.changed_waves, self.assets, self.outages, self.people, self.bridges, self.checks)
        return not any(told) and self.steps == (0, 0) and not self.details

    @property
    def equal(self) -> bool:
        """Whether the plans are the same, the inventories that they were made from included."""
        return self.same_work and not self.terms and not self.facts
