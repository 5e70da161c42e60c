"""Faults of room and weight: height units, racks, circuits, memory, one rack for all, one host for both."""

from dataclasses import replace
from random import Random

from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.editing import edited, found, of_job, placed
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family

FAMILY = Family()


def finally_at(inventory: Inventory, plan: Plan) -> dict[str, Position]:
    """Where everything stands in the end: where it was mounted last, or where it always was."""
    here = {id: asset.at for id, asset in inventory.assets.items() if asset.at is not None and asset.at.rack}
    for step in found(plan, K.MOUNT):
        here.update(step.to)
    return {id: place for id, place in here.items() if place.rack and not found(plan, K.DISPOSE, id)}


def units_twice(inventory: Inventory, plan: Plan) -> bool:
    """A height unit is taken twice, or one that the rack does not have."""
    taken: set[tuple[str | None, int]] = set()
    for id, place in finally_at(inventory, plan).items():
        for unit in range(place.unit or 0, (place.unit or 0) + (inventory.assets[id].height or 1)):
            if (place.rack, unit) in taken or not 1 <= unit <= 42:
                return True
            taken.add((place.rack, unit))
    return False


def sums(inventory: Inventory, plan: Plan, rack: str) -> tuple[float, int]:
    """Kilograms and volt-amperes in a rack in the end."""
    there = [inventory.assets[id] for id, place in finally_at(inventory, plan).items() if place.rack == rack]
    return sum(asset.kg or 0 for asset in there), sum(asset.va or 0 for asset in there)


def too_heavy(inventory: Inventory, plan: Plan) -> bool:
    return any(sums(inventory, plan, id)[0] > (rack.max_kg or 0) for id, rack in inventory.racks.items())


def too_hungry(inventory: Inventory, plan: Plan) -> bool:
    """Volt-amperes on the one circuit of a rack, against four fifths of its volts times its amperes."""
    limits = {id: inventory.circuits[rack.feeds[0]] for id, rack in inventory.racks.items()}
    return any(sums(inventory, plan, id)[1] > c.volts * c.amps * 0.8 for id, c in limits.items())


@FAMILY.breaks("S17", units_twice, "pair", decides=True)
def mount_two_in_one_height_unit(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    there = [p for id, p in finally_at(inventory, plan).items() if p.room == "new" and id != "w1"]
    beside = random.choice(there)
    return placed(plan, {"w1": replace(beside, unit=(beside.unit or 0) + random.randint(-3, 4))})


@FAMILY.breaks("S17", units_twice, "register", decides=True)
def mount_beyond_the_end_of_a_rack(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return placed(plan, {"ap": Position("new", "N4", random.choice((0, -1, 42, 43, 60, 38)))})


def _all_in(plan: Plan, rack: str, *ids: str) -> Plan:
    return placed(plan, {id: Position("new", rack, 1 + 2 * n) for n, id in enumerate(ids)})


@FAMILY.breaks("S17", too_heavy, "crossing", "register")
def put_too_much_weight_into_one_rack(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    every = ["h1", "h2", "h3", "g1"]
    return _all_in(plan, "N4", *random.sample(every, random.randint(1, 4)))


@FAMILY.breaks("S17", too_hungry, "crossing", "register")
def put_too_much_load_on_one_circuit(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    every = ["h1", "h2", "h3", "g2"]
    return _all_in(plan, "N4", *random.sample(every, random.randint(1, 4)))


def residents(inventory: Inventory, plan: Plan, minute: int) -> dict[str, str]:
    """The host of each VM in a minute; one that is migrating is already on its new one."""
    on = {id: asset.host for id, asset in inventory.assets.items() if asset.host}
    for step in found(plan, K.MIGRATE):
        on.update(step.hosts if step.start <= minute else {})
    return on


def overfull(inventory: Inventory, plan: Plan) -> bool:
    """In some minute the VMs of a host ask for more gigabytes than it has."""
    for step in found(plan, K.MIGRATE):
        on = residents(inventory, plan, step.start)
        for host in set(on.values()):
            asked = sum(inventory.assets[vm].memory_gb or 0 for vm, where in on.items() if where == host)
            if asked > (inventory.assets[host].memory_gb or 0):
                return True
    return False


def _goes(plan: Plan, step: Step, host: str) -> Plan:
    return edited(plan, step, hosts=dict.fromkeys(step.assets, host))


@FAMILY.breaks("S04", overfull, "crossing", decides=True)
def crowd_a_host(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    full = inventory.assets["va"].host or ""
    return _goes(plan, of_job(plan, "h3")[0], full)


def in_one_rack(inventory: Inventory, plan: Plan) -> bool:
    """The web servers that stand in one rack in the end leave too few, should it fail."""
    where = [place.rack for id, place in finally_at(inventory, plan).items() if id in ("w1", "w2", "w3")]
    return any(where.count(rack) > 1 for rack in where)


@FAMILY.breaks("S05", in_one_rack, "pair")
def put_all_of_a_group_into_one_rack(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return placed(plan, {"w1": Position("new", "N2", random.randint(1, 4) * 2)})


def on_one_host(inventory: Inventory, plan: Plan) -> bool:
    """Both mail servers, of which one is needed, end on one host."""
    on = residents(inventory, plan, 10**9)
    return on["v1"] == on["v2"]


@FAMILY.breaks("S05", on_one_host, "twins")
def let_both_of_a_pair_end_on_one_host(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    order = [step.assets[0] for step in found(plan, K.STOP, "h1", "h2", "h3") if len(step.assets) == 1]
    last = "v2" if order.index("h2") > order.index("h1") else "v1"
    host = {"v2": "h1", "v1": "h2"}[last]
    return _goes(plan, found(plan, K.MIGRATE, last)[-1], host)
