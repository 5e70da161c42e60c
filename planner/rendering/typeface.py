"""The letters of every picture: BIZ UDPGothic as shipped, DejaVu Sans behind it for symbols, nothing else.

Text is measured with the fonts that draw it. A letter that neither font has is an error, never an empty square.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.resources import font

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

MIDDLE: Final = 0.38
"""How far the middle of the letters stands above their base line, as a share of the size (full-width letters)."""


class MissingGlyph(ValueError):
    """No shipped font can draw a letter; the message names the letter and the text."""

    def __init__(self, letter: str, text: str) -> None:
        super().__init__(
            f"no shipped font has {letter!r} (U+{ord(letter):04X}) in the text {text!r}; write it otherwise"
        )
        self.letter = letter
        self.text = text


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that one font draws, and where they begin: ``start`` in points from the beginning of the text."""

    text: str
    file: Path
    start: float


@lru_cache(maxsize=65536)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text in points.

    Raises
    ------
    MissingGlyph
        When no shipped font has one of its letters.
    """
    return sum(_advance(letter, text, bold=bold)[0] for letter in text) * size


def runs(text: str, size: float, *, bold: bool = False) -> tuple[Run, ...]:
    """Return the text cut where the font changes, in order.

    Raises
    ------
    MissingGlyph
        When no shipped font has one of its letters.
    """
    found: list[Run] = []
    at = 0.0
    for letter in text:
        advance, file = _advance(letter, text, bold=bold)
        if found and found[-1].file == file:
            found[-1] = Run(found[-1].text + letter, file, found[-1].start)
        else:
            found.append(Run(letter, file, at))
        at += advance * size
    return tuple(found)


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """Return the largest size in points, at most `size`, at which the text is no wider than `room`."""
    needed = width(text, size, bold=bold)
    return size if needed <= room else size * room / needed


def font_files() -> tuple[Path, Path, Path]:
    """Return regular, bold, and the font for symbols."""
    import matplotlib as mpl  # noqa: PLC0415 - loading it takes longer than most commands

    symbols = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return font("BIZUDPGothic-Regular"), font("BIZUDPGothic-Bold"), symbols


def _advance(letter: str, text: str, *, bold: bool) -> tuple[float, Path]:
    found = _glyph(letter, bold=bold)
    if found is None:
        raise MissingGlyph(letter, text)
    return found


@lru_cache(maxsize=32768)
def _glyph(letter: str, *, bold: bool) -> tuple[float, Path] | None:
    """Return how far the letter moves the pen, as a share of the size, and the first font that has it."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 - see above

    regular, heavy, symbols = _faces()
    for file, face, letters in (heavy if bold else regular, symbols):
        if ord(letter) in letters and letter.isprintable():
            advance = face.load_char(ord(letter), flags=LoadFlags.NO_SCALE).horiAdvance
            return advance / face.units_per_EM, file
    return None


@lru_cache(maxsize=1)
def _faces() -> tuple[tuple[Path, FT2Font, frozenset[int]], ...]:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - see above

    return tuple((file, face, frozenset(face.get_charmap())) for file in font_files() for face in [FT2Font(str(file))])
