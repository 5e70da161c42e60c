"""No inventory is refused beforehand for which there is a plan that the verifier accepts."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from planner.model import canonical
from planner.model.asset import Application, AssetKind, Backup, Stage, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.people import Contract
from planner.model.policy import Severity, SeverityChoice, Waiver
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.safety.verify import verify
from planner.scheduling.unmendable import unmendable
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety import weekend
from tests.safety.weekend import CLOCK, at, within

K = StepKind
HOUR = Work(Duration.fixed(60))
SAVED = (
    Step("db/back_up", K.BACK_UP, ("db",), at("9 20:00"), at("9 21:00")),
    Step("db/verify", K.VERIFY, ("db",), at("9 21:00"), at("9 22:00")),
)
RULES = ("S05", "S11", "S12", "S15", "S17", "S18", "S21", "S22")
Change = Callable[[random.Random, Inventory], Inventory]


def town() -> Inventory:
    """The weekend with data on the register's server, and the places of the plan declared."""
    found = weekend.inventory()
    backup = Backup(HOUR, 600, at("1 00:00"), ("branch",), HOUR)
    saved = replace(found.assets["db"], stateful=True, backup=backup)
    declared = {
        id: replace(asset, stages=(Stage(within("new", id)),)) if asset.stages else asset
        for id, asset in {**found.assets, "db": saved}.items()
    }
    return replace(found, assets=declared)


def plan_of(inventory: Inventory) -> Plan:
    return replace(weekend.plan(), inventory=inventory, inventory_hash=canonical.digest(inventory), preparation=SAVED)


def with_db(inventory: Inventory, **facts: object) -> Inventory:
    db = replace(inventory.assets["db"], **facts)  # type: ignore[arg-type]
    return replace(inventory, assets={**inventory.assets, "db": db})


def some_day(chance: random.Random) -> int:
    return CLOCK.minute(date.fromordinal(date(2026, 8, 31).toordinal() + chance.randint(-3, 160)))


def applied(chance: random.Random, inventory: Inventory) -> Inventory:
    accepted = chance.choice([None, some_day(chance), CLOCK.minute(inventory.project.as_of)])
    return with_db(inventory, application=Application(at("1 00:00"), accepted))


def saved(chance: random.Random, inventory: Inventory) -> Inventory:
    copies = tuple(chance.sample(["branch", "old", "new", "mon", "web1"], chance.randint(1, 2)))
    age = chance.choice([30, 90, 600])
    backup = Backup(HOUR, age, chance.choice([None, some_day(chance)]), copies, chance.choice([None, HOUR]))
    return with_db(inventory, backup=chance.choice([None, backup, backup, backup]))


def large(chance: random.Random, inventory: Inventory) -> Inventory:
    facts: dict[str, object] = {"kg": float(chance.randint(10, 600)), "va": chance.randint(100, 9500)}
    unit = chance.choice([13, 14, 15, 40])
    height = chance.choice([1, 2, 3])
    at_end = replace(within("new", "db"), unit=unit)
    return with_db(inventory, height=height, stages=(Stage(at_end),), **chance.choice([facts, {}]))


def contracted(chance: random.Random, inventory: Inventory) -> Inventory:
    covers = Span(at("1 00:00"), at("10 00:00") + chance.randint(-3000, 3000))
    kinds = frozenset(chance.sample([kind.value for kind in weekend.MINUTES], chance.randint(0, 6)))
    contract = Contract(chance.choice([None, covers]), chance.random() < 0.7, chance.random() < 0.7, kinds)
    return replace(inventory, teams={"ict": replace(inventory.teams["ict"], contract=contract)})


def away(chance: random.Random, inventory: Inventory) -> Inventory:
    team = inventory.teams["ict"]
    spans = (Span(at("9 00:00"), at("12 00:00")),)
    absent = chance.sample([1, 2, 3, 4], chance.randint(1, 4))
    people = tuple(replace(p, absent=spans) if int(p.name) in absent else p for p in team.people)
    notice, hours = chance.choice([0, 60, 131, 132, 200]), chance.choice([None, None, "office"])
    return replace(inventory, teams={"ict": replace(team, people=people, notice_days=notice, hours=hours)})


def lenient(chance: random.Random, inventory: Inventory) -> Inventory:
    chosen = chance.sample(RULES, chance.randint(1, 4))
    severities = {rule: SeverityChoice(Severity.WARNING, "decided") for rule in chosen}
    return replace(inventory, policy=replace(inventory.policy, severities=severities))


def accepted(chance: random.Random, inventory: Inventory) -> Inventory:
    named = frozenset(chance.sample(["db", "web1", "web2", "N1", "new", "new-1", "ict/1", "ict/2", "ict"], 5))
    waivers = tuple(Waiver(rule, named | {"db"}, "seen", "lead") for rule in chance.sample(RULES, 3))
    return replace(inventory, policy=replace(inventory.policy, waivers=waivers))


def powered(chance: random.Random, inventory: Inventory) -> Inventory:
    """UPSs behind the circuits of the new room: one, two, or none behind some."""
    units = {
        id: replace(inventory.assets["mon"], id=id, kind=AssetKind.UPS, at=replace(within("new", "db"), unit=unit))
        for unit, id in enumerate(("u1", "u2"), 20)
    }
    circuits = {
        id: replace(circuit, ups=chance.choice([None, "u1", "u1", "u2"])) if circuit.room == "new" else circuit
        for id, circuit in inventory.circuits.items()
    }
    return replace(inventory, assets={**inventory.assets, **units}, circuits=circuits)


CHANGES: tuple[Change, ...] = (applied, saved, large, contracted, away, lenient, accepted, powered)


def test_who_has_a_plan_that_is_safe_is_not_refused_beforehand() -> None:
    assert verify(town(), plan_of(town())).safe
    refused, safe = 0, 0
    for seed in range(60):
        chance, inventory = random.Random(seed), town()
        for change in chance.sample(CHANGES, chance.randint(1, 3)):
            inventory = change(chance, inventory)
        known = unmendable(inventory)
        refused += bool(known)
        if verify(inventory, plan_of(inventory)).safe:
            safe += 1
            assert known == (), f"seed {seed}"
    assert refused > 15
    assert safe > 7
