"""`planner whatif`: the table, the words, JSON, the picture, exit statuses."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from planner.cli import main
from planner.cli.whatif_data import as_data
from planner.cli.whatif_report import Report, lines
from planner.errors.status import ExitStatus
from planner.model.inventory import Inventory
from planner.pipeline import whatif
from planner.pipeline.plan import Planned
from planner.pipeline.verify import Verified
from planner.pipeline.whatif import Search, Study, compare
from planner.pipeline.whatif_files import write_plans
from planner.plan.comparison import Asked, Comparison, Outcome
from planner.plan.finding import Certificate, Verdict
from planner.plan.plan import Plan
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.reschedule import restated
from planner.sources.scenarios.loading import Base, read_base, read_scenario
from planner.sources.scenarios.scenario import Scenario
from planner.units.progress import silent
from planner.whatif.arrangement import arranged
from tests.whatif.town import TOWN, plan_file, plan_of, scenario, written

LATE = "opens: [{room: new, days_later: 21}]"
STATEFUL = "change: {servers: [{id: db1, stateful: true}]}"
DEAD = "dead: [db1]"
SWAP = "order: [[db1, web1]]"


@dataclass(frozen=True)
class Town:
    """The inventory of the town with its plan, and a folder for scenarios."""

    base: Base
    plan: Plan
    scenarios: Path

    @property
    def verified(self) -> Verified:
        return Verified(self.base.loaded, self.plan, Verdict((), Certificate("", 0, {}, (), {})))

    def read(self, name: str, text: str) -> Scenario:
        return read_scenario(self.base, scenario(self.scenarios, name, text))

    def asked(self, read: Sequence[Scenario], *asked: Asked, examined: bool = False) -> Comparison:
        studies = [whatif.study(each, self.plan) for each in read]
        search = Search(asked, Options(0.1), examined=examined)
        return compare(self.plan, studies, search, silent, lambda: False)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder = tmp_path_factory.mktemp("town")
    (folder / "scenarios").mkdir()
    inventory = written(folder / "inventory")
    plan_file(inventory)
    return Town(read_base(inventory), plan_of(inventory), folder / "scenarios")


@pytest.fixture(scope="module")
def report(town: Town) -> Report:
    """Everything asked of a late room and of a server that turns out to hold data."""
    read = (town.read("late", LATE), town.read("stateful", STATEFUL))
    return Report(town.verified, read, town.asked(read, *Asked, examined=True), tuple(Asked), "en")


@pytest.fixture
def run(town: Town) -> Callable[..., int]:
    """A function that runs the command on the town and its plan."""
    folder = town.scenarios.parent
    plan = str(folder / "plan.json")
    return lambda *arguments, inventory=folder / "inventory": main(
        ["whatif", str(inventory), plan, *map(str, arguments), "--jobs", "1", "--effort", "0.1"]
    )


def test_scenarios_stand_side_by_side_with_the_plan_and_each_is_told_in_words(report: Report) -> None:
    told = list(lines(report))

    assert max(cell_len(line) for line in told if "-->" not in line) <= 80
    table = told[told.index("") + 1 : told.index("late  case late") - 1]
    assert [line.split("  ")[0] for line in table if not line.startswith(" ")][2:] == [
        "late case late",
        "stateful case stat..",
    ]
    assert "  - rooms.new.opens: 2026-10-08 -> 2026-10-29  (late.yaml:3)" in told
    assert "  the plan as it is: rules broken: 4" in told
    assert any(line.startswith("    S12 2026-10-10(Sat) 08:20") for line in told)
    assert "  least change: W1 2026-10-31, W2 2026-11-07" in told


def test_a_refusal_is_told_once_with_the_line_of_the_scenario_that_is_in_the_way(report: Report) -> None:
    told = list(lines(report))

    assert any(line.startswith("  least change: none: the target state or a fact of the inventory") for line in told)
    assert f"      --> {report.scenarios[1].file}:3:40" in told
    assert "  new plan: none, for the same reasons" in told


def test_a_refusal_is_told_with_the_smallest_conflict_and_the_nearest_change_that_makes_a_plan(report: Report) -> None:
    told = list(lines(report))
    scenario = report.scenarios[1]

    first = told.index("    the fact that leaves no plan (solved again: without it that is gone):")
    assert told[first + 1 : first + 3] == [
        "      1. db1 holds data, and no backup of it is declared",
        f"         --> {scenario.file}:3:40",
    ]
    assert any(line.startswith("    the nearest change that makes a plan (planned and verified), ") for line in told)
    assert any(line.startswith("      - a backup of db1 (good for 24 h") for line in told)
    refused = as_data(report)["scenarios"][1]["new"]["refusal"]
    assert [(fact["path"], fact["line"]) for fact in refused["conflicts"][0]["facts"]] == [("assets.db1.stateful", 3)]
    assert refused["relaxations"][0]["changes"][0]["message"].startswith("a backup of db1")


def test_what_is_dead_and_missed_is_told_as_such_and_not_as_a_matter_of_what_is_thrown_away(town: Town) -> None:
    read = (town.read("dead", DEAD),)
    found = town.asked(read, Asked.HOLDS, Asked.NEW)
    told = list(lines(Report(town.verified, read, found, (Asked.HOLDS, Asked.NEW), "en")))

    assert "  the plan as it is: breaks no rule, but what does not come up is missed" in told
    new = found.answers[0].new
    assert new is not None
    assert new.refusal is not None
    assert {reason.key for reason in new.refusal.reasons} == {"job_leaves_worse"}


def test_a_scenario_after_which_nothing_is_left_to_do_says_so_and_has_no_last_day(town: Town) -> None:
    ways = ", ".join(f"servers.{id}.to" for id in ("db1", "gw1", "web1", "web2"))
    read = (town.read("stays", f"remove: [{ways}, servers.web2.not_before]\nchange: {{systems.web.runs_on: web1}}"),)
    report = Report(town.verified, read, town.asked(read, Asked.NEW), (Asked.NEW,), "en")
    told = list(lines(report))

    assert "  new plan: nothing is left to be done" in told
    assert next(line for line in told if line.startswith("  new plan  ")).split()[-2] == "-"
    assert as_data(report)["scenarios"][0]["new"]["plan"]["end"] is None


def test_what_is_remarked_upon_in_a_changed_inventory_is_told_with_the_line_of_the_scenario(town: Town) -> None:
    read = (town.read("past", "change: {project: {as_of: 2026-12-21}}"),)
    report = Report(town.verified, read, town.asked(read, Asked.HOLDS), (Asked.HOLDS,), "en")

    assert any(line.startswith("  - warning[W406]: ") for line in lines(report))
    assert [fault["code"] for fault in as_data(report)["scenarios"][0]["warnings"]] == ["W406"]


def test_the_same_in_japanese_keeps_to_eighty_columns(report: Report) -> None:
    told = list(lines(replace(report, language="ja")))

    assert max(cell_len(line) for line in told if "-->" not in line) <= 80
    assert "  変更最小の計画: W1 2026-10-31, W2 2026-11-07" in told
    assert "  作り直した計画: なし (上と同じ理由)" in told


def test_an_order_is_told_as_it_was_carried_out_and_a_dead_asset_by_what_is_lost(town: Town) -> None:
    read = (town.read("order", SWAP), town.read("dead", DEAD))
    told = list(lines(Report(town.verified, read, town.asked(read, Asked.HOLDS), (Asked.HOLDS,), "ja")))

    assert "  - 順番: db1 < web1" in told
    assert "  並べ替えた計画: 成り立つ" in told
    assert "    db1 が届いて起動しないと: 切り戻し、損失 2,100 (分 x 重要度)" in told


def test_as_data_every_answer_has_its_numbers_changes_and_places(report: Report) -> None:
    data: Any = json.loads(json.dumps(as_data(report)))

    found, refused = data["scenarios"]
    assert (data["asked"], found["id"]) == (["holds", "least", "new"], "late")
    assert found["changes"][0] == {
        "path": "rooms.new.opens",
        "was": "2026-10-08",
        "now": "2026-10-29",
        "place": f"{found['file']}:3:33",
    }
    assert [broken["rule"] for broken in found["holds"]["breaks"]] == ["S12", "S17", "S13", "S23"]
    assert found["holds"]["breaks"][0]["first"]["start"] == "2026-10-10T08:20+09:00"
    assert found["least"]["plan"]["outage_minutes"] == data["base"]["outage_minutes"]
    assert [wave["start"][:10] for wave in found["least"]["plan"]["waves"]] == ["2026-10-31", "2026-11-07"]
    assert sorted(found["least"]["changes"]["subjects"]) == ["db1", "gw1", "web1", "web2"]
    assert refused["new"]["refusal"]["kind"] == "impossible"
    assert refused["new"]["refusal"]["reasons"][0]["places"] == [f"{refused['file']}:3:40"]


def test_a_folder_stands_for_the_scenarios_in_it_and_a_picture_is_written_where_it_is_asked_for(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios, picture = tmp_path / "scenarios", tmp_path / "pictures" / "whatif.svg"
    scenarios.mkdir()
    for name in ("one", "two"):
        scenario(scenarios, name, LATE)

    assert run(scenarios, "--ask", "holds", "--format", "json", "-o", picture) == ExitStatus.DONE

    shown = capsys.readouterr()
    assert [found["id"] for found in json.loads(shown.out)["scenarios"]] == ["one", "two"]
    assert "one: そのまま: 不成立\n" in shown.err
    assert picture.read_text(encoding="utf-8").startswith("<?xml")


def test_the_plans_of_scenarios_are_written_and_render_with_their_scenario(
    run: Callable[..., int], town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inventory, late = str(town.scenarios.parent / "inventory"), scenario(tmp_path, "late", LATE)
    asked = ("--ask", "least", "--plans", tmp_path / "plans", "--format", "json", "--quiet")
    assert run(late, *asked) == ExitStatus.DONE

    plan = tmp_path / "plans" / "late" / "least" / "plan.json"
    assert json.loads(capsys.readouterr().out)["scenarios"][0]["least"]["file"] == str(plan)
    assert main(["verify", inventory, str(plan), "--quiet"]) == ExitStatus.OTHER_INVENTORY
    assert main(["verify", inventory, str(plan), "--quiet", "--scenario", str(late)]) == ExitStatus.DONE
    made = ["--scenario", str(late), "-o", str(plan.parent), "--only", "summary", "--format", "md", "--quiet"]
    assert main(["render", inventory, str(plan), *made]) == ExitStatus.DONE
    assert json.loads(plan.read_text(encoding="utf-8"))["id"] in (plan.parent / "summary.md").read_text(
        encoding="utf-8"
    )


def test_where_a_scenario_has_no_plan_now_its_refusal_takes_the_place_of_the_plan_of_before(
    report: Report, town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "stateful" / "new"
    folder.mkdir(parents=True)
    (folder / "plan.json").write_text("of yesterday", encoding="utf-8")
    stateful = report.scenarios[1]
    answers = replace(report.found, answers=report.found.answers[1:])

    assert write_plans([stateful], answers, tmp_path)["stateful", Asked.NEW] == folder / "refusal.json"
    assert sorted(path.name for path in folder.iterdir()) == ["plan.before.json", "refusal.json"]
    inventory = str(town.scenarios.parent / "inventory")
    told = ["explain", inventory, str(folder / "refusal.json"), "--scenario", stateful.file, "--lang", "en"]
    assert main(told) == ExitStatus.DONE
    assert "db1 holds data, and no backup of it is declared" in capsys.readouterr().out


def test_a_plan_that_keeps_an_order_by_dates_is_one_of_the_facts_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = town.read("order", "order: [[db1, gw1]]")
    orders, made_of = iter((town.plan, arranged(town.plan.inventory, town.plan, [("db1", "gw1")]))), []

    def make(inventory: Inventory, *_: object) -> Planned:
        made_of.append(inventory)
        plan = restated(inventory, next(orders))
        return Planned(plan, verify(inventory, plan))

    monkeypatch.setattr(whatif, "make", make)
    new = town.asked((scenario,), Asked.NEW).answers[0].new

    assert new is not None
    assert new.plan is not None
    assert new.plan.inventory == scenario.loaded.inventory == made_of[0]
    assert made_of[1] != made_of[0]


@pytest.mark.parametrize(
    ("id", "folder"),
    [("late", "late"), ("..", "__-9608161c"), ("a/b", "a_b-07f4401c"), (".x", "_x-1400e2dd"), ("延期", "延期")],
)
def test_the_folder_of_a_scenario_is_named_after_it_and_lies_in_the_one_asked_for(
    report: Report, tmp_path: Path, id: str, folder: str
) -> None:
    (late, _) = report.found.answers
    found = replace(report.found, answers=(replace(late, scenario=id, least=None),))
    written = write_plans(report.scenarios[:1], found, tmp_path)

    assert written == {(id, Asked.NEW): tmp_path / folder / "new" / "plan.json"}


def test_scenarios_with_like_names_have_folders_of_their_own(report: Report, tmp_path: Path) -> None:
    (late, _) = report.found.answers
    ids = ("a/b", "a_b", "x", "X")
    found = replace(report.found, answers=tuple(replace(late, scenario=id, least=None) for id in ids))
    written = write_plans([report.scenarios[0]] * len(ids), found, tmp_path)

    assert len({str(path).casefold() for path in written.values()}) == len(ids)
    assert written["a_b", Asked.NEW] == tmp_path / "a_b" / "new" / "plan.json"


def test_an_answer_that_is_not_asked_any_more_is_not_taken_for_one(report: Report, tmp_path: Path) -> None:
    (late, stateful) = report.found.answers
    write_plans(report.scenarios, report.found, tmp_path)
    (tmp_path / "late" / "new" / "summary.md").write_text("of yesterday, by somebody else", encoding="utf-8")
    none = tuple(replace(answer, least=None, new=None) for answer in (late, stateful))
    assert write_plans(report.scenarios, replace(report.found, answers=none), tmp_path) == {}

    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*") if path.name != "documents.json"}
    assert left == {"late/least/plan.before.json", "late/new/plan.before.json", "late/new/summary.md"}


def test_a_scenario_that_does_not_fit_ends_the_command_with_its_place(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [scenario(tmp_path, "lost", "swap: [[W1, W9]]"), scenario(tmp_path, "one", "order: [[db1, jumin]]")]

    assert run(*files, "--lang", "en") == ExitStatus.COULD_NOT

    err = capsys.readouterr().err
    assert "error[E317]: `W9` is in no wave of the plan, so it has no place in an order" in err
    assert "error[E317]: `jumin` and `db1` move together in one turn, so neither comes first" in err
    assert "lost.yaml:3:13" in err


def test_an_order_that_goes_round_in_a_circle_is_a_fault_with_its_place(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = scenario(tmp_path, "round", "order: [[W1, W2]]\nswap: [[W1, W2]]")

    assert run(file, "--lang", "en") == ExitStatus.COULD_NOT
    err = capsys.readouterr().err
    assert "error[E317]: this order goes round in a circle" in err
    assert "round.yaml:4:13" in err


def test_a_folder_without_a_scenario_is_a_fault(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "late.yml.txt").write_text(LATE, encoding="utf-8")

    assert run(tmp_path) == ExitStatus.COULD_NOT
    assert "E108" in capsys.readouterr().err


def test_dates_that_an_order_was_tried_with_prove_nothing_about_the_order(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved = Refusal(RefusalKind.IMPOSSIBLE, (Reason("fact_no_window", ("db1",)),))
    answers = iter([proved, proved])
    monkeypatch.setattr(whatif, "make", lambda *_: next(answers))
    ((ordered,),) = (town.asked((town.read("order", SWAP),), Asked.NEW).answers,)

    assert ordered.new is not None
    assert ordered.new.refusal is not None
    assert ordered.new.refusal.kind is RefusalKind.NOT_FOUND


def test_a_plan_of_another_inventory_is_refused(run: Callable[..., int], tmp_path: Path) -> None:
    other = written(tmp_path / "other", TOWN.replace("people: 4", "people: 5"))

    assert run(scenario(tmp_path, "late", LATE), inventory=other) == ExitStatus.OTHER_INVENTORY


def test_a_picture_that_is_none_is_wrong_usage(run: Callable[..., int], tmp_path: Path) -> None:
    assert run(scenario(tmp_path, "late", LATE), "-o", tmp_path / "a.txt") == ExitStatus.USAGE


def studies(town: Town) -> list[Study]:
    return [whatif.study(town.read(name, text), town.plan) for name, text in (("late", LATE), ("dead", DEAD))]


def test_who_stops_the_search_has_the_answers_so_far(town: Town) -> None:
    calls = count()

    found = compare(town.plan, studies(town), Search((Asked.HOLDS,)), silent, lambda: next(calls) >= 1)

    assert [answer.holding is not None for answer in found.answers] == [True, False]


def test_a_search_that_was_stopped_before_it_had_a_plan_has_proved_nothing(town: Town) -> None:
    never = whatif.study(town.read("dead", DEAD), town.plan)

    assert whatif.ask(town.plan, never, Asked.NEW, Options(0.1), silent, lambda: True) is None
    refused = whatif.ask(town.plan, never, Asked.NEW, Options(0.1), silent, lambda: False)
    assert isinstance(refused, Outcome)
    assert refused.refusal is not None


@pytest.mark.long
def test_several_processes_give_the_same_answers_as_one(town: Town) -> None:
    both = [
        compare(town.plan, studies(town), Search(tuple(Asked), Options(0.1), jobs), silent, lambda: False)
        for jobs in (1, 2)
    ]

    assert both[0] == both[1]


@pytest.mark.long
def test_processes_that_are_stopped_end_and_leave_their_answers(town: Town) -> None:
    calls = count()
    search = Search((Asked.HOLDS, Asked.LEAST), Options(0.1), 2)

    found = compare(town.plan, studies(town), search, silent, lambda: next(calls) >= 1)

    assert len(found.answers) == 2
    assert any(answer.least is None for answer in found.answers)
