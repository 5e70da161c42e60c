"""What is written of scenarios: their plans as files, to be verified and rendered like any other, and the picture."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.pipeline.plan import Planned, write_plan
from planner.pipeline.refusal import write_refusal
from planner.pipeline.verify import Verified
from planner.plan.comparison import Asked, Comparison
from planner.sources.scenarios.scenario import Scenario

Files = Mapping[tuple[str, Asked], Path]
"""Where the plan of a scenario is written, by what was asked."""


def write_plans(scenarios: Sequence[Scenario], found: Comparison, out: Path) -> Files:
    """Write each answer that was looked for to ``OUT/<scenario>/least`` and ``OUT/<scenario>/new``.

    That is ``plan.json``; where there is no plan ``refusal.json``, so that none of before is taken for the answer.
    """
    written: dict[tuple[str, Asked], Path] = {}
    for scenario, answer in zip(scenarios, found.answers, strict=True):
        for asked, outcome in ((Asked.LEAST, answer.least), (Asked.NEW, answer.new)):
            folder = out / _folder(answer.scenario) / asked.value
            if outcome is not None and outcome.plan is not None and outcome.verdict is not None:
                written[answer.scenario, asked] = write_plan(Planned(outcome.plan, outcome.verdict), folder)
            elif outcome is not None and outcome.refusal is not None:
                refused = write_refusal(scenario.loaded.inventory, outcome.refusal, folder)
                written[answer.scenario, asked] = refused.refusal
    return written


def _folder(scenario: str) -> str:
    """An id as the name of a folder on any system; never one that leads elsewhere."""
    return re.sub(r"[^\w.-]|^\.|\.$", "_", scenario)


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
