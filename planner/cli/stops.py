"""`planner stops`: how long the project may stop at each gate and between waves."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus


@click.command("stops")
@options.inventory
@options.plan_file
@options.output_format
@options.language
@options.console
def command(inventory: Path, plan_file: Path, output_format: str, language: str, console: Console) -> ExitStatus:
    """Tell how long PLAN may stop at each gate and between its waves (building late, election called, alarm).

    For each: until when the state lasts that is left, which rule is broken first and by whom, and how many windows are
    left to go on before that. The plan is verified first: exit status 3 if it is unsafe, 5 if it was made from another
    inventory.

    Example: planner stops inventory out/plan.json
    """
    from planner.cli.stops_report import as_data, tell
    from planner.cli.unsafe_report import told_other_inventory, told_unsafe
    from planner.pipeline.stops import stops_of
    from planner.pipeline.verify import verify_file
    from planner.plan.file import OtherInventory

    try:
        with console.progress() as progress:
            verified = verify_file(inventory, plan_file, progress)
            if not verified.verdict.safe:
                return told_unsafe(console, verified, language, output_format)
            found = stops_of(verified, progress)
    except OtherInventory as other:
        return told_other_inventory(console, other, output_format)
    if output_format == "json":
        console.json(as_data(verified, found, language))
    else:
        tell(console, verified, found, language)
    return ExitStatus.DONE
