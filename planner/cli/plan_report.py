"""What `planner plan` says at its end."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.cli.console import Console
from planner.errors.status import ExitStatus
from planner.model import canonical
from planner.pipeline.plan import Planned
from planner.plan.file import identity
from planner.plan.refusal import Refusal
from planner.plan.wording import word

HEADS = {
    "ja": {
        "impossible": "計画なし: 目標の状態そのものが規則に反します",
        "no_path": "計画なし: 目標の状態へ至る道がありません",
        "not_found": "計画なし: 探索の限度までに見つかりませんでした",
        "unsafe": "作成した計画は検証に通りませんでした",
        "stopped": "探索は途中で止められました。これまでの最良の計画です",
    },
    "en": {
        "impossible": "no plan: the target state itself breaks the rules",
        "no_path": "no plan: no path leads to the target state",
        "not_found": "no plan: none was found within the limit of the search",
        "unsafe": "the plan that was made does not pass the verifier",
        "stopped": "the search was stopped; this is the best plan so far",
    },
}


def tell_refusal(console: Console, refusal: Refusal, places: Mapping[str, Any], language: str, form: str) -> None:
    """Say why there is no plan, each reason with the places of its facts."""
    if form == "json":
        console.json({"result": "refused", **canonical.encode(refusal)})
    console.error(HEADS[language][refusal.kind])
    for reason in refusal.reasons:
        console.more(word(reason, language))
        for fact in reason.facts:
            if fact in places:
                console.more(f"  --> {places[fact]}")


def end_of_plan(
    console: Console, planned: Planned, written: Sequence[Path], language: str, form: str, *, interrupted: bool
) -> ExitStatus:
    """Say what was planned and written; the exit status follows the verdict."""
    if form == "json":
        console.json(_summary(planned, written))
    else:
        for line in _lines(planned, language):
            console.data(line)
        for path in written:
            console.data(str(path))
    if planned.plan.making.stopped:
        console.warning(HEADS[language]["stopped"])
    if not planned.verdict.safe:
        console.error(HEADS[language]["unsafe"])
        for finding in planned.verdict.failures:
            console.more(f"{finding.rule} {word(finding, language)}")
        return ExitStatus.UNSAFE
    return ExitStatus.INTERRUPTED if interrupted else ExitStatus.DONE


def _lines(planned: Planned, language: str) -> list[str]:
    plan = planned.plan
    clock = plan.inventory.clock
    wave = {"ja": "移転", "en": "wave"}[language]
    rows = [f"{identity(plan)}  {plan.inventory.project.name}"]
    for one in plan.waves:
        rows.append(f"{wave} {one.id}  {clock.iso(one.window.start)} .. {clock.iso(one.window.end)}  {len(one.steps)}")
    for term in plan.objective:
        gap = f"{(term.value - term.bound) / 100:g}"
        rows.append(f"{term.id}: {term.value / 100:g} (>= {term.bound / 100:g}, +{gap}; {term.proof})")
    return rows


def _summary(planned: Planned, written: Sequence[Path]) -> dict[str, Any]:
    plan = planned.plan
    return {
        "result": "stopped" if plan.making.stopped else "complete",
        "id": identity(plan),
        "safe": planned.verdict.safe,
        "waves": [{"id": w.id, "window": w.window_id, "steps": len(w.steps)} for w in plan.waves],
        "objective": canonical.encode(plan.objective),
        "outages": canonical.encode(plan.outages),
        "findings": canonical.encode(planned.verdict.findings),
        "files": [str(path) for path in written],
    }
