"""Whatever a hand slips into an inventory, it is read or refused in words."""

import random
import re
from pathlib import Path

import pytest

from planner.errors import Faults, render
from planner.sources import load

TEXT = (Path(__file__).parents[1] / "faults" / "base.yaml").read_text(encoding="utf-8")
SLIPS = (
    *(
        "[]",
        "{}",
        "null",
        '"',
        "[a, b]",
        "{a: b}",
        "- ",
        "&a",
        "*a",
        "<<: ",
        "!t ",
        "|",
        "%",
        "@",
        "\t",
        "\u3000",
        "：",
        ":",
    ),
    *("0", "-1", "1e9", "true", "2027-02-30", "90", "owner", "old", "", "#", "\n", "\u202e", "\x00", "9" * 30),
)


def slipped(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 3)):
        lines = text.split("\n")
        line = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[line]
            case 1:
                lines.insert(chance.randrange(len(lines)), lines[line])
            case 2:
                lines[line] = " " * chance.randint(0, 3) + lines[line]
            case _:
                words = list(re.finditer(r"[^\s,\[\]{}:]+", text))
                word = chance.choice(words)
                lines = (text[: word.start()] + chance.choice(SLIPS) + text[word.end() :]).split("\n")
        text = "\n".join(lines)
    return text


def refusal(folder: Path, text: str) -> list[str]:
    """Return what is told in both languages; nothing where the text is read."""
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    try:
        load(folder)
    except Faults as faults:
        return [render(fault, lang) for fault in faults.errors for lang in ("ja", "en")] or ["nothing is told"]
    return []


def is_told(refused: list[str]) -> bool:
    return all(re.match(r"error\[E\d{3}\]: .+\n  --> .+\n(.*\n)*   = help: .+$", fault) for fault in refused)


@pytest.mark.parametrize("seed", range(8))
def test_an_inventory_with_slips_is_read_or_refused_in_words(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    refusals = [refusal(tmp_path, slipped(TEXT, chance)) for _ in range(15)]
    assert any(refusals)
    assert all(map(is_told, refusals))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_inventories_with_slips_are_read_or_refused_in_words(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    assert all(is_told(refusal(tmp_path, slipped(TEXT, chance))) for _ in range(200))
