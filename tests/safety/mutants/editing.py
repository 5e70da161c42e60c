"""How plans are edited: single steps, whole jobs, check points; the rest stays as it is."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from planner.model.place import Position
from planner.plan.plan import Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Wave
from planner.units.span import Span
from tests.safety.mutants.counting import open_minutes
from tests.safety.mutants.job import K, StepKind

T = TypeVar("T")
Change = Callable[[Step], Step | None]


def found(plan: Plan, kind: StepKind, *ids: str) -> list[Step]:
    """The steps of a kind that concern any of these, by time."""
    return [step for step in plan.steps() if step.kind is kind and (not ids or set(ids) & set(step.assets))]


def only(plan: Plan, kind: StepKind, id: str) -> Step:
    return found(plan, kind, id)[0]


def changed(plan: Plan, change: Change) -> Plan:
    """Every step as ``change`` leaves it; None takes it out."""

    def rest(steps: Iterable[Step]) -> tuple[Step, ...]:
        return tuple(new for step in steps if (new := change(step)) is not None)

    waves = tuple(replace(wave, steps=rest(wave.steps)) for wave in plan.waves)
    return replace(plan, preparation=rest(plan.preparation), waves=waves)


def edited(plan: Plan, step: Step, **more: Any) -> Plan:
    return changed(plan, lambda each: replace(each, **more) if each.id == step.id else each)


def shifted(plan: Plan, by: int, *steps: Step) -> Plan:
    ids = {step.id for step in steps}
    return changed(plan, lambda s: replace(s, start=s.start + by, end=s.end + by) if s.id in ids else s)


def without(plan: Plan, *steps: Step) -> Plan:
    ids = {step.id for step in steps}
    return changed(plan, lambda step: None if step.id in ids else step)


def added(plan: Plan, *steps: Step) -> Plan:
    """The steps go into the wave in whose window they begin, or into the first one."""
    into = next((n for n, wave in enumerate(plan.waves) if steps[0].start in wave.window), 0)
    wave = replace(plan.waves[into], steps=(*plan.waves[into].steps, *steps))
    return replace(plan, waves=(*plan.waves[:into], wave, *plan.waves[into + 1 :]))


def jobs(plan: Plan, *, night: bool | None = None) -> list[str]:
    """The names of the jobs, that is of the turns; ``night``: those that begin in the evening, or those that do not."""
    outs = {
        turn.id: any(turn.start <= o.span.start < turn.end for o in plan.outages)
        for w in plan.waves
        for turn in w.turns
    }
    return [id for id, out in outs.items() if night is None or out is night]


def of_job(plan: Plan, job: str) -> list[Step]:
    return [step for step in plan.steps() if step.id.startswith(f"{job}/")]


def job_moved(plan: Plan, job: str, by: int, into: int | None = None) -> Plan:
    """All that belongs to a job takes place later (by < 0: earlier), in another wave if one is named."""
    home = next(n for n, wave in enumerate(plan.waves) if any(turn.id == job for turn in wave.turns))
    moved = shifted(plan, by, *of_job(plan, job))
    row = tuple(step for step in moved.waves[home].steps if step.id.startswith(f"{job}/"))
    turn = next(turn for turn in plan.waves[home].turns if turn.id == job)
    later = replace(turn, start=turn.start + by, end=turn.end + by)
    points = tuple(
        replace(p, planned=p.planned + by) for p in plan.waves[home].check_points if p.id.startswith(f"{job}/")
    )
    waves = list(moved.waves)
    left = waves[home]
    waves[home] = replace(
        left,
        steps=tuple(step for step in left.steps if step not in row),
        turns=tuple(each for each in left.turns if each.id != job),
        check_points=tuple(p for p in left.check_points if not p.id.startswith(f"{job}/")),
    )
    into = home if into is None else into
    goal = waves[into]
    waves[into] = replace(
        goal,
        steps=tuple(sorted((*goal.steps, *row), key=lambda step: (step.start, step.id))),
        turns=tuple(sorted((*goal.turns, later), key=lambda turn: turn.start)),
        check_points=(*goal.check_points, *points),
    )
    return replace(moved, waves=tuple(waves), outages=_retold(plan, turn.start, turn.end, by))


def _retold(plan: Plan, begin: int, end: int, by: int) -> tuple[Outage, ...]:
    """The outages of a job are told for the time at which it takes place now."""

    def told(outage: Outage) -> Outage:
        if not begin <= outage.span.start < end:
            return outage
        span = Span(outage.span.start + by, outage.span.end + by)
        return replace(outage, span=span, inside=open_minutes(plan.inventory, outage.system, span))

    return tuple(map(told, plan.outages))


def wave_with(plan: Plan, number: int, **more: Any) -> Plan:
    waves = list(plan.waves)
    waves[number] = replace(waves[number], **more)
    return replace(plan, waves=tuple(waves))


def points(plan: Plan) -> list[tuple[int, CheckPoint]]:
    return [(number, point) for number, wave in enumerate(plan.waves) for point in wave.check_points]


def point_with(plan: Plan, number: int, point: CheckPoint, **more: Any) -> Plan:
    """The check point is another one now."""
    wave: Wave = plan.waves[number]
    told = tuple(replace(p, **more) if p.id == point.id else p for p in wave.check_points)
    return wave_with(plan, number, check_points=told)


def placed(plan: Plan, places: dict[str, Position]) -> Plan:
    """These are carried and mounted, and stand in the end, somewhere else."""

    def change(step: Step) -> Step:
        to = {id: places.get(id, place) for id, place in step.to.items()}
        return replace(step, to=to) if step.kind in (K.CARRY, K.MOUNT) else step

    return replace(changed(plan, change), placements={**plan.placements, **places})


def some(random: Random, things: Iterable[T]) -> T | None:
    """One of them; None if there is none."""
    every = list(things)
    return random.choice(every) if every else None
