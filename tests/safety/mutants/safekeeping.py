"""Faults of backups, lines and addresses: what has to be ready before something moves."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from tests.safety.mutants.counting import CLOCK
from tests.safety.mutants.editing import changed, edited, found, only, shifted, without
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family

FAMILY = Family()


def not_safe(inventory: Inventory, plan: Plan) -> bool:
    """No backup of the data base was finished, read back and young enough when it is taken out of its rack."""
    leaves = only(plan, K.UNMOUNT, "db").start
    age = inventory.assets["db"].backup.max_age  # type: ignore[union-attr]
    for taken in found(plan, K.BACK_UP, "db"):
        read = [s for s in found(plan, K.VERIFY, "db") if taken.end <= s.start and s.end <= leaves]
        if read and taken.end <= leaves <= taken.end + age:
            return False
    return True


@FAMILY.breaks("S11", not_safe, "register")
def leave_out_a_backup(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.BACK_UP, "db"))


@FAMILY.breaks("S11", not_safe, "register")
def leave_out_the_reading_back(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.VERIFY, "db"))


@FAMILY.breaks("S11", not_safe, "register", decides=True)
def back_up_too_long_before(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, -random.randint(0, 5 * 1440), only(plan, K.BACK_UP, "db"), only(plan, K.VERIFY, "db"))


@FAMILY.breaks("S11", not_safe, "register")
def back_up_while_it_moves_already(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = only(plan, K.UNMOUNT, "db").start - only(plan, K.BACK_UP, "db").end + random.randint(1, 600)
    return shifted(plan, by, only(plan, K.BACK_UP, "db"), only(plan, K.VERIFY, "db"))


@FAMILY.breaks("S11", not_safe, "register", decides=True)
def read_back_at_another_time(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, random.choice((-1, 1)) * random.randint(0, 3 * 1440), only(plan, K.VERIFY, "db"))


def not_laid(inventory: Inventory, plan: Plan) -> bool:
    """The carrier comes before its lead time, on a day off or outside 09:00 to 17:00, or after the switch-over."""
    line, switch = inventory.assets["ln"], only(plan, K.SWITCH_OVER, "ln")
    filed = CLOCK.day(line.application.filed)  # type: ignore[union-attr,arg-type]
    earliest = filed + timedelta(days=line.lead_days or 0)
    for kind in (K.LAY, K.TEST):
        visit = only(plan, kind, "ln")
        day = CLOCK.day(visit.start)
        closed = day.weekday() > 4 or day in inventory.timetable.holidays
        by_day = CLOCK.of_day(visit.start) >= 9 * 60 and CLOCK.of_day(visit.end) <= 17 * 60
        if day < earliest or closed or not by_day or visit.end > switch.start:
            return True
    return False


@FAMILY.breaks("S18", not_laid, "line", decides=True)
def lay_the_line_on_another_day(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, random.randint(-30, 20) * 1440, only(plan, K.LAY, "ln"), only(plan, K.TEST, "ln"))


@FAMILY.breaks("S18", not_laid, "line", decides=True)
def let_the_carrier_come_at_another_hour(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, random.randint(-4 * 60, 8 * 60), only(plan, random.choice((K.LAY, K.TEST)), "ln"))


@FAMILY.breaks("S18", not_laid, "line", decides=True)
def switch_over_before_the_line_is_tested(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, -random.randint(0, 9 * 1440), only(plan, K.SWITCH_OVER, "ln"))


def without_carrier(inventory: Inventory, plan: Plan) -> bool:
    """The line is touched while nobody of its carrier is there."""
    return any("cr/1" not in s.people for kind in (K.LAY, K.TEST, K.SWITCH_OVER) for s in found(plan, kind, "ln"))


@FAMILY.breaks("S18", without_carrier, "line")
def touch_the_line_without_its_carrier(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = only(plan, random.choice((K.LAY, K.TEST, K.SWITCH_OVER)), "ln")
    return edited(plan, step, people=tuple(who for who in step.people if who != "cr/1"))


def never_switched(inventory: Inventory, plan: Plan) -> bool:
    """The line that is to end in another room is never switched over."""
    return "ln" in inventory.assets and not found(plan, K.SWITCH_OVER, "ln")


@FAMILY.breaks("S18", never_switched, "line")
def leave_out_the_switch_over(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.SWITCH_OVER, "ln"))


def untold(inventory: Inventory, plan: Plan) -> bool:
    """No update of the script ends after the address has begun to change."""
    change = only(plan, K.RENUMBER, "nm").start
    return not [s for s in found(plan, K.UPDATE, "nm") if s.holder == "cl" and s.end > change]


@FAMILY.breaks("S10", untold, "renumbering")
def tell_nobody_of_a_new_address(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.UPDATE, "nm"))


@FAMILY.breaks("S10", untold, "renumbering", decides=True)
def tell_of_a_new_address_before_it_changes(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return shifted(plan, -random.randint(0, 600), only(plan, K.UPDATE, "nm"))


@FAMILY.breaks("S10", untold, "renumbering")
def tell_somebody_else_of_a_new_address(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    others = [id for id in inventory.assets if id != "cl"]
    return changed(plan, lambda s: replace(s, holder=random.choice(others)) if s.kind is K.UPDATE else s)


def still_remembered(inventory: Inventory, plan: Plan) -> bool:
    """When the address changes, the old one has not been short-lived for as long as it used to live."""
    change = only(plan, K.RENUMBER, "nm").start
    lowered = [step.end for step in found(plan, K.LOWER_TTL, "nm")]
    return not any(end + (inventory.assets["nm"].old_ttl or 0) <= change for end in lowered)


@FAMILY.breaks("S10", still_remembered, "renumbering", decides=True)
def lower_the_ttl_at_another_time(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    change = only(plan, K.RENUMBER, "nm").start
    step = only(plan, K.LOWER_TTL, "nm")
    return shifted(plan, change - step.end - random.randint(-100, 2000), step)


@FAMILY.breaks("S10", still_remembered, "renumbering")
def leave_the_ttl_as_it_is(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, only(plan, K.LOWER_TTL, "nm"))
