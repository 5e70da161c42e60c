"""The group of all commands, listed from a table and loaded one by one when used."""

from difflib import get_close_matches
from importlib import import_module

import click
from click.shell_completion import CompletionItem

import planner
from planner.errors.status import ExitStatus

COMMANDS = {
    "init": "Write a small commented inventory that plans at once.",
    "check": "Report all faults of an inventory, and what leaves no plan.",
    "plan": "From an inventory to a verified plan and its documents.",
    "verify": "Replay a plan, also an edited one, against the rules.",
    "diff": "Tell and draw what changed from one plan to another.",
    "contingency": "Tell what if one asset, team or step fails.",
    "stops": "Tell how long the project may stop where it can stop.",
    "whatif": "Compare scenarios with a plan: does it hold, and what then.",
    "order": "Tell what may change places in a plan, or cost an order.",
    "render": "Write the documents and diagrams of a plan again.",
    "graph": "Draw the dependencies, or what dies if something is off.",
    "explain": "Tell why an asset or a system has its place in a plan.",
    "rule": "Explain a safety rule, with an example that breaks it.",
    "calendar": "List the usable windows, and why the others are not.",
    "schema": "Print the JSON Schema of inventory, plan or scenario.",
}
"""Name and one-line help of each command, in the order of a project's life."""


class LazyGroup(click.Group):
    """A group whose commands are known by name and imported when used, so that ``planner --help`` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"planner.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise click.UsageError(f"No such command {name!r}.{_did_you_mean(name)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        names = [CompletionItem(name, help=line) for name, line in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


def _did_you_mean(name: str) -> str:
    near = get_close_matches(name, COMMANDS, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def _statuses() -> str:
    named = (f"{status.value} {status.name.lower().replace('_', ' ')}" for status in ExitStatus)
    return f"Exit status: {', '.join(named)}."


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_statuses(),
)
@click.version_option(planner.__version__, "-V", "--version", prog_name="planner", message="%(prog)s %(version)s")
def planner_group() -> None:
    """Plan the move of a server room: ordered, timed, verified, documented.

    Begin with: planner init my-move && planner plan my-move -o out
    """
