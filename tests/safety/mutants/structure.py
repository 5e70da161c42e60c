"""Faults of form and completeness: what is missing, doubled, too short, unknown, or not asked for."""

from collections import Counter
from dataclasses import replace
from random import Random

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Plan
from planner.plan.step import Step
from tests.safety.mutants.editing import added, edited, found, job_moved, of_job, only, shifted, wave_with, without
from tests.safety.mutants.job import BY_HAND, K
from tests.safety.mutants.operator import Family

FAMILY = Family()
BESIDE = (K.BACK_UP, K.VERIFY, K.UPDATE, K.LOWER_TTL, K.CONFIRM)


def carried_otherwise(inventory: Inventory, plan: Plan) -> bool:
    """Something is carried another number of times than it has targets."""
    times = Counter(id for step in found(plan, K.CARRY) for id in step.assets)
    return any(times[id] != len(a.stages) for id, a in inventory.assets.items() if a.method.value in ("carry", "stay"))


@FAMILY.breaks("S21", carried_otherwise, "pair")
def leave_something_where_it_is(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return without(plan, *of_job(plan, random.choice(("w1", "w2"))))


@FAMILY.breaks("S21", carried_otherwise, "pair")
def move_something_twice(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = random.randint(300, 900)
    row = of_job(plan, random.choice(("w1", "w2")))
    return added(plan, *(replace(s, id=f"again/{s.id}", start=s.start + by, end=s.end + by) for s in row))


@FAMILY.breaks("S21", carried_otherwise, "renumbering")
def carry_what_stays(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    end = plan.waves[0].turns[-1].end + random.randint(0, 300)
    to = {"cl": Position("new", "N2", random.randint(1, 8))}
    return added(plan, Step("cl/away", K.CARRY, ("cl",), end, end + 20, ("ict/1",), to=to))


def mistimed(inventory: Inventory, plan: Plan) -> bool:
    """A step lasts another number of minutes than its work."""
    for step in plan.steps():
        if step.kind in BESIDE or any(id in inventory.links for id in step.assets):
            continue
        lengths = [inventory.subject(id).works[step.kind].duration.likely for id in step.assets]
        due = sum(lengths) if step.kind in BY_HAND else max(lengths)
        if step.end - step.start != due:
            return True
    return False


@FAMILY.breaks("S21", mistimed, "register")
def shorten_or_lengthen_a_step(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice([s for s in plan.steps() if s.kind not in BESIDE and s.kind is not K.CLOSE])
    return edited(plan, step, end=max(step.start + 1, step.end + random.randint(-9, 9)))


def unknown(inventory: Inventory, plan: Plan) -> bool:
    """A step is about something that the inventory does not have."""
    known = {*inventory.assets, *inventory.systems, *inventory.links}
    return any(set(step.assets) - known for step in plan.steps())


@FAMILY.breaks("S21", unknown, "pair")
def name_what_does_not_exist(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice(plan.steps())
    return edited(plan, step, assets=(*step.assets[:-1], f"{step.assets[-1]}{random.choice('x? ')}"))


def foreign(inventory: Inventory, plan: Plan) -> bool:
    """The plan says that it was made of an inventory that it was not made of."""
    return plan.inventory_hash != canonical.digest(inventory)


@FAMILY.breaks("S21", foreign, "pair")
def claim_to_belong_to_another_inventory(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    turned = random.randint(1, len(plan.inventory_hash) - 1)
    return replace(plan, inventory_hash=plan.inventory_hash[turned:] + plan.inventory_hash[:turned])


def doubled(inventory: Inventory, plan: Plan) -> bool:
    return len({step.id for step in plan.steps()}) < len(plan.steps())


@FAMILY.breaks("S21", doubled, "pair")
def give_two_steps_one_name(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    one, other = random.sample(plan.steps(), 2)
    return edited(plan, one, id=other.id)


def at_once(inventory: Inventory, plan: Plan) -> bool:
    """In some minute two steps are done to one thing."""
    busy = Counter(
        (id, minute)
        for step in plan.steps()
        if step.kind not in BESIDE
        for id in step.assets
        for minute in range(step.start, step.end)
    )
    return max(busy.values()) > 1


@FAMILY.breaks("S21", at_once, "pair", decides=True)
def do_two_steps_to_one_thing_at_once(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    kind = random.choice((K.UNMOUNT, K.CARRY, K.START, K.CHECK))
    return shifted(plan, random.randint(-8, 0), only(plan, kind, random.choice(("w1", "w2"))))


def missed(inventory: Inventory, plan: Plan) -> bool:
    """The old server is switched off in a minute in which the new one has not taken over yet."""
    return only(plan, K.STOP, "o").start < only(plan, K.SWITCH_OVER, "z").end


@FAMILY.breaks("S21", missed, "replacement")
def retire_what_is_still_needed(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    by = only(plan, K.SWITCH_OVER, "z").start - only(plan, K.STOP, "o").start
    return job_moved(plan, "o", by - random.randint(-15, 2 * 1440), into=0)


def outside_its_turn(inventory: Inventory, plan: Plan) -> bool:
    """From the stop before it is carried to the check after, something is not inside one turn that names it."""
    for wave in plan.waves:
        for carry in (step for step in wave.steps if step.kind is K.CARRY):
            for id in carry.assets:
                begin = max(step.start for step in found(plan, K.STOP, id) if step.start < carry.start)
                end = min(step.end for step in found(plan, K.CHECK, id) if step.end > carry.end)
                if not any(id in turn.assets and turn.start <= begin and end <= turn.end for turn in wave.turns):
                    return True
    return False


@FAMILY.breaks("S21", outside_its_turn, "pair")
def let_a_chain_reach_beyond_its_turn(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    number, turn = random.choice([(n, turn) for n, wave in enumerate(plan.waves) for turn in wave.turns])
    cut = random.randint(1, 60)
    less = random.choice(
        (replace(turn, end=turn.end - cut), replace(turn, start=turn.start + cut), replace(turn, assets=()))
    )
    turns = tuple(less if each.id == turn.id else each for each in plan.waves[number].turns)
    return wave_with(plan, number, turns=turns)


def nowhere(inventory: Inventory, plan: Plan) -> bool:
    """A VM goes to something that is no host of its cluster."""
    hosts = inventory.clusters["cl1"].hosts
    return any(host not in hosts for step in found(plan, K.MIGRATE) for host in step.hosts.values())


@FAMILY.breaks("S21", nowhere, "crossing")
def migrate_to_what_is_no_host(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    step = random.choice(found(plan, K.MIGRATE))
    other = random.choice(("g1", "swo3", "mon", "nothing"))
    return edited(plan, step, hosts=dict.fromkeys(step.assets, other))


def misplaced(inventory: Inventory, plan: Plan) -> bool:
    """The table of places says something else than the steps that mount."""
    last = {id: place for step in found(plan, K.MOUNT) for id, place in step.to.items()}
    return any(plan.placements[id] != last[id] for id in plan.placements if id in last)


@FAMILY.breaks("S21", misplaced, "pair")
def tell_another_place_than_the_steps(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    id = random.choice([id for id in plan.placements if id.startswith("w")])
    return replace(plan, placements={**plan.placements, id: Position("new", "N4", random.randint(1, 9))})
