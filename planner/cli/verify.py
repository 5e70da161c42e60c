"""`planner verify`: a plan against the safety rules."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus


@click.command("verify")
@options.inventory
@options.plan_file
@options.scenario
@options.language
@options.output_format
@options.console
def command(
    *, inventory: Path, plan_file: Path, scenario: Path | None, language: str, output_format: str, console: Console
) -> ExitStatus:
    """Replay PLAN, also one edited by hand, against the safety rules, by code that did not make it.

    Exit status 3 if the plan is unsafe, 5 if it was made from another inventory. Example: planner verify inventory
    out/plan.json
    """
    from planner.cli.verify_report import as_data, changes_as_data, tell
    from planner.pipeline.verify import verify_file
    from planner.plan.file import OtherInventory

    try:
        with console.progress() as progress:
            verified = verify_file(inventory, plan_file, progress, scenario)
    except OtherInventory as other:
        if output_format != "json":
            raise
        console.json(changes_as_data(other))
        return ExitStatus.OTHER_INVENTORY
    if output_format == "json":
        console.json(as_data(verified, language))
    else:
        tell(console, verified, language)
    return ExitStatus.DONE if verified.verdict.safe else ExitStatus.UNSAFE
