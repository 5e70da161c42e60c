"""All sheets of a wave, in order: the wave as a whole, then its steps."""

from __future__ import annotations

from typing import Final

from planner.model.inventory import Inventory
from planner.plan.file import identity
from planner.plan.plan import Plan
from planner.plan.wave import Wave
from planner.rendering.diagram.description import Language
from planner.rendering.documents.words import Words, read_words
from planner.rendering.drawing import Drawing
from planner.rendering.timechart.detail import detail
from planner.rendering.timechart.division import divided
from planner.rendering.timechart.overview import overviews
from planner.rendering.timechart.sheet import Stamp, drawing
from planner.rendering.timechart.telling import Telling
from planner.resources import templates_folder

STEP_ROWS: Final = 44
OVERVIEW_ROWS: Final = 46
"""Rows that stand legibly on one sheet."""


def sheets(
    inventory: Inventory, plan: Plan, wave: Wave, *, language: Language, words: Words | None = None, name: str = ""
) -> tuple[Drawing, ...]:
    """Return the sheets of one wave, all A3 across.

    The first ones show the wave as a whole: turns, teams, outages by department, the deadline of every check point.
    The others show every step once, with its number in the runbook, in the order of time.

    Parameters
    ----------
    inventory, plan, wave
        What is shown; the wave is one of the plan's.
    language : {"ja", "en"}
        Which shipped words are used.
    words : Words, optional
        The office's own words of this language instead.
    name : str, optional
        The plan's id, if it is known already; finding it takes longer than the rest.

    Raises
    ------
    planner.rendering.typeface.MissingGlyph
        When a name holds a letter that no shipped font has.
    ValueError
        When the wave is not of this plan, or has no step.
    """
    if not wave.steps:
        raise ValueError(f"wave {wave.id!r} has no step")
    if all(wave.id != known.id for known in plan.waves):
        raise ValueError(f"the plan has no wave {wave.id!r}; it has {', '.join(known.id for known in plan.waves)}")
    said = words or read_words(language, (templates_folder(),))
    telling = Telling(inventory, plan, wave, said)
    charts = [
        *overviews(telling, OVERVIEW_ROWS),
        *(detail(telling, pieces, STEP_ROWS) for pieces in divided(telling, STEP_ROWS)),
    ]
    stamp = _stamp(telling, name or identity(plan))
    count = len(charts)
    return tuple(
        drawing(chart, said, telling.moments, Stamp(stamp, said.say("chart", "sheet", n=number, m=count)))
        for number, chart in enumerate(charts, 1)
    )


def _stamp(telling: Telling, name: str) -> str:
    said = telling.words["general"]
    project = telling.inventory.project
    parts = [f"{said['plan']} {name}", f"{said['inventory']} {telling.plan.inventory_hash}"]
    parts.append(f"{said['zone']} {project.zone}")
    if project.classification:
        parts.append(f"{said['classification']} {project.classification}")
    return "  |  ".join(parts)
