"""An asset: anything with an id that can be up or down and is not a system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.model.chain import Method, StepKind
from planner.model.need import Need
from planner.model.place import Position
from planner.units.duration import Duration
from planner.units.span import Minute


class AssetKind(StrEnum):
    """What an asset is; defaults and derived needs follow it."""

    SERVER = "server"
    HYPERVISOR = "hypervisor"
    STORAGE = "storage"
    APPLIANCE = "appliance"
    CHASSIS = "chassis"
    BLADE = "blade"
    VM = "vm"
    SWITCH = "switch"
    ROUTER = "router"
    FIREWALL = "firewall"
    UPS = "ups"
    LINE = "line"
    TERMINALS = "terminals"


NETWORK_KINDS = frozenset({AssetKind.SWITCH, AssetKind.ROUTER, AssetKind.FIREWALL})


@dataclass(frozen=True, slots=True)
class Demand:
    """``count`` people of one team, each with ``skill`` if one is named."""

    team: str
    count: int = 1
    skill: str | None = None


Crew = tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One step of a chain: how long it takes and who does it. An empty crew needs nobody (an automatic step).

    ``witness`` is the second pair of eyes (確認者), where one is asked for. ``action`` and ``expected`` are the
    texts of the runbook, outside the comparison of inventories.
    """

    duration: Duration
    crew: Crew = ()
    witness: Demand | None = None
    action: str | None = None
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A literal address of this asset that stands somewhere else (rule, whitelist, script, licence).

    ``holder`` is the asset or system that contains it; while it is stale the holder's needs on this asset fail.
    """

    holder: str
    what: str
    work: Work


@dataclass(frozen=True, slots=True)
class Backup:
    """When a stateful asset counts as backed up: finished at most ``max_age`` minutes before it starts to move.

    ``verify`` is the work of reading it back, which ends before the move too (None: unknown). ``restore_tested`` is the
    day on which its restore procedure was or will be tested, ``copies`` are the rooms or assets where copies lie.
    """

    work: Work
    max_age: int
    restore_tested: Minute | None = None
    copies: tuple[str, ...] = ()
    verify: Work | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """Personal data lie on the disks of an asset: it travels sealed, with two escorts and a log of ``serials``.

    ``sealed`` None is unknown.
    """

    sealed: bool | None = None
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """What was applied for with a body outside: ``filed`` and ``accepted`` are days (None: not yet).

    ``since`` and ``until`` bound what was accepted (half-open; None is no bound).
    """

    filed: Minute | None = None
    accepted: Minute | None = None
    since: Minute | None = None
    until: Minute | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One declared change of place. ``position`` with only a room leaves rack and unit to the planner.

    ``not_before`` and ``not_after`` bound the wave (half-open); None is no bound.
    """

    position: Position
    not_before: Minute | None = None
    not_after: Minute | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """One box, VM, line, UPS or group of terminals.

    ``at`` is where it stands at the start (None: not there yet, `Method.INSTALL`). ``stages`` are its targets in order.
    ``height`` is in rack units, ``kg`` and ``va`` are None where unknown. ``supplies`` counts power supplies; ``va`` is
    the draw of the whole box. ``segments`` are what it is a member of; a network device forwards ``carries``
    (None: every segment). ``works`` holds the resolved durations and crews per step kind, ``rollback`` those of undoing
    a kind where they differ. ``group`` members that may not be apart move in one turn: ``together`` is such a label.
    ``replaces`` names the asset whose role this one takes at its SWITCH_OVER. ``ends`` of a line: the routers it
    ends on per room. ``legs`` are tiers that it reaches besides those of its segments (agents, consoles, fabrics),
    ``backs_up`` the assets whose backups it keeps, ``watches`` the rooms and assets that it monitors. ``warm_up`` are
    the minutes from its arrival to its power-on (None: unknown), of which ``works`` holds what is left after mounting.
    ``handled_by`` is the team of the body without which nobody touches it. ``standalone``: that nothing needs it is
    meant.
    """

    id: str
    name: str
    kind: AssetKind
    method: Method
    at: Position | None = None
    stages: tuple[Stage, ...] = ()
    height: int | None = None
    kg: float | None = None
    va: int | None = None
    supplies: int = 1
    tier: str | None = None
    segments: tuple[str, ...] = ()
    carries: tuple[str, ...] | None = None
    address: str | None = None
    new_address: str | None = None
    needs: tuple[Need, ...] = ()
    works: Mapping[StepKind, Work] = field(default_factory=dict)
    rollback: Mapping[StepKind, Work] = field(default_factory=dict)
    irreversible: frozenset[StepKind] = frozenset()
    host: str | None = None
    cluster: str | None = None
    chassis: str | None = None
    memory_gb: int | None = None
    apart_from: tuple[str, ...] = ()
    stun_seconds: int | None = None
    migrate_mbps: int | None = None
    stateful: bool = False
    backup: Backup | None = None
    references: tuple[Reference, ...] = ()
    old_ttl: int | None = None
    fragile: bool = False
    warm_up: int | None = None
    media: Media | None = None
    together: str | None = None
    replaces: str | None = None
    ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lead_days: int | None = None
    appointments: str | None = None
    dual_lay: bool = False
    handled_by: str | None = None
    application: Application | None = None
    count: int = 1
    department: str | None = None
    blackouts: frozenset[str] = frozenset()
    leaves: Minute | None = None
    serial: str | None = None
    confidential: bool = False
    legs: tuple[str, ...] = ()
    backs_up: tuple[str, ...] = ()
    watches: tuple[str, ...] = ()
    standalone: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hypervisors that share VMs. ``storage`` is hard-needed by each host.

    ``live_migration`` allows MIGRATE steps between hosts; ``across`` says whether host-to-storage and migration traffic
    may cross a bridge. ``cpu_ratio`` and memory are the capacity: ``memory_gb`` of the hosts that are up bounds that of
    the VMs that are up.
    """

    id: str
    name: str
    hosts: tuple[str, ...]
    storage: str | None = None
    live_migration: bool = False
    across: bool = False
    storage_mbps: int | None = None
