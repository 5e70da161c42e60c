import json
from datetime import date
from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.errors.failure import Failure
from planner.errors.status import ExitStatus
from planner.pipeline.init import write_starter
from planner.resources.starter import starter_files
from planner.sources import load

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_written_has_no_fault_and_no_warning(tmp_path: Path, language: str) -> None:
    write_starter(tmp_path / "mine", language, TODAY)

    loaded = load(tmp_path / "mine")
    assert loaded.warnings == ()
    assert list(loaded.inventory.systems) == ["jumin", "file"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_written_plans_at_once(tmp_path: Path, language: str) -> None:
    assert main(["init", str(tmp_path / "mine"), "--lang", language, "--quiet"]) == ExitStatus.DONE

    arguments = ["plan", str(tmp_path / "mine"), "-o", str(tmp_path / "out"), "--plan-only", "--quiet"]
    assert main(arguments) == ExitStatus.DONE
    assert (tmp_path / "out" / "plan.json").is_file()


def test_the_two_languages_say_the_same(tmp_path: Path) -> None:
    def comparable(language: str) -> object:
        write_starter(tmp_path / language, language, TODAY)
        inventory = load(tmp_path / language).inventory
        return (
            inventory.project.horizon,
            list(inventory.assets),
            inventory.policy.deputy,
            list(inventory.timetable.hours),
        )

    assert comparable("ja") == comparable("en")


def test_the_dates_count_from_the_day_of_writing(tmp_path: Path) -> None:
    write_starter(tmp_path, "en", TODAY)

    project = load(tmp_path).inventory.project
    assert project.as_of == TODAY
    assert "@" not in "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("*.yaml"))


def test_every_file_names_the_schema_that_stands_beside_it(tmp_path: Path) -> None:
    write_starter(tmp_path, "ja", TODAY)

    for file in tmp_path.glob("*.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=inventory.schema.json"
    assert "servers" in json.loads((tmp_path / "inventory.schema.json").read_text(encoding="utf-8"))["properties"]


def test_the_files_written_are_named_on_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "mine"), "--lang", "en"]) == ExitStatus.DONE

    shown = capsys.readouterr()
    assert [Path(line).name for line in shown.out.splitlines()] == [*starter_files("en"), "inventory.schema.json"]
    assert shown.err.startswith("next: planner check ")


@pytest.mark.parametrize("name", ["project.yaml", "other.yml", "inventory.schema.json"])
def test_nothing_is_overwritten_or_mixed_with_another_inventory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")

    assert main(["init", str(tmp_path), "--lang", "en"]) == ExitStatus.COULD_NOT

    assert f"holds an inventory already: {name}" in capsys.readouterr().err
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [(name, "mine")]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(Failure, match="is not a folder"):
        write_starter(tmp_path / "file", "ja", TODAY)


def test_a_language_without_a_starting_inventory_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr'; there is: ja, en"):
        starter_files("fr")


def test_what_was_written_is_json_when_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    assert main(["init", str(folder), "--format", "json", "--quiet"]) == ExitStatus.DONE

    told = json.loads(capsys.readouterr().out)
    assert told["result"] == "complete"
    assert {Path(file) for file in told["files"]} == {file for file in folder.iterdir() if file.is_file()}
