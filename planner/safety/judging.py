"""Which moments are judged together: a replay run by run, the branches of one replay side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planner.safety.judged_strip import JudgedStrip
from planner.safety.ledger import Page
from planner.safety.moment import Moment, reached_by

if TYPE_CHECKING:
    from planner.safety.replay import Replay

LENGTH = 256
"""So many moments of one replay at most are judged together; more would be long numbers for few subjects."""


def judge_in_order(moments: Sequence[Moment]) -> None:
    """Judge all moments of a replay, in runs; what holds is written on their pages."""
    run: list[Moment] = []
    for moment in moments:
        if run and (moment.moved is None or run[0].moved is None or len(run) == LENGTH):
            _judge_run(run)
            run = []
        run.append(moment)
    _judge_run(run)


def _judge_run(run: Sequence[Moment]) -> None:
    if run:
        _judged(run, (each.moved for each in run), run[0].page).write(range(len(run)))


def judge_together(branches: Sequence[Replay], home: Page) -> None:
    """Judge the moments of branches of one replay that share its world, seen from the first page of the stem.

    Between them everything may differ that differs between the moments at which they branch off. What holds is
    written on the pages of a branch when somebody looks at it.
    """
    moments = [moment for branch in branches for moment in branch.moments]
    if moments:
        _judged(moments, (each.moved for each in (*moments, *_between(branches))), home)
    for branch in branches:
        first = branch.moments[0].column
        for moment in branch.moments:
            moment.unwritten = range(first, first + len(branch.moments))


def _between(branches: Sequence[Replay]) -> list[Moment]:
    """The moments of the stem after the first one at which a branch leaves it, up to the last one."""
    places = [-1 if branch.origin is None else branch.origin.number for branch in branches]
    stem = branches[0].stem
    return [] if stem is None else list(stem.moments[min(places) + 1 : max(places) + 1])


def _judged(moments: Sequence[Moment], moved: Iterable[frozenset[str] | None], home: Page) -> JudgedStrip:
    world, concerned = moments[0].world, set[str]()
    for each in moved:
        concerned |= world.subjects.keys() if each is None else each
    strip = JudgedStrip(moments, home, reached_by(world, concerned))
    for column, moment in enumerate(moments):
        moment.strip, moment.column = strip, column
    return strip
