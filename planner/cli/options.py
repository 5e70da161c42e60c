"""Options and arguments that several commands share, each written once."""

from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from planner.cli.console import Console

LANGUAGE = "planner.language"
"""Where the context's ``meta`` keeps the chosen language, for whoever reports the end of the command."""

OUTPUT_FORMAT = "planner.output_format"
"""Where it keeps how standard output is written, for the same."""


def _console(context: click.Context, _parameter: click.Parameter, quiet: bool) -> Console:
    return Console(quiet=quiet, language=context.meta.get(LANGUAGE, "en"))


def _language(context: click.Context, _parameter: click.Parameter, chosen: str) -> str:
    context.meta[LANGUAGE] = chosen
    return chosen


def _output_format(context: click.Context, _parameter: click.Parameter, chosen: str) -> str:
    context.meta[OUTPUT_FORMAT] = chosen
    return chosen


console = click.option(
    "-q", "--quiet", "console", is_flag=True, callback=_console, help="No talk and no progress on standard error."
)
"""Hands the command a parameter ``console``, a `Console` that respects ``--quiet``."""

output_format = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    callback=_output_format,
    help="How standard output is written.",
)
"""Hands the command a parameter ``output_format``, ``text`` or ``json``."""

language = click.option(
    "--lang",
    "language",
    type=click.Choice(["ja", "en"]),
    default="ja",
    show_default=True,
    is_eager=True,
    callback=_language,
    help="Language of messages and documents.",
)
"""Hands the command a parameter ``language``, ``ja`` or ``en``."""

# Whether a path is there is for the one who reads it to say: a fault of the input, not of the usage.
inventory = click.argument("inventory", type=click.Path(path_type=Path))
"""Hands the command a parameter ``inventory``, a folder or a file."""

plan_file = click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
"""Hands the command a parameter ``plan_file``."""

scenario = click.option(
    "--scenario",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The plan is of what this scenario makes of INVENTORY (whatif --plans).",
)
"""Hands the command a parameter ``scenario``, a file or None."""

out = click.option(
    "-o", "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for what is written."
)
"""Hands the command a parameter ``out``, a folder that need not exist yet."""


def alone(name: str, others: Sequence[str]) -> None:
    """Refuse the parameters ``others`` beside ``name``, which settles what they would.

    Raises
    ------
    click.UsageError
        If one of them was given.
    """
    context = click.get_current_context()
    flags = {parameter.name: parameter.opts[0] for parameter in context.command.params}
    given = [flags[other] for other in others if context.get_parameter_source(other) is not ParameterSource.DEFAULT]
    if given:
        raise click.UsageError(f"{flags[name]} does not go with {', '.join(given)}", context)
