import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest

from planner.cli.entry import main
from planner.cli.fact_words import contrasted
from planner.errors.failure import Failure
from planner.errors.fault import Fault, Faults, Position
from planner.errors.status import ExitStatus
from planner.plan.file import OtherInventory

# A process whose command ``check`` is the body that follows; only what concerns the process itself is tested this way.
PROCESS = """
import sys, types, click
from planner.cli import main

@click.command
def command():
    {body}

module = types.ModuleType("planner.cli.check")
module.command = command
sys.modules["planner.cli.check"] = module
sys.exit(main(["check"]))
"""

Body = Callable[[], object]
Install = Callable[[Body], None]


def process(body: str, **environment: str) -> subprocess.Popen[bytes]:
    code = PROCESS.format(body=body)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


@pytest.fixture
def check_is(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Makes ``planner check`` do what the test says."""

    def install(body: Body) -> None:
        module = ModuleType("planner.cli.check")
        module.__dict__["command"] = click.Command("check", callback=body)
        monkeypatch.setitem(sys.modules, "planner.cli.check", module)

    return install


def raising(error: BaseException) -> Body:
    def body() -> None:
        raise error

    return body


def test_a_command_that_returns_nothing_is_done(check_is: Install) -> None:
    check_is(lambda: None)

    assert main(["check"]) == 0


@pytest.mark.parametrize("status", ExitStatus)
def test_a_command_ends_with_the_status_that_it_returns(check_is: Install, status: ExitStatus) -> None:
    check_is(lambda: status)

    assert main(["check"]) == status


def test_a_failure_is_told_with_its_cure_and_its_status(check_is: Install, capsys: pytest.CaptureFixture[str]) -> None:
    check_is(raising(Failure("made from another inventory", cure="plan again", status=ExitStatus.OTHER_INVENTORY)))

    assert main(["check"]) == 5
    assert capsys.readouterr() == ("", "error: made from another inventory\n  plan again\n")


def test_faults_of_the_input_are_told_one_by_one_with_their_places(
    check_is: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    second = Fault("E001", Position("servers.yaml", 9, 3), {"reason": "permission denied"})
    first = Fault("E001", Position("rooms.yaml", 4, 1), {"reason": "permission denied"})
    check_is(raising(Faults([second, first])))

    assert main(["check"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.index("rooms.yaml:4:1") < told.err.index("servers.yaml:9:3")


def test_a_plan_of_another_inventory_is_refused_with_every_change(
    check_is: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    check_is(raising(OtherInventory([("assets.db1.va", 300, 350), ("assets.db2", None, "new\x1b")])))

    assert main(["check"]) == 5
    assert capsys.readouterr().err.splitlines() == [
        "error: 計画は別のインベントリから作られました (違い: 2)",
        "  計画を作り直すか、計画を作ったときのインベントリを指定してください",
        "  assets.db1.va: 計画では 300、いまは 350",
        '  assets.db2: 計画では なし、いまは "new\\u001b"',
    ]


def test_a_failure_is_told_in_the_language_of_the_command(
    check_is: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    check_is(raising(Failure("no such folder", cure="name another", japanese=("フォルダがありません", "別の名前を"))))

    assert main(["check"]) == 1
    assert capsys.readouterr().err == "error: フォルダがありません\n  別の名前を\n"


def test_a_missing_file_is_named(check_is: Install, capsys: pytest.CaptureFixture[str]) -> None:
    check_is(raising(FileNotFoundError(2, "No such file or directory", "plan.json")))

    assert main(["check"]) == 1
    assert capsys.readouterr().err == "error: plan.json: No such file or directory\n"


def test_a_full_disk_is_told_without_a_file(check_is: Install, capsys: pytest.CaptureFixture[str]) -> None:
    check_is(raising(OSError(28, "No space left on device")))

    assert main(["check"]) == 1
    assert capsys.readouterr().err == "error: [Errno 28] No space left on device\n"


def test_a_bad_parameter_is_wrong_usage(check_is: Install, capsys: pytest.CaptureFixture[str]) -> None:
    check_is(raising(click.BadParameter("not a date")))

    assert main(["check"]) == 2
    assert "not a date" in capsys.readouterr().err


def test_a_call_that_lacks_an_argument_is_answered_with_one_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "inventory"]) == 2
    told = capsys.readouterr().err
    assert "Missing argument 'PLAN'" in told
    assert told.endswith("\n  Example: planner verify inventory out/plan.json\n")


def test_an_inventory_that_is_not_there_is_a_fault_of_the_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "no-such-folder", "--lang", "en"]) == 1
    assert capsys.readouterr().err.startswith("error[E121]: ")


def test_a_defect_is_told_in_words(
    check_is: Install, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLANNER_TRACEBACK", raising=False)
    check_is(raising(ZeroDivisionError("division by zero")))

    assert main(["check"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("error: unexpected ZeroDivisionError: division by zero\n")
    assert "PLANNER_TRACEBACK=1" in told
    assert "Traceback" not in told


def test_a_defect_shows_where_when_asked(check_is: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_TRACEBACK", "1")
    check_is(raising(ZeroDivisionError("division by zero")))

    with pytest.raises(ZeroDivisionError):
        main(["check"])


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupted_command_says_so(
    check_is: Install, capsys: pytest.CaptureFixture[str], interruption: BaseException
) -> None:
    check_is(raising(interruption))

    assert main(["check"]) == 130
    assert capsys.readouterr().err == "error: interrupted\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process; CI runs on Linux")
def test_ctrl_c_ends_with_130_and_no_traceback() -> None:
    running = process("sys.stdout.write('ready'); sys.stdout.flush(); import time; time.sleep(60)")
    assert running.stdout is not None
    assert running.stdout.read(5) == b"ready"

    running.send_signal(signal.SIGINT)

    assert running.communicate(timeout=20) == (b"", b"error: interrupted\n")
    assert running.returncode == 130


@pytest.mark.parametrize("lines", [1, 100_000])
def test_a_reader_that_goes_away_is_silent_141(lines: int) -> None:
    running = process(f"import time; time.sleep(0.3); [click.echo('x' * 80) for _ in range({lines})]")
    assert running.stdout is not None
    assert running.stderr is not None

    running.stdout.close()

    with running.stderr as errors:
        assert errors.read() == b""
    assert running.wait(timeout=20) == 141


@pytest.mark.parametrize(
    "body",
    [
        "from planner.cli.console import Console; Console().talk('reading')",
        "raise KeyboardInterrupt",
        "1 / 0",
        "click.echo('data')",
    ],
)
def test_when_nobody_reads_at_all_the_end_is_141_too(body: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    running = subprocess.run(
        [sys.executable, "-c", PROCESS.format(body=body)], stdout=writing, stderr=writing, check=False
    )

    os.close(writing)
    assert running.returncode == 141


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp932"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "LANG": "C"},
    ],
    ids=["cp932", "ascii", "C without UTF-8", "C"],
)
def test_no_encoding_of_the_terminal_ends_a_command(environment: dict[str, str]) -> None:
    running = process(
        "from planner.cli.console import Console; c = Console(); c.data('\\u5e02\\u5f79\\u6240 \\u00e9 \\U00020bb7');"
        " c.talk('\\u5e02 \\u00e9'); c.error('\\u00e9'); c.json({'name': '\\u00e9'});"
        " c.table(['\\u540d'], [['\\u00e9']])",
        **environment,
    )

    out, errors = running.communicate(timeout=20)

    assert (running.returncode, b"Traceback" in out + errors) == (0, False), errors.decode()


def test_json_stays_json_in_an_encoding_that_lacks_a_character() -> None:
    body = "from planner.cli.console import Console; Console().json({'name': '\\u5e02 \\u00e9'})"

    out, _ = process(body, PYTHONIOENCODING="cp932").communicate(timeout=20)

    assert out.split() == [b"{", b'"name":', b'"\\u5e02', b'\\u00e9"', b"}"]


@pytest.mark.parametrize("command", ["check", "calendar", "plan", "verify"])
def test_faults_are_json_on_standard_output_of_every_command_that_has_it(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "all.yaml").write_text("version: 1\nserver: []\n", encoding="utf-8")
    rest = {"plan": ["-o", str(tmp_path / "out")], "verify": [str(tmp_path / "plan.json")]}.get(command, [])

    assert main([command, str(folder), *rest, "--format", "json", "--quiet"]) == ExitStatus.COULD_NOT

    told = json.loads(capsys.readouterr().out)
    assert told["result"] == "could_not"
    assert any("server" in fault["message"] for fault in told["faults"]), told


def test_two_values_that_begin_alike_are_told_by_what_differs_in_them() -> None:
    windows = [{"id": "saturday", "shape": "daily", "start": "08:00", "name": "x" * 60, "end": end} for end in (1, 2)]

    told = contrasted([windows[0]], [windows[1]], 60)
    assert told == ('{"id": "saturday", "end": 1}', '{"id": "saturday", "end": 2}')
    assert contrasted({"a": 1, "b": {"c": 1, "d": 1}}, {"a": 1, "b": {"c": 2, "d": 1}}, 60) == (
        '{"b": {"c": 1}}',
        '{"b": {"c": 2}}',
    )


def test_two_long_values_never_read_the_same() -> None:
    assert contrasted("x " * 50 + "a", "x " * 50 + "b", 60) == (f'"{"x " * 50}a"', f'"{"x " * 50}b"')


def test_of_lists_only_what_the_other_lacks_is_told() -> None:
    assert contrasted(["a", "b"], ["a", "c", "d"], 60) == ('"b"', '["c", "d"]')
    assert contrasted(["a"], ["a", "b"], 60) == (None, '"b"')
