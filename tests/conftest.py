"""What holds for all tests: the same examples in every run, whatever the machine's own settings are."""

import signal

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background has them ignore Ctrl-C, and so would all that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's colours, completion and debugging do not reach a test, nor does the size of the terminal."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PLANNER_TRACEBACK", "_PLANNER_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
