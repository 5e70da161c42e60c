"""The papers: what is written from templates, as Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable

from planner.rendering.documents.issue import File, Issue
from planner.rendering.documents.pictures import shown, shown_charts
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
        yield from _runbook(
            issue, wave_runbook(issue.edition, number, shown_charts(issue, number)), f"wave-{number}-runbook"
        )


def _runbook(issue: Issue, book: Runbook, name: str) -> Iterable[File]:
    return _filled(issue, "runbook", name, book=book)


def _filled(issue: Issue, template: str, name: str, **facts: object) -> Iterable[File]:
    values = {"stamp": issue.edition.stamp(), "words": issue.edition.words.sections, **facts}
    for kind in issue.wanted(TEXTS):
        yield File(f"{name}.{kind}", issue.engine.fill(f"{template}.{kind}", values))
