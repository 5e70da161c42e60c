"""A project as a CP-SAT model: an exact search that starts from a schedule already found."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planner.scheduling.generation.generate import Generated
from planner.scheduling.generation.lower_bound import lower_bound
from planner.scheduling.generation.project import Project
from planner.scheduling.solver import solver_with
from planner.scheduling.turn_model import UnknownStatus


@dataclass(slots=True)
class ProjectModel:
    """The constraint model of a project that ends in ``[bound, top]``."""

    project: Project
    bound: int
    top: int

    def build(self, hint: Sequence[int]) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
        """Return the model with every family of constraints, and its start variables."""
        model = cp_model.CpModel()
        starts = [
            model.new_int_var(0, self.top - length, f"s{task}") for task, length in enumerate(self.project.durations)
        ]
        self._waits(model, starts)
        self._limits(model, starts)
        self._resources(model, starts)
        self._end(model, starts)
        for start, at in zip(starts, hint, strict=False):
            model.add_hint(start, at)
        return model, starts

    def _waits(self, model: cp_model.CpModel, starts: Sequence[cp_model.IntVar]) -> None:
        """``start(after) >= end(before) + pause``."""
        for wait in self.project.waits:
            length = self.project.durations[wait.before] + wait.pause
            model.add(starts[wait.after] >= starts[wait.before] + length)

    def _limits(self, model: cp_model.CpModel, starts: Sequence[cp_model.IntVar]) -> None:
        """``end(last) - start(first) <= slots``."""
        for limit in self.project.limits:
            model.add(starts[limit.last] + self.project.durations[limit.last] - starts[limit.first] <= limit.slots)

    def _resources(self, model: cp_model.CpModel, starts: Sequence[cp_model.IntVar]) -> None:
        """In each slot tasks take no more than is there; what is missing from the most is taken by fixed intervals."""
        for number, capacity in enumerate(self.project.capacities):
            users = [t for t, row in enumerate(self.project.demands) if row[number] and self.project.durations[t]]
            most = max(capacity, default=0)
            intervals = [
                model.new_fixed_size_interval_var(starts[t], self.project.durations[t], f"i{t}") for t in users
            ]
            demands = [self.project.demands[t][number] for t in users]
            for begin, end, missing in _missing(capacity[: self.top], most):
                intervals.append(model.new_fixed_size_interval_var(begin, end - begin, f"off{begin}"))
                demands.append(missing)
            model.add_cumulative(intervals, demands, most)

    def _end(self, model: cp_model.CpModel, starts: Sequence[cp_model.IntVar]) -> None:
        """``end >= end(task)``; minimise it."""
        end = model.new_int_var(self.bound, self.top, "end")
        for task, length in enumerate(self.project.durations):
            model.add(end >= starts[task] + length)
        model.minimize(end)


def _missing(capacity: Sequence[int], most: int) -> list[tuple[int, int, int]]:
    """Runs of slots with less than the most: begin, end, how much is missing."""
    found: list[tuple[int, int, int]] = []
    for slot, units in enumerate(capacity):
        if found and found[-1][1] == slot and found[-1][2] == most - units:
            found[-1] = (found[-1][0], slot + 1, most - units)
        elif units < most:
            found.append((slot, slot + 1, most - units))
    return found


def polish(project: Project, found: Generated | None, effort: float, seed: int = 1) -> Generated | None:
    """Return what ``effort`` deterministic units of CP-SAT make of a schedule, or find without one; None if nothing.

    Raises
    ------
    UnknownStatus
        If the solver answers with anything it does not document.
    """
    if found is not None and found.end == found.bound:
        return found
    bound = found.bound if found else lower_bound(project)
    top = found.end if found else project.horizon
    if bound > top:
        return None
    model, starts = ProjectModel(project, bound, top).build(found.starts if found else ())
    solver = solver_with(effort, seed)
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        at = tuple(solver.value(start) for start in starts)
        end = max((start + length for start, length in zip(at, project.durations, strict=True)), default=0)
        proved = max(bound, round(solver.best_objective_bound))
        return Generated(at, end, min(proved, end), found.schedules if found else 0)
    if status in (cp_model.INFEASIBLE, cp_model.UNKNOWN):
        return found
    raise UnknownStatus(f"CP-SAT answered {solver.status_name(status)}: {model.validate()}")
