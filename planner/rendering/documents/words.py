"""The words of documents in one language: shipped, and overridden word by word from the office's folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import Fault, Faults, Position
from planner.plan.wave import CARRY_ON
from planner.rendering.documents.wordcheck import require_fitting

WORDS = "words"
"""The folder of words files inside a folder of templates."""


@dataclass(frozen=True, slots=True)
class Words:
    """Sections of words, as ``words/<language>.toml`` holds them."""

    sections: Mapping[str, Mapping[str, Any]]

    def __getitem__(self, section: str) -> Mapping[str, Any]:
        return self.sections[section]

    @property
    def language(self) -> str:
        return str(self["general"]["language"])

    def say(self, section: str, key: str, **values: object) -> str:
        """The sentence with its values in place.

        Raises
        ------
        KeyError
            If the words do not hold it, or it wants a value that there is not.
        """
        return str(self[section][key]).format_map(values)

    def first(self, section: str, keys: Iterable[str], **values: object) -> str:
        """The first of these sentences that there is, empty without any."""
        found = next((key for key in keys if key in self[section]), None)
        return self.say(section, found, **values) if found else ""

    def meanwhile(self, fallback: str | None) -> str:
        """What people do after a point of no return, in words; empty where there is none."""
        return str(self["runbook"][CARRY_ON]) if fallback == CARRY_ON else fallback or ""

    def joined(self, parts: Iterable[str]) -> str:
        return str(self["general"]["separator"]).join(parts)


def read_words(language: str, folders: Iterable[Path]) -> Words:
    """The words of a language; later folders replace words of earlier ones, and may not bring unknown ones.

    Raises
    ------
    Faults
        If a file is not UTF-8 or not TOML, holds a section or a word that the shipped file does not, or a sentence
        with other names in its braces.
    """
    sections: dict[str, dict[str, Any]] = {}
    for number, folder in enumerate(folders):
        file = folder / WORDS / f"{language}.toml"
        if file.is_file():
            found = _parsed(file)
            if number:
                require_fitting(file, found, sections)
            for section, entries in found.items():
                sections.setdefault(section, {}).update(entries)
    return Words(sections)


def _parsed(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise Faults([Fault("E001.unknown", Position(str(file)))]) from error
    except tomllib.TOMLDecodeError as error:
        raise Faults([Fault("E701.words", _place(file, str(error)), {"reason": str(error)})]) from error


def _place(file: Path, said: str) -> Position:
    """Where a message such as ``... (at line 3, column 5)`` points; the whole file where it names no line."""
    found = re.search(r"at line (\d+), column (\d+)", said)
    if found is None:
        return Position(str(file))
    line = int(found[1])
    return Position(str(file), line, int(found[2]), source=file.read_text(encoding="utf-8-sig").splitlines()[line - 1])
