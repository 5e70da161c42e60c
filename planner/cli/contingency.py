"""`planner contingency`: what if each single asset, team or step fails."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus


@click.command("contingency")
@options.inventory
@options.plan_file
@click.option(
    "--late",
    "delays",
    type=click.IntRange(1, 10_080),
    multiple=True,
    default=(30, 60, 120),
    show_default=True,
    help="Minutes by which each step ends late; may be repeated.",
)
@click.option(
    "--repair",
    type=click.IntRange(1, 744),
    default=24,
    show_default=True,
    help="Hours for which a service stays out from its first lost minute on.",
)
@click.option(
    "--top", type=click.IntRange(0), default=30, show_default=True, help="Rows of the table; 0 shows all cases."
)
@click.option(
    "-o",
    "--out",
    "files",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    help="Draw the worst into a .png, .svg or .pdf file; may be repeated.",
)
@options.output_format
@options.language
@options.console
def command(
    inventory: Path,
    plan_file: Path,
    delays: tuple[int, ...],
    repair: int,
    top: int,
    files: tuple[Path, ...],
    output_format: str,
    language: str,
    console: Console,
) -> ExitStatus:
    """Tell what happens to PLAN if an asset does not come up again, a team lacks one person, or a step is late.

    For each: which systems are down when service opens next, and for how many service minutes, whether turning back was
    still possible, and what covers it; the worst first. The plan is verified first: exit status 3 if it is unsafe, 5 if
    it was made from another inventory.

    Example: planner contingency inventory out/plan.json -o out/contingency.svg
    """
    from planner.cli.contingency_report import as_data, require_pictures, tell
    from planner.cli.unsafe_report import told_other_inventory, told_unsafe
    from planner.pipeline.contingency import Question, contingencies_of, write_pictures
    from planner.pipeline.verify import verify_file
    from planner.plan.file import OtherInventory

    require_pictures(files)
    try:
        with console.progress() as progress:
            verified = verify_file(inventory, plan_file, progress)
            if not verified.verdict.safe:
                return told_unsafe(console, verified, language, output_format)
            found = contingencies_of(verified, Question(delays, repair * 60), progress)
            write_pictures(verified, found, files, language)
    except OtherInventory as other:
        return told_other_inventory(console, other, output_format)
    if output_format == "json":
        console.json(as_data(verified, found, language))
    else:
        tell(console, verified, found, top, language)
    for file in files:
        console.talk(str(file))
    return ExitStatus.DONE
