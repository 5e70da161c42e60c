"""What the templates see: plain words, ready to be written. Every name here is part of the template language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every paper carries. ``hash`` are the first digits of the inventory's; ``language`` is ``ja`` or ``en``."""

    project: str
    plan: str
    hash: str
    zone: str
    classification: str
    product: str
    language: str


@dataclass(frozen=True, slots=True)
class Target:
    """A device, system or link by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. ``day`` is set on the first row of a day; ``no_return`` on the step that has no inverse."""

    sort: str
    number: int
    id: str
    day: str
    start: str
    end: str
    length: str
    minutes: int
    place: str
    targets: tuple[Target, ...]
    kind: str
    action: str
    expected: str
    who: tuple[str, ...]
    witness: str
    critical: bool
    provisional: bool
    no_return: bool


@dataclass(frozen=True, slots=True)
class GateRow:
    """A go/no-go decision, directly before the step ``before``."""

    sort: str
    number: int
    at: str
    before: int
    decider: str
    deputy: str
    criteria: tuple[str, ...]
    default: str


@dataclass(frozen=True, slots=True)
class CheckPointRow:
    """Where turning back is decided; ``deadline`` is empty on final ones, ``sheet`` where there is nothing to undo."""

    sort: str
    number: int
    at: str
    after: tuple[int, ...]
    deadline: str
    takes: str
    bound_by: str
    returns_to: str
    final: bool
    sheet: str


@dataclass(frozen=True, slots=True)
class Part:
    """A turn of a wave, or what lies outside of turns: its rows in order, and what its footer says."""

    number: int
    title: str
    rows: tuple[StepRow | GateRow | CheckPointRow, ...]
    footer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutageRow:
    """A declared outage of a system."""

    system: str
    id: str
    department: str
    vendor: str
    users: str
    start: str
    end: str
    length: str
    inside: str
    fallback: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Who to call."""

    name: str
    role: str
    phone: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team with those of its people who work in this wave."""

    name: str
    people: str
    phone: str


@dataclass(frozen=True, slots=True)
class Runbook:
    """One wave, or the preparation (``number`` 0). ``rollback`` is its rollback paper without ending, if any."""

    number: int
    title: str
    window: str
    count: int
    parts: tuple[Part, ...]
    gates: tuple[GateRow, ...]
    check_points: tuple[CheckPointRow, ...]
    point_of_no_return: str
    fallback: str
    fallback_minutes: str
    outages: tuple[OutageRow, ...]
    contacts: tuple[ContactRow, ...]
    teams: tuple[TeamRow, ...]
    callers: tuple[str, ...]
    departments: tuple[str, ...]
    charts: tuple[str, ...]
    rollback: str


@dataclass(frozen=True, slots=True)
class WaveRow:
    """A wave as the summary shows it; ``deadline`` is the earliest of its rollback deadlines."""

    number: int
    title: str
    begins: str
    ends: str
    steps: int
    people: int
    window: str = ""
    turns: int = 0
    moves: int = 0
    check_points: int = 0
    deadline: str = ""
    point_of_no_return: str = ""
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of the objective; ``proof`` says why no plan is below ``bound``."""

    name: str
    value: str
    bound: str
    gap: str
    proof: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What the planner chose where the inventory leaves it open."""

    subjects: str
    chosen: str
    why: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding of the verifier. ``sort`` is ``warning``, ``unknown``, ``waived`` or ``pre_existing``."""

    sort: str
    rule: str
    severity: str
    says: str
    cure: str
    waived: str


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A waiver of the inventory."""

    rule: str
    subjects: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """How often a rule was checked, and what its violation counts as."""

    rule: str
    checks: str
    severity: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the verifier checked. ``hash`` is the whole hash of the inventory."""

    hash: str
    events: str
    rows: tuple[CheckRow, ...]
    unchecked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Making:
    """How the plan was made."""

    product: str
    solver: str
    seed: str
    effort: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the papers: its file name and what it shows."""

    file: str
    title: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole plan on a few pages. ``preparation`` is None without steps outside waves."""

    purpose: str
    waves: tuple[WaveRow, ...]
    preparation: WaveRow | None
    outages: tuple[OutageRow, ...]
    terms: tuple[TermRow, ...]
    total: TermRow
    decisions: tuple[DecisionRow, ...]
    findings: tuple[FindingRow, ...]
    waivers: tuple[WaiverRow, ...]
    certificate: Certificate
    making: Making
    pictures: tuple[Picture, ...]
