"""What migrations of a plan put before other steps: a host is emptied before it goes, and up before it takes a VM."""

from collections.abc import Iterable, Iterator

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.pipeline.explanation import Fact
from planner.plan.step import Step

K = StepKind
TAKES_DOWN = (K.STOP, K.RENUMBER)
"""Kinds before which a host is emptied."""


class Migrations:
    """The hosts that each migration of a plan leaves and enters."""

    def __init__(self, inventory: Inventory, steps: Iterable[Step]) -> None:
        self._away: dict[str, list[tuple[str, Step]]] = {}
        on = {asset.id: asset.host for asset in inventory.assets.values() if asset.host}
        for step in sorted((s for s in steps if s.kind is K.MIGRATE), key=lambda s: s.start):
            for vm, host in step.hosts.items():
                self._away.setdefault(on.get(vm, ""), []).append((vm, step))
                on[vm] = host

    def emptied_first(self, step: Step) -> Iterator[tuple[Fact, Step]]:
        """The migrations that took VMs off a host before a step takes it down."""
        for host in step.assets if step.kind in TAKES_DOWN else ():
            for vm, leaving in self._away.get(host, ()):
                if leaving.end <= step.start:
                    yield Fact("emptied_first", {"id": vm, "host": host}, f"assets.{vm}.host", "S03"), leaving

    def returns_after(self, step: Step, checks: Iterable[Step]) -> Iterator[tuple[Fact, Step]]:
        """The last check of each host, of those that are given, before a VM migrates to it."""
        done = [check for check in checks if check.kind is K.CHECK and check.end <= step.start]
        for vm, host in step.hosts.items() if step.kind is K.MIGRATE else ():
            own = [check for check in done if host in check.assets]
            if own:
                fact = Fact("returns_after", {"id": vm, "host": host}, f"assets.{vm}.host", "S03")
                yield fact, max(own, key=lambda check: check.end)
