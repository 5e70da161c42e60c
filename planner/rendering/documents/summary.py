"""The whole plan on a few pages: dates, outages, how good it is, what it decides, what the verifier says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.plan.wording import cure, word
from planner.rendering.documents import view
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.goodness import terms, total
from planner.rendering.documents.outages import outage_row
from planner.rendering.documents.reasons import decisions
from planner.rendering.documents.runbook import window
from planner.rendering.documents.steps import in_order
from planner.rendering.movement import movements
from planner.units.span import Minute


def summary(edition: Edition, pictures: Sequence[view.Picture] = ()) -> view.Summary:
    """What the templates of the summary see."""
    plan, policy = edition.plan, edition.plan.inventory.policy
    moves = movements(plan)
    return view.Summary(
        purpose=_purpose(edition),
        waves=tuple(_wave(edition, number, wave, moves) for number, wave in enumerate(plan.waves, 1)),
        preparation=_row(edition, 0, in_order(plan.preparation)) if plan.preparation else None,
        outages=tuple(outage_row(edition, outage) for outage in plan.outages),
        terms=terms(edition),
        total=total(edition),
        decisions=decisions(edition),
        findings=tuple(_findings(edition)),
        waivers=tuple(
            view.WaiverRow(waiver.rule, edition.naming.subjects(sorted(waiver.assets)), waiver.reason, waiver.by)
            for waiver in policy.waivers
        ),
        certificate=_certificate(edition),
        making=_making(edition),
        pictures=tuple(pictures),
    )


def _purpose(edition: Edition) -> str:
    inventory = edition.plan.inventory
    return edition.words.say(
        "summary",
        "purpose_text",
        project=inventory.project.name or inventory.project.id,
        assets=len(inventory.assets),
        systems=len(inventory.systems),
        waves=len(edition.plan.waves),
    )


def _wave(edition: Edition, number: int, wave: Wave, moves: dict[str, tuple[int, ...]]) -> view.WaveRow:
    deadlines = [point.deadline for point in wave.check_points if point.deadline is not None]
    no_return = next((step for step in wave.steps if step.id == wave.point_of_no_return), None)
    moved = [id for id, waves in moves.items() if number in waves and id in edition.plan.inventory.assets]
    return replace(
        _row(edition, number, in_order(wave.steps)),
        window=window(edition.moments, wave.window.start, wave.window.end),
        turns=len(wave.turns),
        moves=len(moved),
        check_points=len(wave.check_points),
        deadline=edition.moments.day_and_time(min(deadlines)) if deadlines else "",
        point_of_no_return=edition.moments.day_and_time(no_return.start) if no_return else "",
        fallback=edition.words.meanwhile(wave.fallback),
    )


def _row(edition: Edition, number: int, steps: Sequence[Step]) -> view.WaveRow:
    """What wave and preparation have in common; nothing but the title where there are no steps."""
    people = {id for step in steps for id in (*step.people, step.witness) if id}
    return view.WaveRow(
        number=number,
        title=edition.wave_name(number),
        begins=_instant(edition, min((step.start for step in steps), default=None)),
        ends=_instant(edition, max((step.end for step in steps), default=None)),
        steps=len(steps),
        people=len(people),
    )


def _instant(edition: Edition, minute: Minute | None) -> str:
    return "" if minute is None else f"{edition.moments.full_day(minute)} {edition.moments.time(minute)}"


def _findings(edition: Edition) -> Iterable[view.FindingRow]:
    language = edition.words.language
    for finding in edition.verdict.findings:
        yield view.FindingRow(
            sort=_sort(finding),
            rule=finding.rule,
            severity=str(edition.words["severities"].get(finding.severity.value, finding.severity.value)),
            says=word(finding, language),
            cure=cure(finding, language) or "",
            waived=finding.waived or "",
        )


def _sort(finding: Finding) -> str:
    if finding.waived is not None:
        return "waived"
    if finding.pre_existing:
        return "pre_existing"
    return "unknown" if finding.unknown else "warning"


def _certificate(edition: Edition) -> view.Certificate:
    found, severities = edition.verdict.certificate, edition.words["severities"]
    rows = (
        view.CheckRow(rule, f"{count:,}", str(severities.get(severity := found.severities.get(rule, ""), severity)))
        for rule, count in found.checks.items()
    )
    return view.Certificate(found.inventory_hash, f"{found.events:,}", tuple(rows), found.unchecked)


def _making(edition: Edition) -> view.Making:
    made = edition.plan.making
    return view.Making(made.product, made.solver, str(made.seed), f"{made.effort:g}", made.stopped)
