import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from planner.cli.entry import main
from planner.cli.group import COMMANDS, planner_group
from planner.errors.status import ExitStatus

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def python(code: str) -> str:
    """What a fresh interpreter prints for the code."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_help_lists_every_command_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == ExitStatus.DONE

    listed = re.findall(r"^  ([a-z]+) {2,}(\S.*)$", capsys.readouterr().out, flags=re.MULTILINE)
    assert dict(listed) == COMMANDS


def test_help_imports_no_command_and_no_library_of_another_floor() -> None:
    loaded = python("import sys; from planner.cli import main; main(['--help']); print('', *sorted(sys.modules))")

    heavy = ("rich", "pydantic", "yaml", "jinja2", "matplotlib", "networkx", "ortools", "holidays", "numpy", "pandas")
    modules = loaded.splitlines()[-1].split()
    assert [name for name in heavy if name in modules] == []
    assert [name for name in COMMANDS if f"planner.cli.{name}" in modules] == []


def test_help_takes_less_than_three_tenths_of_a_second() -> None:
    def seconds() -> float:
        before = os.times()
        python("from planner.cli import main; main(['--help'])")
        after = os.times()
        # Processor time, so that a busy machine does not fail the test.
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(3)) < 0.3


def test_without_arguments_the_help_is_shown_as_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == ExitStatus.USAGE
    assert "Usage: planner" in capsys.readouterr().err


def test_the_version_is_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == ExitStatus.DONE
    assert re.fullmatch(r"planner \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("mistyped", "nearest"), [("plna", "plan"), ("verfy", "verify"), ("calender", "calendar"), ("Check", "check")]
)
def test_a_mistyped_command_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str], mistyped: str, nearest: str
) -> None:
    assert main([mistyped]) == ExitStatus.USAGE
    assert f"No such command {mistyped!r}. Did you mean {nearest!r}?" in capsys.readouterr().err


def test_a_command_like_no_other_is_refused_without_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zzzz"]) == ExitStatus.USAGE
    told = capsys.readouterr().err
    assert "No such command 'zzzz'." in told
    assert "Did you mean" not in told


def test_an_unknown_option_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--colour"]) == ExitStatus.USAGE
    assert "No such option" in capsys.readouterr().err


def test_completion_offers_the_commands_without_importing_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.cli.group.import_module", pytest.fail)

    offered = ShellComplete(planner_group, {}, "planner", "_PLANNER_COMPLETE").get_completions([], "c")

    assert [(item.value, item.help) for item in offered] == [
        ("check", COMMANDS["check"]),
        ("contingency", COMMANDS["contingency"]),
        ("calendar", COMMANDS["calendar"]),
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_set_up_by_the_line_of_the_readme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("_PLANNER_COMPLETE", f"{shell}_source")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=b"5.2.15"))

    assert main([]) == ExitStatus.DONE
    assert f"_PLANNER_COMPLETE={shell}_complete" in capsys.readouterr().out
    assert f"_PLANNER_COMPLETE={shell}_source" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_explains_itself_with_an_example(name: str) -> None:
    command = planner_group.get_command(click.Context(planner_group), name)

    assert command is not None
    text = command.get_help(click.Context(command, info_name=name))
    assert re.search(rf"\bplanner {name} \S", text.split("Options:")[0]), text


def test_the_readme_lists_exactly_the_commands() -> None:
    section = README.split("## Commands")[1].split("| exit status")[0]

    assert re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE) == list(COMMANDS)


def test_the_readme_lists_exactly_the_exit_statuses() -> None:
    section = README.split("| exit status")[1].split("##")[0]

    assert [int(value) for value in re.findall(r"^\| (\d+) \|", section, flags=re.MULTILINE)] == list(ExitStatus)
