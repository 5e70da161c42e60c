"""`planner plan`: the main job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import options
from planner.cli.console import Console
from planner.errors.status import ExitStatus

if TYPE_CHECKING:
    from planner.model.inventory import Inventory
    from planner.pipeline.plan import Planned
    from planner.plan.refusal import Refusal
    from planner.scheduling.options import Options
    from planner.units.progress import Progress

    Maker = Callable[[Options, Progress, Callable[[], bool]], Planned | Refusal]


@click.command("plan")
@options.inventory
@options.out
@options.language
@options.output_format
@options.console
@click.option(
    "--effort", type=click.FloatRange(min=0.1, max=100), default=1.0, show_default=True, help="How hard to look."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the solver.")
@click.option("--time-limit", type=click.FloatRange(min=1), help="Seconds after which the best plan so far is taken.")
@click.option("--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your own templates.")
@click.option(
    "--from",
    "before",
    metavar="PLAN",
    type=click.Path(path_type=Path),
    help="Change as little as possible of this plan, and say what is changed.",
)
@click.option(
    "--repeat",
    "first",
    metavar="PLAN",
    type=click.Path(path_type=Path),
    help="Make this plan again: with its seed and effort, stopped where it was stopped.",
)
@click.option(
    "--alternatives",
    "most",
    metavar="N",
    type=click.IntRange(2, 9),
    help="Up to N plans to choose from: this one, and others that are better in something.",
)
@click.option("--plan-only", is_flag=True, help="Write plan.json and no documents.")
def command(
    *,
    inventory: Path,
    out: Path,
    language: str,
    output_format: str,
    console: Console,
    effort: float,
    seed: int,
    time_limit: float | None,
    templates: Path | None,
    before: Path | None,
    first: Path | None,
    most: int | None,
    plan_only: bool,
) -> ExitStatus:
    """Make a verified plan of INVENTORY and write it with its documents to OUT.

    Where there is no plan, the facts that conflict are told with file and line, and changes with which one was made
    and verified; OUT/refusal.json keeps them for planner explain, and a plan that stands in OUT from before becomes
    OUT/plan.before.json, its papers are removed. The search for changes makes up to 30 further plans, each at a fifth
    of the effort (10 from 60 assets on): often a few times as long as a plan takes. Ctrl-C and --time-limit end it,
    and what was proved by then is told.

    Ctrl-C keeps the best plan so far. With --from the waves of that plan keep their dates and their assets, then turns
    their times, wherever INVENTORY still permits it; it may have been made from an earlier state of it. With --repeat
    the same plan comes out to the byte, also where a limit or Ctrl-C had ended its search.

    With --alternatives OUT/alternatives has a verified plan for each: fewest waves, least downtime, least time across
    the bridge, least overtime, earliest end. One that another plan beats, worse in something and better in nothing, is
    left out; the plan itself stays first even if one beats it.

    Example: planner plan inventory -o out
    """
    from planner.cli.plan_report import end_of_plan, tell_refusal
    from planner.cli.plan_words import HEADS
    from planner.cli.stopping import stoppable
    from planner.pipeline.alternatives import add_alternatives
    from planner.pipeline.load import load_inventory
    from planner.pipeline.plan import require_place, write_plan
    from planner.pipeline.refusal import examine, write_refusal
    from planner.plan.refusal import Refusal
    from planner.scheduling.options import Options

    heads = HEADS[language]
    if first:
        options.alone("first", ("effort", "seed", "time_limit", "before"))
    if most:
        options.alone("most", ("before", "first"))
    require_place(out)
    if templates and not plan_only:
        from planner.pipeline.render import require_templates

        require_templates(language, templates)
    loaded = load_inventory(inventory)
    plan = _maker(loaded.inventory, before, first, out)
    with console.progress() as progress, stoppable(time_limit, "" if console.quiet else heads["stopping"]) as stop:
        how = Options(effort, seed), progress, stop
        answer = plan(*how)
        cut_short = stop()
        if isinstance(answer, Refusal) and not cut_short:
            answer = examine(loaded.inventory, answer, *how)
            refused, written = write_refusal(loaded.inventory, answer, out), []
        else:
            refused, written = None, [] if isinstance(answer, Refusal) else [write_plan(answer, out)]
        choice = None
        if most and not isinstance(answer, Refusal) and answer.verdict.safe:
            stop.told = "" if console.quiet else heads["stopping_alternatives"].format(plan=written[0])
            choice, written[1:] = add_alternatives(answer, most, out, None if plan_only else language, *how)
    if isinstance(answer, Refusal):
        tell_refusal(console, answer, loaded.provenance, language, output_format, refused, inventory)
        return ExitStatus.INTERRUPTED if stop.interrupted else ExitStatus.NO_PLAN
    if answer.verdict.safe and not plan_only:
        from planner.pipeline.render import write_documents

        try:
            with console.progress() as progress:
                written += write_documents(
                    loaded.inventory,
                    answer.plan,
                    answer.verdict,
                    out,
                    language=language,
                    templates=templates,
                    progress=progress,
                )
        except KeyboardInterrupt:
            console.error(heads["no_documents"].format(inventory=inventory, plan=written[0], out=out))
            return ExitStatus.INTERRUPTED
    return end_of_plan(
        console,
        answer,
        written,
        inventory,
        language,
        output_format,
        interrupted=stop.interrupted,
        wanted=most is not None,
        choice=choice,
    )


def _maker(inventory: Inventory, before: Path | None, first: Path | None, out: Path) -> Maker:
    """What makes the plan: again, from another one, or from nothing; what it takes as a model is read first."""
    from planner.pipeline.plan import make
    from planner.pipeline.repeat import repeat, require_repeatable
    from planner.pipeline.replan import replan
    from planner.pipeline.verify import read_plan

    if first is not None:
        model = read_plan(first)
        require_repeatable(model, first, out)
        return lambda _, progress, stopped: repeat(inventory, model, progress, stopped)
    return partial(replan, inventory, read_plan(before)) if before is not None else partial(make, inventory)
