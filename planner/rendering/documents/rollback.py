"""How a wave is turned back, as a paper of its own: who decides until when, and a sheet for every way back."""

from __future__ import annotations

from collections.abc import Iterable

from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.rendering.documents.book import Book
from planner.rendering.documents.deciding import turning_row
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.outages import outage_row
from planner.rendering.documents.people import callers, contacts
from planner.rendering.documents.rollback_view import Rollback, TurningRow
from planner.rendering.documents.runbook import window
from planner.rendering.documents.sharing import has_way_back
from planner.rendering.documents.sheets import sheets
from planner.rendering.documents.view import OutageRow


def can_turn_back(wave: Wave) -> bool:
    """Whether there is a check point at which something is undone."""
    return any(map(has_way_back, wave.check_points))


def wave_rollback(edition: Edition, number: int, runbook: str = "") -> Rollback:
    """The rollback paper of the wave with this number, from 1; ``runbook`` is the file of its runbook, if there is one.

    The edition holds what the verifier says about turning back.
    """
    wave = edition.plan.waves[number - 1]
    book, moments = Book(edition, wave), edition.moments
    limit = book.no_return_step()
    points = tuple(_points(book, limit))
    decider, deputy = _deciders(edition, wave)
    return Rollback(
        number=number,
        title=edition.wave_name(number),
        window=window(moments, wave.window.start, wave.window.end),
        decider=edition.naming.person(decider),
        deputy=edition.naming.person(deputy),
        margin=moments.length(edition.plan.inventory.policy.margin),
        points=points,
        sheets=sheets(edition, wave, points),
        point_of_no_return=book.no_return(),
        fallback=edition.words.meanwhile(wave.fallback),
        fallback_minutes="" if wave.fallback_minutes is None else moments.length(wave.fallback_minutes),
        outages=tuple(_out_after(edition, wave, limit)) if limit else (),
        contacts=contacts(edition.naming),
        callers=callers(edition.naming),
        runbook=runbook,
    )


def _points(book: Book, limit: Step | None) -> Iterable[TurningRow]:
    for row, point in zip(book.check_points(), book.wave.check_points, strict=True):
        beyond = limit is not None and point.planned > limit.start
        yield turning_row(book.edition, point, row, beyond=beyond)


def _deciders(edition: Edition, wave: Wave) -> tuple[str | None, str | None]:
    """Who decides at the gates of the wave, else whom the policy names."""
    policy = edition.plan.inventory.policy
    return (wave.gates[0].decider, wave.gates[0].deputy) if wave.gates else (policy.decider, policy.deputy)


def _out_after(edition: Edition, wave: Wave, limit: Step) -> Iterable[OutageRow]:
    """The outages that people are told of and that are not over when the point of no return has come."""
    for outage in edition.plan.outages:
        if outage.span.end > limit.start and outage.span.start < wave.window.end:
            yield outage_row(edition, outage)
