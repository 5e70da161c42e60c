"""Lines of text as outlines: every letter's own curves, each read from its font once.

Laying text out anew for every line costs more than all the rest of a picture of dots. Our letters stand one after the
other, where `typeface` measures them, so that nothing but their curves is wanted of the font.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path as File
from typing import TYPE_CHECKING

from planner.rendering import typeface

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font
    from matplotlib.path import Path as Outline


@lru_cache(maxsize=16384)
def letters(text: str, *, bold: bool = False) -> Outline:
    """Return the outline of a line of text of size 1 that begins at the origin and stands on it, upwards positive.

    Raises
    ------
    planner.rendering.typeface.MissingGlyph
        When no shipped font has one of its letters.
    """
    from matplotlib.path import Path as Outline  # noqa: PLC0415 - loading it takes longer than most commands
    from matplotlib.transforms import Affine2D  # noqa: PLC0415

    placed = []
    for run in typeface.runs(text, 1.0, bold=bold):
        at = run.start
        for letter in run.text:
            placed.append(_letter(letter, run.file).transformed(Affine2D().translate(at, 0)))
            at += typeface.width(letter, 1.0, bold=bold)
    return Outline.make_compound_path(*placed)


@lru_cache(maxsize=16384)
def _letter(letter: str, file: File) -> Outline:
    """Return the curves of one letter of size 1, where its pen begins at the origin."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 - see above
    from matplotlib.path import Path as Outline  # noqa: PLC0415

    face = _face(file)
    face.load_char(ord(letter), flags=LoadFlags.NO_SCALE)
    vertices, codes = face.get_path()
    return Outline(vertices * (64 / face.units_per_EM), codes)


@lru_cache(maxsize=8)
def _face(file: File) -> FT2Font:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - see above

    return FT2Font(str(file))
