from planner.safety.replay import Replay
from planner.units.span import Span
from tests.safety import komachi
from tests.safety.komachi import minute


def test_the_plan_by_hand_has_the_outages_that_were_worked_out_by_hand() -> None:
    replay = Replay.of(komachi.inventory(), komachi.plan().steps())

    out = {id: [(span.start, span.end) for span in spans] for id, spans in replay.unavailable.items()}
    assert out == {
        "jumin": [(minute(9, "23:00"), minute(10, "03:00"))],
        "gw": [(minute(9, "23:00"), minute(10, "02:50"))],
        "ad": [(minute(9, "23:10"), minute(10, "02:30"))],
        "desk-shimin": [(minute(9, "23:00"), minute(10, "03:00")), (minute(16, "09:00"), minute(16, "14:20"))],
    }


def test_the_first_wave_costs_jumin_240_gw_230_and_ad_200_minutes() -> None:
    replay = Replay.of(komachi.inventory(), komachi.plan().steps())
    first = Span(minute(9, "00:00"), minute(12, "00:00"))

    assert {id: replay.unavailable[id].within(first).minutes for id in ("jumin", "gw", "ad")} == {
        "jumin": 240,
        "gw": 230,
        "ad": 200,
    }
