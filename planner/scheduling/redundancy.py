"""k-of-n trees that have fewer members than they have to keep (S04)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.scheduling.compiled import Node
from planner.scheduling.ground import AVAILABILITY
from planner.scheduling.judge import Judge
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.world import SystemState


@dataclass(frozen=True, slots=True)
class ShortGroup:
    """``present`` of ``members`` serve ``dependent``, which needs ``count`` and has to keep ``keep``, which is more.

    ``group`` is the declared group that the tree was written as, if any.
    """

    dependent: str
    group: str | None
    members: tuple[str, ...]
    count: int
    keep: int
    present: int


def short_groups(judge: Judge, i: int) -> Iterator[ShortGroup]:
    """The short groups of a subject, if it is an asset that is up or a system that is accepted."""
    if i < judge.assets:
        if judge.up[i]:
            yield from _short_needs(judge, i, [i])
    elif judge.world.state[i] == SystemState.ACCEPTED:
        yield from _short_system(judge, i)


def _short_system(judge: Judge, i: int) -> Iterator[ShortGroup]:
    runs_on = judge.force.runs_on[i]
    if runs_on is None:
        yield from _short_needs(judge, i, [NOWHERE])
        return
    counted = {x for x in dict.fromkeys(runs_on.leaves()) if judge.member_counts(x, i)}
    for node in _redundant(runs_on):
        yield from _short(judge, i, node, sum(_met(part, counted) for part in node.parts))
    yield from _short_needs(judge, i, [judge.role[m] for m in counted if m < judge.assets])


def _short_needs(judge: Judge, subject: int, places: list[int]) -> Iterator[ShortGroup]:
    for need in judge.force.needs[subject]:
        for node in _redundant(need.tree) if need.kind in AVAILABILITY and places else ():
            local = need.same_room or node.in_room
            yield from _short(
                judge, subject, node, min(_present(judge, node, place, subject, local=local) for place in places)
            )


def _present(judge: Judge, node: Node, place: int, subject: int, *, local: bool) -> int:
    return sum(
        judge.leaf(part, place, subject, local=local)
        if isinstance(part, int)
        else judge.tree(part, place, subject, local=local)
        for part in node.parts
    )


def _redundant(node: Node) -> Iterator[Node]:
    if node.redundant:
        yield node
    for part in node.parts:
        if not isinstance(part, int):
            yield from _redundant(part)


def _met(part: Node | int, counted: set[int]) -> bool:
    if isinstance(part, int):
        return part in counted
    return sum(_met(p, counted) for p in part.parts) >= part.count


def _short(judge: Judge, subject: int, node: Node, present: int) -> Iterator[ShortGroup]:
    if present < node.keep:
        names = judge.ground.numbering.subjects
        members = tuple(names[leaf] for leaf in node.leaves())
        yield ShortGroup(names[subject], node.group, members, node.count, node.keep, present)
