"""What a job takes by itself, with all that goes only together with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What jobs take alone: ``minutes``, and ``needed`` with turning back.

    ``kind`` is equal for those that take the same people and time, ``affected`` are out, ``load`` are the minutes of
    people by pool.
    """

    minutes: int
    needed: int
    kind: tuple[object, ...]
    affected: frozenset[str]
    load: Mapping[tuple[str, str | None], int]


def one_after_the_other(rows: Sequence[Profile]) -> int:
    """The outages of each, with turning back from the one that takes least for it."""
    return sum(row.minutes for row in rows) + min(row.needed - row.minutes for row in rows)
