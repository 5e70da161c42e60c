"""The way in: arguments become a command, and its end becomes an exit status."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import click
from click.shell_completion import shell_complete

from planner.cli.console import Console, forgive_encodings
from planner.cli.group import planner_group
from planner.cli.options import LANGUAGE, OUTPUT_FORMAT
from planner.errors.failure import Failure
from planner.errors.fault import Faults
from planner.errors.status import ExitStatus

_COMPLETION = "_PLANNER_COMPLETE"
_TRACEBACK = "PLANNER_TRACEBACK"
_OTHER_INVENTORY = {
    "ja": {
        "head": "計画は別のインベントリから作られました (違い: {n})",
        "cure": "計画を作り直すか、計画を作ったときのインベントリを指定してください",
        "change": "{path}: 計画では {then}、いまは {now}",
        "nothing": "なし",
    },
    "en": {
        "head": "the plan was made from another inventory (changes: {n})",
        "cure": "plan again, or take the inventory that it was made from",
        "change": "{path}: {then} in the plan, {now} now",
        "nothing": "nothing",
    },
}

BRIEF = 100
"""Characters of a fact's value."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; nothing but `SystemExit` ever leaves this function.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands after ``planner``; by default the arguments of the process.
    """
    forgive_encodings()
    try:
        return _interruptible(list(sys.argv[1:] if arguments is None else arguments))
    except OSError as error:
        return _end_of_system_error(error)


def _interruptible(arguments: list[str]) -> ExitStatus:
    try:
        status = _end_of(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        Console().error("interrupted")
        return ExitStatus.INTERRUPTED
    return status


def _end_of(arguments: list[str]) -> ExitStatus:
    try:
        return _run(arguments)
    except click.UsageError as error:
        error.show()
        _show_in_japanese(error, arguments)
        _show_example(error.ctx)
        return ExitStatus.USAGE
    except click.ClickException as error:
        error.show()
        return ExitStatus.COULD_NOT
    except click.Abort:
        raise KeyboardInterrupt from None
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - the last net: what is left is told in words, not as a screen of code
        return _end_of_defect(error)


def _show_in_japanese(error: click.UsageError, arguments: Sequence[str]) -> None:
    """The same once more for who has not asked for English: usage is wrong before the language is read."""
    from planner.cli.usage_words import in_japanese

    told = in_japanese(error.format_message())
    if told and "en" not in [argument.removeprefix("--lang=") for argument in arguments]:
        Console().more(f"{told}。")


def _show_example(context: click.Context | None) -> None:
    """One working call of the command that was used wrongly stands on standard error, as its help gives it."""
    explanation = (context.command.help or "") if context else ""
    _, mark, example = explanation.partition("Example: ")
    if mark:
        Console().more(f"{mark}{' '.join(example.split())}")


def _run(arguments: list[str]) -> ExitStatus:
    if completion := os.environ.get(_COMPLETION):
        shell_complete(planner_group, {}, "planner", _COMPLETION, completion)
        return ExitStatus.DONE
    try:
        with planner_group.make_context("planner", arguments) as context:
            return _invoke(context)
    except click.exceptions.Exit as end:
        return ExitStatus(end.exit_code)


def _invoke(context: click.Context) -> ExitStatus:
    try:
        status = planner_group.invoke(context)
    except Faults as faults:
        _tell_faults(faults, context)
        return ExitStatus.COULD_NOT
    except Failure as failure:
        message, cure = failure.said(context.meta.get(LANGUAGE, "ja"))
        Console().error(message, cure=cure)
        return failure.status
    except ValueError as error:
        return _end_of_other_inventory(error, context.meta.get(LANGUAGE, "ja"))
    return ExitStatus.DONE if status is None else ExitStatus(status)


def _tell_faults(faults: Faults, context: click.Context) -> None:
    language = context.meta.get(LANGUAGE, "ja")
    if context.meta.get(OUTPUT_FORMAT) == "json":
        from planner.errors.text import as_dict

        errors, warnings = ([as_dict(fault, language) for fault in part] for part in (faults.errors, faults.warnings))
        Console().json({"result": "could_not", "faults": errors, "warnings": warnings})
    else:
        Console().faults(faults, language)


def _end_of_system_error(error: OSError) -> ExitStatus:
    # A closed reader is EPIPE on POSIX and, for a pipe, EINVAL without a file's name on Windows.
    if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL and error.filename is None):
        _let_go_of(sys.stdout)
        _let_go_of(sys.stderr)
        return ExitStatus.BROKEN_PIPE
    with suppress(BrokenPipeError):
        Console().error(f"{error.filename}: {error.strerror}" if error.filename is not None else str(error))
    return ExitStatus.COULD_NOT


def _let_go_of(stream: TextIO) -> None:
    """The interpreter's own last flush finds a reader again, and stays silent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _end_of_other_inventory(error: ValueError, language: str) -> ExitStatus:
    from planner.cli.fact_words import contrasted
    from planner.plan.file import OtherInventory

    if not isinstance(error, OtherInventory):
        raise error
    words = _OTHER_INVENTORY[language]
    Console().error(words["head"].format(n=len(error.changes)), cure=words["cure"])
    for path, before, after in error.changes:
        then, now = (told or words["nothing"] for told in contrasted(before, after, BRIEF))
        Console().more(words["change"].format(path=path, then=then, now=now))
    return ExitStatus.OTHER_INVENTORY


def _end_of_defect(error: Exception) -> ExitStatus:
    if os.environ.get(_TRACEBACK):
        raise error
    cure = f"this is a defect of planner; {_TRACEBACK}=1 shows where"
    Console().error(f"unexpected {type(error).__name__}: {error}", cure=cure)
    return ExitStatus.COULD_NOT
