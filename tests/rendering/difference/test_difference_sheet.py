"""The picture of what changed: waves on two calendars, outages as bars, everything on the sheet and legible."""

from dataclasses import replace

import pytest

from planner.plan.difference import PlanDifference
from planner.plan.plan import Plan, Term
from planner.rendering import canvas, palette, typeface
from planner.rendering.diagram.description import Language
from planner.rendering.difference import sheet
from planner.rendering.drawing import Box, Drawing, Path, Text, smallest_text
from planner.rendering.timechart.lettering import LEGIBLE
from planner.units.clock import DAY
from planner.units.span import Span
from planner.whatif.difference import difference
from tests.safety import weekend

PLAN = weekend.plan()


def later(plan: Plan, days: int) -> Plan:
    """The plan, all waves and outages put off."""

    def moved(span: Span) -> Span:
        return Span(span.start + days * DAY, span.end + days * DAY)

    waves = tuple(
        replace(
            wave,
            window=moved(wave.window),
            steps=tuple(replace(s, start=s.start + days * DAY, end=s.end + days * DAY) for s in wave.steps),
            turns=tuple(replace(t, start=t.start + days * DAY, end=t.end + days * DAY) for t in wave.turns),
        )
        for wave in plan.waves
    )
    outages = tuple(replace(outage, span=moved(outage.span), computed=outage.computed + 30) for outage in plan.outages)
    return replace(plan, waves=waves, outages=outages)


def drawn(before: Plan, after: Plan, language: Language = "en") -> tuple[Drawing, PlanDifference]:
    found = difference(before, after)
    return sheet(before, after, found, language), found


def texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


def boxes(drawing: Drawing) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.tag.startswith("box:")]


def test_a_wave_that_is_put_off_stands_further_right_below_and_both_are_framed() -> None:
    drawing, _ = drawn(PLAN, later(PLAN, 28))

    above, below = boxes(drawing)[0], boxes(drawing)[len(PLAN.waves)]
    assert above.x < below.x
    assert above.y < below.y
    assert {above.stroke, below.stroke} == {palette.LATE}


def test_the_same_plan_twice_is_two_equal_calendars_joined_straight_down_and_said_to_be_equal() -> None:
    drawing, _ = drawn(PLAN, PLAN)

    half = len(PLAN.waves)
    assert [box.x for box in boxes(drawing)[:half]] == [box.x for box in boxes(drawing)[half:]]
    assert {box.stroke for box in boxes(drawing)} == {palette.INK}
    assert any(text.endswith("the two plans are equal") for text in texts(drawing))


def test_outages_are_told_with_the_minutes_before_and_after() -> None:
    drawing, found = drawn(PLAN, later(PLAN, 28))

    for outage in found.outages:
        text = f"{outage.minutes_before} → {outage.minutes_after} (+{outage.longer})"
        assert text in texts(drawing)


def test_what_goes_in_another_wave_is_a_line_with_its_name() -> None:
    """The only wave is torn in two; what is fewer goes to the new one."""
    (wave,) = PLAN.waves[:1]
    ids = [id for turn in wave.turns for id in turn.assets] or sorted({id for s in wave.steps for id in s.assets})
    stray = ids[0]
    kept = [replace(turn, assets=tuple(id for id in ids if id != stray)) for turn in wave.turns[:1]]
    gone = [replace(turn, assets=(stray,)) for turn in wave.turns[:1]]
    window = Span(wave.window.start + 28 * DAY, wave.window.end + 28 * DAY)
    other = replace(wave, id="x9", window=window, turns=tuple(gone))
    after = replace(PLAN, waves=(replace(wave, turns=tuple(kept)), other))
    drawing, found = drawn(replace(PLAN, waves=(wave,)), after)

    (asset,) = [asset for asset in found.assets if asset.other_wave]
    lines = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.tag.startswith("stray:")]
    assert (asset.subject, len(lines)) == (stray, 1)
    assert stray in texts(drawing)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_is_legible_and_on_the_sheet(language: Language) -> None:
    terms = tuple(Term(id, value, 0, "one") for id, value in (("waves", 100), ("service_minutes", 0)))
    before, after = replace(PLAN, objective=terms), replace(later(PLAN, 3), objective=terms)
    drawing, _ = drawn(before, after, language)

    assert smallest_text(drawing.shapes) >= LEGIBLE
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            length = typeface.width(shape.text, shape.size, bold=shape.bold)
            left = {"left": shape.x, "middle": shape.x - length / 2, "right": shape.x - length}[shape.anchor]
            assert left >= 0, shape
            assert left + length <= drawing.width, shape
            assert 0 <= shape.y <= drawing.height, shape


def test_the_same_difference_gives_the_same_bytes() -> None:
    first, second = (canvas.picture(drawn(PLAN, later(PLAN, 28))[0], "svg") for _ in range(2))

    assert first == second
