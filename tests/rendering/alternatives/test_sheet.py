"""The picture of plans to choose from: waves against downtime, the waves of each by date, and its numbers."""

from dataclasses import replace

from planner.plan.choice import Candidate, Choice
from planner.plan.plan import Term
from planner.rendering import typeface
from planner.rendering.alternatives import sheet
from planner.rendering.alternatives.scatter import scale_of, spots_of
from planner.rendering.diagram.description import Language
from planner.rendering.drawing import Box, Disc, Drawing, Path, Text, smallest_text
from planner.whatif.choosing import candidate
from tests.safety import weekend

PLAN = weekend.plan()


def of(id: str, waves: int, downtime: int, *, bridge: int, inside: int = 0) -> Candidate:
    terms = (
        Term("service_minutes", 100 * inside, 0, "trivial", first=True),
        Term("outage_minutes", 100 * (downtime - inside), 0, "trivial"),
        Term("waves", 24_000 * waves, 0, "one"),
        Term("bridge_sum", 60 * bridge, 0, "trivial"),
        Term("bridge_peak", 300, 0, "trivial"),
        Term("person_hours", 2_000, 0, "crew"),
        Term("end_day", 900, 0, "earliest"),
    )
    return candidate(id, replace(PLAN, waves=PLAN.waves * waves, objective=terms))


CHOICE = Choice(
    (
        of("plan", 2, 400, bridge=40),
        of("waves-1", 1, 600, bridge=10, inside=30),
        of("least-downtime", 3, 300, bridge=90),
        of("least-bridge", 2, 404, bridge=40),
    )
)


def drawn(language: Language = "ja") -> Drawing:
    return sheet(CHOICE, language)


def texts(language: Language = "ja") -> list[str]:
    return [shape.text for shape in drawn(language).shapes if isinstance(shape, Text)]


def test_plans_with_fewer_waves_stand_lower_and_those_with_less_outage_further_left() -> None:
    plan, fewer, calmer, _ = sorted(spots_of(CHOICE.offered, 1000, 400), key=lambda spot: spot.number)

    assert calmer.y < plan.y < fewer.y
    assert calmer.x < plan.x < fewer.x


def test_the_area_of_a_disc_is_the_time_across_the_bridge() -> None:
    plan, _, calmer, _ = sorted(spots_of(CHOICE.offered, 1000, 400), key=lambda spot: spot.number)

    assert abs((plan.radius / calmer.radius) ** 2 - 40 / 90) < 0.001


def test_no_disc_covers_another_and_one_that_gave_way_is_tied_to_its_place() -> None:
    spots = spots_of(CHOICE.offered, 1000, 400)
    plan, near = (next(spot for spot in spots if spot.number == n) for n in (1, 4))

    assert near.x - plan.x >= near.radius + plan.radius
    assert [spot.number for spot in spots if spot.moved] == [4]
    ties = [shape for shape in drawn().shapes if isinstance(shape, Path) and shape.tag == "moved"]
    assert len(ties) == 1


def test_outage_in_service_hours_is_orange_in_the_picture_and_in_the_row() -> None:
    discs = [shape for shape in drawn().shapes if isinstance(shape, Disc) and shape.tag == "plan:waves-1"]

    assert [disc.fill for disc in discs] == ["#D9480F", "#D9480F"]


def test_the_longest_bar_of_a_column_is_that_of_the_greatest_number() -> None:
    bars = {
        shape.tag: shape.width for shape in drawn().shapes if isinstance(shape, Box) and shape.tag.startswith("bar:")
    }

    assert abs(bars["bar:downtime:plan"] / bars["bar:downtime:waves-1"] - 400 / 600) < 0.001
    assert bars["bar:bridge_sum:least-downtime"] == max(bars.values())


def test_the_best_of_a_column_is_bold_and_what_is_given_up_stands_below_the_name() -> None:
    bold = [shape.text for shape in drawn().shapes if isinstance(shape, Text) and shape.bold]

    assert {"300", "10"} <= set(bold)
    assert "600" not in bold
    assert (
        "得るもの: 波 -1、仮設回線を通る通信 -30 件x時間"
        " / 失うもの: 業務時間内の停止 +30 分x重要度、停止の合計 +200 分x重要度" in texts()
    )
    assert {"the plan", "waves limited to 1", "least downtime", "waves: 1"} <= set(texts("en"))


def test_the_remark_says_what_is_left_out_and_that_the_plan_itself_never_is() -> None:
    assert any("劣る点があってまさる点のないものは外した (方針の重みによる計画は残す)" in text for text in texts())
    assert any("better in nothing is left out, except the plan by the policy's weights" in text for text in texts("en"))


def test_the_legend_says_that_waves_gave_way_where_some_did() -> None:
    """All waves of the choice have one date; one by itself stands there."""
    alone = [shape.text for shape in sheet(Choice(CHOICE.offered[1:2]), "ja").shapes if isinstance(shape, Text)]

    assert "波 (日付で重なるものは横へずらした)" in texts()
    assert "波 (日付で重なるものは横へずらした)" not in alone
    assert "a wave (moved beside its date where others are in its way)" in texts("en")


def test_a_plan_with_more_outage_in_service_hours_than_the_bound_has_no_gap_and_the_legend_says_why() -> None:
    assert texts("en").count("-") == 2
    assert "more outage in service hours than the bound: the sum does not tell the gap" in texts("en")
    assert texts("en").count("100%") == 3


def test_nothing_is_too_small_to_be_read_and_all_of_it_is_on_the_sheet() -> None:
    for language in ("ja", "en"):
        drawing = drawn(language)  # type: ignore[arg-type]
        assert smallest_text(drawing.shapes) >= 7.5
        for shape in drawing.shapes:
            if isinstance(shape, Box):
                assert shape.x >= 0
                assert shape.x + shape.width <= drawing.width
                assert shape.y + shape.height <= drawing.height
            if isinstance(shape, Text):
                long = typeface.width(shape.text, shape.size, bold=shape.bold)
                begin = shape.x - {"left": 0.0, "middle": long / 2, "right": long}[shape.anchor]
                assert begin >= 0, shape.text
                assert begin + long <= drawing.width, shape.text


def test_the_axis_holds_all_values_with_round_ticks() -> None:
    assert scale_of([300.0, 600.0]) == (200.0, 700.0, 100.0)
    assert scale_of([880.0, 880.0]) == (860.0, 900.0, 20.0)
    assert scale_of([0.0]) == (0.0, 0.2, 0.2)
