"""Why something does not hold: the chain from the cause to the effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from planner.model.need import AllOf, AtLeast, Leaf, Tree
from planner.safety.condition import Condition
from planner.safety.moment import Moment, View
from planner.safety.world import BINDING, Want


class Why(StrEnum):
    """What is wrong at the beginning of a chain."""

    NOT_UP = "not_up"
    NOBODY = "nobody"  # its role is being switched over
    UNREACHABLE = "unreachable"  # up, but no way leads there
    APART = "apart"  # up in another room than it has to be
    STALE = "stale"  # up, but its new address is not known


@dataclass(frozen=True, slots=True)
class Chain:
    """``ids`` from the cause to the effect, both included; ``facts`` are the needs between them, in the same order."""

    why: Why
    ids: tuple[str, ...]
    facts: tuple[str, ...] = ()

    def leads_to(self, id: str, fact: str) -> "Chain":
        return Chain(self.why, (*self.ids, id), (*self.facts, fact))


def causes(moment: Moment, subject: str) -> tuple[Chain, ...]:
    """Every chain that ends in a subject that is not fine, the shortest first; at least one if it is not fine."""
    if moment.fine(subject):
        return ()
    chains = {chain.ids: chain for chain in _of(moment, subject, frozenset())}
    return tuple(sorted(chains.values(), key=lambda chain: (len(chain.ids), chain.ids)))


def first_cause(moment: Moment, subject: str) -> Chain:
    """The shortest chain; a chain of the subject alone where nothing else is at fault."""
    return next(iter(causes(moment, subject)), Chain(Why.NOT_UP, (subject,)))


def _of(moment: Moment, subject: str, above: frozenset[str]) -> Iterator[Chain]:
    if not moment.up(subject):
        yield from _down(moment, subject)
    elif subject in moment.world.members and not moment.in_cloud(subject):
        yield from _of_system(moment, subject, above | {subject})
    else:
        yield from _of_wants(moment, subject, moment.view(subject), above | {subject})


def _down(moment: Moment, id: str) -> Iterator[Chain]:
    """A line that is on but ends on nothing that is up has its ends as the cause; everything else is its own."""
    asset = moment.world.inventory.assets.get(id)
    room = moment.room(id) if asset else None
    ends = asset.ends.get(room or "", ()) if asset and moment.condition[id] is Condition.UP else ()
    for end in ends:
        yield Chain(Why.NOT_UP, (end, id), (f"assets.{id}.ends",))
    if not ends:
        yield Chain(Why.NOT_UP, (id,))


def _of_system(moment: Moment, system: str, above: frozenset[str]) -> Iterator[Chain]:
    fact = f"systems.{system}.runs_on"
    for leaf in moment.world.members[system]:
        member = moment.serves(leaf)
        if member is None:
            yield Chain(Why.NOBODY, (leaf, system), (fact,))
        elif not moment.fine(member):
            yield from (chain.leads_to(system, fact) for chain in _of(moment, member, above) if member not in above)
        elif member not in moment.counting(system):
            for chain in _of_wants(moment, system, moment.view(member, system), above):
                yield Chain(chain.why, (*chain.ids[:-1], member, system), (*chain.facts, fact))


def _of_wants(moment: Moment, subject: str, view: View, above: frozenset[str]) -> Iterator[Chain]:
    for want in moment.wants(subject):
        if want.need.kind in BINDING and not moment.met(want, view):
            for leaf, in_room in _missed(moment, want.need.tree, want, view, in_room=False):
                yield from (
                    chain.leads_to(subject, want.fact) for chain in _of_leaf(moment, leaf, want, above, in_room)
                )


def _missed(moment: Moment, tree: Tree, want: Want, view: View, *, in_room: bool) -> Iterator[tuple[str, bool]]:
    """The leaves at fault, each with whether it has to stand in the room."""
    match tree:
        case Leaf(id):
            if not moment.satisfied(id, want, view, in_room=in_room):
                yield id, in_room
        case AllOf(parts) | AtLeast(_, parts):
            here = in_room or (isinstance(tree, AtLeast) and tree.in_room)
            for part in parts:
                yield from _missed(moment, part, want, view, in_room=here)


def _of_leaf(moment: Moment, leaf: str, want: Want, above: frozenset[str], in_room: bool) -> Iterator[Chain]:  # noqa: FBT001 - a fact about the leaf
    served = moment.serves(leaf)
    if served is None:
        yield Chain(Why.NOBODY, (leaf,))
    elif not moment.fine(served):
        if served not in above:
            yield from _of(moment, served, above)
    else:
        yield Chain(_why_not_reached(moment, served, want, in_room), (served,))


def _why_not_reached(moment: Moment, served: str, want: Want, in_room: bool) -> Why:  # noqa: FBT001 - likewise
    if any(asset == served for _, asset in moment.state.stale):
        return Why.STALE
    return Why.APART if in_room or want.need.same_room else Why.UNREACHABLE
