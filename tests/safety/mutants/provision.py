"""Faults of what is provided all around: supply and cooling of rooms, addresses, nightly slots, the cloud, roles."""

from datetime import date
from random import Random

from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.counting import CLOCK
from tests.safety.mutants.editing import found, job_moved, only, placed, shifted
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family
from tests.safety.mutants.sharing import off

FAMILY = Family()
WEEK = 7 * 1440
SWITCHING = (K.STOP, K.START)


def drawn(inventory: Inventory, plan: Plan, room: str, minute: int) -> int:
    """Volt-amperes of what is on in a room in a minute: brought there, or there from the start and not taken away."""
    total = 0
    for id, asset in inventory.assets.items():
        where = asset.at.room if asset.at else None
        for step in found(plan, K.CARRY, id):
            where = step.to[id].room if step.end <= minute else None if step.start <= minute else where
        switched = [s.kind for s in plan.steps() if id in s.assets and s.kind in SWITCHING and _begun(s, minute)]
        total += (asset.va or 0) if where == room and switched[-1:] != [K.STOP] else 0
    return total


def _begun(step: Step, minute: int) -> bool:
    """Power is drawn from the start of a start to the end of a stop."""
    return (step.end if step.kind is K.STOP else step.start) <= minute


def minutes_of(plan: Plan) -> set[int]:
    """Every minute in which anything is switched on or off, or arrives."""
    return {minute for step in plan.steps() for minute in (step.start, step.end)}


def beyond_the_supply(inventory: Inventory, plan: Plan) -> bool:
    """In some minute more is drawn in the annex than it is supplied with."""
    limit = inventory.rooms["annex"].va or 0
    return any(drawn(inventory, plan, "annex", minute) > limit for minute in minutes_of(plan))


def beyond_the_cooling(inventory: Inventory, plan: Plan) -> bool:
    """In some minute more heat is given off in the branch than it is cooled by; a volt-ampere is a watt."""
    limit = inventory.rooms["branch"].cooling_w or 0
    return any(drawn(inventory, plan, "branch", minute) > limit for minute in minutes_of(plan))


@FAMILY.breaks("S17", beyond_the_supply, "pair", "register")
def bring_more_into_a_room_than_its_supply_bears(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return placed(plan, {random.choice(("w1", "w2")): Position("annex", "A1", random.randint(14, 30))})


@FAMILY.breaks("S17", beyond_the_cooling, "pair")
def bring_more_into_a_room_than_is_cooled(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return placed(plan, dict.fromkeys(random.choice((("w1", "w2"), ("w1",))), Position("branch")))


def without_an_address(inventory: Inventory, plan: Plan) -> bool:
    """In some minute of the start or the check of the client its DHCP server is off."""
    gone = set(off(plan, "dh"))
    return any(m in gone for s in found(plan, K.START, "fl") for m in range(s.start, only(plan, K.CHECK, "fl").end))


@FAMILY.breaks("S20", without_an_address, "clients", decides=True)
def start_a_client_while_its_dhcp_server_is_off(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = only(plan, K.START, "fl").start - only(plan, K.CHECK, "dh").start
    into = next(n for n, wave in enumerate(plan.waves) if any(turn.id == "fl" for turn in wave.turns))
    return job_moved(plan, "dh", by + random.randint(-120, 180), into)


def too_many_nights_missed(inventory: Inventory, plan: Plan) -> bool:
    """Between one and two in the morning the report server is out, on more nights in a row than the books may miss."""
    out = range(only(plan, K.STOP, "rep").start, only(plan, K.ACCEPT, "rep").end)
    row = longest = 0
    for day in range(2, 31):
        night = date(2027, 1, day)
        missed = any(minute in out for minute in range(CLOCK.minute(night, 60), CLOCK.minute(night, 120)))
        row = row + 1 if missed else 0
        longest = max(longest, row)
    return longest > inventory.systems["books"].needs[0].may_miss


@FAMILY.breaks("S02", too_many_nights_missed, "nightly", decides=True)
def be_out_in_the_slot_of_a_nightly_batch(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    late = (only(plan, K.START, "rep"), only(plan, K.ACCEPT, "rep"))
    return shifted(plan, random.randint(0, 48 * 60), *late)


def the_cloud_is_cut_off(inventory: Inventory, plan: Plan) -> bool:
    """What the tax service lives on is off in a minute after its departure, and nobody was told."""
    leaves = inventory.systems["tax"].leaves or 0
    told = [outage.span for outage in plan.outages if outage.system == "tax"]
    return any(m >= leaves and not any(m in span for span in told) for m in off(plan, "ct"))


@FAMILY.breaks("S01", the_cloud_is_cut_off, "cloud", decides=True)
def move_what_the_cloud_needs_after_the_departure(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "ct", random.randint(0, 1) * WEEK + random.randint(-60, 60), into=1)


def off_before_the_departure(inventory: Inventory, plan: Plan) -> bool:
    """The old server is switched off in a minute in which the tax service still lives on it."""
    return only(plan, K.STOP, "cw").start < (inventory.systems["tax"].leaves or 0)


@FAMILY.breaks("S21", off_before_the_departure, "cloud")
def switch_off_before_the_departure(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "cw", -WEEK + random.randint(-60, 60), into=0)


def handed_over_in_a_blackout(inventory: Inventory, plan: Plan) -> bool:
    """The role of a server of the archive changes hands while accounts are closed, from 8 to 12 January."""
    step = only(plan, K.SWITCH_OVER, "z2")
    days = {CLOCK.day(minute) for minute in range(step.start, step.end)}
    return any(date(2027, 1, 8) <= day <= date(2027, 1, 12) for day in days)


@FAMILY.breaks("S12", handed_over_in_a_blackout, "heirs")
def switch_over_in_a_blackout_in_which_nobody_is_out(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "z2", -WEEK + random.randint(-24, 24) * 60, into=0)
