from planner.rendering.timechart import sheets
from tests.rendering.estate import StepKind, box, estate, plan_of, step


def test_a_wave_has_sheets_as_a_whole_and_in_detail():
    inventory = estate(box("a", 1))
    plan = plan_of(inventory, (step(StepKind.STOP, "a"),))

    found = sheets(inventory, plan, plan.waves[0], language="ja")

    assert [(sheet.width, sheet.height) for sheet in found] == [(1190.55, 841.89)] * 2
