"""The answers of `planner whatif` as JSON data; instants are local ISO 8601 with offset."""

from typing import Any

from planner.cli.refusal_report import as_data as refusal_data
from planner.cli.refusal_report import reason_as_data
from planner.cli.verify_report import finding_as_data
from planner.cli.whatif_report import Report
from planner.errors.text import as_dict
from planner.plan.comparison import Answer, Asked, Holding, Outcome, Tally
from planner.plan.difference import PlanDifference
from planner.plan.refusal import Refusal
from planner.sources.scenarios.scenario import Scenario
from planner.units.clock import Clock


def as_data(report: Report) -> dict[str, Any]:
    """The base plan and every scenario, in the order in which they were named."""
    return {
        "base": _tally(report.found.base, report.inventory.clock),
        "asked": [asked.value for asked in report.asked],
        "scenarios": [_scenario(report, scenario, answer) for scenario, answer in report.pairs()],
    }


def _scenario(report: Report, scenario: Scenario, answer: Answer) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "file": scenario.file,
        "title": scenario.title[report.language],
        "description": scenario.description.get(report.language),
        "changes": [
            {"path": edit.path, "was": edit.was or None, "now": edit.now or None, "place": str(edit.position)}
            for edit in scenario.edits
        ],
        "warnings": [as_dict(fault, report.language) for fault in scenario.loaded.warnings],
        "dead": list(scenario.dead),
        "order": [[named.id for named in chain] for chain in scenario.order],
        "swap": [[named.id for named in chain] for chain in scenario.swaps],
        "holds": _holding(report, scenario, answer.holding),
        "least": _outcome(report, scenario, answer.least, Asked.LEAST),
        "new": _outcome(report, scenario, answer.new, Asked.NEW),
    }


def _holding(report: Report, scenario: Scenario, holding: Holding | None) -> dict[str, Any] | None:
    if holding is None:
        return None
    return {
        "holds": holding.holds,
        "rearranged": holding.rearranged,
        "breaks": [
            {
                "rule": broken.rule,
                "count": broken.count,
                "subjects": list(broken.subjects),
                "first": finding_as_data(scenario.alive, broken.first, report.language),
            }
            for broken in holding.breaks
        ],
        "losses": [
            {
                "asset": case.subject,
                "reaction": case.reaction.value,
                "lost": case.weighted,
                "lost_minutes": case.minutes,
            }
            for case in holding.losses
        ],
    }


def _outcome(report: Report, scenario: Scenario, outcome: Outcome | None, asked: Asked) -> dict[str, Any] | None:
    """A plan with its numbers, its file and what it changes; ``refusal`` or ``unsafe`` where there is none."""
    if outcome is None:
        return None
    file = report.files.get((scenario.id, asked))
    unsafe = [finding_as_data(scenario.loaded, finding, report.language) for finding in outcome.unsafe]
    return {
        "file": str(file) if file else None,
        "plan": _tally(outcome.tally, report.inventory.clock) if outcome.tally else None,
        "changes": _changes(outcome.changes) if outcome.changes else None,
        "refusal": _refusal(report, scenario, outcome.refusal) if outcome.refusal else None,
        "unsafe": unsafe or None,
    }


def _refusal(report: Report, scenario: Scenario, refusal: Refusal) -> dict[str, Any]:
    """As in `planner plan`: conflicts and relaxations too, with file and line of each fact."""
    provenance = scenario.loaded.provenance
    return {
        **refusal_data(refusal, provenance, report.language),
        "reasons": [reason_as_data(reason, provenance, report.language) for reason in refusal.reasons],
    }


def _tally(tally: Tally, clock: Clock) -> dict[str, Any]:
    return {
        "plan": tally.plan,
        "stopped": tally.stopped,
        "waves": [
            {"id": wave.id, "window": wave.window, "start": clock.iso(wave.start), "end": clock.iso(wave.end)}
            for wave in tally.waves
        ],
        "outage_minutes": tally.outage,
        "inside_service_hours": tally.inside,
        "weighted_outage": tally.weighted,
        "people_nights": tally.people_nights,
        "end": clock.iso(tally.end) if tally.waves else None,
        "service": {"value": tally.service, "bound": tally.service_bound},
        "sum": {"value": tally.value, "bound": tally.bound, "gap_percent": tally.gap},
    }


def _changes(changes: PlanDifference) -> dict[str, Any]:
    return {
        "same_work": changes.same_work,
        "waves": [{"before": wave.before, "after": wave.after, "same": wave.same} for wave in changes.waves],
        "subjects": [change.subject for change in changes.assets],
        "outages": [{"system": change.system, "longer": change.longer} for change in changes.outages],
        "people": [change.person for change in changes.people],
    }
