"""What no trip takes is told beforehand, and only that: each is what the verifier says of a plan that carries it."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.model.inventory import Inventory
from planner.model.policy import Policy, Waiver
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.pipeline.plan import make
from planner.plan.refusal import Refusal
from planner.plan.wording import cure, word
from planner.scheduling.options import Options
from planner.scheduling.unportable import unportable
from planner.sources import load
from planner.units.progress import silent
from tests.cli.small import SMALL, written
from tests.scheduling.estate import box, estate

LIFT = Conveyance("lift", "lift", ConveyanceKind.ELEVATOR, 100.0, (60.0, 200.0))


def town(lift: Conveyance = LIFT, *, between: tuple[str, str] = ("old", "new"), **facts: object) -> Inventory:
    """One box that is carried from room to room, on a way that leads by the lift."""
    given: dict[str, object] = {"kg": 120.0, "height": 2, **facts}
    route = Route(between, ("lift",), 5)
    return estate([box("db", to="new", **given)], conveyances={"lift": lift}, routes=(route,))


def keys(inventory: Inventory) -> list[str]:
    return [reason.key for reason in unportable(inventory)]


def test_what_is_heavier_than_the_lift_on_its_way_carries_cannot_be_carried() -> None:
    (reason,) = unportable(town())

    assert reason.key == "fact_too_heavy_to_carry"
    assert reason.facts == ("conveyances.lift.max_kg", "assets.db.kg", "routes.0")
    assert word(reason, "en") == "db (120 kg) is heavier than the 100 kg that lift carries between its rooms"
    assert word(reason, "ja") != cure(reason, "ja")


def test_what_is_larger_than_the_opening_both_ways_round_cannot_be_carried() -> None:
    narrow = replace(LIFT, door_cm=(45.0, 200.0))

    assert keys(town(narrow, kg=1.0, height=11)) == ["fact_too_large_to_carry"]
    assert keys(town(narrow, kg=1.0, height=10)) == []  # 44 cm high: it goes through on its side


@pytest.mark.parametrize(
    "inventory",
    [
        town(kg=100.0),
        town(kg=None),
        town(replace(LIFT, max_kg=None)),
        town(between=("old", "elsewhere")),
        replace(town(), policy=Policy(waivers=(Waiver("S16", frozenset({"db"}), "by crane", "lead"),))),
    ],
    ids=["as heavy as it carries", "of unknown weight", "an unknown limit", "another way", "waived"],
)
def test_what_may_be_carried_is_not_told(inventory: Inventory) -> None:
    assert keys(inventory) == []


def test_there_is_no_plan_that_carries_it_and_one_as_soon_as_the_lift_bears_it(tmp_path: Path) -> None:
    route = "routes: [{between: [old, new], by: [lift], minutes: 5m}]\n"
    lift = f"conveyances: [{{id: lift, kind: elevator, max_kg: 50}}]\n{route}"
    text = SMALL.replace("needs: ad1", "needs: ad1, budget: 8h").replace("u: 2", "u: 2, kg: 51") + lift

    def answer(name: str, text: str) -> object:
        return make(load(written(tmp_path / name, text)).inventory, Options(0.1), silent, lambda: False)

    refused = answer("heavy", text)
    assert isinstance(refused, Refusal)
    assert [reason.key for reason in refused.reasons] == ["fact_too_heavy_to_carry"]
    assert not isinstance(answer("light", text.replace("max_kg: 50", "max_kg: 51")), Refusal)
