"""Where every resolved value of an inventory comes from; worked out when somebody asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.sources.binding import at
from planner.sources.bindings import Bindings
from planner.sources.building.work import ASSET_STEPS, SYSTEM_STEPS
from planner.sources.layers import Layers, Origin
from planner.sources.sections import SINGLES


class Provenance(Mapping[str, Origin]):
    """The origin of every fact by its path, in the order of the files."""

    def __init__(self, find: Callable[[], Iterable[tuple[str, Origin]]]) -> None:
        self._find = find

    @cached_property
    def _origins(self) -> dict[str, Origin]:
        return dict(self._find())

    def __getitem__(self, path: str) -> Origin:
        return self._origins[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._origins)

    def __len__(self) -> int:
        return len(self._origins)


_SPACES = {
    **dict.fromkeys(("network", "power", "lines", "servers", "storage", "vms", "terminals"), "assets"),
    "separation": "separations",
}


_NOT_DONE_TO = {
    "systems": frozenset(map(str, frozenset(StepKind) - SYSTEM_STEPS)),
    "assets": frozenset(map(str, frozenset(StepKind) - ASSET_STEPS)),
}
"""Steps that defaults for all name, and that are never done to a subject of the space."""


def origins(bindings: Bindings, layers: Layers, inventory: Inventory) -> Iterator[tuple[str, Origin]]:
    """Yield the origin of every record and of every value in it, written, inherited or derived."""
    served = {b.record.dhcp: at(b.written.node, "dhcp") for b in bindings.lists["segments"] if b.record.dhcp}
    unnamed: Counter[str] = Counter()  # records without an id are numbered over all files, as the inventory has them
    for bound in bindings:
        written = bound.written
        space = _SPACES.get(written.section, written.section)
        path = space if written.section in SINGLES else f"{space}.{written.id or unnamed[space]}"
        unnamed[space] += not written.id
        place = written.node.position
        yield path, Origin(place, "written", written.id)
        left_out = _NOT_DONE_TO.get(space, frozenset())
        for where, origin in layers.origins(written.node, path):
            if where.rpartition(".")[2] not in left_out or origin.layer == "written":
                yield where, origin
        if space == "assets":
            asset = inventory.assets[written.id]
            yield f"{path}.method", Origin(place, "derived", str(asset.method))
        if space in ("assets", "systems"):
            needs = inventory.subject(written.id).needs
            for number, need in enumerate(needs):
                own = place if number < len(bound.record.needs) else served.get(next(leaves(need.tree)), place)
                yield f"{path}.needs.{number}.kind", Origin(own, "derived", str(need.kind))
