"""Batch needs: which of their slots a plan misses."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.model.need import NeedKind
from planner.safety.moment import Moment
from planner.safety.question import asked
from planner.safety.replay import Replay
from planner.safety.stretches import stretches
from planner.safety.timetable import hours
from planner.safety.world import Want
from planner.units.span import Span, Spans


@dataclass(frozen=True, slots=True)
class Missed:
    """``slots`` in a row in which a batch need of ``id`` does not hold throughout, more than it may miss."""

    id: str
    want: Want
    slots: tuple[Span, ...]


def missed_batches(inventory: Inventory, replay: Replay) -> Iterator[Missed]:
    """Every row of slots of a batch need that is longer than its ``may_miss``."""
    world = replay.world
    wanted = {id: (*world.declared[id], *world.in_cloud.get(id, ())) for id in world.subjects}
    wanting = [id for id, wants in wanted.items() for want in wants if want.need.kind is NeedKind.BATCH]
    failing: dict[tuple[str, str], list[Span]] = {}
    for id, span, unmet in stretches(replay, asked("S02 batch", wanting, _unmet)):
        for fact in unmet:
            failing.setdefault((id, fact), []).append(span)
    for id in dict.fromkeys(wanting):
        for want in wanted[id]:
            spans = Spans.of(failing.get((id, want.fact), ()))
            if spans and want.need.slot is not None:
                slots = hours(inventory, want.need.slot, replay.span)
                yield from (Missed(id, want, row) for row in _rows(slots, spans) if len(row) > want.need.may_miss)


def _unmet(moment: Moment, id: str) -> tuple[str, ...]:
    """The batch needs that fail now, at every counting member of a system, by where they stand."""
    wants = [want for want in moment.wants(id) if want.need.kind is NeedKind.BATCH]
    if not moment.fine(id):
        return tuple(want.fact for want in wants)
    members: tuple[str | None, ...] = (id,) if id in moment.world.inventory.assets else moment.counting(id) or (None,)
    views = [moment.view(member, id) for member in members]
    return tuple(want.fact for want in wants if not any(moment.met(want, view) for view in views))


def _rows(slots: Spans, failing: Spans) -> Iterator[tuple[Span, ...]]:
    """The slots that failing touches, those next to each other together."""
    row: list[Span] = []
    for slot in slots:
        if any(slot.overlaps(span) for span in failing):
            row.append(slot)
        elif row:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)
