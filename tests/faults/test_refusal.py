"""A broken inventory ends every command that reads one in words: exit status 1, nothing on stdout, nothing written."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CASES = ("E001_cp932", "E120_billion_laughs")


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    inventory = tmp_path / "inventory"
    inventory.mkdir()
    shutil.copy(HERE / "base.yaml", inventory)
    shutil.copy(HERE / f"{request.param}.yaml", inventory)
    return inventory


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planner", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("folder", CASES, indirect=True)
def test_a_broken_inventory_ends_planning_with_status_1_and_nothing_written(folder: Path) -> None:
    out = folder.parent / "out"
    ended = run("plan", str(folder), "-o", str(out), "--lang", "en")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("error[E")
    assert "Traceback" not in ended.stderr
    assert not out.exists()


@pytest.mark.parametrize("folder", CASES, indirect=True)
def test_a_broken_inventory_ends_a_check_with_status_1_and_leaves_the_folder_alone(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    ended = run("check", str(folder), "--lang", "en")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("error[E")
    assert "Traceback" not in ended.stderr
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


@pytest.mark.parametrize("folder", ["E301_unknown_need"], indirect=True)
def test_a_check_shows_the_line_the_column_and_the_cure(folder: Path) -> None:
    ended = run("check", str(folder), "--lang", "en")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[:5] == [
        "error[E301]: `db-1O` is not defined (id)",
        f"  --> {folder.as_posix()}/E301_unknown_need.yaml:4:32  (servers[1].needs)",
        "   4 |   - {id: b, at: R1/12, needs: [db-1O]}",
        "     |                                ^^^^^",
        "   = help: did you mean `db-10`?",
    ]
