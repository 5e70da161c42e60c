"""The exit statuses of every command."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """What a command's end means to the one who called it."""

    DONE = 0
    """Done, also when stopped by a limit with a verified plan."""
    COULD_NOT = 1
    """Could not: bad input, or a failure."""
    USAGE = 2
    """Wrong usage."""
    UNSAFE = 3
    """The plan is unsafe."""
    NO_PLAN = 4
    """No plan: impossible, no path, or not found, with the reason."""
    OTHER_INVENTORY = 5
    """The plan belongs to another inventory."""
    INTERRUPTED = 130
    """Interrupted; the best plan so far is kept."""
    BROKEN_PIPE = 141
    """The reader of standard output went away."""
