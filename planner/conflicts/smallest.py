"""The smallest set of facts that is refused by itself (a smallest unsatisfiable subset, by hitting sets).

Whatever is refused has a fact in common with every correction: a set of facts without which nothing is refused. So the
smallest set that meets all corrections found is the answer as soon as it is refused itself; else what may be
kept beside it leads to another correction. Ignatiev et al., Smallest MUS extraction with minimal hitting set
dualization, CP 2015.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

Refused = Callable[[frozenset[int]], bool]
"""Whether there is no plan for certain if these facts hold and the others are lifted."""

MOST = 5
"""Facts of a set that is called the smallest; larger ones are only minimal."""
ROUNDS = 60
"""Corrections that are gathered before only a minimal set is looked for."""


def smallest_refused(every: frozenset[int], refused: Refused) -> tuple[tuple[int, ...], bool] | None:
    """The numbers of the facts among these, and whether no smaller set is refused; None if not even all are refused.

    The answer is refused, and without any one of its facts it is not.
    """
    if not refused(every):
        return None
    corrections: list[frozenset[int]] = []
    while len(corrections) < ROUNDS and (kept := _hitting(corrections)) is not None:
        if refused(kept):
            return tuple(sorted(kept)), True
        corrections.append(every - _grown(kept, every, refused))
    return _minimal(every, refused), False


def _grown(kept: frozenset[int], every: frozenset[int], refused: Refused) -> frozenset[int]:
    """As many facts as can be added one after the other without being refused."""
    for fact in sorted(every - kept):
        if not refused(kept | {fact}):
            kept |= {fact}
    return kept


def _hitting(corrections: Sequence[frozenset[int]]) -> frozenset[int] | None:
    """The smallest set, first in order, that meets every correction; None if it would be larger than `MOST`."""
    concerned = sorted(frozenset().union(*corrections))
    for size in range(min(len(concerned), MOST) + 1):
        for chosen in combinations(concerned, size):
            if all(not correction.isdisjoint(chosen) for correction in corrections):
                return frozenset(chosen)
    return None


def _minimal(kept: frozenset[int], refused: Refused) -> tuple[int, ...]:
    """A set from which nothing can be left out, by leaving out one fact after the other."""
    for fact in sorted(kept, reverse=True):
        if refused(kept - {fact}):
            kept -= {fact}
    return tuple(sorted(kept))
