"""Systems of the model, those that departments' terminals make among them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.need import AllOf, Leaf
from planner.model.system import Criticality, System
from planner.sources.building.around import Surroundings
from planner.sources.building.work import SYSTEM_STEPS, Parties, rollback_of, works_of
from planner.sources.records.assets import DepartmentRecord, DeskRecord, SystemRecord


def system(r: SystemRecord, around: Surroundings) -> System:
    """Return the system of a record."""
    owner = r.owner if r.owner in around.teams else None
    works = works_of(r, around.staffing, Parties(owner, r.vendor), SYSTEM_STEPS)
    return System(
        id=r.id,
        name=r.name or r.id,
        criticality=r.criticality,
        owner=r.owner,
        tier=r.tier,
        hours=r.hours,
        budget=r.budget,
        longest=r.longest,
        longest_elapsed=r.longest_elapsed,
        runs_on=around.trees.get(r.id),
        needs=around.needs(r.needs),
        works=works,
        rollback=rollback_of(r, works),
        accept_hours=r.accept_hours,
        accept_is_check_point=r.accept_is_check_point,
        fallback=r.fallback,
        told=r.told,
        blackouts=frozenset(r.blackouts),
        leaves=r.leaves,
        cloud_needs=around.needs(r.cloud_needs),
        department=r.department,
        vendor=r.vendor,
        users=r.users,
        note=r.note,
    )


def desk(
    r: DepartmentRecord, d: DeskRecord, terminals: Sequence[str], around: Surroundings, office: str | None
) -> System:
    """Return the system that a department's terminals make; without hours of its own it has the office's."""
    works = works_of(d, around.staffing, Parties(), SYSTEM_STEPS)
    members = tuple(Leaf(id) for id in terminals)
    return System(
        id=f"desk-{r.id}",
        name=r.name or r.id,
        criticality=d.criticality or Criticality.B,
        owner=r.id,
        hours=d.hours or office,
        budget=d.budget or 0,
        longest=d.longest,
        runs_on=members[0] if len(members) == 1 else AllOf(members) if members else None,
        needs=around.needs(d.needs),
        works=works,
        rollback=rollback_of(d, works),
        blackouts=frozenset(d.blackouts),
        department=r.id,
        users=d.people,
    )
