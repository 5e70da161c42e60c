"""Large-neighbourhood search over nights: the last night is given up, and night by night CP-SAT takes in what it held.

A neighbourhood is one night with all that waits for a place: the model keeps as much work there as can be, so that what
is left waiting becomes less, until nothing is. Meant for some dozens of items.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zlib import crc32

from ortools.sat.python import cp_model

from planner.scheduling.generation.assign import Assigned, price_of
from planner.scheduling.generation.night_problem import NightProblem
from planner.scheduling.solver import solver_with
from planner.scheduling.turn_model import UnknownStatus

EACH = 0.3
"""Deterministic units of the solver for one neighbourhood."""

SWAY = 30
"""Work is weighed with so many hundredths more or less, by lot, so that it is not always the same that is left."""


@dataclass(slots=True)
class OneNight:
    """Which of some items lie in a night, and when, so that their weight is greatest."""

    problem: NightProblem
    night: int
    items: Sequence[int]
    weights: Mapping[int, int]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    there: dict[int, cp_model.IntVar] = field(default_factory=dict)
    starts: dict[int, cp_model.IntVar] = field(default_factory=dict)

    def build(self, known: Mapping[int, int]) -> None:
        """Add every family of variables and constraints; ``known`` are starts of the tasks that lie there already."""
        self._variables(known)
        self._waits()
        self._limits()
        self._resources()
        self.model.maximize(sum(self.weights[item] * there for item, there in self.there.items()))

    def _variables(self, known: Mapping[int, int]) -> None:
        """``0 <= start <= horizon - slots``."""
        project = self.problem.project
        chosen = set(self.items)
        self.there = {item: self.model.new_bool_var(f"i{item}") for item in self.items}
        for task, item in enumerate(self.problem.item_of):
            if item in chosen:
                self.starts[task] = self.model.new_int_var(0, project.horizon - project.durations[task], f"s{task}")
                if task in known:
                    self.model.add_hint(self.starts[task], known[task])
        for item, there in self.there.items():
            self.model.add_hint(there, any(self.problem.item_of[task] == item for task in known))

    def _waits(self) -> None:
        """``start(after) >= end(before) + pause`` in one item, and of two items where both lie in the night."""
        project, item_of = self.problem.project, self.problem.item_of
        for wait in project.waits:
            if wait.before not in self.starts or wait.after not in self.starts:
                continue
            later = self.starts[wait.after] >= self.starts[wait.before] + project.durations[wait.before] + wait.pause
            one, other = self.there[item_of[wait.before]], self.there[item_of[wait.after]]
            self.model.add(later).only_enforce_if(one, other)

    def _limits(self) -> None:
        """``end(last) - start(first) <= slots``."""
        for limit in self.problem.project.limits:
            if limit.first in self.starts:
                end = self.starts[limit.last] + self.problem.project.durations[limit.last]
                there = self.there[self.problem.item_of[limit.first]]
                self.model.add(end - self.starts[limit.first] <= limit.slots).only_enforce_if(there)

    def _resources(self) -> None:
        """In each slot the items that are there take no more than is given."""
        project = self.problem.project
        for number, given in enumerate(self.problem.nights[self.night]):
            users = [task for task in self.starts if project.demands[task][number] and project.durations[task]]
            intervals = [self._interval(task) for task in users]
            demands = [project.demands[task][number] for task in users]
            for slot, units in enumerate(given):
                if units < max(given):
                    intervals.append(self.model.new_fixed_size_interval_var(slot, 1, ""))
                    demands.append(max(given) - units)
            self.model.add_cumulative(intervals, demands, max(given))

    def _interval(self, task: int) -> cp_model.IntervalVar:
        there = self.there[self.problem.item_of[task]]
        return self.model.new_optional_fixed_size_interval_var(
            self.starts[task], self.problem.project.durations[task], there, ""
        )


@dataclass(slots=True)
class NightSearch:
    """``night_of`` is None for an item that waits; ``spent`` are neighbourhoods."""

    problem: NightProblem
    nights: int
    night_of: list[int | None]
    starts: list[int]
    seed: int
    spent: int = 0
    weights: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.weights = _weights(self.problem, self.nights)

    @property
    def waiting(self) -> list[int]:
        return [item for item, night in enumerate(self.night_of) if night is None]

    def run(self, most: int) -> bool:
        """Whether nothing waits any more after at most so many neighbourhoods; each night has its turn."""
        while self.waiting and self.spent < most:
            self._take_in(self.spent % self.nights)
            self.spent += 1
        return not self.waiting

    def _take_in(self, night: int) -> None:
        here = [item for item, other in enumerate(self.night_of) if other == night]
        swayed = {item: self._swayed(item) for item in (*here, *self.waiting)}
        model = OneNight(self.problem, night, sorted(swayed), swayed)
        model.build({task: self.starts[task] for item in here for task in self._tasks(item)})
        solver = solver_with(EACH, self.seed + self.spent)
        status = solver.solve(model.model)
        if status == cp_model.UNKNOWN:
            return
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            raise UnknownStatus(f"CP-SAT answered {solver.status_name(status)}: {model.model.validate()}")
        for item, there in model.there.items():
            self.night_of[item] = night if solver.value(there) else None
        for task, start in model.starts.items():
            self.starts[task] = solver.value(start)

    def _swayed(self, item: int) -> int:
        """The weight of an item; all by their work alone in the first round."""
        lot = crc32(f"{self.seed}/{self.spent}/{item}".encode()) % (2 * SWAY + 1) if self.spent >= self.nights else SWAY
        return self.weights[item] * (100 - SWAY + lot)

    def _tasks(self, item: int) -> Iterator[int]:
        return (task for task, other in enumerate(self.problem.item_of) if other == item)


def _weights(problem: NightProblem, nights: int) -> list[int]:
    """By item its work, that of scarce people more: by the fourth power of how much of them is taken."""
    project = problem.project
    given = [sum(sum(night[number]) for night in problem.nights[:nights]) for number in range(len(project.capacities))]
    found = [1] * problem.items
    work = [[0] * len(given) for _ in found]
    for task, row in enumerate(project.demands):
        for number, units in enumerate(row):
            work[problem.item_of[task]][number] += units * project.durations[task]
    taken = [1000 * sum(row[n] for row in work) // max(1, most) for n, most in enumerate(given)]
    for item, rows in enumerate(work):
        for number, units in enumerate(rows):
            share = 100 * taken[number] // max(1, *taken)
            found[item] += 1000 * units * share**4 // (100**4 * max(1, given[number] // max(1, nights)))
    return found


def closer(problem: NightProblem, found: Assigned, effort: float, seed: int = 1) -> Assigned:
    """Return an answer in fewer nights if so many deterministic units are enough to find one, else what it was.

    Raises
    ------
    UnknownStatus
        If the solver answers with anything it does not document.
    """
    most = int(effort / EACH)
    while found.used > found.bound and (last := max(found.nights)) > 0:
        kept: list[int | None] = [night if night < last else None for night in found.nights]
        search = NightSearch(problem, last, kept, list(found.starts), seed)
        done = search.run(most)
        most -= search.spent
        if not done:
            break
        nights = tuple(night for night in search.night_of if night is not None)
        found = replace(found, nights=nights, starts=tuple(search.starts), price=price_of(problem, nights))
    return found
