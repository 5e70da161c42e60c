"""What a hand edit can break before any rule can be asked: unknown ids, lengths, doubles (S21)."""

from collections import Counter
from collections.abc import Iterator

from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.safety import complaint
from planner.safety.digest import digest_of
from planner.safety.readable import OF_LINKS, in_reach, is_subject


def form_faults(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    """Every id is known and unique, every step has a length inside the horizon, every reference leads somewhere."""
    for step in plan.steps():
        yield from _step_faults(inventory, step)
    yield from _own_inventory(inventory, plan)
    yield from _rollbacks(inventory, plan)
    yield from _doubles(plan)
    yield from _outages(inventory, plan)
    yield from _placements(inventory, plan)
    yield from _references(plan)


def _step_faults(inventory: Inventory, step: Step) -> Iterator[Finding]:
    unknown = [id for id in (*step.assets, *([step.holder] if step.holder else [])) if not is_subject(inventory, id)]
    yield from (complaint.of_step("s21.unknown_subject", (id,), step) for id in unknown)
    links = tuple(id for id in step.assets if id in inventory.links) if step.kind not in OF_LINKS else ()
    if links:
        yield complaint.of_step("s21.no_such_work", links, step, {"kind": step.kind.value})
    if not step.assets:
        yield complaint.of_step("s21.no_subject", (step.id,), step)
    if len(set(step.assets)) < len(step.assets):
        yield complaint.of_step("s21.subject_twice", step.assets, step)
    if step.end <= step.start:
        yield complaint.of_step("s21.no_length", step.assets, step, {"minutes": str(step.end - step.start)})
    elif not inventory.project.horizon.covers(step.span):
        yield complaint.of_step("s21.outside_horizon", step.assets, step, facts=("project.horizon",))
    elif step.start < inventory.clock.minute(inventory.project.as_of):
        yield complaint.of_step("s21.before_as_of", step.assets, step, facts=("project.as_of",))
    yield from _target_faults(inventory, step)


def _target_faults(inventory: Inventory, step: Step) -> Iterator[Finding]:
    for id, position in step.to.items():
        for key, place in _place_faults(inventory, position):
            yield complaint.of_step(key, (id, place), step, {"place": place})
    for vm, host in step.hosts.items():
        if host not in inventory.assets:
            yield complaint.of_step("s21.unknown_host", (vm, host), step, {"host": host})
    for id in (*step.to, *step.hosts):
        if id not in step.assets:
            yield complaint.of_step("s21.not_in_step", (id,), step)


def _place_faults(inventory: Inventory, position: Position) -> Iterator[tuple[str, str]]:
    if position.room not in inventory.rooms:
        yield "s21.unknown_room", position.room
    elif position.rack is not None and position.rack not in inventory.racks:
        yield "s21.unknown_rack", position.rack
    elif position.rack is not None and inventory.racks[position.rack].room != position.room:
        yield "s21.rack_elsewhere", position.rack


def _own_inventory(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    """The inventory inside the plan is the one that it is judged by."""
    if plan.inventory is not inventory:
        due, found = digest_of(inventory), digest_of(plan.inventory)
        if due != found:
            values = {"found": found, "due": due}
            yield complaint.of_steps("s21.other_inventory", (inventory.project.id,), (), values)


def _rollbacks(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    for wave in plan.waves:
        for point in wave.check_points:
            span = complaint.stretch(point.planned, point.planned)
            for number, step in enumerate(point.rollback, 1):
                if not in_reach(inventory, step):
                    values = {"check_point": point.id, "wave": wave.id, "number": str(number)}
                    yield complaint.of_span("s13.witness_form", (point.id, *step.assets), span, values=values)
            for id in dict.fromkeys(id for step in point.rollback for id in step.assets):
                if not is_subject(inventory, id):
                    yield complaint.of_span("s21.unknown_subject", (id, point.id), span)


def _doubles(plan: Plan) -> Iterator[Finding]:
    count = Counter(step.id for step in plan.steps())
    for id in (id for id, n in count.items() if n > 1):
        twins = tuple(step for step in plan.steps() if step.id == id)
        yield complaint.of_steps("s21.id_twice", (id,), twins, {"id": id})
    named = [wave.id for wave in plan.waves]
    named += [point.id for wave in plan.waves for point in wave.check_points]
    named += [gate.id for wave in plan.waves for gate in wave.gates]
    for id, n in Counter(named).items():
        if n > 1:
            yield complaint.of_steps("s21.id_twice", (id,), (), {"id": id})


def _outages(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    for outage in plan.outages:
        if outage.system not in inventory.systems:
            yield complaint.of_span("s21.unknown_subject", (outage.system,), outage.span)


def _placements(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    for id, position in plan.placements.items():
        if id not in inventory.assets:
            yield complaint.of_steps("s21.unknown_subject", (id,), ())
        for key, place in _place_faults(inventory, position):
            yield complaint.of_steps(key, (id, place), (), {"place": place})


def _references(plan: Plan) -> Iterator[Finding]:
    """Gates, check points and points of no return name steps of their wave; check points name its turns."""
    for wave in plan.waves:
        steps, turns = {step.id for step in wave.steps}, {turn.id for turn in wave.turns}
        named = [(gate.id, gate.before) for gate in wave.gates]
        named += [(point.id, id) for point in wave.check_points for id in point.after]
        named += [(wave.id, wave.point_of_no_return)] if wave.point_of_no_return else []
        for holder, id in named:
            if id not in steps:
                yield complaint.of_span("s21.unknown_step", (holder, id), wave.window, values={"step": id})
        for point in wave.check_points:
            if point.anchor is not None and point.anchor not in turns:
                yield complaint.of_span("s21.unknown_turn", (point.id, point.anchor), wave.window)
