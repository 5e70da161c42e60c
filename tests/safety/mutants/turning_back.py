"""Faults of rollbacks: witnesses that do not undo, deadlines that are not told, check points that are missing."""

from dataclasses import replace
from random import Random

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Wave
from tests.safety.mutants.counting import last_return
from tests.safety.mutants.editing import found, job_moved, jobs, only, point_with, points, some, wave_with
from tests.safety.mutants.job import BY_HAND, K
from tests.safety.mutants.operator import Family

FAMILY = Family()
STATE = {K.STOP: "off", K.START: "started", K.CHECK: "on", K.ACCEPT: "on", K.UNMOUNT: "taken out", K.MOUNT: "put up"}


def replayed(rows: list[tuple[StepKind, tuple[str, ...], Step | RollbackStep]]) -> dict[tuple[str, str], object]:
    """What is known of each thing after these steps: how it is, where it is, who holds it, which address is known."""
    known: dict[tuple[str, str], object] = {}
    for kind, ids, step in rows:
        for id in ids:
            if kind in (K.STOP, K.START, K.CHECK, K.ACCEPT):
                known[id, "power"] = STATE[kind]
            elif kind in (K.UNMOUNT, K.MOUNT):
                known[id, "rack"] = STATE[kind]
            elif kind is K.MIGRATE:
                known[id, "host"] = step.hosts[id]
            elif kind is K.RENUMBER:
                known[id, "address"] = not known.get((id, "address"), False)
                known[id, "power"] = "started"
            elif kind is K.UPDATE:
                known[id, "told"] = known.get((id, "address"), False)
            if kind in (K.CARRY, K.MOUNT, K.SWITCH_OVER) and id in step.to:
                known[id, "place"] = step.to[id]
    return known


def state(inventory: Inventory, known: dict[tuple[str, str], object]) -> dict[tuple[str, str], object]:
    """The same with what holds at the start filled in, so that states can be compared."""
    start: dict[tuple[str, str], object] = {}
    for id, asset in inventory.assets.items():
        start |= {(id, "power"): "on", (id, "rack"): "put up", (id, "place"): asset.at, (id, "host"): asset.host}
        start |= {(id, "address"): False, (id, "told"): False}
    start |= {(id, "power"): "on" for id in inventory.systems}
    return start | {key: value for key, value in known.items() if key in start}


def rows(steps: list[Step]) -> list[tuple[StepKind, tuple[str, ...], Step | RollbackStep]]:
    return [(step.kind, step.assets, step) for step in sorted(steps, key=lambda step: step.start)]


def not_undone(inventory: Inventory, plan: Plan) -> bool:
    """After some witness, step by step, something is not as it was when the anchor was reached."""
    return any(_differs(inventory, plan, plan.waves[number], point) for number, point in points(plan))


def _differs(inventory: Inventory, plan: Plan, wave: Wave, point: CheckPoint) -> bool:
    done = [step for step in plan.steps() if step.end <= point.planned]
    ends = [turn.end for turn in wave.turns if turn.id == point.anchor]
    anchor = ends[0] if ends else min(step.start for step in wave.steps)
    before = state(inventory, replayed(rows([step for step in done if step.end <= anchor])))
    back: list[tuple[StepKind, tuple[str, ...], Step | RollbackStep]] = [
        (step.kind, step.assets, step) for step in sorted(point.rollback, key=lambda step: step.offset)
    ]
    return state(inventory, replayed([*rows(done), *back])) != before


def _witness(random: Random, plan: Plan) -> tuple[int, CheckPoint] | None:
    return some(random, ((number, point) for number, point in points(plan) if len(point.rollback) > 1))


@FAMILY.breaks("S13", not_undone, "register")
def leave_out_a_step_of_a_rollback(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    number, point = random.choice(points(plan))
    if not point.rollback:
        return None
    gone = random.randrange(len(point.rollback))
    return point_with(plan, number, point, rollback=(*point.rollback[:gone], *point.rollback[gone + 1 :]))


@FAMILY.breaks("S13", not_undone, "pair")
def turn_back_to_another_state(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    held = _witness(random, plan)
    return point_with(plan, held[0], held[1], anchor=None) if held else None


def unattended(inventory: Inventory, plan: Plan) -> bool:
    """A check of something that is carried or renumbered ends, or disconnecting begins, without a check point."""
    away = (K.UNMOUNT, K.CARRY, K.SWITCH_OVER, K.RENUMBER, K.DISPOSE)
    for wave in plan.waves:
        told = {point.planned for point in wave.check_points if not point.final}
        due = {step.end for step in wave.steps if step.kind is K.CHECK}
        due |= {min(step.start for step in wave.steps if step.kind in away)} if wave.steps else set()
        if due - told:
            return True
    return False


@FAMILY.breaks("S13", unattended, "pair")
def leave_out_a_check_point(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    number, point = random.choice(points(plan))
    left = tuple(p for p in plan.waves[number].check_points if p.id != point.id)
    return wave_with(plan, number, check_points=left)


@FAMILY.breaks("S13", unattended, "pair")
def call_a_check_point_final(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    number, point = random.choice(points(plan))
    return point_with(plan, number, point, final=True)


def latest(inventory: Inventory, plan: Plan, number: int, point: CheckPoint) -> int:
    """Minute by minute: the window's end, or when a system that is out has no minute left, less what it takes."""
    since = {id: step.start for step in found(plan, K.STOP) for id in step.assets if id in inventory.systems}
    out = [id for id in since if since[id] < point.planned < only(plan, K.ACCEPT, id).end]
    returns = [plan.waves[number].window.end, *(last_return(inventory, id, since[id]) for id in out)]
    length = max((step.offset + step.minutes for step in point.rollback), default=0)
    return min(returns) - inventory.policy.margin - length


def promised(inventory: Inventory, plan: Plan) -> bool:
    """A deadline is told that is later than the last minute at which turning back ends in time."""
    return any(p.deadline is None or p.deadline > latest(inventory, plan, n, p) for n, p in points(plan))


@FAMILY.breaks("S13", promised, "register")
def tell_a_deadline_that_is_too_late(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    number, point = random.choice(points(plan))
    return point_with(plan, number, point, deadline=(point.deadline or 0) + random.randint(1, 240))


def decided_late(inventory: Inventory, plan: Plan) -> bool:
    """A check point is planned after the last minute at which turning back ends in time."""
    return any(p.planned > latest(inventory, plan, n, p) for n, p in points(plan))


@FAMILY.breaks("S13", decided_late, "register")
def come_to_a_check_point_after_its_deadline(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    job = some(random, (job for job in jobs(plan, night=True) if job in ("register", "san", "nm")))
    return job_moved(plan, job, random.randint(30, 5 * 60)) if job else None


def mislength(inventory: Inventory, plan: Plan) -> bool:
    """The length that is told is not that from the decision to the end of the last step."""
    ends = [(p.minutes, [step.offset + step.minutes for step in p.rollback]) for _, p in points(plan)]
    return any(told != max(offsets, default=0) for told, offsets in ends)


@FAMILY.breaks("S13", mislength, "pair")
def understate_the_length_of_a_rollback(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    held = _witness(random, plan)
    if held is None:
        return None
    number, point = held
    return point_with(plan, number, point, minutes=(point.minutes or 0) - random.randint(1, 30))


def hurried(inventory: Inventory, plan: Plan) -> bool:
    """A step of a witness takes fewer minutes than its work."""
    for _, point in points(plan):
        for step in point.rollback:
            subjects = [inventory.subject(id) for id in step.assets if step.kind is not K.UPDATE]
            lengths = [(s.works.get(step.kind) or s.rollback[step.kind]).duration.likely for s in subjects]
            due = sum(lengths) if step.kind in BY_HAND else max(lengths, default=0)
            if step.minutes < due:
                return True
    return False


@FAMILY.breaks("S13", hurried, "register")
def hurry_a_step_of_a_rollback(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    held = _witness(random, plan)
    if held is None:
        return None
    number, point = held
    n = random.randrange(len(point.rollback))
    step = point.rollback[n]
    faster = replace(step, minutes=random.randint(1, max(1, step.minutes - 1)))
    return point_with(plan, number, point, rollback=(*point.rollback[:n], faster, *point.rollback[n + 1 :]))


def torn(inventory: Inventory, plan: Plan) -> bool:
    """In some minute of a witness somebody does two things, or two things are done to one."""
    for _, point in points(plan):
        seen: set[tuple[str, int]] = set()
        for step in point.rollback:
            for minute in range(step.offset, step.offset + step.minutes):
                busy = {(id, minute) for id in (*step.people, *step.assets)}
                if busy & seen:
                    return True
                seen |= busy
    return False


@FAMILY.breaks("S13", torn, "register")
def do_two_steps_of_a_rollback_at_once(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    held = _witness(random, plan)
    if held is None:
        return None
    number, point = held
    n = random.randrange(1, len(point.rollback))
    step = replace(point.rollback[n], offset=max(0, point.rollback[n].offset - random.randint(1, 20)))
    return point_with(plan, number, point, rollback=(*point.rollback[:n], step, *point.rollback[n + 1 :]))


def nobody_there(inventory: Inventory, plan: Plan) -> bool:
    """A step of a witness that asks for people has none."""
    for _, point in points(plan):
        for step in point.rollback:
            subjects = [inventory.subject(id) for id in step.assets if step.kind is not K.UPDATE]
            asked = [w.crew for s in subjects if (w := s.works.get(step.kind) or s.rollback.get(step.kind))]
            if any(asked) and not step.people:
                return True
    return False


@FAMILY.breaks("S13", nobody_there, "pair")
def send_nobody_to_a_rollback(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    held = _witness(random, plan)
    if held is None:
        return None
    number, point = held
    return point_with(plan, number, point, rollback=tuple(replace(step, people=()) for step in point.rollback))


def no_way_on(inventory: Inventory, plan: Plan) -> bool:
    """Something is thrown away in a wave that does not say what people do then, or how long that may take."""
    for wave in plan.waves:
        gone = [step for step in wave.steps if step.kind is K.DISPOSE]
        if gone and (not wave.fallback or wave.fallback_minutes is None):
            return True
    return False


@FAMILY.breaks("S13", no_way_on, "replacement")
def name_no_fallback_after_the_point_of_no_return(random: Random, inventory: Inventory, plan: Plan) -> Plan | None:
    return wave_with(plan, 1, **random.choice(({"fallback": None}, {"fallback": ""}, {"fallback_minutes": None})))
