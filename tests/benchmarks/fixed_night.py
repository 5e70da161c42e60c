"""How few nights are enough: three tasks an asset, nights of 8 h, so long away at most, providers boot first.

An office of any size and seed: systems of 4 to 16 assets in layers, and services that many of them need. Teams grow
with the size, so that the bound lies near 3, 7, 14, 26, 48 and 96 nights for 60 to 100,000 assets.
"""

import math
import random
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from ortools.sat.python import cp_model

from planner.scheduling.generation.assign import Assigned, assign
from planner.scheduling.generation.night_model import NightModel, prove
from planner.scheduling.generation.night_problem import Bond, NightProblem, same_night
from planner.scheduling.generation.night_search import closer
from planner.scheduling.generation.project import Limit, Project, Wait
from tests.benchmarks.row import Measure, Row, Watch

SLOT = 5
NIGHT = 8 * 60 // SLOT
SECONDS = {60: 5, 1_000: 30}
"""What CP-SAT may take for the whole problem; more assets it is not asked for: its model alone would take longer."""
EFFORT = {60: 150_000, 1_000: 12_000_000, 10_000: 8_000_000, 100_000: 8_000_000}
"""Attempts to find an asset a place, about as many as fit into 30, 60 and 60 seconds of one core, and fewer for 60."""
NEARER, PROVED = 9.0, 1.0
"""Deterministic units of CP-SAT for nights taken anew one by one, and for all of them at once."""
SEEDS = {60: 20, 1_000: 3}
BOUNDS = ((60, 3), (300, 7), (1_000, 14), (3_000, 26), (10_000, 48), (100_000, 96))


@dataclass(frozen=True, slots=True)
class Asset:
    """Slots and people of taking out, carrying and starting; the longest time away; what boots before it."""

    slots: tuple[int, int, int]
    people: tuple[int, int, int]
    away: int
    providers: tuple[int, ...]


def office(size: int, seed: int) -> NightProblem:
    """The problem of so many assets."""
    lot = random.Random(f"fixed night {size} {seed}")
    assets: list[Asset] = []
    services: list[int] = []
    while len(assets) < size:
        if len(assets) >= 60 * len(services):
            services.append(len(assets))
            assets.append(_asset(lot, ()))
        assets += _system(lot, len(assets), min(lot.randint(4, 16), size - len(assets)), services)
    return _problem(assets, nights_wanted(size))


def nights_wanted(size: int) -> float:
    """Between the sizes of BOUNDS the logarithm of the nights is linear in that of the size."""
    for (small, few), (large, many) in pairwise(BOUNDS):
        if size <= large:
            share = math.log(max(size, 2) / small) / math.log(large / small)
            return max(1.0, math.exp(math.log(few) + share * math.log(many / few)))
    return float(BOUNDS[-1][1])


def _system(lot: random.Random, first: int, count: int, services: Sequence[int]) -> list[Asset]:
    """Layers of one to four assets, each of which needs one or two of the layer below; some need a service."""
    found: list[Asset] = []
    below: list[int] = []
    while len(found) < count:
        layer = range(first + len(found), first + min(count, len(found) + lot.randint(1, 4)))
        for _ in layer:
            wanted = lot.sample(below, min(len(below), lot.randint(1, 2)))
            if services and lot.random() < 0.3:
                wanted.append(lot.choice(services))
            found.append(_asset(lot, tuple(sorted(wanted))))
        below = list(layer)
    return found


def _asset(lot: random.Random, providers: tuple[int, ...]) -> Asset:
    slots = (lot.randint(4, 8), lot.randint(4, 8), lot.randint(5, 14))
    return Asset(
        slots, (lot.randint(1, 2), lot.randint(1, 2), lot.randint(1, 2)), sum(slots) + lot.randint(6, 24), providers
    )


def _problem(assets: Sequence[Asset], nights: float) -> NightProblem:
    waits, limits, bonds = [], [], []
    for number, asset in enumerate(assets):
        out, carry, boot = 3 * number, 3 * number + 1, 3 * number + 2
        waits += [Wait(out, carry), Wait(carry, boot), *(Wait(3 * p + 2, boot) for p in asset.providers)]
        limits.append(Limit(out, boot, asset.away))
        bonds += [Bond(p, number, 1 + p % 4) for p in asset.providers]
    teams = [_team(assets, number, nights) for number in range(3)]
    demands = [tuple(asset.people[n] if n == k else 0 for n in range(3)) for asset in assets for k in range(3)]
    project = Project(
        tuple(slots for asset in assets for slots in asset.slots),
        tuple(demands),
        tuple((people,) * NIGHT for people in teams),
        tuple(waits),
        tuple(limits),
    )
    several = (project.capacities,) * math.ceil(4 * nights + 4)
    return NightProblem(project, tuple(task // 3 for task in range(3 * len(assets))), several, tuple(bonds))


def _team(assets: Sequence[Asset], task: int, nights: float) -> int:
    """As many people as can do the work of one task in so many nights, for the last of which the slots are few."""
    work = sum(asset.slots[task] * asset.people[task] for asset in assets)
    others = min(sum(asset.slots) - asset.slots[task] for asset in assets)
    return max(2, math.ceil(work / (nights * (NIGHT - others))))


def breaks(problem: NightProblem, found: Assigned) -> int:
    """How many waits, limits, ends of nights and slots of people an answer breaks, told from the definition."""
    ends = [at + d for at, d in zip(found.starts, problem.project.durations, strict=True)]
    wrong = sum(at < 0 or end > NIGHT for at, end in zip(found.starts, ends, strict=True))
    wrong += sum(found.starts[w.after] < ends[w.before] + w.pause for w in same_night(problem, found.nights))
    wrong += sum(ends[limit.last] - found.starts[limit.first] > limit.slots for limit in problem.project.limits)
    taken: dict[tuple[int, int, int], int] = {}
    for task, row in enumerate(problem.project.demands):
        for number, units in enumerate(row):
            for slot in range(found.starts[task], ends[task]) if units else ():
                cell = (found.nights[problem.item_of[task]], number, slot)
                taken[cell] = taken.get(cell, 0) + units
    return wrong + sum(units > problem.nights[night][number][slot] for (night, number, slot), units in taken.items())


def engine(problem: NightProblem, effort: int) -> Assigned:
    """The planner's answer; up to a hundred assets CP-SAT takes nights anew, up to forty it tries a night fewer.

    Raises
    ------
    ValueError
        If it has none.
    """
    found = assign(problem, effort, compile_it=True)
    if found is None:
        raise ValueError("no night for an asset")
    if problem.items <= 100:
        found = closer(problem, found, NEARER)
    return prove(problem, found, PROVED) if problem.items <= 40 else found


def greedy(problem: NightProblem) -> int:
    """The nights of plain greed: each asset in topological order into the first night that has room for it."""
    found = assign(replace(problem, bonds=()), 0, compile_it=True)
    return found.used if found else 0


def cp_sat(problem: NightProblem, nights: int, seconds: float) -> int:
    """The nights that one model of the whole problem finds in so many seconds with one worker; 0: it has no answer."""
    model = NightModel(problem, nights)
    model.build()
    model.minimise()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model.model)
    return len({solver.value(night) for night in model.night}) if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else 0


def measure(size: int) -> Measure:
    """Means over some seeds; ``proved`` counts the seeds with the proof that no fewer nights are enough."""
    assign(office(10, 0), 1, compile_it=True)
    rows = [_one(size, seed) for seed in range(SEEDS.get(size, 1))]
    counts = {"seeds": float(len(rows))} | {key: fmean(row[key] for row in rows) for key in rows[0]}
    counts |= {key: sum(row[key] for row in rows) for key in ("proved", "findings", "cp_sat_found") if key in rows[0]}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Measure(
        size, counts["engine_seconds"], counts | {"peak_mb": peak / (2**20 if sys.platform == "darwin" else 2**10)}
    )


def _one(size: int, seed: int) -> dict[str, float]:
    problem = office(size, seed)
    watch = Watch()
    found = engine(problem, EFFORT.get(size, 1_000_000))
    seconds, crowding = watch.seconds(), watch.crowding()
    plain = greedy(problem)
    counts = {
        "bound": found.bound,
        "nights": found.used,
        "over_percent": 100 * (found.used / found.bound - 1),
        "proved": float(found.used == found.bound),
        "engine_seconds": seconds,
        "price": found.price,
        "greedy_nights": plain,
        "findings": breaks(problem, found),
    }
    if size in SECONDS:
        nights = cp_sat(problem, plain + 1, crowding * SECONDS[size])
        counts |= {"cp_sat_found": float(nights > 0), "cp_sat_nights": nights}
    return counts


ROW = Row("fixed-night", measure, (30,), (60, 1_000, 10_000, 100_000))
