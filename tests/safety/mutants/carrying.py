"""Faults of transport: too much, too fast, too soon, together, unguarded."""

from dataclasses import replace
from itertools import combinations
from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.editing import changed, edited, found, job_moved, only, shifted, without
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family

FAMILY = Family()


def by_lift(plan: Plan) -> list[Step]:
    """What goes from the old room to the new one."""
    return [s for s in found(plan, K.CARRY) if {place.room for place in s.to.values()} == {"new"}]


def merged(plan: Plan, ids: list[str]) -> Plan:
    """They go on one trip, when the first of them is to go."""
    trips = [only(plan, K.CARRY, id) for id in ids]
    first = min(trips, key=lambda step: step.start)
    to = {id: place for step in trips for id, place in step.to.items()}
    left = without(plan, *(step for step in trips if step is not first))
    return edited(left, first, assets=tuple(to), to=to)


def too_heavy(inventory: Inventory, plan: Plan) -> bool:
    """One trip weighs more than the lift may carry."""
    limit = inventory.conveyances["lift"].max_kg or 0
    return any(sum(inventory.assets[id].kg or 0 for id in step.assets) > limit for step in by_lift(plan))


@FAMILY.breaks("S16", too_heavy, "crossing", decides=True)
def carry_too_much_at_once(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    every = ["h1", "h2", "h3", "g1", "g2"]
    return merged(plan, random.sample(every, random.randint(2, 5)))


def fragile_together(inventory: Inventory, plan: Plan) -> bool:
    """Two fragile servers of one group are on one trip."""
    trips = [[id for id in step.assets if inventory.assets[id].fragile] for step in found(plan, K.CARRY)]
    return any(len(fragile) > 1 for fragile in trips)


@FAMILY.breaks("S16", fragile_together, "pair")
def carry_the_fragile_of_a_group_together(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return merged(plan, random.sample([id for id in ("w1", "w2", "w3") if id in inventory.assets], 2))


def too_fast(inventory: Inventory, plan: Plan) -> bool:
    """A trip from one room to another takes less than the 20 minutes from door to door."""
    homes = {id: asset.at.room for id, asset in inventory.assets.items() if asset.at is not None}
    short = [step for step in found(plan, K.CARRY) if step.end - step.start < 20]
    return any(place.room != homes[id] for step in short for id, place in step.to.items())


@FAMILY.breaks("S16", too_fast, "pair")
def carry_faster_than_the_way_allows(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice(found(plan, K.CARRY))
    return edited(plan, step, end=step.end - random.randint(1, 19))


def too_cold(inventory: Inventory, plan: Plan) -> bool:
    """Something is switched on before it has stood for 20 minutes after its trip."""
    for carry in found(plan, K.CARRY):
        for id in carry.assets:
            later = [s.start for s in found(plan, K.START, id) if s.start > carry.start]
            if later and min(later) - carry.end < 20:
                return True
    return False


@FAMILY.breaks("S16", too_cold, "pair", decides=True)
def switch_on_before_it_is_warm(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, -random.randint(0, 25), only(plan, K.START, random.choice(("w1", "w2"))))


def unescorted(inventory: Inventory, plan: Plan) -> bool:
    """Disks with personal data are carried with fewer than two people of the office beside them."""
    guards = [[who for who in step.people if who.startswith("ict")] for step in found(plan, K.CARRY, "db")]
    return any(len(set(row)) < 2 for row in guards)


@FAMILY.breaks("S16", unescorted, "register")
def let_personal_data_travel_without_escort(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = only(plan, K.CARRY, "db")
    left = random.sample(step.people, random.randint(0, 1))
    return edited(plan, step, people=(*left, *random.sample(("mv/1", "mv/2"), random.randint(0, 2))))


def crowded(inventory: Inventory, plan: Plan) -> bool:
    """In some minute two trips are in the lift, which takes one."""
    trips = [set(range(step.start, step.end)) for step in by_lift(plan)]
    return any(one & other for one, other in combinations(trips, 2))


@FAMILY.breaks("S16", crowded, "pair", decides=True)
def carry_twice_in_one_lift(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = only(plan, K.CARRY, "w1").start - only(plan, K.CARRY, "w2").start
    return job_moved(plan, "w2", by + random.randint(-40, 40))


def carried_away(inventory: Inventory, plan: Plan) -> bool:
    """Something is carried to a room that is not its target."""
    rooms = {id: {stage.position.room for stage in asset.stages} for id, asset in inventory.assets.items()}
    return any(place.room not in rooms[id] for step in found(plan, K.CARRY) for id, place in step.to.items())


@FAMILY.breaks("S21", carried_away, "pair")
def carry_it_to_another_room(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    id, room = random.choice(("w1", "w2")), random.choice(("annex", "branch", "old"))

    def change(step: Step) -> Step:
        hit = id in step.assets and step.kind in (K.CARRY, K.MOUNT)
        return replace(step, to={**step.to, id: replace(step.to[id], room=room, rack=None, unit=None)}) if hit else step

    return changed(plan, change)
