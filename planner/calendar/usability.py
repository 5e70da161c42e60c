"""When one asset, system or link may be worked on: windows without its blackouts, in rooms that are usable."""

from collections.abc import Iterable, Iterator, Mapping

from planner.calendar.hours import blackout_spans
from planner.calendar.memory import remembered
from planner.calendar.presence import Stay, plannable_spans, stay_spans, stays_of
from planner.calendar.window import everyones_blackouts, windows
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.units.span import Spans


def usable(inventory: Inventory, subject: str, stage: int | None = None, affected: tuple[str, ...] = ()) -> Spans:
    """Return the minutes in which steps on a subject that are not preparatory may lie.

    Parameters
    ----------
    subject : str
        Id of an asset, a system or a link.
    stage : int, optional
        Which change of place of an asset (0 is the first); None: any of them.
    affected : tuple of str, optional
        Systems whose availability the steps affect, besides those that run on the subject; their blackouts bind too.

    Raises
    ------
    KeyError
        If there is no such subject.
    """
    return _usable(inventory, tags_of(inventory, subject, affected), stays_of(inventory, subject, stage))


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


def tags_of(inventory: Inventory, subject: str, affected: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the blackout tags that bind steps on a subject: its own, and those of the systems that run on it.

    A system runs on what its tree names, on that one's host, chassis and storage, and on what the systems that it
    names run on.
    """
    if subject in inventory.links:
        bearing: Iterable[str] = affected
        own: frozenset[str] = frozenset()
    else:
        bearing = (*affected, *systems_on(inventory, subject))
        own = inventory.subject(subject).blackouts
    return own.union(*(inventory.systems[system].blackouts for system in bearing))


def systems_on(inventory: Inventory, subject: str) -> tuple[str, ...]:
    """The systems that run on an asset or a system, through systems, hosts, chassis and storage."""
    return _systems_on(inventory).get(subject, ())


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
