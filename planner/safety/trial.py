"""Whether what is being started or tested has what it needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from planner.model.need import AllOf, AtLeast, Leaf, NeedKind, Tree, leaves
from planner.safety.condition import STILL
from planner.safety.judged_strip import JudgedStrip
from planner.safety.moment import Moment, View
from planner.safety.strip import Angle, Bits
from planner.safety.world import Want


@dataclass(frozen=True, slots=True)
class Miss:
    """A need that fails during a test: its leaves at fault, and where it stands in the inventory."""

    leaves: tuple[str, ...]
    fact: str


def misses(moment: Moment, id: str, kinds: frozenset[NeedKind], group: tuple[str, ...]) -> Iterator[Miss]:
    """The needs of these kinds that fail for a subject that may itself be still starting.

    Partners of its own hard cycle count as held while they are on the way up with it. A system's needs hold where
    enough members for what it runs on have them.
    """
    if id in moment.world.inventory.assets:
        view = moment.view(id)
        for want in moment.wants(id):
            if want.need.kind in kinds and not _held(moment, want.need.tree, want, view, group):
                yield Miss(tuple(_missed(moment, want.need.tree, want, view, group)), want.fact)
    else:
        yield from _of_system(moment, id, kinds, group)


def may_miss(moment: Moment, id: str, kinds: frozenset[NeedKind]) -> bool:
    """Whether there may be such a need: found out for all moments that are judged together."""
    return bool(moment.strip.once(_may_miss, id, kinds) >> moment.column & 1)


def missing(moments: Iterable[Moment], id: str, kinds: frozenset[NeedKind]) -> Iterator[Moment]:
    """Those of some moments at which there may be such a need."""
    for strip, part in groupby(moments, key=attrgetter("strip")):
        bits = strip.once(_may_miss, id, kinds)
        yield from (moment for moment in part if bits >> moment.column & 1) if bits else ()


def _may_miss(strip: JudgedStrip, id: str, kinds: frozenset[NeedKind]) -> Bits:
    return strip.all & ~_has_all(strip, id, kinds)


def _has_all(strip: JudgedStrip, id: str, kinds: frozenset[NeedKind]) -> Bits:
    """When the needs of an asset hold, or those of a system at enough members that are fine."""
    system = strip.world.inventory.systems.get(id)
    wants = [(want, when) for want, when in strip.wants(id) if want.need.kind in kinds]
    if system is None or system.runs_on is None:
        return _all_met(strip, wants, strip.angle(id, id))
    counting: dict[str, Bits] = {}
    for member, when in strip.members(id):
        having = when & strip.fine(member) & _all_met(strip, wants, strip.angle(member, id))
        counting[member] = counting.get(member, 0) | having
    return ~strip.in_cloud(id) & strip.held_by(system.runs_on, counting)


def _all_met(strip: JudgedStrip, wants: Iterable[tuple[Want, Bits]], angle: Angle) -> Bits:
    found = strip.all
    for want, when in wants:
        found &= strip.met(want, angle) | ~when
    return found


def _of_system(moment: Moment, id: str, kinds: frozenset[NeedKind], group: tuple[str, ...]) -> Iterator[Miss]:
    wants = [want for want in moment.wants(id) if want.need.kind in kinds]
    runs_on = None if moment.in_cloud(id) else moment.world.inventory.systems[id].runs_on
    if runs_on is None:
        view = moment.view(None, id)
        for want in wants:
            if not _held(moment, want.need.tree, want, view, group):
                yield Miss(tuple(_missed(moment, want.need.tree, want, view, group)), want.fact)
        return
    up = [m for leaf in leaves(runs_on) if (m := moment.serves(leaf)) is not None and moment.fine(m)]
    lacking = {m: [w for w in wants if not _held(moment, w.need.tree, w, moment.view(m, id), group)] for m in up}
    counting = frozenset(member for member, missed in lacking.items() if not missed)
    if NeedKind.HARD in kinds and not _runs(moment, runs_on, frozenset(up)):
        yield Miss(tuple(leaf for leaf in leaves(runs_on) if moment.serves(leaf) not in up), f"systems.{id}.runs_on")
    elif not _runs(moment, runs_on, counting):
        for member, want in dict.fromkeys((m, w) for m, missed in lacking.items() for w in missed):
            yield Miss(tuple(_missed(moment, want.need.tree, want, moment.view(member, id), group)), want.fact)


def _runs(moment: Moment, tree: Tree, counting: frozenset[str]) -> bool:
    match tree:
        case Leaf(id):
            return moment.serves(id) in counting
        case AllOf(parts):
            return all(_runs(moment, part, counting) for part in parts)
        case AtLeast(count, parts):
            return sum(_runs(moment, part, counting) for part in parts) >= count


def _held(moment: Moment, tree: Tree, want: Want, view: View, group: tuple[str, ...], *, in_room: bool = False) -> bool:
    match tree:
        case Leaf(id):
            coming = id in group and moment.condition[id] not in STILL
            return coming or moment.satisfied(id, want, view, in_room=in_room)
        case AllOf(parts):
            return all(_held(moment, part, want, view, group, in_room=in_room) for part in parts)
        case AtLeast(count, parts):
            here = in_room or tree.in_room
            return sum(_held(moment, part, want, view, group, in_room=here) for part in parts) >= count


def _missed(
    moment: Moment, tree: Tree, want: Want, view: View, group: tuple[str, ...], *, in_room: bool = False
) -> Iterator[str]:
    match tree:
        case Leaf(id):
            if not _held(moment, tree, want, view, group, in_room=in_room):
                yield id
        case AllOf(parts) | AtLeast(_, parts):
            here = in_room or (isinstance(tree, AtLeast) and tree.in_room)
            for part in parts:
                yield from _missed(moment, part, want, view, group, in_room=here)
