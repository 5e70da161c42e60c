"""Names for the steps of a way back whose times are known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.model.asset import Demand, Work
from planner.model.inventory import Inventory
from planner.plan.step import RollbackStep
from planner.units.span import Span

Pool = tuple[str, str | None]
Timed = tuple[RollbackStep, Work, int]
"""A step, the work that it is, and its offset."""


def crews(
    inventory: Inventory, people: Mapping[str, tuple[str, ...]], timed: Sequence[Timed]
) -> tuple[RollbackStep, ...] | None:
    """The steps with offsets and people, in order of time; None if somebody is missing.

    Whoever has the fewest skills of those that are free is taken first.
    """
    skills = {person.id: person.skills for _, person in inventory.people()}
    busy: dict[str, list[Span]] = {}
    found = []
    for step, work, offset in sorted(timed, key=lambda row: (row[2], row[0].kind, row[0].assets)):
        span = Span(offset, offset + step.minutes)
        free = {team: [p for p in ids if _is_free(busy.get(p, ()), span)] for team, ids in people.items()}
        chosen = _chosen(demands_of(work), free, skills)
        if chosen is None:
            return None
        for person in chosen:
            busy.setdefault(person, []).append(span)
        witness = chosen.pop() if work.witness else None
        found.append(replace(step, offset=offset, people=tuple(chosen), witness=witness))
    return tuple(found)


def pools(demands: Sequence[Demand]) -> dict[Pool, int]:
    """How many people are taken from each team, and from each skill of it."""
    found: dict[Pool, int] = {}
    for demand in demands:
        for skill in {None, demand.skill}:
            found[demand.team, skill] = found.get((demand.team, skill), 0) + demand.count
    return found


def demands_of(work: Work) -> tuple[Demand, ...]:
    """Everybody that the work keeps busy; the second pair of eyes last."""
    return (*work.crew, work.witness) if work.witness else work.crew


def _chosen(
    demands: Sequence[Demand], free: Mapping[str, list[str]], skills: Mapping[str, frozenset[str]]
) -> list[str] | None:
    """People for all demands, in their order; those that ask for a skill choose first."""
    chosen: dict[int, list[str]] = {}
    taken: set[str] = set()
    for number in sorted(range(len(demands)), key=lambda n: demands[n].skill is None):
        demand = demands[number]
        able = [p for p in free.get(demand.team, []) if p not in taken and _can(demand, skills[p])]
        if len(able) < demand.count:
            return None
        chosen[number] = sorted(able, key=lambda p: (len(skills[p]), p))[: demand.count]
        taken.update(chosen[number])
    return [person for number in range(len(demands)) for person in chosen[number]]


def _is_free(busy: Sequence[Span], span: Span) -> bool:
    return not any(other.overlaps(span) for other in busy)


def _can(demand: Demand, skills: frozenset[str]) -> bool:
    return demand.skill is None or demand.skill in skills
