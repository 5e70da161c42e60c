"""The picture of single failures: a row for each that hurts, bars in proportion, everything on the sheet."""

from dataclasses import replace

import pytest

from planner.model.system import Criticality
from planner.plan.contingency import Case, Contingencies, Cover, CoverKind, Failure, Loss, Obstacle, Reaction
from planner.plan.plan import Plan
from planner.rendering import canvas, palette, typeface
from planner.rendering.contingency import sheet
from planner.rendering.contingency.sheet import COLOURS, ROWS
from planner.rendering.diagram.description import Language
from planner.rendering.drawing import Box, Drawing, Text, smallest_text
from planner.rendering.timechart.lettering import LEGIBLE
from tests.safety import weekend
from tests.safety.weekend import at

PLAN = weekend.plan()
AT = at("10 01:20")


def lost(minutes: int, subject: str = "db", **more: object) -> Case:
    """A server that costs the register so many minutes of criticality A."""
    losses = (Loss("reg", at("10 06:30"), minutes, 4 * minutes, at_opening=True, cause=(subject, "reg")),)
    facts: dict[str, object] = {"losses": losses if minutes else (), "rollback": True, "deadline": AT, **more}
    return Case(Failure.ASSET, subject, "w1", "db/check", AT, Reaction.TURN_BACK, **facts)


def drawn(*cases: Case, plan: Plan = PLAN, language: Language = "en") -> Drawing:
    return sheet(plan, Contingencies(cases, 1440, (30,)), language)


def texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


def bars(drawing: Drawing) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.stroke == palette.PAPER]


def test_a_row_tells_what_fails_what_is_lost_what_is_done_and_what_covers_it() -> None:
    fallback = Cover(CoverKind.FALLBACK, subject="reg", text="paper")

    found = texts(drawn(lost(990, covers=(fallback,))))
    for text in ("1", "w1", "db does not come up again", "3,960  (990 min)", "reg", "reg: paper"):
        assert text in found
    assert "turn back  (in time)" in found


def test_bars_are_as_long_as_what_is_lost() -> None:
    long, short = bars(drawn(lost(400), lost(100, "web1")))

    assert long.width == pytest.approx(4 * short.width)
    assert long.fill == short.fill == COLOURS["A"]


def test_a_bar_is_stacked_by_criticality_the_most_critical_first() -> None:
    web = replace(PLAN.inventory.systems["web"], criticality=Criticality.S)
    plan = replace(PLAN, inventory=replace(PLAN.inventory, systems={**PLAN.inventory.systems, "web": web}))
    both = (*lost(100).losses, Loss("web", AT, 50, 400, at_opening=False))

    critical, other = bars(drawn(replace(lost(100), losses=both), plan=plan))
    assert (critical.fill, other.fill) == (COLOURS["S"], COLOURS["A"])
    assert critical.width == pytest.approx(other.width)
    assert other.x == pytest.approx(critical.x + critical.width)


def test_harmless_failures_are_counted_and_not_drawn() -> None:
    harmless = Case(Failure.STEP, "db/check", "w1", "db/check", AT, Reaction.CARRY_ON, late=30)

    drawing = drawn(lost(10), harmless)
    assert len([box for box in drawing.shapes if isinstance(box, Box) and box.tag.startswith("case:")]) == 1
    assert any(text.endswith("not shown: 0 that hurt, 1 that do not") for text in texts(drawing))


def test_a_failure_without_a_way_back_is_orange_and_explained() -> None:
    drawing = drawn(replace(lost(10), reaction=Reaction.CARRY_ON, rollback=False))

    (told,) = [s for s in drawing.shapes if isinstance(s, Text) and s.text.startswith("carry on")]
    assert told.colour == palette.LATE
    assert "the plan has no way back from there, or it is too late" in texts(drawing)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_more_failures_than_rows_stay_on_the_sheet_and_legible(language: Language) -> None:
    drawing = drawn(*(lost(1000 - n, "web1") for n in range(ROWS + 7)), language=language)

    assert len(bars(drawing)) == ROWS
    assert any("7" in text and "|" in text for text in texts(drawing))
    assert smallest_text(drawing.shapes) >= LEGIBLE - 1
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            width = typeface.width(shape.text, shape.size, bold=shape.bold)
            left = {"left": shape.x, "middle": shape.x - width / 2, "right": shape.x - width}[shape.anchor]
            assert left >= 0, shape
            assert left + width <= drawing.width, shape
            assert 0 < shape.y < drawing.height, shape


def test_nothing_that_hurts_is_said_in_words() -> None:
    assert "no single failure costs service or puts a wave off" in texts(drawn())


def test_the_same_failures_give_the_same_bytes() -> None:
    one, other = (canvas.picture(drawn(lost(990), lost(10, "web1")), "svg") for _ in range(2))

    assert one == other


def test_teams_without_whom_a_wave_is_put_off_are_on_the_sheet_with_their_rank() -> None:
    put_off = Case(
        *(Failure.TEAM, "ict", "w1", "db/stop", AT, Reaction.NOT_BEGUN), missing="ict/1", obstacle=Obstacle.NOBODY
    )

    found = texts(drawn(*(lost(1000 - n, "web1") for n in range(ROWS + 7)), put_off))
    assert "ict: one person less (ict/1)" in found
    assert "put off: nobody else can do db/stop" in found
    assert str(ROWS + 8) in found
    assert str(ROWS) not in found
