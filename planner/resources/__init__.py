"""What is shipped beside the code: the example inventory, the templates, the fonts.

A wheel carries both folders inside the package (`planner/_shipped`, see ``pyproject.toml``); in a checkout they stand
beside it. Every path given out here exists, in both cases.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


class ResourceMissingError(LookupError):
    """Something that ought to be shipped is not there: the installation is damaged, or the name is wrong."""


def inventory_folder() -> Path:
    """The folder of the shipped example inventory.

    Raises
    ------
    ResourceMissingError
        If the installation does not carry it.
    """
    return _shipped_folder("inventory")


def templates_folder() -> Path:
    """The folder of the shipped templates and fonts.

    Raises
    ------
    ResourceMissingError
        If the installation does not carry it.
    """
    return _shipped_folder("templates")


def font(name: str) -> Path:
    """The TrueType file of a shipped font.

    Parameters
    ----------
    name : str
        The file's name without its ending, such as ``BIZUDPGothic-Regular``.

    Raises
    ------
    ResourceMissingError
        If no such font is shipped; the message lists those that are.
    """
    fonts = {file.stem: file for file in sorted((templates_folder() / "fonts").glob("*.ttf"))}
    if name not in fonts:
        raise ResourceMissingError(f"no font {name!r} is shipped; there are: {', '.join(fonts)}")
    return fonts[name]


def _shipped_folder(name: str) -> Path:
    carried = _PACKAGE / "_shipped"
    folder = (carried if carried.is_dir() else _PACKAGE.parent) / name
    if not folder.is_dir():
        raise ResourceMissingError(f"the shipped folder {name!r} is not at {folder}; install planner again")
    return folder
