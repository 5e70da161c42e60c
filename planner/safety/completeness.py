"""Whether everything that must change does so once, in order, as long as the inventory says, and nothing else (S21)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from planner.model.asset import Asset
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.safety import complaint, duty, sequence
from planner.units.span import Span

AT_ANY_TIME = frozenset({StepKind.UPDATE, StepKind.BACK_UP, StepKind.VERIFY, StepKind.LOWER_TTL})
"""Steps that may run beside another step of their subject."""
OF_LINKS = frozenset({StepKind.TEST, StepKind.CLOSE})


def by_subject(plan: Plan) -> Mapping[str, list[Step]]:
    """The steps of each subject in order of time."""
    found: dict[str, list[Step]] = defaultdict(list)
    for step in plan.steps():
        for id in dict.fromkeys(step.assets):
            found[id].append(step)
    return found


def chain_faults(inventory: Inventory, steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """Each asset has one complete chain a stage, in order, and whole restarts; each system whole restarts."""
    for asset in inventory.assets.values():
        own = chained(steps.get(asset.id, []))
        yield from _row_faults(asset, own, sequence.of_asset(asset), f"assets.{asset.id}.method")
    for system in inventory.systems.values():
        own = chained(steps.get(system.id, []))
        yield from _row_faults(system, own, sequence.of_system(system), f"systems.{system.id}")


def chained(steps: list[Step]) -> list[Step]:
    """Without the steps that belong to no chain."""
    return [step for step in steps if step.kind not in sequence.BESIDE]


def stages_of(asset: Asset, own: list[Step]) -> tuple[tuple[Step, ...], ...]:
    """The chain of each stage that is there; a role that is switched over by itself is none."""
    parts = sequence.match([step.kind for step in own], sequence.of_asset(asset)).parts
    rows = (tuple(own[first:last]) for first, last in parts)
    of_role = (StepKind.SWITCH_OVER,)
    chains = (row for row in rows if asset.replaces is None or tuple(step.kind for step in row) != of_role)
    return tuple(chains)[: len(asset.stages)]


def _row_faults(
    subject: Asset | System, own: list[Step], blocks: tuple[sequence.Block, ...], fact: str
) -> Iterator[Finding]:
    result = sequence.match([step.kind for step in own], blocks)
    if result.complete:
        return
    due = [kind.value for block in blocks if not block.free for kind in block.choices[0]]
    values = {"due": " ".join(due), "found": " ".join(step.kind.value for step in own)}
    if not own:
        yield complaint.of_steps("s21.unchanged", (subject.id,), (), values, (fact,))
    elif result.reached < len(own):
        key = "s21.out_of_order" if due else "s21.moves_unasked"
        yield complaint.of_step(key, (subject.id,), own[result.reached], values, (fact,))
    else:
        yield complaint.of_step("s21.incomplete", (subject.id,), own[-1], values, (fact,))


def stage_faults(inventory: Inventory, steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """The steps of a stage lie in ``[not_before, not_after)``."""
    for asset in inventory.assets.values():
        rows = stages_of(asset, chained(steps.get(asset.id, [])))
        for number, (stage, row) in enumerate(zip(asset.stages, rows, strict=False)):
            early = stage.not_before is not None and row[0].start < stage.not_before
            late = stage.not_after is not None and row[-1].end > stage.not_after
            if early or late:
                fact = f"assets.{asset.id}.stages.{number}"
                yield complaint.of_steps("s21.stage_dates", (asset.id,), row, {"stage": str(number + 1)}, (fact,))


def overlap_faults(steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """No two steps of one subject overlap, but for those that change no state."""
    for id, own in steps.items():
        row = [step for step in own if step.kind not in AT_ANY_TIME and step.start < step.end]
        for a, b in pairwise(row):
            if b.start < a.end and a.start < b.end:
                common = Span(max(a.start, b.start), min(a.end, b.end))
                yield complaint.of_span("s21.overlap", (id,), common, (a.id, b.id))


def duration_faults(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    """A step lasts as long as the inventory says: the longest of its subjects; hands (`duty.ADDS_UP`) one by one."""
    for step in plan.steps():
        if step.end <= step.start or not step.assets:
            continue
        lengths = [work.duration.likely for _, work in duty.works(inventory, step)]
        if not lengths:
            yield from _unknown_work(inventory, step)
            continue
        due = sum(lengths) if step.kind in duty.ADDS_UP else max(lengths)
        if step.end - step.start != due:
            values = {"found": str(step.end - step.start), "due": str(due)}
            yield complaint.of_step("s21.duration", step.assets, step, values, _facts(inventory, step))


def _unknown_work(inventory: Inventory, step: Step) -> Iterator[Finding]:
    """Closing a bridge has no duration of its own, confirming an acceptance lasts as its owner likes."""
    free = step.kind is StepKind.CONFIRM or (step.kind in OF_LINKS and all(id in inventory.links for id in step.assets))
    if not free:
        yield complaint.of_step("s21.no_such_work", step.assets, step, {"kind": step.kind.value})


def _facts(inventory: Inventory, step: Step) -> tuple[str, ...]:
    return tuple(
        f"{'assets' if id in inventory.assets else 'systems'}.{id}.works.{step.kind.value}"
        for id in step.assets
        if id in inventory.assets or id in inventory.systems
    )


def kind_faults(inventory: Inventory, plan: Plan) -> Iterator[Finding]:
    """A bridge is only tested, then closed, each once; nothing is done to a permanent link."""
    for id, own in by_subject(plan).items():
        if id in inventory.links:
            kinds = [step.kind for step in own]
            allowed = ([StepKind.TEST], [StepKind.CLOSE], [StepKind.TEST, StepKind.CLOSE])
            if kinds not in allowed or not inventory.links[id].bridge:
                yield complaint.of_steps("s21.link_steps", (id,), tuple(own))
