"""The papers: what is written from templates, as Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable

from planner.rendering.documents.issue import File, Issue
from planner.rendering.documents.pictures import shown, shown_charts
from planner.rendering.documents.rollback import can_turn_back, wave_rollback
from planner.rendering.documents.runbook import preparation_runbook, wave_runbook
from planner.rendering.documents.summary import summary
from planner.rendering.documents.view import Runbook

TEXTS = ("md", "html")


def summary_files(issue: Issue) -> Iterable[File]:
    """The summary of the plan."""
    yield from _filled(issue, "summary", "summary", plan=summary(issue.edition, shown(issue)))


def runbook_files(issue: Issue) -> Iterable[File]:
    """The runbook of the preparation, if there is any, and of every wave."""
    if issue.edition.plan.preparation:
        yield from _runbook(issue, preparation_runbook(issue.edition), "preparation")
    for number in range(1, len(issue.edition.plan.waves) + 1):
        rollback = _rollback_name(number) if "rollback" in issue.documents and _turns_back(issue, number) else ""
        book = wave_runbook(issue.edition, number, shown_charts(issue, number), rollback)
        yield from _runbook(issue, book, _runbook_name(number))


def rollback_files(issue: Issue) -> Iterable[File]:
    """The rollback paper of every wave that has a check point at which something is undone."""
    for number in range(1, len(issue.edition.plan.waves) + 1):
        if _turns_back(issue, number):
            runbook = _runbook_name(number) if "runbook" in issue.documents else ""
            back = wave_rollback(issue.edition, number, runbook)
            yield from _filled(issue, "rollback", _rollback_name(number), back=back)


def _runbook_name(number: int) -> str:
    return f"wave-{number}-runbook"


def _rollback_name(number: int) -> str:
    return f"wave-{number}-rollback"


def _turns_back(issue: Issue, number: int) -> bool:
    return can_turn_back(issue.edition.plan.waves[number - 1])


def _runbook(issue: Issue, book: Runbook, name: str) -> Iterable[File]:
    return _filled(issue, "runbook", name, book=book)


def _filled(issue: Issue, template: str, name: str, **facts: object) -> Iterable[File]:
    values = {"stamp": issue.edition.stamp(), "words": issue.edition.words.sections, **facts}
    for kind in issue.wanted(TEXTS):
        yield File(f"{name}.{kind}", issue.engine.fill(f"{template}.{kind}", values))
