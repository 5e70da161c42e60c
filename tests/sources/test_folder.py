from pathlib import Path

import pytest

from planner.sources.folder import read_folder


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_files_are_read_by_name_with_subfolders_and_without_hidden_ones_and_scenarios(tmp_path: Path):
    write(tmp_path, b_yaml="b: 1", a_yaml="a: 1", sub__c_yaml="c: 1", scenarios__s_yaml="s: 1", notes="x: [")
    write(tmp_path / ".git", d_yaml="d: 1")
    reading = read_folder(tmp_path)
    assert [entry.key.text for entry in reading.sections()] == ["a", "b", "c"]
    assert reading.faults == ()
    assert reading.whole


def test_one_top_level_key_may_stand_in_several_files(tmp_path: Path):
    reading = read_folder(write(tmp_path, a_yaml="servers: [{id: a}]", b_yaml="servers: [{id: b}]"))
    assert [entry.key.text for entry in reading.sections()] == ["servers", "servers"]


def test_the_faults_of_all_files_come_together(tmp_path: Path):
    reading = read_folder(write(tmp_path, a_yaml="a: [", b_yaml="b: 1\nb: 2"))
    assert [(Path(f.file).name, f.code) for f in reading.faults] == [("a.yaml", "E111"), ("b.yaml", "E106")]


def test_a_single_file_is_an_inventory_too(tmp_path: Path):
    write(tmp_path, a_yaml="a: 1")
    assert [entry.key.text for entry in read_folder(tmp_path / "a.yaml").sections()] == ["a"]


def test_a_missing_or_empty_folder_is_a_fault(tmp_path: Path):
    assert [f.code for f in read_folder(tmp_path / "none").faults] == ["E121"]
    assert [f.code for f in read_folder(tmp_path).faults] == ["E108"]


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("planner.sources.folder.LARGEST_FILE", 3)
    assert [f.code for f in read_folder(write(tmp_path, a_yaml="a: 1")).faults] == ["E120"]


def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    fault = read_folder(write(tmp_path, a_yaml="a: 1")).faults[0]
    assert (fault.code, fault.arguments["reason"]) == ("E122", "Permission denied")
