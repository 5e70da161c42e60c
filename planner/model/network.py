"""Tiers, segments, permitted routes, and the links between rooms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.model.asset import Crew
from planner.units.duration import Duration
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Tier:
    """A security zone."""

    id: str
    name: str


class SeparationBy(StrEnum):
    """How strictly two tiers are kept apart."""

    PHYSICAL = "physical"
    LOGICAL = "logical"


@dataclass(frozen=True, slots=True)
class Separation:
    """How two tiers have to be kept apart."""

    between: tuple[str, str]
    by: SeparationBy


@dataclass(frozen=True, slots=True)
class Permission:
    """Traffic between two tiers that is declared and allowed (特定通信), in both directions.

    It allows gateways to forward. ``through`` names what else may be a path between the two: machines with a leg in
    both (backup, monitoring, logging, consoles, storage, hypervisors).
    """

    between: tuple[str, str]
    why: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A VLAN with its prefix.

    ``gateway`` are the members of its gateway group, one active at a time; empty is no gateway. ``stretch`` says
    whether it may exist in two rooms at once; ``client`` segments on floors are exempt from S09's one place.
    ``new_prefix`` is what it is renumbered to.
    """

    id: str
    name: str
    tier: str
    vlan: int | None = None
    prefix: str | None = None
    gateway: tuple[str, ...] = ()
    stretch: bool = False
    client: bool = False
    dhcp: str | None = None
    new_prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A connection between two rooms, permanent or temporary (``bridge``).

    ``mbps`` is the usable capacity of the whole link, ``paths`` the number of disjoint paths; None is unknown.
    ``tiers`` are the tiers carried. ``ends_on`` names, per room, the assets it ends on (one of them has to be up in
    that room; no entry: the end is passive). A bridge is usable from the end of its TEST step to the start of its
    CLOSE step, inside ``[since, until)``; a permanent link needs no test. ``separated`` says how the tiers on it are
    kept apart: by fibres or wavelengths of their own, or by VLANs; None is unknown. ``crew`` does the test.
    """

    id: str
    name: str
    between: tuple[str, str]
    bridge: bool = False
    mbps: int | None = None
    latency_ms: float | None = None
    paths: int = 1
    tiers: frozenset[str] = frozenset()
    since: Minute | None = None
    until: Minute | None = None
    ends_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    test: Duration = Duration(0, 0, 0)
    separated: SeparationBy | None = None
    crew: Crew = ()
