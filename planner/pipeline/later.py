"""What keeps a subject out of a window because something else of the plan comes only after it."""

from collections.abc import Iterator

from planner.model.chain import Method, StepKind
from planner.model.need import AtLeast, leaves
from planner.pipeline.explanation import Fact
from planner.pipeline.waiting import Waiting
from planner.units.span import Minute

K = StepKind
LEAVES = (K.CARRY, K.DISPOSE, K.SWITCH_OVER)
"""Kinds with which a dependent leaves what it hung on."""


def later(waiting: Waiting, subject: str, end: Minute) -> Iterator[Fact]:
    """Yield what has to come first and does so only after the end of a window."""
    yield from _still_needed(waiting, subject, end)
    yield from _not_replaced(waiting, subject, end)
    yield from _not_there(waiting, subject, end)


def _still_needed(waiting: Waiting, subject: str, end: Minute) -> Iterator[Fact]:
    """What is retired stays until the last of those that need it has left."""
    asset = waiting.inventory.assets.get(subject)
    if asset is None or asset.method is not Method.RETIRE:
        return
    leaving = {
        need.dependent: step
        for need in waiting.dependents_of(subject)
        for step in waiting.about(need.dependent)
        if step.kind in LEAVES and step.start >= end
    }
    if leaving:
        last = max(leaving.values(), key=lambda step: step.start)
        values = {"ids": ", ".join(leaving), "at": waiting.inventory.clock.iso(last.start), "step": last.id}
        yield Fact("still_needed", values, f"assets.{subject}", "S21")


def _not_replaced(waiting: Waiting, subject: str, end: Minute) -> Iterator[Fact]:
    """What is replaced serves until the new one takes over."""
    for asset in waiting.inventory.assets.values():
        if asset.replaces == subject:
            for step in waiting.about(asset.id):
                if step.kind is K.SWITCH_OVER and step.start >= end:
                    values = {"id": asset.id, "at": waiting.inventory.clock.iso(step.start), "step": step.id}
                    yield Fact("not_replaced", values, f"assets.{asset.id}.replaces", "S21")


def _not_there(waiting: Waiting, subject: str, end: Minute) -> Iterator[Fact]:
    """Power, switches and line ends that it needs in its own room are up there only later."""
    asset = waiting.inventory.assets.get(subject)
    room = waiting.room_at_end(subject)
    stays = asset is not None and asset.method is not Method.RETIRE
    for need in waiting.needs_at_end(subject) if stays else ():
        tree = need.tree
        if isinstance(tree, AtLeast) and tree.in_room and room:
            up = sorted(minute for id in leaves(tree) if (minute := _up_in(waiting, id, room)) is not None)
            if len(up) >= tree.count and up[tree.count - 1] >= end:
                at = waiting.inventory.clock.iso(up[tree.count - 1])
                values = {"count": str(tree.count), "of": ", ".join(leaves(tree)), "room": room, "at": at}
                yield Fact("not_there", values, need.fact, "S20")


def _up_in(waiting: Waiting, id: str, room: str) -> Minute | None:
    """When an asset is up in a room: from the start on, or from its last check there; None if it never is."""
    if waiting.room_at_start(id) == room:
        return waiting.inventory.project.horizon.start
    checks = [step.end for step in waiting.about(id) if step.kind is K.CHECK]
    return max(checks) if checks and waiting.room_at_end(id) == room else None
