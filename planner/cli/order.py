"""`planner order`: what the order of a plan leaves free, and what a given order costs."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus


@click.command("order")
@options.inventory
@options.plan_file
@click.option(
    "--order",
    "orders",
    metavar="IDS|FILE",
    multiple=True,
    help="Waves, turns, assets or systems in the order wanted, such as db1,ap1; or a file with one order on each line.",
)
@click.option(
    "--swap",
    type=click.Choice(["all", "waves", "turns", "none"]),
    default="all",
    show_default=True,
    help="What is tried whether it may change places: pairs of waves, turns of a wave that follow each other.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each core, if that helps.")
@options.output_format
@options.language
@options.console
def command(
    *,
    inventory: Path,
    plan_file: Path,
    orders: tuple[str, ...],
    swap: str,
    jobs: int | None,
    output_format: str,
    language: str,
    console: Console,
) -> ExitStatus:
    """Tell what may change places in PLAN without harm, and what an order costs, its own or the one that is given.

    For each turn: how many live needs cross the bridge after it; the most at once and the minutes in all; the outages;
    and which rules are broken, if any. Each exchange is carried out on the steps of PLAN and judged by the verifier,
    with nothing else moved. The plan is verified first: exit status 3 if it, or the given order, is unsafe, 5 if it was
    made from another inventory. Ctrl-C keeps the answers so far.

    Example: planner order inventory out/plan.json --order W3,W2 --swap none
    """
    from planner.cli.order_report import Report, as_data, lines
    from planner.cli.order_words import WORDS
    from planner.cli.stopping import stoppable
    from planner.cli.unsafe_report import told_other_inventory, told_unsafe
    from planner.pipeline import order
    from planner.pipeline.processes import cores
    from planner.pipeline.verify import verify_file
    from planner.plan.file import OtherInventory

    chains = order.chains_of(orders)
    try:
        with console.progress() as progress:
            verified = verify_file(inventory, plan_file, progress)
            if not verified.verdict.safe:
                return told_unsafe(console, verified, language, output_format)
            plan = verified.plan
            own = order.evaluate(plan, ())
            given = order.evaluate(plan, chains) if chains else None
            pairs = order.pairs_of(plan, swap)
            with stoppable(None, "" if console.quiet else WORDS[language]["stopping"]) as stop:
                free = order.freedom(plan, own, pairs, jobs or cores(), progress, stop)
    except OtherInventory as other:
        return told_other_inventory(console, other, output_format)
    report = Report(verified, own, given, free, language)
    if output_format == "json":
        console.json(as_data(report))
    else:
        for line in lines(report):
            console.data(line)
    if stop.interrupted:
        return ExitStatus.INTERRUPTED
    return ExitStatus.UNSAFE if given is not None and given.breaks else ExitStatus.DONE
