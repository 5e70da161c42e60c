"""`planner diff`: what changed between two plans."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus


@click.command("diff")
@click.argument("before", metavar="PLAN", type=click.Path(path_type=Path))
@click.argument("after", metavar="PLAN", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    "files",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    help="Draw the changes into a .png, .svg or .pdf file; may be repeated.",
)
@options.output_format
@options.language
@options.console
def command(
    *, before: Path, after: Path, files: tuple[Path, ...], output_format: str, language: str, console: Console
) -> ExitStatus:
    """Tell what changed from the first PLAN to the second.

    Waves are matched by what they do. Told are waves, assets, outages, people, bridges, check points, the objective
    term by term, and the facts of the inventories that the plans were made from. Neither plan is verified.

    Example: planner diff old/plan.json new/plan.json -o changes.svg
    """
    from planner.cli.contingency_report import require_pictures
    from planner.cli.difference_data import as_data
    from planner.cli.difference_report import tell
    from planner.pipeline.difference import compare_files, write_pictures

    require_pictures(files)
    compared = compare_files(before, after)
    write_pictures(compared, files, language)
    if output_format == "json":
        console.json(as_data(compared.before, compared.after, compared.changes))
    else:
        tell(console, compared.before, compared.after, compared.changes, language)
    for file in files:
        console.talk(str(file))
    return ExitStatus.DONE
