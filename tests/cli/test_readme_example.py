import json
import re
from pathlib import Path

import pytest

from planner.cli.entry import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """The small inventory of the README in a folder of its own."""
    written = re.search(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
    assert written is not None
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "all.yaml").write_text(written[1], encoding="utf-8")
    return folder


def test_the_inventory_of_the_readme_has_no_fault(inventory: Path) -> None:
    assert main(["check", str(inventory)]) == 0


def test_the_inventory_of_the_readme_plans(inventory: Path, tmp_path: Path) -> None:
    assert main(["plan", str(inventory), "-o", str(tmp_path / "out"), "--quiet"]) == 0

    plan = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))
    carried = [step["assets"] for wave in plan["waves"] for step in wave["steps"] if step["kind"] == "carry"]
    assert sorted(id for assets in carried for id in assets) == ["ad1", "db1"]
