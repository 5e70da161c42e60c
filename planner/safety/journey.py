"""Journeys: what is taken out of its rack, carried and put up again, with everything that it holds (S11, S16)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.model.chain import StepKind
from planner.plan.step import Step
from planner.safety.above import hosts_of_storages
from planner.safety.moment import Moment
from planner.safety.replay import Replay
from planner.safety.world import World
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
    own = replay.of_subject.get(id, ())
    before = [s for s in own if s.end <= carry.start and s.kind in (K.UNMOUNT, K.CARRY, K.CHECK)]
    after = [s for s in own if s.start >= carry.end and s.kind in (K.CHECK, K.CARRY)]
    taken_out = bool(before) and before[-1].kind is K.UNMOUNT
    checked = bool(after) and after[0].kind is K.CHECK
    return Span(before[-1].start if taken_out else carry.start, after[0].end if checked else carry.end)


def held_in(moment: Moment, id: str) -> tuple[str, ...]:
    """The asset itself, the VMs and blades that are on it now, and the VMs whose disks it holds as a storage."""
    found, waiting = {id: None}, [id]
    hosts, disks = moment.world.once(hosts_of_storages), moment.world.once(_disks)
    while waiting:
        carrier = waiting.pop()
        held = [*moment.held(carrier)]
        if carrier == id:
            held += [*disks.get(id, ()), *(inner for host in hosts.get(id, ()) for inner in moment.held(host))]
        new = [inner for inner in dict.fromkeys(held) if inner not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)


def _disks(world: World) -> Mapping[str, tuple[str, ...]]:
    """For each storage the VMs of its clusters."""
    clusters = world.inventory.clusters
    found: dict[str, list[str]] = defaultdict(list)
    for asset in world.inventory.assets.values():
        cluster = clusters.get(asset.cluster or "")
        if cluster is not None and cluster.storage is not None:
            found[cluster.storage].append(asset.id)
    return {id: tuple(vms) for id, vms in found.items()}
