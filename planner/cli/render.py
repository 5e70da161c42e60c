"""`planner render`: the documents of a plan again."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus

FORMATS = ("md", "html", "png", "svg")
JSON = "json"
DOCUMENTS = ("summary", "runbook", "rollback", "dependencies", "racks", "timechart")


def _formats(context: click.Context, _parameter: click.Parameter, chosen: tuple[str, ...]) -> tuple[str, ...]:
    if JSON in chosen:
        context.meta[options.OUTPUT_FORMAT] = JSON
    return chosen


@click.command("render")
@options.inventory
@options.plan_file
@options.scenario
@options.out
@options.language
@click.option("--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your own templates.")
@click.option(
    "--format",
    "formats",
    type=click.Choice((*FORMATS, JSON)),
    multiple=True,
    callback=_formats,
    help="Only this format; may be repeated. json: how standard output is written.",
)
@click.option("--only", type=click.Choice(DOCUMENTS), multiple=True, help="Only this document; may be repeated.")
@options.console
def command(
    inventory: Path,
    plan_file: Path,
    scenario: Path | None,
    out: Path,
    language: str,
    templates: Path | None,
    formats: tuple[str, ...],
    only: tuple[str, ...],
    console: Console,
) -> ExitStatus:
    """Write the documents of PLAN to OUT again, with other templates, language or formats.

    The plan is verified first; of an unsafe one nothing is written (exit status 3). Names, notes and contacts come
    from INVENTORY. Papers of two plans are not mixed: a folder with another plan.json is refused.

    Example: planner render inventory out/plan.json -o out --lang en
    """
    from planner.cli.render_report import tell_changes, tell_unsafe, tell_written
    from planner.pipeline.render import require_own_place, write_documents
    from planner.pipeline.verify import verify_file
    from planner.plan.file import OtherInventory

    form = JSON if JSON in formats else "text"
    with console.progress() as progress:
        try:
            verified = verify_file(inventory, plan_file, progress, scenario)
        except OtherInventory as other:
            return tell_changes(console, other, form)
        if not verified.verdict.safe:
            tell_unsafe(console, verified, language, form)
            return ExitStatus.UNSAFE
        require_own_place(verified.plan, out)
        written = write_documents(
            verified.loaded.inventory,
            verified.plan,
            verified.verdict,
            out,
            language=language,
            templates=templates,
            progress=progress,
            formats=[kind for kind in formats if kind != JSON] or None,
            only=only or None,
        )
    tell_written(console, verified, written, form)
    return ExitStatus.DONE
