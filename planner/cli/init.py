"""`planner init`: a small commented inventory that plans at once."""

from pathlib import Path

import click

from planner.cli import options
from planner.cli.console import Console

NEXT = {
    "ja": "書けたら: planner check {folder}、計画は: planner plan {folder} -o out",
    "en": "next: planner check {folder}; to plan: planner plan {folder} -o out",
}


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@options.output_format
@options.language
@options.console
def command(folder: Path, output_format: str, language: str, console: Console) -> None:
    """Write a small commented inventory to DIR (this folder by default); nothing is overwritten.

    The files name their JSON Schema, so that editors complete keys and mark faults. Example: planner init my-move
    """
    from datetime import date

    from planner.pipeline.init import write_starter

    files = [str(path) for path in write_starter(folder, language, date.today())]  # noqa: DTZ011 - the user's own day
    if output_format == "json":
        console.json({"result": "complete", "files": files})
    else:
        for path in files:
            console.data(path)
    console.talk(NEXT[language].format(folder=folder))
