"""The first inventory of a project, written into a folder."""

import json
from datetime import date, timedelta
from pathlib import Path

from planner.errors.failure import Failure
from planner.pipeline.schema import SCHEMA_FILE, schema_of
from planner.resources.starter import starter_files
from planner.sources.folder import SUFFIXES

LEAD = timedelta(days=30)
"""From today to the first day of the horizon."""
LENGTH = timedelta(days=60)
"""From the first to the last day of the horizon."""


def write_starter(folder: Path, language: str, today: date) -> tuple[Path, ...]:
    """Write a small inventory that plans at once, and its JSON Schema for editors; return the files.

    Raises
    ------
    Failure
        If the folder holds an inventory already, or something else stands in the way; nothing is written then.
    """
    first = today + LEAD
    dates = {"@as_of@": today, "@from@": first, "@last_day@": first + LENGTH}
    texts = {name: _dated(text, dates) for name, text in starter_files(language).items()}
    texts[SCHEMA_FILE] = json.dumps(schema_of("inventory"), ensure_ascii=False, indent=1) + "\n"
    _require_free(folder, tuple(texts))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in texts)


def _dated(text: str, dates: dict[str, date]) -> str:
    for mark, day in dates.items():
        text = text.replace(mark, day.isoformat())
    return text


def _require_free(folder: Path, names: tuple[str, ...]) -> None:
    """Nothing is overwritten, and no second inventory is mixed into a first one."""
    if folder.exists() and not folder.is_dir():
        raise Failure(
            f"{folder} is not a folder",
            cure="name another one",
            japanese=(f"{folder} はフォルダではありません", "別のフォルダを指定してください"),
        )
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    taken = [file.name for file in there if file.name in names or file.suffix.lower() in SUFFIXES]
    if taken:
        names_taken = ", ".join(taken)
        raise Failure(
            f"{folder} holds an inventory already: {names_taken}",
            cure="name a folder that is new or empty",
            japanese=(
                f"{folder} にはすでにインベントリがあります: {names_taken}",
                "新しいフォルダか空のフォルダを指定してください",
            ),
        )
