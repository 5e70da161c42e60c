"""`planner whatif`: scenarios side by side with the plan."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus

ASKED = ("holds", "least", "new")


@click.command("whatif")
@options.inventory
@options.plan_file
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--ask",
    "asked",
    type=click.Choice(ASKED),
    multiple=True,
    default=ASKED,
    show_default=True,
    help="Whether the plan holds, the plan that changes least, the best new plan; may be repeated.",
)
@click.option(
    "-o",
    "--out",
    "files",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    help="Draw the comparison into a .png, .svg or .pdf file; may be repeated.",
)
@click.option(
    "--plans",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the plans that were found, or the refusals, into a folder for each scenario.",
)
@click.option("--no-conflicts", is_flag=True, help="Where there is no plan, do not look for what conflicts.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each core, if that helps.")
@click.option(
    "--effort", type=click.FloatRange(min=0.1, max=100), default=1.0, show_default=True, help="How hard to look."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the solver.")
@click.option("--time-limit", type=click.FloatRange(min=1), help="Seconds after which the answers so far are taken.")
@options.output_format
@options.language
@options.console
def command(
    *,
    inventory: Path,
    plan_file: Path,
    scenarios: tuple[Path, ...],
    asked: tuple[str, ...],
    files: tuple[Path, ...],
    plans: Path | None,
    no_conflicts: bool,
    jobs: int | None,
    effort: float,
    seed: int,
    time_limit: float | None,
    output_format: str,
    language: str,
    console: Console,
) -> ExitStatus:
    """Put each SCENARIO, a small YAML overlay on INVENTORY, beside PLAN.

    For each: which rules the same steps break then, and when first; the plan that changes least; the best new plan;
    their outages, waves, dates, people and gap beside those of PLAN; or why there is none. A folder stands for the
    scenarios in it. The plan is verified first: exit status 3 if it is unsafe, 5 if it was made from another inventory.
    Ctrl-C keeps the answers so far.

    Where there is no plan, the smallest facts that conflict are told and the nearest change that makes one, as in plan;
    this makes up to 30 further plans for each such scenario, and is left out with --no-conflicts. Plans in DIR are
    verified, rendered and explained with the scenario they are of, as in planner render INVENTORY PLAN --scenario FILE
    -o OUT; where there is none, the refusal stands there.

    Example: planner whatif inventory out/plan.json inventory/scenarios -o out/whatif.svg
    """
    from planner.cli.contingency_report import require_pictures
    from planner.cli.stopping import stoppable
    from planner.cli.unsafe_report import told_other_inventory, told_unsafe
    from planner.cli.whatif_data import as_data
    from planner.cli.whatif_report import Report, hearing, lines
    from planner.cli.whatif_words import WORDS
    from planner.pipeline import whatif
    from planner.pipeline.plan import require_place
    from planner.pipeline.processes import cores
    from planner.pipeline.verify import read_plan, verify_file
    from planner.pipeline.whatif_files import write_pictures, write_plans
    from planner.plan.comparison import Asked
    from planner.plan.file import OtherInventory
    from planner.scheduling.options import Options

    require_pictures(files)
    if plans:
        require_place(plans)
    told = "" if console.quiet else WORDS[language]["stopping"]
    questions = tuple(map(Asked, dict.fromkeys(asked)))
    search = whatif.Search(questions, Options(effort, seed), jobs or cores(), examined=not no_conflicts)
    read = whatif.read_scenarios(inventory, whatif.files_of(scenarios), read_plan(plan_file))
    try:
        with console.progress() as progress:
            verified = verify_file(inventory, plan_file, progress)
            if not verified.verdict.safe:
                return told_unsafe(console, verified, language, output_format)
            with stoppable(time_limit, told) as stop:
                studies = [whatif.study(scenario, verified.plan) for scenario in read]
                heard = hearing(console, language)
                found = whatif.compare(verified.plan, studies, search, progress, stop, heard)
    except OtherInventory as other:
        return told_other_inventory(console, other, output_format)
    written = write_plans(read, found, plans) if plans else {}
    report = Report(verified, read, found, search.asked, language, written)
    write_pictures(verified, read, found, files, language)
    if output_format == "json":
        console.json(as_data(report))
    else:
        for line in lines(report):
            console.data(line)
    for file in files:
        console.talk(str(file))
    return ExitStatus.INTERRUPTED if stop.interrupted else ExitStatus.DONE
