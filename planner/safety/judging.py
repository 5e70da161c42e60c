"""Which moments are judged together: a replay run by run, the branches of one replay side by side."""

from collections.abc import Iterable, Sequence

from planner.safety.judged_strip import JudgedStrip
from planner.safety.ledger import Page
from planner.safety.moment import Moment
from planner.safety.scene import reached_by

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


def judge_together(branches: Sequence[Sequence[Moment]], between: Iterable[Moment], home: Page) -> None:
    """Judge the moments of branches of one replay that share its world, seen from the first page of the stem.

    ``between`` are the moments of the stem after the first one at which a branch leaves it, up to the last one: what
    differs between them differs between the branches too. What holds is written on the pages of a branch when
    somebody looks at it.
    """
    moments = [moment for branch in branches for moment in branch]
    if moments:
        _judged(moments, (each.moved for each in (*moments, *between)), home)
    for branch in branches:
        first = branch[0].column
        for moment in branch:
            moment.unwritten = range(first, first + len(branch))


def _judged(moments: Sequence[Moment], moved: Iterable[frozenset[str] | None], home: Page) -> JudgedStrip:
    world, concerned = moments[0].world, set[str]()
    for each in moved:
        concerned |= world.subjects.keys() if each is None else each
    strip = JudgedStrip(moments, home, reached_by(world, concerned))
    for column, moment in enumerate(moments):
        moment.strip, moment.column = strip, column
    return strip
