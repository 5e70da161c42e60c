"""Faults of redundancy, bridges, tiers and segments: what needs what, and over which way."""

from dataclasses import replace
from itertools import combinations
from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.editing import changed, edited, found, job_moved, of_job, only, shifted, without
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family
from tests.safety.mutants.rooms import residents

FAMILY = Family()
B_TIER = ("v1", "v2", "v3")


def off(plan: Plan, id: str) -> range:
    """The minutes from the stop of something to the end of its check."""
    return range(only(plan, K.STOP, id).start, found(plan, K.CHECK, id)[0].end)


def both_off(plan: Plan, ids: list[str]) -> bool:
    return any(set(off(plan, one)) & set(off(plan, other)) for one, other in combinations(ids, 2))


def two_webs_off(inventory: Inventory, plan: Plan) -> bool:
    """In some minute two of the web servers are off, of which one may be."""
    return both_off(plan, [id for id in ("w1", "w2", "w3") if id in inventory.assets])


@FAMILY.breaks("S04", two_webs_off, "pair", decides=True)
def move_two_of_a_group_at_once(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = only(plan, K.STOP, "w1").start - only(plan, K.STOP, "w2").start
    return job_moved(plan, "w2", by + random.randint(-150, 150))


def two_walls_off(inventory: Inventory, plan: Plan) -> bool:
    """In some minute both gateways are off, or both are on in two rooms between which nothing is open any more."""
    closed = only(plan, K.CLOSE, "br").start
    return both_off(plan, ["g1", "g2"]) or any(off(plan, id).start > closed for id in ("g1", "g2"))


@FAMILY.breaks("S09", two_walls_off, "crossing", decides=True)
def move_both_gateways_at_once(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = only(plan, K.STOP, "g1").start - only(plan, K.STOP, "g2").start
    into = next(n for n, wave in enumerate(plan.waves) if any(turn.id == "g1" for turn in wave.turns))
    return job_moved(plan, "g2", by + random.randint(-120, 120), into)


def rooms_of_hosts(inventory: Inventory, plan: Plan, minute: int) -> dict[str, str]:
    here = dict.fromkeys(("h1", "h2", "h3"), "old")
    return here | {id: "new" for id in here for step in found(plan, K.CARRY, id) if step.end <= minute}


def crossings(inventory: Inventory, plan: Plan) -> list[Step]:
    """Migrations between hosts in different rooms, which take the bridge."""
    across = []
    for step in found(plan, K.MIGRATE):
        rooms = rooms_of_hosts(inventory, plan, step.start)
        ((vm, goal),) = step.hosts.items()
        if rooms[residents(inventory, plan, step.start - 1)[vm]] != rooms[goal]:
            across.append(step)
    return across


def before_the_test(inventory: Inventory, plan: Plan) -> bool:
    """A VM of the tier that only the bridge carries crosses in a minute in which it is not tested yet."""
    tested = min((step.end for step in found(plan, K.TEST, "br")), default=10**9)
    return any(step.start < tested for step in crossings(inventory, plan) if step.assets[0] in B_TIER)


def after_the_end(inventory: Inventory, plan: Plan) -> bool:
    """Such a VM crosses in a minute in which the bridge is closed."""
    closed = only(plan, K.CLOSE, "br").start
    return any(step.end > closed for step in crossings(inventory, plan) if step.assets[0] in B_TIER)


@FAMILY.breaks("S06", before_the_test, "crossing")
def cross_before_the_bridge_is_tested(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, random.randint(2 * 1440, 9 * 1440), only(plan, K.TEST, "br"))


@FAMILY.breaks("S06", before_the_test, "crossing")
def leave_out_the_test_of_the_bridge(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.TEST, "br"))


@FAMILY.breaks("S06", after_the_end, "crossing")
def close_the_bridge_early(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, -random.randint(60, 8 * 1440), only(plan, K.CLOSE, "br"))


def overloaded(inventory: Inventory, plan: Plan) -> bool:
    """In some minute the migrations that cross at once are more than the bridge bears, all else aside."""
    across, bears = crossings(inventory, plan), inventory.links["br"].mbps or 0
    at_once = [[s for s in across if s.start <= minute < s.end] for minute in {s.start for s in across}]
    return any(sum(inventory.assets[s.assets[0]].migrate_mbps or 0 for s in row) > bears for row in at_once)


@FAMILY.breaks("S07", overloaded, "crossing", decides=True)
def migrate_two_at_once_over_a_narrow_bridge(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    host = inventory.assets["va"].host or ""
    beside = [s for s in of_job(plan, host) if s.kind is K.MIGRATE and s.assets != ("va",)]
    late = found(plan, K.MIGRATE, "va")[1]
    return shifted(plan, -(late.start - beside[-1].start) + random.randint(0, 7), late)


def torn_apart(inventory: Inventory, plan: Plan) -> bool:
    """Of a segment that may not be stretched one member ends in the new room, and one has not left the old one."""
    left = {id for id in ("db", "ap") if found(plan, K.CARRY, id)}
    return len(left) == 1


@FAMILY.breaks("S09", torn_apart, "register")
def leave_one_of_an_unstretched_segment_behind(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    stays = random.choice(("db", "ap"))
    moving = (K.UNMOUNT, K.CARRY, K.MOUNT)

    def change(step: Step) -> Step:
        if step.kind not in moving or stays not in step.assets:
            return step
        left = tuple(id for id in step.assets if id != stays)
        return replace(step, assets=left, to={id: place for id, place in step.to.items() if id != stays})

    return changed(plan, change)


def two_tiers_on_h3(inventory: Inventory, plan: Plan) -> bool:
    """In some minute the third host, which nobody has permitted to join tiers, holds VMs of both."""
    for step in found(plan, K.MIGRATE):
        held = [vm for vm, host in residents(inventory, plan, step.end).items() if host == "h3"]
        if "va" in held and set(held) & set(B_TIER):
            return True
    return False


@FAMILY.breaks("S08", two_tiers_on_h3, "crossing")
def let_a_vm_pass_through_a_host_of_another_tier(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    away = found(plan, K.MIGRATE, "va")[0]
    return edited(plan, away, hosts={"va": "h3"})


@FAMILY.breaks("S08", two_tiers_on_h3, "crossing")
def let_a_vm_end_on_a_host_of_another_tier(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    back = found(plan, K.MIGRATE, "va")[-1]
    return edited(plan, back, hosts={"va": "h3"})


def critical_at_once(inventory: Inventory, plan: Plan) -> bool:
    """One wave has steps on members of both critical systems."""
    for wave in plan.waves:
        touched = {id for step in wave.steps for id in step.assets}
        if touched & {"w1", "w2", "w3"} and touched & {"db", "reg"}:
            return True
    return False


@FAMILY.breaks("S19", critical_at_once, "pair", "register")
def touch_two_critical_systems_in_one_wave(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    if random.random() < 0.5:
        return job_moved(plan, random.choice(("w1", "w2")), 7 * 1440, into=1)
    return job_moved(plan, "register", -7 * 1440 + random.randint(0, 60), into=0)


def copy_travels_too(inventory: Inventory, plan: Plan) -> bool:
    """In some minute the data base is moving, and so is the server with its only copy."""
    return bool(set(off(plan, "db")) & set(off(plan, "bk")))


@FAMILY.breaks("S19", copy_travels_too, "register", decides=True)
def move_the_only_copy_with_the_original(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = only(plan, K.STOP, "db").start - only(plan, K.STOP, "bk").start
    return job_moved(plan, "bk", by + random.randint(-240, 240), into=1)


def watcher_moves(inventory: Inventory, plan: Plan) -> bool:
    """What alone watches all rooms is carried in a wave in which others are worked on."""
    rows = [{id for s in wave.steps if s.kind is K.CARRY for id in s.assets} for wave in plan.waves]
    return any("mon" in row and len(row) > 1 for row in rows)


@FAMILY.breaks("S19", watcher_moves, "pair")
def move_the_monitoring_with_what_it_watches(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    job = random.choice(("w1", "w2"))
    beside = {step.id for step in of_job(plan, job)}
    room = "annex"

    def change(step: Step) -> Step:
        if step.id not in beside:
            return step
        place = {id: replace(p, room=room, rack=None, unit=None) for id, p in step.to.items()}
        return replace(step, assets=(*step.assets, "mon"), to={**step.to, **({"mon": place[job]} if place else {})})

    return changed(plan, change)
