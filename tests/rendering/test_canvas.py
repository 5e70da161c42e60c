import hashlib
import subprocess
import sys
from pathlib import Path as File

import pytest

from planner.rendering import canvas, palette, typeface
from planner.rendering.drawing import Box, Disc, Drawing, Path, Text, smallest_text
from planner.rendering.outline import CLOSE, CURVE, LINE, MOVE, rounded

SAMPLE = Drawing(
    200,
    100,
    (
        Box(10, 10, 80, 30, fill="#DDEEFF", stroke="#2F6B8E", radius=4, dashes=(3, 2), tag="node:a"),
        Path(((10, 60), (50, 60), (50, 90)), radius=3),
        Disc(150, 30, 6, fill="#FFFFFF", stroke="#000000"),
        Text(20, 25, "税総合AP ☐", 9),
        Text(150, 70, "BIZ", 9, angle=90, anchor="middle"),
    ),
    "見本",
)


@pytest.mark.parametrize("kind", canvas.FORMATS)
def test_the_same_drawing_gives_the_same_bytes_in_another_process(kind):
    script = (
        "import hashlib, test_canvas as t; from planner.rendering import canvas;"
        f"print(hashlib.sha256(canvas.picture(t.SAMPLE, {kind!r})).hexdigest())"
    )
    here = File(__file__).parent
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=here.parents[1], text=True, capture_output=True, check=True,
        env={"PYTHONPATH": f"{here}:{here.parents[1]}", "PYTHONHASHSEED": "7", "HOME": str(File.home())},
    ).stdout.strip()  # fmt: skip

    assert said == hashlib.sha256(canvas.picture(SAMPLE, kind)).hexdigest()


def test_pictures_carry_no_date_and_no_version():
    svg = canvas.picture(SAMPLE, "svg").decode()
    pdf = canvas.picture(SAMPLE, "pdf")
    png = canvas.picture(SAMPLE, "png")

    assert "date" not in svg.lower()
    assert "matplotlib" not in svg.lower()
    assert b"CreationDate" not in pdf
    assert b"atplotlib" not in pdf
    assert b"tEXt" not in png.replace(b"tEXtTitle", b"")


def test_a_pdf_embeds_truetype_subsets_of_both_fonts():
    pdf = canvas.picture(SAMPLE, "pdf")

    assert b"BIZUDPGothic" in pdf
    assert b"DejaVuSans" in pdf
    assert pdf.count(b"/FontFile2") >= 2
    assert b"/CIDFontType2" in pdf
    assert b"/Type3" not in pdf


def test_a_png_has_the_size_of_the_sheet_in_dots():
    png = canvas.picture(SAMPLE, "png", dpi=144)

    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (400, 200)


def test_a_letter_that_no_font_has_is_an_error_that_names_the_text():
    drawing = Drawing(100, 20, (Text(0, 10, "税\U000130b8務", 9),))

    with pytest.raises(typeface.MissingGlyph, match=r"U\+130B8\) in the text '税\U000130b8務'"):
        canvas.picture(drawing, "png")


def test_a_control_character_is_not_drawn_as_a_square():
    with pytest.raises(typeface.MissingGlyph, match=r"U\+000A"):
        typeface.width("一行\n二行", 9)


def test_symbols_come_from_the_second_font_and_letters_from_the_first():
    assert [(run.text, run.file.stem) for run in typeface.runs("確認☐済", 10)] == [
        ("確認", "BIZUDPGothic-Regular"),
        ("☐", "DejaVuSans"),
        ("済", "BIZUDPGothic-Regular"),
    ]


def test_full_width_letters_are_as_wide_as_the_size():
    assert typeface.width("税務", 10) == pytest.approx(20)
    assert typeface.width("税務", 10, bold=True) == pytest.approx(20)


def test_text_is_made_smaller_to_fit_and_never_larger():
    assert typeface.fitted("税務", 10, 10) == pytest.approx(5)
    assert typeface.fitted("税務", 10, 100) == 10


def test_a_picture_is_saved_by_the_ending_of_its_name(tmp_path):
    canvas.save(SAMPLE, tmp_path / "a.svg")

    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<?xml")
    with pytest.raises(ValueError, match=r"a\.gif: a picture ends in \.png, \.svg or \.pdf"):
        canvas.save(SAMPLE, tmp_path / "a.gif")


def test_matplotlib_is_not_loaded_before_a_picture_is_saved():
    script = "import sys, planner.rendering.canvas, planner.rendering.diagram.sheet; print('matplotlib' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True, check=True).stdout

    assert said.strip() == "False"


def test_corners_are_rounded_by_at_most_half_a_side():
    assert rounded(((0, 0), (4, 0), (4, 10)), 3, closed=False) == [
        (MOVE, (0, 0)),
        (LINE, (2, 0)),
        (CURVE, (4, 0)),
        (CURVE, (4, 3)),
        (LINE, (4, 10)),
    ]


def test_a_closed_outline_ends_where_it_began():
    assert rounded(((0, 0), (4, 0), (4, 4)), 0, closed=True) == [
        (MOVE, (0, 0)),
        (LINE, (4, 0)),
        (LINE, (4, 4)),
        (CLOSE, (0, 0)),
    ]


def test_a_drawing_fills_a_sheet_inside_its_margins():
    sheet = SAMPLE.on_sheet(420, 240, 10)

    assert (sheet.width, sheet.height) == (420, 240)
    assert sheet.shapes[0].x == pytest.approx(10 + 2 * 10)
    assert smallest_text(sheet.shapes) == pytest.approx(18)


def test_waves_have_the_colours_of_the_house_up_to_four():
    near = ["#471365", "#2F6B8E", "#2EB37C", "#DDE318"]

    for wave, colour in enumerate(near, start=1):
        assert distance(palette.wave_colour(wave, 4), colour) < 30
        assert palette.wave_colour(wave, 4) == palette.wave_colour(wave, 3 if wave < 4 else 4)


@pytest.mark.parametrize("waves", [1, 2, 4, 7, 15])
def test_wave_colours_get_lighter_so_that_they_stay_in_order_in_black_and_white(waves):
    greys = [grey(palette.wave_colour(wave, waves)) for wave in range(1, waves + 1)]

    assert greys == sorted(greys)
    assert len(set(greys)) == waves


@pytest.mark.parametrize("waves", range(1, 16))
def test_no_wave_is_close_to_a_warning_colour(waves):
    for wave in range(1, waves + 1):
        for warning in (palette.LATE, palette.CYCLE):
            assert distance(palette.wave_colour(wave, waves), warning) > 80


@pytest.mark.parametrize("wave", [0, 5])
def test_a_wave_outside_the_plan_has_no_colour(wave):
    with pytest.raises(ValueError, match=f"wave {wave} is not between 1 and 4"):
        palette.wave_colour(wave, 4)


def test_numbers_contrast_with_every_wave():
    for wave in range(1, 12):
        colour = palette.wave_colour(wave, 11)
        assert abs(grey(colour) - grey(palette.ink_on(colour))) > 90


def parts(colour):
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(parts(one), parts(other), strict=True)) ** 0.5


def grey(colour):
    red, green, blue = parts(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
