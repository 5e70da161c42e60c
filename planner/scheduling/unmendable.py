"""Facts that no plan mends: told before any is drafted, each a violation in every plan that does what is asked.

A rule that the policy turned into a warning, or that is waived for those concerned, gives no such fact.
"""

from collections.abc import Iterator

from planner.model.chain import HANDS_ON, IRREVERSIBLE, PREPARATORY, Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.refusal import Reason
from planner.scheduling.binding import binds, is_error
from planner.scheduling.fated import fated
from planner.scheduling.inevitable import due_steps, must_change, takes_time
from planner.scheduling.overfull import overfull
from planner.scheduling.pins import without_window
from planner.scheduling.unbacked import unbacked
from planner.scheduling.understaffed import understaffed
from planner.scheduling.unportable import unportable
from planner.scheduling.untimely import untimely

K = StepKind


def unmendable(inventory: Inventory) -> tuple[Reason, ...]:
    """Every fact for which no plan of the inventory can be safe; empty where nothing is known against one."""
    return (
        *_not_accepted(inventory),
        *unbacked(inventory),
        *_without_length(inventory),
        *overfull(inventory),
        *fated(inventory),
        *unportable(inventory),
        *understaffed(inventory),
        *without_window(inventory),
        *untimely(inventory),
    )


def _not_accepted(inventory: Inventory) -> Iterator[Reason]:
    """S18: what is applied for and not accepted on ``as_of`` is no date, so nobody may touch the asset."""
    clock, today = inventory.clock, inventory.project.as_of
    for asset in inventory.assets.values():
        applied = asset.application
        if applied is None or not binds(inventory, "S18", asset.id):
            continue
        accepted = applied.accepted is not None and clock.day(applied.accepted) <= today
        if not accepted and any(due.kind in HANDS_ON for due in due_steps(inventory, asset)):
            values = {"asset": asset.id, "body": asset.handled_by or "-", "as_of": today.isoformat()}
            yield Reason("fact_not_accepted", (asset.id,), values, (f"assets.{asset.id}.application", "project.as_of"))


def _without_length(inventory: Inventory) -> Iterator[Reason]:
    """S18: the switch-over of a line is a step of its own, and one that takes no time cannot be written."""
    for line in inventory.assets.values():
        relaid = line.method is Method.RELAY and must_change(inventory, line) and binds(inventory, "S18", line.id)
        if relaid and not takes_time(line, K.SWITCH_OVER) and any(due_steps(inventory, line)):
            values = {"asset": line.id, "kind": K.SWITCH_OVER.value}
            yield Reason("fact_takes_no_time", (line.id,), values, (f"assets.{line.id}.steps.{K.SWITCH_OVER}",))


def undecidable(inventory: Inventory) -> Iterator[Reason]:
    """S14: a gate with criteria stands before what cannot be undone; only people can say by what they decide.

    A plan whose gates people filled in by hand may be safe all the same: this is no proof that there is none.
    """
    written = any(criterion.strip() for criterion in inventory.policy.criteria)
    waived = any(waiver.rule == "S14" for waiver in inventory.policy.waivers)
    if written or waived or not is_error(inventory, "S14"):
        return
    for asset in inventory.assets.values():
        never_back = {*IRREVERSIBLE, *asset.irreversible} - PREPARATORY
        kinds = () if asset.method is Method.INSTALL else (due.kind for due in due_steps(inventory, asset))
        kind = next((kind for kind in kinds if kind in never_back), None)
        if kind is not None:
            values = {"asset": asset.id, "kind": kind.value}
            yield Reason("fact_no_criteria", (asset.id,), values, ("policy.criteria", f"assets.{asset.id}"))
            return
