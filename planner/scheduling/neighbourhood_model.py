"""Which jobs go in which night, as one small CP-SAT model: kinds of jobs, counted, in turns one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from planner.scheduling.solver import solver_with
from planner.scheduling.turn_model import UnknownStatus

Pool = tuple[str, str | None]
Slot = tuple[int, ...]
"""How many of each kind go in one turn."""

GOOD_ENOUGH = 0.02
"""The solver stops this near to its bound: what it proposes is tried out anyway."""

FOUND = {cp_model.OPTIMAL, cp_model.FEASIBLE}
NONE = {cp_model.INFEASIBLE, cp_model.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Kind:
    """So many jobs that take the same: minutes, ``extra`` for turning back, people of each pool at a time.

    ``nights`` are the numbers of those in which they may lie.
    """

    count: int
    minutes: int
    extra: int
    rates: Mapping[Pool, int]
    nights: frozenset[int]


@dataclass(frozen=True, slots=True)
class Night:
    """What a night gives, and how many turns it may have; what lies in one to ``empty`` has a price."""

    minutes: int
    capacity: Mapping[Pool, int]
    turns: int
    empty: bool


@dataclass(slots=True)
class NeighbourhoodModel:
    """All of some nights at once. The constraint families are the methods called by `build`."""

    kinds: Sequence[Kind]
    nights: Sequence[Night]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    number: dict[tuple[int, int, int], cp_model.IntVar] = field(default_factory=dict)
    length: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)

    def build(self) -> None:
        """Add every family of variables and constraints."""
        self._everything_goes()
        for n, night in enumerate(self.nights):
            for turn in range(night.turns):
                self._people(n, turn)
            self._one_after_the_other(n)
        self._price()

    def _everything_goes(self) -> None:
        """``sum over nights and turns of number(kind) = count(kind)``."""
        for k, kind in enumerate(self.kinds):
            mine = [(n, turn) for n in sorted(kind.nights) for turn in range(self.nights[n].turns)]
            for n, turn in mine:
                self.number[k, n, turn] = self.model.new_int_var(0, kind.count, "")
            self.model.add(sum(self.number[k, n, turn] for n, turn in mine) == kind.count)

    def _people(self, n: int, turn: int) -> None:
        """``sum of number(kind) * people(kind) <= people on duty``: who goes along begins together."""
        for pool, most in self.nights[n].capacity.items():
            terms = [
                self.number[k, n, turn] * kind.rates[pool]
                for k, kind in enumerate(self.kinds)
                if kind.rates.get(pool) and n in kind.nights
            ]
            if terms:
                self.model.add(sum(terms) <= most)

    def _one_after_the_other(self, n: int) -> None:
        """A turn is as long as its longest job, the longest come first, and each leaves time to turn back.

        ``sum of the lengths up to a turn + its length + extra(kind) <= minutes`` for each kind in it.
        """
        night = self.nights[n]
        so_far: list[cp_model.IntVar] = []
        for turn in range(night.turns):
            length = self.length[n, turn] = self.model.new_int_var(0, night.minutes, "")
            if so_far:
                self.model.add(length <= so_far[-1])
            so_far.append(length)
            for k, kind in enumerate(self.kinds):
                if n not in kind.nights:
                    continue
                there = self.model.new_bool_var("")
                self.model.add(self.number[k, n, turn] <= kind.count * there)
                self.model.add(length >= kind.minutes * there)
                self.model.add(sum(so_far) + kind.extra <= night.minutes).only_enforce_if(there)

    def _price(self) -> None:
        """First the work in nights that are to be empty, then the minutes that all turns take."""
        most = sum(night.minutes for night in self.nights) + 1
        left = [
            self.number[k, n, turn] * kind.minutes * max(1, sum(kind.rates.values()))
            for k, kind in enumerate(self.kinds)
            for n in sorted(kind.nights)
            for turn in range(self.nights[n].turns)
            if self.nights[n].empty
        ]
        self.model.minimize(most * sum(left) + sum(self.length.values()))


def propose(kinds: Sequence[Kind], nights: Sequence[Night], effort: float, seed: int) -> list[list[Slot]] | None:
    """Return by night the turns that are used, None if the effort found no answer.

    Raises
    ------
    UnknownStatus
        If the solver answers with anything it does not document.
    """
    made = NeighbourhoodModel(kinds, nights)
    made.build()
    solver = solver_with(effort, seed)
    solver.parameters.relative_gap_limit = GOOD_ENOUGH
    status = solver.solve(made.model)
    if status in NONE:
        return None
    if status not in FOUND:
        raise UnknownStatus(f"CP-SAT answered {solver.status_name(status)}: {made.model.validate()}")
    found = [
        [
            tuple(
                solver.value(made.number[k, n, turn]) if (k, n, turn) in made.number else 0 for k in range(len(kinds))
            )
            for turn in range(night.turns)
        ]
        for n, night in enumerate(nights)
    ]
    return [[slot for slot in slots if any(slot)] for slots in found]
