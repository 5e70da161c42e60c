"""Steps of a plan as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.plan.step import Step
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.naming import Naming
from planner.rendering.documents.view import StepRow, Target


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps by start and id: the order in which they are numbered from 1."""
    return tuple(sorted(steps, key=lambda step: (step.start, step.id)))


def step_rows(
    edition: Edition, steps: Sequence[Step], critical: frozenset[str], no_return: str | None = None
) -> tuple[StepRow, ...]:
    """The rows of ordered steps, numbered from 1."""
    rows, day = [], ""
    for number, step in enumerate(steps, 1):
        today = edition.moments.day(step.start)
        row = _step_row(edition, step, number, today if today != day else "")
        rows.append(replace(row, critical=step.id in critical, no_return=step.id == no_return))
        day = today
    return tuple(rows)


def _step_row(edition: Edition, step: Step, number: int, day: str) -> StepRow:
    moments, naming, describing = edition.moments, edition.naming, edition.describing
    stand = edition.stands[step.id]
    later = moments.clock.day(step.end) != moments.clock.day(step.start)
    return StepRow(
        sort="step",
        number=number,
        id=step.id,
        day=day,
        start=moments.time(step.start),
        end=moments.day_and_time(step.end) if later else moments.time(step.end),
        length=moments.length(step.span.minutes),
        minutes=step.span.minutes,
        place=describing.place(step, stand),
        targets=targets(naming, step.assets),
        kind=describing.kind(step.kind),
        action=describing.action(step, stand),
        expected=describing.expected(step),
        who=people(edition, step.people),
        witness=naming.person(step.witness),
        critical=False,
        provisional=step.provisional,
        no_return=False,
    )


def people(edition: Edition, ids: Sequence[str]) -> tuple[str, ...]:
    """Who does a step: one entry per team, or that nobody does."""
    return edition.naming.people(ids) or (str(edition.words["general"]["nobody"]),)


def targets(naming: Naming, ids: Iterable[str]) -> tuple[Target, ...]:
    """What a step is about."""
    return tuple(Target(id, naming.subject(id)) for id in ids)
