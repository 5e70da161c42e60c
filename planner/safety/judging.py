"""Which moments are judged together: a replay run by run, the branches of one replay side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.safety.judged_strip import JudgedStrip
from planner.safety.moment import Moment, reached_by

if TYPE_CHECKING:
    from planner.safety.replay import Replay

LENGTH = 64
"""So many moments of one replay at most are judged together; more would be long numbers for few subjects."""


def judge_in_order(moments: Sequence[Moment]) -> None:
    """Judge all moments of a replay, in runs between which the links that may be used change."""
    run: list[Moment] = []
    for moment in moments:
        if run and (moment.moved is None or run[0].moved is None or len(run) == LENGTH):
            _judge(run, [range(len(run))], (each.moved for each in run))
            run = []
        run.append(moment)
    _judge(run, [range(len(run))], (each.moved for each in run))


def judge_together(branches: Sequence[Replay]) -> None:
    """Judge the moments of branches of one replay that share its world.

    Between them everything may differ that differs between the moments at which they branch off.
    """
    moments = [moment for branch in branches for moment in branch.moments]
    starts = [0]
    for branch in branches:
        starts.append(starts[-1] + len(branch.moments))
    parts = [range(start, end) for start, end in pairwise(starts)]
    _judge(moments, parts, (each.moved for each in (*moments, *_between(branches))))


def _between(branches: Sequence[Replay]) -> list[Moment]:
    """The moments of the stem after the first one at which a branch leaves it, up to the last one."""
    places = [-1 if branch.origin is None else branch.origin.number for branch in branches]
    stem = branches[0].stem
    return [] if stem is None else list(stem.moments[min(places) + 1 : max(places) + 1])


def _judge(moments: Sequence[Moment], parts: Iterable[range], moved: Iterable[frozenset[str] | None]) -> None:
    if not moments:
        return
    world, concerned = moments[0].world, set[str]()
    for each in moved:
        concerned |= world.subjects.keys() if each is None else each
    strip = JudgedStrip(moments, reached_by(world, concerned))
    strip.write(parts)
    for column, moment in enumerate(moments):
        moment.strip, moment.column = strip, column
