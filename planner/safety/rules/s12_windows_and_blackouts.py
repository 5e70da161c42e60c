"""S12 windows and blackouts: what stops, moves or disconnects lies in a window and outside its blackouts."""

from collections.abc import Iterator

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety import complaint
from planner.safety.above import Above
from planner.safety.context import Context
from planner.safety.pins import broken_pins
from planner.safety.preparation import Use, in_use, is_preparatory
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import Almanac, almanac_of
from planner.safety.world import World
from planner.units.span import Span, Spans

SENTENCE = (
    "Steps that stop, move, disconnect or take away redundancy lie inside a window and outside every blackout of the "
    "asset, its systems, and every system whose availability they affect. Preparatory steps (backup, TTL, laying a "
    "line, racking an empty rack) are bound by S15, S18 and explicit freezes only. Waves that are decided already "
    "(pins) are on their days."
)


def check(context: Context) -> Outcome:
    """Judge every wave's window, every step, and every minute in which a system is not available."""
    almanac, plan = context.replay.world.once(almanac_of), context.plan
    use = in_use(context.inventory, plan.steps())
    found: list[Finding] = []
    for wave in plan.waves:
        found += _window(almanac, wave)
        found += _outside(context, wave, use)
    for step in plan.preparation:
        if not is_preparatory(context.inventory, step, use):
            found.append(complaint.of_step("s12.not_preparatory", step.assets, step))
    for step in plan.steps():
        found += _step(context, almanac, step, prepares=is_preparatory(context.inventory, step, use))
    for system in context.inventory.systems:
        found += _unavailable(context, almanac, system)
    found += broken_pins(context.inventory, plan)
    checks = len(plan.waves) + 2 * len(plan.steps()) + len(context.inventory.systems) + len(context.inventory.pins)
    return Outcome(tuple(found), checks)


def _window(almanac: Almanac, wave: Wave) -> Iterator[Finding]:
    """The wave names a window of the calendar, and its interval lies inside one part of it."""
    parts = almanac.window(wave.window_id)
    if not parts:
        yield complaint.of_span("s12.no_window", (wave.id,), wave.window, values={"window": wave.window_id})
    elif not parts.covers(wave.window):
        values = {"window": wave.window_id}
        yield complaint.of_span("s12.window_wider", (wave.id,), wave.window, values=values, facts=("calendar.windows",))


def _outside(context: Context, wave: Wave, use: Use) -> Iterator[Finding]:
    for step in wave.steps:
        inside = step.start < step.end and wave.window.covers(step.span)
        if not inside and step.start < step.end and not is_preparatory(context.inventory, step, use):
            yield complaint.of_step("s12.outside_window", step.assets, step, {"window": wave.window_id})


def _step(context: Context, almanac: Almanac, step: Step, *, prepares: bool) -> Iterator[Finding]:
    """No blackout of the subjects or of the systems that run on them; a preparatory step minds their freezes only."""
    if step.end <= step.start:
        return
    inventory, closing = context.inventory, almanac.freeze if prepares else almanac.blackout
    above, now = context.replay.world.once(Above), context.replay.at(step.start)
    shut = bool(closing(context.replay.world.once(_all_tags)).within(step.span))
    for id in step.assets:
        for subject in (id, *(above.systems(now, id) if shut else ())):
            closed = closing(tags(inventory, subject))
            if prepares and subject != id:  # a freeze for everyone is told of the asset
                closed = closed.minus(almanac.freeze(frozenset()))
            hit = closed.within(step.span)
            if hit:
                key = "s12.freeze" if prepares else "s12.blackout"
                yield _blackout(inventory, key, tuple(dict.fromkeys((id, subject))), hit, (step.id,))
        if not prepares:
            yield from _room(context, almanac, step, id)


def _all_tags(world: World) -> frozenset[str]:
    return frozenset(blackout.tag for blackout in world.inventory.timetable.blackouts)


def _never_shut(world: World) -> bool:
    """Whether every room may be used throughout the horizon."""
    almanac = world.once(almanac_of)
    return all(almanac.usable(room).covers(almanac.horizon) for room in world.inventory.rooms)


def _room(context: Context, almanac: Almanac, step: Step, id: str) -> Iterator[Finding]:
    """The room in which the subject stands before the step, and the one in which it ends, are usable throughout."""
    free = context.replay.world.once(_never_shut) and almanac.horizon.covers(step.span)
    if free or id not in context.inventory.assets:
        return
    goal = step.to.get(id)
    here = context.replay.at(step.start - 1).room(id)
    rooms = {room for room in (here, goal.room if goal else None) if room is not None}
    for room in sorted(rooms & context.inventory.rooms.keys()):
        if not almanac.usable(room).covers(step.span.intersection(almanac.horizon) or step.span):
            facts = (f"rooms.{room}",)
            yield complaint.of_step("s12.room_closed", (id, room), step, {"room": room}, facts)


def _unavailable(context: Context, almanac: Almanac, system: str) -> Iterator[Finding]:
    """No system is unavailable in one of its own blackouts, unless it was before the first step."""
    closed = almanac.blackout(tags(context.inventory, system))
    out = context.replay.unavailable[system]
    begin = context.replay.span.start
    planned = Spans(tuple(span for span in out if span.start > begin))
    for hit in planned.intersection(closed):
        steps = tuple(s.id for s in context.plan.steps() if s.start < s.end and s.span.overlaps(hit))
        yield _blackout(context.inventory, "s12.unavailable_in_blackout", (system,), Spans((hit,)), steps)


def _blackout(inventory: Inventory, key: str, subjects: tuple[str, ...], hit: Spans, steps: tuple[str, ...]) -> Finding:
    held = tags(inventory, subjects[-1])
    span = Span(hit.parts[0].start, hit.parts[-1].end)
    why = [b for b in inventory.timetable.blackouts if b.tag in held or b.everyone]
    values = {"tags": ", ".join(sorted({b.tag for b in why})), "why": ", ".join(dict.fromkeys(b.why for b in why))}
    return complaint.of_span(key, subjects, span, steps, values, tuple(f"calendar.blackouts.{b.tag}" for b in why))


def tags(inventory: Inventory, id: str) -> frozenset[str]:
    """The blackout tags that an asset or a system carries; a link carries none."""
    if id in inventory.assets:
        return inventory.assets[id].blackouts
    return inventory.systems[id].blackouts if id in inventory.systems else frozenset()


RULE = Rule("S12", SENTENCE, check)
