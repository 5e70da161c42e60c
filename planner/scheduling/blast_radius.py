"""How much one wave may touch, and what must not move with it (S19)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.system import Criticality
from planner.scheduling.binding import is_accepted, is_error
from planner.scheduling.job import Job, JobKind
from planner.scheduling.transition import Outcome

AWAY = frozenset({JobKind.MOVE})
"""Jobs that carry assets away; what retires holds nothing any more."""

PREPARING = frozenset({JobKind.INSTALL, JobKind.TEST})
"""Jobs that touch nothing that anybody uses yet."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What turns of one wave are about, by id.

    ``subjects`` are worked on, ``away`` leave their place, ``critical`` are the systems of criticality S among it.
    """

    subjects: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    critical: frozenset[str] = frozenset()

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(self.subjects | other.subjects, self.away | other.away, self.critical | other.critical)


class BlastRadius:
    """Decides which turns may be in one wave; a rule that is only a warning binds nothing."""

    def __init__(self, inventory: Inventory, jobs: Mapping[str, Job]) -> None:
        self.inventory = inventory
        self.jobs = jobs
        self.watchers = [asset for asset in inventory.assets.values() if asset.watches]
        self.keepers = [asset for asset in inventory.assets.values() if asset.backs_up]
        self.highest = [
            (s.id, frozenset((s.id, *(leaves(s.runs_on) if s.runs_on else ()))))
            for s in inventory.systems.values()
            if s.criticality is Criticality.S
        ]
        asked = inventory.policy.critical_per_wave is not None or self.watchers or self.keepers
        self.binds = bool(asked) and is_error(inventory, "S19")
        self._known: dict[tuple[frozenset[str], Outcome], Touched] = {}

    def of(self, jobs: Iterable[str], outcome: Outcome) -> Touched:
        """What a turn touches."""
        key = (frozenset(jobs), outcome)
        if key not in self._known:
            self._known[key] = self._of(key[0], outcome) if self.binds else Touched()
        return self._known[key]

    def _of(self, jobs: Iterable[str], outcome: Outcome) -> Touched:
        chosen = [self.jobs[id] for id in jobs if self.jobs[id].kind not in PREPARING]
        guests = outcome.evacuation.guests if outcome.evacuation else ()
        subjects = frozenset((*(s for job in chosen for s in job.subjects), *outcome.stopped, *guests))
        away = frozenset(s for job in chosen if job.kind in AWAY for s in job.subjects)
        return Touched(subjects, away, frozenset(self._critical(subjects | outcome.affected)))

    def allows(self, before: Touched, turn: Touched) -> bool:
        """Whether the turn may be in the wave that has touched ``before``."""
        if not self.binds:
            return True
        wave, cap = before | turn, self.inventory.policy.critical_per_wave
        few = cap is None or len(wave.critical) <= cap or is_accepted(self.inventory, "S19", wave.critical)
        return few and not any(self._blind(wave)) and not any(self._bare(turn))

    def _critical(self, touched: frozenset[str]) -> Iterator[str]:
        return (id for id, members in self.highest if not touched.isdisjoint(members))

    def _blind(self, wave: Touched) -> Iterator[str]:
        """What only monitors watch that move in the same wave."""
        moving = [watcher for watcher in self.watchers if self._travels(watcher, wave)]
        staying = [watcher for watcher in self.watchers if watcher not in moving]
        for watcher in (each for each in moving if not is_accepted(self.inventory, "S19", (each.id,))):
            for id in wave.subjects - {watcher.id}:
                if self._watches(watcher, id) and not any(self._watches(other, id) for other in staying):
                    yield id

    def _watches(self, watcher: Asset, id: str) -> bool:
        """By its id, or by a room in which it stands or comes to stand."""
        asset = self.inventory.assets.get(id)
        if asset is None:
            return False
        rooms = (position.room for position in (asset.at, *(s.position for s in asset.stages)) if position)
        return not {id, *rooms}.isdisjoint(watcher.watches)

    def _bare(self, turn: Touched) -> Iterator[str]:
        """What is backed up by a server that moves at the same time as the original and all other copies."""
        for keeper in self.keepers:
            for id in keeper.backs_up if self._travels(keeper, turn) else ():
                backup = self.inventory.assets[id].backup
                others = (id, *(copy for copy in (backup.copies if backup else ()) if copy != keeper.id))
                if is_accepted(self.inventory, "S19", (keeper.id, *others)):
                    continue
                if all(other in self.inventory.assets and self._travels_by(other, turn) for other in others):
                    yield id

    def _travels_by(self, id: str, work: Touched) -> bool:
        return self._travels(self.inventory.assets[id], work)

    def _travels(self, asset: Asset, work: Touched) -> bool:
        """Whether what the asset holds is moved: with itself, its chassis, or the storage or host of a VM."""
        cluster = self.inventory.clusters.get(asset.cluster or "")
        carrier = asset.chassis if asset.kind is AssetKind.BLADE else None
        if asset.kind is AssetKind.VM:
            carrier = cluster.storage if cluster is not None and cluster.storage else asset.host
        return (carrier or asset.id) in work.away
