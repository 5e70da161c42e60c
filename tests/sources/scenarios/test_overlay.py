from pathlib import Path

import pytest

from planner.errors import Faults, render
from planner.sources import load
from planner.sources.scenarios.loading import load_scenarios, read_base, read_scenario
from planner.sources.scenarios.scenario import Scenario
from tests.sources.scenarios.conftest import BASE, Put, Refused


def edits(scenario: Scenario) -> list[tuple[str, str, str]]:
    return [(edit.path, edit.was, edit.now) for edit in scenario.edits]


@pytest.mark.parametrize(
    "text",
    [
        "change: {systems: [{id: zei, budget: 3h}]}",
        "change: {systems.zei.budget: 3h}",
        "change: {systems.zei: {budget: 3h}}",
    ],
)
def test_a_value_is_changed_by_its_record_or_by_its_way(put: Put, text: str) -> None:
    scenario = put(text)

    assert edits(scenario) == [("systems.zei.budget", "2h", "3h")]
    assert scenario.loaded.inventory.systems["zei"].budget == 180


def test_the_provenance_of_a_changed_value_is_the_scenario_and_of_the_others_the_inventory(put: Put) -> None:
    provenance = put("change: {systems: [{id: zei, budget: 3h}]}").loaded.provenance

    changed, kept = provenance["systems.zei.budget"], provenance["systems.zei.criticality"]
    assert (Path(changed.position.file).name, changed.position.line, changed.position.column) == ("late.yaml", 3, 38)
    assert changed.text == "3h"
    assert Path(kept.position.file).name == "base.yaml"


def test_a_value_that_is_not_written_yet_may_be_set(put: Put) -> None:
    scenario = put("change: {policy.staff.rest: 12h, rooms.old.last_day: 2027-02-20}")

    assert edits(scenario) == [("policy.staff.rest", "", "12h"), ("rooms.old.last_day", "", "2027-02-20")]
    assert scenario.loaded.inventory.policy.staff.rest == 720


def test_named_records_inside_a_record_are_changed_one_by_one_and_other_lists_as_a_whole(put: Put) -> None:
    scenario = put("change: {calendar: {windows: [{id: night, end: '28:00'}]}, systems.jumin.needs: [db1]}")

    assert edits(scenario)[0] == ("calendar.windows.night.end", "29:00", "28:00")
    assert [pattern.start for pattern in scenario.loaded.inventory.timetable.windows] == [22 * 60]
    assert len(scenario.loaded.inventory.systems["jumin"].needs) == 1


def test_records_and_values_are_added_as_one_more_file_would_do(put: Put) -> None:
    scenario = put("add: {teams: [{id: vx, people: 2}], calendar: {blackouts: [{tag: vote, days: [2027-01-10]}]}}")

    assert [path for path, _, _ in edits(scenario)] == ["teams.vx", "calendar.blackouts"]
    assert [blackout.tag for blackout in scenario.loaded.inventory.timetable.blackouts] == ["tax", "vote"]
    assert len(scenario.loaded.inventory.teams["vx"].people) == 2


def test_records_and_values_are_taken_away_by_their_way(put: Put) -> None:
    scenario = put("remove: [systems.zei.budget, systems.zei.blackouts, calendar.blackouts.tax, systems.jumin.needs.1]")

    inventory = scenario.loaded.inventory
    assert [now for _, _, now in edits(scenario)] == ["", "", "", ""]
    assert inventory.systems["zei"].budget == 0
    assert inventory.timetable.blackouts == ()
    assert len(inventory.systems["jumin"].needs) == 1


def test_what_goes_is_counted_before_any_of_it_goes(put: Put) -> None:
    scenario = put("remove: [systems.jumin.needs.0, systems.jumin.needs.1, systems.jumin.needs]")

    assert scenario.loaded.inventory.systems["jumin"].needs == ()
    two = put("remove: [servers.ap3, servers.zap]\nchange: {systems.zei.runs_on: db1, servers.ap2.replaces: ap1}")
    assert {"ap3", "zap"} & two.loaded.inventory.assets.keys() == set()
    assert {"db1", "ap1", "ap2"} <= two.loaded.inventory.assets.keys()


def test_assets_are_found_whatever_key_they_stand_under(put: Put) -> None:
    assert put("change: {assets.db1.fragile: true}").loaded.inventory.assets["db1"].fragile


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("change: {systems: [{id: zie, budget: 3h}]}", [("E301", 1, 25)]),
        ("change: {systems: [{id: db1, budget: 3h}]}", [("E301", 1, 25)]),
        ("change: {systems.zie.budget: 3h}", [("E310", 1, 10)]),
        ("change: {systems.zei.budgte: 3h}", [("E201", 1, 10)]),
        ("change: {systems.zei.budget: 2h}", [("E312", 1, 30)]),
        ("change: {systems: [{id: zei}]}", [("E312", 1, 21)]),
        ("change: {systems.zei.budget: three}", [("E409", 1, 30)]),
        ("change: {sistems: []}", [("E201", 1, 10)]),
        ("change: {waivers: []}", [("E310", 1, 19)]),
        ("change: {calendar: {windows: [{id: nite, end: '28:00'}]}}", [("E310", 1, 32)]),
        ("change: {rooms.new.opens: soon}\nopens: [{room: new, days_later: 3}]", [("E405", 1, 27)]),
        ("change: []", [("E203", 1, 9)]),
        ("add: {teams: [{id: va, people: 2}]}", [("E207", 1, 20)]),
        ("add: {project: {id: x}}", [("E106", 1, 17)]),
        ("remove: [systems.zei.bugdet]", [("E310", 1, 10)]),
        ("remove: systems", [("E310", 1, 9)]),
        ("chnage: {}", [("E201", 1, 1)]),
        ("change:", [("E213", 1, 1)]),
        ("change: {servers.db1.password: x}", [("E209", 1, 10)]),
        ("change: {systems.: {id: zei}, policy.margin: 45m}", [("E310", 1, 10)]),
        ("change: {systems.zei.: 3h, policy.margin: 45m}", [("E310", 1, 10)]),
        ("remove: [systems.zei.]", [("E310", 1, 10)]),
        ("change: {systems: [{id: zei, budget: 120m}]}", [("E312", 1, 38)]),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands_in_the_scenario(
    refused: Refused, text: str, faults: list[tuple[str, int, int]]
) -> None:
    assert sorted(refused(text), key=lambda fault: fault[0]) == faults


def test_all_faults_of_a_scenario_are_told_at_once(refused: Refused) -> None:
    text = "opens: [{room: nwe, days_later: 3}]\nchange: {systems.zie.budget: 3h, policy.margin: long}\nremove: [foo]"

    assert [code for code, _, _ in refused(text)] == ["E301", "E310", "E409", "E310"]


def test_the_faults_of_all_scenarios_are_told_at_once_each_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    files = [tmp_path / "scenarios" / name for name in ("one.yaml", "two.yaml", "three.yaml")]
    files[0].parent.mkdir()
    for file in files[:2]:
        file.write_text("version: 2\nscenario: {titel: x}\n", encoding="utf-8")

    with pytest.raises(Faults) as caught:
        load_scenarios(tmp_path, files)

    found = [(Path(fault.file).name, fault.code) for fault in caught.value.errors]
    each = ["E212", "E201", "E202"]
    assert sorted(found) == sorted([("three.yaml", "E121"), *((f"{n}.yaml", c) for n in ("one", "two") for c in each)])
    for fault in caught.value.errors:
        assert render(fault, "ja") != render(fault, "en")


def test_a_record_that_others_name_is_not_taken_away_without_them(put: Put) -> None:
    with pytest.raises(Faults) as caught:
        put("remove: [servers.db1]")

    (fault,) = caught.value.errors
    assert (fault.key, Path(fault.file).name) == ("E301.removed", "base.yaml")
    assert [(Path(place.file).name, place.line) for place in fault.related] == [("late.yaml", 3)]


@pytest.mark.parametrize("way", ["policy.margin: 45m", "policy: {margin: 45m}"])
def test_the_way_to_a_value_leads_there_also_where_no_file_has_its_section(tmp_path: Path, way: str) -> None:
    (tmp_path / "base.yaml").write_text(BASE.replace("policy: {margin: 30m}\n", ""), encoding="utf-8")
    file = tmp_path / "scenarios" / "late.yaml"
    file.parent.mkdir()
    file.write_text(f"version: 1\nscenario: {{title: x}}\nchange: {{{way}, defaults.server.u: 3}}\n", encoding="utf-8")

    inventory = read_scenario(read_base(tmp_path), file).loaded.inventory
    assert (inventory.policy.margin, inventory.assets["db1"].height) == (45, 3)


def test_a_scenario_that_is_not_there_is_not_answered_with_an_inventory_to_begin_with(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "late.json").write_text('{"version": 1}', encoding="utf-8")
    with pytest.raises(Faults) as caught:
        load_scenarios(tmp_path, [tmp_path / "none.yaml", tmp_path / "late.json"])

    assert sorted(fault.key for fault in caught.value.errors) == ["E119.scenario", "E121.scenario"]


def test_the_inventory_itself_does_not_read_its_scenarios(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "late.yaml").write_text("version: 1\nscenario: {title: x}\n", encoding="utf-8")

    assert load(tmp_path).warnings == ()


def test_a_title_is_said_in_one_language_for_both_or_in_each(put: Put, tmp_path: Path) -> None:
    assert put("change: {policy.margin: 45m}").title == {"ja": "late", "en": "late"}


def test_the_scenario_of_the_guide_fits_the_shipped_example(tmp_path: Path) -> None:
    home = Path(__file__).parents[3] / "inventory"
    guide = (home / "README.md").read_text(encoding="utf-8").partition("## Scenarios")[2]
    file = tmp_path / "late.yaml"
    file.write_text(guide.split("```yaml\n")[1].split("```")[0].replace("[db1]", "[jdb1]"), encoding="utf-8")

    scenario = read_scenario(read_base(home), file)

    assert len(scenario.edits) > 15
    assert (scenario.dead, len(scenario.order), len(scenario.swaps)) == (("jdb1",), 2, 1)
