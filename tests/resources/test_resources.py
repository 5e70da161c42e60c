from pathlib import Path

import pytest

from planner import resources


def test_in_a_checkout_the_shipped_folders_stand_beside_the_package() -> None:
    checkout = Path(__file__).parents[2]

    assert resources.inventory_folder() == checkout / "inventory"
    assert resources.templates_folder() == checkout / "templates"


def test_in_a_wheel_the_shipped_folders_stand_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("inventory", "templates"):
        (tmp_path / "planner" / "_shipped" / name).mkdir(parents=True)
        (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "planner")

    assert resources.inventory_folder() == tmp_path / "planner" / "_shipped" / "inventory"
    assert resources.templates_folder() == tmp_path / "planner" / "_shipped" / "templates"


def test_a_damaged_installation_is_named_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "planner")

    with pytest.raises(resources.ResourceMissingError, match=r"'templates' is not at .*; install planner again"):
        resources.templates_folder()


@pytest.mark.parametrize("name", ["BIZUDPGothic-Regular", "BIZUDPGothic-Bold"])
def test_the_fonts_are_truetype(name: str) -> None:
    assert resources.font(name).read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_a_font_that_is_not_shipped_is_answered_with_those_that_are() -> None:
    with pytest.raises(
        resources.ResourceMissingError,
        match=r"no font 'Arial' is shipped; there are: BIZUDPGothic-Bold, BIZUDPGothic-Regular",
    ):
        resources.font("Arial")


def test_the_fonts_travel_with_their_licence() -> None:
    licence = (resources.templates_folder() / "fonts" / "OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "The BIZ UDGothic Project Authors" in licence
