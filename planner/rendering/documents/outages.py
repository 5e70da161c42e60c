"""Declared outages as rows."""

from __future__ import annotations

from planner.plan.plan import Outage
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.view import OutageRow


def outage_row(edition: Edition, outage: Outage) -> OutageRow:
    """One declared outage with its department and what people do meanwhile."""
    system = edition.plan.inventory.systems[outage.system]
    moments, teams = edition.moments, edition.plan.inventory.teams
    vendor = system.vendor or ""
    return OutageRow(
        system=system.name,
        id=system.id,
        department=edition.naming.department(system.department or system.owner),
        vendor=teams[vendor].name if vendor in teams else vendor,
        users="" if system.users is None else str(system.users),
        start=moments.day_and_time(outage.span.start),
        end=moments.day_and_time(outage.span.end),
        length=moments.length(outage.span.minutes),
        inside=moments.length(outage.inside),
        fallback=system.fallback or "",
    )
