"""Truth against its sentences, evaluated naively over and over until nothing changes."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.network import Link
from planner.model.place import Position
from planner.model.system import System
from planner.scheduling.truth import Truth
from planner.scheduling.world import AssetState, SystemState, World
from tests.scheduling.estate import box, estate, service, vm

BOXES, VMS, SYSTEMS = ("a", "b", "c", "d", "e"), ("v", "w"), ("s", "t", "u")


def some_tree(random: Random, ids: tuple[str, ...], depth: int = 2) -> Tree:
    if depth == 0 or random.random() < 0.4:
        return Leaf(random.choice(ids))
    parts = tuple(some_tree(random, ids, depth - 1) for _ in range(random.randint(1, 3)))
    if random.random() < 0.4:
        return AllOf(parts)
    count = random.randint(1, len(parts))
    return AtLeast(count, parts, count, in_room=random.random() < 0.2)


def some_needs(random: Random, ids: tuple[str, ...]) -> tuple[Need, ...]:
    kinds = (NeedKind.HARD, NeedKind.LIVE, NeedKind.SOFT)
    return tuple(
        Need(random.choice(kinds), some_tree(random, ids), same_room=random.random() < 0.2)
        for _ in range(random.choice((0, 1, 1, 2)))
    )


def some_estate(random: Random) -> Inventory:
    every = (*BOXES, *VMS, *SYSTEMS)
    assets: list[Asset] = [box(id, random.choice(("old", "new")), needs=some_needs(random, every)) for id in BOXES]
    assets += [vm(id, random.choice(BOXES), needs=some_needs(random, every)) for id in VMS]
    members = (*BOXES, *VMS)
    systems: list[System] = [
        service(s, some_tree(random, members) if random.random() < 0.8 else None, *some_needs(random, every))
        for s in SYSTEMS
    ]
    return estate(assets, systems, links={"l": Link("l", "l", ("old", "new"))} if random.random() < 0.5 else {})


def some_world(random: Random, truth: Truth) -> World:
    world = truth.start()
    for id in (*BOXES, *VMS):
        if random.random() < 0.25:
            world.set_state(id, random.choice((AssetState.DOWN, AssetState.STARTING)))
    for id in BOXES:
        if random.random() < 0.3:
            world.put(id, Position(random.choice(("old", "new"))))
    for id in SYSTEMS:
        if random.random() < 0.2:
            world.set_state(id, SystemState.STARTED)
    return world


class Naive:
    """The greatest set that supports itself, by taking out one subject after the other from all that is up."""

    def __init__(self, inventory: Inventory, world: World) -> None:
        self.inventory = inventory
        self.room = {id: world.room_of(n) for n, id in enumerate(inventory.assets)}
        up = {id for id in inventory.assets if world.state_of(id) is AssetState.UP}
        self.good = up | {id for id in inventory.systems if world.system_state(id) is SystemState.ACCEPTED}
        self.counting = {(s, x) for s in inventory.systems for x in self.named(s) if x in up}
        while self.good_falls() or self.counting_falls():
            pass

    def good_falls(self) -> bool:
        failing = [id for id in sorted(self.good) if not self.stands(id)]
        self.good -= set(failing[:1])
        return bool(failing)

    def counting_falls(self) -> bool:
        failing = [(s, x) for s, x in sorted(self.counting) if x not in self.good or not self.needs(s, x)]
        self.counting -= set(failing[:1])
        return bool(failing)

    def named(self, system: str) -> list[str]:
        runs_on = self.inventory.systems[system].runs_on
        return list(_leaves(runs_on)) if runs_on else []

    def stands(self, id: str) -> bool:
        if id in self.inventory.assets:
            host = self.inventory.assets[id].host
            return (host is None or host in self.good) and self.needs(id, id)
        runs_on = self.inventory.systems[id].runs_on
        if runs_on is None:
            return self.needs(id, None)
        return self.tree(runs_on, lambda x, _: (id, x) in self.counting, near=False)

    def needs(self, subject: str, place: str | None) -> bool:
        facts = self.inventory.subject(subject)
        return all(
            self.tree(need.tree, lambda x, near: self.leaf(x, place, near), near=need.same_room)
            for need in facts.needs
            if need.kind in (NeedKind.HARD, NeedKind.LIVE)
        )

    def leaf(self, x: str, place: str | None, near: bool) -> bool:
        if x not in self.good:
            return False
        if place is None:
            return True
        reach = {self.room[place]} if near or not self.inventory.links else set(self.room.values())
        if x in self.inventory.assets:
            return self.room[x] in reach
        counting = [m for m in self.named(x) if (x, m) in self.counting]
        return not counting or any(self.room[m] in reach for m in counting)

    def tree(self, tree: Tree, leaf: Callable[[str, bool], bool], near: bool) -> bool:
        match tree:
            case Leaf(id):
                return leaf(id, near)
            case AllOf(parts):
                return all(self.tree(part, leaf, near) for part in parts)
            case AtLeast(count, parts, _, in_room):
                return sum(self.tree(part, leaf, near or in_room) for part in parts) >= count


def _leaves(tree: Tree) -> list[str]:
    return [tree.id] if isinstance(tree, Leaf) else [id for part in tree.parts for id in _leaves(part)]


@pytest.mark.parametrize("seed", range(300))
def test_the_evaluation_is_the_greatest_set_that_supports_itself(seed: int) -> None:
    random = Random(seed)
    inventory = some_estate(random)
    truth = Truth(inventory)
    for _ in range(5):
        world = some_world(random, truth)
        evaluation, naive = truth.evaluate(world, 0), Naive(inventory, world)
        every = (*inventory.assets, *inventory.systems)
        assert {id for id in every if evaluation.holds(id)} == naive.good
        for id in every:
            chain = evaluation.why(id)
            assert bool(chain) is not evaluation.holds(id)
            assert chain[:1] in ((), (id,))


@pytest.mark.parametrize("seed", range(100))
def test_everything_that_fails_by_hard_needs_alone_is_in_the_stop_closure_dependents_first(seed: int) -> None:
    random = Random(seed)
    inventory = some_estate(random)
    truth = Truth(inventory)
    world = truth.start()
    for away in BOXES:
        closure = truth.stop_closure(world, {away}, 0)
        assert away not in closure
        assert len(set(closure)) == len(closure)
        gone = world.copy()
        gone.set_state(away, AssetState.DOWN)
        for id in closure:
            down = AssetState.DOWN if id in inventory.assets else SystemState.DOWN
            gone.set_state(id, down)
        assert truth.stop_closure(gone, {away}, 0) == []


def weighed(plain: Inventory, random: Random) -> Inventory:
    def heavy(needs: tuple[Need, ...]) -> tuple[Need, ...]:
        return tuple(replace(need, mbps=random.choice((None, 0, 5, 30))) for need in needs)

    assets = {id: replace(asset, needs=heavy(asset.needs)) for id, asset in plain.assets.items()}
    systems = {id: replace(system, needs=heavy(system.needs)) for id, system in plain.systems.items()}
    return replace(plain, assets=assets, systems=systems)


def test_the_load_of_a_link_is_the_sum_of_what_crosses_it() -> None:
    loaded = 0
    for seed in range(400):
        random = Random(seed)
        truth = Truth(weighed(some_estate(random), random))
        evaluation = truth.evaluate(some_world(random, truth), 0)
        sums: dict[str, int] = {}
        for crossing in evaluation.crossings:
            for link in crossing.links if crossing.mbps else ():
                sums[link] = sums.get(link, 0) + (crossing.mbps or 0)
        assert evaluation.load == sums
        loaded += bool(sums)
    assert loaded >= 20
