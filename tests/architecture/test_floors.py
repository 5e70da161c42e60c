import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()"]
    arguments = ["--no-cache", "--config", str(CHECKOUT / "pyproject.toml")]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [*command, *arguments], capture_output=True, encoding="utf-8", env=environment, cwd=root, check=False
    )


def test_an_import_goes_down_only_and_each_library_has_one_room() -> None:
    report = lint_imports(CHECKOUT)

    assert report.returncode == 0, report.stdout + report.stderr
    assert "0 broken" in report.stdout


def test_the_verifier_importing_the_solver_would_break_the_contracts(tmp_path: Path) -> None:
    house = a_house(tmp_path, {"safety/__init__.py": "import planner.scheduling\n"})

    report = lint_imports(house)

    assert report.returncode == 1
    assert "planner.safety -> planner.scheduling" in report.stdout


def test_a_room_that_has_no_floor_would_break_the_contracts(tmp_path: Path) -> None:
    house = a_house(tmp_path, {"attic/__init__.py": ""})

    report = lint_imports(house)

    assert report.returncode == 1
    assert "planner.attic" in report.stdout


ROOMS = [
    *("cli", "pipeline", "whatif", "conflicts", "sources", "scheduling", "safety", "rendering", "plan"),
    *("dependencies", "calendar", "model", "units", "resources", "errors"),
]


def a_house(folder: Path, changed: dict[str, str]) -> Path:
    """An empty planner with every room, each importing what only it may import, and some files changed."""
    libraries = {
        "cli": "import click, rich\n",
        "sources": "import pydantic, yaml\n",
        "scheduling": "import ortools\n",
        "rendering": "import jinja2, matplotlib\n",
        "dependencies": "import networkx\n",
        "calendar": "import holidays\n",
    }
    files = {"__init__.py": "", "__main__.py": ""} | {f"{r}/__init__.py": libraries.get(r, "") for r in ROOMS} | changed
    for name, text in files.items():
        file = folder / "planner" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
