"""`planner schema`: the JSON Schema of the inventory or the plan."""

import click

from planner.cli import options
from planner.cli.console import Console


@click.command("schema")
@click.argument("what", metavar="inventory|plan", type=click.Choice(["inventory", "plan"]))
@options.console
def command(what: str, console: Console) -> None:
    """Print the JSON Schema (draft 2020-12) of an inventory file or of a plan file.

    Example: planner schema inventory > inventory.schema.json
    """
    from planner.pipeline.schema import schema_of

    console.json(schema_of(what))
