import io
import re
import sys

import pytest

from planner.cli.console import Console, escaped, is_colourful


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error becomes a terminal that shows colour; a fixture would be undone by pytest's own capture."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("bell\x07", r"bell\x07"),
        ("two\nlines", r"two\x0alines"),
        ("\x9b31m", r"\x9b31m"),
        ("abc\u202egpj.exe", r"abc\u202egpj.exe"),
        ("\u2066isolated\u2069", r"\u2066isolated\u2069"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("file-\udcff", r"file-\udcff"),
        ("市役所 サーバー室 é", "市役所 サーバー室 é"),
    ],
)
def test_what_could_deceive_the_reader_is_shown_as_its_code(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_data_goes_to_standard_output_and_talk_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()

    console.data("3 windows")
    console.talk("reading")
    console.warning("no weight")

    assert capsys.readouterr() == ("3 windows\n", "reading\nwarning: no weight\n")


def test_quiet_leaves_out_talk_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(quiet=True)

    console.data("3 windows")
    console.talk("reading")
    console.warning("no weight")
    console.error("no plan", cure="add a window")

    assert capsys.readouterr() == ("3 windows\n", "warning: no weight\nerror: no plan\n  add a window\n")


def test_data_keeps_its_lines_and_loses_its_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    Console().data("a\tb\nc\x1b[31m")

    assert capsys.readouterr().out == "a\tb\nc\\x1b[31m\n"


def test_json_is_readable_where_utf_8_is_spoken(capsys: pytest.CaptureFixture[str]) -> None:
    Console().json({"名前": "市役所", "control": "\x1b"})

    assert capsys.readouterr().out == '{\n  "名前": "市役所",\n  "control": "\\u001b"\n}\n'


def test_a_table_is_aligned_by_what_the_eye_sees_and_never_cut(capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 300

    Console().table(["id", "name", "note"], [["a1", "市役所", long], ["a22", "[bold]hall", "\x1b[31m"]])

    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip() and "─" not in line]
    assert lines == [
        "id    name         note",
        f"a1    市役所       {long}",
        r"a22   [bold]hall   \x1b[31m",
    ]


def test_a_label_is_coloured_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch)
    Console().error("no plan")

    assert terminal.getvalue() == "\x1b[31;1merror:\x1b[0m no plan\n"


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")

    Console().error("no plan")

    assert terminal.getvalue() == "error: no plan\n"


@pytest.mark.parametrize(
    ("variable", "value", "colourful"),
    [("NO_COLOR", "", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False), ("TERM", "xterm", True)],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, colourful: bool
) -> None:
    terminal = on_a_terminal(monkeypatch)
    monkeypatch.setenv(variable, value)

    assert is_colourful(terminal) is colourful
    assert is_colourful(io.StringIO()) is False


def test_progress_off_a_terminal_is_one_line_for_each_work(capsys: pytest.CaptureFixture[str]) -> None:
    with Console().progress() as progress:
        progress("grouping", 0, 2)
        progress("grouping", 2, 2)
        progress("solving wave 1\x1b", 0, None)

    assert capsys.readouterr() == ("", "grouping\nsolving wave 1\\x1b\n")


def test_progress_on_a_terminal_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch)
    with Console().progress() as progress:
        progress("[red]grouping", 0, 12)
        progress("[red]grouping", 12, 12)

    assert "[red]grouping" in terminal.getvalue()
    assert "12/12" in terminal.getvalue()


def test_quiet_work_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch)
    with Console(quiet=True).progress() as progress:
        progress("grouping", 1, 2)

    assert terminal.getvalue() == ""


TITLES = ["stop", "lasts until", "first"]
ROWS = [["W1", "2026-10-10(土) 08:00", "部屋 w34 が使えません"], ["W2", "-", "-"]]
SIDE_BY_SIDE = """\
stop   lasts until            first
W1     2026-10-10(土) 08:00   部屋 w34 が使えません
W2     -                      -
"""
ONE_BELOW_THE_OTHER = """\
W1
  lasts until: 2026-10-10(土)
    08:00
  first: 部屋 w34 が使えません

W2
  lasts until: -
  first: -
"""


@pytest.mark.parametrize(("width", "shown"), [(60, SIDE_BY_SIDE), (30, ONE_BELOW_THE_OTHER)])
def test_a_terminal_too_narrow_for_a_table_shows_its_rows_one_below_the_other(
    monkeypatch: pytest.MonkeyPatch, width: int, shown: str
) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")

    Console().table(TITLES, ROWS)

    plain = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert [line.rstrip() for line in plain.splitlines() if "─" not in line] == shown.splitlines()
