"""Redundancy that one element can void, moment by moment (S05)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planner.model.need import leaves
from planner.safety.condition import Condition
from planner.safety.fate import Element, ElementKind, Fates, lost
from planner.safety.fate_screen import is_shared
from planner.safety.moment import Moment
from planner.safety.record import Record
from planner.safety.redundancy import Count, declared_counts, seen_from
from planner.safety.world import Source, Want

LOCAL = frozenset({Source.SWITCH, Source.GATEWAY, Source.POWER})
"""Where the needs come from that are the same for everybody in a room."""

CARRIERS = frozenset({ElementKind.STORAGE, ElementKind.HYPERVISOR, ElementKind.CHASSIS, ElementKind.ROUTER})
"""What carries others: who loses its rack, circuit or UPS loses these by it."""


class Void(NamedTuple):
    """Members of one k-of-n need that fall with an element, so that too few are left."""

    element: Element
    members: tuple[str, ...]


class Voids:
    """Judges the redundancies of subjects; those that follow the place once a room and moment."""

    def __init__(self, replay: Record) -> None:
        self._fates = Fates(replay.moments)
        self._minute = -1
        self._seen: dict[tuple[str, str | None], tuple[tuple[Void, str], ...]] = {}

    def of(self, moment: Moment, id: str) -> tuple[tuple[Void, str], ...]:
        """What can void a redundancy of the subject; an asset that hangs on the element itself has none to lose."""
        if moment.condition[id] is not Condition.UP:
            return ()
        counted = (count for count in declared_counts(moment, id) if is_shared(moment.strip, count.tree))
        found = [(void, count.fact) for count in counted for void in self._of_tree(moment, count)]
        if id not in moment.world.inventory.assets:
            return tuple(dict.fromkeys(found))
        for want in moment.wants(id):
            if want.source in LOCAL and is_shared(moment.strip, want.need.tree):
                found += self._of_place(moment, want, id)
        own = self._fates.of(moment, id) if found else frozenset()
        return tuple(dict.fromkeys(each for each in found if each[0].element not in own))

    def _of_place(self, moment: Moment, want: Want, id: str) -> tuple[tuple[Void, str], ...]:
        if self._minute != moment.minute:
            self._minute = moment.minute
            self._seen.clear()
        key = (want.fact, moment.room(id))
        if key not in self._seen:
            counted = seen_from(moment, want, [id], id)
            self._seen[key] = tuple((void, want.fact) for count in counted for void in self._of_tree(moment, count))
        return self._seen[key]

    def _of_tree(self, moment: Moment, count: Count) -> Iterator[Void]:
        """The elements with which two or more members fail that hold now, so that fewer than ``count`` are left."""
        tree, fates = count.tree, self._fates
        if count.short or tree.count == len(tree.parts):
            return
        held = [part for part in tree.parts if not set(count.missing).issuperset(leaves(part))]
        served = {leaf: moment.serves(leaf) or leaf for part in held for leaf in leaves(part)}
        hit = Counter(e for part in held for e in {e for leaf in leaves(part) for e in fates.of(moment, served[leaf])})
        found: dict[Element, tuple[str, ...]] = {}
        for element in sorted(element for element, times in hit.items() if times > 1):
            fallen = [part for part in held if lost(moment, fates, part, element)]
            members = tuple(sorted({served[leaf] for part in fallen for leaf in leaves(part)}))
            if len(members) > 1 and len(held) - len(fallen) < tree.count:
                found[element] = members
        yield from (Void(e, m) for e, m in found.items() if not self._is_behind(moment, e, found))

    def _is_behind(self, moment: Moment, element: Element, found: Mapping[Element, tuple[str, ...]]) -> bool:
        """Whether a rack, UPS or circuit takes the same members away only by way of a carrier that is found too."""
        if element.kind in CARRIERS:
            return False
        others = (e for e in found if e.kind in CARRIERS and found[e] == found[element])
        return any(element in self._fates.of(moment, other.id) for other in others)
