"""What others have to be there for, and have to have agreed to: the bodies that handle an asset (S18)."""

from collections.abc import Iterator

from planner.model.asset import Application, Asset
from planner.model.chain import HANDS_ON
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint, duty
from planner.safety.context import Context


def body_faults(context: Context, asset: Asset) -> Iterator[Finding]:
    """Who handles the asset is on each step that touches it, and has accepted what was applied for."""
    touched = tuple(s for s in context.replay.of_subject.get(asset.id, ()) if s.kind in HANDS_ON)
    if not touched:
        return
    if asset.handled_by is not None:
        yield from _presence(context, asset, asset.handled_by, touched)
    if asset.application is not None:
        yield from _acceptance(context, asset, asset.application, touched)
    elif asset.handled_by is not None:
        values, facts = {"body": asset.handled_by}, (f"assets.{asset.id}.handled_by",)
        found = complaint.of_steps("s18.application_unknown", (asset.id,), touched, values, facts)
        yield complaint.unknown(found)


def _presence(context: Context, asset: Asset, body: str, touched: tuple[Step, ...]) -> Iterator[Finding]:
    facts, values = (f"assets.{asset.id}.handled_by",), {"body": body}
    if body not in context.inventory.teams:
        yield complaint.unknown(complaint.of_steps("s18.body_unknown", (asset.id,), touched, values, facts))
        return
    known = duty.roster(context.inventory)
    for step in touched:
        if not any(known[id][0].id == body for id in duty.booked(step) if id in known):
            yield complaint.of_step("s18.body_absent", (asset.id, body), step, values, facts)


def _acceptance(
    context: Context, asset: Asset, application: Application, touched: tuple[Step, ...]
) -> Iterator[Finding]:
    """``accepted <= as_of``, and each step inside what was accepted."""
    clock, facts = context.inventory.clock, (f"assets.{asset.id}.application",)
    today = context.inventory.project.as_of
    if application.accepted is None or clock.day(application.accepted) > today:
        values = {"as_of": today.isoformat()}
        yield complaint.of_steps("s18.not_accepted", (asset.id,), touched, values, (*facts, "project.as_of"))
        return
    for step in touched:
        early = application.since is not None and step.start < application.since
        late = application.until is not None and step.end > application.until
        if early or late:
            yield complaint.of_step("s18.outside_application", (asset.id,), step, facts=facts)
