"""A system: a business service, as its users know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.model.asset import Work
from planner.model.chain import StepKind
from planner.model.need import Need, Tree
from planner.units.span import Minute


class Criticality(StrEnum):
    """How much an outage hurts, S most."""

    S = "S"
    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class System:
    """A service with its hours, its budget of outage, and what it runs on and needs.

    ``runs_on`` is its members' tree: a member counts while it is up, checked and its own needs hold, and the system's
    ``needs`` are evaluated at each member. ``runs_on`` None: a service without assets here (in a cloud, on paper).
    ``budget`` are the outage minutes allowed inside service hours over the project, ``longest`` the longest single
    outage inside them, ``longest_elapsed`` the longest on the clock (None: no limit of that kind). ``hours``,
    ``accept_hours`` name timetables; None: always. From ``leaves`` on its needs are ``cloud_needs``.
    """

    id: str
    name: str
    criticality: Criticality
    owner: str | None = None
    tier: str | None = None
    hours: str | None = None
    budget: int = 0
    longest: int | None = None
    longest_elapsed: int | None = None
    runs_on: Tree | None = None
    needs: tuple[Need, ...] = ()
    works: Mapping[StepKind, Work] = field(default_factory=dict)
    rollback: Mapping[StepKind, Work] = field(default_factory=dict)
    accept_hours: str | None = None
    accept_is_check_point: bool = False
    fallback: str | None = None
    told: tuple[str, ...] = ()
    blackouts: frozenset[str] = frozenset()
    leaves: Minute | None = None
    cloud_needs: tuple[Need, ...] = ()
    department: str | None = None
    vendor: str | None = None
    users: int | None = None
    note: str | None = None
