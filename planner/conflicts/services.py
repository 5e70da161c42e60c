"""How long users may be without a system, and how long the work takes (S02)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Change, Cost, Relief, Rung
from planner.conflicts.change import lasting, of_asset, of_system
from planner.conflicts.dates import blackout_facts, further_windows, pin_facts, room_facts, window_facts
from planner.conflicts.papers import stays
from planner.model.asset import Asset, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.model.timetable import Hours
from planner.plan.refusal import Fact, Reason
from planner.scheduling.essential import away_minutes

NEVER = "-"
"""Hours in which nobody asks for a service."""
ROUND = 30
"""Minutes to which a limit is rounded up."""


def outage(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """An outage that no window, or no budget, holds."""
    system, asset = inventory.systems[reason.subjects[0]], inventory.assets[reason.subjects[1]]
    minutes = int(reason.values["minutes"])
    yield from limits(inventory, system, minutes, int(reason.values.get("inside", minutes)))
    yield duration(asset)
    yield from when(inventory, asset, (system.id,), minutes)


def no_window(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """A step that no window holds."""
    asset, kind = inventory.assets[reason.subjects[0]], StepKind(reason.values["kind"])
    values = {"asset": asset.id, "kind": kind.value, "minutes": reason.values["minutes"]}
    lift = of_asset(asset.id, lambda a: replace(a, works={**a.works, kind: lasting(a.works[kind], 0)}))
    yield Candidate(Fact("has_step", f"assets.{asset.id}.steps.{kind}", values), lift, (stays(asset),))
    yield from when(inventory, asset, (), sum(work.duration.likely for work in asset.works.values()))


def when(inventory: Inventory, asset: Asset, systems: tuple[str, ...], minutes: int) -> Iterator[Candidate]:
    """Windows, blackouts and dates that bind the asset and these systems; ``minutes`` have to fit in."""
    patterns = list(window_facts(inventory, minutes))
    further = tuple(further_windows(inventory, minutes, asset, systems))
    yield from [replace(c, reliefs=(*c.reliefs, *further)) for c in patterns]
    yield from blackout_facts(inventory, asset, systems)
    yield from pin_facts(inventory, asset)
    places = (asset.at, *(stage.position for stage in asset.stages))
    yield from room_facts(inventory, (at.room for at in places if at is not None))


def limits(inventory: Inventory, system: System, minutes: int, inside: int) -> Iterator[Candidate]:
    """The budget of a system, its longest outages, and its hours; it is out for so many minutes, ``inside`` them."""
    everything = inventory.project.horizon.minutes
    for name, needed in (("budget", inside), ("longest", inside), ("longest_elapsed", minutes)):
        limit = getattr(system, name)
        if limit is not None:
            path, values = f"systems.{system.id}.{name}", {"system": system.id, "minutes": str(limit)}
            lift = of_system(system.id, _limited(name, everything))
            rungs = tuple(_raised(system, name, needed))
            yield Candidate(Fact(f"has_{name}", path, values), lift, (Relief(rungs),) if rungs else ())
    if system.hours is None or inventory.timetable.hours[system.hours].parts:
        values = {"system": system.id, "hours": system.hours or "-"}
        key = "has_hours" if system.hours else "has_all_hours"
        yield Candidate(Fact(key, f"systems.{system.id}.hours", values), _unasked(system.id))


def _raised(system: System, name: str, needed: int) -> Iterator[Rung]:
    path = f"systems.{system.id}.{name}"
    for step, percent in enumerate((100, 150, 200, 300, 600)):
        limit = -(-needed * percent // 100 // ROUND) * ROUND
        if limit > getattr(system, name):
            told = Fact(f"relax_{name}", path, {"system": system.id, "minutes": str(limit)})
            yield Rung(told, Cost.OUTAGE + step, of_system(system.id, _limited(name, limit)))


def _limited(name: str, limit: int) -> Callable[[System], System]:
    def limited(system: System) -> System:
        return replace(system, **{name: limit})  # type: ignore[arg-type]

    return limited


def _unasked(system: str) -> Change:
    def unasked(found: Inventory) -> Inventory:
        table = replace(found.timetable, hours={**found.timetable.hours, NEVER: Hours(NEVER, ())})
        return of_system(system, lambda s: replace(s, hours=NEVER))(replace(found, timetable=table))

    return unasked


def duration(asset: Asset) -> Candidate:
    """How long it takes to change the asset, from its stop to its check."""

    def at_once(found: Asset) -> Asset:
        return replace(found, works=_short(found.works))

    values = {"asset": asset.id, "minutes": str(away_minutes(asset))}
    return Candidate(Fact("has_duration", f"assets.{asset.id}", values), of_asset(asset.id, at_once), (stays(asset),))


def _short(works: Mapping[StepKind, Work]) -> dict[StepKind, Work]:
    return {kind: lasting(work, 0) for kind, work in works.items()}
