"""The objective in words: each term with its value, its bound, and why no plan is below that."""

from __future__ import annotations

from planner.plan.plan import Term
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.view import TermRow


def terms(edition: Edition) -> tuple[TermRow, ...]:
    """The terms in their order."""
    return tuple(_row(edition, term) for term in edition.plan.objective)


def total(edition: Edition) -> TermRow:
    """The sum of what is added up: every term but those that come first."""
    added = [term for term in edition.plan.objective if not term.first]
    value, bound = sum(term.value for term in added), sum(term.bound for term in added)
    return TermRow(edition.words["summary"]["total"], _number(value), _number(bound), _number(value - bound), "")


def _row(edition: Edition, term: Term) -> TermRow:
    names, proofs = edition.words["terms"], edition.words["proofs"]
    return TermRow(
        name=str(names.get(term.id, term.id)),
        value=_number(term.value),
        bound=_number(term.bound),
        gap=_number(term.value - term.bound),
        proof=str(proofs.get(term.proof, term.proof)),
    )


def _number(hundredths: int) -> str:
    """``52,050``, ``452.83``: as few digits as needed."""
    return f"{hundredths / 100:,.2f}".rstrip("0").rstrip(".")
