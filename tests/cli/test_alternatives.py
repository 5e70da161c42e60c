"""`planner plan --alternatives`: the table, the words, JSON, files, what is wrong usage, and stopping."""

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from planner.cli import main
from planner.cli.alternatives_report import lines
from planner.cli.console import Console
from planner.cli.plan_report import end_of_plan
from planner.errors.status import ExitStatus
from planner.pipeline.alternatives import Alternated, alternate, write_alternatives
from planner.pipeline.plan import Planned
from planner.plan.choice import CHOSEN, Choice, Dropped, Why
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.units.progress import silent
from planner.whatif.choosing import candidate
from tests.pipeline.nights import NIGHTS, alternated, written


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Alternated:
    return alternated(tmp_path_factory.mktemp("nights") / "inventory")


def told(choice: Choice, language: str) -> list[str]:
    return list(lines(choice, Path("out"), Path("inventory"), language))


def test_all_plans_stand_in_one_table_with_a_star_at_the_best_of_each_column(nights: Alternated) -> None:
    assert told(nights.choice, "en") == [
        "plans to choose from: 2, verified; * is best of its column; outage in min x",
        "weight; bridge in need-hours; overtime in person-hours; the gap is that of the",
        "sum to its bound",
        "                inside  outage  bridge  bridge  over-",
        "plan     waves   hours  in all     sum    peak   time     last day  gap",
        "plan         2      *0     880       0       0      0   2026-10-11  18%",
        "waves-1     *1      80     880       0       0      0  *2026-10-04    -",
        "-: more outage in service hours than the bound, which the gap of the sum does",
        "   not measure",
        "",
        "waves-1: waves limited to 1",
        "  wins: fewer waves: 1; days earlier: 7",
        "  gives up: 80 min x weight more in service hours",
        "",
        "same as another: least-downtime (plan), least-bridge (plan), same-weights",
        "  (plan), least-overtime (plan), earliest-end (plan), lowest-peak (plan)",
        "",
        "to choose one (papers are written for the plan alone):",
        "  planner render inventory out/alternatives/waves-1.json -o DIR",
        "  planner diff out/plan.json out/alternatives/waves-1.json",
    ]


def test_the_same_in_japanese_is_as_narrow_as_a_terminal(nights: Alternated) -> None:
    page = told(nights.choice, "ja")

    assert page[2:9] == [
        "             時間内  停止  仮設  回線                     下限と",
        "計画     波    停止  合計  回線  最大  残業       最終日    の差",
        "plan      2      *0   880     0     0     0   2026-10-11     18%",
        "waves-1  *1      80   880     0     0     0  *2026-10-04       -",
        "- は、時間内停止が下限より多いので合計の差では測れないもの",
        "",
        "waves-1: 波は 1 以内",
    ]
    assert max(map(cell_len, page)) <= 80


def dear(nights: Alternated, times: int) -> Choice:
    """The choice among plans of a city: what the two come to, times this number."""
    plan = nights.choice.chosen.plan
    weights = plan.inventory.policy.weights
    amounts = {
        "service_minutes": 500 * 100,
        "outage_minutes": 55_350 * weights.outage_minute,
        "bridge_sum": 10_937 * 60 * weights.bridge_minute,
        "bridge_peak": 47 * weights.bridge_peak,
        "person_hours": 236 * weights.person_hour,
    }
    one, two = (
        replace(plan, objective=tuple(replace(t, value=(amounts.get(t.id, 900)) * by) for t in plan.objective))
        for by in (times, times + 1)
    )
    return Choice((candidate(CHOSEN, one), candidate("least-downtime", two)))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("times", [1, 8, 3_000])
def test_the_numbers_of_a_city_or_of_ten_are_not_wider_than_a_terminal(
    nights: Alternated, language: str, times: int
) -> None:
    page = told(dear(nights, times), language)

    assert max(map(cell_len, page)) <= 80
    assert f"{55_850 * times:,}" in "\n".join(page)


def test_where_a_table_would_be_too_wide_each_plan_stands_by_itself_with_the_names_of_its_numbers(
    nights: Alternated,
) -> None:
    page = told(dear(nights, 3_000), "en")

    assert page[3:6] == [
        "plan: waves *2, inside hours *1,500,000, outage in all *167,550,000, bridge sum",
        "    *32,811,000, bridge peak *141,000, overtime *708,000, last day *2026-10-11,",
        "    gap -",
    ]
    assert "plan: 波 *2, 時間内停止 *1,500,000, 停止合計 *167,550,000" in "\n".join(told(dear(nights, 3_000), "ja"))


def test_where_nothing_is_better_in_anything_only_that_is_said(nights: Alternated) -> None:
    alone = Choice(nights.choice.offered[:1], (Dropped("least-bridge", Why.EQUAL, "plan"),))

    assert told(alone, "en") == [
        "no plan was found that is better than this one in anything",
        "",
        "same as another: least-bridge (plan)",
    ]


@pytest.mark.parametrize(
    ("why", "said"), [(Why.UNSAFE, "rejects"), (Why.NONE, "none found"), (Why.SURPLUS, "asked for")]
)
def test_what_is_not_offered_is_told_with_the_reason(nights: Alternated, why: Why, said: str) -> None:
    page = told(Choice(nights.choice.offered, (Dropped("least-bridge", why),)), "en")

    assert [line for line in page if said in line and "least-bridge" in line]


def test_the_files_are_the_plan_its_alternatives_their_list_and_the_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inventory, out = written(tmp_path / "inventory"), tmp_path / "out"
    arguments = ["plan", str(inventory), "-o", str(out), "--alternatives", "2", "--plan-only", "--format", "json", "-q"]

    assert main(arguments) == ExitStatus.DONE
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert [Path(name).relative_to(out).as_posix() for name in data["files"]] == [
        "plan.json",
        "alternatives.json",
        "alternatives/waves-1.json",
    ]
    assert [each["id"] for each in data["alternatives"]["plans"]] == ["plan", "waves-1"]
    kept = json.loads((out / "alternatives.json").read_text(encoding="utf-8"))
    assert kept["plans"] == data["alternatives"]["plans"]
    assert main(["verify", str(inventory), str(out / "alternatives" / "waves-1.json"), "-q"]) == ExitStatus.DONE


def test_the_picture_is_written_in_two_formats(nights: Alternated, tmp_path: Path) -> None:
    written = write_alternatives(nights, tmp_path, "en")

    assert [path.name for path in written] == [
        "alternatives.json",
        "alternatives.png",
        "alternatives.svg",
        "waves-1.json",
    ]
    assert (tmp_path / "alternatives.png").read_bytes()[1:4] == b"PNG"
    assert "<title>Plans to choose from  nights</title>" in (tmp_path / "alternatives.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["1", "10", "many"])
def test_the_number_of_plans_is_from_two_to_nine(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["plan", str(tmp_path), "-o", str(tmp_path / "out"), "--alternatives", number]

    assert main(arguments) == ExitStatus.USAGE
    assert "--alternatives" in capsys.readouterr().err


def test_alternatives_and_a_plan_to_keep_are_not_given_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ["--from", str(tmp_path / "plan.json")]

    assert main(["plan", str(tmp_path), "-o", str(tmp_path), "--alternatives", "3", *kept]) == ExitStatus.USAGE
    assert "--alternatives は --from と一緒には使えません" in capsys.readouterr().err


@pytest.mark.long
def test_where_there_is_no_plan_there_is_the_same_refusal_as_without_alternatives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inventory = written(tmp_path / "inventory", NIGHTS.replace('end: "34:00"', 'end: "23:00"'))
    answers = []
    for more in ([], ["--alternatives", "3"]):
        assert main(["plan", str(inventory), "-o", str(tmp_path / "out"), "-q", "--format", "json", *more]) == 4
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]
    assert not (tmp_path / "out" / "alternatives").exists()


def test_a_search_for_alternatives_that_was_stopped_is_called_so(
    nights: Alternated, capsys: pytest.CaptureFixture[str]
) -> None:
    planned = nights.planned[CHOSEN]
    choice = alternate(planned, 3, Options(), silent, lambda: True).choice
    files = [Path("out/plan.json")]
    end = end_of_plan(Console(), planned, files, Path("in"), "en", "json", interrupted=True, choice=choice)

    said = capsys.readouterr()
    assert end == ExitStatus.INTERRUPTED
    assert json.loads(said.out)["alternatives"]["stopped"] is True
    assert "the search for alternatives was stopped" in said.err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "ほかの計画の探索は、一つも見つからないうちに止められました"),
        ("en", "the search for alternatives was stopped before it found one"),
    ],
)
def test_a_search_that_was_stopped_at_once_does_not_say_that_there_is_nothing_better(
    nights: Alternated, language: str, said: str
) -> None:
    assert told(Choice(nights.choice.offered[:1], stopped=True), language) == [said]


def planning(
    planned: Planned, folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, most: int = 3
) -> tuple[int, Path]:
    """The end of a command whose plan is this one, and the folder of its files."""
    monkeypatch.setattr("planner.pipeline.plan.make", lambda *_how: planned)
    inventory, out = written(folder / "inventory"), folder / "out"
    arguments = ["plan", str(inventory), "-o", str(out), "--alternatives", str(most), "--plan-only"]
    return main([*arguments, "--lang", language]), out


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "計画は書きました: "), ("en", "the search for alternatives ends")]
)
def test_ctrl_c_among_the_alternatives_says_that_the_plan_is_written(
    nights: Alternated,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    language: str,
    said: str,
) -> None:
    def pressed(*_what: object) -> tuple[Choice, list[Path]]:
        signal.raise_signal(signal.SIGINT)
        return replace(nights.choice, stopped=True), []

    monkeypatch.setattr("planner.pipeline.alternatives.add_alternatives", pressed)
    end, out = planning(nights.planned[CHOSEN], tmp_path, monkeypatch, language)

    line = next(line for line in capfd.readouterr().err.splitlines() if said in line)
    assert end == ExitStatus.INTERRUPTED
    assert str(out / "plan.json") in line
    assert (out / "plan.json").is_file()


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "ほかの計画は探していません"), ("en", "no alternatives were looked for")]
)
def test_that_an_unsafe_plan_has_no_alternatives_is_said(
    nights: Alternated,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    said: str,
) -> None:
    plan = nights.planned[CHOSEN].plan
    unsafe = replace(plan, waves=plan.waves[:1])
    end, _ = planning(Planned(unsafe, verify(plan.inventory, unsafe)), tmp_path, monkeypatch, language)

    assert end == ExitStatus.UNSAFE
    assert said in capsys.readouterr().err


def test_the_help_says_what_is_left_out_and_that_the_plan_itself_never_is(capsys: pytest.CaptureFixture[str]) -> None:
    main(["plan", "--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert "worse in something and better in nothing, is left out; the plan itself stays first" in said
