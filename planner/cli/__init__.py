"""The command line: the only room that knows Click, Rich and exit statuses.

One file per command: module ``planner.cli.<name>`` holds ``command``, a `click.Command`, and is imported when the
command is used, not before; what it needs from other floors it imports inside its function. A command's body reads its
options (shared ones stand in `planner.cli.options`), calls the floor below, and hands the result to the `Console`; it
returns an `ExitStatus` (None means done) or raises a `Failure`. Faults of the inventory, files that are missing, plans
of another inventory, Ctrl-C and readers that go away are told by `planner.cli.entry` for all commands alike.
"""

from planner.cli.entry import main

__all__ = ["main"]
