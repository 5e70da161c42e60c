"""The small inventory that `planner init` writes."""

from importlib.resources import files

LANGUAGES = ("ja", "en")


def starter_files(language: str) -> dict[str, str]:
    """Return the names and texts of the files, in ``ja`` or ``en``; ``@as_of@`` and such stand for dates.

    Raises
    ------
    ValueError
        If there is none in this language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no starting inventory in {language!r}; there is: {', '.join(LANGUAGES)}")
    folder = files("planner.resources").joinpath("starter_files", language)
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return {file.name: file.read_text(encoding="utf-8") for file in found}
