"""`planner calendar`: the usable windows, and why the others are not."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console


@click.command("calendar")
@options.inventory
@click.option("--subject", metavar="ID", help="An asset, a system or a link; without it: what binds everyone.")
@options.output_format
@options.language
@options.console
def command(inventory: Path, subject: str | None, output_format: str, language: str, console: Console) -> None:
    """List the usable windows of INVENTORY, and why the others are not.

    Example: planner calendar inventory --subject jumin
    """
    from planner.cli.calendar_report import as_data, rows, summary, titles
    from planner.pipeline.calendar import windows_for
    from planner.pipeline.load import load_inventory

    loaded = load_inventory(inventory)
    found = windows_for(loaded.inventory, subject)
    if output_format == "json":
        console.json(as_data(found, loaded.inventory.clock))
    else:
        console.table(titles(language), rows(found, loaded.inventory.clock, language))
        console.talk(summary(found, language))
