"""Mistakes in templates as faults: which file, which line, what is wrong, and what cures it."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateRuntimeError

from planner.errors import Fault, Faults, Position
from planner.errors.text import listed
from planner.rendering.documents.nearness import nearest


class UnknownName(UndefinedError):
    """A template names what it does not see; ``known`` are the names beside it."""

    def __init__(self, message: str, name: str, known: tuple[str, ...]) -> None:
        super().__init__(message)
        self.name = name
        self.known = known


class TooLong(TemplateRuntimeError):
    """A template does not come to an end."""


class Unknown(StrictUndefined):
    """What a template gets for a name that there is not: any use of it ends with an `UnknownName`."""

    __slots__ = ()

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        if self._undefined_exception is UndefinedError:
            known = _known(self._undefined_obj)
            name = str(self._undefined_name)
            self._undefined_exception = cast("type[UnknownName]", lambda said: UnknownName(said, name, known))


@contextmanager
def told(folders: Sequence[Path], names: Iterable[str], seen: Iterable[str]) -> Iterator[None]:
    """Whatever a template does wrong ends as faults.

    Parameters
    ----------
    folders : sequence of Path
        Where templates stand.
    names : iterable of str
        All templates that there are.
    seen : iterable of str
        What a template sees at its top.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise _not_utf8(folders, names) from error
    except TemplateSyntaxError as error:
        place = _place(error.filename or error.name or "", error.lineno)
        raise Faults([Fault("E701", place, {"reason": error.message or ""})]) from error
    except Exception as error:
        line = _frame(error, folders)
        if line is None:
            raise
        raise Faults([_fault(error, line, tuple(names), tuple(seen))]) from error


def _fault(error: Exception, place: Position, names: tuple[str, ...], seen: tuple[str, ...]) -> Fault:
    match error:
        case TemplateNotFound():
            missing = str(error.name)
            return Fault("E707", place, {"name": missing, "allowed": listed(names), **nearest(missing, names)})
        case UnknownName():
            known = error.known or seen
            return Fault("E702", place, {"name": error.name, "allowed": listed(known), **nearest(error.name, known)})
        case SecurityError():
            return Fault("E704", place, {"reason": str(error)})
        case RecursionError() | TooLong():
            return Fault("E705", place)
        case _:
            return Fault("E706", place, {"reason": f"{type(error).__name__}: {error}"})


def _known(value: object) -> tuple[str, ...]:
    """The names that a template may write behind this value; nothing for what is no record."""
    if is_dataclass(value):
        return tuple(field.name for field in fields(value))
    if isinstance(value, Mapping):
        return tuple(map(str, value))
    return tuple(name for name in getattr(value, "__dict__", ()) if not name.startswith("_"))


def _frame(error: BaseException, folders: Sequence[Path]) -> Position | None:
    """The innermost line of a template on the way to the error; None where no template had a part in it."""
    roots = [str(folder) for folder in folders]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _stands_in(frame.filename, roots)]
    return _place(frames[-1].filename, frames[-1].lineno or 0) if frames else None


def _stands_in(file: str, roots: Sequence[str]) -> bool:
    return any(Path(file).is_relative_to(root) for root in roots)


def _place(file: str, line: int) -> Position:
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return Position(file, line)
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    indent = len(source) - len(source.lstrip())
    return Position(file, line, indent + 1 if source else 0, max(1, len(source.strip())), source)


def _not_utf8(folders: Sequence[Path], names: Iterable[str]) -> Faults:
    """The faults of all templates that are not UTF-8; the loader does not say which one it was reading."""
    files = [folder / name for folder in folders for name in names if (folder / name).is_file()]
    found = [file for file in files if not _is_utf8(file)]
    return Faults([Fault("E001.unknown", Position(str(file))) for file in found])


def _is_utf8(file: Path) -> bool:
    try:
        file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True
