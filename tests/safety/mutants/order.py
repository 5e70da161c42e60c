"""Faults of order: what is stopped, started, checked and accepted before or after what."""

from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.editing import added, edited, found, of_job, only, shifted, some, without
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family

FAMILY = Family()
STANDS_ON = {"reg": "db", "desk-r": "ap", "name": "nm"}
"""Systems and the one box that they run on."""
HOSTS = ("h1", "h2", "h3")
CHAIN = [K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.START, K.CHECK]


def stopped_under_a_system(inventory: Inventory, plan: Plan) -> bool:
    """In some minute a box is no longer up while its system is not down yet."""
    for system, box in STANDS_ON.items():
        for off in found(plan, K.STOP, box) + found(plan, K.RENUMBER, box):
            stops = [step.end for step in found(plan, K.STOP, system)]
            if not stops or min(stops) > off.start:
                return True
    return False


def started_on_nothing(inventory: Inventory, plan: Plan) -> bool:
    """In some minute a system is starting although its box has not passed its check."""
    pairs = [(s, b) for s, b in STANDS_ON.items() if found(plan, K.START, s)]
    return any(only(plan, K.START, s).start < max(step.end for step in found(plan, K.CHECK, b)) for s, b in pairs)


@FAMILY.breaks("S03", stopped_under_a_system, "register", decides=True)
def stop_a_box_before_its_system_is_down(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    system = random.choice(("reg", "desk-r"))
    return shifted(plan, random.randint(-5, 30), only(plan, K.STOP, system))


@FAMILY.breaks("S03", stopped_under_a_system, "renumbering")
def leave_out_the_stop_of_a_system(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.STOP, "name"))


@FAMILY.breaks("S03", started_on_nothing, "register", decides=True)
def start_a_system_before_its_box_is_checked(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, -random.randint(0, 60), only(plan, K.START, random.choice(("reg", "desk-r"))))


def carried_while_on(inventory: Inventory, plan: Plan) -> bool:
    """Something is unmounted that was started, and not stopped since."""
    for step in found(plan, K.UNMOUNT):
        for id in step.assets:
            last = [s.kind for s in plan.steps() if id in s.assets and s.end <= step.start and s.kind in CHAIN]
            if not last or last[-1] is not K.STOP:
                return True
    return False


@FAMILY.breaks("S03", carried_while_on, "crossing")
def carry_a_box_that_is_on(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    id = random.choice((*HOSTS, "g1", "g2"))
    return without(plan, only(plan, K.STOP, id))


def host_before_storage(inventory: Inventory, plan: Plan) -> bool:
    """In some minute hosts are starting although their storage has not passed its check."""
    checked = only(plan, K.CHECK, "san").end
    return any(
        step.start < checked and step.end > only(plan, K.STOP, "san").start for step in found(plan, K.START, *HOSTS)
    )


@FAMILY.breaks("S03", host_before_storage, "stored")
def start_a_host_before_its_storage_is_checked(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    both = [step for step in found(plan, K.START, "h1") if len(step.assets) == 3]
    return shifted(plan, -random.randint(0, 20), *both)


def accepted_too_early(inventory: Inventory, plan: Plan) -> bool:
    """The desk is being accepted in a minute in which the register is not accepted yet."""
    return only(plan, K.ACCEPT, "desk-r").start < only(plan, K.ACCEPT, "reg").end


@FAMILY.breaks("S20", accepted_too_early, "register", decides=True)
def accept_before_what_is_needed_is_accepted(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = -random.randint(0, 30)
    return shifted(plan, by, only(plan, K.START, "desk-r"), only(plan, K.ACCEPT, "desk-r"))


def checked_without_need(inventory: Inventory, plan: Plan) -> bool:
    """The server above is being checked in a minute in which the data base has not passed its own check."""
    return only(plan, K.CHECK, "ap").start < only(plan, K.CHECK, "db").end


@FAMILY.breaks("S20", checked_without_need, "register", decides=True)
def check_before_what_is_needed_is_checked(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, -random.randint(0, 40), only(plan, K.START, "ap"), only(plan, K.CHECK, "ap"))


def unlicensed(inventory: Inventory, plan: Plan) -> bool:
    """In some minute of a start or check the licence server is off, or not checked yet."""
    off = {m for step in found(plan, K.STOP, "lic") for m in range(step.start, only(plan, K.CHECK, "lic").end)}
    starting = [s for s in plan.steps() if s.kind in (K.START, K.CHECK) and "ap" in s.assets]
    return any(minute in off for s in starting for minute in range(s.start, s.end))


@FAMILY.breaks("S20", unlicensed, "register", decides=True)
def restart_the_licence_server_during_a_start(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    begin = only(plan, K.START, "ap").start + random.randint(-25, 40)
    kinds = (K.STOP, K.START, K.CHECK)
    row = [Step(f"lic/{n}", kind, ("lic",), begin + 5 * n, begin + 5 * n + 5) for n, kind in enumerate(kinds)]
    return added(plan, *row)


def disordered(inventory: Inventory, plan: Plan) -> bool:
    """The chain of something that is carried, by the starts of its steps, is not that of the book."""
    for id in {"db", "bk"} & inventory.assets.keys():
        row = [s.kind for s in plan.steps() if id in s.assets and s.kind in CHAIN]
        if row != CHAIN:
            return True
    return False


@FAMILY.breaks("S21", disordered, "register")
def swap_two_steps_of_a_chain(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    n = random.randrange(5)
    row = [s for s in of_job(plan, "bk") if s.kind in CHAIN]
    one, other = row[n], row[n + 1]
    swapped = edited(plan, one, kind=other.kind, to=other.to, people=other.people)
    return edited(swapped, other, kind=one.kind, to=one.to, people=one.people)


def started_and_never_checked(inventory: Inventory, plan: Plan) -> bool:
    """Something that is started has no check after it."""
    starts = [(id, s.end) for s in found(plan, K.START) for id in s.assets if id in inventory.assets]
    return any(not [s for s in found(plan, K.CHECK, id) if s.start >= end] for id, end in starts)


@FAMILY.breaks("S20", started_and_never_checked, "pair")
def leave_out_a_check(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = some(random, (s for s in found(plan, K.CHECK) if s.assets[0].startswith("w")))
    return without(plan, step) if step else None
