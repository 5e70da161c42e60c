"""The templates: Jinja2 in a sandbox, the office's files before the shipped ones, every mistake with file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from jinja2 import FileSystemLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planner.rendering.documents.escaping import cell, commands
from planner.rendering.documents.mistakes import TooLong, Unknown, told

LONGEST: Final = 100_000_000
"""Characters after which a document is not believed to come to an end."""
MOST_TURNS: Final = 1_000_000
"""Turns that all loops over ``range`` of one document may make together."""
WRITTEN: Final = (".md", ".html", ".css")
"""Endings of the files that Jinja reads."""


class _Ranges:
    """The ``range`` of templates; whoever loops without end is stopped."""

    def __init__(self) -> None:
        self.left = MOST_TURNS

    def __call__(self, *numbers: int) -> range:
        found = range(*numbers)
        self.left -= len(found)
        if self.left < 0:
            raise TooLong("range")
        return found


class Engine:
    """Fills templates in.

    Parameters
    ----------
    folders : sequence of Path
        Where templates are looked for; the first folder that holds one wins.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self.environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder in folders], encoding="utf-8-sig"),
            undefined=Unknown,
            autoescape=lambda name: bool(name and name.endswith(".html")),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters |= {"cell": cell, "commands": commands}

    def require_readable(self, folder: Path) -> None:
        """Read every template of this folder without filling it in.

        Raises
        ------
        Faults
            If one of them is not Jinja2, or not UTF-8.
        """
        names = [name for name in self.environment.list_templates() if name.endswith(WRITTEN)]
        with told(self.folders, names, ()):
            for name in names:
                if (folder / name).is_file():
                    self.environment.get_template(name)

    def fill(self, name: str, values: Mapping[str, object]) -> bytes:
        """The template with these values in it, as UTF-8 with line feeds alone.

        Raises
        ------
        Faults
            If the template, or one that it uses, cannot be read or filled in.
        """
        names = [known for known in self.environment.list_templates() if known.endswith(WRITTEN)]
        with told(self.folders, names, values):
            return self._text(name, values).replace("\r\n", "\n").encode()

    def _text(self, name: str, values: Mapping[str, object]) -> str:
        pieces, length = [], 0
        for piece in self.environment.get_template(name).generate({**values, "range": _Ranges()}):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                raise TooLong(name)
        return "".join(pieces)
