"""`planner rule`: what a safety rule says, with an example that keeps it and one that breaks it."""

from difflib import get_close_matches

import click
from click.shell_completion import CompletionItem

from planner.cli import options
from planner.cli.console import Console


def _rule_id(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The id of a rule, also written small or without its zero."""
    from planner.resources.rule_page import RULE_IDS

    if value is None:
        return None
    letter, number = value[:1].upper(), value[1:]
    written = f"{letter}{int(number):02}" if number.isascii() and number.isdigit() else value.upper()
    if written in RULE_IDS:
        return written
    near = get_close_matches(written, RULE_IDS, n=1)
    said = f"Did you mean {near[0]!r}?" if near else f"There are {RULE_IDS[0]} to {RULE_IDS[-1]}."
    raise click.BadParameter(f"No such rule {value!r}. {said}", context, parameter)


def _offered(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from planner.resources.rule_page import RULE_IDS, rule_page

    return [CompletionItem(id, help=rule_page(id).name["ja"]) for id in RULE_IDS if id.startswith(incomplete.upper())]


@click.command("rule")
@click.argument("rule", required=False, callback=_rule_id, shell_complete=_offered)
@options.output_format
@options.language
@options.console
def command(rule: str | None, output_format: str, language: str, console: Console) -> None:
    """Explain RULE: what it says and why, an example that keeps it, one that breaks it, and what to do.

    Without RULE all rules are listed, one line each. The examples are judged by the verifier while you read.
    Example: planner rule S07
    """
    from planner.cli.rule_report import as_data, listed, names, tell

    if rule is None and output_format == "json":
        console.json(names(language))
    elif rule is None:
        for line in listed(language):
            console.data(line)
    elif output_format == "json":
        console.json(as_data(rule, language))
    else:
        tell(console, rule, language)
