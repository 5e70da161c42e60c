"""What is written of scenarios: their plans as files, to be verified and rendered like any other, and the picture."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

from planner.pipeline.plan import Planned, write_plan
from planner.pipeline.refusal import set_aside, write_refusal
from planner.pipeline.verify import Verified
from planner.plan.comparison import Asked, Comparison
from planner.sources.scenarios.scenario import Scenario

Files = Mapping[tuple[str, Asked], Path]
"""Where the plan of a scenario is written, by what was asked."""


def write_plans(scenarios: Sequence[Scenario], found: Comparison, out: Path) -> Files:
    """Write each answer that was looked for to ``OUT/<scenario>/least`` and ``OUT/<scenario>/new``.

    That is ``plan.json``; where there is no plan ``refusal.json``, and where nothing was asked or found neither, so
    that nothing of before is taken for the answer.
    """
    written: dict[tuple[str, Asked], Path] = {}
    folders = _folders([answer.scenario for answer in found.answers])
    for scenario, answer in zip(scenarios, found.answers, strict=True):
        for asked, outcome in ((Asked.LEAST, answer.least), (Asked.NEW, answer.new)):
            folder = out / folders[answer.scenario] / asked.value
            if outcome is None or outcome.refusal is None:
                _leave_no_answer(scenario, folder)
            if outcome is not None and outcome.plan is not None and outcome.verdict is not None:
                written[answer.scenario, asked] = write_plan(Planned(outcome.plan, outcome.verdict), folder)
            elif outcome is not None and outcome.refusal is not None:
                refused = write_refusal(scenario.loaded.inventory, outcome.refusal, folder)
                written[answer.scenario, asked] = refused.refusal
    return written


def _leave_no_answer(scenario: Scenario, folder: Path) -> None:
    """Set aside a plan that an earlier call found, and take away its papers or an earlier refusal."""
    if folder.is_dir():
        set_aside(f"{scenario.loaded.inventory.project.id}-unanswered", folder)
        (folder / "refusal.json").unlink(missing_ok=True)


def _folders(scenarios: Sequence[str]) -> Mapping[str, str]:
    """Each id as the name of a folder on any system, of its own, and never one that leads elsewhere."""
    names = {id: re.sub(r"[^\w.-]|^\.|\.$", "_", id) for id in scenarios}
    common = Counter(name.casefold() for id, name in names.items() if name == id)
    marked = {id: f"{name}-{crc32(id.encode()):08x}" for id, name in names.items()}
    return {id: name if name == id and common[name.casefold()] == 1 else marked[id] for id, name in names.items()}


def write_pictures(
    verified: Verified, scenarios: Sequence[Scenario], found: Comparison, files: Sequence[Path], language: str
) -> None:
    """Draw the comparison into files that end in ``.png`` or ``.svg``; without files nothing is drawn."""
    if not files:
        return
    from planner.rendering import canvas  # noqa: PLC0415 - pictures load late
    from planner.rendering.comparison import sheet  # noqa: PLC0415

    titles = {scenario.id: scenario.title[language] for scenario in scenarios}
    drawing = sheet(verified.loaded.inventory, found, titles, "en" if language == "en" else "ja")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        canvas.save(drawing, file)
