"""Witnesses of random turns at random check points: each leads back, and keeps S03 and S20 on the way."""

from collections.abc import Sequence
from random import Random

import pytest

from planner.model.asset import Asset
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import Need, NeedKind
from planner.model.network import Link
from planner.plan.step import RollbackStep, Step
from planner.scheduling.effects import Effects, sequels
from planner.scheduling.rollback import witness
from planner.scheduling.truth import Truth
from planner.scheduling.world import AssetState, SystemState, World
from tests.scheduling.estate import box, estate, leaf_tree, service, vm
from tests.scheduling.test_outages import CARRY, chain

K = StepKind
HARD = frozenset({NeedKind.HARD})


def some_estate(random: Random) -> Inventory:
    assets: list[Asset] = []
    for id in ("a", "b", "c", "d", "e", "f"):
        known = [asset.id for asset in assets]
        needs = tuple(_some_need(random, known) for _ in range(random.choice((0, 1, 2)) if known else 0))
        hosted = known and random.random() < 0.3
        assets.append(vm(id, random.choice(known), needs=needs) if hosted else box(id, to="new", needs=needs))
    systems = [service(s, leaf_tree(*random.sample("abcdef", 2), count=random.choice((1, 2)))) for s in ("s", "t")]
    return estate(assets, systems, links={"l": Link("l", "l", ("old", "new"))})


def _some_need(random: Random, known: list[str]) -> Need:
    ids = random.sample(known, min(len(known), random.choice((1, 2))))
    return Need(random.choice((NeedKind.HARD, NeedKind.LIVE)), leaf_tree(*ids, count=random.choice((None, 1))))


def some_turn(random: Random, inventory: Inventory, truth: Truth) -> list[Step]:
    """Some boxes are carried at once; what has to stop stops before in order and starts after in reverse."""
    boxes = [a.id for a in inventory.assets.values() if a.stages]
    moved = random.sample(boxes, random.randint(1, min(3, len(boxes))))
    stopped, steps, at = truth.stop_closure(truth.start(), moved, 0), [], 0
    for id in stopped:
        steps += chain(id, at, (K.STOP, 5))
        at += 5
    for id in moved:
        steps += chain(id, at, *CARRY)
    at += 80
    for id in reversed(stopped):
        steps += chain(id, at, (K.START, 5), (K.CHECK if id in inventory.assets else K.ACCEPT, 5))
        at += 10
    return steps


def apply(inventory: Inventory, world: World, steps: Sequence[Step], at: int) -> World:
    effects, later = Effects(inventory), sequels(steps)
    events = [(s.end, 0, s.id, s) for s in steps if s.end <= at] + [
        (s.start, 1, s.id, s) for s in steps if s.start < at
    ]
    for _, begins, _, step in sorted(events, key=lambda event: event[:3]):
        effects.begin(world, step) if begins else effects.end(world, step, later)
    return world


def assert_sound(inventory: Inventory, truth: Truth, world: World, steps: Sequence[RollbackStep]) -> None:
    effects = Effects(inventory)
    ends = [(s.offset + s.minutes, 0, n) for n, s in enumerate(steps)]
    for _, begins, n in sorted(ends + [(s.offset, 1, n) for n, s in enumerate(steps)]):
        step = steps[n]
        (subject,) = step.assets
        if begins and step.kind is K.STOP and subject in inventory.assets:
            assert truth.stop_closure(world, {subject}, 0) == [], f"{subject} goes while others need it"
        if begins and step.kind is K.START:
            assert truth.ready(world, subject, 0, HARD), f"{subject} starts without its hard needs"
        if step.kind in (K.CHECK, K.ACCEPT):
            assert truth.ready(world, subject, 0), f"{subject} is checked without its needs"
        effects.begin(world, step) if begins else effects.end(world, step)


@pytest.mark.parametrize("seed", range(150))
def test_a_witness_leads_back_in_the_order_of_the_needs(seed: int) -> None:
    random = Random(seed)
    inventory = some_estate(random)
    truth = Truth(inventory)
    if not any(a.stages for a in inventory.assets.values()):
        return
    steps = some_turn(random, inventory, truth)
    for at in random.sample(range(1, max(s.end for s in steps) + 1), 4):
        world = apply(inventory, truth.start(), steps, at)
        ended, begun = [s for s in steps if s.end <= at], [s for s in steps if s.start < at < s.end]
        found = witness(inventory, truth, truth.start(), world, ended, begun, {})
        assert_sound(inventory, truth, world, found)
        assert world.key() == truth.start().key()
        assert all(world.state_of(id) is AssetState.UP for id in inventory.assets)
        assert all(world.system_state(id) is SystemState.ACCEPTED for id in inventory.systems)
