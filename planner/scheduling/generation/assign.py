"""Items to nights: filled in the order of bonds, then one night fewer at a time, then drawn together.

Anytime and repeatable: effort is counted in attempts to find an item a place, and compiled or not gives the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.scheduling.generation.compiling import compiled, compiler
from planner.scheduling.generation.fields import arrays, field_of, numbers
from planner.scheduling.generation.filling import draw_together, fill, squeeze
from planner.scheduling.generation.fitting import Field
from planner.scheduling.generation.night_problem import NightProblem, least_nights
from planner.scheduling.generation.project import View, Wait, backwards, forwards, topological

WORTH_COMPILING = 200_000
"""Attempts (about three seconds of Python) from which on the compiled kernels are waited for."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The night of each item, the start of each task in it, the price of bonds, and a bound below the nights used."""

    nights: tuple[int, ...]
    starts: tuple[int, ...]
    price: int
    bound: int
    attempts: int

    @property
    def used(self) -> int:
        return len(set(self.nights))


@dataclass(slots=True)
class Assignment:
    """The search over one problem."""

    problem: NightProblem
    effort: int
    front: View
    back: View
    field: Field
    fast: bool

    def call(self, kernel: Callable[..., int], *parts: Any) -> int:
        """Run a kernel, compiled or not."""
        return (compiled(kernel) if self.fast else kernel)(self.front, self.back, self.field, *parts)

    def run(self, bound: int) -> bool:
        """Whether every item has a night; as few nights as the effort gave."""
        nights = len(self.problem.nights)
        lost = self.call(fill, numbers(order(self.problem), fast=self.fast), numbers([0] * nights, fast=self.fast))
        if lost:
            return False
        while self.field.tally[0] < self.effort and self.used() > bound:
            if not self._one_fewer():
                break
        self.call(draw_together, self.problem.items, int(self.field.tally[0]) + self.effort // 4)
        return True

    def used(self) -> int:
        """How many nights have items."""
        return sum(1 for count in self.field.held if count)

    def _one_fewer(self) -> bool:
        kept = [_copy(part) for part in self.field]
        last = max(night for night, count in enumerate(self.field.held) if count)
        if self.call(squeeze, last, self.effort) == 0:
            return True
        tally = self.field.tally
        self.field = Field(*kept)
        self.field.tally[:] = tally
        return False


def assign(problem: NightProblem, effort: int, seed: int = 1, *, compile_it: bool | None = None) -> Assigned | None:
    """Return the nights of all items after about so many attempts to find one a place, None if some found none.

    Nights are filled from the first one on; those that are used are the first ones.
    """
    bound = least_nights(problem)
    if bound > len(problem.nights):
        return None
    fast = (effort >= WORTH_COMPILING if compile_it is None else compile_it) and compiler() is not None
    front, back, field = forwards(problem.project), backwards(problem.project), field_of(problem, seed)
    if fast:
        front, back, field = arrays(front), arrays(back), arrays(field)
    search = Assignment(problem, effort, front, back, field, fast)
    if not search.run(bound):
        return None
    field = search.field
    found = Assigned(_ints(field.night_of), _ints(field.starts), 0, bound, int(field.tally[0]))
    return replace(found, price=price_of(problem, found.nights))


def price_of(problem: NightProblem, nights: Sequence[int]) -> int:
    """Weight times nights apart, over all bonds."""
    return sum(bond.weight * abs(nights[bond.one] - nights[bond.other]) for bond in problem.bonds)


def order(problem: NightProblem) -> list[int]:
    """Items community by community, in each of them those first for which others wait."""
    waits = {(problem.item_of[w.before], problem.item_of[w.after]) for w in problem.project.waits}
    bound_to: list[list[int]] = [[] for _ in range(problem.items)]
    for bond in problem.bonds:
        bound_to[bond.one].append(bond.other)
        bound_to[bond.other].append(bond.one)
    place = _places(problem, waits)
    found: list[int] = []
    seen = [False] * problem.items
    for first in range(problem.items):
        if not seen[first]:
            found += sorted(_community(first, bound_to, seen), key=lambda item: place[item])
    return found


def _places(problem: NightProblem, waits: set[tuple[int, int]]) -> list[int]:
    between = [Wait(a, b) for a, b in sorted(waits) if a != b]
    place = [problem.items] * problem.items
    for number, item in enumerate(topological(problem.items, between)):
        place[item] = number
    return place


def _community(first: int, bound_to: Sequence[Sequence[int]], seen: list[bool]) -> list[int]:
    found = [first]
    seen[first] = True
    for item in found:
        for other in bound_to[item]:
            if not seen[other]:
                seen[other] = True
                found.append(other)
    return found


def _copy(part: Any) -> Any:
    return part if isinstance(part, int) else part[:] if isinstance(part, list) else part.copy()


def _ints(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)
