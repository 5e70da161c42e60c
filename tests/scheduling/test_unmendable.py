"""What no plan mends is told before any is drafted; what some plan mends, or the policy allows, is not."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from planner.model import canonical
from planner.model.asset import Application, Asset, Backup, Stage, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.people import Contract
from planner.model.place import Position
from planner.model.policy import Severity, SeverityChoice, Waiver
from planner.pipeline.load import load_inventory
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.plan.wording import cure, word
from planner.safety.verify import verify
from planner.scheduling.schedule import schedule
from planner.scheduling.unmendable import undecidable, unmendable
from planner.units.duration import Duration
from planner.units.span import Span
from tests.cli.small import SMALL, written
from tests.safety import weekend
from tests.safety.weekend import at

K = StepKind
AD, DB = (
    "{id: ad1, name: 認証サーバー, at: O1/10, to: N1/10",
    "{id: db1, name: 住基サーバー, at: O1/20, u: 2, to: N1/20",
)
CARRIED = "backup: {max_age: 1d, restore_tested: 2026-09-20, copies: [vault]}"
VAULT = ("{id: old, name: 旧電算室", "{id: vault, name: 保管庫, kind: vault}, {id: old, name: 旧電算室")
TEAM = "teams: [{id: ict"
MAKER = "{id: maker, name: メーカー, people: 1, contract: {from: 2026-10-01, last_day: 2026-10-02}}"
ONWARDS = "last_day: 2027-12-31"
WEEKDAYS = MAKER.replace("last_day: 2026-10-02", f"{ONWARDS}, closed_days: false")
STARTING = MAKER.replace("last_day: 2026-10-02", f"{ONWARDS}, kinds: [start]")
RUNS_ON, EITHER = "runs_on: db1, needs: ad1", "runs_on: {at_least: 1, of: [ad1, db1]}"
TWO_RACKS = [
    (RUNS_ON, EITHER),
    (AD, AD.replace("N1/10", "N2/10")),
    ("{id: N1, room: new}", "{id: N1, room: new, feeds: [c1]}, {id: N2, room: new}"),
    ("servers:\n", "circuits: [{id: c1, room: new, volts: 100, amps: 10}]\nservers:\n"),
]

IMPOSSIBLE: dict[str, tuple[list[tuple[str, str]], str, tuple[str, ...]]] = {
    "not filed": ([(AD, f"{AD}, application: {{filed: 2026-08-01}}")], "fact_not_accepted", ("ad1",)),
    "accepted later": (
        [(AD, f"{AD}, application: {{filed: 2026-08-01, accepted: 2026-09-02}}")],
        "fact_not_accepted",
        ("ad1",),
    ),
    "no backup": ([(DB, f"{DB}, stateful: true")], "fact_no_backup", ("db1",)),
    "restore tested long ago": (
        [(DB, f"{DB}, {CARRIED.replace('2026-09-20', '2026-06-30')}"), VAULT],
        "fact_restore_test",
        ("db1",),
    ),
    "restore to be tested too late": (
        [(DB, f"{DB}, {CARRIED.replace('2026-09-20', '2026-12-24')}"), VAULT],
        "fact_restore_test",
        ("db1",),
    ),
    "copies in the old room": ([(DB, f"{DB}, {CARRIED.replace('vault', 'old')}")], "fact_copy_beside", ("db1",)),
    "copies in the new room": ([(DB, f"{DB}, {CARRIED.replace('vault', 'new')}")], "fact_copy_beside", ("db1",)),
    "slow to read": (
        [(DB, f"{DB}, {CARRIED.replace('max_age: 1d', 'steps: {verify: 30h}, max_age: 1d')}"), VAULT],
        "fact_backup_too_slow",
        ("db1",),
    ),
    "a switch-over of no length": (
        [(TEAM, "lines: [{id: l1, at: old, to: new, steps: {switch_over: 0m}}]\nteams: [{id: ict")],
        "fact_takes_no_time",
        ("l1",),
    ),
    "one unit": ([(AD, AD.replace("N1/10", "N1/21"))], "fact_same_unit", ("ad1", "db1", "N1")),
    "a heavy rack": (
        [(AD, f"{AD}, kg: 60"), (DB, f"{DB}, kg: 50"), ("{id: N1, room: new}", "{id: N1, room: new, max_kg: 100}")],
        "fact_over_limit",
        ("N1",),
    ),
    "a warm room": (
        [(AD, f"{AD}, va: 700"), (DB, f"{DB}, va: 400"), ("opens: 2026-10-10", "opens: 2026-10-10, cooling_kw: 1")],
        "fact_over_limit",
        ("new",),
    ),
    "a small circuit": (
        [
            (AD, f"{AD}, va: 700"),
            (DB, f"{DB}, va: 400"),
            ("{id: N1, room: new}", "{id: N1, room: new, feeds: [c1]}"),
            ("servers:", "circuits: [{id: c1, room: new, volts: 100, amps: 10}]\nservers:"),
        ],
        "fact_over_limit",
        ("c1", "new"),
    ),
    "both halves in one rack": ([(RUNS_ON, EITHER)], "fact_shared_fate", ("N1", "ad1", "db1")),
    "both halves on one circuit": (
        [*TWO_RACKS, ("{id: N2, room: new}", "{id: N2, room: new, feeds: [c1]}")],
        "fact_shared_fate",
        ("c1", "ad1", "db1"),
    ),
    "both halves on one UPS": (
        [
            *TWO_RACKS,
            ("{id: N2, room: new}", "{id: N2, room: new, feeds: [c2]}"),
            ("amps: 10}", "amps: 10, ups: u1}, {id: c2, room: new, volts: 100, amps: 10, ups: u1}"),
            ("servers:\n", "power: [{id: u1, at: N1/30}]\nservers:\n"),
        ],
        "fact_shared_fate",
        ("u1", "ad1", "db1"),
    ),
    "a body whose contract has ended": (
        [(AD, f"{AD}, handled_by: maker"), (TEAM, f"teams: [{MAKER}, {{id: ict")],
        "fact_team_never_there",
        ("maker", "ad1"),
    ),
    "a body that comes on weekdays": (
        [
            (AD, f"{AD}, handled_by: maker"),
            (TEAM, f"teams: [{WEEKDAYS}, {{id: ict"),
        ],
        "fact_team_never_there",
        ("maker", "ad1"),
    ),
    "a body whose contract does not name the work": (
        [
            (AD, f"{AD}, handled_by: maker"),
            (TEAM, f"teams: [{STARTING}, {{id: ict"),
        ],
        "fact_kind_not_in_contract",
        ("maker", "ad1"),
    ),
    "a team that is too small": (
        [(AD, f"{AD}, crew: {{check: maker*2}}"), (TEAM, f"teams: [{MAKER}, {{id: ict")],
        "fact_team_too_small",
        ("maker", "ad1"),
    ),
    "a step longer than any window": (
        [(AD, f"{AD}, steps: {{carry: 13h}}")], "fact_no_window", ("ad1",)
    ),
    "an asset bound to days without a window": (
        [(AD, f"{AD}, not_before: 2026-11-29")], "fact_no_window", ("ad1",)
    ),
    "an outage longer than any window": (
        [(DB, f"{DB}, steps: {{unmount: 5h, carry: 5h, mount: 5h}}")], "fact_window_too_short", ("jumin", "db1")
    ),
    "an outage longer than the clock allows": (
        [("needs: ad1", "longest_elapsed: 1h, needs: ad1")], "fact_outage_too_long", ("jumin", "ad1")
    ),
    "an outage that is not within the budget": (
        [("budget: 10h", "budget: 1h")], "fact_outage_over_budget", ("jumin", "ad1")
    ),
    "an outage longer than one may be": (
        [("needs: ad1", "longest: 1h, needs: ad1")], "fact_outage_over_budget", ("jumin", "ad1")
    ),
}  # fmt: skip


def changed(folder: Path, changes: Iterable[tuple[str, str]]) -> Inventory:
    text = SMALL.replace("needs: ad1", "needs: ad1, budget: 10h")  # else its outage alone leaves no plan
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_inventory(written(folder, text)).inventory


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_a_fact_that_no_plan_mends_ends_planning_with_its_reason(tmp_path: Path, case: str) -> None:
    changes, key, subjects = IMPOSSIBLE[case]
    answer = schedule(changed(tmp_path, changes))

    assert isinstance(answer, Refusal)
    assert answer.kind is RefusalKind.IMPOSSIBLE
    assert (key, subjects) in {(reason.key, reason.subjects) for reason in answer.reasons}
    for reason in answer.reasons:
        assert all(reason.subjects[0] in word(reason, lang) and cure(reason, lang) for lang in ("ja", "en"))
        assert reason.facts


def test_all_such_facts_are_told_at_once(tmp_path: Path) -> None:
    changes = [
        (AD, f"{AD.replace('N1/10', 'N1/21')}, application: {{filed: 2026-08-01}}"),
        (DB, f"{DB}, stateful: true"),
    ]
    found = unmendable(changed(tmp_path, changes))

    assert [reason.key for reason in found] == ["fact_not_accepted", "fact_no_backup", "fact_same_unit"]


def test_a_team_that_never_comes_is_told_once_for_all_that_it_works_on(tmp_path: Path) -> None:
    changes = [
        (AD, f"{AD}, handled_by: maker"),
        (DB, f"{DB}, handled_by: maker"),
        (TEAM, f"teams: [{MAKER}, {{id: ict"),
    ]
    (found,) = unmendable(changed(tmp_path, changes))

    assert found.subjects == ("maker", "ad1", "db1")


MENDABLE: dict[str, list[tuple[str, str]]] = {
    "nothing": [],
    "accepted today": [(AD, f"{AD}, application: {{filed: 2026-08-01, accepted: 2026-09-01}}")],
    "not accepted, not touched": [
        (AD, "{id: ad1, name: 認証サーバー, at: O1/10, application: {filed: 2026-08-01}")
    ],
    "an appointment": [(DB, f"{DB}, {CARRIED.replace('2026-09-20', '2026-11-28')}"), VAULT],
    "copies in both rooms": [(DB, f"{DB}, {CARRIED.replace('[vault]', '[old, new]')}")],
    "one unit after the other": [(AD, AD.replace("O1/10, to: N1/10", "N1/20, to: O1/20"))],
    "halves in two racks": TWO_RACKS,
    "no criteria, which people may write into the plan": [(AD, f"{AD}, irreversible: [start]")],
    "data of a server that stays": [(DB, "{id: db1, name: 住基サーバー, at: O1/20, u: 2, stateful: true")],
    "an outage within the budget": [("budget: 10h", "budget: 3h")],
    "an outage outside service hours": [
        ("budget: 10h", "budget: 0m, hours: office"),
        ("  country: JP", "  hours: {office: weekdays 08:30-17:15}\n  country: JP"),
    ],
    "a step as long as a window": [(AD, f"{AD}, steps: {{carry: 12h}}"), ("needs: ad1, ", "")],
    "a body that is there": [
        (AD, f"{AD}, handled_by: maker"),
        (TEAM, f"teams: [{MAKER.replace('2026-10-02', '2026-10-10')}, {{id: ict"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", MENDABLE)
def test_what_some_plan_mends_is_no_such_fact(tmp_path: Path, case: str) -> None:
    assert unmendable(changed(tmp_path, MENDABLE[case])) == ()


def test_without_criteria_for_what_cannot_be_undone_no_plan_is_made(tmp_path: Path) -> None:
    irreversible = (AD, f"{AD}, irreversible: [start]")
    answer = schedule(changed(tmp_path, [irreversible]))
    assert isinstance(answer, Refusal)
    assert (answer.kind, [reason.key for reason in answer.reasons]) == (RefusalKind.NOT_FOUND, ["fact_no_criteria"])
    criteria = (TEAM, "policy: {criteria: [everything answers]}\nteams: [{id: ict")
    assert list(undecidable(changed(tmp_path, [irreversible, criteria]))) == []


RULES = {
    "fact_shared_fate": "S05",
    "fact_not_accepted": "S18",
    "fact_no_backup": "S11",
    "fact_restore_test": "S11",
    "fact_copy_beside": "S11",
    "fact_backup_too_slow": "S11",
    "fact_takes_no_time": "S18",
    "fact_same_unit": "S17",
    "fact_over_limit": "S17",
    "fact_team_never_there": "S15",
    "fact_kind_not_in_contract": "S15",
    "fact_team_too_small": "S15",
    "fact_no_window": "S12",
    "fact_window_too_short": "S23",
    "fact_outage_too_long": "S02",
    "fact_outage_over_budget": "S02",
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_a_rule_that_is_a_warning_refuses_nothing(tmp_path: Path, case: str) -> None:
    changes, key, _ = IMPOSSIBLE[case]
    inventory = changed(tmp_path, changes)
    lenient = {RULES[key]: SeverityChoice(Severity.WARNING, "decided")}
    policy = replace(inventory.policy, severities=lenient)

    assert key not in {reason.key for reason in unmendable(replace(inventory, policy=policy))}


def test_what_is_waived_for_an_asset_is_not_held_against_it(tmp_path: Path) -> None:
    inventory = changed(tmp_path, IMPOSSIBLE["no backup"][0])
    waiver = Waiver("S11", frozenset({"db1"}), "a copy of other data", "lead")

    assert unmendable(replace(inventory, policy=replace(inventory.policy, waivers=(waiver,)))) == ()
    other = replace(waiver, assets=frozenset({"ad1"}))
    assert unmendable(replace(inventory, policy=replace(inventory.policy, waivers=(other,)))) != ()


def judged(town: Inventory) -> tuple[tuple[Reason, ...], set[str]]:
    """What is held against every plan, and by which rules the plan made by hand fails with these facts."""
    plan = replace(weekend.plan(), inventory=town, inventory_hash=canonical.digest(town))
    return unmendable(town), {finding.rule for finding in verify(town, plan).failures}


def with_db(**facts: object) -> Inventory:
    town = weekend.inventory()
    db: Asset = replace(town.assets["db"], **facts)  # type: ignore[arg-type]
    return replace(town, assets={**town.assets, "db": db})


def beside_each_other() -> Inventory:
    """The weekend with a place in the same rack for both web servers; the plan puts them there."""
    town = weekend.inventory()
    webs = {id: replace(town.assets[id], stages=(Stage(Position("new", "N1", unit)),)) for id, unit in WEBS.items()}
    return replace(town, assets={**town.assets, **webs})


WEBS = {"web1": 10, "web2": 12}


def with_contract(contract: Contract) -> Inventory:
    town = weekend.inventory()
    return replace(town, teams={"ict": replace(town.teams["ict"], contract=contract)})


BACKUP = Backup(Work(Duration.fixed(60)), 600, at("1 00:00"), ("branch",), Work(Duration.fixed(60)))


@pytest.mark.parametrize(
    ("town", "rule"),
    [
        (with_db(application=Application()), "S18"),
        (with_db(stateful=True), "S11"),
        (with_db(stateful=True, backup=replace(BACKUP, restore_tested=at("31 00:00"))), "S11"),
        (with_db(stateful=True, backup=replace(BACKUP, copies=("new",))), "S11"),
        (with_db(kg=900.0, stages=(Stage(Position("new", "N1", 14)),)), "S17"),
        (with_db(va=9000), "S17"),
        (with_contract(Contract(covers=Span(at("12 00:00"), at("14 00:00")))), "S15"),
        (with_contract(Contract(closed_days=False)), "S15"),
        (with_contract(Contract(kinds=frozenset({"start"}))), "S15"),
    ],
)
def test_a_plan_that_was_safe_fails_by_the_rule_of_each_such_fact(town: Inventory, rule: str) -> None:
    assert judged(weekend.inventory()) == ((), set())
    reasons, rules = judged(town)

    assert reasons
    assert rule in rules
