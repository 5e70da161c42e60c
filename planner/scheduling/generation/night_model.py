"""A night problem as one CP-SAT model: which night, and when in it."""

from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from planner.scheduling.generation.assign import Assigned, price_of
from planner.scheduling.generation.night_problem import NightProblem
from planner.scheduling.solver import solver_with
from planner.scheduling.turn_model import UnknownStatus


@dataclass(slots=True)
class NightModel:
    """All nights behind one another, ``horizon`` slots each; ``nights`` of them may be used."""

    problem: NightProblem
    nights: int
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    night: list[cp_model.IntVar] = field(default_factory=list)
    starts: list[cp_model.IntVar] = field(default_factory=list)

    def build(self) -> None:
        """Add every family of variables and constraints; any answer will do."""
        self._starts()
        self._waits()
        self._limits()
        self._resources()

    def minimise(self) -> None:
        """Make the last night that is used as early as can be."""
        last = self.model.new_int_var(0, self.nights - 1, "last")
        for night in self.night:
            self.model.add(last >= night)
        self.model.minimize(last)

    @property
    def _horizon(self) -> int:
        return self.problem.project.horizon

    def _starts(self) -> None:
        """``horizon * night(item) <= start(task)`` and ``end(task) <= horizon * (night(item) + 1)``."""
        horizon = self._horizon
        self.night = [self.model.new_int_var(0, self.nights - 1, f"n{item}") for item in range(self.problem.items)]
        for task, slots in enumerate(self.problem.project.durations):
            spans = [[k * horizon, (k + 1) * horizon - slots] for k in range(self.nights)]
            start = self.model.new_int_var_from_domain(cp_model.Domain.from_intervals(spans), f"s{task}")
            night = self.night[self.problem.item_of[task]]
            self.model.add(start >= horizon * night)
            self.model.add(start + slots <= horizon * night + horizon)
            self.starts.append(start)

    def _waits(self) -> None:
        """``start(after) >= end(before) + pause`` in one item, and of two items where they lie in one night."""
        project, item_of = self.problem.project, self.problem.item_of
        for wait in project.waits:
            later = self.starts[wait.after] >= self.starts[wait.before] + project.durations[wait.before] + wait.pause
            one, other = self.night[item_of[wait.before]], self.night[item_of[wait.after]]
            if item_of[wait.before] == item_of[wait.after]:
                self.model.add(later)
                continue
            before, after = self.model.new_bool_var(""), self.model.new_bool_var("")
            self.model.add(one + 1 <= other).only_enforce_if(before)
            self.model.add(other + 1 <= one).only_enforce_if(after)
            self.model.add(later).only_enforce_if(~before, ~after)

    def _limits(self) -> None:
        """``end(last) - start(first) <= slots``."""
        for limit in self.problem.project.limits:
            end = self.starts[limit.last] + self.problem.project.durations[limit.last]
            self.model.add(end - self.starts[limit.first] <= limit.slots)

    def _resources(self) -> None:
        """In each slot of each night tasks take no more than is there; what is missing is taken by fixed intervals."""
        project = self.problem.project
        for number in range(len(project.capacities)):
            users = [task for task, demand in enumerate(project.demands) if demand[number] and project.durations[task]]
            intervals = [
                self.model.new_fixed_size_interval_var(self.starts[t], project.durations[t], "") for t in users
            ]
            demands = [project.demands[task][number] for task in users]
            most = max(max(night[number]) for night in self.problem.nights[: self.nights])
            for slot in range(self.nights * self._horizon):
                there = self.problem.nights[slot // self._horizon][number][slot % self._horizon]
                if there < most:
                    intervals.append(self.model.new_fixed_size_interval_var(slot, 1, ""))
                    demands.append(most - there)
            self.model.add_cumulative(intervals, demands, most)


def prove(problem: NightProblem, found: Assigned, effort: float, seed: int = 1) -> Assigned:
    """Return an answer in fewer nights, or with the proof that so few cannot be enough where nights are alike.

    Where ``effort`` deterministic units give neither, the answer is what it was. Meant for some dozens of items.

    Raises
    ------
    UnknownStatus
        If the solver answers with anything it does not document.
    """
    while (last := max(found.nights, default=0)) >= found.bound:
        model = NightModel(problem, last)
        model.build()
        solver = solver_with(effort, seed)
        status = solver.solve(model.model)
        if status == cp_model.INFEASIBLE:
            alike = len(set(problem.nights)) == 1 and found.used == last + 1
            return replace(found, bound=found.used) if alike else found
        if status == cp_model.UNKNOWN:
            return found
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            raise UnknownStatus(f"CP-SAT answered {solver.status_name(status)}: {model.model.validate()}")
        found = _read(problem, model, solver, found)
    return found


def _read(problem: NightProblem, model: NightModel, solver: cp_model.CpSolver, found: Assigned) -> Assigned:
    nights = tuple(solver.value(night) for night in model.night)
    horizon = problem.project.horizon
    first = [night * horizon for night in nights]
    starts = tuple(solver.value(start) - first[problem.item_of[task]] for task, start in enumerate(model.starts))
    return replace(found, nights=nights, starts=starts, price=price_of(problem, nights))
