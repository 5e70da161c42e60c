"""Changes written on a page of the ledger, and whom they concern."""

from collections.abc import Iterable, Sequence

from planner.safety.change import (
    Aim,
    Become,
    Change,
    CloseBridge,
    HandOver,
    Inform,
    LeaveRack,
    OpenBridge,
    Readdress,
    Relocate,
    Stand,
)
from planner.safety.draft import Draft
from planner.safety.ledger import Ledger

MOVES = (Stand, LeaveRack, Relocate, Aim)
"""The kinds of changes after which a subject, or what it holds, stands elsewhere."""


OF_ONE = (Become, Stand, LeaveRack, Relocate, Aim, OpenBridge, CloseBridge)
"""The kinds of changes that concern the subject that they name, and nobody else."""


def write(desk: Ledger | Draft, changes: Sequence[Change], timed: Iterable[str] = ()) -> set[str]:
    """Apply changes to the open page, on which the wants of ``timed`` subjects change too; whom the changes concern."""
    for change in changes:
        change.apply(desk.state)
    desk.move((*(change.id for change in changes if isinstance(change, MOVES)), *timed))
    found = set[str]()
    for change in changes:
        found.update((change.id,) if isinstance(change, OF_ONE) else touched(change))
    return found


def touched(change: Change) -> set[str]:
    """The subjects whose condition or place a change concerns."""
    match change:
        case HandOver(old, new):
            return {old, new}
        case Readdress(id, holders):
            return {id, *holders}
        case Inform(id, holder):
            return {id, holder}
        case _:
            return {change.id}
