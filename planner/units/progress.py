"""Progress as plain calls, so that no floor below the command line knows a terminal."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called with the name of the work, how much is done, and how much there is (None when unknown)."""


def silent(_work: str, _done: int, _total: int | None) -> None:
    """Nothing is shown: the progress of quiet commands and of tests."""
