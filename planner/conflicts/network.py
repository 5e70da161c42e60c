"""What crosses between rooms: segments, links and their capacity, needs and how many have to stay (S04, S06-S09)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Cost, Relief, Rung, relief
from planner.conflicts.change import of_link, of_segment
from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Need, Tree, leaves
from planner.model.network import Link
from planner.model.system import System
from planner.plan.refusal import Fact

ROOMY = 1_000_000
"""Mbit/s that nothing fills."""
USUAL = 1_000
"""Mbit/s of a link that is laid for want of one."""


def segments_of(inventory: Inventory, asset: Asset) -> Iterator[Candidate]:
    """The segments of the asset that may not be stretched."""
    for id in asset.segments:
        yield from unstretched(inventory, id)


def unstretched(inventory: Inventory, id: str) -> Iterator[Candidate]:
    """That a segment has one place."""
    segment = inventory.segments[id]
    if not segment.stretch and not segment.client:
        path = f"segments.{id}.stretch"
        values = {"segment": id, "vlan": str(segment.vlan) if segment.vlan is not None else id}
        stretched = of_segment(id, lambda s: replace(s, stretch=True))
        way = relief(Fact("relax_stretch", path, values), Cost.NETWORK, stretched)
        yield Candidate(Fact("has_no_stretch", path, values), stretched, (way,))


def rooms_of(asset: Asset) -> tuple[str, ...]:
    """The rooms between which the asset changes, in order."""
    places = (asset.at, *(stage.position for stage in asset.stages))
    return tuple(dict.fromkeys(place.room for place in places if place is not None))


def links_between(inventory: Inventory, asset: Asset) -> Iterator[Candidate]:
    """How much the links at the rooms of the asset bear; that there is none between two of them."""
    rooms = rooms_of(asset)
    for link in inventory.links.values():
        if not set(rooms).isdisjoint(link.between):
            yield from capacity(link)
    if len(rooms) > 1 and not any(set(link.between) == {rooms[0], rooms[-1]} for link in inventory.links.values()):
        yield unlinked(rooms[0], rooms[-1])


def capacity(link: Link, needed: int | None = None) -> Iterator[Candidate]:
    """What a link bears, where that is known."""
    if link.mbps is None:
        return
    path = f"links.{link.id}.mbps"
    rungs = []
    for step, mbps in enumerate((needed,) if needed else (link.mbps * 2, link.mbps * 4, link.mbps * 10)):
        told = Fact("relax_mbps", path, {"link": link.id, "mbps": str(mbps)})
        rungs.append(Rung(told, Cost.NETWORK + step, of_link(link.id, _bearing(mbps))))
    values = {"link": link.id, "mbps": str(link.mbps)}
    yield Candidate(Fact("has_mbps", path, values), of_link(link.id, _bearing(ROOMY)), (Relief(tuple(rungs)),))


def _bearing(mbps: int) -> Callable[[Link], Link]:
    return lambda link: replace(link, mbps=mbps)


def unlinked(one: str, other: str) -> Candidate:
    """That no link joins two rooms; a link that carries everything would."""
    id = f"link-{one}-{other}"
    link = Link(id, id, (one, other), mbps=USUAL, latency_ms=1.0, paths=2)

    def laid(found: Inventory) -> Inventory:
        return replace(found, links={**found.links, id: link})

    values = {"one": one, "other": other, "mbps": str(USUAL)}
    path = f"rooms.{other}"
    way = relief(Fact("relax_link", path, values), Cost.NETWORK + 8, laid)
    return Candidate(Fact("has_no_link", path, values), laid, (way,))


def needs_of(inventory: Inventory, asset: Asset) -> Iterator[Candidate]:
    """Of how many members each system that runs on the asset needs how many, and needs that name it."""
    subjects: tuple[Asset | System, ...] = (*inventory.systems.values(), *inventory.assets.values())
    for subject in subjects:
        trees = [need.tree for need in subject.needs]
        if isinstance(subject, System) and subject.runs_on is not None:
            trees.append(subject.runs_on)
        if any(isinstance(tree, AtLeast) and asset.id in leaves(tree) for tree in trees):
            yield fewer(inventory, subject.id)
        elif any(asset.id in leaves(need.tree) for need in subject.needs):
            yield needless(inventory, subject.id, asset.id)


def fewer(inventory: Inventory, subject: str) -> Candidate:
    """How many of a group have to be there: one would do."""
    space = "systems" if subject in inventory.systems else "assets"
    count = max((tree.count for tree in _trees(inventory.subject(subject)) if isinstance(tree, AtLeast)), default=1)
    lift = _subject(subject, lambda tree: replace(tree, count=1, keep=1) if isinstance(tree, AtLeast) else tree)
    values = {"subject": subject, "count": str(count)}
    path = f"{space}.{subject}"
    ways = (relief(Fact("relax_count", path, values), Cost.OUTAGE + 6, lift),) if count > 1 else ()
    return Candidate(Fact("has_count", path, values), lift, ways)


def needless(inventory: Inventory, subject: str, provider: str) -> Candidate:
    """That a subject needs a provider."""
    space = "systems" if subject in inventory.systems else "assets"
    values = {"subject": subject, "provider": provider}

    def without(found: Inventory) -> Inventory:
        kept = tuple(need for need in found.subject(subject).needs if provider not in set(leaves(need.tree)))
        return _with_needs(found, subject, kept)

    return Candidate(Fact("has_need", f"{space}.{subject}.needs", values), without)


def demanded(inventory: Inventory, subject: str) -> Iterator[Candidate]:
    """How much crosses for the needs of a subject."""
    space = "systems" if subject in inventory.systems else "assets"
    most = max((need.mbps or 0 for need in inventory.subject(subject).needs), default=0)
    values = {"subject": subject, "mbps": str(most)}

    def quiet(found: Inventory) -> Inventory:
        needs = (replace(need, mbps=0 if need.mbps else need.mbps) for need in found.subject(subject).needs)
        return _with_needs(found, subject, tuple(needs))

    yield Candidate(Fact("has_traffic", f"{space}.{subject}.needs", values), quiet)


def _trees(subject: Asset | System) -> list[Tree]:
    own = [subject.runs_on] if isinstance(subject, System) and subject.runs_on is not None else []
    return [*own, *(need.tree for need in subject.needs)]


def _with_needs(inventory: Inventory, subject: str, needs: tuple[Need, ...]) -> Inventory:
    if subject in inventory.systems:
        system = replace(inventory.systems[subject], needs=needs)
        return replace(inventory, systems={**inventory.systems, subject: system})
    return replace(inventory, assets={**inventory.assets, subject: replace(inventory.assets[subject], needs=needs)})


def _subject(subject: str, change: Callable[[Tree], Tree]) -> Callable[[Inventory], Inventory]:
    def everywhere(tree: Tree) -> Tree:
        if isinstance(tree, Leaf):
            return tree
        parts = tuple(everywhere(part) for part in tree.parts)
        return change(AllOf(parts) if isinstance(tree, AllOf) else replace(tree, parts=parts))

    def changed(found: Inventory) -> Inventory:
        needs = tuple(replace(need, tree=everywhere(need.tree)) for need in found.subject(subject).needs)
        found = _with_needs(found, subject, needs)
        if subject in found.systems and (tree := found.systems[subject].runs_on) is not None:
            system = replace(found.systems[subject], runs_on=everywhere(tree))
            found = replace(found, systems={**found.systems, subject: system})
        return found

    return changed
