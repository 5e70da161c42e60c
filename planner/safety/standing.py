"""Whether a subject may keep running: its hard trees, judged by what is up, without regard to the ways there.

Taking a switch or a link away makes its dependents unavailable, but they need not be stopped (live). What has to be
stopped first is what its hard tree does not hold up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.safety.condition import Condition
from planner.safety.moment import Moment
from planner.safety.world import Source, Want


@dataclass(frozen=True, slots=True)
class Lack:
    """A hard tree that fails: the leaves at fault, as the file names them, and where the need stands."""

    leaves: tuple[str, ...]
    fact: str


def lacks(moment: Moment, id: str, group: tuple[str, ...] = ()) -> Iterator[Lack]:
    """The hard trees of a subject that fail now; partners of its own hard cycle count as held."""
    room = moment.room(id) if id in moment.world.inventory.assets else None
    for want in (*moment.wants(id), *_migration(moment, id)):
        if want.need.kind is NeedKind.HARD:
            tree = _apart(want.need.tree) if want.need.same_room else want.need.tree
            if not _held(moment, tree, room, group):
                yield Lack(tuple(_missed(moment, tree, room, group)), want.fact)
    system = moment.world.inventory.systems.get(id)
    runs_on = None if system is None or moment.in_cloud(id) else system.runs_on
    if runs_on is not None and not _held(moment, runs_on, None, group):
        yield Lack(tuple(_missed(moment, runs_on, None, group)), f"systems.{id}.runs_on")


def _migration(moment: Moment, id: str) -> Iterator[Want]:
    """A VM that is migrating needs the host that it goes to as well; it is up throughout all the same."""
    target = moment.state.target.get(id)
    if target is not None:
        yield Want(Need(NeedKind.HARD, Leaf(target)), Source.HOST, f"assets.{id}.host")


def _apart(tree: Tree) -> Tree:
    """A tree whose members have to stand in the room."""
    return AtLeast(1, (tree,), 1, in_room=True)


def _held(moment: Moment, tree: Tree, room: str | None, group: tuple[str, ...], *, in_room: bool = False) -> bool:
    match tree:
        case Leaf(id):
            return id in group or _stands(moment, id, room if in_room else None)
        case AllOf(parts):
            return all(_held(moment, part, room, group, in_room=in_room) for part in parts)
        case AtLeast(count, parts):
            here = in_room or tree.in_room
            return sum(_held(moment, part, room, group, in_room=here) for part in parts) >= count


def _missed(
    moment: Moment, tree: Tree, room: str | None, group: tuple[str, ...], *, in_room: bool = False
) -> Iterator[str]:
    match tree:
        case Leaf(id):
            if not _held(moment, tree, room, group, in_room=in_room):
                yield id
        case AllOf(parts) | AtLeast(_, parts):
            here = in_room or (isinstance(tree, AtLeast) and tree.in_room)
            for part in parts:
                yield from _missed(moment, part, room, group, in_room=here)


def _stands(moment: Moment, leaf: str, room: str | None) -> bool:
    served = moment.serves(leaf)
    if served is None or moment.condition[served] is not Condition.UP:
        return False
    return room is None or served not in moment.world.inventory.assets or moment.room(served) == room
