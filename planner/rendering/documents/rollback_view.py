"""What the templates of the rollback paper see, beside the records that all papers share."""

from __future__ import annotations

from dataclasses import dataclass

from planner.rendering.documents.view import ContactRow, OutageRow, Target


@dataclass(frozen=True, slots=True)
class UndoTime:
    """When a step of a rollback is done: ``offset`` after the decision, and on the clock if that is as planned.

    ``day`` is set on the first row of every day but that of the check point.
    """

    offset: str
    day: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class UndoRow:
    """One step of a rollback, with one of ``times`` per check point; ``offset`` is empty where these have others."""

    number: int
    offset: str
    times: tuple[UndoTime, ...]
    length: str
    kind: str
    targets: tuple[Target, ...]
    action: str
    who: tuple[str, ...]
    witness: str


@dataclass(frozen=True, slots=True)
class TurningRow:
    """A check point in the rollback paper.

    Decided at the ``deadline`` turning back ends at ``ends``, decided as planned at ``planned_end``; all has to be
    back at ``latest``. ``says`` is the deadline in words. ``beyond``: it lies after the point of no return. ``sheet``
    is empty where there is nothing to undo, and then all that it says of turning back.
    """

    number: int
    at: str
    after: tuple[int, ...]
    deadline: str
    takes: str
    planned_end: str
    ends: str
    latest: str
    bound_by: str
    returns_to: str
    final: bool
    beyond: bool
    sheet: str
    says: str


@dataclass(frozen=True, slots=True)
class BackTime:
    """When a system is back, after the decision and on the clock; ``out`` is from when it is out, empty if already.

    All are empty where it is not out.
    """

    out: str
    offset: str
    at: str


@dataclass(frozen=True, slots=True)
class BackRow:
    """A system that is out while people turn back, with one of ``times`` per check point of the sheet."""

    system: str
    id: str
    department: str
    times: tuple[BackTime, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is done at the check points ``points``: of several the steps, their people and their order are the same."""

    label: str
    points: tuple[TurningRow, ...]
    rows: tuple[UndoRow, ...]
    systems: tuple[BackRow, ...]


@dataclass(frozen=True, slots=True)
class Rollback:
    """How one wave is turned back.

    ``outages`` are those that are not over at the point of no return. ``runbook`` is its runbook without ending, empty
    where none is written.
    """

    number: int
    title: str
    window: str
    decider: str
    deputy: str
    margin: str
    points: tuple[TurningRow, ...]
    sheets: tuple[Sheet, ...]
    point_of_no_return: str
    fallback: str
    fallback_minutes: str
    outages: tuple[OutageRow, ...]
    contacts: tuple[ContactRow, ...]
    callers: tuple[str, ...]
    runbook: str
