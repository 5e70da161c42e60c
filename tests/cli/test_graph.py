import json
from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.errors.status import ExitStatus
from tests.cli.small import written


@pytest.fixture
def inventory(tmp_path: Path) -> str:
    return str(written(tmp_path / "inventory"))


def test_the_graph_goes_to_standard_output_as_dot(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", inventory]) == ExitStatus.DONE

    shown = capsys.readouterr()
    assert '"ad1" -> "jumin" [style=solid, penwidth=0.75, color="#868F99"];' in shown.out
    assert shown.err == ""


def test_the_ending_of_the_file_chooses_the_format(
    inventory: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, begin in {"a.png": b"\x89PNG", "a.svg": b"<?xml", "a.pdf": b"%PDF", "b/a.mmd": b"flowchart LR"}.items():
        assert main(["graph", inventory, "-o", str(tmp_path / name)]) == ExitStatus.DONE
        assert (tmp_path / name).read_bytes().startswith(begin)
    assert str(tmp_path / "a.png") in capsys.readouterr().err


def test_a_format_by_name_wins_over_the_ending(inventory: str, tmp_path: Path) -> None:
    main(["graph", inventory, "-o", str(tmp_path / "a.txt"), "--format", "json"])

    assert [node["id"] for node in json.loads((tmp_path / "a.txt").read_text(encoding="utf-8"))["nodes"]] == [
        "ad1",
        "jumin",
    ]


def test_every_asset_stands_by_itself_when_the_whole_is_asked_for(
    inventory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["graph", inventory, "--whole", "--format", "json"])

    data = json.loads(capsys.readouterr().out)
    assert [(edge["provider"], edge["dependent"]) for edge in data["edges"]] == [("db1", "jumin"), ("ad1", "jumin")]


def test_a_focus_leaves_out_what_is_further_away(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["graph", inventory, "--focus", "db1", "--depth", "1", "--format", "json"])

    assert [node["id"] for node in json.loads(capsys.readouterr().out)["nodes"]] == ["db1", "jumin"]


def test_the_page_of_systems_has_systems_only(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["graph", inventory, "--systems", "--format", "json"])

    assert [node["kind"] for node in json.loads(capsys.readouterr().out)["nodes"]] == ["system"]


def test_impact_names_who_suffers_and_why(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", inventory, "--impact", "ad1", "--lang", "en"]) == ExitStatus.DONE

    shown = capsys.readouterr()
    assert " ".join(shown.out.splitlines()[-1].split()) == "must be stopped first jumin 住民記録 ad1 → jumin"
    assert shown.err == "if ad1 is off, 1 go down and 0 suffer\n"


def test_impact_is_data_when_asked_for(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["graph", inventory, "--impact", "ad1", "--format", "json"])

    assert json.loads(capsys.readouterr().out) == {
        "off": ["ad1"],
        "stopped": [{"id": "jumin", "chain": ["ad1", "jumin"]}],
        "unavailable": [],
        "degraded": [],
        "hindered": [],
    }


def test_impact_of_what_nobody_needs_says_so(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["graph", inventory, "--impact", "jumin", "--lang", "en"])

    assert capsys.readouterr().out == "nothing else suffers if jumin is off\n"


@pytest.mark.parametrize("option", ["--focus", "--impact"])
def test_an_unknown_subject_is_refused_with_the_nearest_one(
    option: str, inventory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", inventory, option, "jumn", "--lang", "en"]) == ExitStatus.COULD_NOT

    assert capsys.readouterr().err == (
        "error: there is no asset or system 'jumn' in the inventory\n  did you mean 'jumin'?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "png"], "a png needs a file: give -o FILE"),
        (["-o", "a.doc"], "a.doc: the ending says no format"),
        (["--impact", "ad1", "--format", "dot"], "--impact is told as text or json, not as dot"),
    ],
)
def test_wrong_usage_is_told(
    arguments: list[str], said: str, inventory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", inventory, *arguments]) == ExitStatus.USAGE

    assert said in capsys.readouterr().err


def test_faults_of_the_inventory_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "broken", "version: 1\nproject: {id: x}\nsystem: []\n")

    assert main(["graph", str(folder)]) == ExitStatus.COULD_NOT
    assert "error[" in capsys.readouterr().err


def test_a_wave_without_a_plan_is_refused(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", inventory, "--wave", "1"]) == ExitStatus.COULD_NOT

    assert capsys.readouterr().err == "error: 第1波はありません\n  計画を --plan で指定してください\n"
