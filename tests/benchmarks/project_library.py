"""How near the best known the schedules of PSPLIB come, at the same core-seconds: the planner's engine and its peers.

Kolisch, R., Sprecher, A. (1996): PSPLIB, a project scheduling problem library. EJOR 96. The environment's
``PSPLIB`` names a folder with ``best_known.csv`` and the sets, else the few beside this file are measured;
``PSPLIB_EVERY=4`` measures every fourth instance.
"""

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Any

from planner.scheduling.generation.generate import Generated, generate
from planner.scheduling.generation.project import Project, Wait
from planner.scheduling.generation.project_model import ProjectModel, polish
from tests.benchmarks.row import Measure, Row, Watch

SHIPPED = Path(__file__).parent / "data" / "psplib"
SCHEDULES = 60_000
"""What the population search does in a second of one core."""
POLISH = 0.05
"""What CP-SAT does in a third of a second, in deterministic units."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A project and the best end that anybody has published."""

    name: str
    project: Project
    best_known: int


def read(text: str) -> Project:
    """Return the project of a single-mode instance (``.sm``); jobs are numbered from 1 there, tasks from 0 here.

    Each resource has the same capacity in every slot of a horizon that is the sum of all durations.
    """
    waits = tuple(Wait(row[0] - 1, after - 1) for row in _table(text, "PRECEDENCE RELATIONS:", 2) for after in row[3:])
    jobs = _table(text, "REQUESTS/DURATIONS:", 3)
    (capacities,) = _table(text, "RESOURCEAVAILABILITIES:", 2)
    durations = tuple(row[2] for row in jobs)
    profile = tuple((units,) * sum(durations) for units in capacities)
    return Project(durations, tuple(tuple(row[3:]) for row in jobs), profile, waits)


def _table(text: str, title: str, skipped: int) -> list[list[int]]:
    lines = text.splitlines()
    begin = lines.index(title) + skipped
    rows = []
    for line in lines[begin:]:
        if line.startswith("*"):
            break
        rows.append([int(word) for word in line.split()])
    return rows


def instances(folder: Path, name: str) -> Iterator[Instance]:
    """Every instance of a set that has a best known end, in the order of the names."""
    with (folder / "best_known.csv").open(encoding="utf-8", newline="") as file:
        known = {row["instance"]: int(row["upper_bound"]) for row in csv.DictReader(file) if row["set"] == name}
    for file_name in sorted(known):
        yield Instance(file_name, read((folder / name / file_name).read_text(encoding="ascii")), known[file_name])


def engine(project: Project, seconds: float) -> int:
    """The end of the schedule that the planner's engine finds with the effort of so many seconds."""
    found = generate(project, int(SCHEDULES * seconds))
    polished = polish(project, found, POLISH * seconds)
    return keeps(project, polished)


def keeps(project: Project, found: Generated | None) -> int:
    """Return the end of a schedule that was checked wait by wait and slot by slot.

    Raises
    ------
    ValueError
        If there is no schedule, or it breaks a wait or a capacity.
    """
    if found is None:
        raise ValueError("no schedule")
    ends = [at + length for at, length in zip(found.starts, project.durations, strict=True)]
    if any(found.starts[w.after] < ends[w.before] + w.pause for w in project.waits) or max(ends) != found.end:
        raise ValueError("a wait is broken")
    for number, capacity in enumerate(project.capacities):
        taken = [0] * len(capacity)
        for task, row in enumerate(project.demands):
            for slot in range(found.starts[task], ends[task]):
                taken[slot] += row[number]
        if any(units > there for units, there in zip(taken, capacity, strict=True)):
            raise ValueError("a capacity is broken")
    return found.end


def cp_sat(project: Project, seconds: float) -> int:
    """The end that CP-SAT alone finds with one worker in so many seconds."""
    from ortools.sat.python import cp_model

    model, _ = ProjectModel(project, 0, project.horizon).build(())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    return int(solver.objective_value) if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 0


def pyjobshop(project: Project, seconds: float) -> int:
    """The end that PyJobShop finds with one worker in so many seconds."""
    library: Any = import_module("pyjobshop")
    model = library.Model()
    resources = [model.add_renewable(capacity=row[0]) for row in project.capacities]
    tasks = [model.add_task() for _ in project.durations]
    for task, length, demands in zip(tasks, project.durations, project.demands, strict=True):
        model.add_mode(task, resources, duration=length, demands=list(demands))
    for wait in project.waits:
        model.add_end_before_start(tasks[wait.before], tasks[wait.after])
    return int(model.solve(time_limit=seconds, num_workers=1, display=False).objective)


PEERS: dict[str, Callable[[Project, float], int]] = {"cp_sat": cp_sat, "pyjobshop": pyjobshop}


def contenders() -> dict[str, Callable[[Project, float], int]]:
    """The engine and the peers that are installed."""
    peers = {"engine": engine, "cp_sat": cp_sat}
    return peers | {"pyjobshop": pyjobshop} if find_spec("pyjobshop") else peers


def measure(name: str, seconds: int) -> Measure:
    """Mean gaps to the best known for so many seconds of one core an instance, in per cent.

    The engine's effort is counted, the peers are stopped by the clock: what others take from the core while the engine
    runs is added to their time.
    """
    folder = Path(os.environ.get("PSPLIB", SHIPPED))
    chosen = list(instances(folder, name))[:: int(os.environ.get("PSPLIB_EVERY", "1"))]
    generate(chosen[0].project, 1, compile_it=True)
    counts: dict[str, float] = {"instances": len(chosen)}
    patience = 1.0
    for peer, contender in contenders().items():
        watch = Watch()
        gaps = [contender(one.project, patience * seconds) / one.best_known - 1 for one in chosen]
        patience = watch.crowding() if peer == "engine" else patience
        counts |= {f"{peer}_gap_percent": 100 * fmean(gaps), f"{peer}_seconds": watch.seconds() / len(chosen)}
    return Measure(seconds, counts["engine_seconds"], counts)


def measure_j30(seconds: int) -> Measure:
    """The row of 30 jobs."""
    return measure("j30", seconds)


def measure_j60(seconds: int) -> Measure:
    """The row of 60 jobs."""
    return measure("j60", seconds)


ROWS = (Row("psplib-j30", measure_j30, (1,), (10,)), Row("psplib-j60", measure_j60, (1,), (10,)))
