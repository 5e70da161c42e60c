"""Faults: one thing wrong, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether the input is refused or only remarked upon."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A stretch of one line of one file.

    Lines and columns count from 1, columns in characters; line 0 means the file as a whole.
    ``source`` is the line as it stands in the file, empty where it must not or cannot be shown.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    source: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the input.

    Parameters
    ----------
    key
        Key of the message in the catalogue: the stable code (``E203``), or the code and a variant (``E203.boolean``).
    position
        Where the fault stands.
    arguments
        What the message speaks about, by name. ``nearest`` becomes "did you mean", ``allowed`` the list of choices.
    path
        The way to the value from the top of its file, as ``servers[0].kind``.
    related
        Other places that belong to the fault, as the first of two equal keys.
    """

    key: str
    position: Position
    arguments: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    related: tuple[Position, ...] = ()

    @property
    def code(self) -> str:
        """The stable code, without the variant of its sentence."""
        return self.key.partition(".")[0]

    @property
    def severity(self) -> Severity:
        """Error or warning, as the letter of the code says."""
        return Severity.WARNING if self.code.startswith("W") else Severity.ERROR

    @property
    def file(self) -> str:
        """The file that holds the fault."""
        return self.position.file

    @property
    def line(self) -> int:
        """Its line, from 1."""
        return self.position.line

    @property
    def column(self) -> int:
        """Its column in characters, from 1."""
        return self.position.column


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults by file, line and column, each only once."""
    once = {(fault.key, fault.position): fault for fault in faults}
    return tuple(sorted(once.values(), key=lambda fault: (fault.position, fault.key)))


class Faults(Exception):
    """All faults and warnings of one reading, of which at least one is an error."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__(", ".join(f"{fault.code} {fault.position}" for fault in self.faults))

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults for which the input is refused."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The remarks that were found on the way."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.WARNING)
