"""What the planner chose where the inventory leaves it open, and why, in the words of the paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planner.rendering.documents.edition import Edition
from planner.rendering.documents.view import DecisionRow


def decisions(edition: Edition) -> tuple[DecisionRow, ...]:
    """One row for all subjects of the same decision with the same reason, in the order of the plan."""
    together: dict[tuple[str, str], list[str]] = {}
    for decision in edition.plan.decisions:
        together.setdefault((decision.chosen, decision.why), []).append(decision.subject)
    chosen = edition.words["chosen"]
    return tuple(
        DecisionRow(edition.naming.subjects(subjects), str(chosen.get(choice, choice)), said(why, edition.words["why"]))
        for (choice, why), subjects in together.items()
    )


def said(why: str, sentences: Mapping[str, str]) -> str:
    """The reason in the words of the sentence whose key it matches, with its values; as it is where none does."""
    for pattern, sentence in sentences.items():
        found = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(pattern)), why)
        if found:
            return sentence.format_map(found.groupdict())
    return why
