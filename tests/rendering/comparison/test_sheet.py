"""The picture of scenarios: the waves of every plan on one axis, what each costs, and where rules are broken."""

from datetime import date

from planner.model.inventory import Inventory, Project
from planner.model.policy import Severity
from planner.plan.comparison import Answer, Break, Comparison, Holding, Outcome, Tally, WaveTime
from planner.plan.finding import Finding
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.rendering.comparison import sheet
from planner.rendering.drawing import Box, Disc, Drawing, Text, smallest_text
from planner.units.span import Span
from tests.safety.weekend import at

HORIZON = Span(at("1 00:00"), at("28 00:00"))
INVENTORY = Inventory(Project("town", "汐見市", date(2026, 9, 1), HORIZON))


def tally(*starts: int, weighted: int) -> Tally:
    waves = tuple(WaveTime(f"W{n}", "w", start, start + 600) for n, start in enumerate(starts, 1))
    return Tally("p", waves, weighted, 0, weighted, 12, max(starts) + 600, 1000, 800, 0, 0)


BROKEN = Finding("S12", Severity.ERROR, "s12.room_closed", ("db1",), Span(at("9 08:00"), at("9 09:00")))
REFUSED = Outcome(None, Refusal(RefusalKind.NOT_FOUND, (Reason("order_not_kept", ("a", "b")),)))
FOUND = Comparison(
    tally(at("9 08:00"), at("16 08:00"), weighted=400),
    (
        Answer(
            "late",
            Holding((Break("S12", BROKEN, 3, ("db1",)),)),
            Outcome(tally(at("16 08:00"), at("23 08:00"), weighted=800)),
            REFUSED,
        ),
        Answer("fine", Holding(()), None, None),
    ),
)


def drawn() -> Drawing:
    return sheet(INVENTORY, FOUND, {"late": "遅れる", "fine": "そのまま"}, "ja")


def texts() -> list[str]:
    return [shape.text for shape in drawn().shapes if isinstance(shape, Text)]


def test_every_wave_of_every_plan_has_its_place_on_one_axis() -> None:
    waves = [shape for shape in drawn().shapes if isinstance(shape, Box) and shape.tag.startswith("wave:")]

    assert [shape.tag for shape in waves] == ["wave:W1", "wave:W2"] * 2
    assert waves[0].x < waves[1].x == waves[2].x < waves[3].x


def test_the_bar_of_an_outage_twice_as_long_is_twice_as_long() -> None:
    bars = [shape for shape in drawn().shapes if isinstance(shape, Box) and shape.fill == "#2F6B8E"]

    assert len(bars) == 2
    assert abs(bars[1].width - 2 * bars[0].width) < 0.01


def test_what_breaks_is_marked_at_its_first_instant_and_told_with_its_rules() -> None:
    marks = [shape for shape in drawn().shapes if isinstance(shape, Disc) and shape.tag == "break"]
    first = next(shape for shape in drawn().shapes if isinstance(shape, Box) and shape.tag == "wave:W1")

    assert len(marks) == 1
    assert abs(marks[0].x - first.x) < 0.01
    assert "反する規則: S12 x3" in texts()


def test_a_plan_that_holds_and_one_that_is_not_there_are_told_in_words() -> None:
    assert {"成り立つ", "計画なし: 限度までに見つからない", "late  遅れる", "fine  そのまま"} <= set(texts())


def test_nothing_is_smaller_than_can_be_read_and_all_of_it_is_on_the_sheet() -> None:
    drawing = drawn()

    assert smallest_text(drawing.shapes) >= 7.5
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Box)]
    assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in boxes)
