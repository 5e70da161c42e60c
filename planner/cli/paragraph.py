"""Text in lines of a given width, in which a Japanese letter takes two cells and may stand at the end of a line."""

import re
from collections.abc import Iterator

from planner.errors.text import columns

WIDTH = 80
_PIECES = re.compile(r"\s+|[\u0021-\u2fff]+|.")
_NEVER_FIRST = frozenset("、。，．）」』】・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%)")
_NEVER_LAST = frozenset("（「『【")


def folded(text: str, indent: str = "", hanging: str | None = None, width: int = WIDTH) -> Iterator[str]:
    """Yield the text's lines, none wider than ``width`` unless one word is; the first begins with ``indent``.

    Parameters
    ----------
    text : str
        Without line feeds.
    indent : str, optional
        What the first line begins with.
    hanging : str, optional
        What the others begin with; by default the same.
    """
    following = indent if hanging is None else hanging
    line, begun = indent, False
    for piece in unbroken(text):
        if begun and columns(line + piece.rstrip()) > width:
            yield line.rstrip()
            line, begun = following, False
        if begun or piece.strip():
            line, begun = line + piece, True
    if begun:
        yield line.rstrip()


def unbroken(text: str) -> Iterator[str]:
    """Yield words, spaces and single wide letters; marks that may not begin or end a line stay with their letter."""
    held = ""
    for piece in _PIECES.findall(text):
        if held and (piece[0] in _NEVER_FIRST or held[-1] in _NEVER_LAST):
            held += piece
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
