"""The templates: Jinja2 in a sandbox, the office's files before the shipped ones, every mistake with file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planner.rendering.documents.escaping import cell, commands
from planner.rendering.documents.mistakes import told


class Engine:
    """Fills templates in.

    Parameters
    ----------
    folders : sequence of Path
        Where templates are looked for, the first folder that holds one wins.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self.environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder in folders], encoding="utf-8-sig"),
            undefined=StrictUndefined,
            autoescape=lambda name: bool(name and name.endswith(".html")),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters |= {"cell": cell, "commands": commands}

    def fill(self, name: str, values: Mapping[str, object]) -> bytes:
        """The template with these values in it, as UTF-8 with line feeds alone.

        Raises
        ------
        Faults
            If the template, or one that it uses, cannot be read or filled in.
        """
        with told(name):
            text = self.environment.get_template(name).render(values)
        return text.replace("\r\n", "\n").encode()
