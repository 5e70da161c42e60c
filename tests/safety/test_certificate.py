"""The certificate counts the checks, (event, rule, subject); findings say what is not known, and by which facts."""

from functools import cache
from typing import Any

from planner.plan.finding import Verdict
from planner.safety.verify import start_state, verify
from tests.safety import komachi, weekend


@cache
def town_by_hand() -> Verdict:
    return verify(komachi.inventory(), komachi.plan())


def test_the_checks_of_a_weekend_are_counted_rule_by_rule() -> None:
    """25 moments, of 4 assets and 2 systems; 21 steps, one wave with a window, five check points, four of them due."""
    checks = verify(weekend.inventory(), weekend.plan()).certificate.checks

    moments, assets, systems, steps, waves, points = 25, 4, 2, 21, 1, 5
    assert checks == {
        "S01": moments * systems,
        "S02": systems + 1,  # one interval is out
        "S03": moments * (assets + systems),
        "S04": moments * (assets + systems),
        "S05": moments * (assets + systems),
        "S06": moments * systems,
        "S07": moments * (assets + systems),
        "S08": moments * assets,
        "S09": 0,
        "S10": 0,
        "S11": 0,
        "S12": waves + 2 * steps + systems,
        "S13": points + 4,
        "S14": waves,
        "S15": steps + 18,  # 18 steps have one person each
        "S16": 4 * 3 + 3,  # three trips, three journeys
        "S17": 32,
        "S18": steps,
        "S19": waves * (1 + 1),  # one watcher
        "S20": 8,
        "S21": 4 * (assets + systems) + 2 * steps + waves + 1,
        "S22": 0,
        "S23": 0,
    }


def test_the_checks_of_a_move_with_all_that_there_is_are_counted_rule_by_rule() -> None:
    certificate = town_by_hand().certificate

    assert certificate.events == 70
    assert [certificate.checks[f"S{n:02}"] for n in range(1, 24)] == [
        *(264, 9, 1122, 1122, 1122, 528, 1122, 1122, 132, 2),
        *(1, 148, 12, 2, 71, 40, 76, 71, 2, 42, 213, 99, 17),
    ]


def test_before_the_first_step_every_rule_on_states_judges_one_moment() -> None:
    certificate = start_state(komachi.inventory()).certificate

    assert certificate.events == 1
    assert set(certificate.checks) == {"S01", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S17"}
    assert certificate.checks["S01"] == 4


def test_what_is_not_known_is_marked_so_and_never_fails_a_plan() -> None:
    findings = town_by_hand().findings

    told = {f.key: f.unknown for f in findings}
    assert told == {key: "unknown" in key for key in told}
    assert sum(told.values()) >= 12


def test_every_fact_of_a_finding_stands_in_the_inventory() -> None:
    inventory = komachi.inventory()
    tables: dict[str, Any] = {
        name: getattr(inventory, name) for name in ("assets", "systems", "links", "racks", "rooms")
    }

    facts = [fact.split(".") for f in town_by_hand().findings for fact in f.facts]
    named = [(folder, id) for folder, id, *_ in (fact for fact in facts if len(fact) > 1) if folder in tables]
    assert len(named) > 40
    assert [(folder, id) for folder, id in named if id not in tables[folder]] == []
