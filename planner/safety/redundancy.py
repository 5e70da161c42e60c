"""The k-of-n trees of the inventory and how many of their members hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.model.need import AllOf, AtLeast, Tree, leaves
from planner.safety.condition import Condition
from planner.safety.moment import Moment
from planner.safety.world import BINDING, Source, Want

REDUNDANT = frozenset({Source.DECLARED, Source.SWITCH, Source.GATEWAY, Source.POWER})


@dataclass(frozen=True, slots=True)
class Count:
    """``held`` of the ``parts`` members of one k-of-n tree hold; ``missing`` are the ids of the others."""

    fact: str
    tree: AtLeast
    held: int
    missing: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Fewer than the need asks for."""
        return self.held < self.tree.count

    @property
    def spare_missing(self) -> bool:
        """Enough, but not as many as have to be kept during the move."""
        return self.tree.count <= self.held < self.tree.keep


def counts(moment: Moment, id: str) -> Iterator[Count]:
    """The k-of-n trees of a subject that is up; those of a system's needs at the member where most hold."""
    if moment.condition[id] is not Condition.UP:
        return
    if id in moment.world.inventory.assets:
        for want in moment.wants(id):
            if want.need.kind in BINDING and want.source in REDUNDANT:
                yield from seen_from(moment, want, [id], id)
        return
    yield from _of_system(moment, id)


def declared_counts(moment: Moment, id: str) -> Iterator[Count]:
    """The same without what follows the place: switches, gateways and power."""
    if moment.condition[id] is Condition.UP and id in moment.world.inventory.assets:
        for want in moment.wants(id):
            if want.need.kind in BINDING and want.source is Source.DECLARED:
                yield from seen_from(moment, want, [id], id)
    elif moment.condition[id] is Condition.UP:
        yield from _of_system(moment, id)


def _of_system(moment: Moment, id: str) -> Iterator[Count]:
    yield from _of_runs_on(moment, id)
    leaves_here = () if moment.in_cloud(id) else moment.world.members.get(id, ())
    members = [m for leaf in leaves_here if (m := moment.serves(leaf)) and moment.fine(m)]
    for want in moment.wants(id):
        if want.need.kind in BINDING:
            yield from seen_from(moment, want, members or [None], id)


def trees(tree: Tree) -> Iterator[AtLeast]:
    """The k-of-n trees with a choice in them, outermost first."""
    match tree:
        case AtLeast(_, parts):
            if len(parts) > 1:
                yield tree
            for part in parts:
                yield from trees(part)
        case AllOf(parts):
            for part in parts:
                yield from trees(part)


def seen_from(moment: Moment, want: Want, places: Sequence[str | None], id: str) -> Iterator[Count]:
    """The k-of-n trees of one want of ``id``, each at the one of these members where most hold."""
    for tree in trees(want.need.tree):
        found = [_count(moment, want, tree, at, id) for at in places]
        yield max(found, key=lambda count: count.held)


def _count(moment: Moment, want: Want, tree: AtLeast, at: str | None, id: str) -> Count:
    view = moment.view(at, id)
    kept = [moment.holds_part(part, want, view, in_room=tree.in_room) for part in tree.parts]
    return Count(want.fact, tree, sum(kept), _missing(tree, kept))


def _of_runs_on(moment: Moment, system: str) -> Iterator[Count]:
    runs_on = moment.world.inventory.systems[system].runs_on
    if runs_on is not None and not moment.in_cloud(system):
        for tree in trees(runs_on):
            kept = [moment.runs_on_part(part, system) for part in tree.parts]
            yield Count(f"systems.{system}.runs_on", tree, sum(kept), _missing(tree, kept))


def _missing(tree: AtLeast, kept: list[bool]) -> tuple[str, ...]:
    return tuple(id for part, holds in zip(tree.parts, kept, strict=True) if not holds for id in leaves(part))
