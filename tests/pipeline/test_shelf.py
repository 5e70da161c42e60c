"""A folder of documents never mixes two plans, and nothing that others wrote or changed is lost."""

from pathlib import Path

import pytest

from planner.pipeline.shelf import LIST, Shelf


def put(out: Path, plan: str, **files: str) -> list[Path]:
    return Shelf(out).put(plan, {name.replace("_", "."): text.encode() for name, text in files.items()})


def held(out: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(out.iterdir()) if file.name != LIST}


def test_documents_are_written_and_listed(tmp_path: Path) -> None:
    written = put(tmp_path / "out", "p-1", a_md="A", b_html="B")

    assert written == [tmp_path / "out" / "a.md", tmp_path / "out" / "b.html"]
    assert held(tmp_path / "out") == {"a.md": "A", "b.html": "B"}
    assert '"plan": "p-1"' in (tmp_path / "out" / LIST).read_text(encoding="utf-8")


def test_documents_of_another_plan_are_taken_away(tmp_path: Path) -> None:
    put(tmp_path, "p-1", wave1_md="1", wave2_md="2")
    put(tmp_path, "p-2", wave1_md="new")

    assert held(tmp_path) == {"wave1.md": "new"}


def test_a_new_plan_without_documents_takes_those_of_the_old_one_away(tmp_path: Path) -> None:
    put(tmp_path, "p-1", a_md="A")
    put(tmp_path, "p-2")

    assert held(tmp_path) == {}


def test_a_folder_without_documents_gets_no_list(tmp_path: Path) -> None:
    put(tmp_path, "p-1")

    assert list(tmp_path.iterdir()) == []


def test_other_documents_of_the_same_plan_stay(tmp_path: Path) -> None:
    put(tmp_path, "p-1", a_md="A", b_md="B")
    put(tmp_path, "p-1", b_md="B2", c_md="C")

    assert held(tmp_path) == {"a.md": "A", "b.md": "B2", "c.md": "C"}
    put(tmp_path, "p-2", d_md="D")
    assert held(tmp_path) == {"d.md": "D"}


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")
    put(tmp_path, "p-1", a_md="A")
    put(tmp_path, "p-2", b_md="B")

    assert held(tmp_path) == {"b.md": "B", "notes.md": "mine"}


def test_a_file_of_somebody_else_under_the_name_of_a_document_is_kept_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine", encoding="utf-8")
    put(tmp_path, "p-1", a_md="A")

    assert held(tmp_path) == {"a.md": "A", "a.md.edited": "mine"}


def test_a_document_that_somebody_changed_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    for plan, text in (("p-1", "first note"), ("p-2", "second note")):
        put(tmp_path, plan, a_md="A")
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
    put(tmp_path, "p-3", b_md="B")

    assert held(tmp_path) == {"a.md.edited": "first note", "a.md.edited-2": "second note", "b.md": "B"}


@pytest.mark.parametrize(
    "name",
    [
        "../precious.txt",
        "alternatives/../../precious.txt",
        "alternatives/..",
        "sub/../../precious.txt",
        "/etc/precious",
        "..\\precious.txt",
    ],
)
def test_a_list_that_points_out_of_the_folder_takes_nothing_away(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    put(out, "p-1", a_md="A")
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    listed = (out / LIST).read_text(encoding="utf-8").replace('"a.md"', f'"{name}"'.replace("\\", "\\\\"))
    (out / LIST).write_text(listed, encoding="utf-8")

    put(out, "p-2", b_md="B")
    assert precious.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"plan": "p-1"}', '{"plan": "p-1", "files": [1]}', '"x"'])
def test_a_list_that_cannot_be_read_makes_every_file_one_of_others(tmp_path: Path, text: str) -> None:
    put(tmp_path, "p-1", a_md="A")
    (tmp_path / LIST).write_text(text, encoding="utf-8")
    put(tmp_path, "p-2", b_md="B")

    assert held(tmp_path) == {"a.md": "A", "b.md": "B"}


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, "p-1", a_md="A")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    put(tmp_path, "p-1", a_md="A")

    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
