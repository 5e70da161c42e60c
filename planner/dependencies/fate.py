"""Shared fate: what fails together because it hangs on one element, and the redundancy that such an element voids."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.dependencies.requirement import Requirement, rack_supplies
from planner.dependencies.scene import Scene
from planner.dependencies.truth import Truth, holds
from planner.model.asset import AssetKind
from planner.model.need import AllOf, AtLeast, Leaf, NeedKind, Tree, leaves


class ElementKind(StrEnum):
    """What assets may have in common."""

    RACK = "rack"
    UPS = "ups"
    CIRCUIT = "circuit"
    STORAGE = "storage"
    HYPERVISOR = "hypervisor"
    CHASSIS = "chassis"
    ROUTER = "router"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing whose loss takes its ``assets`` with it."""

    kind: ElementKind
    id: str
    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoidedRedundancy:
    """A choice (k of n) of a subject that one element can void: ``lost`` are the members that fall with it."""

    element: Element
    dependent: str
    fact: str
    count: int
    members: tuple[str, ...]
    lost: tuple[str, ...]


def elements(scene: Scene) -> tuple[Element, ...]:
    """Return everything that at least two assets hang on in the scene, by kind and id.

    Storage takes the hypervisors of its clusters and their VMs with it; a rack takes what stands in it, with the VMs
    and blades; a UPS or circuit takes what has no second feed.
    """
    found: dict[tuple[ElementKind, str], dict[str, None]] = {}
    for asset in scene.standing:
        for kind, id in _hangs_on(scene, asset):
            found.setdefault((kind, id), {})[asset] = None
    return tuple(Element(k, id, tuple(assets)) for (k, id), assets in sorted(found.items()) if len(assets) > 1)


def voided_redundancies(scene: Scene) -> tuple[VoidedRedundancy, ...]:
    """Return each choice of two or more whose tree fails when one element takes its assets away.

    What falls with the element's assets by hard needs counts as lost too, so a VM on the storage of another one's rack
    is seen. A dependent that falls for another reason anyway has no redundancy to lose.
    """
    truth = Truth(scene)
    choices = [(r, choice) for r in truth.requirements for choice in _choices(r.tree)]
    by_member: dict[str, list[int]] = {}
    for number, (_, choice) in enumerate(choices):
        for id in dict.fromkeys(leaves(choice)):
            by_member.setdefault(scene.server_of(id), []).append(number)
    return tuple(found for e in elements(scene) for found in _voided_by(truth, e, choices, by_member))


def _voided_by(
    truth: Truth, element: Element, choices: list[tuple[Requirement, AtLeast]], by_member: Mapping[str, list[int]]
) -> Iterator[VoidedRedundancy]:
    own = (element.id,) if element.id in truth.scene.inventory.assets else ()
    lost = frozenset(truth.stopped((*element.assets, *own)))
    fresh = lost - truth.absent
    hit = Counter(number for id in fresh for number in by_member.get(id, ()))
    for number in sorted(number for number, members in hit.items() if members > 1):
        requirement, choice = choices[number]
        members = tuple(dict.fromkeys(leaves(choice)))
        down = tuple(id for id in members if truth.scene.server_of(id) in fresh)
        held = holds(choice, lambda id: truth.scene.server_of(id) not in truth.absent)
        fails = held and not holds(choice, lambda id: truth.scene.server_of(id) not in lost)
        if fails and not _falls_anyway(truth, requirement, element, lost):
            yield VoidedRedundancy(element, requirement.dependent, requirement.fact, choice.count, members, down)


def _falls_anyway(truth: Truth, requirement: Requirement, element: Element, lost: frozenset[str]) -> bool:
    """Whether the dependent hangs on the element itself, or on something else that is lost."""
    others = (r for r in truth.of(requirement.dependent) if r is not requirement and r.kind is NeedKind.HARD)
    hangs = requirement.dependent in (*element.assets, element.id)
    served = truth.scene.server_of
    return hangs or not all(holds(other.tree, lambda id: served(id) not in lost) for other in others)


def _choices(tree: Tree) -> Iterator[AtLeast]:
    match tree:
        case Leaf():
            return
        case AllOf(parts):
            yield from (choice for part in parts for choice in _choices(part))
        case AtLeast(count, parts):
            if count < len(parts):
                yield tree
            yield from (choice for part in parts for choice in _choices(part))


def _hangs_on(scene: Scene, asset: str) -> Iterator[tuple[ElementKind, str]]:
    facts, inventory = scene.inventory.assets[asset], scene.inventory
    rack = scene.standing[asset].rack
    if rack:
        yield ElementKind.RACK, rack
        yield from _feeds(scene, asset, rack)
    for cluster in inventory.clusters.values():
        if cluster.storage and {asset, facts.host} & set(cluster.hosts):
            yield ElementKind.STORAGE, cluster.storage
    if facts.host:
        yield ElementKind.HYPERVISOR, facts.host
    if facts.chassis:
        yield ElementKind.CHASSIS, facts.chassis
    ends = facts.ends.get(scene.standing[asset].room, ())
    if facts.kind is AssetKind.LINE and len(ends) == 1:
        yield ElementKind.ROUTER, ends[0]


def _feeds(scene: Scene, asset: str, rack: str) -> Iterator[tuple[ElementKind, str]]:
    """The one circuit of an asset that has no second feed, and the one UPS behind all its feeds."""
    carrier = _box(scene, asset)
    feeds = scene.inventory.racks[rack].feeds[: max(1, scene.inventory.assets[carrier].supplies)]
    supplies = set(rack_supplies(scene, carrier)[: len(feeds)])
    if len(feeds) == 1:
        yield ElementKind.CIRCUIT, feeds[0]
    if len(supplies) == 1 and (ups := next(iter(supplies))) is not None and ups != carrier:
        yield ElementKind.UPS, ups


def _box(scene: Scene, asset: str) -> str:
    """The box with the power supplies: for a VM or blade, what carries it."""
    facts = scene.inventory.assets[asset]
    seen = {asset}
    while (carrier := facts.host or facts.chassis) and carrier not in seen:
        seen.add(carrier)
        facts = scene.inventory.assets[carrier]
    return facts.id
