"""The terminal: standard output carries data, standard error carries talk."""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from planner.cli.works import WORKS
from planner.errors.fault import Faults
from planner.units.progress import Progress, silent

# Control characters could move the cursor; bidirectional and invisible ones could make a name read as another.
_TAB_AND_NEWLINE = "\t\n"
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def escaped(text: str, *, keep: str = "") -> str:
    r"""The text with control, bidirectional and invisible characters written as ``\x1b`` or ``\u202e``.

    Parameters
    ----------
    text : str
        Anything that came from an inventory, a plan, a file's name or the command line.
    keep : str, optional
        Characters that stay as they are.

    Examples
    --------
    >>> escaped("red\x1b[31m")
    'red\\x1b[31m'
    """
    return _UNSAFE.sub(lambda found: found[0] if found[0] in keep else _code(found[0]), text)


def _code(character: str) -> str:
    point = ord(character)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def forgive_encodings() -> None:
    """No character that a terminal's encoding lacks ends a command: it is written as its escape.

    Streams of tests and of embedding programs may not be reconfigurable; they are left as they are.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def is_colourful(stream: TextIO) -> bool:
    """Whether colour is welcome: a terminal that is not dumb, and NO_COLOR unset or empty."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command writes.

    Parameters
    ----------
    quiet : bool
        Talk and progress are left out; data, warnings and errors are not.
    language : str
        ``ja`` or ``en``, in which progress is told.
    """

    quiet: bool = False
    language: str = "en"

    def data(self, text: str) -> None:
        """The text stands on standard output, its unsafe characters escaped."""
        _write(sys.stdout, text)

    def json(self, value: object) -> None:
        """The value stands on standard output as JSON that stays valid in any encoding."""
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "").replace("_", "")
        text = json.dumps(value, ensure_ascii=encoding != "utf8", indent=2)
        sys.stdout.write(f"{text}\n")

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """The rows stand on standard output, aligned; never cut or folded when it is not a terminal.

        A terminal on which they could not be read side by side shows them one below the other.
        """
        from rich.box import SIMPLE_HEAD
        from rich.console import Console as RichConsole
        from rich.table import Table
        from rich.text import Text

        from planner.cli.listing import fits, listed

        terminal = RichConsole(file=sys.stdout, no_color=not is_colourful(sys.stdout))
        if sys.stdout.isatty() and not fits(columns, rows, terminal.width):
            self.data("\n".join(listed(columns, rows, terminal.width)))
            return
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for column in columns:
            table.add_column(Text(escaped(column)))
        for row in rows:
            table.add_row(*(Text(escaped(cell)) for cell in row))
        width = None if sys.stdout.isatty() else 10_000
        RichConsole(file=sys.stdout, width=width, no_color=not is_colourful(sys.stdout)).print(table, crop=False)

    def talk(self, text: str) -> None:
        """The text stands on standard error, unless quiet."""
        if not self.quiet:
            _write(sys.stderr, text)

    def warning(self, text: str) -> None:
        """The text stands on standard error as a warning, also when quiet."""
        _labelled("warning", "33", text)

    def error(self, text: str, *, cure: str = "") -> None:
        """The text, and its cure if there is one, stand on standard error as an error, also when quiet."""
        _labelled("error", "31", text)
        if cure:
            self.more(cure)

    def more(self, text: str) -> None:
        """The text stands on standard error below the error or warning that it belongs to."""
        _write(sys.stderr, f"  {text}")

    def below(self, line: str) -> None:
        """The line stands on standard error as it is, below the error that it belongs to."""
        _write(sys.stderr, line)

    def faults(self, faults: Faults, language: str) -> None:
        """Every fault, in order of file and line, stands on standard error with its place and its cure."""
        from planner.errors.text import render

        for fault in faults.faults:
            _write(sys.stderr, render(fault, language) + "\n")

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A callable that shows progress: a bar on a terminal, one line per work elsewhere, nothing when quiet."""
        if self.quiet:
            yield silent
        elif sys.stderr.isatty():
            with _bars() as bars:
                yield _said(bars, self.language)
        else:
            yield _said(_line_per_work(), self.language)


def _write(stream: TextIO, text: str) -> None:
    stream.write(escaped(text, keep=_TAB_AND_NEWLINE) + "\n")


def _labelled(label: str, colour: str, text: str) -> None:
    shown = f"\x1b[{colour};1m{label}:\x1b[0m" if is_colourful(sys.stderr) else f"{label}:"
    sys.stderr.write(f"{shown} {escaped(text, keep=_TAB_AND_NEWLINE)}\n")


def _said(show: Progress, language: str) -> Progress:
    """The same with the name of each work in words; one that has none is shown as it is."""
    words = WORKS[language]
    return lambda work, done, total: show(words.get(work, work), done, total)


def _line_per_work() -> Progress:
    seen: set[str] = set()

    def show(work: str, _done: int, _total: int | None) -> None:
        if work not in seen:
            seen.add(work)
            _write(sys.stderr, work)

    return show


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    terminal = RichConsole(stderr=True, no_color=not is_colourful(sys.stderr))
    with RichProgress(*columns, console=terminal) as display:
        tasks = {}

        def show(work: str, done: int, total: int | None) -> None:
            if work not in tasks:
                tasks[work] = display.add_task(escaped(work), total=total)
            display.update(tasks[work], completed=done, total=total)

        yield show
