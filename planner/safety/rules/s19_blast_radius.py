"""S19 blast radius: how much one wave may touch, and what must not move with it."""

from collections import defaultdict
from collections.abc import Iterator

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.model.system import Criticality
from planner.plan.finding import Finding
from planner.safety import complaint
from planner.safety.context import Context
from planner.safety.preparation import in_use
from planner.safety.rule import Outcome, Rule
from planner.safety.underway import Underway
from planner.safety.watch import at, seen
from planner.safety.wave_work import WaveWork, carrier
from planner.units.span import Span

SENTENCE = (
    "Per wave the number of critical systems touched stays within the policy's cap; a backup server does not move with "
    "the only other copy of what it backs up; the monitoring that watches a wave does not move in it."
)


def check(context: Context) -> Outcome:
    """Judge every wave that does more than prepare."""
    inventory = context.inventory
    use = in_use(inventory, context.plan.steps())
    works = [work for wave in context.plan.waves if (work := WaveWork(inventory, wave, use)).steps]
    keepers = [asset for asset in inventory.assets.values() if asset.backs_up]
    watchers = [asset for asset in inventory.assets.values() if asset.watches]
    moved_with: dict[str, list[Asset]] = defaultdict(list)
    for keeper in keepers:
        moved_with[carrier(inventory, keeper.id)].append(keeper)
    out = Underway((span, id) for id, spans in context.replay.unavailable.items() for span in spans)
    found: list[Finding] = []
    for work in works:
        found += _critical(context, work, out)
        for keeper in (keeper for id in work.moves for keeper in moved_with.get(id, ())):
            found += _with_original(work, keeper)
        for watcher in watchers:
            found += _watching(work, watcher, watchers)
    if works:
        found += _unknown(context, works, watchers)
    return Outcome(tuple(found), len(works) * (1 + len(keepers) + len(watchers)))


def _critical(context: Context, work: WaveWork, out: Underway[str]) -> Iterator[Finding]:
    """Systems of criticality S that the wave touches ``<= policy.critical_per_wave``."""
    cap, systems = context.inventory.policy.critical_per_wave, context.inventory.systems
    critical = {id for id in work.systems(context.replay.world, out) if systems[id].criticality is Criticality.S}
    touched = tuple(id for id in systems if id in critical) if critical else ()
    facts = ("policy.critical_per_wave",)
    if cap is None and touched:
        values = {"wave": work.wave.id, "found": str(len(touched))}
        said = seen("s19.cap_unknown", (context.inventory.project.id,), facts=facts, values=values, unknown=True)
        yield at(work.wave.window, said)
    elif cap is not None and len(touched) > cap:
        values = {"wave": work.wave.id, "found": str(len(touched)), "limit": str(cap)}
        yield complaint.of_span("s19.too_many", touched, work.wave.window, (), values, facts)


def _with_original(work: WaveWork, keeper: Asset) -> Iterator[Finding]:
    """While the keeper of a backup moves, the original or another copy of it stands still."""
    away = work.travels(keeper.id)
    for id in keeper.backs_up if away is not None else ():
        others = _others(work.inventory, keeper, id)
        trips = [work.travels(other) if other in work.inventory.assets else None for other in others]
        if away is not None and all(trip is not None and trip.overlaps(away) for trip in trips):
            subjects = (keeper.id, *others)
            values = {"keeper": keeper.id, "original": id, "wave": work.wave.id}
            facts = (f"assets.{keeper.id}.backs_up", f"assets.{id}.backup")
            yield complaint.of_span("s19.with_original", subjects, away, (), values, facts)


def _others(inventory: Inventory, keeper: Asset, id: str) -> tuple[str, ...]:
    """Where the same data is besides the keeper: the original, and the copies that it names."""
    backup = inventory.assets[id].backup
    copies = () if backup is None else tuple(copy for copy in backup.copies if copy != keeper.id)
    return (id, *copies)


def _watching(work: WaveWork, watcher: Asset, watchers: list[Asset]) -> Iterator[Finding]:
    """A monitor that moves in a wave is not the only one that watches something that the wave works on."""
    away = work.travels(watcher.id)
    if away is None:
        return
    staying = [other for other in watchers if work.travels(other.id) is None]
    touched = sorted(id for id in work.subjects if id in work.inventory.assets and id != watcher.id)
    watched = (id for id in touched if _watches(work.inventory, watcher, id))
    alone = [id for id in watched if not any(_watches(work.inventory, other, id) for other in staying)]
    if alone:
        shown = ", ".join(alone[:5]) + (f" +{len(alone) - 5}" if len(alone) > 5 else "")
        values = {"watcher": watcher.id, "wave": work.wave.id, "moved": shown}
        facts = (f"assets.{watcher.id}.watches",)
        yield complaint.of_span("s19.watcher_moves", (watcher.id,), away, (), values, facts)


def _watches(inventory: Inventory, watcher: Asset, id: str) -> bool:
    """By its id, or by a room in which it stands or comes to stand."""
    asset = inventory.assets[id]
    places = (asset.at, *(stage.position for stage in asset.stages))
    return not {id, *(place.room for place in places if place is not None)}.isdisjoint(watcher.watches)


def _unknown(context: Context, works: list[WaveWork], watchers: list[Asset]) -> Iterator[Finding]:
    """Nobody watches, as far as the inventory knows; or nobody keeps the backups of something that moves."""
    inventory = context.inventory
    kept = {id for asset in inventory.assets.values() for id in asset.backs_up}
    span = Span(works[0].wave.window.start, works[-1].wave.window.end)
    if not watchers and any(work.moves for work in works):
        yield at(span, seen("s19.watcher_unknown", (inventory.project.id,), facts=("assets",), unknown=True))
    for work in works:
        for id in sorted(work.moves):
            if inventory.assets[id].backup is not None and id not in kept:
                facts, values = (f"assets.{id}.backup",), {"original": id}
                yield at(work.moves[id], seen("s19.keeper_unknown", (id,), facts=facts, values=values, unknown=True))


RULE = Rule("S19", SENTENCE, check)
