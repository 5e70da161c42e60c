"""Why something does not hold: the chain from the cause to the effect."""

from collections import deque
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
    ELSEWHERE = "elsewhere"  # up, but not in the room in which a line ends on it
    STALE = "stale"  # up, but its new address is not known


@dataclass(frozen=True, slots=True)
class Chain:
    """``ids`` from the cause to the effect, both included; ``facts`` are the needs between them, in the same order."""

    why: Why
    ids: tuple[str, ...]
    facts: tuple[str, ...] = ()

    def begun_by(self, id: str, fact: str, why: Why) -> "Chain":
        """The chain with one more cause before it."""
        return Chain(why, (id, *self.ids), (fact, *self.facts))


Fault = tuple[str, str, Why | None, tuple[str, ...]]
"""A provider at fault, the need that names it, why (None: it is itself not fine), and the member that felt it."""


def causes(moment: Moment, subject: str) -> tuple[Chain, ...]:
    """One shortest chain from each cause to a subject that is not fine, the shortest first; none if it is fine."""
    if moment.fine(subject):
        return ()
    found: dict[tuple[Why, tuple[str, ...]], Chain] = {}
    waiting = deque([Chain(Why.NOT_UP, (subject,))])
    seen = {subject}
    while waiting:
        chain = waiting.popleft()
        faults = list(_faults(moment, chain.ids[0]))
        if not faults:
            found.setdefault((chain.why, chain.ids[:1]), chain)
        for provider, fact, why, felt_by in faults:
            runs_on = f"systems.{chain.ids[0]}.runs_on"
            felt = chain if not felt_by else chain.begun_by(felt_by[0], runs_on, Why.NOT_UP)
            longer = felt.begun_by(provider, fact, why or Why.NOT_UP)
            if why is not None:
                found.setdefault((why, longer.ids[:2]), longer)
            elif provider not in seen:
                seen.add(provider)
                waiting.append(longer)
    return tuple(found.values())


def first_cause(moment: Moment, subject: str) -> Chain:
    """The shortest chain; a chain of the subject alone where nothing else is at fault."""
    return next(iter(causes(moment, subject)), Chain(Why.NOT_UP, (subject,)))


def _faults(moment: Moment, id: str) -> Iterator[Fault]:
    if not moment.up(id):
        yield from _ends(moment, id)
    elif id in moment.world.members and not moment.in_cloud(id):
        yield from _of_system(moment, id)
    else:
        yield from _of_wants(moment, id, moment.view(id), ())


def _ends(moment: Moment, id: str) -> Iterator[Fault]:
    """A line that is on but ends on nothing that is up has its ends as the cause; anything else is its own."""
    asset = moment.world.inventory.assets.get(id)
    if asset is not None and moment.condition[id] is Condition.UP:
        for end in asset.ends.get(moment.room(id) or "", ()):
            yield end, f"assets.{id}.ends", Why.ELSEWHERE if moment.up(end) else Why.NOT_UP, ()


def _of_system(moment: Moment, system: str) -> Iterator[Fault]:
    fact = f"systems.{system}.runs_on"
    for leaf in moment.world.members[system]:
        member = moment.serves(leaf)
        if member is None:
            yield leaf, fact, Why.NOBODY, ()
        elif not moment.fine(member):
            yield member, fact, None, ()
        elif member not in moment.counting(system):
            yield from _of_wants(moment, system, moment.view(member, system), (member,))


def _of_wants(moment: Moment, subject: str, view: View, felt_by: tuple[str, ...]) -> Iterator[Fault]:
    for want in moment.wants(subject):
        if want.need.kind in BINDING and not moment.met(want, view):
            for leaf, in_room in _missed(moment, want.need.tree, want, view, in_room=False):
                served = moment.serves(leaf)
                if served is None:
                    yield leaf, want.fact, Why.NOBODY, felt_by
                elif not moment.fine(served):
                    yield served, want.fact, None, felt_by
                else:
                    yield served, want.fact, _why_not_reached(served, want, view, local=in_room), felt_by


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


def _why_not_reached(served: str, want: Want, view: View, *, local: bool) -> Why:
    if served in view.stale:
        return Why.STALE
    return Why.APART if local or want.need.same_room else Why.UNREACHABLE
