"""When one asset, system or link may be worked on: windows without its blackouts, in rooms that are usable."""

from collections.abc import Iterable, Iterator, Mapping

from planner.calendar.hours import blackout_spans
from planner.calendar.memory import remembered
from planner.calendar.presence import Stay, plannable_spans, stay_spans, stays_of
from planner.calendar.window import everyones_blackouts, windows
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.units.span import Spans


def usable(
    inventory: Inventory,
    subject: str,
    stage: int | None = None,
    affected: tuple[str, ...] = (),
    heirs: frozenset[str] = frozenset(),
) -> Spans:
    """Return the minutes in which steps on a subject that are not preparatory may lie.

    Parameters
    ----------
    subject : str
        Id of an asset, a system or a link.
    stage : int, optional
        Which change of place of an asset (0 is the first); None: any of them.
    affected : tuple of str, optional
        Systems whose availability the steps affect, besides those that run on the subject; their blackouts bind too.
    heirs : frozenset of str, optional
        Assets that have taken over by then the role of what they replace, and with it the systems that run on it.

    Raises
    ------
    KeyError
        If there is no such subject.
    """
    return _usable(inventory, tags_of(inventory, subject, affected, heirs), stays_of(inventory, subject, stage))


@remembered
def _usable(inventory: Inventory, tags: frozenset[str], stays: tuple[Stay, ...]) -> Spans:
    """The answer for all subjects with the same tags that change between the same places at the same dates."""
    return _workable(inventory, tags).intersection(stay_spans(inventory, stays))


@remembered
def _workable(inventory: Inventory, tags: frozenset[str]) -> Spans:
    return window_spans(inventory).minus(tagged_blackouts(inventory, tags))


@remembered
def window_spans(inventory: Inventory) -> Spans:
    """The minutes that lie in any candidate window."""
    return Spans.of(window.span for window in windows(inventory))


@remembered
def preparable(inventory: Inventory, subject: str) -> Spans:
    """Return the minutes in which preparatory steps may lie: from `as_of` on, outside the freezes that bind it."""
    tags = tags_of(inventory, subject)
    timetable, clock, horizon = inventory.timetable, inventory.clock, inventory.project.horizon
    binding = (b for b in timetable.blackouts if b.freeze and (b.everyone or b.tag in tags))
    frozen = Spans.of(part for b in binding for part in blackout_spans(timetable, clock, b, horizon))
    return plannable_spans(inventory).minus(frozen)


def tags_of(
    inventory: Inventory, subject: str, affected: tuple[str, ...] = (), heirs: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the blackout tags that bind steps on a subject: its own, and those of the systems that run on it.

    A system runs on what its tree names, on that one's host, chassis and storage, and on what the systems that it
    names run on. ``heirs`` have taken over the roles of what they replace.
    """
    if subject in inventory.links:
        bearing: Iterable[str] = affected
        own: frozenset[str] = frozenset()
    else:
        bearing = (*affected, *_bearing(inventory, subject, heirs))
        own = inventory.subject(subject).blackouts
    return own.union(*(inventory.systems[system].blackouts for system in bearing))


def systems_on(inventory: Inventory, subject: str) -> tuple[str, ...]:
    """The systems that run on an asset or a system, through systems, hosts, chassis and storage."""
    return _systems_on(inventory).get(subject, ())


def _bearing(inventory: Inventory, subject: str, heirs: frozenset[str]) -> Iterator[str]:
    """The systems that run on a subject: by the names under which it serves, and on what it carries."""
    holder = {role: id for id in heirs if (role := inventory.assets[id].replaces)}
    roles = (role for role in holder if _holder_of(role, holder) == subject)
    for name in (subject, *roles):
        if name != subject or subject not in holder or _carries(inventory, subject):
            yield from systems_on(inventory, name)


def _holder_of(role: str, holder: Mapping[str, str]) -> str:
    while role in holder:
        role = holder[role]
    return role


@remembered
def _carries(inventory: Inventory, subject: str) -> bool:
    """Whether anything is on the asset or has its disks there, so that systems run on it under no name of its own."""
    stored = any(cluster.storage == subject for cluster in inventory.clusters.values())
    return stored or any(subject in (asset.host, asset.chassis) for asset in inventory.assets.values())


@remembered
def tagged_blackouts(inventory: Inventory, tags: frozenset[str]) -> Spans:
    """The minutes of the horizon in which something with one of the tags must not be touched."""
    timetable, clock, horizon = inventory.timetable, inventory.clock, inventory.project.horizon
    binding = (blackout_spans(timetable, clock, b, horizon) for b in timetable.blackouts if b.tag in tags)
    return everyones_blackouts(inventory).union(Spans.of(part for spans in binding for part in spans))


@remembered
def _systems_on(inventory: Inventory) -> Mapping[str, tuple[str, ...]]:
    """For each subject the systems that run on it, through systems, hosts, chassis and storage."""
    storages = {host: c.storage for c in inventory.clusters.values() if c.storage for host in c.hosts}
    found: dict[str, list[str]] = {}
    for system in inventory.systems:
        seen, waiting = {system}, [system]
        while waiting:
            subject = waiting.pop()
            found.setdefault(subject, []).append(system)
            fresh = set(_bearers(inventory, subject, storages)) - seen
            seen |= fresh
            waiting += sorted(fresh)
    return {subject: tuple(systems) for subject, systems in found.items()}


def _bearers(inventory: Inventory, subject: str, storages: Mapping[str, str]) -> Iterator[str]:
    if subject in inventory.systems:
        tree = inventory.systems[subject].runs_on
        yield from leaves(tree) if tree else ()
        return
    asset = inventory.assets[subject]
    yield from (bearer for bearer in (asset.host, asset.chassis, storages.get(subject)) if bearer)
