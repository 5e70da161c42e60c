"""What `planner plan` says at its end."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.cli.alternatives_report import lines as alternatives
from planner.cli.console import Console
from planner.cli.difference_data import as_data
from planner.cli.difference_report import tell
from planner.cli.plan_account import account, remarks, workers
from planner.cli.plan_words import HEADS
from planner.cli.refusal_report import as_data as refusal_data
from planner.cli.refusal_report import lines
from planner.errors.status import ExitStatus
from planner.model import canonical
from planner.pipeline.plan import Planned
from planner.pipeline.refusal import Written
from planner.pipeline.repeat import Repeated
from planner.pipeline.replan import Replanned
from planner.plan.choice import Choice
from planner.plan.choice_file import as_data as choice_data
from planner.plan.file import identity
from planner.plan.finding import Finding
from planner.plan.plan import Outage, Plan
from planner.plan.refusal import Refusal
from planner.plan.wave import Wave
from planner.plan.wording import word
from planner.sources import Origin


def tell_refusal(
    console: Console,
    refusal: Refusal,
    provenance: Mapping[str, Origin],
    language: str,
    form: str,
    written: Written | None,
    inventory: Path,
) -> None:
    """Say why there is no plan, each reason with the places of its facts, and where that is ``written``.

    It is written nowhere where the search was stopped; one without a plan by then has proved nothing, and says only
    that.
    """
    heads = HEADS[language]
    kind = "none_yet" if written is None and refusal.kind == "not_found" else refusal.kind.value
    if form == "json":
        data = refusal_data(refusal, provenance, language)
        console.json({"result": "stopped" if kind == "none_yet" else "refused", **data, **_files(written)})
    console.error(heads[kind])
    for line in lines(refusal, provenance, language) if kind != "none_yet" else ():
        console.below(line)
    if written is not None:
        if written.before:
            console.warning(heads["plan_before"].format(plan=written.before))
        console.talk(heads["refusal"].format(inventory=inventory, refusal=written.refusal))


def _files(written: Written | None) -> dict[str, Any]:
    """The files of a refusal; ``plan_before`` is where the plan is now that stood there."""
    if written is None:
        return {"files": []}
    return {"files": [str(written.refusal)], "plan_before": str(written.before) if written.before else None}


def end_of_plan(
    console: Console,
    planned: Planned,
    written: Sequence[Path],
    inventory: Path,
    language: str,
    form: str,
    *,
    interrupted: bool,
    wanted: bool = False,
    choice: Choice | None = None,
) -> ExitStatus:
    """Say what was planned and written, and what else there is to choose from; the exit status follows the verdict.

    There is no choice beside a plan that is not safe; where one was ``wanted``, that is said.
    """
    heads = HEADS[language]
    if form == "json":
        more = {"alternatives": choice_data(choice)} if choice else {}
        console.json({**summary(planned, written), **more})
    else:
        for line in account(planned, written, language):
            console.data(line)
        for line in ("", *alternatives(choice, written[0].parent, inventory, language)) if choice else ():
            console.data(line)
        if isinstance(planned, Replanned):
            console.data("")
            tell(console, planned.before, planned.plan, planned.changes, language)
    if isinstance(planned, Repeated):
        tell_repeated(console, planned, heads)
    else:
        tell_stopped(console, planned, choice, heads)
    if not planned.verdict.safe:
        console.error(heads["unsafe"])
        for finding in planned.verdict.failures:
            console.more(f"{finding.rule} {word(finding, language)}")
        if wanted:
            console.warning(heads["no_alternatives"])
    console.talk(heads["again"].format(inventory=inventory, plan=written[0]))
    if not planned.verdict.safe:
        return ExitStatus.UNSAFE
    return ExitStatus.INTERRUPTED if interrupted else ExitStatus.DONE


def tell_stopped(console: Console, planned: Planned, choice: Choice | None, heads: Mapping[str, str]) -> None:
    """Say that the search for the plan, or that for its alternatives, did not come to its end, if it is so."""
    if planned.plan.making.stopped:
        console.warning(heads["stopped"])
    elif choice and choice.stopped:
        console.warning(heads["alternatives_stopped"])


def tell_repeated(console: Console, planned: Repeated, heads: Mapping[str, str]) -> None:
    """Say whether the plan came out as it was, and why it may not have."""
    first = planned.first.making
    if planned.same:
        console.talk(heads["same"].format(id=identity(planned.first)))
    elif planned.plan.making.stopped and not first.stopped:
        console.warning(heads["stopped"])
    else:
        console.warning(heads["not_same"].format(id=identity(planned.first), made=f"{first.product}, {first.solver}"))


def summary(planned: Planned, written: Sequence[Path]) -> dict[str, Any]:
    """The same as JSON data; instants as ISO 8601 with their offset, the objective in hundredths as in the plan."""
    plan = planned.plan
    return {
        "result": "stopped" if plan.making.stopped else "complete",
        "id": identity(plan),
        "safe": planned.verdict.safe,
        "waves": [_wave(plan, wave) for wave in plan.waves],
        "outages": [_outage(plan, outage) for outage in plan.outages],
        "objective": [{**canonical.encode(term), "gap": term.value - term.bound} for term in plan.objective],
        "remarks": remarks(planned.verdict),
        "findings": [_finding(plan, finding) for finding in planned.verdict.findings],
        "files": [str(path) for path in written],
        **_changes(planned),
    }


def _changes(planned: Planned) -> dict[str, Any]:
    """What is not as in the plan that this one was made from, or whether it is the one that it repeats."""
    if isinstance(planned, Repeated):
        return {"repeats": identity(planned.first), "same": planned.same}
    if not isinstance(planned, Replanned):
        return {}
    return {"changes": as_data(planned.before, planned.plan, planned.changes)}


def _wave(plan: Plan, wave: Wave) -> dict[str, Any]:
    clock = plan.inventory.clock
    return {
        "id": wave.id,
        "window": wave.window_id,
        "start": clock.iso(min(step.start for step in wave.steps)),
        "end": clock.iso(max(step.end for step in wave.steps)),
        "turns": len(wave.turns),
        "steps": len(wave.steps),
        "people": workers(wave.steps),
    }


def _outage(plan: Plan, outage: Outage) -> dict[str, Any]:
    clock = plan.inventory.clock
    return {
        "system": outage.system,
        "start": clock.iso(outage.span.start),
        "end": clock.iso(outage.span.end),
        "minutes": outage.computed,
        "inside_service_hours": outage.inside,
    }


def _finding(plan: Plan, finding: Finding) -> dict[str, Any]:
    clock, span = plan.inventory.clock, finding.span
    return {
        **{name: value for name, value in canonical.encode(finding).items() if name != "span"},
        "start": clock.iso(span.start) if span else None,
        "end": clock.iso(span.end) if span else None,
    }
