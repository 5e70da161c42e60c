"""Which box goes into which rack of one room, by OR-Tools CP-SAT.

x[a, r] = 1 says that box a stands in rack r. The constraint families are the methods listed in `RackModel.build`; that
list is the formulation. Weights are rounded up to hundredths of a kilogram, loads to tenths of a volt-ampere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from ortools.sat.python import cp_model

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.scheduling.bay import Bay, Current, is_dual, permitted_va, sole_supplies
from planner.scheduling.partners import Group
from planner.scheduling.solver import solver_with

EFFORT = 4.0
"""Deterministic units of the solver for one room."""

SAME_RACK, SAME_SUPPLY, UNEVEN = 10_000, 1_000, 1


Load = list[tuple[cp_model.IntVar, int]]
"""Variables with their weights."""


class UnknownStatus(RuntimeError):
    """The solver answered with a status that it should not have for this model."""


@dataclass(slots=True)
class RackModel:
    """``boxes`` with the racks that each may go into; ``cuts`` are (rack, boxes) that did not fit together in units."""

    inventory: Inventory
    boxes: Sequence[Asset]
    bays: Mapping[str, Bay]
    candidates: Mapping[str, Sequence[str]]
    groups: Sequence[Group]
    standing: Mapping[str, str]
    cuts: Sequence[tuple[str, frozenset[str]]] = ()
    model: cp_model.CpModel = field(init=False, default_factory=cp_model.CpModel)
    x: dict[tuple[str, str], cp_model.IntVar] = field(init=False, default_factory=dict)
    costs: Load = field(init=False, default_factory=list)

    def solve(self, hint: Mapping[str, str]) -> dict[str, str] | None:
        """The rack of each box; None if no way exists.

        Raises
        ------
        TimeoutError
            If the effort ended before an answer.
        UnknownStatus
            If the model is not understood by the solver.
        """
        self.build()
        for (box, rack), chosen in self.x.items():
            if box in hint:
                self.model.add_hint(chosen, hint[box] == rack)
        solver = solver_with(EFFORT)
        return self._read(solver, solver.solve(self.model))

    def _read(self, solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> dict[str, str] | None:
        match status:
            case cp_model.OPTIMAL | cp_model.FEASIBLE:
                return {box: rack for (box, rack), chosen in self.x.items() if solver.boolean_value(chosen)}
            case cp_model.INFEASIBLE:
                return None
            case cp_model.UNKNOWN:
                raise TimeoutError
        raise UnknownStatus(solver.status_name(status))

    def build(self) -> None:
        """Post every constraint family, then the costs."""
        self._one_rack_each()
        self._units()
        self._weight()
        self._current()
        self._cuts()
        self._partners_apart()
        self._even_filling()
        self.model.minimize(_sum(self.costs))

    def _one_rack_each(self) -> None:
        """Sum over r of x[a, r] = 1, over the racks with a gap that is high enough."""
        for box in self.boxes:
            for rack in self.candidates[box.id]:
                self.x[box.id, rack] = self.model.new_bool_var(f"{box.id}@{rack}")
            self.model.add_exactly_one(self.x[box.id, rack] for rack in self.candidates[box.id])

    def _in(self, rack: str) -> list[tuple[Asset, cp_model.IntVar]]:
        return [(box, self.x[box.id, rack]) for box in self.boxes if (box.id, rack) in self.x]

    def _units(self) -> None:
        """Sum over a of height[a] x[a, r] <= free units of r."""
        for rack, bay in self.bays.items():
            self.model.add(self._height(rack) <= bay.units)

    def _height(self, rack: str) -> cp_model.LinearExpr:
        return _sum([(x, box.height or 1) for box, x in self._in(rack)])

    def _weight(self) -> None:
        """Sum over a of kg[a] x[a, r] <= what rack and floor still bear."""
        for rack, bay in self.bays.items():
            if bay.kg is not None:
                total = _sum([(x, ceil(100 * (box.kg or 0))) for box, x in self._in(rack)])
                self.model.add(total <= floor(100 * bay.kg))

    def _current(self) -> None:
        """Per circuit c and lost circuit f: 2 single(c) + dual(c) + dual(c, f) <= 2 permitted(c)."""
        for circuit in dict.fromkeys(c for bay in self.bays.values() for c in bay.feeds):
            drawn = self._drawn(circuit)
            every = [(x, va * (1 if other else 2)) for other, part in drawn.items() for x, va in part]
            standing, limit = self._standing(circuit), floor(20 * permitted_va(self.inventory, circuit))
            fixed = 2 * standing.pop(None, 0) + sum(standing.values())
            others: list[str | None] = [other for other in {**drawn, **standing} if other]
            for other in others or [None]:
                shared = drawn.get(other, []) if other else []
                self.model.add(_sum(every + shared) <= limit - fixed - standing.get(other, 0))

    def _drawn(self, circuit: str) -> dict[str | None, Load]:
        """Tenths of VA that boxes would draw from a circuit, by their other circuit; None: they have no other."""
        drawn: dict[str | None, Load] = {}
        for rack, bay in self.bays.items():
            for box, x in self._in(rack) if circuit in bay.feeds else ():
                if is_dual(box, bay.feeds):
                    drawn.setdefault(bay.feeds[bay.feeds[0] == circuit], []).append((x, 10 * (box.va or 0)))
                elif bay.feeds[0] == circuit:
                    drawn.setdefault(None, []).append((x, 10 * (box.va or 0)))
        return drawn

    def _standing(self, circuit: str) -> dict[str | None, int]:
        """The same of what stands in the racks anyway."""
        current = Current(self.inventory)
        for bay in self.bays.values():
            for asset in bay.standing:
                current.add(asset, bay.feeds)
        found: dict[str | None, int] = {
            other: ceil(10 * va) for (own, other), va in current.dual.items() if own == circuit
        }
        return {**found, None: ceil(10 * current.single.get(circuit, 0))}

    def _cuts(self) -> None:
        """Sets of boxes that are known not to fit into the gaps of a rack together: not all of them."""
        for rack, boxes in self.cuts:
            inside = [(self.x[box, rack], 1) for box in sorted(boxes) if (box, rack) in self.x]
            self.model.add(_sum(inside) <= len(boxes) - 1)

    def _partners_apart(self) -> None:
        """Each partner beyond the first in one rack, and behind the only circuit or UPS of both, costs."""
        for group in self.groups:
            self._spread(group, {rack: dict.fromkeys(group, (rack,)) for rack in self.bays}, SAME_RACK)
            self._spread(group, self._behind(group), SAME_SUPPLY)

    def _behind(self, group: Group) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """By circuit and UPS, the racks in which each partner has no other."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for box in group:
            for rack, bay in self.bays.items():
                for supply in sole_supplies(self.inventory, self.inventory.assets[box], bay.feeds):
                    racks = found.setdefault(supply, {})
                    racks[box] = (*racks.get(box, ()), rack)
        return found

    def _spread(self, group: Group, places: Mapping[str, Mapping[str, tuple[str, ...]]], cost: int) -> None:
        """``places`` gives for each element of fate the racks in which a partner hangs on it."""
        for name, racks in places.items():
            here = [(self.x[box, r], 1) for box in racks for r in racks[box] if (box, r) in self.x]
            fixed = sum(self.standing.get(box) in racks[box] for box in racks)
            if here and len(here) + fixed > 1:
                beyond = self.model.new_int_var(0, len(group), f"{cost}:{name}:{group}")
                self.model.add(beyond >= _sum(here) + fixed - 1)
                self.costs.append((beyond, cost))

    def _even_filling(self) -> None:
        """The most units that any rack gets cost a little."""
        most = self.model.new_int_var(0, max(bay.units for bay in self.bays.values()), "most")
        for rack in self.bays:
            self.model.add(most >= self._height(rack))
        self.costs.append((most, UNEVEN))


def _sum(load: Load) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum([x for x, _ in load], [weight for _, weight in load])
