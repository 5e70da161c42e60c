import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def tracked() -> list[str]:
    """Every file in git's index, relative to the checkout."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True
    )
    return listed.stdout.decode("utf-8").split("\0")[:-1]


def test_the_top_level_shows_exactly_what_the_house_agreed_on() -> None:
    shown = {name.partition("/")[0] for name in tracked() if not name.startswith(".")}

    assert shown == {
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "planner",
        "inventory",
        "templates",
        "tests",
    }
