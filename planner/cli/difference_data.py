"""What changed between two plans as JSON data; instants are local ISO 8601 with offset."""

from collections.abc import Iterable
from typing import Any

from planner.model import canonical
from planner.plan.difference import (
    AssetChange,
    CheckChange,
    Mark,
    OutageChange,
    PersonChange,
    PlanDifference,
    Visit,
    WaveChange,
)
from planner.plan.plan import Plan
from planner.units.clock import Clock
from planner.units.span import Span


def as_data(before: Plan, after: Plan, found: PlanDifference) -> dict[str, Any]:
    """Everything that changed, and every wave of both plans; the objective in hundredths as in the plans."""
    old, new = before.inventory.clock, after.inventory.clock
    return {
        "before": found.before,
        "after": found.after,
        "equal": found.equal,
        "same_work": found.same_work,
        "waves": [_wave(wave, old, new) for wave in found.waves],
        "assets": [_asset(asset, old, new) for asset in found.assets],
        "outages": [_outage(outage, old, new) for outage in found.outages],
        "people": [_person(person) for person in found.people],
        "bridges": [
            {"link": b.link, "before": _span(b.before, old), "after": _span(b.after, new)} for b in found.bridges
        ],
        "check_points": [_check(check, old, new) for check in found.checks],
        "objective": [
            {
                "id": term.id,
                "before": term.before,
                "after": term.after,
                "bound_before": term.bound_before,
                "bound_after": term.bound_after,
            }
            for term in found.terms
        ],
        "inventory": [{"path": fact.path, "before": fact.before, "after": fact.after} for fact in found.facts],
        "steps": {"only_before": found.steps[0], "only_after": found.steps[1]},
        "details": list(found.details),
    }


def _span(span: Span | None, clock: Clock) -> dict[str, str] | None:
    return None if span is None else {"start": clock.iso(span.start), "end": clock.iso(span.end)}


def _wave(wave: WaveChange, old: Clock, new: Clock) -> dict[str, Any]:
    return {
        "before": wave.before,
        "after": wave.after,
        "same": wave.same,
        "from": _span(wave.from_span, old),
        "to": _span(wave.to_span, new),
        "came": list(wave.came),
        "went": list(wave.went),
    }


def _asset(asset: AssetChange, old: Clock, new: Clock) -> dict[str, Any]:
    return {
        "subject": asset.subject,
        "other_wave": asset.other_wave,
        "other_day": asset.other_day,
        "other_place": asset.other_place,
        "before": _visits(asset.before, old),
        "after": _visits(asset.after, new),
        "from": canonical.encode(asset.from_position),
        "to": canonical.encode(asset.to_position),
    }


def _visits(visits: Iterable[Visit], clock: Clock) -> list[dict[str, Any]]:
    return [
        {"wave": v.wave, "turn": v.turn, "start": clock.iso(v.span.start), "end": clock.iso(v.span.end)} for v in visits
    ]


def _outage(outage: OutageChange, old: Clock, new: Clock) -> dict[str, Any]:
    return {
        "system": outage.system,
        "before": [_span(span, old) for span in outage.before],
        "after": [_span(span, new) for span in outage.after],
        "minutes_before": outage.minutes_before,
        "minutes_after": outage.minutes_after,
        "inside_before": outage.inside_before,
        "inside_after": outage.inside_after,
    }


def _person(person: PersonChange) -> dict[str, Any]:
    return {
        "person": person.person,
        "given": [day.isoformat() for day in person.given],
        "spared": [day.isoformat() for day in person.spared],
        "minutes_before": person.minutes_before,
        "minutes_after": person.minutes_after,
    }


def _check(check: CheckChange, old: Clock, new: Clock) -> dict[str, Any]:
    return {
        "after_step": check.kind.value if check.kind else None,
        "subjects": list(check.subjects),
        "before": _mark(check.before, old),
        "after": _mark(check.after, new),
    }


def _mark(mark: Mark | None, clock: Clock) -> dict[str, Any] | None:
    if mark is None:
        return None
    deadline = None if mark.deadline is None else clock.iso(mark.deadline)
    return {
        "id": mark.id,
        "planned": clock.iso(mark.planned),
        "deadline": deadline,
        "rollback_minutes": mark.minutes,
    }
