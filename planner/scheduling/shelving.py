"""Units inside one rack: contiguous, the heavy low."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planner.model.asset import Asset
from planner.scheduling.bay import Bay
from planner.scheduling.solver import solver_with

EFFORT = 1.0
"""Deterministic units of the solver for one rack."""


def shelve(bay: Bay, boxes: Sequence[Asset]) -> dict[str, int] | None:
    """The lowest unit of each box, heavy ones low; None if they do not fit into the gaps together."""
    quick = shelve_quickly(bay, boxes)
    return _packed(bay, boxes) if quick is None else quick


def shelve_quickly(bay: Bay, boxes: Sequence[Asset]) -> dict[str, int] | None:
    """The same by first fit alone, heavy boxes first and if that fails high ones; None is no proof."""
    by_weight = _first_fit(bay, sorted(boxes, key=lambda box: (-(box.kg or 0), box.id)))
    if by_weight is not None:
        return by_weight
    return _first_fit(bay, sorted(boxes, key=lambda box: (-(box.height or 1), -(box.kg or 0), box.id)))


def _first_fit(bay: Bay, boxes: Sequence[Asset]) -> dict[str, int] | None:
    gaps = list(bay.gaps)
    units: dict[str, int] = {}
    for box in boxes:
        height = box.height or 1
        index = next((i for i, (_, length) in enumerate(gaps) if length >= height), None)
        if index is None:
            return None
        start, length = gaps[index]
        units[box.id] = start
        gaps[index] = (start + height, length - height)
    return units


def _packed(bay: Bay, boxes: Sequence[Asset]) -> dict[str, int] | None:
    """By the solver: no two boxes overlap, none leaves its gap; an answer is taken even if it is not the best."""
    model = cp_model.CpModel()
    starts: dict[str, cp_model.IntVar] = {}
    intervals: list[cp_model.IntervalVar] = []
    for box in boxes:
        height = box.height or 1
        domain = cp_model.Domain.from_intervals(
            [[start, start + length - height] for start, length in bay.gaps if length >= height]
        )
        starts[box.id] = model.new_int_var_from_domain(domain, box.id)
        intervals.append(model.new_fixed_size_interval_var(starts[box.id], height, box.id))
    model.add_no_overlap(intervals)
    model.minimize(cp_model.LinearExpr.weighted_sum(list(starts.values()), [int(10 * (box.kg or 0)) for box in boxes]))
    solver = solver_with(EFFORT)
    if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {id: solver.value(start) for id, start in starts.items()}
    return None
