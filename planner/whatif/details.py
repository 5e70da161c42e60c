"""What two plans tell otherwise though no table covers it: gates, ways back, windows, points of no return."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planner.model import canonical
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Gate, Turn, Wave

PARTS = ("preparation", "waves", "outages", "placements", "decisions")
"""The parts of a plan that say what is done; how it was made, and how good it is, are no part of it."""


def details(before: Plan, after: Plan, successors: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths that differ in waves that belong together, such as ``waves.W1.check_points.W1-C1.rollback``.

    Ids are those of the later plan. Where a wave is at another time, its instants and its window are told with that.
    """
    old = {wave.id: wave for wave in before.waves}
    origins = {successors[id]: old[id] for id in successors if id in old}
    rows = [
        f"waves.{wave.id}.{path}"
        for wave in after.waves
        if wave.id in origins
        for path in _of_wave(origins[wave.id], wave)
    ]
    chosen = ({one.subject: canonical.encode(one) for one in plan.decisions} for plan in (before, after))
    return (*rows, *(f"decisions.{path}" for path in paths(*chosen)))


def every_detail(before: Plan, after: Plan) -> tuple[str, ...]:
    """Return every path in which the plans differ in what is done; elements of lists go by their ids."""
    pairs = ((part, canonical.encode(getattr(before, part)), canonical.encode(getattr(after, part))) for part in PARTS)
    return tuple(".".join(filter(None, (part, path))) for part, old, new in pairs for path in paths(old, new))


def paths(old: Any, new: Any) -> Iterator[str]:
    """The paths at which the data differ, in order; empty where they do as a whole."""
    if _by_id(old) is not None and _by_id(new) is not None:
        old, new = _by_id(old), _by_id(new)
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            for path in paths(old.get(key), new.get(key)):
                yield f"{key}.{path}" if path else key
    elif old != new:
        yield ""


def _by_id(data: Any) -> dict[str, Any] | None:
    """Records of a list by their ids; None where one has none, or two have the same."""
    if not isinstance(data, list) or not all(isinstance(one, dict) and "id" in one for one in data):
        return None
    found = {one["id"]: one for one in data}
    return found if len(found) == len(data) else None


def _of_wave(old: Wave, new: Wave) -> Iterator[str]:
    timed = {(step.start, step.end) for step in old.steps} == {(step.start, step.end) for step in new.steps}
    yield from paths(_facts(old, new.id, timed=timed), _facts(new, new.id, timed=timed))


def _facts(wave: Wave, name: str, *, timed: bool) -> dict[str, Any]:
    """What a wave tells beside its steps; ids as if the wave were called ``name``, steps by what they do."""
    steps = {step.id: _work(step) for step in wave.steps}
    placed = {"window": wave.window, "window_id": wave.window_id} if timed else {}
    return {
        **placed,
        "point_of_no_return": steps.get(wave.point_of_no_return or "", wave.point_of_no_return),
        "fallback": wave.fallback,
        "fallback_minutes": wave.fallback_minutes,
        "turns": _named(((turn.id, _turn(turn, timed=timed)) for turn in wave.turns), wave.id, name),
        "gates": _named(((gate.id, _gate(gate, steps, timed=timed)) for gate in wave.gates), wave.id, name),
        "check_points": _named(
            ((point.id, _point(point, steps, wave.id, name)) for point in wave.check_points), wave.id, name
        ),
    }


def _turn(turn: Turn, *, timed: bool) -> dict[str, Any]:
    return {"assets": turn.assets, **({"start": turn.start, "end": turn.end} if timed else {})}


def _gate(gate: Gate, steps: Mapping[str, object], *, timed: bool) -> dict[str, Any]:
    return {
        "before": steps.get(gate.before, gate.before),
        "decider": gate.decider,
        "deputy": gate.deputy,
        "criteria": gate.criteria,
        "default": gate.default,
        **({"at": gate.at} if timed else {}),
    }


def _point(point: CheckPoint, steps: Mapping[str, object], wave: str, name: str) -> dict[str, Any]:
    return {
        "after": [steps.get(id, id) for id in point.after],
        "final": point.final,
        "bound_by": point.bound_by,
        "anchor": _renamed(point.anchor, wave, name) if point.anchor else None,
        "rollback": point.rollback,
    }


def _work(step: Step) -> tuple[object, ...]:
    return step.kind, step.assets, step.holder


def _named(rows: Iterable[tuple[str, dict[str, Any]]], wave: str, name: str) -> dict[str, Any]:
    return {_renamed(id, wave, name): facts for id, facts in rows}


def _renamed(id: str, wave: str, name: str) -> str:
    return f"{name}-{id.removeprefix(f'{wave}-')}" if id.startswith(f"{wave}-") else id
