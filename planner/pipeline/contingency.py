"""Single failures of a plan, and a picture of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.pipeline.verify import Verified
from planner.plan.contingency import Contingencies
from planner.units.progress import Progress
from planner.whatif.contingency import contingencies

ENDINGS = (".png", ".svg", ".pdf")


@dataclass(frozen=True, slots=True)
class Question:
    """By how many minutes steps end late, and for how many a system stays out from its first lost service minute on."""

    delays: Sequence[int]
    repair: int


def contingencies_of(verified: Verified, question: Question, progress: Progress) -> Contingencies:
    """Return every single failure of a verified plan, the worst first.

    Raises
    ------
    ValueError
        If the verdict is not safe: what follows from a failure is then not the failure's doing.
    """
    if not verified.verdict.safe:
        raise ValueError("single failures are looked at in verified plans only")
    inventory = verified.loaded.inventory
    return contingencies(inventory, verified.plan, progress, delays=question.delays, repair=question.repair)


def write_pictures(verified: Verified, found: Contingencies, files: Sequence[Path], language: str) -> None:
    """Draw the failures that hurt into files that end in ``.png`` or ``.svg``; without files nothing is drawn.

    Names are those of the inventory as it is now.
    """
    if not files:
        return
    from planner.rendering import canvas  # noqa: PLC0415 - pictures load late
    from planner.rendering.contingency import sheet  # noqa: PLC0415

    plan = replace(verified.plan, inventory=verified.loaded.inventory)
    drawing = sheet(plan, found, "en" if language == "en" else "ja")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        canvas.save(drawing, file)
