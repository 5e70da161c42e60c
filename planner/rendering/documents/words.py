"""The words of documents in one language: shipped, and overridden word by word from the office's folder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import Fault, Faults, Position
from planner.errors.text import listed
from planner.rendering.documents.nearness import nearest

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

    def joined(self, parts: Iterable[str]) -> str:
        return str(self["general"]["separator"]).join(parts)


def read_words(language: str, folders: Iterable[Path]) -> Words:
    """The words of a language; later folders replace words of earlier ones, and may not bring unknown ones.

    Raises
    ------
    Faults
        If a file is not UTF-8 or not TOML, or holds a section or a word that the shipped file does not.
    """
    sections: dict[str, dict[str, Any]] = {}
    for number, folder in enumerate(folders):
        file = folder / WORDS / f"{language}.toml"
        if file.is_file():
            _add(sections, _parsed(file), file if number else None)
    return Words(sections)


def _add(sections: dict[str, dict[str, Any]], found: Mapping[str, Any], own: Path | None) -> None:
    for section, entries in found.items():
        if own:
            _require(section, sections, own, f"[{section}]")
        known = sections.setdefault(section, {})
        for key, text in entries.items():
            if own and section not in ("actions", "expected", "undo"):
                _require(key, known, own, key)
            known[key] = text


def _require(word: str, known: Mapping[str, Any], file: Path, sign: str) -> None:
    if word in known:
        return
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    number = next((n for n, line in enumerate(lines, 1) if line.strip().startswith(sign)), 0)
    source = lines[number - 1] if number else ""
    place = Position(str(file), number, source.find(word) + 1 if number else 0, len(word), source)
    arguments = {"name": word, "allowed": listed(sorted(known)), **nearest(word, known)}
    raise Faults([Fault("E702.word", place, arguments)])


def _parsed(file: Path) -> Mapping[str, Any]:
    data = file.read_bytes()
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise Faults([Fault("E001", Position(str(file)), {"encoding": "CP932", "byte": str(error.start)})]) from error
    except tomllib.TOMLDecodeError as error:
        raise Faults([Fault("E701.words", Position(str(file), _line(str(error))), {"reason": str(error)})]) from error


def _line(said: str) -> int:
    """The line that a message such as ``... (at line 3, column 5)`` names, 0 without one."""
    _, mark, rest = said.partition("at line ")
    digits = rest.partition(",")[0]
    return int(digits) if mark and digits.isdigit() else 0
