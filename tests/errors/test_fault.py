from string import Formatter

import pytest

from planner.errors import Fault, Faults, Position, as_dict, render
from planner.errors.catalogue import LANGUAGES, catalogue

LINE = "    kind: srever"
UNKNOWN_KEY = Fault(
    "E201",
    Position("inventory/servers.yaml", 5, 5, 4, LINE),
    {"key": "kind", "nearest": "kinds", "allowed": "kinds, id"},
    "servers[0].kind",
)


def test_a_fault_is_told_with_place_line_carets_and_cure():
    fault = Fault(
        "E106", Position("a.yaml", 7, 3, 4, "  kind: x"), {"key": "kind", "first": "a.yaml:2:3"}, "servers[0]"
    )
    assert render(fault, "en") == (
        "error[E106]: key `kind` appears twice (first at a.yaml:2:3)\n"
        "  --> a.yaml:7:3  (servers[0])\n"
        "   7 |   kind: x\n"
        "     |   ^^^^\n"
        "   = help: delete one of them"
    )


def test_the_same_fault_is_told_in_japanese():
    fault = Fault("E112", Position("a.yaml", 1, 5, 2, "a: *b"), {"alias": "b"})
    assert render(fault, "ja").splitlines()[0] == "error[E112]: 別名 `*b` が自分自身を指しています"


def test_carets_stand_under_wide_letters():
    fault = Fault("E103", Position("a.yaml", 1, 3, 1, "名前：サーバ"))
    assert render(fault, "en").splitlines()[2:4] == ["   1 | 名前：サーバ", "     |     ^^"]


def test_a_combining_mark_takes_no_cell():
    fault = Fault("E103", Position("a.yaml", 1, 3, 1, "カ\u3099："))
    assert render(fault, "en").splitlines()[3] == "     |   ^^"


def test_control_characters_of_the_input_are_shown_escaped():
    fault = Fault("E104", Position("a\x1b.yaml", 1, 2, 1, "a\u202eb\x1b[31m"))
    told = render(fault, "en")
    assert "\u202e" not in told
    assert "\x1b" not in told
    assert "a\\u202eb\\x1b[31m" in told
    assert told.splitlines()[3] == "     |  ^^^^^^"


def test_of_a_very_long_line_only_the_neighbourhood_is_shown():
    fault = Fault("E104", Position("a.yaml", 1, 5001, 1, "x" * 5000 + ":" + "y" * 5000))
    shown, carets = render(fault, "en").splitlines()[2:4]
    assert len(shown) < 150
    assert shown[carets.index("^")] == ":"


def test_a_place_without_a_line_is_shown_by_its_file_alone():
    assert render(Fault("E108", Position("inventory")), "en").splitlines()[1:] == [
        "  --> inventory",
        "   = help: `planner init` writes an example to begin with",
    ]


def test_both_positions_of_a_pair_are_shown():
    first = Position("a.yaml", 2, 3, 2, "  id: a")
    fault = Fault("E106", Position("a.yaml", 3, 3, 2, "  id: b"), {"key": "id", "first": str(first)}, related=(first,))
    assert "  ::: a.yaml:2:3\n   2 |   id: a\n     |   ^^\n" in render(fault, "en")


def test_a_fault_as_data_names_everything_that_the_text_names():
    fault = Fault("W001", Position("a.yaml", 1, 1), {"encoding": "UTF-16"}, "project")
    assert as_dict(fault, "en") == {
        "code": "W001",
        "severity": "warning",
        "file": "a.yaml",
        "line": 1,
        "column": 1,
        "width": 1,
        "path": "project",
        "message": "read as UTF-16",
        "cure": "UTF-8 is the safe choice",
        "related": [],
    }


def test_the_nearest_right_word_is_the_cure():
    assert render(UNKNOWN_KEY, "ja").splitlines()[-1] == "   = help: もしかして `kinds` ? (kinds, id)"
    assert render(UNKNOWN_KEY, "en").splitlines()[-1] == "   = help: did you mean `kinds`? (kinds, id)"


def test_faults_stand_in_the_order_of_files_and_lines_and_each_once():
    early, late = Position("a.yaml", 2, 1), Position("a.yaml", 10, 1)
    faults = Faults([Fault("E105", late), Fault("W001", early), Fault("E105", late)])
    assert [(f.code, f.line) for f in faults.faults] == [("W001", 2), ("E105", 10)]
    assert [f.code for f in faults.errors] == ["E105"]
    assert [f.code for f in faults.warnings] == ["W001"]


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_message_stands_in_both_languages_with_the_same_arguments(key: str):
    entry = catalogue()[key]
    assert set(entry) == {*LANGUAGES, *(f"cure_{lang}" for lang in LANGUAGES)}
    names = [{name for _, name, _, _ in Formatter().parse(entry[part]) if name} for part in ("ja", "en")]
    assert names[0] == names[1]
