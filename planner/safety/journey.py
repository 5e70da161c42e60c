"""Journeys: what is taken out of its rack, carried and put up again, with everything that it holds (S11, S16)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.safety.moment import Moment
from planner.safety.replay import Replay
from planner.units.span import Span

K = StepKind


@dataclass(frozen=True, slots=True)
class Journey:
    """One asset on its way: ``span`` from the start of its UNMOUNT to the end of the CHECK that follows.

    Where there is no UNMOUNT or no CHECK, its CARRY bounds the span.
    """

    asset: str
    carry: Step
    span: Span


def journeys(replay: Replay) -> Iterator[Journey]:
    """Every journey of a plan, by the start of its CARRY."""
    for step in replay.steps:
        if step.kind is K.CARRY:
            yield from (Journey(id, step, _span(replay, id, step)) for id in step.assets)


def _span(replay: Replay, id: str, carry: Step) -> Span:
    own = [step for step in replay.steps if id in step.assets]
    before = [s for s in own if s.end <= carry.start and s.kind in (K.UNMOUNT, K.CARRY, K.CHECK)]
    after = [s for s in own if s.start >= carry.end and s.kind in (K.CHECK, K.CARRY)]
    taken_out = bool(before) and before[-1].kind is K.UNMOUNT
    checked = bool(after) and after[0].kind is K.CHECK
    return Span(before[-1].start if taken_out else carry.start, after[0].end if checked else carry.end)


def held_in(inventory: Inventory, moment: Moment, id: str) -> tuple[str, ...]:
    """The asset itself, the VMs and blades that are on it now, and the VMs whose disks it holds as a storage."""
    found, waiting = [id], [id]
    clusters = {c.id for c in inventory.clusters.values() if c.storage == id}
    hosts = {host for c in inventory.clusters.values() if c.storage == id for host in c.hosts}
    while waiting:
        carrier = waiting.pop()
        held = [inner for inner, outer in moment.host.items() if outer == carrier]
        if carrier == id:
            held += [a.id for a in inventory.assets.values() if a.cluster in clusters]
            held += [inner for inner, outer in moment.host.items() if outer in hosts]
        new = [inner for inner in dict.fromkeys(held) if inner not in found]
        found += new
        waiting += new
    return tuple(found)
