"""Whether the waves and their turns fit their steps (S21)."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Turn, Wave
from planner.safety import complaint, sequence
from planner.safety.completeness import chained
from planner.safety.preparation import in_use, is_preparatory


def wave_faults(inventory: Inventory, plan: Plan, steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """Waves do not overlap; turns follow each other; what a chain changes is changed inside one turn that names it."""
    order = sorted((w for w in plan.waves if w.steps), key=lambda w: min(s.start for s in w.steps))
    for a, b in pairwise(order):
        if max(s.end for s in a.steps) > min(s.start for s in b.steps):
            span = complaint.stretch(min(s.start for s in b.steps), max(s.end for s in a.steps))
            yield complaint.of_span("s21.waves_overlap", (a.id, b.id), span)
    for wave in plan.waves:
        yield from _turn_faults(inventory, wave)
    yield from _outside_turns(inventory, plan, steps)


def _turn_faults(inventory: Inventory, wave: Wave) -> Iterator[Finding]:
    for turn in wave.turns:
        span = complaint.stretch(turn.start, turn.end)
        if turn.end < turn.start:
            yield complaint.of_span("s21.turn_length", (wave.id, turn.id), span)
        for id in turn.assets:
            if id not in inventory.assets and id not in inventory.systems and id not in inventory.links:
                yield complaint.of_span("s21.unknown_subject", (id,), span)
    for a, b in pairwise(wave.turns):
        if b.start < a.end:
            yield complaint.of_span("s21.turns_overlap", (wave.id, a.id, b.id), complaint.stretch(b.start, a.end))


def _outside_turns(inventory: Inventory, plan: Plan, steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """The chain of a stage lies in one turn of one wave, so that turning back has an end."""
    turns: dict[str, list[Turn]] = {}
    for turn in (turn for wave in plan.waves for turn in wave.turns):
        for id in dict.fromkeys(turn.assets):
            turns.setdefault(id, []).append(turn)
    use = in_use(inventory, plan.steps())
    for asset in inventory.assets.values():
        own = chained(steps.get(asset.id, []))
        parts = sequence.match([step.kind for step in own], sequence.of_asset(asset)).parts
        for first, last in parts:
            row = tuple(s for s in own[first:last] if not is_preparatory(inventory, s, use))
            held = [
                turn.id
                for turn in turns.get(asset.id, ())
                if all(turn.start <= s.start and s.end <= turn.end for s in row)
            ]
            if row and not held:
                yield complaint.of_steps("s21.no_turn", (asset.id,), row)
