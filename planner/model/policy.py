"""What the office decides: weights, margins, caps, staff rules, severities, waivers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding makes a plan unsafe."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Weights:
    """The objective (planning.md, "What is optimised"); integers in hundredths, so that sums stay exact.

    An outage minute outside service hours costs ``outage_minute`` x the criticality's factor.
    """

    criticality: Mapping[str, int] = field(default_factory=lambda: {"S": 8, "A": 4, "B": 2, "C": 1})
    outage_minute: int = 100
    wave: int = 24_000
    bridge_minute: int = 1
    bridge_peak: int = 100
    person_hour: int = 200
    day: int = 100


@dataclass(frozen=True, slots=True)
class SeverityChoice:
    """A rule's severity with the written reason that the certificate prints."""

    severity: Severity
    reason: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that the office accepts in writing: the rule, the assets concerned (all of a finding's), why, who."""

    rule: str
    assets: frozenset[str]
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Limits per person (minutes). ``month`` bounds the work outside `office` hours in one calendar month.

    ``fresh``: people of own teams that have had ``rest`` when a working day opens after a window. Steps on what a
    system of a criticality in ``two_person`` runs on have two people on them.
    """

    shift: int = 12 * 60
    rest: int = 11 * 60
    month: int = 45 * 60
    fresh: int = 1
    office: str | None = None
    two_person: frozenset[str] = frozenset({"S"})


@dataclass(frozen=True, slots=True)
class Policy:
    """The office's decisions in one place.

    ``margin`` before rollback deadlines and ``rounding`` of declared outages (S01) are minutes,
    ``stop_point_days`` (S23) and ``restore_test_days`` (S11) days. ``shared_fate_after`` is how many minutes redundancy
    may hang on one element between the start and the end (S05), ``critical_per_wave`` how many systems of criticality S
    one wave may touch (S19; None: not decided). In the order ``bootstrap`` each asset or system starts without its
    start needs of those after it (S03); the needs of the inventory are already without these. ``decider`` and
    ``deputy`` are people, who decide go or no-go by ``criteria``.
    """

    margin: int = 30
    rounding: int = 15
    stop_point_days: int = 28
    shared_fate_after: int = 24 * 60
    critical_per_wave: int | None = None
    restore_test_days: int = 90
    bootstrap: tuple[str, ...] = ()
    severities: Mapping[str, SeverityChoice] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    weights: Weights = Weights()
    staff: Staff = Staff()
    decider: str | None = None
    deputy: str | None = None
    criteria: tuple[str, ...] = ()
