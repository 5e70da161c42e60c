"""Times inside one turn, by OR-Tools CP-SAT.

Variables are the start minutes of the tasks, counted from the start of the block, with restricted domains. The
constraint families are the methods listed in `TurnModel.build`; that list is the formulation.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from ortools.sat.python import cp_model

from planner.model.asset import Crew
from planner.scheduling.solver import solver_with
from planner.scheduling.task import Task
from planner.units.span import Minute, Span, Spans

GRID = 5
"""Steps begin on multiples of this many minutes, as people read clocks."""


@dataclass(frozen=True, slots=True)
class Hull:
    """The interval in which a system is out because of this turn.

    It goes from the first start of ``begins`` to the last end of ``ends`` (task keys); each minute costs ``weight``.
    Turning back is over at most ``most`` minutes after it has begun.
    """

    system: str
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    weight: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class TurnProblem:
    """What is timed: ``tasks`` inside ``block``, outages inside ``allowed``, checks ``back`` minutes before its limits.

    ``capacity`` is the number of people on duty per (team, skill); the skill None counts everybody of the team.
    Conveyances are in it by their id, with the trips that they serve at once.
    ``back`` is margin + R of a complete rollback (S13); ``window_end`` the end of the window.
    """

    tasks: tuple[Task, ...]
    block: Span
    window_end: Minute
    capacity: Mapping[tuple[str, str | None], int]
    hulls: tuple[Hull, ...] = ()
    allowed: Spans | None = None
    back: int = 0
    checks: frozenset[str] = frozenset()
    hint: Mapping[str, Minute] = field(default_factory=dict)


class UnknownStatus(RuntimeError):
    """CP-SAT answered with a status that this code does not know."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Start minute of each task by key, and whether no better one exists for this turn."""

    starts: Mapping[str, Minute]
    optimal: bool
    effort: float


class TurnModel:
    """The constraint model of one turn."""

    def __init__(self, problem: TurnProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.length = problem.block.minutes
        self.starts: dict[str, cp_model.IntVar] = {}
        self.ends: dict[str, cp_model.LinearExpr] = {}
        self.intervals: dict[str, cp_model.IntervalVar] = {}
        self.costs: list[cp_model.LinearExpr] = []

    def build(self) -> None:
        """Add every family of variables and constraints."""
        self.add_starts()
        self.add_precedence()
        self.add_people()
        self.add_outages()
        self.add_rollback()
        self.add_makespan()
        self.add_hint()
        self.model.minimize(sum(self.costs))

    def add_starts(self) -> None:
        """``0 <= start`` and ``start + minutes <= length``, and inside the spans the task is restricted to."""
        for task in self.problem.tasks:
            self.starts[task.key] = start = self.model.new_int_var_from_domain(self._domain(task), task.key)
            self.ends[task.key] = start + task.minutes
            self.intervals[task.key] = self.model.new_fixed_size_interval_var(start, task.minutes, f"i:{task.key}")

    def add_precedence(self) -> None:
        """``end(a) <= start(b)`` for every a in ``b.after``."""
        for task in self.problem.tasks:
            for before in sorted(task.after):
                self.model.add(self.ends[before] <= self.starts[task.key])

    def add_people(self) -> None:
        """At each minute at most as many people of a team, and of a skill in it, are busy as are on duty."""
        users: dict[tuple[str, str | None], list[tuple[str, int]]] = defaultdict(list)
        for task in self.problem.tasks:
            for key, count in demand_by_pool(task).items():
                users[key].append((task.key, count))
        for key in sorted(users, key=str):
            intervals = [self.intervals[name] for name, _ in users[key]]
            self.model.add_cumulative(intervals, [count for _, count in users[key]], self.problem.capacity.get(key, 0))

    def add_outages(self) -> None:
        """Each hull lies inside one allowed span, the same for all; its length is a cost."""
        hulls = [self._hull(hull) for hull in self.problem.hulls]
        if self.problem.allowed is None or not hulls:
            return
        chosen = []
        for number, span in enumerate(self.problem.allowed):
            first, last = span.start - self.problem.block.start, span.end - self.problem.block.start
            literal = self.model.new_bool_var(f"span:{number}")
            chosen.append(literal)
            for begin, end in hulls:
                self.model.add(begin >= first).only_enforce_if(literal)
                self.model.add(end <= last).only_enforce_if(literal)
            for key in sorted(self.problem.checks):
                self.model.add(self.ends[key] + self.problem.back <= last).only_enforce_if(literal)
        self.model.add_exactly_one(chosen)

    def add_rollback(self) -> None:
        """``end(check) + back <= window end`` for every check point (S13, with a conservative R)."""
        latest = self.problem.window_end - self.problem.block.start - self.problem.back
        for key in sorted(self.problem.checks):
            self.model.add(self.ends[key] <= latest)

    def add_makespan(self) -> None:
        """The end of the turn costs a little, so that equal outages end early."""
        end = self.model.new_int_var(0, self.length, "makespan")
        for key in self.ends:
            self.model.add(end >= self.ends[key])
        self.costs.append(end * 1)

    def add_hint(self) -> None:
        for key, minute in sorted(self.problem.hint.items()):
            self.model.add_hint(self.starts[key], minute - self.problem.block.start)

    def _domain(self, task: Task) -> cp_model.Domain:
        whole = Span(self.problem.block.start, self.problem.block.end)
        spans = task.inside.within(whole) if task.inside is not None else Spans((whole,))
        offset = self.problem.block.start
        values = [
            at - offset for s in spans for at in range(-(-s.start // GRID) * GRID, s.end - task.minutes + 1, GRID)
        ]
        return cp_model.Domain.from_values(values)

    def _hull(self, hull: Hull) -> tuple[cp_model.IntVar, cp_model.IntVar]:
        begin = self.model.new_int_var(0, self.length, f"out:{hull.system}")
        end = self.model.new_int_var(0, self.length, f"back:{hull.system}")
        for key in hull.begins:
            self.model.add(begin <= self.starts[key])
        for key in hull.ends:
            self.model.add(end >= self.ends[key])
        self._bound(hull, begin)
        self.costs.append((end - begin) * hull.weight)
        return begin, end

    def _bound(self, hull: Hull, begin: cp_model.IntVar) -> None:
        """``end(check) + back <= begin + most`` for every check point, where a budget asks for it (S02, S13)."""
        if hull.most is None:
            return
        for key in sorted(self.problem.checks):
            self.model.add(self.ends[key] + self.problem.back <= begin + hull.most)


def demand_by_pool(task: Task) -> Mapping[tuple[str, str | None], int]:
    """How many people a task takes from each team, and from each skill of it; and a place on what carries it."""
    return _by_pool(task.demands, task.uses)


@lru_cache(maxsize=4096)
def _by_pool(demands: Crew, uses: tuple[str, ...]) -> Mapping[tuple[str, str | None], int]:
    pools: dict[tuple[str, str | None], int] = defaultdict(int)
    for demand in demands:
        pools[demand.team, None] += demand.count
        if demand.skill:
            pools[demand.team, demand.skill] += demand.count
    for conveyance in uses:
        pools[conveyance, None] += 1
    return MappingProxyType(pools)


def solve(problem: TurnProblem, effort: float, seed: int) -> Timing | None:
    """Return the best timing found with ``effort`` deterministic units, None if there is none.

    Raises
    ------
    UnknownStatus
        If the model is invalid or the solver answers with anything it does not document.
    """
    model = TurnModel(problem)
    model.build()
    solver = solver_with(effort, seed)
    status = solver.solve(model.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        offset = problem.block.start
        starts = {key: offset + solver.value(var) for key, var in model.starts.items()}
        return Timing(starts, status == cp_model.OPTIMAL, solver.response_proto.deterministic_time)
    if status in (cp_model.INFEASIBLE, cp_model.UNKNOWN):
        return None
    raise UnknownStatus(f"CP-SAT answered {solver.status_name(status)}: {model.model.validate()}")
