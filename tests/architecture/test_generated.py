import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).parents[2]
SCRIPT = CHECKOUT / ".ci" / "generated"


@pytest.fixture(scope="module")
def generated() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("ci_generated", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("ci_generated", loader))
    loader.exec_module(module)
    return module


def test_what_is_made_from_something_else_still_agrees_with_it() -> None:
    report = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, encoding="utf-8", check=False)

    assert (report.stdout, report.stderr, report.returncode) == ("", "", 0)


def test_a_table_that_has_drifted_is_shown_as_a_difference(
    generated: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text("| a |\n|---|\n| 1 |\n\nend\n", encoding="utf-8")
    monkeypatch.setattr(generated, "HOME", tmp_path)

    made = generated.table(page.read_text(encoding="utf-8"), "| a |", ["| 2 |", "| 3 |"])

    assert made == "| a |\n|---|\n| 2 |\n| 3 |\n\nend\n"
    assert [line for line in generated.differences(page, made) if line[:2] in ("-|", "+|")] == [
        "-| 1 |",
        "+| 2 |",
        "+| 3 |",
    ]


def test_a_package_that_nobody_wants_and_one_that_is_missing_are_told(
    generated: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".lock").mkdir()
    pins = (CHECKOUT / ".lock" / "requirements.txt").read_text(encoding="utf-8")
    pins += (CHECKOUT / ".lock" / "requirements-dev.txt").read_text(encoding="utf-8")
    changed = pins.replace("networkx==3.6.1\n", "leftpad==1.0\n")
    (tmp_path / ".lock" / "requirements.txt").write_text(changed, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((CHECKOUT / "pyproject.toml").read_bytes())
    monkeypatch.setattr(generated, "HOME", tmp_path)

    told = list(generated.unlocked())

    assert [line.split(",")[0] for line in told] == ["networkx>=3.3", "leftpad is locked"]
