"""`planner explain`: when and why there."""

from dataclasses import replace
from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console

UNJUDGED = {
    "ja": "計画が規則を満たすかどうか: planner verify {inventory} {plan}",
    "en": "whether the plan keeps the rules: planner verify {inventory} {plan}",
}

NO_SUBJECT = {
    "ja": "計画には SUBJECT (機器かシステム) が要ります。例: planner explain {inventory} {plan} jumin",
    "en": "a plan needs a SUBJECT, an asset or a system. Example: planner explain {inventory} {plan} jumin",
}


SILENT = {
    "ja": "{refusal} は {subject} について何も述べていません。SUBJECT なしで全体を見られます",
    "en": "{refusal} says nothing of {subject}; without a SUBJECT it is told as a whole",
}


@click.command("explain")
@options.inventory
@options.plan_file
@click.argument("subject", required=False)
@options.scenario
@options.output_format
@options.language
@options.console
def command(
    *,
    inventory: Path,
    plan_file: Path,
    subject: str | None,
    scenario: Path | None,
    output_format: str,
    language: str,
    console: Console,
) -> None:
    """Explain the place of SUBJECT, an asset or a system, in PLAN: when, and why not earlier.

    Its steps and what each waits for; the windows before, and what closed them; the needs, dates and people that bind
    it, with file and line; its outages, and what would shorten them. The plan itself is judged by `planner verify`.
    Example: planner explain inventory out/plan.json jumin

    Where there is no plan, PLAN is the refusal.json that `planner plan` wrote: the smallest sets of facts that
    conflict, with file and line, and changes with which a plan was made and verified; with a SUBJECT (also a room,
    rack, team, ...) only what concerns it.
    Example: planner explain inventory out/refusal.json
    """
    from planner.cli.explain_data import as_data
    from planner.cli.explain_report import lines
    from planner.pipeline.explain import explain_file
    from planner.pipeline.refused import concerning, read_refusal

    refused = read_refusal(inventory, plan_file, scenario)
    if refused is not None:
        from planner.cli.refusal_report import show_refusal

        told = concerning(refused, subject) if subject else refused.refusal
        if told is None:
            raise click.UsageError(SILENT[language].format(refusal=plan_file, subject=subject))
        show_refusal(console, replace(refused, refusal=told), language, output_format)
        return
    if subject is None:
        raise click.UsageError(NO_SUBJECT[language].format(inventory=inventory, plan=plan_file))
    with console.progress() as progress:
        explained = explain_file(inventory, plan_file, subject, progress, scenario)
    if output_format == "json":
        console.json(as_data(explained, language))
    else:
        for line in lines(explained, language):
            console.data(line)
        console.talk(UNJUDGED[language].format(inventory=inventory, plan=plan_file))
