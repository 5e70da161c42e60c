"""Where a plan cannot be written is told before it is searched for."""

import os
from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.errors.failure import Failure
from planner.errors.status import ExitStatus
from planner.pipeline.plan import require_place


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(Failure, match="file is not a folder"):
        require_place(tmp_path / "file" / "out")


def test_a_folder_that_may_not_be_written_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: path != tmp_path)

    with pytest.raises(Failure, match="may not be written into"):
        require_place(tmp_path / "new" / "out")


def test_a_folder_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    require_place(tmp_path / "new" / "out")

    assert list(tmp_path.iterdir()) == []


def test_it_is_told_before_anything_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    arguments = ["plan", str(tmp_path / "no inventory"), "-o", str(tmp_path / "file" / "out"), "--lang", "en"]
    assert main(arguments) == ExitStatus.COULD_NOT
    assert capsys.readouterr().err == f"error: {tmp_path / 'file'} is not a folder\n  name another folder with -o\n"
