"""`planner graph`: the dependency diagram, or what dies if something is off."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console

FORMATS = ("png", "svg", "pdf", "dot", "mermaid", "graphml", "json")
PICTURES = frozenset({"png", "svg", "pdf"})


@click.command("graph")
@options.inventory
@click.option(
    "--plan", "plan_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Number the waves."
)
@click.option("--focus", metavar="ID", help="Only what this asset or system needs, and what needs it.")
@click.option("--depth", type=click.IntRange(1, 99), default=2, show_default=True, help="How many needs away from it.")
@click.option(
    "--wave", type=click.IntRange(1), help="Only what moves in this wave of the plan, and what is next to it."
)
@click.option("--systems", is_flag=True, help="One page with systems only.")
@click.option("--whole", is_flag=True, help="Every asset by itself, however large the sheet.")
@click.option("--impact", "off", metavar="ID", multiple=True, help="Tell what dies if this is off; may be repeated.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="How it is written; by default as FILE ends, without a FILE dot. With --impact: text, or json.",
)
@click.option("-o", "--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@options.language
@options.console
def command(
    inventory: Path,
    plan_file: Path | None,
    focus: str | None,
    depth: int,
    wave: int | None,
    systems: bool,
    whole: bool,
    off: tuple[str, ...],
    kind: str | None,
    out: Path | None,
    language: str,
    console: Console,
) -> None:
    """Draw the dependencies of INVENTORY, or tell what dies if something is off.

    Examples: planner graph inventory -o needs.svg; planner graph inventory --focus jumin --depth 1 -o jumin.png;
    planner graph inventory --impact sanA
    """
    from planner.cli.graph_report import chosen_kind, tell_impact, write
    from planner.pipeline.graph import Sight, diagram_of, impact_of, read_both, written

    if off:
        found, _ = read_both(inventory, None)
        tell_impact(console, impact_of(found, off), found, language, kind)
        return
    shape = chosen_kind(kind, out)
    found, plan = read_both(inventory, plan_file)
    sight = Sight(focus, depth, wave, systems, whole, "en" if language == "en" else "ja")
    write(console, written(diagram_of(found, plan, sight), shape), out)
