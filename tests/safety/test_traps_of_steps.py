"""What happens to a plan of the shipped example that forgets who has to be told, to come along, or to be backed up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner import sources
from planner.model.chain import CHAINS, StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.safety.rule import Rule
from planner.safety.rules import s10_addresses, s11_backup, s16_transport, s18_external_lines
from tests.safety.estates import findings, plan

K = StepKind


@pytest.fixture(scope="module")
def city() -> Inventory:
    return sources.load(Path(__file__).parents[2] / "inventory").inventory


def chain(city: Inventory, id: str, day: date) -> tuple[Step, ...]:
    """The whole chain of one asset from noon on, with the durations of the inventory and nobody on it."""
    asset, begin, found = city.assets[id], city.clock.minute(day, 12 * 60), []
    for kind in CHAINS[asset.method]:
        minutes = asset.works[kind].duration.likely if kind in asset.works else 0
        if minutes:
            to = {id: asset.stages[0].position} if kind in (K.CARRY, K.MOUNT, K.SWITCH_OVER) else {}
            found.append(Step(f"{id}-{kind}", kind, (id,), begin, begin + minutes, to=to))
            begin += minutes
    return tuple(found)


def keys(city: Inventory, rule: Rule, done: tuple[Step, ...]) -> set[tuple[str, tuple[str, ...]]]:
    return {(key, subjects) for key, subjects, _ in findings(rule, plan(city, done))}


def test_renumbering_the_tax_forms_without_the_script_breaks_it_silently(city: Inventory) -> None:
    changed = chain(city, "zprn", date(2026, 12, 29))
    told = replace(changed[-1], id="told", kind=K.UPDATE, holder="rpa")

    assert keys(city, s10_addresses.RULE, changed) == {("s10.not_updated", ("zprn", "rpa"))}
    assert keys(city, s10_addresses.RULE, (*changed, told)) == set()


def test_the_proxy_changes_its_address_after_the_dns_has_forgotten_the_old_one(city: Inventory) -> None:
    changed = chain(city, "prx1", date(2026, 12, 29))

    assert ("s10.ttl_missing", ("prx1",)) in keys(city, s10_addresses.RULE, changed)


def test_an_array_without_a_backup_and_escorts_does_not_move(city: Inventory) -> None:
    moved = chain(city, "sanA", date(2026, 12, 30))

    assert keys(city, s11_backup.RULE, moved) == {("s11.not_backed_up", ("sanA",))}
    assert keys(city, s16_transport.RULE, moved) == {("s16.escorts", ("sanA",))}
    cold = tuple(step for step in moved if step.kind is not K.WARM_UP)
    early = tuple(replace(s, start=s.start - 15) if s.kind is K.START else s for s in cold)
    assert ("s16.warm_up", ("sanA",)) in keys(city, s16_transport.RULE, early)


def test_the_line_of_the_register_network_waits_for_its_body_its_carrier_and_its_router(city: Inventory) -> None:
    """On a Saturday in December no carrier comes; nobody of J-LIS is there, and the new router is not either."""
    found = {key for key, _ in keys(city, s18_external_lines.RULE, chain(city, "ln-juki", date(2026, 12, 19)))}

    assert found == {"s18.no_appointment", "s18.body_absent", "s18.new_end_down"}
