"""The pictures of a plan: the dependency diagram, the racks, the time charts."""

from __future__ import annotations

from collections.abc import Iterable

from planner.rendering import canvas
from planner.rendering.dependency import estate_diagram
from planner.rendering.diagram.description import Language
from planner.rendering.diagram.sheet import drawing as diagram_drawing
from planner.rendering.documents.issue import File, Issue
from planner.rendering.documents.view import Picture
from planner.rendering.drawing import Drawing
from planner.rendering.rack import drawing as rack_drawing
from planner.rendering.rack import elevation
from planner.rendering.timechart import sheets

DPI = 120
"""Of PNG pictures: A3 has 1,984 x 1,403 dots and its least letters are 13 dots high; print from the SVG."""


def dependency_files(issue: Issue) -> Iterable[File]:
    """The dependency diagram, if the inventory holds anything."""
    plan = issue.edition.plan
    if plan.inventory.assets or plan.inventory.systems:
        diagram = estate_diagram(plan.inventory, plan, language=_language(issue))
        yield from _painted(issue, "dependencies", diagram_drawing(diagram))


def rack_files(issue: Issue) -> Iterable[File]:
    """The racks before and after, if any holds something."""
    plan = issue.edition.plan
    found = elevation(plan.inventory, plan, language=_language(issue))
    if found.before or found.after:
        yield from _painted(issue, "racks", rack_drawing(found))


def chart_files(issue: Issue) -> Iterable[File]:
    """The time charts of every wave, one file per sheet."""
    for number in range(1, len(issue.edition.plan.waves) + 1):
        for name, sheet in charts(issue, number):
            yield from _painted(issue, name, sheet)


def charts(issue: Issue, number: int) -> tuple[tuple[str, Drawing], ...]:
    """The sheets of the time chart of a wave by their names; drawn once for paper and picture."""
    if number not in issue.charts:
        issue.charts[number] = tuple(
            (f"wave-{number}-timechart-{place}", sheet) for place, sheet in enumerate(_drawn(issue, number), 1)
        )
    return issue.charts[number]


def shown(issue: Issue) -> tuple[Picture, ...]:
    """The pictures that the summary shows: one for each that is asked for."""
    named = [name for name in ("dependencies", "racks") if name in issue.documents]
    words, kind = issue.edition.words["files"], _shown_kind(issue)
    return tuple(Picture(f"{name}.{kind}", str(words[name])) for name in named) if kind else ()


def shown_charts(issue: Issue, number: int) -> tuple[str, ...]:
    """The file names of the time chart that the runbook of a wave shows."""
    kind = _shown_kind(issue) if "timechart" in issue.documents else ""
    return tuple(f"{name}.{kind}" for name, _ in charts(issue, number)) if kind else ()


def _drawn(issue: Issue, number: int) -> tuple[Drawing, ...]:
    plan, wave = issue.edition.plan, issue.edition.plan.waves[number - 1]
    words = issue.edition.words
    return sheets(plan.inventory, plan, wave, language=_language(issue), words=words) if wave.steps else ()


def _shown_kind(issue: Issue) -> str:
    return next(iter(issue.wanted(("svg", "png"))), "")


def _painted(issue: Issue, name: str, drawing: Drawing) -> Iterable[File]:
    if "png" in issue.formats:
        yield File(f"{name}.png", canvas.picture(drawing, "png", dpi=DPI))
    if "svg" in issue.formats:
        yield File(f"{name}.svg", canvas.picture(drawing, "svg"))


def _language(issue: Issue) -> Language:
    return "en" if issue.edition.words.language == "en" else "ja"
