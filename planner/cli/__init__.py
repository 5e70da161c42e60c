"""The command line: the only room that knows Click, Rich and exit statuses.

One file per command: module ``planner.cli.<name>`` holds ``command``, a `click.Command`, and is imported when the
command is used, not before. A command's body reads its options, calls the floor below, and hands the result to the
`Console`; it returns an `ExitStatus` (None means done) or raises a `Failure`.
"""

from planner.cli.entry import main

__all__ = ["main"]
