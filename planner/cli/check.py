"""`planner check`: all faults of an inventory, what it violates at the start, and what its words lead to."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.fault import Faults
from planner.errors.status import ExitStatus


@click.command("check")
@options.inventory
@click.option("--resolved", is_flag=True, help="Show each value, and where it came from.")
@options.output_format
@options.language
@options.console
def command(inventory: Path, resolved: bool, output_format: str, language: str, console: Console) -> ExitStatus:
    """Report all faults of INVENTORY in one run, and what it violates before the first step.

    Facts for which no plan can be safe, as far as they are known without a search, are faults too (E505): the smallest
    sets that conflict, each fact with its place. Exit status 1 if there is any fault.

    Example: planner check inventory --resolved
    """
    from planner.cli.check_report import as_data, hopeless_lines, tell, tell_resolved
    from planner.pipeline.check import check_inventory

    checked = check_inventory(inventory)
    if output_format == "json":
        console.json(as_data(checked, language, resolved=resolved))
    else:
        console.faults(Faults((*checked.loaded.warnings, *checked.capacity)), language)
        for line in hopeless_lines(checked, language):
            console.below(line)
        tell(console, checked, language)
    if resolved and output_format != "json":
        tell_resolved(console, checked, language)
    return ExitStatus.COULD_NOT if checked.capacity or checked.hopeless else ExitStatus.DONE
