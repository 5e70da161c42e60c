"""Faults of time: windows, blackouts, budgets, declared outages, opening dates."""

from dataclasses import replace
from datetime import date
from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.units.span import Span
from tests.safety.mutants.counting import CLOCK, open_minutes
from tests.safety.mutants.drafting import at
from tests.safety.mutants.editing import found, job_moved, jobs, of_job, only, shifted, some
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family

FAMILY = Family()
DAY = 1440


def outside_every_weekend(inventory: Inventory, plan: Plan) -> bool:
    """Some step of a wave begins or ends before 08:00 on its Saturday, or after 20:00 on its last day."""
    for wave, (first, last) in zip(plan.waves, ((9, 11), (16, 17)), strict=True):
        for step in wave.steps:
            if step.start < at(first, "08:00") or step.end > at(last, "20:00"):
                return True
    return False


@FAMILY.breaks("S12", outside_every_weekend, "pair", decides=True)
def work_outside_the_window(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, random.choice(("w1", "w2")), random.randint(-48, 72) * 60)


def accounts_are_touched(inventory: Inventory, plan: Plan) -> bool:
    """The data base is worked on while accounts are closed, on a day from 8 to 12 January."""
    closed = [date(2027, 1, day) for day in range(8, 13)]
    kinds = (K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.START, K.CHECK)
    own = [s for s in plan.steps() if "db" in s.assets and s.kind in kinds]
    return any(CLOCK.day(minute) in closed for s in own for minute in (s.start, s.end - 1))


@FAMILY.breaks("S12", accounts_are_touched, "register")
def work_in_a_blackout(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "register", -random.randint(6, 7) * DAY, into=0)


def out(plan: Plan, system: str) -> Span:
    """From the first minute of a system's stop to the last of its acceptance."""
    return Span(only(plan, K.STOP, system).start, only(plan, K.ACCEPT, system).end)


def told_otherwise(inventory: Inventory, plan: Plan) -> bool:
    """Some system is out in a minute that nobody was told of, or the minutes told are 16 too many at an end."""
    for system in ("reg", "name"):
        if not found(plan, K.STOP, system):
            continue
        real = out(plan, system)
        told = [o.span for o in plan.outages if o.system == system]
        unsaid = [m for m in range(real.start, real.end) if not any(m in span for span in told)]
        spare = [max(real.start - span.start, span.end - real.end) for span in told]
        if unsaid or max(spare) > 15:
            return True
    return False


def _system(plan: Plan) -> str:
    return "reg" if found(plan, K.STOP, "reg") else "name"


@FAMILY.breaks("S01", told_otherwise, "renumbering")
def hide_an_outage(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return replace(plan, outages=tuple(o for o in plan.outages if o.system != _system(plan)))


def _other_end(plan: Plan, system: str, begin: int, end: int) -> Plan:
    def told(span: Span) -> Span:
        return Span(span.start + begin, max(span.end + end, span.start + begin + 1))

    outages = tuple(replace(o, span=told(o.span)) if o.system == system else o for o in plan.outages)
    return replace(plan, outages=outages)


@FAMILY.breaks("S01", told_otherwise, "register")
def announce_an_end_that_is_too_early_or_far_too_late(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return _other_end(plan, "reg", 0, random.choice((random.randint(-60, -1), random.randint(0, 60))))


@FAMILY.breaks("S01", told_otherwise, "renumbering")
def announce_a_begin_that_is_too_late_or_far_too_early(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return _other_end(plan, "name", random.choice((random.randint(1, 30), random.randint(-60, 0))), 0)


def misstated(inventory: Inventory, plan: Plan) -> bool:
    """An outage says another number of minutes than its system is out."""
    spans = {o.system: out(plan, o.system) for o in plan.outages if found(plan, K.STOP, o.system)}
    return any(
        (o.computed, o.inside) != _counted(inventory, o.system, spans) for o in plan.outages if o.system in spans
    )


def _counted(inventory: Inventory, system: str, spans: dict[str, Span]) -> tuple[int, int]:
    return spans[system].minutes, open_minutes(inventory, system, spans[system])


@FAMILY.breaks("S01", misstated, "register", decides=True)
def misstate_the_minutes_of_an_outage(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    one = random.choice([o for o in plan.outages if found(plan, K.STOP, o.system)])
    lie = {"computed": one.computed - random.randint(0, 9), "inside": one.inside + random.randint(0, 1)}
    return replace(plan, outages=tuple(replace(o, **lie) if o is one else o for o in plan.outages))


def over_budget(inventory: Inventory, plan: Plan) -> bool:
    """More minutes of service are lost than the budget has."""
    systems = [id for id in inventory.systems if found(plan, K.STOP, id)]
    return any(open_minutes(inventory, id, out(plan, id)) > inventory.systems[id].budget for id in systems)


@FAMILY.breaks("S02", over_budget, "register", decides=True)
def let_the_night_reach_into_the_morning(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "register", random.randint(0, 10 * 60))


@FAMILY.breaks("S02", over_budget, "renumbering", decides=True)
def begin_before_the_service_closes(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "nm", -random.randint(0, 5 * 60))


def before_its_date(inventory: Inventory, plan: Plan) -> bool:
    """What may leave from 8 January on is touched before that day."""
    return min(step.start for step in of_job(plan, "bk")) < at(8, "00:00")


@FAMILY.breaks("S21", before_its_date, "register")
def move_before_the_date_of_the_stage(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "bk", -random.randint(0, 10) * DAY)


def in_a_room_that_is_not_ready(inventory: Inventory, plan: Plan) -> bool:
    """Something stands in the annex before it is handed over on 7 January."""
    return only(plan, K.MOUNT, "bk").start < at(7, "00:00")


@FAMILY.breaks("S17", in_a_room_that_is_not_ready, "register", decides=True)
def use_a_room_before_it_is_handed_over(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "bk", -random.randint(0, 12) * DAY)


def off_between_the_weekends(inventory: Inventory, plan: Plan) -> bool:
    """After the first weekend a system is stopped and was not started and accepted again."""
    ends = plan.waves[0].window.end
    for id in inventory.systems:
        done = [s for s in plan.steps() if id in s.assets and s.start < ends and s.kind in (K.STOP, K.ACCEPT)]
        if done and done[-1].kind is K.STOP:
            return True
    return False


@FAMILY.breaks("S23", off_between_the_weekends, "renumbering")
def leave_the_acceptance_for_next_weekend(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    night = some(random, (job for job in jobs(plan, night=True) if job in ("nm", "z", "san")))
    if night is None:
        return None
    late = [s for s in of_job(plan, night) if s.assets[0] in inventory.systems and s.kind in (K.START, K.ACCEPT)]
    later = shifted(plan, 7 * DAY, *late)
    ids = {step.id for step in late}
    waves = [replace(w, steps=tuple(s for s in w.steps if s.id not in ids)) for w in later.waves]
    moved = [s for w in later.waves for s in w.steps if s.id in ids]
    row = sorted((*waves[1].steps, *moved), key=lambda step: (step.start, step.id))
    return replace(later, waves=(waves[0], replace(waves[1], steps=tuple(row))))
