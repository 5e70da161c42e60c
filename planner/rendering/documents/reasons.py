"""What the planner chose where the inventory leaves it open, and why, in the words of the paper."""

from __future__ import annotations

from planner.plan.plan import Decision
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.view import DecisionRow
from planner.rendering.documents.words import Words


def decisions(edition: Edition) -> tuple[DecisionRow, ...]:
    """One row for all subjects of the same decision with the same reason, in the order of the plan."""
    together: dict[tuple[str, str], list[str]] = {}
    for decision in edition.plan.decisions:
        together.setdefault((decision.chosen, said(decision, edition.words)), []).append(decision.subject)
    chosen = edition.words["chosen"]
    return tuple(
        DecisionRow(edition.naming.subjects(subjects), str(chosen.get(choice, choice)), why)
        for (choice, why), subjects in together.items()
    )


def said(decision: Decision, words: Words) -> str:
    """The reason in words; as it stands in the plan where there are none, or what they speak of was edited away."""
    try:
        return words.say("why", decision.why, **decision.values)
    except KeyError:
        return decision.why
