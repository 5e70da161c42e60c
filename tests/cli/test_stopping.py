"""Ctrl-C and `--time-limit`: the best plan so far is kept, verified and called stopped; or nothing is written."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from planner.cli import main, stopping
from planner.cli.stopping import stoppable
from planner.cli.works import WORKS
from planner.errors.status import ExitStatus
from planner.model.inventory import Inventory
from planner.pipeline import plan as pipeline
from planner.plan.file import dump
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load
from planner.units.progress import silent
from tests.cli.small import written
from tests.cli.test_hand_edits import TOWN

LATER = 1_000_000
Asked = Callable[[], bool]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town") / "inventory", TOWN)


def from_call(number: int) -> Asked:
    """Says yes from its n-th call on, counted from 0."""
    calls = count()
    return lambda: next(calls) >= number


def stopped_at(folder: Path, number: int) -> Plan | Refusal:
    return schedule(load(folder).inventory, Options(0.3), silent, from_call(number))


def asked(folder: Path) -> int:
    """How often the search asks in a whole run."""
    calls = count()
    schedule(load(folder).inventory, Options(0.3), silent, lambda: bool(next(calls)) and False)
    return next(calls)


def test_wherever_the_search_is_stopped_the_plan_is_safe_and_says_so_or_there_is_none_yet(folder: Path) -> None:
    ends = [stopped_at(folder, number) for number in range(min(asked(folder), 25))]

    plans = [end for end in ends if isinstance(end, Plan)]
    refusals = [end for end in ends if isinstance(end, Refusal)]
    assert plans
    assert refusals
    assert [plan for plan in plans if not plan.making.stopped] == []
    assert [verify(plan.inventory, plan).failures for plan in plans if not verify(plan.inventory, plan).safe] == []
    assert {refusal.kind for refusal in refusals} == {RefusalKind.NOT_FOUND}


def test_more_time_never_gives_a_worse_plan(folder: Path) -> None:
    ends = [stopped_at(folder, number) for number in (*range(min(asked(folder), 25)), LATER)]
    costs = [sum(term.value for term in end.objective) for end in ends if isinstance(end, Plan)]

    assert costs == sorted(costs, reverse=True)


def test_a_search_that_nobody_stops_is_not_called_stopped_even_if_the_limit_passes_at_its_very_end(
    folder: Path,
) -> None:
    whole, late = stopped_at(folder, LATER), stopped_at(folder, asked(folder))

    assert isinstance(whole, Plan)
    assert not whole.making.stopped
    assert isinstance(late, Plan)
    assert dump(late) == dump(whole)


def test_wherever_the_search_was_stopped_the_plan_is_repeated_to_the_byte_by_what_it_says_of_its_making(
    folder: Path,
) -> None:
    ends = [stopped_at(folder, number) for number in range(min(asked(folder), 25))]
    plans = [end for end in ends if isinstance(end, Plan)]

    again = [schedule(load(folder).inventory, Options.of(plan.making)) for plan in plans]

    assert plans
    assert [dump(plan) for plan in again if isinstance(plan, Plan)] == [dump(plan) for plan in plans]


def interrupts(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Somebody presses Ctrl-C when the search asks for the n-th time."""
    calls = count()

    def scheduled(inventory: Inventory, options: Options, progress: object, stopped: Asked) -> Plan | Refusal:
        def pressed() -> bool:
            if next(calls) == number:
                signal.raise_signal(signal.SIGINT)
            return stopped()

        return schedule(inventory, options, silent, pressed)

    monkeypatch.setattr(pipeline, "schedule", scheduled)


def plan(folder: Path, out: Path, *more: str) -> int:
    return main(["plan", str(folder), "-o", str(out), "--plan-only", "--lang", "en", *more])


def test_ctrl_c_keeps_the_best_plan_verified_and_ends_with_130(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    interrupts(monkeypatch, asked(folder) - 1)

    assert plan(folder, tmp_path / "out", "--effort", "0.3", "--format", "json") == ExitStatus.INTERRUPTED

    told, talk = capsys.readouterr()
    assert json.loads(told)["result"] == "stopped"
    assert json.loads(told)["safe"] is True
    assert "warning: the search was stopped; this is the best plan so far" in talk
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["plan.json"]
    assert main(["verify", str(folder), str(tmp_path / "out" / "plan.json"), "-q"]) == ExitStatus.DONE


def test_ctrl_c_before_there_is_a_plan_says_so_writes_nothing_and_ends_with_130(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    interrupts(monkeypatch, 0)

    assert plan(folder, tmp_path / "out", "-q") == ExitStatus.INTERRUPTED

    told, talk = capsys.readouterr()
    assert told == ""
    assert talk == "error: no plan: the search was stopped before there was a first one\n"
    assert not (tmp_path / "out").exists()


def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds pass whenever somebody looks at the clock."""
    seconds = count(0, 2)
    monkeypatch.setattr(stopping.time, "monotonic", lambda: float(next(seconds)))


def test_a_time_limit_keeps_the_best_plan_and_ends_with_0(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock(monkeypatch)

    before_the_last = str(2 * (asked(folder) - 1))
    assert plan(folder, tmp_path / "out", "--time-limit", before_the_last, "--effort", "0.3") == ExitStatus.DONE

    assert "warning: the search was stopped" in capsys.readouterr().err
    assert json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))["making"]["stopped"] is True


def test_a_time_limit_before_there_is_a_plan_ends_with_4_and_nothing_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock(monkeypatch)

    assert plan(folder, tmp_path / "out", "--time-limit", "1") == ExitStatus.NO_PLAN

    assert "error: no plan: the search was stopped before there was a first one" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_second_ctrl_c_ends_the_command_at_once() -> None:
    with stoppable(None) as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_after_the_search_ctrl_c_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable(None):
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_the_solver_leaves_ctrl_c_to_python() -> None:
    code = (
        "import signal\n"
        "from ortools.sat.python import cp_model\n"
        "from planner.scheduling.solver import solver_with\n"
        "for _ in range(2):\n"
        "    model = cp_model.CpModel()\n"
        "    model.maximize(model.new_int_var(0, 9, 'x'))\n"
        "    solver_with(1.0).solve(model)\n"
        "    try:\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "    except KeyboardInterrupt:\n"
        "        print('kept')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "kept\nkept\n")


def test_a_plan_that_cannot_be_written_whole_leaves_the_old_one_and_no_part(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plan(folder, tmp_path / "out", "--effort", "0.1") == ExitStatus.DONE
    old = (tmp_path / "out" / "plan.json").read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", full)
    assert plan(folder, tmp_path / "out", "--effort", "0.3") == ExitStatus.COULD_NOT
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["plan.json"]
    assert (tmp_path / "out" / "plan.json").read_bytes() == old


def test_ctrl_c_while_the_documents_are_written_keeps_the_plan_and_says_how_to_write_them(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, replace, written_before = tmp_path / "out", Path.replace, count()

    def pressed(self: Path, target: Path) -> Path:
        if next(written_before) == 2:  # the plan, one document, and in the next one
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", pressed)
    assert main(["plan", str(folder), "-o", str(out), "--lang", "en", "-q"]) == ExitStatus.INTERRUPTED
    monkeypatch.undo()

    told, talk = capsys.readouterr()
    assert told == ""
    assert talk == (
        f"error: interrupted; for the documents of the plan: planner render {folder} {out / 'plan.json'} -o {out}\n"
    )
    assert (out / "plan.json").is_file()
    assert list(out.glob("*.part")) == []
    assert main(["render", str(folder), str(out / "plan.json"), "-o", str(out), "--only", "summary", "-q"]) == 0


def pressing_ctrl_c(inventory: Path, out: Path, code: str) -> subprocess.Popen[str]:
    """A process of its own that plans, after the code."""
    arguments = ["plan", str(inventory), "-o", str(out), "--plan-only", "--lang", "en"]
    start = f"{code}\nimport sys\nfrom planner.cli import main\nsys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", start, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ends_well(running: subprocess.Popen[str], out: Path) -> None:
    told, talk = running.communicate(timeout=600)

    assert running.returncode == ExitStatus.INTERRUPTED
    assert "the search ends" in talk
    assert "Traceback" not in talk
    assert sorted(path.name for path in out.glob("*")) == (["plan.json"] if told else [])


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
def test_a_process_that_gets_ctrl_c_ends_with_130_and_without_a_traceback(folder: Path, tmp_path: Path) -> None:
    code = (
        "import os, signal\n"
        "from planner.pipeline import plan\n"
        "schedule = plan.schedule\n"
        "def pressed(*arguments):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return schedule(*arguments)\n"
        "plan.schedule = pressed\n"
    )

    ends_well(pressing_ctrl_c(folder, tmp_path / "out", code), tmp_path / "out")


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
@pytest.mark.parametrize("seconds", [0, 5, 20])
def test_a_user_who_presses_ctrl_c_while_the_city_is_planned(tmp_path: Path, seconds: int) -> None:
    running = pressing_ctrl_c(Path(__file__).parents[2] / "inventory", tmp_path / "out", "")
    assert running.stderr is not None
    assert running.stderr.readline() == f"{WORKS['en']['windows']}\n"
    time.sleep(seconds)
    running.send_signal(signal.SIGINT)

    ends_well(running, tmp_path / "out")


def test_a_stopped_plan_is_repeated_by_the_command(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        interrupts(patched, asked(folder) - 1)
        plan(folder, tmp_path / "first", "--effort", "0.3", "-q")
    capsys.readouterr()
    first = tmp_path / "first" / "plan.json"

    assert plan(folder, tmp_path / "again", "--repeat", str(first), "--format", "json") == ExitStatus.DONE

    told, talk = capsys.readouterr()
    assert json.loads(told)["same"] is True
    assert f"this is plan {json.loads(told)['repeats']} again" in talk
    assert (tmp_path / "again" / "plan.json").read_bytes() == first.read_bytes()


def test_a_plan_that_was_edited_does_not_come_out_again_and_that_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(folder, tmp_path, "-q")
    path = tmp_path / "plan.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"solver": "ortools', '"solver": "ortools 0', 1), "utf-8")
    capsys.readouterr()

    assert plan(folder, tmp_path / "again", "--repeat", str(path)) == ExitStatus.DONE

    assert "warning: this is not plan " in capsys.readouterr().err


def test_what_stands_in_the_repeated_plan_is_not_given_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plan(folder, tmp_path, "--repeat", "plan.json", "--effort", "2", "--seed", "1") == ExitStatus.USAGE

    assert "--repeat does not go with --effort, --seed" in capsys.readouterr().err


def test_a_plan_is_not_repeated_over_itself_nor_is_an_alternative(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(folder, tmp_path, "-q")
    path = tmp_path / "plan.json"
    before = path.read_bytes()
    capsys.readouterr()

    assert plan(folder, tmp_path, "--repeat", str(path)) == ExitStatus.COULD_NOT
    assert f"the plan to repeat stands in {tmp_path}" in capsys.readouterr().err
    assert path.read_bytes() == before

    other = tmp_path / "waves-1.json"
    other.write_text(before.decode().replace('"making": {', '"making": {\n  "alternative": "waves-1",', 1), "utf-8")
    assert plan(folder, tmp_path / "again", "--repeat", str(other)) == ExitStatus.COULD_NOT
    assert "is an alternative (waves-1)" in capsys.readouterr().err
