"""`planner schema`: the JSON Schema of the inventory, the plan or a scenario."""

import click

from planner.cli import options
from planner.cli.console import Console


@click.command("schema")
@click.argument("what", metavar="inventory|plan|scenario", type=click.Choice(["inventory", "plan", "scenario"]))
@options.console
def command(what: str, console: Console) -> None:
    """Print the JSON Schema (draft 2020-12) of an inventory file, a plan file or a scenario.

    Example: planner schema inventory > inventory.schema.json
    """
    from planner.pipeline.schema import schema_of

    console.json(schema_of(what))
