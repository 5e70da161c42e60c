"""Which check points of a wave have one rollback sheet in common, and what that sheet is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.plan.step import RollbackStep
from planner.plan.wave import CheckPoint, Wave
from planner.rendering.documents.words import Words

MOST: Final = 3
"""Check points on one sheet: each has a column for its times."""


def has_way_back(point: CheckPoint) -> bool:
    """Whether something is undone if people turn back there."""
    return bool(point.rollback) and not point.final


def shared(wave: Wave) -> tuple[tuple[int, ...], ...]:
    """The numbers (from 1) of the check points that have something to undo, sheet by sheet.

    On one sheet are check points at which the same people do the same steps in the same order; only when may differ.
    """
    groups: list[tuple[object, list[int]]] = []
    for number, point in enumerate(wave.check_points, 1):
        if has_way_back(point):
            done = work(point)
            found = next((numbers for known, numbers in groups if known == done and len(numbers) < MOST), None)
            if found is None:
                groups.append((done, [number]))
            else:
                found.append(number)
    return tuple(tuple(numbers) for _, numbers in groups)


def labels(wave: Wave, words: Words) -> Mapping[int, str]:
    """What the sheet of each check point is called; nothing for those without one."""
    return {number: words.joined(map(str, numbers)) for numbers in shared(wave) for number in numbers}


def work(point: CheckPoint) -> tuple[object, ...]:
    """What is done and by whom, in order: all of a rollback but its offsets."""
    return tuple(_work(step) for step in point.rollback)


def _work(step: RollbackStep) -> tuple[object, ...]:
    to, hosts = tuple(step.to.items()), tuple(step.hosts.items())
    return (step.kind, step.assets, step.minutes, step.people, step.witness, to, hosts, step.holder)
