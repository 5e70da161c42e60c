"""Drawings become PNG, SVG and PDF files through Matplotlib; the same drawing gives the same bytes.

Matplotlib is a painter here, nothing more: shapes and letters are placed by us, so all formats show one geometry. It is
loaded when the first picture is saved.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, assert_never

from planner.rendering import typeface
from planner.rendering.drawing import Box, Disc, Drawing, Path, Shape, Text
from planner.rendering.letters import letters
from planner.rendering.outline import box_outline, disc_outline, path_outline

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backend_bases import GraphicsContextBase, RendererBase
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path as Outline

PictureFormat: TypeAlias = Literal["png", "svg", "pdf"]
FORMATS: Final[tuple[PictureFormat, ...]] = ("png", "svg", "pdf")
DPI: Final = 200

_SETTINGS: Final[Any] = {
    "svg.hashsalt": "planner",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "text.hinting": "none",
    "path.simplify": False,
}
_METADATA: Final[dict[PictureFormat, dict[str, str | None]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


def picture(drawing: Drawing, kind: PictureFormat, *, dpi: int = DPI) -> bytes:
    """Return the drawing as a file's content: no date, no version, no random number in it.

    Parameters
    ----------
    drawing : Drawing
        What is painted.
    kind : {"png", "svg", "pdf"}
        The file format.
    dpi : int, optional
        Dots per inch of a PNG.

    Raises
    ------
    planner.rendering.typeface.MissingGlyph
        When a text holds a letter that no shipped font has.
    """
    import matplotlib as mpl  # noqa: PLC0415 - loading it takes longer than most commands
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(drawing.width / 72, drawing.height / 72), dpi=dpi, facecolor="white")
        figure.add_artist(_painting(drawing, written=kind != "png"))
        file = io.BytesIO()
        metadata = dict(_METADATA[kind])
        if drawing.title and kind != "png":
            metadata["Title"] = drawing.title
        # Of light compression: a tenth larger, and painted in half the time.
        lightly: dict[str, Any] = {"pil_kwargs": {"compress_level": 1}} if kind == "png" else {}
        figure.savefig(file, format=kind, dpi=dpi, metadata=metadata, **lightly)
    return file.getvalue()


def save(drawing: Drawing, file: File, *, dpi: int = DPI) -> None:
    """Write the drawing to a file whose name ends in ``.png``, ``.svg`` or ``.pdf``.

    Raises
    ------
    ValueError
        When the name ends otherwise.
    """
    kind = next((known for known in FORMATS if file.suffix == f".{known}"), None)
    if kind is None:
        raise ValueError(f"{file.name}: a picture ends in .png, .svg or .pdf")
    file.write_bytes(picture(drawing, kind, dpi=dpi))


def _painting(drawing: Drawing, *, written: bool) -> Artist:
    """Return the drawing as the one artist of a figure; its texts are written with fonts, or painted as outlines."""
    from matplotlib.artist import Artist  # noqa: PLC0415

    class Painting(Artist):
        def draw(self, renderer: RendererBase) -> None:
            _Painter(renderer, drawing.height, written=written).paint(drawing.shapes)

    return Painting()


class _Painter:
    """Paints shapes with a renderer of Matplotlib, whose origin is the bottom left corner."""

    def __init__(self, renderer: RendererBase, height: float, *, written: bool) -> None:
        import numpy as np  # noqa: PLC0415
        from matplotlib.transforms import Affine2D  # noqa: PLC0415

        self.renderer = renderer
        self.scale = float(np.asarray(renderer.points_to_pixels(1.0)))
        self.height = height
        self.text = self._written if written else self._painted
        self.to_pixels = Affine2D().scale(1, -1).translate(0, height).scale(self.scale)

    def paint(self, shapes: tuple[Shape, ...]) -> None:
        for shape in shapes:
            match shape:
                case Box():
                    self._outline(box_outline(shape), shape.fill, shape.stroke, shape.line, shape.dashes)
                case Disc():
                    self._outline(disc_outline(shape), shape.fill, shape.stroke, shape.line)
                case Path():
                    self._outline(path_outline(shape), shape.fill, shape.stroke, shape.line, shape.dashes)
                case Text():
                    self.text(shape)
                case _:
                    assert_never(shape)

    def _outline(self, outline: Outline, fill: str, stroke: str, line: float, dashes: tuple[float, ...] = ()) -> None:
        from matplotlib.colors import to_rgb  # noqa: PLC0415

        context = self._context(stroke or fill, line if stroke else 0.0)
        if dashes:
            context.set_dashes(0.0, list(dashes))
        self.renderer.draw_path(context, outline, self.to_pixels, to_rgb(fill) if fill else None)
        context.restore()

    def _painted(self, text: Text) -> None:
        """Paint a line of text as outlines, turned around its anchor."""
        from matplotlib.colors import to_rgb  # noqa: PLC0415
        from matplotlib.transforms import Affine2D  # noqa: PLC0415

        place = Affine2D().scale(text.size, -text.size).translate(_shift(text), typeface.MIDDLE * text.size)
        place.rotate_deg(-text.angle).translate(text.x, text.y)
        context = self._context(text.colour, 0.0)
        outline = letters(text.text, bold=text.bold)
        self.renderer.draw_path(context, outline, place + self.to_pixels, to_rgb(text.colour))
        context.restore()

    def _written(self, text: Text) -> None:
        """Write a line of text with its fonts, run by run, turned around its anchor."""
        from matplotlib.transforms import Affine2D  # noqa: PLC0415

        shift = _shift(text)
        turn = Affine2D().rotate_deg(-text.angle).translate(text.x, text.y)
        context = self._context(text.colour, 0.0)
        for run in typeface.runs(text.text, text.size, bold=text.bold):
            x, y = turn.transform((shift + run.start, typeface.MIDDLE * text.size))
            place = self._down(x * self.scale, (self.height - y) * self.scale)
            self.renderer.draw_text(context, *place, run.text, _properties(run.file, text.size), text.angle)
        context.restore()

    def _down(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in the renderer's own direction: text, unlike paths, is not turned by it."""
        return (x, self.height * self.scale - y) if self.renderer.flipy() else (x, y)

    def _context(self, colour: str, line: float) -> GraphicsContextBase:
        context = self.renderer.new_gc()
        context.set_foreground(colour)
        context.set_linewidth(line)
        context.set_joinstyle("round")
        context.set_capstyle("butt")
        return context


def _shift(text: Text) -> float:
    """Return how far before its anchor a line of text begins."""
    length = typeface.width(text.text, text.size, bold=text.bold)
    return {"left": 0.0, "middle": -length / 2, "right": -length}[text.anchor]


@lru_cache(maxsize=1024)
def _properties(file: File, size: float) -> FontProperties:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    return FontProperties(fname=str(file), size=size)
