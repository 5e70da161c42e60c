"""Which links and segments have to be looked at again when a subject changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from planner.safety.world import World


class Watched:
    """For each subject the links that end on it, and the segments whose gateway it may be."""

    def __init__(self, world: World) -> None:
        links, segments, heirs = world.inventory.links, world.inventory.segments, world.once(heirs_of)
        self._links: dict[str, set[str]] = defaultdict(set)
        self._segments: dict[str, set[str]] = defaultdict(set)
        for link in links.values():
            for id in (link.id, *(end for ends in link.ends_on.values() for end in ends)):
                self._links[id].add(link.id)
        for segment in segments.values():
            for member in segment.gateway:
                for id in family(heirs, member):
                    ends = [end for ends in world.inventory.assets[id].ends.values() for end in ends]
                    for each in (id, *ends):
                        self._segments[each].add(segment.id)

    def links_of(self, touched: Iterable[str]) -> set[str]:
        return {link for id in touched for link in self._links.get(id, ())}

    def segments_of(self, touched: Iterable[str]) -> set[str]:
        return {segment for id in touched for segment in self._segments.get(id, ())}


def heirs_of(world: World) -> Mapping[str, tuple[str, ...]]:
    """For each replaced asset those that replace it."""
    found: dict[str, list[str]] = defaultdict(list)
    for asset in world.inventory.assets.values():
        if asset.replaces is not None:
            found[asset.replaces].append(asset.id)
    return {id: tuple(heirs) for id, heirs in found.items()}


def family(heirs: Mapping[str, tuple[str, ...]], id: str) -> Iterator[str]:
    """An asset, those that replace it, and so on."""
    seen, waiting = {id}, [id]
    while waiting:
        here = waiting.pop()
        yield here
        new = [heir for heir in heirs.get(here, ()) if heir not in seen]
        seen.update(new)
        waiting += new
