"""What else an office could use: one CP-SAT model of everything, and a greedy that takes things as they come.

Both get an easier problem than the planner: how long each piece takes, with turning back, how many crews it holds, and
what has to be moved at once. Nothing of networks, budgets or people's names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from tests.benchmarks.planting import LENGTH, Planting

MARGIN = 30


@dataclass(frozen=True, slots=True)
class Item:
    """A piece: ``minutes`` with ``crews``; it begins so early that ``needed`` minutes are left of the window."""

    minutes: int
    needed: int
    crews: int


def items(planting: Planting) -> list[Item]:
    """The pieces that crews carry, department by department, halves and services first where they are planted first."""
    found = []
    for department in planting.departments:
        for piece in (piece for piece in department.pieces if piece.boxes):
            awake = 20 if piece.storage else 10 if piece.systems else 0
            found.append(Item(piece.minutes, 2 * piece.minutes - awake + MARGIN, len(piece.boxes)))
    return found


def greedy_waves(rows: Sequence[Item], crews: int) -> int:
    """Windows that one takes who moves the pieces in the order of the file, each as early as crews are free."""
    waves, free = 1, [0] * crews
    for row in rows:
        start = sorted(free)[row.crews - 1]
        if start + row.needed > LENGTH:
            waves, free, start = waves + 1, [0] * crews, 0
        for crew in sorted(range(crews), key=free.__getitem__)[: row.crews]:
            free[crew] = start + row.minutes
    return waves


def model_waves(rows: Sequence[Item], crews: int, windows: int, seconds: float) -> int | None:
    """Windows of the best plan that one CP-SAT model finds in so many seconds on one core; None: it finds no plan."""
    model = cp_model.CpModel()
    intervals, last = [], model.new_int_var(1, windows, "waves")
    for number, row in enumerate(rows):
        wave = model.new_int_var(0, windows - 1, f"wave {number}")
        within = model.new_int_var(0, LENGTH - row.needed, f"start {number}")
        start = model.new_int_var(0, windows * LENGTH, f"at {number}")
        model.add(start == LENGTH * wave + within)
        model.add(last >= wave + 1)
        intervals.append(model.new_fixed_size_interval_var(start, row.minutes, f"piece {number}"))
    model.add_cumulative(intervals, [row.crews for row in rows], crews)
    model.minimize(last)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    found = solver.solve(model)
    return round(solver.objective_value) if found in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def least_waves(rows: Sequence[Item], crews: int) -> int:
    """A bound: crews work at the most until the last moment at which the quickest piece could still turn back.

    sum of minutes x crews <= waves x crews x (window - least of what is needed after the work).
    """
    spare = min(row.needed - row.minutes for row in rows)
    return -(-sum(row.minutes * row.crews for row in rows) // (crews * (LENGTH - spare)))
