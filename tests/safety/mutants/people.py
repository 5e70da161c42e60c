"""Faults with people: two places, skills, absences, shifts, months, contracts, notice, pairs, escorts."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.counting import CLOCK, is_open
from tests.safety.mutants.drafting import at
from tests.safety.mutants.editing import changed, edited, job_moved, of_job, only, shifted, some
from tests.safety.mutants.job import K
from tests.safety.mutants.operator import Family

FAMILY = Family()
REST, SHIFT, MONTH = 11 * 60, 10 * 60, 12 * 60


def minutes_of(plan: Plan, person: str) -> list[int]:
    """Every minute in which somebody works, one by one; twice where it is in two places."""
    return sorted(m for step in plan.steps() if person in step.people for m in range(step.start, step.end))


def everybody(plan: Plan) -> set[str]:
    return {person for step in plan.steps() for person in step.people}


def in_two_places(inventory: Inventory, plan: Plan) -> bool:
    """Somebody works twice in one minute."""
    return any(count > 1 for who in everybody(plan) for count in Counter(minutes_of(plan, who)).values())


@FAMILY.breaks("S15", in_two_places, "crossing")
def send_people_to_two_places(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    turns = [(a, b) for wave in plan.waves for a, b in combinations(wave.turns, 2) if _same_people(plan, a.id, b.id)]
    both = some(random, turns)
    if both is None:
        return None
    one, other = both
    return job_moved(plan, other.id, one.start - other.start + random.randint(-60, 60))


def _same_people(plan: Plan, one: str, other: str) -> bool:
    return bool({p for s in of_job(plan, one) for p in s.people} & {p for s in of_job(plan, other) for p in s.people})


def too_few(inventory: Inventory, plan: Plan) -> bool:
    """Fewer people of a team are on a step than one of its things asks for."""
    return any(_missing(inventory, step, skill=False) for step in plan.steps())


def unskilled(inventory: Inventory, plan: Plan) -> bool:
    """Nobody on a step has the skill that one of its things asks for."""
    return any(_missing(inventory, step, skill=True) for step in plan.steps())


def _missing(inventory: Inventory, step: Step, *, skill: bool) -> bool:
    there = [(team.id, person.skills) for team, person in inventory.people() if person.id in step.people]
    for id in step.assets if step.kind not in (K.BACK_UP, K.VERIFY, K.UPDATE) else ():
        work = inventory.links[id].crew if id in inventory.links else _crew(inventory, id, step)
        for team in {demand.team for demand in work}:
            asked = sum(demand.count for demand in work if demand.team == team)
            if not skill and len([t for t, _ in there if t == team]) < asked:
                return True
        wanted = [demand for demand in work if demand.skill]
        if skill and any(not [s for t, s in there if t == d.team and d.skill in s] for d in wanted):
            return True
    return False


def _crew(inventory: Inventory, id: str, step: Step) -> tuple:  # type: ignore[type-arg]
    work = inventory.subject(id).works.get(step.kind)
    return () if work is None or step.kind is K.CLOSE else work.crew


@FAMILY.breaks("S15", too_few, "pair")
def leave_somebody_at_home(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice([step for step in plan.steps() if step.people and step.kind is not K.UPDATE])
    return edited(plan, step, people=step.people[:-1])


@FAMILY.breaks("S15", unskilled, "crossing")
def send_somebody_without_the_skill(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = only(plan, K.CHECK, random.choice(("g1", "g2")))
    others = [p.id for _, p in inventory.people() if p.id.startswith("ict") and p.id not in step.people]
    return edited(plan, step, people=(random.choice(others),))


def away(inventory: Inventory, plan: Plan) -> bool:
    """Somebody works in a minute in which that person is absent."""
    absent = {person.id: person.absent for _, person in inventory.people()}
    return any(m in span for who in everybody(plan) for span in absent.get(who, ()) for m in minutes_of(plan, who))


@FAMILY.breaks("S15", away, "pair")
def send_somebody_who_is_away(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    sunday = [s for s in plan.steps() if s.people and at(10, "06:00") < s.end and s.start < at(11, "00:00")]
    step = some(random, sunday)
    return edited(plan, step, people=(*step.people, random.choice(("ict/1", "ict/2")))) if step else None


def no_end_of_a_shift(inventory: Inventory, plan: Plan) -> bool:
    """Minute by minute: from the first one after a rest to the last one before the next somebody works too long."""
    for who in everybody(plan):
        begun = last = None
        for minute in minutes_of(plan, who):
            begun = minute if begun is None or last is None or minute - last > REST else begun
            last = minute
            if minute + 1 - begun > SHIFT:
                return True
    return False


@FAMILY.breaks("S15", no_end_of_a_shift, "pair")
def let_a_day_become_too_long(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    id = random.choice(("w1", "w2"))
    return shifted(plan, random.randint(5 * 60, 10 * 60), only(plan, K.START, id), only(plan, K.CHECK, id))


@FAMILY.breaks("S15", no_end_of_a_shift, "stored")
def let_the_people_of_the_day_do_the_night(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    nights = [(o.span.start, o.span.end) for o in plan.outages]
    if not nights:
        return None
    begin, end = random.choice(nights)
    day = [s for s in plan.steps() if s.people and begin - 16 * 60 < s.start < begin - 2 * 60 and s.kind is not K.CARRY]
    if not day:
        return None
    who = random.choice(day).people[0]
    night = [s for s in plan.steps() if begin <= s.start < end and s.people]
    ids = {step.id for step in night}
    return changed(plan, lambda s: replace(s, people=(who, *s.people[1:])) if s.id in ids else s)


def too_many_hours(inventory: Inventory, plan: Plan) -> bool:
    """Minute by minute: outside office hours somebody of the office works more in January than allowed."""
    for who in everybody(plan):
        outside = [m for m in set(minutes_of(plan, who)) if not is_open(inventory, "office", m)]
        if who.startswith("ict") and len([m for m in outside if CLOCK.day(m).month == 1]) > MONTH:
            return True
    return False


@FAMILY.breaks("S15", too_many_hours, "crossing", "pair")
def ask_one_person_for_everything(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    who = f"ict/{random.randint(1, 8)}"
    return changed(plan, lambda s: replace(s, people=(*s.people, who)) if s.people and who not in s.people else s)


def after_the_contract(inventory: Inventory, plan: Plan) -> bool:
    """Movers carry something after January."""
    return any(CLOCK.day(s.end - 1).month != 1 for s in plan.steps() if set(s.people) & {"mv/1", "mv/2"})


@FAMILY.breaks("S15", after_the_contract, "pair")
def move_after_the_contract_has_ended(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, random.choice(("w1", "w2")), random.randint(2, 5) * 7 * 1440)


def movers_at_night(inventory: Inventory, plan: Plan) -> bool:
    """Movers work in a minute between 22:00 and 05:00."""
    carried = [m for who in ("mv/1", "mv/2") for m in minutes_of(plan, who)]
    return any(CLOCK.of_day(m) >= 22 * 60 or CLOCK.of_day(m) < 5 * 60 for m in carried)


@FAMILY.breaks("S15", movers_at_night, "pair")
def move_at_night_with_movers_of_the_day(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, random.choice(("w1", "w2")), random.randint(6, 18) * 60)


def movers_do_more(inventory: Inventory, plan: Plan) -> bool:
    """Movers, who were asked to carry, do something else."""
    return any(s.kind is not K.CARRY and set(s.people) & {"mv/1", "mv/2"} for s in plan.steps())


@FAMILY.breaks("S15", movers_do_more, "pair")
def let_movers_do_more_than_carry(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice([s for s in plan.steps() if s.kind in (K.UNMOUNT, K.MOUNT, K.START)])
    return edited(plan, step, people=(*step.people, random.choice(("mv/1", "mv/2"))))


def before_the_notice(inventory: Inventory, plan: Plan) -> bool:
    """Movers come sooner than 130 days after the day from which notice counts."""
    earliest = inventory.project.as_of + timedelta(days=130)
    return any(CLOCK.day(s.start) < earliest for s in plan.steps() if set(s.people) & {"mv/1", "mv/2"})


@FAMILY.breaks("S15", before_the_notice, "pair")
def call_movers_before_their_notice(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, random.choice(("w1", "w2")), -random.randint(1, 9) * 1440)


def alone(inventory: Inventory, plan: Plan) -> bool:
    """Something that a critical system runs on is in the hands of one person."""
    critical = {"w1", "w2", "w3"} | ({"db"} if "db" in inventory.assets else set())
    hands = (K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.START, K.CHECK)
    own = [s for s in plan.steps() if s.kind in hands and critical & set(s.assets)]
    return any(len(set(step.people)) == 1 for step in own)


@FAMILY.breaks("S15", alone, "pair")
def leave_one_alone_with_what_is_critical(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice([s for s in of_job(plan, random.choice(("w1", "w2"))) if s.people])
    return edited(plan, step, people=(random.choice(step.people),))


def nobody_fresh(inventory: Inventory, plan: Plan) -> bool:
    """At 08:30 on a working day after a weekend somebody of the office has worked in the last eleven hours."""
    for morning in (at(12, "08:30"), at(18, "08:30")):
        tired = {who for who in everybody(plan) if set(minutes_of(plan, who)) & set(range(morning - REST, morning))}
        if any(who.startswith("ict") for who in tired):
            return True
    return False


@FAMILY.breaks("S15", nobody_fresh, "replacement")
def work_into_the_night_before_a_working_day(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return job_moved(plan, "o", random.randint(9 * 60, 20 * 60))


def stranger(inventory: Inventory, plan: Plan) -> bool:
    """Somebody is on a step whom no team has."""
    known = {person.id for _, person in inventory.people()}
    return any(set(step.people) - known for step in plan.steps())


@FAMILY.breaks("S15", stranger, "pair")
def send_somebody_nobody_knows(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice([step for step in plan.steps() if step.people])
    return edited(plan, step, people=(*step.people[1:], f"ict/{random.randint(9, 99)}"))


def off_hours(inventory: Inventory, plan: Plan) -> bool:
    """The desk, which works in office hours, is asked for a minute outside of them."""
    return any(not is_open(inventory, "office", minute) for minute in minutes_of(plan, "desk/1"))


@FAMILY.breaks("S15", off_hours, "renumbering", decides=True)
def ask_a_team_outside_its_hours(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice([only(plan, K.ACCEPT, "name"), only(plan, K.LOWER_TTL, "nm")])
    return edited(plan, step, people=("desk/1",))
