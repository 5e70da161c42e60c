"""Small problems to the end: every plan is gone through, and the best is made.

It is done where at most `JOBS` assets are carried and nothing else changes, no VM, segment, backup, outside service or
rota of a team has a say, every window is one shift, and all times are multiples of a grain so coarse that no window has
more than `GRAINS` of them. Whatever is larger, or has more states than the effort allows, is left to the search that
builds drafts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from planner.calendar import Window
from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.scheduling.construct import Construction
from planner.scheduling.draft import DraftTurn
from planner.scheduling.duty import Roster
from planner.scheduling.exhaust_return import Duty
from planner.scheduling.exhaust_search import Search, TooLarge
from planner.scheduling.exhaust_state import Worlds
from planner.scheduling.exhaust_units import MOVE, SmallProblem, small_problem
from planner.scheduling.exhaust_walk import walk
from planner.scheduling.exhaust_way import Event
from planner.scheduling.freshness import at_home, binds_all_alike
from planner.scheduling.job import JobKind
from planner.scheduling.options import STATES
from planner.scheduling.polish import TimedTurn, steps_of
from planner.scheduling.prepare import Preparation, test_ahead
from planner.scheduling.task import Task
from planner.scheduling.transition import Outcome
from planner.units.span import Minute, Span, Spans

JOBS = 4
"""Assets that are carried."""

GRAINS = 36
"""Grains of the longest window."""


@dataclass(frozen=True, slots=True)
class Exhausted:
    """All plans were gone through: the turns of the best one, empty if there is no plan; ``states`` were looked at."""

    turns: tuple[TimedTurn, ...]
    states: int


def exhaust(
    construction: Construction, preparation: Preparation, effort: float, stopped: Callable[[], bool]
) -> Exhausted | None:
    """Return the best of all plans of a small problem; None where the problem is not small or people cannot be named.

    Bridges are tested ahead of the first window, in steps of the preparation.
    """
    if not is_small(construction):
        return None
    tested = frozenset(job.id for job in construction.jobs.values() if job.kind is JobKind.TEST)
    problem = small_problem(construction, tested)
    if not _may_be_gone_through(problem):
        return None
    duties = [_duty(construction, window.span) for window in problem.windows]
    base = construction.transitions.world(tested)
    search = Search(problem, Worlds(problem, base), int(STATES * effort), stopped)
    try:
        best = walk(search, duties)
    except TooLarge:
        return None
    turns = () if best is None else _timed(search, preparation.roster, best.events())
    tests, first = [construction.jobs[id] for id in sorted(tested)], problem.windows[0].span.start
    if turns is None or not test_ahead(preparation, tests, first):
        return None
    return Exhausted(turns, search.states)


def is_small(construction: Construction) -> bool:
    """Whether the problem is of the kind and the size that is gone through completely."""
    inventory, jobs = construction.inventory, construction.jobs.values()
    moves = [job for job in jobs if job.kind is JobKind.MOVE]
    subjects = [s for job in moves for s in job.subjects]
    return (
        0 < len(subjects) <= JOBS
        and not inventory.pins
        and len(set(subjects)) == len(subjects)
        and all(job.kind in (JobKind.MOVE, JobKind.TEST) and job.leave_by is None for job in jobs)
        and not construction.radius.binds
        and all(_is_plain(asset) for asset in inventory.assets.values())
        and _is_calm(inventory)
    )


def _is_plain(asset: Asset) -> bool:
    """Nothing about the asset asks for more than its chain."""
    derived = asset.kind in (AssetKind.VM, AssetKind.LINE) or asset.host or asset.chassis or asset.replaces
    more = asset.references or asset.new_address or asset.backup or asset.irreversible or asset.leaves
    return not derived and not more and not asset.segments


def _is_calm(inventory: Inventory) -> bool:
    """Nothing but windows, blackouts, service and office hours says when."""
    systems, teams = inventory.systems.values(), inventory.teams.values()
    limits = any(s.accept_hours or s.accept_is_check_point or s.leaves for s in systems)
    limits = limits or any(s.longest is not None or s.longest_elapsed is not None for s in systems)
    rotas = any(team.hours or team.contract or p.absent for team in teams for p in team.people)
    bridges = (link for link in inventory.links.values() if link.bridge)
    ends = any(link.ends_on or link.crew or link.since or link.until for link in bridges)
    return not (limits or rotas or ends or inventory.clusters)


def _may_be_gone_through(problem: SmallProblem) -> bool:
    """Whether windows are short, far enough apart for everybody to have rested, and bind all alike who are fresh."""
    staff = problem.construction.inventory.policy.staff
    spans = [window.span for window in problem.windows]
    longest = min(staff.shift, GRAINS * problem.grain)
    apart = all(b.start - a.end >= staff.rest for a, b in pairwise(spans))
    alike = all(binds_all_alike(problem.construction.inventory, span) for span in spans)
    return bool(spans) and apart and alike and all(span.minutes <= longest for span in spans)


def _duty(construction: Construction, block: Span) -> Duty:
    """Who is on duty in a window, but for those who stay at home to be fresh."""
    roster, spare = construction.roster, at_home(construction.inventory, block)
    people = {
        team.id: tuple(person.id for person in roster.on_duty(team, block)[spare.get(team.id, 0) :])
        for team in construction.inventory.teams.values()
    }
    return Duty(roster.capacity(block, spare), people)


def _timed(search: Search, roster: Roster, events: list[Event]) -> tuple[TimedTurn, ...] | None:
    """The turns with people named; None if somebody is missing after all, because of skills or hours per month."""
    saved, found, turn = roster.copy(), [], list[Event]()
    for event in events:
        turn += [event] if turn or event.begun else []
        if event.ends_turn:
            timed = _turn(search, roster, turn)
            if timed is None:
                roster.restore(saved)
                return None
            found.append(timed)
            turn = []
    return tuple(found)


def _turn(search: Search, roster: Roster, events: list[Event]) -> TimedTurn | None:
    construction, window = search.problem.construction, events[0].window
    tasks, starts, jobs = list[Task](), dict[str, Minute](), list[str]()
    for event in events:
        for n, chain, number in event.begun:
            unit = search.problem.units[n]
            task = unit.chain(chain)[number]
            again = sum(t.key.split("#")[0] == task.key for t in tasks)
            tasks.append(replace(task, key=f"{task.key}#{again + 1}") if again else task)
            starts[tasks[-1].key] = event.at
            jobs += [unit.job] if unit.job and chain == MOVE else []
    given = roster.assign(tasks, starts, window.span, at_home(construction.inventory, window.span))
    if given is None:
        return None
    draft = _draft(construction, window, tuple(dict.fromkeys(jobs)), events, tuple(tasks), starts)
    steps = tuple(steps_of(construction.inventory, draft.tasks, starts, given))
    returns = {at: way for event in events for at, way in event.returns.items()}
    return TimedTurn(draft, steps, optimal=True, effort=0.0, returns=returns)


def _draft(
    construction: Construction,
    window: Window,
    jobs: tuple[str, ...],
    events: list[Event],
    tasks: tuple[Task, ...],
    starts: dict[str, Minute],
) -> DraftTurn:
    """The turn as drafts have it: what it stops, and whom it takes out."""
    subjects = {id: construction.jobs[id].subjects for id in jobs}
    moved = {s for own in subjects.values() for s in own}
    stopped = tuple(dict.fromkeys(a for t in tasks for a in t.assets if a not in moved))
    out = frozenset(system for event in events for system in event.out)
    outcome = Outcome(stopped, out, lasts=True)
    return DraftTurn(window, window.span, jobs, subjects, outcome, tasks, starts, Spans((window.span,)), 0)
